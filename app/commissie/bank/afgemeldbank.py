"""The sessions that were ended, in the committee's database: what all processes of one monitor have in common."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from app.commissie.bank.opslag import Opslag
from app.commissie.bank.tabellen import AFGEMELD
from app.commissie.bank.verbinden import address


class Afgemeldbank:
    """Reads and adds; nothing is ever taken out, and a session that is over by itself is not asked for.

    Raises:
        OpslagError: the database does not answer, here and in every method.
    """

    def __init__(self, warehouse: Path) -> None:
        self._opslag = Opslag(address(warehouse), keur=False)

    def end(self, sessies: dict[str, float]) -> None:
        """Keep which sessions were ended, and when."""
        with self._opslag.transaction() as con:
            bekend = set(con.scalars(sa.select(AFGEMELD.c.kenmerk).where(AFGEMELD.c.kenmerk.in_(sessies))))
            rijen = [{"kenmerk": k, "op": _moment(op)} for k, op in sessies.items() if k not in bekend]
            if rijen:
                con.execute(AFGEMELD.insert(), rijen)

    def since(self, begin: float) -> frozenset[str]:
        """Return the sessions that were ended after this moment."""
        with self._opslag.transaction(schrijf=False) as con:
            return frozenset(con.scalars(sa.select(AFGEMELD.c.kenmerk).where(AFGEMELD.c.op > _moment(begin))))


def _moment(tijd: float) -> datetime:
    return datetime(1970, 1, 1) + timedelta(seconds=tijd)
