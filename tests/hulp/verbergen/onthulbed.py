"""Cells in, statuses out: disclosure control without a build."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipelines.afspraken.indicatoren import Indicator
from pipelines.afspraken.regio import load_regio
from pipelines.onthulling import onthulling

GEHEIM = Indicator("d", "D", "D?", "aandeel", "hoger", bron="x.y", vertrouwelijk="personen_en_werkgevers")
CEL_SQL = (Path(onthulling.__file__).parents[1] / "rekenen" / "cel.sql").read_text(encoding="utf-8")


def protect(*cellen: tuple, indicator: Indicator = GEHEIM, gepubliceerd: tuple = ()) -> dict[tuple[str, str, str], str]:
    """Return the status per (regio, branche, periode) of cells given as
    (regio, branche, periode, teller, noemer, werkgevers, grootste, tweede), and then the same three of the members
    and of the others where they are known; of some the share is published."""
    con = duckdb.connect()
    con.execute(CEL_SQL)
    con.execute(onthulling.MACRO)
    load_regio(con)
    for regio, branche, periode, *cijfers in cellen:
        niveau = {"NL": "land", "WG": "wgo"}.get(regio[:2], "arbeidsmarktregio")
        con.execute(
            "insert into cel by name select 'd' as indicator_id, '' as uitsplitsing, ? as regio_code, ? as niveau, "
            "? as branche_code, ? as periode, '' as schatting, 'levering' as herkomst, 'l' as levering_id, "
            "? as teller, ? as noemer, ? as werkgevers, ? as grootste_werkgever, ? as tweede_werkgever, "
            "? as werkgevers_leden, ? as grootste_lid, ? as tweede_lid, ? as werkgevers_niet_leden, "
            "? as grootste_niet_lid, ? as tweede_niet_lid, ? as status",
            [regio, niveau, branche, periode, *cijfers, *[None] * (11 - len(cijfers)),
             "onderdrukt" if cijfers[0] is None else "beschikbaar"],
        )  # fmt: skip
    con.execute(
        "create schema gepubliceerd; create table gepubliceerd.cijfers "
        "(indicator_id text, uitsplitsing text, regio_code text, branche_code text, periode text)"
    )
    for sleutel in gepubliceerd:
        con.execute("insert into gepubliceerd.cijfers values ('d', '', ?, ?, '2021')", sleutel)
    onthulling.suppress(con, {indicator.indicator_id: indicator})
    rijen = con.execute("select regio_code, branche_code, periode, status, teller, noemer from cel").fetchall()
    assert all(teller is None and noemer is None for *_, status, teller, noemer in rijen if status == "onderdrukt")
    return {(r, b, p): status for r, b, p, status, *_ in rijen}
