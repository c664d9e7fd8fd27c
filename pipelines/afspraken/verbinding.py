"""The databases of a warehouse: what they are called, and how every one is opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

PUBLICATIE = "publicatie.duckdb"
WERK = "werk.duckdb"
# Every publication there was, by its id.
ARCHIEF = "publicaties"

# Extensions would be fetched from the internet at first use; nothing here needs one.
DUCKDB_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def insert_rows(con: duckdb.DuckDBPyConnection, tabel: str, rijen: Iterable[Sequence[object]]) -> None:
    """Add rows, of as many columns as the table has; none is fine. A whole column at a time: row by row is slow."""
    kolommen = [list(kolom) for kolom in zip(*rijen, strict=True)]
    if kolommen:
        con.execute(f"insert into {tabel} select {', '.join(['unnest(?)'] * len(kolommen))}", kolommen)
