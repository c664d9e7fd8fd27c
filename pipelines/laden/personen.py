"""Dekkingsgraad from persons: their jobs become the cells that PFZW would deliver, and stay behind themselves.

A delivery of persons makes the table `pfzw_dekking.dekking` of its periods, so that everything after it (the
indicator, disclosure control, reconciliation) is the same for both. It competes with delivered tables as any
delivery does: real before made up, the newest before older ones, and persons before a table received on one day.

Persons and employers are read from the delivered file, counted in temporary tables, and dropped: the work database
keeps counts per cell only.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipelines.afspraken.contract import Bron
from pipelines.afspraken.meldingen import AfgekeurdError, Melding
from pipelines.afspraken.warehouse.verbinding import insert_rows
from pipelines.laden.keuze import newest_per_period, rows_per_period, with_table
from pipelines.levering.leveringen import Levering, sort_key
from pipelines.levering.toets.groot import rows_query
from pipelines.levering.toets.valideren import Keuring

BRON = "pfzw_personen"
DIENSTVERBANDEN, LEDEN = "dienstverbanden", "leden"
TELLING = Path(__file__).with_name("personen.sql")
_TIJDELIJK = (
    "gebied", "plaats", "banen", "werkgever", "meer_banen", "baan_naast_baan", "persoon", "met_meer", "met_een",
    "telling", "werkgevers_van_cel", "dekking_van_personen", "raw_leden", "een_periode",
)  # fmt: skip


def load_dekking(con: duckdb.DuckDBPyConnection, bron: Bron, keuringen: list[Keuring]) -> None:
    """Put the cells of delivered persons in `pfzw_dekking.dekking`, and note in `gebruikt` what was used.

    Raises:
        AfgekeurdError: persons without memberships; all such deliveries at once.
    """
    tabel = newest_per_period(keuringen, "pfzw_dekking", "dekking")
    gekozen = {
        periode: keuring
        for periode, keuring in sorted(newest_per_period(keuringen, BRON, DIENSTVERBANDEN).items())
        if periode not in tabel or _goes_before(keuring.levering, tabel[periode].levering)
    }
    leden = {k.levering.levering_id: find_leden(k, keuringen) for k in gekozen.values()}
    zonder = [levering_id for levering_id, keuring in leden.items() if keuring is None]
    if zonder:
        advies = "Lever de tabel leden mee: zonder lidmaatschappen is er geen dekkingsgraad."
        raise AfgekeurdError(
            [Melding(z, "Bij deze dienstverbanden ontbreekt tabel leden.", advies=advies) for z in zonder]
        )
    for periode, keuring in gekozen.items():
        bij = leden[keuring.levering.levering_id]
        assert bij is not None
        count_period(con, bron, periode, keuring, bij)
        con.execute("delete from pfzw_dekking.dekking where periode = ?", [periode])
        con.execute(
            "insert into pfzw_dekking.dekking by name select ? as periode, * from dekking_van_personen", [periode]
        )
        _note_used(con, periode, keuring, bij)
    _drop_persons(con)


def _goes_before(personen: Levering, tabel: Levering) -> bool:
    """Return whether persons count rather than the table; on one day they do, for a table is made of them."""
    return sort_key(personen)[:2] >= sort_key(tabel)[:2]


def find_leden(keuring: Keuring, keuringen: list[Keuring]) -> Keuring | None:
    """Return the memberships that go with a delivery of persons, or None.

    The newest with the same period in `levering.yml`, else the newest of all: memberships have dates of their own.
    Made-up and real ones are never combined.
    """
    bruikbaar = [k for k in with_table(keuringen, BRON, LEDEN) if k.levering.is_echt == keuring.levering.is_echt]
    zelfde = [k for k in bruikbaar if k.levering.periode == keuring.levering.periode]
    return max(zelfde or bruikbaar, key=lambda k: sort_key(k.levering), default=None)


def count_period(
    con: duckdb.DuckDBPyConnection, bron: Bron, periode: str, dienstverbanden: Keuring, leden: Keuring
) -> None:
    """Leave temp table dekking_van_personen: one row per regio × branche of one period (see personen.sql)."""
    bestanden = [b for b in dienstverbanden.groot[DIENSTVERBANDEN] if periode in b.perioden]
    rijen = " union all ".join(rows_query(con, b, bron.tabellen[DIENSTVERBANDEN], periode) for b in bestanden)
    if any(len(b.perioden) > 1 for b in bestanden):
        # Rows are read three times over; where periods stand mixed, each time would go through all of them.
        con.execute(f"create or replace temp table een_periode as {rijen}")
        rijen = "from een_periode"
    con.execute(f"create or replace temp view raw_dienstverbanden as {rijen}")
    con.register("_leden", leden.frames[LEDEN].reset_index(drop=True))
    con.execute("create or replace temp table raw_leden as select * from _leden")
    con.unregister("_leden")
    con.execute(bron.staging)
    con.execute(TELLING.read_text(encoding="utf-8"))
    for bestand in bestanden:
        con.unregister(bestand.pad.name)


def _note_used(con: duckdb.DuckDBPyConnection, periode: str, van: Keuring, van_leden: Keuring) -> None:
    personen, leden = van.levering, van_leden.levering
    voorlopig = personen.voorlopig
    rijen = rows_per_period(van, DIENSTVERBANDEN)[periode]
    gebruik = [
        ("pfzw_dekking", "dekking", periode, personen.levering_id, personen.herkomst, voorlopig, "", 0),
        (BRON, DIENSTVERBANDEN, periode, personen.levering_id, personen.herkomst, voorlopig, "", rijen),
        (BRON, LEDEN, leden.periode, leden.levering_id, leden.herkomst, leden.voorlopig, "",
         len(van_leden.frames[LEDEN])),
    ]  # fmt: skip
    # One row per table and period, whoever was noted before.
    con.executemany("delete from gebruikt where bron = ? and tabel = ? and periode = ?", [rij[:3] for rij in gebruik])
    insert_rows(con, "gebruikt", gebruik)


def _drop_persons(con: duckdb.DuckDBPyConnection) -> None:
    for view in ("baan", DIENSTVERBANDEN, LEDEN, "raw_dienstverbanden"):
        con.execute(f"drop view if exists temp.main.{view}")
    for tabel in _TIJDELIJK:
        con.execute(f"drop table if exists temp.main.{tabel}")
