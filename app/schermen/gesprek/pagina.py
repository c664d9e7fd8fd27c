"""Voortgangsgesprek: what is the talk with this region about, and what did the committee write down?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from app.beeld.markup import join, tag
from app.commissie import signalen
from app.commissie.model import OpslagError
from app.commissie.tijd import today
from app.lezen import data
from app.lezen.rijen import Kenmerk
from app.oordeel.gesprek import dossier
from app.oordeel.gesprek.dossier import Dossier
from app.oordeel.gesprek.signaal import Signaal
from app.oordeel.programma import ambities
from app.raam.keuze import regiokeuze, selectie
from app.raam.meenemen import documentknoppen
from app.raam.vakken import onderdelen
from app.raam.wie import lezer, vastleggen
from app.rollen.rechten import Recht
from app.schermen.gesprek import afspraken, bewijs, concept, kader, overzicht, voorbereiden
from app.schermen.gesprek import invoer as gesprek_invoer
from app.schermen.gesprek.invoer import Gesprek
from pipelines.afspraken.codelijsten import Niveau

if TYPE_CHECKING:
    from app.commissie.bank.opslag import Opslag

PAGINA = "voortgangsgesprek"
ONDERDELEN = {
    "kader": "Werkblad",
    "signalen": "Signalen en vragen",
    "plannen": "Ambities en acties",
    "afspraken": "Notities en afspraken",
    "sinds": "Sinds het vorige gesprek",
    "verhalen": "Verhalen",
    "regios": "Alle regio's",
}
_EERSTE_JAAR = 2018
_DOSSIER = "dossier"


def show(merk: Kenmerk) -> None:
    """Show the dossier of one region and one year, and let the committee and the region write in it."""
    onderdelen.page_head("Voortgangsgesprek")
    regios = {code: r.naam for code, r in data.regios(merk).items() if r.niveau == Niveau.ARBEIDSMARKTREGIO}
    if regiokeuze.ask_which(merk, list(regios), "Over welke gaat het gesprek?"):
        return
    regio_code, jaar = _choose(merk, regios)
    alles = dossier.build_dossier(merk, regio_code, voorbeeld=selectie.met_voorbeeld())
    gesprek = Gesprek.read(alles.regio, jaar, alles.publicatie.publicatie_id, _open(regio_code))
    concept.tell_saved()
    van_commissie = signalen.find(gesprek.stand.values(), gesprek.niveaus, jaar, today())
    st.header(
        f"{alles.regio.naam}: {dossier.signal_title([*alles.signalen, *van_commissie], alles.toetsing)}", anchor=False
    )
    veld = selectie.field("onderdeel", "Onderdeel", list(ONDERDELEN), "kader", ONDERDELEN.__getitem__, soort="knoppen")
    deel = veld.waarde
    if deel != "regios":
        onderdelen.show(tag("p", onderdelen.jump("Het dossier meenemen", _DOSSIER), klasse="rm-bron"))
    _show_cycle(gesprek, alles)
    veld.show()
    if deel == "signalen":
        voorbereiden.show_signalen(merk, alles, van_commissie)
    elif deel == "kader":
        _show_worksheet(merk, alles, gesprek, van_commissie)
    else:
        _show_part(merk, deel, alles, gesprek)
    if deel != "regios":
        _show_documents(merk, alles, gesprek)


def _show_worksheet(merk: Kenmerk, alles: Dossier, gesprek: Gesprek, van_commissie: Sequence[Signaal]) -> None:
    """Show the evidence beside the form, so that nobody scores from memory; one name goes with all that is saved."""
    wie = ""
    with st.container(key="rm-werkblad"):
        links, rechts = st.columns([2, 3], gap="medium")
        with links, st.container(key="rm-bewijs"):
            bewijs.show(merk, alles, van_commissie)
        with rechts:
            if _show_confidential(gesprek):
                wie = gesprek_invoer.ask_name()
                kader.show(gesprek, wie)
    if gesprek.opslag is not None:
        kader.show_over_time(gesprek, wie)


def _show_part(merk: Kenmerk, deel: str, alles: Dossier, gesprek: Gesprek) -> None:
    """Show one part; without the committee's database only what the publication says."""
    if deel == "regios":
        _show_regions(merk, alles, gesprek)
    elif deel == "plannen":
        voorbereiden.show_plannen(alles)
    elif deel == "verhalen":
        voorbereiden.show_verhalen(merk, alles)
    elif deel == "sinds":
        voorbereiden.show_sinds(merk, alles, gesprek)
    elif _show_confidential(gesprek):
        afspraken.show(gesprek, alles.programmas)


def _show_confidential(gesprek: Gesprek) -> bool:
    """Show that what follows is confidential, or why there is nothing; returns whether it may follow."""
    if gesprek.opslag is None:
        onderdelen.notice(gesprek.storing)
        gesprek_invoer.show_kept(gesprek)
        return False
    onderdelen.show(afspraken.confidential())
    return True


def _show_regions(merk: Kenmerk, alles: Dossier, gesprek: Gesprek) -> None:
    """Show the signals over all regions, and where each of them stands in the year of the talk."""
    regios = [r for r in data.regios(merk).values() if r.niveau == alles.regio.niveau]
    gevonden = overzicht.find(merk, regios)
    overzicht.show_signals(gevonden)
    if _show_confidential(gesprek):
        overzicht.show(gesprek, regios, gevonden)


def _show_documents(merk: Kenmerk, alles: Dossier, gesprek: Gesprek) -> None:
    """Offer the dossier to take along; what the committee wrote down is in it only when asked for."""
    st.subheader("Het dossier meenemen", anchor=_DOSSIER)
    jaar = gesprek.jaar if gesprek.opslag is not None else None
    documentknoppen.show(merk, alles.regio.regio_code, gespreksjaar=jaar)
    onderdelen.show(
        tag("p", "In het dossier staan de signalen uit de cijfers, de vragen, ambities, acties en verhalen. Scores, "
            "notities en afspraken van de commissie staan er alleen in als u dat aanvinkt.",
            "" if alles.vragen else " Een vraag volgt uit een signaal. Er is nu geen signaal, dus ook geen vraag.",
            klasse="rm-bron")
    )  # fmt: skip


def _choose(merk: Kenmerk, regios: Mapping[str, str]) -> tuple[str, int]:
    nu = data.publicatie(merk).gemaakt_op.year
    jaren = [str(jaar) for jaar in range(nu + 1, _EERSTE_JAAR - 1, -1)]
    with st.container(horizontal=True, gap="medium", key="rm-keuzes"):
        regio = regiokeuze.field(merk, "Regio", list(regios), next(iter(regios)), regios.__getitem__)
        regio.show()
        selectie.write_down("regio", regio.waarde)
        jaar = selectie.field("gespreksjaar", "Jaar van het gesprek", jaren, str(nu), str).choose()
    return regio.waarde, int(jaar)


def _open(regio_code: str) -> Opslag | str:
    """Open the committee's database, or say why not; a page that only reads the publication goes on without it."""
    if not lezer.may(Recht.GESPREK):
        return "Wat de commissie vastlegt, ziet alleen de commissie."
    if waarom := vastleggen.why_unread(regio_code):
        return waarom
    # SQLAlchemy is loaded by the first reader of this page, not by the app when it starts.
    from app.commissie.openen import open_opslag

    try:
        return open_opslag(Path(data.pad()).parent)
    except OpslagError as fout:
        return str(fout)


def _show_cycle(gesprek: Gesprek, alles: Dossier) -> None:
    """Show where the region stands: its ambitions, and the steps of the year from toets to agreements."""
    stappen = [
        tag("li", tag("strong", stap), f" {stand}", klasse="rm-af" if is_af else "")
        for stap, stand, is_af in [
            *_wgo(alles),
            _ambitions(alles),
            *(overzicht.cycle(gesprek) if gesprek.opslag else ()),
        ]
    ]
    naam = f"Waar {alles.regio.naam} staat in {gesprek.jaar}"
    onderdelen.show(tag("ol", join(stappen), klasse="rm-cyclus", aria_label=naam))


def _wgo(alles: Dossier) -> list[tuple[str, str, bool]]:
    return [("Werkgeversorganisatie", alles.wgo.naam, False)] if alles.wgo else []


def _ambitions(alles: Dossier) -> tuple[str, str, bool]:
    """Return how the ambitions of the plan stand against the figures."""
    oordelen = (ambities.ACHTER, ambities.OP_KOERS, ambities.GEHAALD, ambities.NIET_TE_ZEGGEN)
    telling = Counter(a.oordeel for a in alles.ambities)
    tekst = ", ".join(f"{telling[oordeel]} {oordeel}" for oordeel in oordelen if telling[oordeel])
    return "Ambities", tekst if tekst else "niet geleverd", False
