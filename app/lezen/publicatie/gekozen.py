"""Which publication is read: that of now, or an earlier one as it was known then.

What may not be shown now is not shown then either: an earlier publication is read with every cell hidden that the
publication of now hides. So it is another thing under another publication of now, and what was remembered of it too.
"""

from __future__ import annotations

import functools
from contextvars import ContextVar
from pathlib import Path

import duckdb

from app.lezen.rijen import Kenmerk
from pipelines.afspraken.verborgen import hide_marked, mark_hidden
from pipelines.afspraken.warehouse.bewaard import kept
from pipelines.afspraken.warehouse.concept import concepts, is_concept
from pipelines.afspraken.warehouse.gaaf import Merk, archive_of, is_whole, merk_of, newest_whole
from pipelines.afspraken.warehouse.verbinding import attach_alone, open_alone, publication_id

_GEKOZEN: ContextVar[str] = ContextVar("gekozen", default="")
# Only what a page reads for somebody who may: whatever else is asked never looks among the concepts.
_MAG_CONCEPT: ContextVar[bool] = ContextVar("mag_concept", default=False)
# The one publication of a run, and of what a run leaves to be made later: a new one may come at any moment.
_VAST: ContextVar[Kenmerk | None] = ContextVar("vast", default=None)


def choose(publicatie_id: str, *, mag_concept: bool = False) -> None:
    """Read this kept publication from here on, in what runs on behalf of this reader; '' is that of now."""
    _GEKOZEN.set(publicatie_id)
    _MAG_CONCEPT.set(mag_concept)
    _VAST.set(None)


def hold(merk: Kenmerk) -> None:
    """Read this publication and no other from here on, until there is chosen again."""
    _VAST.set(merk)


def held() -> Kenmerk | None:
    """Return the publication that is read here until there is chosen again; nothing where none is held."""
    return _VAST.get()


def chosen_file(warehouse: Path) -> Path | None:
    """Return the file of the chosen publication; nothing where that of now is read, or it cannot be read any more."""
    gekozen = _GEKOZEN.get()
    pad = kept(warehouse).get(gekozen) if gekozen else None
    if pad is None and gekozen and _MAG_CONCEPT.get() and (klaar := concepts(warehouse).get(gekozen)):
        pad = klaar.bestand
    return pad if pad is not None and is_whole(pad) else None


def under_now(merk: Merk) -> Kenmerk:
    """Return what tells this publication from others: of an earlier one, also under which publication of now."""
    nu = _later(merk)
    return merk if nu is None else (merk[0], hash((merk, nu)), merk[2], merk[3])


def hide_as_now(con: duckdb.DuckDBPyConnection, bestand: Path) -> None:
    """Hide in a copy of a publication what that of now hides.

    Table publicatie says which that is, '' for itself, and whether this one is a concept. From here on the connection
    opens no other file.
    """
    merk = merk_of(bestand)
    nu = _later(merk) if merk else None
    attach_alone(con, **({"nu": nu[0]} if nu else {}))
    con.execute("alter table publicatie add column nu varchar default ''")
    con.execute(f"alter table publicatie add column is_concept boolean default {is_concept(bestand)}")
    if nu is None:
        return
    mark_hidden(con, ["nu"], nu="nu")
    hide_marked(con)
    con.execute("update publicatie set nu = (select any_value(n.publicatie_id) from nu.publicatie n)")
    con.execute("detach nu")


def _later(merk: Merk) -> Merk | None:
    """Return the publication of now where this is another one."""
    bestand = Path(merk[0])
    nu = newest_whole(archive_of(bestand).parent)
    if nu is None or nu == bestand:
        return None
    merk_nu = merk_of(nu)
    return merk_nu if merk_nu is not None and id_of(merk_nu) != bestand.stem else None


@functools.lru_cache(maxsize=16)
def id_of(merk: Merk) -> str:
    """Return the id that a publication file says it has."""
    with open_alone(merk[0]) as con:
        return publication_id(con)
