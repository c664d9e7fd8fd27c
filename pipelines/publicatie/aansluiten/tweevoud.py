"""Figures that were published twice under one key: the one that is shown beside those that gave way, with the cause."""

from __future__ import annotations

from decimal import Decimal

import duckdb

from pipelines.afspraken.codelijsten import Aansluitoordeel, Herkomst, round_half_up
from pipelines.publicatie.aansluiten.aansluiting import published_decimals

_PAREN = """
select g.indicator_id, g.categorie, g.uitsplitsing, g.regio_code, g.branche_code, g.periode, cast(g.waarde as varchar),
       cast(a.waarde as varchar), g.precisie, a.precisie, i.eenheid, g.oorsprong = a.oorsprong,
       bool_or(c.is_voorlopig), concat_ws(', ', a.oorsprong, nullif(a.plek, '')), a.levering_id || ' ' || a.cijfer_id,
       g.levering_id || ' ' || g.cijfer_id
from pub.gepubliceerd_cijfer g
join pub.gepubliceerd_cijfer a using (indicator_id, categorie, uitsplitsing, regio_code, branche_code, periode)
join catalogus i using (indicator_id)
join gekozen c on c.id = a.cijfer_id or c.id = g.cijfer_id
where g.gekozen and not a.gekozen and g.waarde <> a.waarde
group by all
order by all
"""


def compare_published(con: duckdb.DuckDBPyConnection) -> None:
    """Add to pub.aansluiting: one row per figure that gave way to another of its key and differs from it.

    `gepubliceerd` is the figure that is shown and `berekend` the other one, which nobody computed: its herkomst is
    gepubliceerd too.
    """
    rijen = [_compare(*rij) for rij in con.execute(_PAREN).fetchall()]
    if rijen:
        con.executemany(f"insert into pub.aansluiting values ({', '.join('?' * 13)})", rijen)


def _compare(*rij: object) -> tuple[object, ...]:
    *sleutel, een, ander, precisie, precisie_ander, eenheid, zelfde_maker, voorlopig, plek, van_ander, van_een = rij
    getoond, weg = Decimal(str(een)), Decimal(str(ander))
    cijfers = [published_decimals(getoond, str(eenheid), str(precisie)),
               published_decimals(weg, str(eenheid), str(precisie_ander))]  # fmt: skip
    grof = min(cijfers)
    # Two releases that were rounded apart may lie one step from each other.
    naast_elkaar = cijfers[0] == cijfers[1] and abs(getoond - weg) <= Decimal(1).scaleb(-grof)
    if voorlopig:
        oordeel, oorzaak = Aansluitoordeel.WIJKT_AF, "herzien"
    elif round_half_up(getoond, grof) == round_half_up(weg, grof) or naast_elkaar:
        oordeel, oorzaak = Aansluitoordeel.GELIJK_NA_AFRONDING, "afronding"
    else:
        oordeel, oorzaak = Aansluitoordeel.WIJKT_AF, "herzien" if zelfde_maker else "andere telling"
    bron = f"{van_een} naast {van_ander} ({plek})"
    return (*sleutel, float(getoond), float(weg), Herkomst.GEPUBLICEERD, float(weg - getoond), oordeel, oorzaak, bron)
