"""Who a published figure is from, as pages say it: its maker first, and behind it who quoted it."""

from __future__ import annotations

import duckdb

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
