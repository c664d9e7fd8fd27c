"""A small publication written by hand: figures of one indicator, and the tables that every publication has."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

import duckdb

from pipelines.afspraken.warehouse.verbinding import KLEINE_BLOKKEN, quote_path

SCHEMA = (Path(__file__).parents[3] / "pipelines" / "publicatie" / "publicatie.sql").read_text(encoding="utf-8")


@cache
def _empty() -> Path:
    """Return a publication with every table and no rows: to make the tables takes longer than to fill a few."""
    map_ = Path(tempfile.mkdtemp(prefix="rm-uitgave-"))
    atexit.register(shutil.rmtree, map_, ignore_errors=True)
    with duckdb.connect() as con:
        con.execute(f"attach {quote_path(map_ / 'leeg.duckdb')} as pub ({KLEINE_BLOKKEN})")
        con.execute("use pub")
        con.execute(SCHEMA)
    return map_ / "leeg.duckdb"


def write(pad: Path, cijfers: list[tuple], titel: str = "Dekkingsgraad", extra: str = "") -> Path:
    """Write a publication with figures (regio, waarde, status, herkomst) of one indicator."""
    pad.parent.mkdir(exist_ok=True, parents=True)
    shutil.copyfile(_empty(), pad)
    with duckdb.connect(str(pad), config={"threads": 1}) as con:
        con.execute("insert into publicatie values (?, now(), '1', 'x', 0, 0, 0, 0)", [pad.stem])
        con.execute("insert into indicator (indicator_id, titel) values ('dekkingsgraad', ?)", [titel])
        for regio, waarde, status, herkomst in cijfers:
            con.execute(
                "insert into waarneming by name select 'dekkingsgraad' as indicator_id, '' as categorie, "
                "'' as uitsplitsing, ? as regio_code, 'wgo' as niveau, 'TOTAAL' as branche_code, '2021' as periode, "
                "'' as schatting, ? as herkomst, ? as waarde, ? as status, false as is_voorlopig, 'l' as levering_id",
                [regio, herkomst, waarde, status],
            )
        con.execute(extra)
    return pad
