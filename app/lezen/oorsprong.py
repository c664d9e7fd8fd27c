"""Who a published figure is from, as pages say it: its maker first, and behind it who quoted it."""

from __future__ import annotations

import csv

import duckdb

from pipelines.afspraken.regio import REFERENTIE

KENMERKEN = REFERENTIE / "cijferkenmerken.csv"

# A site instead of a long address, where no maker is known.
_NAAM = r"regexp_replace(g.oorsprong, '^https?://(www\.)?([^/]+).*$', '\2')"
# The source of one figure `g`; second-hand is what another than its maker published.
BRONTEKST = f"""
case when g.oorsprong like 'http%' and g.kwaliteit = 'secundair'
     then 'maker niet vermeld (uit de tweede hand, geciteerd door ' || {_NAAM} || ')'
     else {_NAAM} || case when coalesce(g.geciteerd_door, '') <> ''
                     then ' (uit de tweede hand, geciteerd door ' || g.geciteerd_door || ')'
                when g.kwaliteit = 'secundair' then ' (uit de tweede hand)' else '' end
end
"""


def complete(con: duckdb.DuckDBPyConnection) -> None:
    """Add who made a figure to a copy of a publication of before that was known: then the source is all there is."""
    for kolom in ("oorsprong", "geciteerd_door", "adres", "plek"):
        con.execute(f"alter table gepubliceerd_cijfer add column if not exists {kolom} varchar")
    con.execute(
        "update gepubliceerd_cijfer set oorsprong = coalesce(oorsprong, bron), plek = coalesce(plek, vindplaats)"
    )
    kolommen = {str(rij[0]) for rij in con.execute("select column_name from (describe gepubliceerd_cijfer)").fetchall()}
    if "over_looptijd" not in kolommen:
        _add_kenmerken(con)


def _add_kenmerken(con: duckdb.DuckDBPyConnection) -> None:
    """Add what a figure counts and what it is about: known by its id, also of a publication from before."""
    con.execute("alter table gepubliceerd_cijfer add column afbakening varchar")
    con.execute("alter table gepubliceerd_cijfer add column over_looptijd boolean default false")
    with KENMERKEN.open(encoding="utf-8", newline="") as stroom:
        rijen = [r for r in csv.DictReader(stroom) if r["afbakening"] or r["over_looptijd"]]
    zet = "update gepubliceerd_cijfer set afbakening = ?, over_looptijd = ? where cijfer_id = ?"
    con.executemany(zet, [[r["afbakening"] or None, r["over_looptijd"] == "1", r["id"]] for r in rijen])
