"""The queue of mail: who takes a message has it alone, and it is done once the mail server said so.

Cut off in between it is taken again later: a message may go twice then, and is never lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.commissie.bank.tabellen import ABONNEMENT, POSTBERICHT, POSTBUS
from app.post import postbus
from app.post.abonnement import BEVESTIGING_SOORT, EIGEN_VRAAG, WACHT, WEIGERINGEN, Postonderwerp

# As long as a message is of whoever took it; one mail takes less.
_BEZET = timedelta(minutes=15)
_EERST, _LANGST = timedelta(minutes=10), timedelta(hours=12)
_BEWAREN = timedelta(days=30)


@dataclass(frozen=True)
class Greep:
    """What goes in one mail: the messages of one subscription about one subject."""

    abonnement: str
    soort: str
    aanleidingen: tuple[str, ...]
    kenmerken: tuple[str, ...]
    pogingen: int = 0


def take(con: sa.Connection, nu: datetime) -> Greep | None:
    """Take the mail that waits longest; nothing where there is none to send now."""
    eerste = con.execute(_due(nu).limit(1)).first()
    if eerste is None:
        return None
    samen = (POSTBERICHT.c.abonnement == eerste.abonnement) & (POSTBERICHT.c.soort == eerste.soort)
    greep = _grasp(con.execute(_due(nu).where(samen)).all())
    con.execute(sa.update(POSTBERICHT).where(_of(greep)).values(bezet_op=nu))
    if greep.soort == BEVESTIGING_SOORT:
        postbus.give_turn(con, greep.abonnement, greep.kenmerken[0], nu)
    return greep


def waiting(con: sa.Connection, nu: datetime) -> list[Greep]:
    """Return what would be taken now, and take nothing."""
    per: dict[tuple[str, str], list[sa.Row[Any]]] = {}
    for rij in con.execute(_due(nu)):
        # Of the questions for one mailbox only the first goes.
        is_vraag = rij.soort == BEVESTIGING_SOORT
        eigen = per.setdefault((rij.bus if is_vraag else rij.abonnement, rij.soort), [])
        eigen += [rij] if not (is_vraag and eigen) else []
    return [_grasp(rijen) for rijen in per.values()]


def done(con: sa.Connection, greep: Greep, nu: datetime) -> None:
    """Keep that a mail went out."""
    con.execute(sa.update(POSTBERICHT).where(_of(greep)).values(verstuurd_op=nu))


def drop(con: sa.Connection, greep: Greep) -> None:
    """Take out what is not to be sent any more."""
    con.execute(sa.delete(POSTBERICHT).where(_of(greep)))


def later(con: sa.Connection, greep: Greep, nu: datetime, *, geweigerd: bool = False) -> None:
    """Try again another time: each time later than the last, and later still where the address refused."""
    pauze = min(_EERST * 2 ** min(greep.pogingen + 3 * geweigerd, 10), _LANGST)
    con.execute(
        sa.update(POSTBERICHT).where(_of(greep)).values(vanaf=nu + pauze, bezet_op=None, pogingen=greep.pogingen + 1)
    )


def clean_up(con: sa.Connection, nu: datetime) -> None:
    """Take away what was made so long ago that it is news no more, and a question that did not get its turn.

    An agreement whose mail went stays: what is here is all that tells that it did.
    """
    b = POSTBERICHT.c
    is_gegaan = b.verstuurd_op.is_not(None)
    con.execute(
        sa.delete(POSTBERICHT).where(
            ((b.gemaakt_op < nu - _BEWAREN) & sa.not_((b.soort == Postonderwerp.AFSPRAAK) & is_gegaan))
            | ((b.gemaakt_op < nu - WACHT) & (b.soort == BEVESTIGING_SOORT))
        )
    )


def _due(nu: datetime) -> sa.Select[Any]:
    """Ask for what may be sent now, the oldest first; a moment that a clock put ahead does not hold it up for ever.

    The question of who is named as the address goes first: accounts that ask at it every day do not hold that up.
    """
    b = POSTBERICHT.c
    is_vrij = b.bezet_op.is_(None) | sa.not_(b.bezet_op.between(nu - _BEZET, nu + _BEZET))
    is_tijd = (b.vanaf <= nu) | (b.vanaf > nu + 2 * _LANGST)
    is_vraag = b.soort == BEVESTIGING_SOORT
    mag = (ABONNEMENT.c.bevestigd_op.is_not(None) & sa.not_(is_vraag)) | (is_vraag & postbus.may_ask(nu))
    return (
        sa.select(POSTBERICHT, ABONNEMENT.c.bus)
        .join(ABONNEMENT, ABONNEMENT.c.kenmerk == b.abonnement)
        .join(POSTBUS, POSTBUS.c.bus == ABONNEMENT.c.bus)
        .where(b.verstuurd_op.is_(None), is_vrij, is_tijd, mag, ABONNEMENT.c.weigeringen < WEIGERINGEN)
        .order_by(b.aanleiding != EIGEN_VRAAG, b.gemaakt_op, b.kenmerk)
    )


def _grasp(rijen: Sequence[sa.Row[Any]]) -> Greep:
    return Greep(
        rijen[0].abonnement, rijen[0].soort, tuple(rij.aanleiding for rij in rijen),
        tuple(rij.kenmerk for rij in rijen), max(rij.pogingen for rij in rijen),
    )  # fmt: skip


def _of(greep: Greep) -> sa.ColumnElement[bool]:
    return POSTBERICHT.c.kenmerk.in_(greep.kenmerken)
