"""Who gets mail at which address about what: asking, agreeing, stopping and forgetting, each within one transaction.

Writers of this database go one after another, so that what is counted here is still so when it is written.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.commissie.bank.opslag import open_as_owner
from app.commissie.bank.tabellen import ABONNEMENT, BEVESTIGING, POSTBERICHT, POSTBUS, POSTGRENS, POSTLEZER
from app.post import postbus
from app.post.adres import mailbox
from app.post.postbus import DAG, SPELING
from app.post.postbus import WEIGERINGEN as WEIGERINGEN
from app.post.postbus import hash_of as hash_of
from app.rollen.instellingen import Instellingen
from app.rollen.lezer import Lezer, identify_later
from app.rollen.rechten import Recht
from pipelines.afspraken.schrift.naam import is_same_name

# How long a link to agree is good, and how long its mail may wait for its turn.
GELDIG, WACHT = timedelta(hours=48), timedelta(days=7)
# How long a request is kept: not a word of when its mail went, for that tells what others asked.
BEWAAR = WACHT + GELDIG
PER_ACCOUNT = 3
# Who has a role of a group and did not log in for so long, has it no more.
ROL_GELDIG = timedelta(days=30)
# Who has no right left to any of it for so long, is kept no longer.
_ZONDER_RECHT = timedelta(days=90)
BEVESTIGING_SOORT = "bevestiging"
# The question to an address that is the name of who asks: nobody else's question goes before it.
EIGEN_VRAAG = f"{BEVESTIGING_SOORT}:eigen"


class Postonderwerp(StrEnum):
    """What there is mail about."""

    PUBLICATIE = "publicatie"
    SIGNAAL = "signaal"
    AFSPRAAK = "afspraak"


RECHT = {
    Postonderwerp.PUBLICATIE: Recht.LEZEN,
    Postonderwerp.SIGNAAL: Recht.LEZEN,
    Postonderwerp.AFSPRAAK: Recht.GESPREK,
}


class Antwoord(StrEnum):
    """What became of a request."""

    BEWAARD = "bewaard"
    GEVRAAGD = "gevraagd"
    TE_VAAK = "te_vaak"


@dataclass(frozen=True)
class Wens:
    """What a person asks for: mail at this address, about these subjects, of one area or of all (empty)."""

    adres: str
    onderwerpen: tuple[Postonderwerp, ...]
    gebied: str = ""


@dataclass(frozen=True)
class Abonnement:
    """What a person asked for, and where it stands."""

    kenmerk: str
    lezer: str
    wens: Wens
    gevraagd_op: datetime
    bevestigd_op: datetime | None
    sinds: str
    weigeringen: int
    bus: str
    uit: str

    @property
    def is_gepauzeerd(self) -> bool:
        """Whether the address refused so often that nothing is sent there."""
        return self.weigeringen >= WEIGERINGEN


@dataclass(frozen=True)
class Postlezer:
    """Who asked, as the provider named them at the last login."""

    aanbieder: str
    naam: str
    groepen: tuple[str, ...]
    gezien_op: datetime

    def now(self, instellingen: Instellingen, nu: datetime) -> tuple[Lezer, bool]:
        """Return this person with the roles of now, and whether one of a group is gone for want of a login alone."""
        is_vers = -SPELING <= nu - self.gezien_op <= ROL_GELDIG
        zou = identify_later(instellingen, self.aanbieder, self.naam, self.groepen)
        wie = zou if is_vers else identify_later(instellingen, self.aanbieder, self.naam, ())
        return wie, wie.rollen != zou.rollen


def key_of(wie: Lezer) -> str:
    """Return what stays the same of one account, whatever it is called."""
    return wie.account or hashlib.sha256(json.dumps([wie.aanbieder, wie.naam]).encode()).hexdigest()


def subscribe(con: sa.Connection, wie: Lezer, wens: Wens, nu: datetime) -> Antwoord:
    """Keep what a person asks for. A new address gets one mail to agree with, and nothing else before that.

    What comes back hangs on what this account asked before alone: it says nothing of what others asked.
    """
    ik, bus = key_of(wie), postbus.box_of(wens.adres)
    # Not the address: another spelling of this mailbox may prove to be another mailbox.
    velden: dict[str, object] = {"onderwerpen": ",".join(wens.onderwerpen), "gebied": wens.gebied, "weigeringen": 0}
    eigen = {a.bevestigd_op is not None: a for a in of_person(con, wie)}
    geldend, wachtend = eigen.get(True), eigen.get(False)
    remember(con, wie, nu)
    if geldend is not None and geldend.bus == bus:
        _drop(con, [wachtend.kenmerk] if wachtend is not None else [])
        _update(con, geldend.kenmerk, **velden)
        return Antwoord.BEWAARD
    hier = wachtend if wachtend is not None and wachtend.bus == bus else None
    if hier is None or not -SPELING <= nu - hier.gevraagd_op < DAG:
        if _count(con, ik, nu) >= PER_ACCOUNT:
            return Antwoord.TE_VAAK
        _note(con, ik, nu)
        velden["gevraagd_op"] = nu
    if hier is not None and ("gevraagd_op" not in velden or _is_under_way(con, hier.kenmerk, nu)):
        _update(con, hier.kenmerk, **velden)
        if hier.is_gepauzeerd:
            con.execute(sa.update(POSTBERICHT).where(POSTBERICHT.c.abonnement == hier.kenmerk).values(vanaf=nu))
        return Antwoord.GEVRAAGD
    if wachtend is not None:
        _drop(con, [wachtend.kenmerk])
    postbus.keep(con, bus, nu)
    kenmerk = secrets.token_hex(16)
    con.execute(ABONNEMENT.insert(), [velden | {
        "kenmerk": kenmerk, "lezer": ik, "bus": bus, "adres": wens.adres, "bevestigd_op": None, "sinds": "",
    }])  # fmt: skip
    remember(con, wie, nu, ook_nieuw=True)
    is_eigen = postbus.box_of(wie.naam) == bus
    add_message(con, kenmerk, BEVESTIGING_SOORT, EIGEN_VRAAG if is_eigen else BEVESTIGING_SOORT, nu)
    return Antwoord.GEVRAAGD


def add_message(con: sa.Connection, abonnement: str, soort: str, aanleiding: str, nu: datetime) -> None:
    """Put a message in the queue."""
    rij = {"kenmerk": secrets.token_hex(16), "abonnement": abonnement, "soort": soort, "aanleiding": aanleiding,
           "gemaakt_op": nu, "vanaf": nu, "pogingen": 0, "bezet_op": None, "verstuurd_op": None}  # fmt: skip
    con.execute(POSTBERICHT.insert(), [rij])


def new_link(con: sa.Connection, abonnement: str, nu: datetime) -> str:
    """Return what the link to agree with is to end in; only its hash is kept."""
    token = secrets.token_urlsafe(32)
    con.execute(BEVESTIGING.insert(), [{"som": hash_of(token), "abonnement": abonnement, "op": nu}])
    return token


def asked_by(con: sa.Connection, token: str, nu: datetime) -> tuple[Postlezer, Abonnement] | None:
    """Return who asks for what by a link to agree; nothing where it is not or no longer good."""
    link = BEVESTIGING.c
    van_link = sa.select(link.abonnement).where(link.som == hash_of(token), link.op.between(nu - GELDIG, nu + SPELING))
    gevonden = _read(con, ABONNEMENT.c.kenmerk.in_(van_link))
    persoon = person(con, gevonden[0].lezer) if gevonden else None
    return (persoon, gevonden[0]) if persoon is not None else None


def confirm(
    con: sa.Connection, token: str, nu: datetime, mag: Callable[[Postlezer, Wens], bool], sinds: str
) -> tuple[Postlezer, Abonnement] | None:
    """Let what was asked begin, in the place of what that person had; nothing where the link is not or no longer good.

    `sinds` is the publication that is there now; `mag` says whether that person may have this.
    """
    gevonden = asked_by(con, token, nu)
    if gevonden is None or not mag(gevonden[0], gevonden[1].wens):
        return None
    nieuw = gevonden[1]
    _drop(con, [a.kenmerk for a in _read(con, ABONNEMENT.c.lezer == nieuw.lezer) if a.kenmerk != nieuw.kenmerk])
    for tabel in (BEVESTIGING, POSTBERICHT):
        con.execute(sa.delete(tabel).where(tabel.c.abonnement == nieuw.kenmerk))
    _update(con, nieuw.kenmerk, bevestigd_op=nu, sinds=sinds)
    return gevonden


def stop(con: sa.Connection, uit: str, nu: datetime, *, nooit: bool = False) -> list[Postlezer]:
    """End all of the mailbox that this link belongs to, whoever asked it; returns who had.

    With `nooit` nobody is asked there for a long time either.
    """
    bus = postbus.find(con, uit)
    van_bus = _read(con, ABONNEMENT.c.bus == bus)
    personen = [p for lezer in dict.fromkeys(a.lezer for a in van_bus) if (p := person(con, lezer)) is not None]
    _drop(con, [a.kenmerk for a in van_bus])
    if nooit:
        postbus.block(con, bus, nu)
    return personen


def stop_all(con: sa.Connection, wie: Lezer) -> bool:
    """End all that this person asked for; returns whether there was anything."""
    eigen = of_person(con, wie)
    _drop(con, [a.kenmerk for a in eigen])
    return bool(eigen)


def forget(con: sa.Connection, naam: str, *, proef: bool) -> int:
    """Take out all of a person of this name, and all at this address, in whatever spelling; returns how many."""
    bus = mailbox(naam)
    personen = {
        rij.kenmerk
        for rij in con.execute(sa.select(POSTLEZER))
        if is_same_name(rij.naam, naam) or (bus and mailbox(rij.naam) == bus)
    }
    weg = [a for a in everything(con) if a.lezer in personen or (bus and mailbox(a.wens.adres) == bus)]
    if not proef:
        _drop(con, [a.kenmerk for a in weg])
        lezers = personen | {a.lezer for a in weg}
        con.execute(sa.delete(POSTGRENS).where(POSTGRENS.c.van.in_(lezers)))
        postbus.forget(con, {hash_of(bus), *(a.bus for a in weg)})
        con.execute(sa.delete(POSTLEZER).where(POSTLEZER.c.kenmerk.in_(personen)))
    return len(weg)


def forget_at(warehouse: Path, naam: str, *, proef: bool) -> int:
    """Do so in the database of this monitor, as its owner; returns how many.

    Raises:
        OpslagError: the database does not answer.
    """
    opslag = open_as_owner(warehouse)
    with opslag.transaction(schrijf=not proef) as con:
        if opslag.soort == "sqlite":
            con.exec_driver_sql("pragma secure_delete = on")
        return forget(con, naam, proef=proef)


def remember(con: sa.Connection, wie: Lezer, nu: datetime, *, ook_nieuw: bool = False) -> None:
    """Keep with which groups somebody who gets mail logged in; of who gets none nothing is kept."""
    velden = {"aanbieder": wie.aanbieder, "naam": wie.naam, "groepen": json.dumps(wie.groepen), "gezien_op": nu,
              "recht_op": nu}  # fmt: skip
    ik = key_of(wie)
    geraakt = con.execute(sa.update(POSTLEZER).where(POSTLEZER.c.kenmerk == ik).values(**velden)).rowcount
    if not geraakt and ook_nieuw:
        con.execute(POSTLEZER.insert(), [{"kenmerk": ik, **velden}])


def of_person(con: sa.Connection, wie: Lezer) -> list[Abonnement]:
    """Return what this person asked for: at most one that holds and one that waits."""
    return _read(con, ABONNEMENT.c.lezer == key_of(wie))


def everything(con: sa.Connection) -> list[Abonnement]:
    """Return what anybody asked for."""
    return _read(con)


def find(con: sa.Connection, kenmerk: str) -> Abonnement | None:
    """Return one of them, where it is still there."""
    return next(iter(_read(con, ABONNEMENT.c.kenmerk == kenmerk)), None)


def person(con: sa.Connection, kenmerk: str) -> Postlezer | None:
    """Return who asked."""
    rij = con.execute(sa.select(POSTLEZER).where(POSTLEZER.c.kenmerk == kenmerk)).first()
    return _person(rij) if rij else None


def set_refusals(con: sa.Connection, kenmerk: str, aantal: int) -> None:
    """Keep how often after another an address refused."""
    _update(con, kenmerk, weigeringen=aantal)


def clean_up(con: sa.Connection, instellingen: Instellingen, nu: datetime) -> None:
    """Take away what nobody agreed with in time, what is of who has no right left, and what no longer counts."""
    wachtend = [a for a in everything(con) if a.bevestigd_op is None]
    weg = {a.kenmerk for a in wachtend if not -SPELING <= nu - a.gevraagd_op <= BEWAAR}
    for rij in con.execute(sa.select(POSTLEZER)).all():
        wie, is_verlopen = _person(rij).now(instellingen, nu)
        if is_verlopen or any(map(wie.may, RECHT.values())):
            con.execute(sa.update(POSTLEZER).where(POSTLEZER.c.kenmerk == rij.kenmerk).values(recht_op=nu))
        elif nu - rij.recht_op > _ZONDER_RECHT:
            weg |= {a.kenmerk for a in _read(con, ABONNEMENT.c.lezer == rij.kenmerk)}
    _drop(con, weg)
    con.execute(sa.delete(POSTGRENS).where(sa.not_(_within_day(nu))))
    postbus.clean_up(con, nu)


def _is_under_way(con: sa.Connection, kenmerk: str, nu: datetime) -> bool:
    """Whether the mail of a request is still to go, or went today."""
    b, link = POSTBERICHT.c, BEVESTIGING.c
    nog = sa.select(b.kenmerk).where(b.abonnement == kenmerk, b.verstuurd_op.is_(None))
    net = sa.select(link.som).where(link.abonnement == kenmerk, link.op.between(nu - DAG, nu + SPELING))
    return con.execute(nog).first() is not None or con.execute(net).first() is not None


def _within_day(nu: datetime) -> sa.ColumnElement[bool]:
    return POSTGRENS.c.op.between(nu - DAG, nu + SPELING)


def _count(con: sa.Connection, account: str, nu: datetime) -> int:
    vraag = sa.select(sa.func.count()).select_from(POSTGRENS)
    return int(con.scalar(vraag.where(POSTGRENS.c.van == account, _within_day(nu))) or 0)


def _note(con: sa.Connection, account: str, nu: datetime) -> None:
    con.execute(POSTGRENS.insert(), [{"kenmerk": secrets.token_hex(16), "van": account, "op": nu}])


def _update(con: sa.Connection, kenmerk: str, **velden: object) -> None:
    con.execute(sa.update(ABONNEMENT).where(ABONNEMENT.c.kenmerk == kenmerk).values(**velden))


def _drop(con: sa.Connection, kenmerken: Iterable[str]) -> None:
    """Take subscriptions out with all that hangs on them, and whoever has none left."""
    weg = list(kenmerken)
    for tabel in (BEVESTIGING, POSTBERICHT):
        con.execute(sa.delete(tabel).where(tabel.c.abonnement.in_(weg)))
    con.execute(sa.delete(ABONNEMENT).where(ABONNEMENT.c.kenmerk.in_(weg)))
    con.execute(sa.delete(POSTLEZER).where(POSTLEZER.c.kenmerk.not_in(sa.select(ABONNEMENT.c.lezer))))


def _read(con: sa.Connection, *waar: sa.ColumnElement[bool]) -> list[Abonnement]:
    samen = ABONNEMENT.join(POSTBUS, POSTBUS.c.bus == ABONNEMENT.c.bus)
    vraag = sa.select(ABONNEMENT, POSTBUS.c.uit).select_from(samen).where(*waar).order_by(ABONNEMENT.c.kenmerk)
    return [
        Abonnement(
            r.kenmerk, r.lezer, Wens(r.adres, tuple(map(Postonderwerp, r.onderwerpen.split(","))), r.gebied),
            r.gevraagd_op, r.bevestigd_op, r.sinds, r.weigeringen, r.bus, r.uit,
        )
        for r in con.execute(vraag)
    ]  # fmt: skip


def _person(rij: sa.Row[Any]) -> Postlezer:
    return Postlezer(rij.aanbieder, rij.naam, tuple(json.loads(rij.groepen)), rij.gezien_op)
