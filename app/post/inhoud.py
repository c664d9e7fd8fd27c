"""What a mail says, in words: only what the publication says of itself to everyone, and of the committee a number.

Whatever comes from data is one line of plain text; `brief` makes it inert once more where it becomes HTML.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.commissie.tijd import clock
from app.lezen import data
from app.lezen.rijen import Kenmerk
from app.lezen.verschil import vorige
from app.lezen.verschil.publicatieverschil import Cijferwijziging
from app.oordeel.gesprek.signaal import Signaal
from app.oordeel.gesprek.signalen import REGEL_TITEL
from app.oordeel.vergelijken import herzien
from app.post.abonnement import Postonderwerp
from app.post.adres import AdresError, read_address
from app.taal.opmaak import datum, telling
from app.uitgave.wijzigingen import sentence
from pipelines.afspraken.codelijsten import LAND, Herkomst

# Where one region would be the wrong one.
_ALLE_REGIOS = "/voortgangsgesprek?onderdeel=regios"
_MEESTE_CIJFERS, _MEESTE_SIGNALEN = 5, 20
# As long as a name may be in a mail that others made go out.
_LANGSTE_NAAM = 60
OVER = {
    Postonderwerp.PUBLICATIE: "een nieuwe publicatie",
    Postonderwerp.SIGNAAL: "een nieuw signaal uit de cijfers van een regio",
    Postonderwerp.AFSPRAAK: "een afspraak met een regio waarvan de termijn binnen twee weken verloopt",
}
_ROL_VOORBIJ = (
    "U hebt zich meer dan 30 dagen niet aangemeld. Over wat een rol vraagt, krijgt u pas weer bericht als u zich hebt "
    "aangemeld."
)


@dataclass(frozen=True)
class Punt:
    """One line of a list, with the page that it leads to where there is one."""

    tekst: str
    pad: str = ""


@dataclass(frozen=True)
class Brief:
    """What one mail says; a path is of our own address, and is written out when the mail is made."""

    onderwerp: str
    regels: tuple[str, ...]
    knop: Punt
    punten: tuple[Punt, ...] = ()
    waarom: str = ""
    uit: str = ""
    # For who did not ask: a link at the foot, without what a mail program makes a button of.
    voet: Punt | None = None


def ask_to_agree(pad: str, tot: datetime, naam: str, over: Sequence[Postonderwerp], uit: str) -> Brief:
    """Return the one mail to an address whose owner has not agreed yet: who asks, and about what."""
    return Brief(
        "Bevestig dat u berichten wilt",
        (
            "Voor dit adres zijn berichten van Regiomonitor gevraagd. Open de link en druk daar op de knop om ze te "
            "ontvangen.",
            asked(naam, over),
            f"De link werkt één keer, tot {clock(tot)}. Is dit niet uw account? Druk dan niet op de knop: zonder "
            "bevestiging krijgt u hierover niets.",
        ),
        Punt("Berichten bevestigen", pad),
        waarom="U krijgt deze mail omdat iemand dit adres invulde.",
        voet=Punt("Ik wil hier nooit bericht over", uit),
    )


def asked(naam: str, over: Iterable[Postonderwerp]) -> str:
    """Return which account asks, and about what; a name that somebody chose leads nowhere in a mail program."""
    return f"Gevraagd door het account {account_name(naam)}, over: {'; '.join(OVER[o] for o in over)}."


def account_name(naam: str) -> str:
    """Return the name of an account as words: an address as it is, of anything else no mark that makes a link."""
    kort = plain(naam)
    kort = kort if len(kort) <= _LANGSTE_NAAM else f"{kort[:_LANGSTE_NAAM]}…"
    try:
        return read_address(kort)
    except AdresError:
        return " ".join("".join(t if t.isalnum() or t in " '-()" else " " for t in kort).split())


def publication(merk: Kenmerk) -> Brief:
    """Return the mail on a new publication: which it is, and what of the country was revised most."""
    publicatie = data.publicatie(merk)
    verschil = vorige.changes(merk, LAND)
    grootst = _largest(merk, verschil.wijzigingen) if verschil else []
    wat = ("Van de landelijke cijfers veranderde dit het meest:",) if grootst else ()
    dag = datum(publicatie.gemaakt_op)
    return Brief(
        f"Nieuwe publicatie van {dag}",
        (f"Er is een nieuwe publicatie: {publicatie.publicatie_id} van {dag}.", *wat),
        Punt("Bekijk het landelijk beeld", "/"),
        tuple(Punt(plain(sentence(merk, c))) for c in grootst),
    )


def publication_without() -> Brief:
    """Return the mail on a new publication for who has to log in again to see anything of it."""
    return Brief(
        "Nieuwe publicatie", ("Er is een nieuwe publicatie. Meld u aan om haar te zien.",),
        Punt("Naar Regiomonitor", "/"),
    )  # fmt: skip


def signals(merk: Kenmerk, gevonden: Sequence[tuple[str, Signaal]]) -> Brief:
    """Return the mail on new signals: what each is about and where, and nothing of the figures."""
    namen = data.names(merk)
    # Of one rule there may be several in one area.
    regels = sorted({(namen.get(code, code), code, REGEL_TITEL[signaal.regel_id]) for code, signaal in gevonden})
    waar = {code for _, code, _ in regels}
    punten = [
        Punt(plain(f"{naam}: {titel}"), f"/voortgangsgesprek?regio={code}&onderdeel=signalen")
        for naam, code, titel in regels
    ]
    rest = len(punten) - _MEESTE_SIGNALEN
    meer = (Punt(f"En nog {telling(rest, 'signaal', 'signalen')}."),) if rest > 0 else ()
    return Brief(
        "Nieuwe signalen" if len(punten) > 1 else "Een nieuw signaal",
        ("In de nieuwe publicatie staat iets om over te spreken:",),
        Punt("Bekijk de signalen", punten[0].pad if len(waar) == 1 else _ALLE_REGIOS),
        (*punten[:_MEESTE_SIGNALEN], *meer),
    )


def agreements(aantal: int) -> Brief:
    """Return the mail on agreements whose day is near: how many, and nothing else."""
    return Brief(
        "Een termijn verloopt binnenkort",
        (f"In uw regio's verloopt binnenkort de termijn van {telling(aantal, 'afspraak', 'afspraken')}. "
         "Meld u aan om te zien welke.",),
        Punt("Naar de afspraken", _ALLE_REGIOS),
    )  # fmt: skip


def trial() -> Brief:
    """Return the mail that a manager sends to see whether mail arrives."""
    return Brief(
        "Proefbericht", ("Dit is een proefbericht. Komt het aan, dan werkt het versturen.",),
        Punt("Naar Regiomonitor", "/"), waarom="U krijgt deze ene mail omdat de beheerder het stuurde.",
    )  # fmt: skip


def with_way_out(brief: Brief, uit: str, *, is_verlopen: bool) -> Brief:
    """Return a mail to who asked for it: why it comes, how to stop, and that a role is too long ago to count."""
    regels = (*brief.regels, _ROL_VOORBIJ) if is_verlopen else brief.regels
    waarom = "U krijgt dit bericht omdat u er op de pagina Berichten per mail van Regiomonitor om vroeg."
    return replace(brief, regels=regels, waarom=waarom, uit=uit)


def plain(tekst: str) -> str:
    """Return a text as one line, without marks that nobody sees or that turn what stands around them."""
    zichtbaar = "".join(" " if unicodedata.category(t)[0] in "CZ" else t for t in tekst)
    return " ".join(zichtbaar.split())


def _largest(merk: Kenmerk, wijzigingen: Iterable[Cijferwijziging]) -> list[Cijferwijziging]:
    """Return the revised figures that moved most, each in proportion to what it was; none that was made up."""
    echt = [w for w in wijzigingen if w.herkomst_oud != Herkomst.SYNTHETISCH]
    gevonden = herzien.revised(echt, data.indicatoren(merk))
    return sorted(gevonden, key=_moved, reverse=True)[:_MEESTE_CIJFERS]


def _moved(w: Cijferwijziging) -> float:
    oud, nieuw = w.waarde_oud or 0.0, w.waarde_nieuw or 0.0
    return abs(nieuw - oud) / max(abs(oud), 1e-12)
