"""What a kept publication from before a table lacks: filled in from the catalogue and the contract of now."""

from __future__ import annotations

import duckdb

from pipelines.afspraken import plekken
from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.indicatoren import INDICATORS_YML, load_indicatoren
from pipelines.afspraken.meldingen import AfgekeurdError


def complete(con: duckdb.DuckDBPyConnection) -> None:
    """Add the order of figures and the questions of the survey to a copy of a publication that has neither.

    Its figures stand in the order of today, as they would in a new publication. With a catalogue that cannot be read
    they stand nowhere in particular: the pages then show what needs no order.
    """
    tabellen = {str(rij[0]) for rij in con.execute("select table_name from duckdb_tables()").fetchall()}
    if "indicator" not in tabellen or "kaartplek" in tabellen:
        return
    con.execute(plekken.TABELLEN)
    con.execute("alter table indicator add column if not exists knop varchar")
    try:
        bronnen = load_bronnen()
        indicatoren = load_indicatoren(INDICATORS_YML, bronnen)
    except AfgekeurdError:
        return
    plekken.fill_kaartplek(con, "kaartplek", indicatoren)
    plekken.fill_enquetevraag(con, "enquetevraag", bronnen, indicatoren)
    for indicator in (i for i in indicatoren.values() if i.knop):
        con.execute("update indicator set knop = ? where indicator_id = ?", [indicator.knop, indicator.indicator_id])
