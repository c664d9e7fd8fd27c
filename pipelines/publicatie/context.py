"""What a source adds to the publication beside compiled indicators: stories, plans, and figures of its own kind."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from pipelines.afspraken.contract import Bron


def add_context(con: duckdb.DuckDBPyConnection, bronnen: Mapping[str, Bron]) -> None:
    """Run every source's own query; figures go to table uitkomst, the rest straight to the publication.

    uitkomst: one row per indicator × categorie × uitsplitsing × regio × periode, with the table it came from.
    """
    con.execute(Path(__file__).with_name("uitkomst.sql").read_text(encoding="utf-8"))
    for bron in bronnen.values():
        if bron.publicatie:
            con.execute(bron.publicatie)
