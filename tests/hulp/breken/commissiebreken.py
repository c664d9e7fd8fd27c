"""What somebody does who changes the committee's history behind its back."""

from __future__ import annotations

import sqlalchemy as sa

from app.commissie.bank import keten
from app.commissie.bank.opslag import Opslag
from app.commissie.bank.tabellen import LAAT_LOS


def forget() -> None:
    """Be a process that has seen no database yet."""
    keten._GEZIEN.clear()


def tamper(opslag: Opslag, *opdrachten: str) -> None:
    """Do what somebody with all rights on the database can do."""
    engine = sa.create_engine(opslag.url, poolclass=sa.NullPool)
    with engine.begin() as con:
        for opdracht in (*LAAT_LOS[opslag.soort], *opdrachten):
            con.exec_driver_sql(opdracht)
