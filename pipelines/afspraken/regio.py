"""Regions, their validity and their membership over time, from the CSV files in `referentie/`."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from pipelines.afspraken.codelijsten import LAND, Niveau, add_macros, fill_codelijst
from pipelines.afspraken.warehouse.verbinding import DUCKDB_CONFIG

REFERENTIE = Path(__file__).parents[1] / "referentie"

# First day for which the reference data know anything: figures from before may carry these regions.
BEGIN = {Niveau.WGO: "2018-01-01", Niveau.GEMEENTE: "2019-01-01"}
_RIJEN_PER_STUK = 10_000
# The files that are asked for as they are, once the tables are made.
BEWAARD = ("ref_gemeenten", "ref_oorsprong", "ref_cijferkenmerken", "ref_panelvragen")


def region_codes() -> frozenset[str]:
    """Return the codes a talk can be about: Nederland, the arbeidsmarktregio's and every WGO there has been."""
    with (REFERENTIE / "wgo_geldigheid.csv").open(encoding="utf-8", newline="") as stroom:
        rijen = list(csv.DictReader(stroom))
    return frozenset({LAND, *(rij["ra_code"] for rij in rijen), *(rij["wgo_code"] for rij in rijen)})


def load_regio(con: duckdb.DuckDBPyConnection) -> None:
    """Create tables codelijst, regio, regio_lid, voorouder, branche, regio_inwoners, brug and brug_regio.

    regio: one row per code, with the name it has now (or had last), its validity and its tile.
    regio_lid: one row per child × parent × spell of membership; last day included.
    voorouder: one row per region × ancestor (itself included) × spell, through all levels.
    regio_inwoners: one row per region, its inhabitants on the one day for which they are known.
    brug, brug_regio: how the regions of UWV and the zorgkantoren lie over them (see bruggen.py).
    BEWAARD (temporary): of the files themselves what a later step asks.
    Source: see `referentie/herkomst.yml`.
    """
    for naam, rijen in _reference_tables().items():
        con.register("_rijen", rijen)
        con.execute(f"create or replace {naam} as select * from _rijen")
        con.unregister("_rijen")


def open_regio() -> duckdb.DuckDBPyConnection:
    """Return a connection of its own to what `load_regio` makes, for who only reads it; what it makes is temporary.

    To open a database and fill it takes some forty milliseconds, and a build looks at a hundred deliveries.
    """
    return _loaded().cursor()


@cache
def _loaded() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(config=DUCKDB_CONFIG)
    load_regio(con)
    return con


@cache
def _reference_tables() -> dict[str, Any]:
    """Return the rows of every reference table, in Arrow, by `table naam` or `temp table naam`: read once a process."""
    with duckdb.connect(config=DUCKDB_CONFIG) as con:
        _read_reference(con)
        namen = con.execute(
            "select if(temporary, 'temp table ', 'table ') || table_name, table_name from duckdb_tables() "
            "where not temporary or list_contains(?, table_name) order by all",
            [[*BEWAARD]],
        ).fetchall()
        # By default room for a million rows of every column is set aside, and kept.
        return {soort: con.execute(f"from {naam}").to_arrow_table(_RIJEN_PER_STUK) for soort, naam in namen}


def _read_reference(con: duckdb.DuckDBPyConnection) -> None:
    for bestand in sorted(REFERENTIE.glob("*.csv")):
        pad = str(bestand).replace("'", "''")
        con.execute(
            f"create or replace temp table ref_{bestand.stem} as "
            f"select * from read_csv('{pad}', all_varchar=true, header=true, delim=',', quote='\"')"
        )
    con.execute(
        "create or replace table codelijst (lijst varchar, code varchar, volgorde integer, naam varchar, "
        "naam_meervoud varchar, uitleg varchar)"
    )
    fill_codelijst(con, "codelijst")
    add_macros(con)
    con.execute(Path(__file__).with_name("regio.sql").read_text(encoding="utf-8"))
