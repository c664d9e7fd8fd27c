"""Attacking what one area sees of a concept: is there anything in it of others, or that the concept does not show?

Everything is looked up anew in the concept; nothing here knows who wrote the file. That figures of others do not follow
from it either is for the tests: what they deliver leaves it as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

from pipelines.afspraken.eigenrijen import GEBIEDEN
from pipelines.afspraken.meldingen import AfgekeurdError, Melding
from pipelines.afspraken.warehouse.eigen import own_files
from pipelines.afspraken.warehouse.verbinding import DUCKDB_CONFIG, quote_path

_CODE = re.compile(r"(?:WGO\d{2}|RA\d{4}|GM\d{4}|PV\d{2}|LD\d{2}|NL\d{2})", re.ASCII)
# What may be in such a file. Of an indicator it says what the code says.
_TABELLEN = (GEBIEDEN, "indicator", "kwaliteit", "levering", "periode", "publicatie", "waarneming")
# What a delivery or its supplier is called is no figure.
_NAMEN = ("levering_id", "leverancier", "bron_titel")
_VRIJE_TEKST = ("bestand", "verwijzing", "licentie", "opmerking")
_LEDEN = """
with recursive deel as (
    select $1 as code
    union
    select l.kind_code from concept.regio_lid l join deel on l.ouder_code = deel.code
)
select code from deel
"""


def refuse_foreign(publicatie: Path) -> None:
    """Refuse a concept of which an area would see something of others.

    Raises:
        AfgekeurdError: what, of every area.
    """
    gevonden = [
        Melding(f"eigen/{bestand.name}", f"Hier staat iets van anderen in: {wat}.", advies="Meld dit aan de maker.")
        for bestand, wat in find_foreign(publicatie, own_files(publicatie.parent))
    ]
    if gevonden:
        raise AfgekeurdError(gevonden)


def find_foreign(publicatie: Path, bestanden: Iterable[Path]) -> list[tuple[Path, str]]:
    """Return what the files of areas hold besides rows of that area as the concept shows them."""
    gevonden = []
    with duckdb.connect(config=DUCKDB_CONFIG) as con:
        con.execute(f"attach {quote_path(publicatie)} as concept (read_only)")
        for bestand in bestanden:
            con.execute(f"attach {quote_path(bestand)} as eigen (read_only)")
            leden = {code for (code,) in con.execute(_LEDEN, [bestand.stem]).fetchall()}
            gevonden += [(bestand, wat) for wat in (*_tables(con), *_codes(con, leden), *_rows(con), *_texts(con))]
            con.execute("detach eigen")
    return gevonden


def _tables(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    namen = con.execute("select table_name from duckdb_tables() where database_name = 'eigen'").fetchall()
    yield from (f"tabel {tabel}" for (tabel,) in sorted(namen) if tabel not in _TABELLEN)


def _codes(con: duckdb.DuckDBPyConnection, leden: set[str]) -> Iterator[str]:
    """Yield the codes of regions that are not of the area, wherever they stand."""
    vraag = (
        "select table_name, column_name from duckdb_columns() where database_name = 'eigen' and data_type = 'VARCHAR' "
        "and table_name in (select unnest($1)) and column_name not in (select unnest($2)) order by all"
    )
    for tabel, kolom in con.execute(vraag, [list(_TABELLEN), list(_NAMEN)]).fetchall():
        teksten = con.execute(f'select distinct "{kolom}" from eigen.{tabel} where "{kolom}" is not null').fetchall()
        if vreemd := {code for (tekst,) in teksten for code in _CODE.findall(tekst)} - leden:
            yield f"{', '.join(sorted(vreemd))} in kolom {kolom} van {tabel}"


def _rows(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Yield the figures and names that are not in the concept, or not as they are there."""
    for tabel in ("waarneming", "indicator", "periode"):
        anders = con.execute(
            f"select columns(*)::varchar from (from eigen.{tabel} except from concept.{tabel}) order by all"
        ).fetchall()
        yield from (f"een rij van {tabel} die het concept niet heeft ({rij[0]})" for rij in anders)


def _texts(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Yield what somebody wrote, and the sum of a file that was not published."""
    for kolom in _VRIJE_TEKST:
        if con.execute(f"select 1 from eigen.levering where coalesce({kolom}, '') <> '' limit 1").fetchone():
            yield f"kolom {kolom} van levering"
