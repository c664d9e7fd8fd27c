"""Primary suppression: what may identify an employer or a person never leaves the work database.

Rules: A1, A2, A5, A6 and A7 for tables by person and employer. A cell is sensitive when its numerator, its
denominator or the rest (denominator − numerator) is small, when it rests on fewer than three employers, or
when one or two employers dominate it. Employers are delivered for the denominator only; an employer that
is larger than the rest can only stand in the numerator (and the other way round), and is then tested there.

Only whole tables are hidden so far: a cross table (regio × branche) with a sensitive cell gives way to its
margins, and a margin with a sensitive cell is hidden whole, so that nothing can be found by subtraction.
The choice holds for all periods of a table at once: a pattern that changes over time would tell.
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from pipelines.indicatoren import Indicator

KLEINSTE_AANTAL = 10
MINSTE_WERKGEVERS = 3
GROOTSTE_AANDEEL = 0.5
TWEE_GROOTSTE_AANDEEL = 0.8
P_REGEL = 0.10
# No percentage on fewer persons than this.
KLEINSTE_NOEMER = 100

_VERTROUWELIJK = ("personen_en_werkgevers",)


def suppress(con: duckdb.DuckDBPyConnection, indicatoren: Mapping[str, Indicator]) -> None:
    """Set status 'onderdrukt', and wipe the figures, of every cell of table cel that may not be shown.

    Adds column `primair`: whether the cell itself is sensitive (work database only).
    """
    con.execute("alter table cel add column primair boolean default false")
    con.execute("create or replace temp table vertrouwelijk (indicator_id varchar)")
    rijen = [(i.indicator_id,) for i in indicatoren.values() if i.vertrouwelijk in _VERTROUWELIJK]
    if not rijen:
        return
    con.executemany("insert into vertrouwelijk values (?)", rijen)
    con.execute(
        f"update cel set primair = {_primary_expression()} "
        "where indicator_id in (select indicator_id from vertrouwelijk) and status in ('beschikbaar', 'onderdrukt')"
    )
    con.execute(_HIDE_TABLES)
    con.execute(
        """
        update cel set status = 'onderdrukt', teller = null, noemer = null,
                       werkgevers = null, grootste_werkgever = null, tweede_werkgever = null
        from verborgen v
        where v.indicator_id = cel.indicator_id and v.uitsplitsing = cel.uitsplitsing
          and v.herkomst = cel.herkomst and v.deel = deel_van(cel.niveau, cel.branche_code)
          and cel.status in ('beschikbaar', 'onderdrukt')
        """
    )


def _primary_expression() -> str:
    """Return the SQL for 'this cell is sensitive'; unknown employers count as too few inside a cross table."""
    rest = "(noemer - teller)"
    klein = f"least(teller, noemer, {rest}) < {KLEINSTE_AANTAL} or coalesce(noemer < {KLEINSTE_NOEMER}, false)"
    weinig = f"coalesce(werkgevers < {MINSTE_WERKGEVERS}, deel_van(niveau, branche_code) = 'kruis')"
    delen = [
        _dominance("coalesce(noemer, teller)", "grootste_werkgever", "coalesce(tweede_werkgever, 0)"),
        f"(grootste_werkgever > {rest} and {_dominance('teller', 'grootste_werkgever', '0')})",
        f"(grootste_werkgever > teller and {_dominance(rest, 'grootste_werkgever', '0')})",
    ]
    dominant = " or ".join(f"coalesce({deel}, false)" for deel in delen)
    return f"status = 'onderdrukt' or {klein} or {weinig} or {dominant}"


def _dominance(totaal: str, grootste: str, tweede: str) -> str:
    """Return the SQL for: one or two employers dominate, or the second can estimate the first too well."""
    p_regel = f"{totaal} - {grootste} - {tweede} < {P_REGEL} * {grootste}"
    return (
        f"({grootste} > {GROOTSTE_AANDEEL} * {totaal} or {grootste} + {tweede} > {TWEE_GROOTSTE_AANDEEL} * {totaal} "
        f"or {p_regel})"
    )


# Which part of a table a cell is in, and what falls with it: with a margin, what adds up to it.
_HIDE_TABLES = """
create or replace temp table verborgen as
with gevoelig as (
    select distinct indicator_id, uitsplitsing, herkomst, deel_van(niveau, branche_code) as deel
    from cel where primair
)
select distinct g.indicator_id, g.uitsplitsing, g.herkomst, v.valt_mee as deel
from gevoelig g
join (values ('kruis', 'kruis'),
             ('regiorand', 'regiorand'), ('regiorand', 'kruis'),
             ('brancherand', 'brancherand'), ('brancherand', 'kruis'),
             ('totaal', 'totaal'), ('totaal', 'regiorand'), ('totaal', 'brancherand'), ('totaal', 'kruis')
     ) v(deel, valt_mee) on v.deel = g.deel
"""

MACRO = """
create or replace macro deel_van(niveau, branche_code) as
    case when niveau = 'land' and branche_code = 'TOTAAL' then 'totaal'
         when niveau = 'land' then 'brancherand'
         when branche_code = 'TOTAAL' then 'regiorand'
         else 'kruis' end
"""
