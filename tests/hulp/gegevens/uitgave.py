"""A small publication written by hand: figures of one indicator, and the tables that every publication has."""

from __future__ import annotations

from pathlib import Path

import duckdb

SCHEMA = (Path(__file__).parents[3] / "pipelines" / "publicatie" / "publicatie.sql").read_text(encoding="utf-8")


def write(pad: Path, cijfers: list[tuple], titel: str = "Dekkingsgraad", extra: str = "") -> Path:
    """Write a publication with figures (regio, waarde, status, herkomst) of one indicator."""
    pad.parent.mkdir(exist_ok=True, parents=True)
    with duckdb.connect(str(pad)) as con:
        con.execute(SCHEMA)
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
