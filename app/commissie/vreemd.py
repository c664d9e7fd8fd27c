"""The changes in a SQLite file of which nobody knows who made it: only rows are read, as text, and each is judged."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote

from app.commissie.model import Wijziging
from app.commissie.uitwisselen import KETEN, KOLOMMEN, read_rows
from pipelines.afspraken.meldingen import AfgekeurdError, Melding

# A table of the largest allowed size takes seconds; what takes longer is made to.
_LANGSTE_VELD = 100_000
_MEESTE_RIJEN = 1_000_000
_MEESTE_STAPPEN = 2_000


def read_sqlite(pad: Path, naam: str) -> list[Wijziging]:
    """Return the changes in the order in which they were written.

    Raises:
        AfgekeurdError: it is no database of the committee, or what is in it could not have been written by the app.
    """
    try:
        rijen, met_keten = _read(pad)
    except (sqlite3.Error, ValueError, OverflowError):
        advies = (
            "Gebruik een bestand dat met .venv/bin/regiomonitor backup is gemaakt. Alles is gebleven zoals het was."
        )
        raise AfgekeurdError([Melding(naam, "Dit is geen database van de commissie.", advies=advies)]) from None
    return read_rows(rijen, naam, met_keten=met_keten)


def is_damaged(pad: Path) -> bool:
    """Whether SQLite finds that this file is no sound database."""
    try:
        con = sqlite3.connect(f"file:{quote(str(pad))}?mode=ro", uri=True)
        try:
            return bool(con.execute("pragma quick_check").fetchone() != ("ok",))
        finally:
            con.close()
    except sqlite3.OperationalError:
        # Locked or out of reach is no damage.
        return False
    except sqlite3.Error:
        return True


def _read(pad: Path) -> tuple[list[list[str]], bool]:
    con = sqlite3.connect(f"file:{quote(str(pad))}?mode=ro&immutable=1", uri=True)
    stappen = iter(range(_MEESTE_STAPPEN))
    try:
        con.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LANGSTE_VELD)
        # A view or a computed column in the guise of a table could go on for ever.
        con.set_progress_handler(lambda: int(next(stappen, None) is None), 100_000)
        con.execute("pragma trusted_schema = off")
        if con.execute("select type from sqlite_master where name = 'wijziging'").fetchall() != [("table",)]:
            raise ValueError
        kolommen = [rij[1] for rij in con.execute("pragma table_xinfo(wijziging)")]
        met_keten = KETEN in kolommen
        gevraagd = [*KOLOMMEN, *([KETEN] if met_keten else [])]
        if missend := set(gevraagd) - set(kolommen):
            raise ValueError(f"zonder {len(missend)} kolommen")
        vraag = f"select {', '.join(gevraagd)} from wijziging order by nummer limit {_MEESTE_RIJEN}"
        return [[_text(v) for v in rij] for rij in con.execute(vraag)], met_keten
    finally:
        con.close()


def _text(waarde: object) -> str:
    if isinstance(waarde, bytes):
        raise ValueError
    return "" if waarde is None else str(waarde)
