"""A publication as it is read: a copy in memory, with what may not be shown now hidden in it."""

from __future__ import annotations

from pathlib import Path

import duckdb

from app.lezen.publicatie import aanvullen, decimalen, gekozen


def copy_of(pad: Path) -> duckdb.DuckDBPyConnection:
    """Return a copy of a publication in memory, its file let go; one thread, as tables this small have no work for two.

    Raises:
        duckdb.Error: it cannot be read.
    """
    con = duckdb.connect(
        config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "threads": "1"}
    )
    bestand = str(pad).replace("'", "''")
    try:
        con.execute(f"attach '{bestand}' as bron (read_only)")
        con.execute("copy from database bron to memory")
        con.execute("detach bron")
        gekozen.hide_as_now(con, pad)
        con.execute(decimalen.TABEL)
        aanvullen.complete(con)
    except duckdb.Error:
        con.close()
        raise
    return con
