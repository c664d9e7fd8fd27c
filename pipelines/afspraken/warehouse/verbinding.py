"""The databases of a warehouse: what they are called, and how every one is opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

PUBLICATIE = "publicatie.duckdb"
WERK = "werk.duckdb"
# Every publication there was, by its id.
ARCHIEF = "publicaties"
# In the folder of a delivery: that it was withdrawn, and why.
INGETROKKEN = "ingetrokken.yml"

# Extensions would be fetched from the internet at first use; nothing here needs one.
DUCKDB_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}

# Of a database whose tables are many and mostly small, as each takes a block at least: with the 256 kB that DuckDB
# takes of itself a publication was two and a half times as large, and a work database four times.
KLEIN_BLOK = 16384
# How a publication is attached to be written.
KLEINE_BLOKKEN = f"block_size {KLEIN_BLOK}"


def open_alone(pad: Path | str, *, read_only: bool = True) -> duckdb.DuckDBPyConnection:
    """Return a connection to this database that opens nothing beside it, whatever a view in it asks for."""
    import duckdb

    return duckdb.connect(str(pad), read_only=read_only, config=DUCKDB_CONFIG | {"enable_external_access": False})


def attach_alone(con: duckdb.DuckDBPyConnection, **paden: Path | str) -> None:
    """Attach these databases by their alias, to be read; after that the connection opens nothing else."""
    for alias, pad in paden.items():
        con.execute(f"attach {quote_path(pad)} as {alias} (read_only)")
    con.execute("set enable_external_access = false")


def quote_path(pad: Path | str) -> str:
    """Return a path as a text in SQL, for what takes no parameter."""
    return "'" + str(pad).replace("'", "''") + "'"


def publication_id(con: duckdb.DuckDBPyConnection, alias: str = "") -> str:
    """Return the id that a publication says it has, of this connection or attached to it by an alias; '' for none."""
    rij = con.execute(f"select publicatie_id from {alias and f'{alias}.'}publicatie").fetchone()
    return str(rij[0]) if rij else ""


def read_id(pad: Path | str) -> str:
    """Return the id that a publication file says it has; '' for none."""
    with open_alone(pad) as con:
        return publication_id(con)


def insert_rows(con: duckdb.DuckDBPyConnection, tabel: str, rijen: Iterable[Sequence[object]]) -> None:
    """Add rows, of as many columns as the table has; none is fine. A whole column at a time: row by row is slow."""
    kolommen = [list(kolom) for kolom in zip(*rijen, strict=True)]
    if kolommen:
        con.execute(f"insert into {tabel} select {', '.join(['unnest(?)'] * len(kolommen))}", kolommen)
