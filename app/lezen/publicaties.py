"""The kept publications: which there are, and what changed between two of them; each is opened read-only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import duckdb

from app.lezen.data import Kenmerk, archief
from app.lezen.geheugen import remember_once
from app.lezen.publicatieverschil import Publicatieverschil, compare_ids
from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.afspraken.verbinding import DUCKDB_CONFIG


@dataclass(frozen=True, slots=True)
class Uitgave:
    """One kept publication."""

    publicatie_id: str
    gemaakt_op: datetime
    code_versie: str
    aantal_waarnemingen: int
    aantal_onderdrukt: int
    aantal_leveringen: int


@remember_once(4)
def history(merk: Kenmerk) -> tuple[Uitgave, ...]:
    """Return the kept publications that can be read, newest first."""
    sql = """
        select publicatie_id, gemaakt_op, code_versie, aantal_waarnemingen, aantal_onderdrukt, aantal_leveringen
        from uitgave.publicatie
    """
    uitgaven = []
    for pad in sorted(archief(merk).glob("*.duckdb"), reverse=True):
        bestand = str(pad).replace("'", "''")
        try:
            with duckdb.connect(":memory:", config=DUCKDB_CONFIG) as con:
                con.execute(f"attach '{bestand}' as uitgave (read_only)")
                rij = con.execute(sql).fetchone()
        except duckdb.Error:
            continue
        uitgaven += [Uitgave(*rij)] if rij else []
    return tuple(uitgaven)


@remember_once(8)
def difference(merk: Kenmerk, van: str, naar: str) -> Publicatieverschil | None:
    """Return what changed between two kept publications; nothing when one of them cannot be read any more."""
    try:
        return compare_ids(archief(merk).parent, van, naar)
    except AfgekeurdError:
        return None
