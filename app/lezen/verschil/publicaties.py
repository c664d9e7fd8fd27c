"""The kept publications: which there are, and what changed between two of them; each is opened read-only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from app.lezen.data import archief
from app.lezen.geheugen import remember_once
from app.lezen.rijen import Kenmerk
from app.lezen.verschil.publicatieverschil import Publicatieverschil, compare_ids
from pipelines.afspraken.codelijsten import Herkomst
from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.afspraken.warehouse.bewaard import Ingetrokken, kept, state_of, withdrawn
from pipelines.afspraken.warehouse.verbinding import DUCKDB_CONFIG, attach_alone


@dataclass(frozen=True, slots=True)
class Uitgave:
    """One kept publication."""

    publicatie_id: str
    gemaakt_op: datetime
    code_versie: str
    aantal_waarnemingen: int
    aantal_onderdrukt: int
    aantal_leveringen: int
    aantal_voorbeeld: int


def history(merk: Kenmerk) -> tuple[Uitgave, ...]:
    """Return the kept publications that can be read, newest first."""
    warehouse = archief(merk).parent
    return _history(warehouse, state_of(warehouse))


def taken_back(merk: Kenmerk) -> dict[str, Ingetrokken]:
    """Return what was withdrawn, by its id, the oldest first."""
    return withdrawn(archief(merk).parent)


@remember_once(4)
def _history(warehouse: Path, _stand: int) -> tuple[Uitgave, ...]:
    sql = f"""
        select publicatie_id, gemaakt_op, code_versie, aantal_waarnemingen, aantal_onderdrukt, aantal_leveringen,
               (select count(*) from uitgave.waarneming where herkomst = '{Herkomst.SYNTHETISCH}')
        from uitgave.publicatie
    """
    uitgaven = []
    for pad in reversed(kept(warehouse).values()):
        try:
            with duckdb.connect(":memory:", config=DUCKDB_CONFIG) as con:
                attach_alone(con, uitgave=pad)
                rij = con.execute(sql).fetchone()
        except duckdb.Error:
            continue
        uitgaven += [Uitgave(*rij)] if rij else []
    return tuple(uitgaven)


def difference(merk: Kenmerk, van: str, naar: str) -> Publicatieverschil | None:
    """Return what changed between two kept publications; nothing when one of them cannot be read any more."""
    warehouse = archief(merk).parent
    return _difference(merk, state_of(warehouse), warehouse, van, naar)


@remember_once(8)
def _difference(_merk: Kenmerk, _stand: int, warehouse: Path, van: str, naar: str) -> Publicatieverschil | None:
    try:
        return compare_ids(warehouse, van, naar)
    except AfgekeurdError:
        return None
