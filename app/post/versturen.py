"""One run of the sender: what is new goes in the queue, and what waits goes out, each mail by itself.

Whoever a mail is for is judged again when it is made: a role that is gone, or a subscription that was ended meanwhile,
takes what was waiting with it. Nothing that is said or written down here has an address in it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from app.commissie.bank.opslag import Opslag
from app.commissie.bank.tabellen import POSTBEKEND
from app.commissie.bank.verbinden import address
from app.commissie.model import OpslagError, Wijziging
from app.commissie.openen import open_opslag
from app.commissie.tijd import local_day
from app.lezen import data
from app.post import aanleiding, brief, inhoud, wachtrij
from app.post import abonnement as abonnementen
from app.post.aanleiding import Gezien, Nieuw
from app.post.abonnement import BEVESTIGING_SOORT, GELDIG, RECHT, Abonnement, Postonderwerp
from app.post.inhoud import Brief
from app.post.instellingen import Postinstellingen
from app.post.verbinding import Uitslag, Verbinding
from app.post.wachtrij import Greep
from app.rollen.instellingen import Instellingen
from app.rollen.mail import BEVESTIG, UIT
from app.rollen.rechten import Recht
from pipelines.afspraken.warehouse.gaaf import damage_now

# No other mail is begun after so long: the longest conversation still fits in before the unit is cut off.
_RUN_S = 5 * 60
# So many attempts more where a mail may have arrived: it goes once more, and not a third time.
_ONZEKER = 100
# A mail that was tried so often before was first tried five hours ago: a server that wants to see it twice took it.
_LANG = 5
_LOG = logging.getLogger("regiomonitor")
Toegang = Callable[[], Instellingen]


def now() -> datetime:
    """Return this moment as the database keeps one."""
    return datetime.now(UTC).replace(tzinfo=None)


@dataclass
class Verslag:
    """How a run went: how many mails went out, and how many did not for each reason."""

    verstuurd: int = 0
    later: int = 0
    onbekend: int = 0
    # Of those that did not go, how many were tried in vain for hours.
    lang: int = 0
    geweigerd: int = 0
    vervallen: int = 0
    is_server_weg: bool = False
    # What could not be read, in words without an address.
    gemist: list[str] = field(default_factory=list)

    @property
    def is_niets_gegaan(self) -> bool:
        """Whether there was something to send, and the server took nothing."""
        return not self.verstuurd and bool(self.later or self.onbekend)

    @property
    def is_goed(self) -> bool:
        """Whether nothing is wrong that a manager can do something about."""
        return not (self.is_server_weg or (self.is_niets_gegaan and (self.lang or self.onbekend)) or self.gemist)


class Verzender:
    """Sends what there is to send of one monitor."""

    def __init__(
        self, warehouse: Path, post: Postinstellingen, toegang: Toegang, klok: Callable[[], datetime] = now
    ) -> None:
        """`toegang` gives the settings of login, read again for each mail."""
        self._warehouse, self._post, self._toegang, self._klok = Path(warehouse), post, toegang, klok
        self._opslag = Opslag(address(warehouse), keur=False)

    def send(self, verbinding: Verbinding, verslag: Verslag | None = None) -> Verslag:
        """Queue what is new and send what waits; what went is in `verslag`, also where this stops half way.

        Raises:
            OpslagError: the database does not answer; what was not marked as sent goes another time.
            AfgekeurdError: the settings of login are not right: who may have what is not known.
        """
        verslag, nu = Verslag() if verslag is None else verslag, self._klok()
        eind = time.monotonic() + _RUN_S
        self._toegang()
        with self._opslag.transaction() as con:
            abonnementen.clean_up(con, self._toegang(), nu)
            wachtrij.clean_up(con, nu)
        gezien = self._look(verslag)
        self._prepare(gezien)
        with self._opslag.transaction() as con:
            aanleiding.keep(con, gezien, self._new(con, gezien), nu)
        while not verslag.is_server_weg and time.monotonic() < eind and (greep := self._take()) is not None:
            self._send_one(greep, gezien, verbinding, verslag)
        return verslag

    def _prepare(self, gezien: Gezien) -> None:
        """Look for the signals of a new publication now: that takes seconds, and nobody else may write meanwhile."""
        deze = POSTBEKEND.c.aanleiding == f"{Postonderwerp.PUBLICATIE}:{gezien.publicatie_id}"
        with self._opslag.transaction(schrijf=False) as con:
            is_bekend = con.execute(sa.select(POSTBEKEND).where(deze)).first() is not None
        if not is_bekend:
            gezien.signals_of("")

    def trial(self) -> Iterator[Brief]:
        """Yield what would go out now, to whomever; nothing is written, and each link ends in nothing."""
        nu, gezien = self._klok(), self._look(Verslag())
        with self._opslag.transaction(schrijf=False) as con:
            grepen = wachtrij.waiting(con, nu)
            per: dict[tuple[str, str], list[str]] = {}
            for n in self._new(con, gezien):
                per.setdefault((n.abonnement.kenmerk, n.onderwerp), []).append(n.aanleiding)
            grepen += [Greep(kenmerk, soort, tuple(wat), ()) for (kenmerk, soort), wat in per.items()]
            for greep in grepen:
                if gevonden := abonnementen.find(con, greep.abonnement):
                    gemaakt = self._compose(con, greep, gevonden, gezien, link="…")
                    if gemaakt is not None:
                        yield gemaakt

    def _look(self, verslag: Verslag) -> Gezien:
        """Return what there is to write about; agreements of the committee are read where anybody asked for those."""
        with self._opslag.transaction(schrijf=False) as con:
            gevraagd = {o for a in abonnementen.everything(con) for o in a.wens.onderwerpen}
        afspraken: list[Wijziging] = []
        try:
            if Postonderwerp.AFSPRAAK in gevraagd:
                afspraken = open_opslag(self._warehouse).history(soorten=["afspraak"])
        except OpslagError as fout:
            verslag.gemist.append(str(fout))
        if stuk := damage_now(self._warehouse):
            verslag.gemist.append(str(stuk))
        try:
            return aanleiding.look(self._warehouse, afspraken, local_day(self._klok()))
        except data.GeenPublicatieError:
            return Gezien(afspraken=aanleiding.near(afspraken, local_day(self._klok())))

    def _new(self, con: sa.Connection, gezien: Gezien) -> list[Nieuw]:
        """Return what is new for who agreed and may have it."""
        geldend = [a for a in abonnementen.everything(con) if a.bevestigd_op is not None]
        return [n for n in aanleiding.find_new(con, gezien, geldend) if self._may(con, n.abonnement, n.onderwerp)[0]]

    def _may(self, con: sa.Connection, van: Abonnement, onderwerp: Postonderwerp) -> tuple[bool, bool]:
        """Return whether who asked may have mail on this now, and whether their roles of groups are too long ago."""
        persoon = abonnementen.person(con, van.lezer)
        if persoon is None:
            return False, False
        wie, is_verlopen = persoon.now(self._toegang(), self._klok())
        # That there is a new publication is said to who only has to log in again.
        return wie.may(RECHT[onderwerp]) or (is_verlopen and onderwerp == Postonderwerp.PUBLICATIE), is_verlopen

    def _take(self) -> Greep | None:
        with self._opslag.transaction() as con:
            return wachtrij.take(con, self._klok())

    def _send_one(self, greep: Greep, gezien: Gezien, verbinding: Verbinding, verslag: Verslag) -> None:
        """Send one mail; whatever goes wrong with it, the others go on."""
        try:
            uitslag = self._deliver(greep, gezien, verbinding)
        except OpslagError:
            raise
        except Exception as fout:
            # The kind of fault alone: what it says may hold an address.
            gezegd = f"Een bericht is niet gemaakt: {type(fout).__name__}"
            _LOG.warning(gezegd)
            if gezegd not in verslag.gemist:
                verslag.gemist.append(gezegd)
            uitslag = Uitslag.LATER
        verslag.verstuurd += uitslag == Uitslag.VERSTUURD
        with self._opslag.transaction() as con:
            self._settle(con, greep, uitslag)
        verslag.vervallen += uitslag is None
        verslag.geweigerd += uitslag == Uitslag.GEWEIGERD
        verslag.later += uitslag in (Uitslag.LATER, Uitslag.GEEN_SERVER)
        verslag.onbekend += uitslag == Uitslag.ONBEKEND
        verslag.lang += uitslag == Uitslag.LATER and greep.pogingen >= _LANG
        verslag.is_server_weg = uitslag == Uitslag.GEEN_SERVER

    def _deliver(self, greep: Greep, gezien: Gezien, verbinding: Verbinding) -> Uitslag | None:
        """Make and hand over one mail; nothing where there is nothing left to say, or nobody left who may read it."""
        nu, basis, link = self._klok(), self._toegang().adres, ""
        if greep.soort in (Postonderwerp.PUBLICATIE, Postonderwerp.SIGNAAL) and not self._is_still(gezien):
            return Uitslag.LATER
        if greep.soort == BEVESTIGING_SOORT:
            with self._opslag.transaction() as con:
                link = abonnementen.new_link(con, greep.abonnement, nu)
        with self._opslag.transaction(schrijf=False) as con:
            van = abonnementen.find(con, greep.abonnement)
            gemaakt = self._compose(con, greep, van, gezien, link) if van is not None else None
        if van is None or gemaakt is None:
            return None
        return verbinding.send(brief.make(gemaakt, van.wens.adres, self._post.afzender, basis, nu), van.wens.adres)

    def _is_still(self, gezien: Gezien) -> bool:
        """Return whether readers see the publication that this run is about, and not another or none."""
        return bool(gezien.publicatie_id) and aanleiding.publication_now(self._warehouse) == gezien.publicatie_id

    def _compose(self, con: sa.Connection, greep: Greep, van: Abonnement, gezien: Gezien, link: str) -> Brief | None:
        """Return what one mail says to who may read it now; nothing where that is nothing any more."""
        if greep.soort == BEVESTIGING_SOORT:
            mag = all(self._may(con, van, o)[0] for o in van.wens.onderwerpen)
            wie = abonnementen.person(con, van.lezer)
            if not mag or wie is None:
                return None
            uit = UIT + (van.uit if link != "…" else link)
            return inhoud.ask_to_agree(BEVESTIG + link, self._klok() + GELDIG, wie.naam, van.wens.onderwerpen, uit)
        onderwerp = Postonderwerp(greep.soort)
        mag, is_verlopen = self._may(con, van, onderwerp)
        geldig = [a for a in greep.aanleidingen if gezien.holds(onderwerp, a, van.wens.gebied)]
        if not mag or not geldig or onderwerp not in van.wens.onderwerpen:
            return None
        persoon = abonnementen.person(con, van.lezer)
        assert persoon is not None
        if onderwerp == Postonderwerp.AFSPRAAK:
            gemaakt = inhoud.agreements(len(geldig))
        elif gezien.merk is None:
            return None
        elif onderwerp == Postonderwerp.SIGNAAL:
            van_gebied = gezien.signals_of(van.wens.gebied)
            gemaakt = inhoud.signals(gezien.merk, [van_gebied[a.rpartition(":")[2]] for a in geldig])
        elif persoon.now(self._toegang(), self._klok())[0].may(Recht.LEZEN):
            gemaakt = inhoud.publication(gezien.merk)
        else:
            gemaakt = inhoud.publication_without()
        return inhoud.with_way_out(gemaakt, UIT + (van.uit if link != "…" else link), is_verlopen=is_verlopen)

    def _settle(self, con: sa.Connection, greep: Greep, uitslag: Uitslag | None) -> None:
        """Keep what came of one mail."""
        van, nu = abonnementen.find(con, greep.abonnement), self._klok()
        if uitslag is None:
            wachtrij.drop(con, greep)
        elif uitslag == Uitslag.VERSTUURD:
            wachtrij.done(con, greep, nu)
            abonnementen.set_refusals(con, greep.abonnement, 0)
        elif uitslag == Uitslag.ONBEKEND:
            if greep.soort == BEVESTIGING_SOORT or greep.pogingen >= _ONZEKER:
                wachtrij.done(con, greep, nu)
            else:
                wachtrij.later(con, replace(greep, pogingen=greep.pogingen + _ONZEKER), nu)
        else:
            wachtrij.later(con, greep, nu, geweigerd=uitslag == Uitslag.GEWEIGERD)
            if uitslag == Uitslag.GEWEIGERD and van is not None:
                abonnementen.set_refusals(con, greep.abonnement, van.weigeringen + 1)
