"""Whether a publication is still what the build wrote: by its sum, kept beside the archive, or else by reading it all.

A publication from before there were sums is read in full: DuckDB checks what it reads block by block.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.afspraken.meldingen import Melding, show_value
from pipelines.afspraken.warehouse.bewaard import kept, withdrawn
from pipelines.afspraken.warehouse.schrijven import write_whole
from pipelines.afspraken.warehouse.verbinding import ARCHIEF, PUBLICATIE, open_alone

if TYPE_CHECKING:
    import duckdb

_SOM = re.compile(r"[0-9a-f]{64}")
ADVIES = "Maak een nieuwe publicatie met: .venv/bin/regiomonitor build --force"
# What every publication has had from the beginning, and no page can do without.
_TABELLEN = ("publicatie", "waarneming", "indicator", "regio")
_WEERGAVEN = {"beste_waarneming", "beste_waarneming_voorbeeld"}
Merk = tuple[str, int, int, int]


def record_sum(archief: Path, publicatie_id: str, bestand: Path) -> None:
    """Note the sum of a publication that is about to be put in place; sums of the same id stay good.

    Raises:
        OSError: it cannot be written.
    """
    pad = _sum_file(archief, publicatie_id)
    sommen = dict.fromkeys([hash_file(bestand), *_read_sums(pad)])
    write_whole(pad, ("\n".join(sommen) + "\n").encode())


def is_whole(bestand: Path) -> bool:
    """Whether this publication is there and is what the build wrote; a file that did not change is not read twice."""
    merk = merk_of(bestand)
    return merk is not None and _is_whole(merk)


def merk_of(bestand: Path) -> Merk | None:
    """Return what tells this file from another one at the same path; nothing where there is none."""
    try:
        stat = bestand.stat()
    except OSError:
        return None
    return str(bestand), stat.st_ino, stat.st_mtime_ns, stat.st_size


def archive_of(bestand: Path) -> Path:
    """Return the folder with all publications that this one belongs to, be it that of now or a kept one."""
    return bestand.parent if bestand.parent.name == ARCHIEF else bestand.parent / ARCHIEF


def newest_whole(warehouse: Path) -> Path | None:
    """Return the publication to show: that of now, or where it is damaged the newest kept one that is whole."""
    huidig = warehouse / PUBLICATIE
    if is_whole(huidig):
        return huidig
    bewaard = reversed(kept(warehouse).values()) if huidig.is_file() else ()
    return next((pad for pad in bewaard if is_whole(pad)), None)


def damage_now(warehouse: Path) -> Melding | None:
    """Return that the publication of now is damaged, and which one is shown in its place; nothing where it is not."""
    huidig = warehouse / PUBLICATIE
    if not huidig.is_file() or is_whole(huidig):
        return None
    ander = newest_whole(warehouse)
    waarvoor = f"; in haar plaats staat {show_value(ander.stem)}, de nieuwste die heel is" if ander else ""
    return Melding(PUBLICATIE, f"De publicatie van nu is beschadigd{waarvoor}.", advies=ADVIES)


def damage_kept(warehouse: Path) -> list[Melding]:
    """Return a message per kept publication that is damaged."""
    advies = "Zet haar terug uit een reservekopie, of verwijder dit bestand."
    return [
        Melding(f"{ARCHIEF}/{show_value(pad.name)}", "Deze bewaarde publicatie is beschadigd.", advies=advies)
        for pad in kept(warehouse).values()
        if not is_whole(pad)
    ]


@functools.lru_cache(maxsize=2000)
def _is_whole(merk: Merk) -> bool:
    bestand = Path(merk[0])
    archief = archive_of(bestand)
    try:
        # One that was withdrawn and came back, out of a backup, is no publication of now.
        weg = {_sum_file(archief, publicatie_id) for publicatie_id in withdrawn(archief.parent)}
        sommen = [_sum_file(archief, bestand.stem)] if bestand.name != PUBLICATIE else [*archief.glob("*.sha256")]
        if hash_file(bestand) in {som for pad in sommen if pad not in weg for som in _read_sums(pad)}:
            return True
        # One that has a sum should have been the same.
        return not _read_sums(_sum_file(archief, _read_all(bestand)))
    except (OSError, UnicodeError, LookupError):
        return False


def _sum_file(archief: Path, publicatie_id: str) -> Path:
    return archief / f"{publicatie_id}.sha256"


def _read_sums(pad: Path) -> list[str]:
    """Return the sums under which a publication was written; none for one from before there were sums."""
    try:
        return _SOM.findall(pad.read_text(encoding="ascii", errors="replace"))
    except FileNotFoundError:
        return []


def hash_file(bestand: Path) -> str:
    """Return the SHA-256 of a file."""
    with bestand.open("rb") as stroom:
        return hashlib.file_digest(stroom, "sha256").hexdigest()


def has_only_own(con: duckdb.DuckDBPyConnection) -> bool:
    """Return whether a publication holds tables and the views that a build makes, and nothing that reads elsewhere."""
    schemas = con.execute(
        "select count(*) from duckdb_schemas() where not internal and schema_name <> 'main'"
    ).fetchone()
    macros = con.execute("select count(*) from duckdb_functions() where not internal").fetchone()
    views = con.execute("select view_name, sql from duckdb_views() where not internal").fetchall()
    tabellen = {naam for (naam,) in con.execute("select table_name from duckdb_tables()").fetchall()}
    return (
        (schemas, macros) == ((0,), (0,))
        and {naam for naam, _ in views} <= _WEERGAVEN
        and all(_reads_from(con, sql) <= tabellen for _, sql in views)
    )


def _reads_from(con: duckdb.DuckDBPyConnection, view: str) -> set[str]:
    """Return the tables that a view reads; '' stands for what is no table of this database."""
    vraag = view.partition(" AS ")[2].rstrip(";")
    boom = con.execute("select json_serialize_sql(?)", [vraag]).fetchone()
    return set(_sources(json.loads(boom[0]))) if boom else {""}


def _sources(knoop: object) -> Iterator[str]:
    if isinstance(knoop, dict):
        soort = knoop.get("type")
        if soort == "BASE_TABLE":
            yield "" if knoop["schema_name"] not in ("", "main") or knoop["catalog_name"] else str(knoop["table_name"])
        elif soort == "TABLE_FUNCTION" or knoop.get("error"):
            yield ""
        for deel in knoop.values():
            yield from _sources(deel)
    elif isinstance(knoop, list):
        for deel in knoop:
            yield from _sources(deel)


def read_every_value(con: duckdb.DuckDBPyConnection, tabellen: Iterable[str]) -> None:
    """Read these tables of a publication whole, in one question: each on its own takes as long to plan as to read.

    Raises:
        duckdb.Error: a part cannot be read, or is not what was written.
    """
    namen = [naam.replace('"', '""') for naam in tabellen]
    con.execute(" union all ".join(f'select bit_xor(hash(rij)) from "{naam}" as rij' for naam in namen)).fetchall()


def _read_all(bestand: Path) -> str:
    """Return the id of a publication, after every value of every table in it was read.

    Raises:
        LookupError: it is no publication, or a part cannot be read or is not what was written.
    """
    import duckdb

    try:
        with open_alone(bestand) as con:
            tabellen = [str(rij[0]) for rij in con.execute("select table_name from duckdb_tables()").fetchall()]
            if not {*_TABELLEN} <= {*tabellen} or not has_only_own(con):
                raise LookupError
            read_every_value(con, tabellen)
            rij = con.execute("select publicatie_id from publicatie").fetchone()
    except duckdb.Error as fout:
        raise LookupError from fout
    if rij is None:
        raise LookupError
    return str(rij[0])
