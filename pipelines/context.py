"""What a source adds to the publication beside compiled indicators: stories, plans, and figures of its own kind."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from pipelines.contract import Bron


def add_context(con: duckdb.DuckDBPyConnection, bronnen: Mapping[str, Bron]) -> None:
    """Run every source's own query, then publish the figures that those put in table uitkomst.

    uitkomst: one row per indicator × categorie × uitsplitsing × regio × periode, with the table it came from.
    """
    inhoud = Path(__file__).with_name("uitkomst.sql").read_text(encoding="utf-8")
    maken, publiceren = inhoud.split(";", 1)
    con.execute(maken)
    for bron in bronnen.values():
        if bron.publicatie:
            con.execute(bron.publicatie)
    con.execute(publiceren)
