"""Years from quarters, only for what happens within a quarter (a flow), never for a level or a 12-month flow."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from pipelines.afspraken.schrift.perioden import parse_periode


def add_years(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Add to temp table rij every year that was not delivered but whose four quarters were; return these years.

    The four quarters count for one year, and only together: `perioden` says how many must be there. Quarters
    of different herkomst are not added, so that invented figures never hide in a real total.
    """
    con.execute(
        """
        create or replace temp table jaarrij as
        with kwartaal as (
            select *, substr(periode, 1, 4) as jaar from rij where regexp_full_match(periode, '[0-9]{4}KW0[1-4]')
        ),
        heel as (
            select jaar, uitsplitsing from kwartaal
            group by jaar, uitsplitsing
            having count(distinct periode) = 4 and count(distinct herkomst) = 1
        )
        select k.* exclude (jaar)
               replace (k.jaar as periode, 4 as perioden, make_date(cast(k.jaar as integer), 12, 31) as dag)
        from kwartaal k
        join heel h on h.jaar = k.jaar and h.uitsplitsing = k.uitsplitsing
        where not exists (select 1 from rij g where g.periode = k.jaar and g.uitsplitsing = k.uitsplitsing)
        """
    )
    con.execute("insert into rij by name from jaarrij")
    jaren = [code for (code,) in con.execute("select distinct periode from jaarrij order by 1").fetchall()]
    note_years(con, jaren)
    return jaren


def note_years(con: duckdb.DuckDBPyConnection, jaren: Iterable[str]) -> None:
    """Add to table periode the years that are not in it."""
    bekend = {code for (code,) in con.execute("select periode from periode").fetchall()}
    for periode in map(parse_periode, jaren):
        if periode is not None and periode.code not in bekend:
            rij = (periode.code, periode.soort, periode.naam, periode.begin, periode.eind)
            con.execute("insert into periode values (?, ?, ?, ?, ?)", rij)
