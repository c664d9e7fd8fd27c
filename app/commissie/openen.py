"""Opening the committee's database for use: first whatever a restore left is finished or undone."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from app.commissie.bank.opslag import KOP, Opslag, open_as_owner
from app.commissie.bank.verbinden import BESTAND, address
from app.commissie.model import OpslagError
from app.commissie.terugzetten import settle
from app.commissie.vreemd import is_damaged
from pipelines.afspraken.meldingen import AfgekeurdError


def open_opslag(warehouse: Path) -> Opslag:
    """Open the database: PostgreSQL where the environment names one, else SQLite in the warehouse.

    Raises:
        OpslagError: the address is wrong, the database does not answer, or its history was tampered with.
    """
    # A restore that is at work now is left alone.
    with contextlib.suppress(AfgekeurdError):
        settle(Path(warehouse))
    return Opslag(address(warehouse), Path(warehouse) / KOP)


def open_to_restore(warehouse: Path, bewaard: str, *, vervang: bool) -> Opslag:
    """Open the database; with `vervang` a damaged file gets another name first, and a new one takes its place.

    Cut off after that, the app says that the database is gone until a restore is done again.
    """
    try:
        opslag = open_as_owner(warehouse, keur=False)
        opslag.history()
        return opslag
    except OpslagError:
        is_sqlite = address(warehouse, beheer=True).get_backend_name() == "sqlite"
        if not (vervang and is_sqlite and is_damaged(warehouse / BESTAND)):
            raise
    for deel in ("-wal", "-shm", ""):
        with contextlib.suppress(FileNotFoundError):
            os.replace(warehouse / f"{BESTAND}{deel}", warehouse / f"commissie-beschadigd-{bewaard}.sqlite{deel}")
    return open_as_owner(warehouse, keur=False)
