"""Figures that count the same persons as a confidential indicator (`telt_zoals` in indicators.yml).

They join the group of linked tables of that indicator with the count that they share, so that a place hidden in one
is hidden in all, in every period: sizes drift a few percents a year. Of a place that was released (A5) the periods
from then on are shown. What the source itself leaves out everywhere (regions of PFZW) is no cell here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import duckdb

from pipelines.afspraken.indicatoren import Indicator
from pipelines.afspraken.schrift.uitsplitsing import parts
from pipelines.afspraken.warehouse.verbinding import insert_rows
from pipelines.onthulling.primair import KLEINSTE_AANTAL
from pipelines.onthulling.verbanden import Cel, Sleutel, key_of


def load_linked(con: duckdb.DuckDBPyConnection, indicatoren: Mapping[str, Indicator]) -> Iterator[tuple[str, Cel]]:
    """Yield (bron, cel) per cell that counts the persons of a confidential indicator of that source.

    The count is the cell's numerator, and it has no denominator; ten, in tens, may be fewer. Adds temp table
    gekoppeld, for `wipe_linked`.
    """
    kolommen = "indicator_id varchar, eigen varchar, deel varchar, bron varchar"
    con.execute(f"create or replace temp table gekoppeld ({kolommen})")
    rijen = [
        (naam, i.telt_zoals.eigen, i.telt_zoals.uitsplitsing, indicatoren[i.telt_zoals.indicator].bron)
        for naam, i in indicatoren.items() if i.telt_zoals is not None and i.telt_zoals.indicator in indicatoren
    ]  # fmt: skip
    if rijen:
        insert_rows(con, "gekoppeld", rijen)
    for bron, *rij in con.execute(_CELLEN, [KLEINSTE_AANTAL]).fetchall():
        yield bron, Cel(*rij)._replace(gekoppeld=True)


def wipe_linked(con: duckdb.DuckDBPyConnection) -> None:
    """Hide in table cel what table verborgen has of these cells."""
    con.execute(_WIPE)


def as_persons(cel: Cel, indicatoren: Mapping[str, Indicator]) -> Cel | None:
    """Return an earlier published cell with the count that is shared; None where it shows none or is another."""
    telling = indicatoren[cel.indicator_id].telt_zoals
    if telling is None:
        return cel
    aantal = cel.noemer if telling.eigen == "noemer" else cel.teller
    if cel.primair or aantal is None or not parts(telling.uitsplitsing).items() <= parts(cel.uitsplitsing).items():
        return None
    return cel._replace(teller=aantal, noemer=None, gekoppeld=True)


def shared_keys(cellen: list[Cel], kennis: frozenset[Sleutel]) -> frozenset[Sleutel]:
    """Return the cells of the confidential indicator whose denominator is known from what counts the same persons."""
    plekken = {(cel.regio_code, cel.branche_code) for cel in cellen if cel.gekoppeld and key_of(cel) in kennis}
    return frozenset(
        key_of(cel) for cel in cellen if not cel.gekoppeld and (cel.regio_code, cel.branche_code) in plekken
    )


_HOORT_BIJ = """
g.indicator_id = cel.indicator_id
and (g.deel = '' or list_has_all(string_split(cel.uitsplitsing, ';'), string_split(g.deel, ';')))
"""
_CELLEN = f"""
select g.bron, cel.indicator_id, uitsplitsing, regio_code, niveau, branche_code, periode, peildatum, herkomst,
       if(g.eigen = 'noemer', noemer, teller) as aantal, null, null, null, null, deel_van(niveau, branche_code),
       if(g.eigen = 'noemer', noemer, teller) <= ?
from cel
join gekoppeld g on {_HOORT_BIJ}
where status = 'beschikbaar' and aantal is not null
order by all
"""
_WIPE = f"""
update cel set status = 'onderdrukt', teller = null, noemer = null, waarde = null, waarde_tot = null, n = null,
               onder = null, boven = null
from verborgen v
join gekoppeld g on g.bron = v.bron
where {_HOORT_BIJ} and v.herkomst = cel.herkomst and v.regio_code = cel.regio_code
  and v.branche_code = cel.branche_code and v.periode = cel.periode and cel.status = 'beschikbaar'
"""
