"""Figures that are counted twice: two series of one indicator side by side, with the cause of their difference."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import duckdb

from pipelines.afspraken.codelijsten import Aansluitoordeel, round_half_up
from pipelines.afspraken.warehouse.verbinding import insert_rows
from pipelines.publicatie.aansluiten.aansluiting import judge_range, published_decimals

_DECIMALEN = 12
# One row per pair of real figures with one key but for the named part of the uitsplitsing; the range first,
# otherwise the one whose name comes first. What may not be shown is not in the publication, so not in here.
_PAREN = """
with reeks as (
    select w.*, v.naam, v.oorzaak, i.eenheid, split_part(list_filter(delen, lambda d: d like v.naam || '=%')[1], '=', 2)
           as soort, array_to_string(list_filter(delen, lambda d: d not like v.naam || '=%'), ';') as rest
    from (select *, string_split(uitsplitsing, ';') as delen from pub.beste_waarneming
          where status = 'beschikbaar') w
    join vergelijk v using (indicator_id)
    join catalogus i using (indicator_id)
    where soort is not null
)
select indicator_id, categorie,
       array_to_string(list_sort(list_filter([een.rest, een.naam || '=' || een.soort || '|' || ander.soort],
                                             lambda d: d <> '')), ';') as uitsplitsing,
       regio_code, branche_code, periode, cast(een.waarde as varchar), cast(een.waarde_tot as varchar),
       een.waarde_tot is not null, cast(ander.waarde as varchar), ander.herkomst, een.oorzaak,
       (een.soort, een.levering_id), (ander.soort, ander.levering_id),
       een.naam || '=' || een.soort || ' (' || een.levering_id || ') naast ' || een.naam || '=' || ander.soort
           || ' (' || ander.levering_id || ')'
from reeks een
join reeks ander using (indicator_id, categorie, regio_code, branche_code, periode, rest, naam)
where een.soort <> ander.soort and ander.waarde_tot is null
  and (een.waarde_tot is not null or een.soort < ander.soort)
order by all
"""


# One row per figure of a series that may be laid beside another, with what is counted and who delivered it.
_REEKSEN = """
select indicator_id, (split_part(deel, '=', 2), levering_id), eenheid, cast(waarde as varchar)
from (select *, unnest(string_split(uitsplitsing, ';')) as deel from pub.beste_waarneming where status = 'beschikbaar')
join vergelijk v using (indicator_id)
join catalogus using (indicator_id)
where deel like v.naam || '=%'
"""


def compare_series(con: duckdb.DuckDBPyConnection) -> None:
    """Add to pub.aansluiting: one row per pair of figures that an indicator says may be laid side by side.

    `gepubliceerd` is the first of the two and `berekend` the second; the uitsplitsing names both, as in
    `meting=kzv|vernet`. Made-up figures are left out: their difference says nothing.
    """
    fijnst = _finest(con)
    insert_rows(con, "pub.aansluiting", [_compare(fijnst, *rij) for rij in con.execute(_PAREN).fetchall()])


def _finest(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, tuple[str, str]], int]:
    """Return to how many decimals a delivery has a count of an indicator: 7,0% beside 8,1% is no whole percent."""
    fijnst: dict[tuple[str, tuple[str, str]], int] = {}
    for indicator_id, reeks, eenheid, waarde in con.execute(_REEKSEN).fetchall():
        cijfers = published_decimals(_exact(waarde), eenheid, "afgerond")
        fijnst[indicator_id, reeks] = max(cijfers, fijnst.get((indicator_id, reeks), cijfers))
    return fijnst


def _compare(fijnst: Mapping[Any, int], *rij: object) -> tuple[object, ...]:
    *sleutel, laag, hoog, is_bereik, tweede, herkomst, oorzaak, reeks, andere_reeks, bron = rij
    een, ander = _exact(laag), _exact(tweede)
    if is_bereik:
        verschil, oordeel = judge_range(een, _exact(hoog), Fraction(ander))
    else:
        decimalen = min(fijnst[str(sleutel[0]), r] for r in (reeks, andere_reeks))
        verschil = Fraction(ander) - Fraction(een)
        is_gelijk_afgerond = round_half_up(een, decimalen) == round_half_up(ander, decimalen)
        oordeel = Aansluitoordeel.GELIJK_NA_AFRONDING if is_gelijk_afgerond else Aansluitoordeel.WIJKT_AF
        oordeel = Aansluitoordeel.GELIJK if een == ander else oordeel
    reden = {Aansluitoordeel.GELIJK: None, Aansluitoordeel.GELIJK_NA_AFRONDING: "afronding"}.get(oordeel, oorzaak)
    return (*sleutel, float(een), float(ander), herkomst, float(verschil), oordeel, reden, bron)


def _exact(waarde: object) -> Decimal:
    """Return the figure as written, without the last digits that a division of doubles leaves (0.07400000000000001)."""
    return round_half_up(Decimal(str(waarde)), _DECIMALEN).normalize()
