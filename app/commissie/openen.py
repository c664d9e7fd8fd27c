"""Opening the committee's database for use: first whatever a restore left is finished or undone."""

from __future__ import annotations

import contextlib
from pathlib import Path

from app.commissie.opslag import KOP, Opslag
from app.commissie.terugzetten import settle
from app.commissie.verbinden import address
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
