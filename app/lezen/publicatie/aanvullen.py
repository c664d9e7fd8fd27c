"""What a kept publication from before a table lacks: filled in from the catalogue and the contract of now."""

from __future__ import annotations

import duckdb

from app.lezen import oorsprong
from pipelines.afspraken import plekken
from pipelines.afspraken.meldingen import AfgekeurdError

# Why a share changed: a publication from before does not tell.
_ONTLEDING = """
create table if not exists ontleding (
    indicator_id varchar, uitsplitsing varchar, regio_code varchar, niveau varchar, periode varchar,
    periode_vorig varchar, branche_code varchar, term varchar, bijdrage double, herkomst varchar
)
"""
# What the catalogue says of an indicator, and a publication from before it does not.
_KOLOMMEN = ("knop", "ritme", "balans", "buiten_koers")


def complete(con: duckdb.DuckDBPyConnection) -> None:
    """Add to a copy of a publication what it lacks: the order and rhythm of figures, core series, survey questions.

    Its figures stand in the order of today, as they would in a new publication. With a catalogue that cannot be read
    they stand nowhere in particular: the pages then show what needs no order.
    """
    tabellen = {str(rij[0]) for rij in con.execute("select table_name from duckdb_tables()").fetchall()}
    con.execute(_ONTLEDING)
    if "gepubliceerd_cijfer" in tabellen:
        oorsprong.complete(con)
    nieuw = [tabel for tabel in plekken.TABELLEN if tabel not in tabellen]
    if "indicator" not in tabellen or not nieuw:
        return
    plekken.create(con, nieuw)
    for kolom in _KOLOMMEN:
        con.execute(f"alter table indicator add column if not exists {kolom} varchar")
    # The contracts take long to read, and a publication of today lacks nothing.
    from pipelines.afspraken.contract import load_bronnen
    from pipelines.afspraken.indicatoren import INDICATORS_YML, load_indicatoren

    try:
        bronnen = load_bronnen()
        indicatoren = load_indicatoren(INDICATORS_YML, bronnen)
    except AfgekeurdError:
        return
    vul = {
        "kaartplek": lambda: plekken.fill_kaartplek(con, "kaartplek", indicatoren),
        "kernreeks": lambda: plekken.fill_kernreeks(con, "kernreeks", indicatoren),
        "bronritme": lambda: plekken.fill_bronritme(con, "bronritme", bronnen),
        "enquetevraag": lambda: plekken.fill_enquetevraag(con, "enquetevraag", bronnen, indicatoren),
    }
    for tabel in nieuw:
        vul[tabel]()
    zet = ", ".join(f"{kolom} = coalesce({kolom}, ?)" for kolom in _KOLOMMEN)
    for i in indicatoren.values():
        waarden = [getattr(i, kolom) for kolom in _KOLOMMEN]
        con.execute(f"update indicator set {zet} where indicator_id = ?", [*waarden, i.indicator_id])
