"""Mailboxes: each has one link to stop, one question to agree a day, and an owner who may want no question at all."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.commissie.bank.tabellen import ABONNEMENT, POSTBERICHT, POSTBUS
from app.post.adres import mailbox

DAG = timedelta(hours=24)
# An address is left alone that refused so many times after another, or that mail came back from on so many days within
# a year.
WEIGERINGEN, _TELT_MEE = 3, timedelta(days=365)
# How long nobody is asked who does not want to be, and a link to stop stays true after the last subscription.
BLOKKADE = timedelta(days=90)
# What two clocks may differ. What is of later than that is of no moment that was: the clock was put back.
SPELING = timedelta(hours=1)


def hash_of(tekst: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(tekst.encode("utf-8", "surrogatepass")).hexdigest()


def box_of(adres: str) -> str:
    """Return under what the mailbox of an address is kept."""
    return hash_of(mailbox(adres))


def keep(con: sa.Connection, bus: str, nu: datetime) -> None:
    """Let a mailbox be there."""
    if not con.execute(sa.update(POSTBUS).where(POSTBUS.c.bus == bus).values(gezien_op=nu)).rowcount:
        rij = {"bus": bus, "uit": secrets.token_urlsafe(32), "beurt": "", "beurt_op": None, "geblokkeerd_op": None}
        con.execute(POSTBUS.insert(), [{**rij, "gezien_op": nu}])


def find(con: sa.Connection, uit: str) -> str:
    """Return which mailbox a link to stop belongs to; empty where that is none."""
    return str(con.scalar(sa.select(POSTBUS.c.bus).where(POSTBUS.c.uit == uit)) or "")


def block(con: sa.Connection, bus: str, nu: datetime) -> None:
    """Let nobody be asked at this mailbox for a long time."""
    con.execute(sa.update(POSTBUS).where(POSTBUS.c.bus == bus).values(geblokkeerd_op=nu, gezien_op=nu))


def came_back(con: sa.Connection, uit: str, nu: datetime) -> bool | None:
    """Count, once a day, that mail came back from the mailbox of this link to stop; nothing where there is none.

    Returns whether all mail there is left alone from now on. Then the count begins at nought again: who still wants it
    may try once more.
    """
    rij = con.execute(sa.select(POSTBUS.c.bus, POSTBUS.c.terug, POSTBUS.c.terug_op).where(POSTBUS.c.uit == uit)).first()
    if rij is None:
        return None
    sinds = nu - rij.terug_op if rij.terug_op is not None else _TELT_MEE
    if -SPELING <= sinds < DAG:
        return False
    aantal = rij.terug + 1 if -SPELING <= sinds < _TELT_MEE else 1
    is_vol = aantal >= WEIGERINGEN
    bij = sa.update(POSTBUS).where(POSTBUS.c.bus == rij.bus)
    con.execute(bij.values(terug=0 if is_vol else aantal, terug_op=nu))
    if is_vol:
        con.execute(sa.update(ABONNEMENT).where(ABONNEMENT.c.bus == rij.bus).values(weigeringen=WEIGERINGEN))
    return is_vol


def give_turn(con: sa.Connection, abonnement: str, bericht: str, nu: datetime) -> None:
    """Keep that this question to agree goes to its mailbox now, so that no other does today."""
    bus = sa.select(ABONNEMENT.c.bus).where(ABONNEMENT.c.kenmerk == abonnement).scalar_subquery()
    con.execute(sa.update(POSTBUS).where(POSTBUS.c.bus == bus).values(beurt=bericht, beurt_op=nu))


def may_ask(nu: datetime) -> sa.ColumnElement[bool]:
    """Whether a question to agree may go to its mailbox: none went there today but this one, and it is not blocked."""
    bus = POSTBUS.c
    is_vrij = bus.beurt_op.is_(None) | sa.not_(_is_since(bus.beurt_op, nu, DAG)) | (bus.beurt == POSTBERICHT.c.kenmerk)
    return is_vrij & (bus.geblokkeerd_op.is_(None) | sa.not_(_is_since(bus.geblokkeerd_op, nu, BLOKKADE)))


def clean_up(con: sa.Connection, nu: datetime) -> None:
    """Forget the mailboxes where nothing was for so long that no link to stop or block is left to honour."""
    bus = POSTBUS.c
    is_in_gebruik = bus.bus.in_(sa.select(ABONNEMENT.c.bus))
    con.execute(sa.update(POSTBUS).where(is_in_gebruik | (bus.gezien_op > nu)).values(gezien_op=nu))
    con.execute(sa.delete(POSTBUS).where(bus.gezien_op < nu - BLOKKADE))


def forget(con: sa.Connection, bussen: set[str]) -> None:
    """Forget these mailboxes, but where somebody else has a subscription."""
    nog = sa.select(ABONNEMENT.c.bus)
    con.execute(sa.delete(POSTBUS).where(POSTBUS.c.bus.in_(bussen), POSTBUS.c.bus.not_in(nog)))


def _is_since(op: sa.ColumnElement[datetime | None], nu: datetime, duur: timedelta) -> sa.ColumnElement[bool]:
    return op.between(nu - duur, nu + SPELING)
