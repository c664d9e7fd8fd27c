"""A publication as it is read: a copy in memory, with what may not be shown now hidden in it."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import TypeVar

import duckdb

from app.lezen.publicatie import aanvullen, decimalen, gekozen
from pipelines.afspraken.warehouse.verbinding import DUCKDB_CONFIG, quote_path

T = TypeVar("T")
# So many rows at a time: while DuckDB makes them into Python's, no other reader is answered.
_BLOK = 500
_RUSTIG = ContextVar("rustig", default=False)


def copy_of(pad: Path) -> duckdb.DuckDBPyConnection:
    """Return a copy of a publication in memory, its file let go; one thread, as tables this small have no work for two.

    Raises:
        duckdb.Error: it cannot be read.
    """
    # What a question needed goes back to the system some seconds later, in place of being kept for the next one.
    con = duckdb.connect(config=DUCKDB_CONFIG | {"threads": "1", "allocator_background_threads": True})
    try:
        con.execute(f"attach {quote_path(pad)} as bron (read_only)")
        _copy(con)
        con.execute("detach bron")
        gekozen.hide_as_now(con, pad)
        con.execute(decimalen.TABEL)
        aanvullen.complete(con)
    except duckdb.Error:
        con.close()
        raise
    return con


def _copy(con: duckdb.DuckDBPyConnection) -> None:
    """Copy what is in `bron`: its rows and views. Without its keys: nobody adds a row, and they take as much room."""
    tabellen = con.execute("select table_name from duckdb_tables() where database_name = 'bron'").fetchall()
    for (tabel,) in tabellen:
        con.execute(f'create table "{tabel}" as from bron."{tabel}"')
    views = con.execute("select sql from duckdb_views() where database_name = 'bron' and not internal").fetchall()
    for (view,) in views:
        con.execute(view)


def read_alike(soort: type[T], vraag: duckdb.DuckDBPyConnection) -> Iterator[T]:
    """Yield the rows of an answer as objects whose fields are the columns; empty text where there is no text.

    Text and days that are the same are one thing in memory, whichever row or publication they are in.
    """
    kolommen = [kolom[0] for kolom in vraag.description or []]
    velden = [(f.type == "str", kolommen.index(f.name)) for f in fields(soort)]  # type: ignore[arg-type]
    dagen: dict[object, object] = {}
    while rijen := vraag.fetchmany(_BLOK):
        begin = time.thread_time()
        per_kolom = list(zip(*rijen, strict=True))
        yield from map(soort, *(_alike(per_kolom[plek], dagen, is_tekst=is_tekst) for is_tekst, plek in velden))
        if _RUSTIG.get():
            time.sleep(time.thread_time() - begin)


@contextlib.contextmanager
def gently() -> Iterator[None]:
    """Rest after each part of an answer as long as it took, so that who serves readers meanwhile goes first."""
    merk = _RUSTIG.set(True)
    try:
        yield
    finally:
        _RUSTIG.reset(merk)


def _alike(kolom: tuple[object, ...], dagen: dict[object, object], *, is_tekst: bool) -> Iterator[object]:
    if is_tekst:
        return ("" if waarde is None else sys.intern(str(waarde)) for waarde in kolom)
    return (dagen.setdefault(waarde, waarde) if isinstance(waarde, date) else waarde for waarde in kolom)
