"""What there is to write about now: the publication that readers see, its signals, and agreements whose day is near.

What is new is told by what it is and not by when: a clock that is wrong, or a publication that is withdrawn, silences
nothing and repeats nothing. A concept is nowhere in it: only the publication of now is opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path

import sqlalchemy as sa

from app.commissie.bank.tabellen import POSTBEKEND, POSTBERICHT
from app.commissie.model import Wijziging, holding
from app.lezen import data
from app.lezen.rijen import Kenmerk, Regio
from app.oordeel.gesprek import gespreksgegevens, signalen
from app.oordeel.gesprek.signaal import Signaal
from app.post.abonnement import Abonnement, Postonderwerp, add_message, hash_of
from pipelines.afspraken.codelijsten import Niveau
from pipelines.afspraken.warehouse.bewaard import base_id, kept
from pipelines.afspraken.warehouse.gaaf import newest_whole
from pipelines.afspraken.warehouse.verbinding import PUBLICATIE

# An agreement is near from so many days before its last.
DAGEN_VOORAF = 14
_PUBLICATIE, _SIGNAAL, _AFSPRAAK = (f"{soort}:" for soort in Postonderwerp)
# Of a sum, what tells one from another.
_LENGTE = 24


@dataclass(frozen=True)
class Gezien:
    """What there is now: nothing of a publication that is damaged. Agreements by area, each by its occasion."""

    publicatie_id: str = ""
    merk: Kenmerk | None = None
    eerdere: tuple[str, ...] = ()
    afspraken: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def signalen(self) -> Mapping[str, Mapping[str, Signaal]]:
        """The signals of the publication by area and by occasion; looked for once, and only where it is asked."""
        merk = self.merk
        return {code: _signals(merk, code) for code in areas(merk)} if merk is not None else {}

    def holds(self, onderwerp: str, aanleiding: str, gebied: str) -> bool:
        """Return whether an occasion is still one, for who asked for this area."""
        if onderwerp == Postonderwerp.PUBLICATIE:
            return aanleiding == _PUBLICATIE + self.publicatie_id
        if onderwerp == Postonderwerp.SIGNAAL:
            publicatie, _, som = aanleiding.removeprefix(_SIGNAAL).rpartition(":")
            return bool(publicatie) and som in self.signals_of(gebied)
        return aanleiding.removeprefix(_AFSPRAAK) in self.agreements_of(gebied)

    def signals_of(self, gebied: str) -> dict[str, tuple[str, Signaal]]:
        """Return the signals of an area, or of all of them, with where each is."""
        return {
            som: (code, signaal)
            for code, eigen in self.signalen.items()
            if gebied in ("", code)
            for som, signaal in eigen.items()
        }

    def agreements_of(self, gebied: str) -> frozenset[str]:
        """Return the agreements of an area, or of all of them, whose day is near."""
        return frozenset().union(*(eigen for code, eigen in self.afspraken.items() if gebied in ("", code)))


def look(warehouse: Path, wijzigingen: Iterable[Wijziging], dag: date) -> Gezien:
    """Return what there is now; `wijzigingen` is the committee's history of agreements, where anybody asked for it."""
    afspraken = near(wijzigingen, dag)
    pad = warehouse / PUBLICATIE
    # Where an older one stands in for one that is damaged, there is nothing new.
    if newest_whole(warehouse) != pad:
        return Gezien(afspraken=afspraken)
    merk = data.kenmerk(pad)
    publicatie_id = base_id(data.publicatie(merk).publicatie_id)
    return Gezien(publicatie_id, merk, tuple(map(base_id, kept(warehouse))), afspraken)


def publication_now(warehouse: Path) -> str:
    """Return which publication readers see now; empty where there is none or an older one stands in for it."""
    pad = warehouse / PUBLICATIE
    try:
        return base_id(data.publicatie(data.kenmerk(pad)).publicatie_id) if newest_whole(warehouse) == pad else ""
    except data.GeenPublicatieError:
        return ""


def areas(merk: Kenmerk) -> dict[str, Regio]:
    """Return the regions that there are signals and agreements of."""
    return {
        code: regio
        for code, regio in data.regios(merk).items()
        if regio.niveau == Niveau.ARBEIDSMARKTREGIO and regio.geldig_tot is None
    }


def near(wijzigingen: Iterable[Wijziging], dag: date) -> dict[str, frozenset[str]]:
    """Return by area the agreements that are open and whose last day is today or soon; each with that day is one."""
    gevonden: dict[str, set[str]] = {}
    for w in holding(wijzigingen).values():
        uiterlijk = w.inhoud.datum
        if w.onderwerp.soort != "afspraak" or w.inhoud.stand != "open" or uiterlijk is None:
            continue
        if dag <= uiterlijk <= dag + timedelta(days=DAGEN_VOORAF):
            o = w.onderwerp
            som = hash_of(f"{o.regio_code} {o.jaar} {o.sleutel} {uiterlijk.isoformat()}")[:_LENGTE]
            gevonden.setdefault(o.regio_code, set()).add(som)
    return {code: frozenset(sommen) for code, sommen in gevonden.items()}


def _signals(merk: Kenmerk, regio_code: str) -> dict[str, Signaal]:
    """Return the signals of a region by what each is about: another figure of the same does not make it a new one."""
    return {
        hash_of(f"{regio_code} {_about(signaal)}")[:_LENGTE]: signaal
        for signaal in signalen.find(gespreksgegevens.collect(merk, regio_code))
    }


def _about(signaal: Signaal) -> str:
    cijfers = sorted({f"{b.indicator_id} {b.rij.uitsplitsing if b.rij else ''}" for b in signaal.bewijs
                      if b.indicator_id})  # fmt: skip
    return " ".join([signaal.regel_id, *(cijfers or [signaal.zin])])


@dataclass(frozen=True)
class Nieuw:
    """One occasion for one subscription."""

    abonnement: Abonnement
    onderwerp: Postonderwerp
    aanleiding: str


def find_new(con: sa.Connection, gezien: Gezien, abonnementen: Iterable[Abonnement]) -> list[Nieuw]:
    """Return what is new for each of these subscriptions; nothing is written.

    At the first time nothing of the publication is, but for who agreed while there was none: what was there before is
    history.
    """
    bekend = set(con.scalars(sa.select(POSTBEKEND.c.aanleiding)))
    eerder = set(map(tuple, con.execute(sa.select(POSTBERICHT.c.abonnement, POSTBERICHT.c.aanleiding))))
    is_nieuw = bool(gezien.publicatie_id) and _PUBLICATIE + gezien.publicatie_id not in bekend
    gevonden = []
    for abonnement in abonnementen:
        wens = abonnement.wens
        if is_nieuw and abonnement.sinds != gezien.publicatie_id and (bekend or not abonnement.sinds):
            van_hier = gezien.signals_of(wens.gebied)
            gevonden.append(Nieuw(abonnement, Postonderwerp.PUBLICATIE, _PUBLICATIE + gezien.publicatie_id))
            gevonden += [Nieuw(abonnement, Postonderwerp.SIGNAAL, f"{_SIGNAAL}{gezien.publicatie_id}:{som}")
                         for som in van_hier if _SIGNAAL + som not in bekend]  # fmt: skip
        gevonden += [Nieuw(abonnement, Postonderwerp.AFSPRAAK, _AFSPRAAK + som)
                     for som in sorted(gezien.agreements_of(wens.gebied))]  # fmt: skip
    return [n for n in gevonden if n.onderwerp in n.abonnement.wens.onderwerpen
            and (n.abonnement.kenmerk, n.aanleiding) not in eerder]  # fmt: skip


def keep(con: sa.Connection, gezien: Gezien, nieuw: Iterable[Nieuw], nu: datetime) -> None:
    """Put what is new in the queue and keep that it was seen, in one transaction: neither is without the other."""
    for n in nieuw:
        if n.onderwerp == Postonderwerp.PUBLICATIE:
            # Of several that came one after another, the newest is enough.
            wacht = POSTBERICHT.c.verstuurd_op.is_(None) & (POSTBERICHT.c.soort == Postonderwerp.PUBLICATIE)
            con.execute(sa.delete(POSTBERICHT).where(wacht, POSTBERICHT.c.abonnement == n.abonnement.kenmerk))
        add_message(con, n.abonnement.kenmerk, n.onderwerp, n.aanleiding, nu)
    bekend = set(con.scalars(sa.select(POSTBEKEND.c.aanleiding)))
    if not gezien.publicatie_id or _PUBLICATIE + gezien.publicatie_id in bekend:
        return
    hier = {_SIGNAAL + som for som in gezien.signals_of("")}
    weg = [a for a in bekend if a.startswith(_SIGNAAL) and a not in hier]
    con.execute(sa.delete(POSTBEKEND).where(POSTBEKEND.c.aanleiding.in_(weg)))
    # Also what was kept before: once the one of now is withdrawn, an older one is no news.
    er_zijn = {_PUBLICATIE + naam for naam in (gezien.publicatie_id, *gezien.eerdere)}
    con.execute(POSTBEKEND.insert(), [{"aanleiding": a} for a in sorted((hier | er_zijn) - bekend)])
