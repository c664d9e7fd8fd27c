"""Filling the work database: reference data, the catalogue, and the rows of the deliveries that count."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from pipelines.afspraken import plekken
from pipelines.afspraken.codelijsten import add_macros
from pipelines.afspraken.contract import Bron, Tabel
from pipelines.afspraken.indicatoren import Indicator
from pipelines.afspraken.regio import load_regio
from pipelines.afspraken.schrift.perioden import parse_periode
from pipelines.afspraken.warehouse.verbinding import insert_rows
from pipelines.laden import personen
from pipelines.laden.beschikbaarheid import load_wanted_levels
from pipelines.laden.bruggen import apply_bruggen
from pipelines.laden.keuze import parts_that_count, period_column
from pipelines.levering.toets.valideren import Keuring

CATALOGUSVELDEN = (
    "titel", "vraag", "definitie", "formule", "eenheid", "richting", "actielijn", "pijler", "schakel", "bron",
    "optelbaar", "vertrouwelijk", "te_bevestigen", "knop", "ritme", "balans",
    "buiten_koers", "enquete",
)  # fmt: skip


def load_werk(
    con: duckdb.DuckDBPyConnection,
    keuringen: list[Keuring],
    bronnen: Mapping[str, Bron],
    indicatoren: Mapping[str, Indicator],
) -> None:
    """Fill the work database: reference data, catalogue, and per source the rows of the deliveries that count."""
    add_macros(con)
    con.execute((Path(__file__).with_name("staging.sql")).read_text(encoding="utf-8"))
    load_regio(con)
    _load_catalogus(con, indicatoren)
    plekken.create(con)
    plekken.fill_kaartplek(con, "kaartplek", indicatoren)
    plekken.fill_kernreeks(con, "kernreeks", indicatoren)
    plekken.fill_bronritme(con, "bronritme", bronnen)
    plekken.fill_enquetevraag(con, "enquetevraag", bronnen, indicatoren)
    load_wanted_levels(con, indicatoren, bronnen)
    con.execute(
        "create table gebruikt (bron varchar, tabel varchar, periode varchar, levering_id varchar, herkomst varchar, "
        "is_voorlopig boolean, reeks varchar, rijen integer)"
    )
    con.execute("create table geheime_levering (levering_id varchar)")
    geheim = [(k.levering.levering_id,) for k in keuringen if k.levering.vertrouwelijk]
    if geheim:
        insert_rows(con, "geheime_levering", geheim)
    for bron in (b for b in bronnen.values() if not any(tabel.groot for tabel in b.tabellen.values())):
        con.execute(f"create schema {bron.naam}; set schema = '{bron.naam}'")
        for tabel in bron.tabellen.values():
            _load_table(con, bron.naam, tabel, keuringen)
        con.execute(bron.staging)
        con.execute("set schema = 'main'")
    apply_bruggen(con, bronnen)
    if personen.BRON in bronnen:
        personen.load_dekking(con, bronnen[personen.BRON], keuringen)
    codes = {rij[0] for rij in con.execute("select distinct periode from gebruikt").fetchall()}
    perioden = [(p.code, p.soort, p.naam, p.begin, p.eind) for p in map(parse_periode, sorted(codes)) if p]
    con.execute("create table periode (periode varchar, soort varchar, naam varchar, begin date, eind date)")
    insert_rows(con, "periode", perioden)


def _load_catalogus(con: duckdb.DuckDBPyConnection, indicatoren: Mapping[str, Indicator]) -> None:
    con.execute(
        "create table catalogus (indicator_id varchar, volgorde integer, titel varchar, vraag varchar, "
        "definitie varchar, formule varchar, eenheid varchar, richting varchar, actielijn varchar, pijler varchar, "
        "schakel varchar, bron varchar, optelbaar boolean, vertrouwelijk varchar, te_bevestigen boolean, knop varchar, "
        "ritme varchar, balans varchar, buiten_koers varchar, enquete boolean)"
    )
    genummerd = enumerate(indicatoren.values())
    rijen = [(i.indicator_id, nr, *(getattr(i, veld) for veld in CATALOGUSVELDEN)) for nr, i in genummerd]
    insert_rows(con, "catalogus", rijen)
    con.execute(
        "create table breuk (indicator_id varchar, regio varchar, branche varchar, datum date, tekst varchar, "
        "uitsplitsing varchar, zeker boolean)"
    )
    con.execute(
        "create table telt_zoals (indicator_id varchar, eigen varchar, uitsplitsing varchar, ander_id varchar, "
        "kant varchar)"
    )
    tellingen = [(i.indicator_id, i.telt_zoals) for i in indicatoren.values() if i.telt_zoals]
    insert_rows(con, "telt_zoals", [(wie, t.eigen, t.uitsplitsing, t.indicator, t.kant) for wie, t in tellingen])
    con.execute("create table vergelijk (indicator_id varchar, naam varchar, oorzaak varchar)")
    vergelijk = [(i.indicator_id, *paar) for i in indicatoren.values() for paar in i.vergelijk.items()]
    insert_rows(con, "vergelijk", vergelijk)
    breuken = [
        (i.indicator_id, b.regio, b.branche, b.datum, b.tekst, b.uitsplitsing, b.zeker)
        for i in indicatoren.values()
        for b in i.breuken
    ]
    insert_rows(con, "breuk", breuken)


def _load_table(con: duckdb.DuckDBPyConnection, bron: str, tabel: Tabel, keuringen: list[Keuring]) -> None:
    """Create raw_<tabel> with the rows that count, and note in `gebruikt` which delivery each period and series uses.

    A real delivery goes before synthetic data, and the newest before older ones (contract §2). A table without
    periods counts as one; its rows get column `_periode`, the period of their delivery.
    """
    import pyarrow as pa

    heeft_periode = period_column(tabel.naam, tabel.kolommen) is not None
    kolommen = [*tabel.kolommen, *([] if heeft_periode else ["_periode"])]
    definitie = ", ".join(f'"{kolom}" varchar' for kolom in kolommen)
    con.execute(f"create table raw_{tabel.naam} ({definitie})")
    delen, rijen = parts_that_count(keuringen, bron, tabel.naam, tabel.reeks)
    if not delen:
        return
    # As Arrow, which these columns are already: DuckDB would look at every text of a frame apart.
    con.register("_rijen", pa.Table.from_pandas(rijen[kolommen], preserve_index=False))
    con.execute(f"insert into raw_{tabel.naam} select * from _rijen")
    con.unregister("_rijen")
    # The series is written here as the macro to_reeks writes it, which the queries join on.
    gebruik = [
        (bron, tabel.naam, deel.periode, deel.keuring.levering.levering_id, deel.keuring.levering.herkomst,
         deel.is_voorlopig, "|".join(waarde or "" for waarde in deel.reeks), len(deel.plekken))
        for deel in delen
    ]  # fmt: skip
    insert_rows(con, "main.gebruikt", gebruik)
