"""A copy of the publication for others: what the app shows, with a remark on what it is."""

from __future__ import annotations

from pathlib import Path

import duckdb

from app.lezen.publicatie import gekozen
from pipelines.afspraken.codelijsten import Herkomst, Schatting, Status
from pipelines.afspraken.warehouse.verbinding import DUCKDB_CONFIG, KLEINE_BLOKKEN, quote_path

_VERZONNEN = f"'{Herkomst.SYNTHETISCH}'"
# The columns that say of a row that it is made up, or of which delivery it is.
_KOLOMMEN = ("herkomst", "herkomst_berekend", "levering_id")
# A gap that only examples fill is a gap.
_BESCHIKBAAR = f"""
update beschikbaarheid set heeft = 'niets', periode_laatste = null,
       toelichting = replace(toelichting, 'Nu alleen voorbeelddata.', 'Nog geen cijfers.')
where heeft = {_VERZONNEN}
"""
_TELLINGEN = f"""
update publicatie set
    aantal_waarnemingen = (select count(*) from waarneming),
    aantal_onderdrukt = (select count(*) from waarneming where status = '{Status.ONDERDRUKT}'),
    aantal_leveringen = (select count(distinct levering_id) from levering)
"""


def write_copy(bron: Path, doel: Path, opmerking: str, *, voorbeeld: bool) -> None:
    """Write a publication to a new file: without estimates of a model, and without made-up rows unless asked for.

    Of an earlier one also without what that of now hides.
    """
    with duckdb.connect(":memory:", config=DUCKDB_CONFIG) as con:
        con.execute(f"attach {quote_path(doel)} as doel ({KLEINE_BLOKKEN})")
        con.execute(f"attach {quote_path(bron)} as bron (read_only)")
        con.execute("copy from database bron to memory")
        con.execute("detach bron")
        gekozen.hide_as_now(con, bron)
        for kolom in ("nu", "is_concept"):
            con.execute(f"alter table publicatie drop column {kolom}")
        con.execute(f"delete from waarneming where schatting = '{Schatting.MODEL}'")
        if not voorbeeld:
            _leave_out_examples(con)
        con.execute(_TELLINGEN)
        con.execute("copy from database memory to doel")
        con.execute(f"comment on table doel.publicatie is '{opmerking.replace(chr(39), chr(39) * 2)}'")


def _leave_out_examples(con: duckdb.DuckDBPyConnection) -> None:
    """Delete every row that is made up, or that tells of a delivery that is."""
    con.execute(f"create temp table verzonnen as select levering_id from levering where herkomst = {_VERZONNEN}")
    vraag = """select table_name, column_name from duckdb_columns()
               where database_name = 'memory' and schema_name = 'main' and column_name = any(?)
                 and table_name in (select table_name from duckdb_tables() where not temporary)"""
    for tabel, kolom in con.execute(vraag, [list(_KOLOMMEN)]).fetchall():
        is_zo = "in (from temp.verzonnen)" if kolom == "levering_id" else f"= {_VERZONNEN}"
        con.execute(f"delete from {tabel} where {kolom} {is_zo}")
    con.execute(_BESCHIKBAAR)
