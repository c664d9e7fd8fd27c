"""Filling the work database: reference data, the catalogue, and the rows of the deliveries that count."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from pipelines.afspraken import plekken
from pipelines.afspraken.contract import Bron
from pipelines.afspraken.indicatoren import Indicator
from pipelines.afspraken.perioden import parse_periode
from pipelines.afspraken.regio import load_regio
from pipelines.laden import personen
from pipelines.laden.beschikbaarheid import load_wanted_levels
from pipelines.laden.bruggen import apply_bruggen
from pipelines.laden.keuze import newest_per_period, period_column, provisional_periods, row_periods, with_table
from pipelines.levering.valideren import Keuring

CATALOGUSVELDEN = (
    "titel", "vraag", "definitie", "formule", "eenheid", "richting", "actielijn", "pijler", "schakel", "bron",
    "optelbaar", "vertrouwelijk", "te_bevestigen", "knop", "enquete",
)  # fmt: skip


def load_werk(
    con: duckdb.DuckDBPyConnection,
    keuringen: list[Keuring],
    bronnen: Mapping[str, Bron],
    indicatoren: Mapping[str, Indicator],
) -> None:
    """Fill the work database: reference data, catalogue, and per source the rows of the deliveries that count."""
    con.execute((Path(__file__).with_name("staging.sql")).read_text(encoding="utf-8"))
    load_regio(con)
    _load_catalogus(con, indicatoren)
    con.execute(plekken.TABELLEN)
    plekken.fill_kaartplek(con, "kaartplek", indicatoren)
    plekken.fill_enquetevraag(con, "enquetevraag", bronnen, indicatoren)
    load_wanted_levels(con, indicatoren, bronnen)
    con.execute(
        "create table gebruikt (bron varchar, tabel varchar, periode varchar, levering_id varchar, herkomst varchar, "
        "is_voorlopig boolean)"
    )
    for bron in (b for b in bronnen.values() if not any(tabel.groot for tabel in b.tabellen.values())):
        con.execute(f"create schema {bron.naam}; set schema = '{bron.naam}'")
        for tabel in bron.tabellen.values():
            _load_table(con, bron.naam, tabel.naam, list(tabel.kolommen), keuringen)
        con.execute(bron.staging)
        con.execute("set schema = 'main'")
    apply_bruggen(con, bronnen)
    if personen.BRON in bronnen:
        personen.load_dekking(con, bronnen[personen.BRON], keuringen)
    codes = {rij[0] for rij in con.execute("select distinct periode from gebruikt").fetchall()}
    perioden = [(p.code, p.soort, p.naam, p.begin, p.eind) for p in map(parse_periode, sorted(codes)) if p]
    con.execute("create table periode (periode varchar, soort varchar, naam varchar, begin date, eind date)")
    if perioden:
        con.executemany("insert into periode values (?, ?, ?, ?, ?)", perioden)


def _load_catalogus(con: duckdb.DuckDBPyConnection, indicatoren: Mapping[str, Indicator]) -> None:
    con.execute(
        "create table catalogus (indicator_id varchar, volgorde integer, titel varchar, vraag varchar, "
        "definitie varchar, formule varchar, eenheid varchar, richting varchar, actielijn varchar, pijler varchar, "
        "schakel varchar, bron varchar, optelbaar boolean, vertrouwelijk varchar, te_bevestigen boolean, knop varchar, "
        "enquete boolean)"
    )
    velden = CATALOGUSVELDEN
    con.executemany(
        f"insert into catalogus values ({', '.join('?' * (len(velden) + 2))})",
        [(i.indicator_id, nr, *(getattr(i, veld) for veld in velden)) for nr, i in enumerate(indicatoren.values())],
    )
    con.execute(
        "create table breuk (indicator_id varchar, regio varchar, branche varchar, datum date, tekst varchar, "
        "uitsplitsing varchar, zeker boolean)"
    )
    con.execute("create table vergelijk (indicator_id varchar, naam varchar, oorzaak varchar)")
    vergelijk = [(i.indicator_id, *paar) for i in indicatoren.values() for paar in i.vergelijk.items()]
    if vergelijk:
        con.executemany("insert into vergelijk values (?, ?, ?)", vergelijk)
    breuken = [
        (i.indicator_id, b.regio, b.branche, b.datum, b.tekst, b.uitsplitsing, b.zeker)
        for i in indicatoren.values()
        for b in i.breuken
    ]
    if breuken:
        con.executemany("insert into breuk values (?, ?, ?, ?, ?, ?, ?)", breuken)


def _load_table(
    con: duckdb.DuckDBPyConnection, bron: str, tabel: str, kolommen: list[str], keuringen: list[Keuring]
) -> None:
    """Create raw_<tabel> with the rows that count, and note in `gebruikt` which delivery each period uses.

    Per period a real delivery goes before synthetic data, and the newest before older ones (contract §2). A
    table without periods counts as one; its rows get column `_periode`, the period of their delivery.
    """
    heeft_periode = period_column(tabel, kolommen) is not None
    definitie = ", ".join(f'"{kolom}" varchar' for kolom in [*kolommen, *([] if heeft_periode else ["_periode"])])
    con.execute(f"create table raw_{tabel} ({definitie})")
    beste = newest_per_period(keuringen, bron, tabel)
    for keuring in with_table(keuringen, bron, tabel):
        perioden = [periode for periode, beste_keuring in beste.items() if beste_keuring is keuring]
        rijen = keuring.frames[tabel][row_periods(keuring, tabel).isin(perioden)]
        if rijen.empty:
            continue
        if not heeft_periode:
            rijen = rijen.assign(_periode=keuring.levering.periode)
        con.register("_rijen", rijen.reset_index(drop=True))
        con.execute(f"insert into raw_{tabel} select * from _rijen")
        con.unregister("_rijen")
        levering = keuring.levering
        voorlopig = provisional_periods(keuring, tabel)
        gebruik = [(bron, tabel, p, levering.levering_id, levering.herkomst, p in voorlopig) for p in perioden]
        con.executemany("insert into main.gebruikt values (?, ?, ?, ?, ?, ?)", gebruik)
