"""Why a share changed: the mix of branches, what happened within them, and persons that count in more of them.

Kitagawa's decomposition with the means of both moments as weights, so that no order of steps decides and the terms
are together the change of the ratio of the published counts. The mix is measured against the mean of the branches: a
branche that grows brings the whole down where it lies below that.

Source: Kitagawa, JASA 50 (1955) 1168-1194.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from pipelines.afspraken.codelijsten import GEHELEN
from pipelines.afspraken.contract import Bron
from pipelines.afspraken.warehouse.verbinding import insert_rows


def explain_changes(con: duckdb.DuckDBPyConnection, bronnen: Mapping[str, Bron]) -> None:
    """Fill pub.ontleding: one row per share × region × period × branche × term, in parts of 1.

    Expects the publication's figures and breaks, and tables catalogus, branche and periode. From published figures
    only; nothing where one of them is hidden, provisional, made up or across a break, or a branche is missing.
    """
    delen = []
    vraag = "select indicator_id, bron from catalogus where eenheid = 'aandeel' and bron is not null order by volgorde"
    for naam, tabelnaam in con.execute(vraag).fetchall():
        bron, _, tabel = str(tabelnaam).partition(".")
        kolom = bronnen[bron].tabellen[tabel].kolommen.get("branche_code") if bron in bronnen else None
        if kolom is None:
            continue
        weg = {*GEHELEN, *kolom.behalve}
        codes = con.execute("select branche_code from branche order by volgorde").fetchall()
        delen += [(naam, code, code in kolom.soms) for (code,) in codes if code not in weg]
    con.execute("create or replace temp table verwachte_delen (indicator_id varchar, branche_code varchar, soms bool)")
    insert_rows(con, "verwachte_delen", delen)
    con.execute(Path(__file__).with_name("ontleden.sql").read_text(encoding="utf-8"))
