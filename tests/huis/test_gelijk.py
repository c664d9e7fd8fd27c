"""Two publications are the same when every row of every table is."""

from __future__ import annotations

import runpy
from pathlib import Path

import duckdb

differences = runpy.run_path(str(Path(__file__).parents[2] / "bench" / "gelijk.py"))["differences"]


def write(pad: Path, waarden: list[int], extra: str = "") -> str:
    with duckdb.connect(str(pad)) as con:
        con.execute(f"create table publicatie as select '{pad.stem}' as publicatie_id")
        con.execute(f"create table waarneming as select unnest({waarden}) as waarde {extra}")
    return str(pad)


def test_every_row_counts_and_when_it_was_made_does_not(tmp_path: Path) -> None:
    voor = write(tmp_path / "voor.duckdb", [1, 1, 2])
    assert differences(voor, write(tmp_path / "gelijk.duckdb", [2, 1, 1])) == {}
    assert differences(voor, write(tmp_path / "anders.duckdb", [1, 2, 2])) == {"waarneming": 2}
    assert differences(voor, write(tmp_path / "kolom.duckdb", [1], ", 0 as n")) == {"waarneming": -1}
