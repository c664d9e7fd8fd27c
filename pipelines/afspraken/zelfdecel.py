"""The same cell under another name: what one publication hides, and another shows as something else.

Persons of a branche in an area on a day are the same ones under another period (2021, or the quarter of its peildatum),
under the WGO that is this one region, and under an indicator that counts them too (`telt_zoals`). And what is
confidential now is told coarser now than when it was not: then it is the exact figure that may not be shown.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from pipelines.afspraken.codelijsten import Herkomst, Niveau, Status

# Figures from before this day may carry the regions of this day.
_EERSTE_DAG = "date '2018-01-01'"
_NODIG = ("waarneming", "periode", "regio", "regio_lid", "telt_zoals", "levering", "indicator")


def add(con: duckdb.DuckDBPyConnection, databases: Sequence[str], hier: str) -> None:
    """Add to table verborgen the cells of publication `hier` that one of the others hides under another name.

    A publication from before it had all tables for this names nothing otherwise, as far as we can see.
    """
    er_is = {naam: _tables(con, naam) for naam in (*databases, hier)}
    for naam in databases:
        if naam == hier or not er_is[naam] >= set(_NODIG) or not er_is[hier] >= {"waarneming", "periode"}:
            continue
        con.execute(_ZELFDE.format(van=naam))
        con.execute(_VERBORGEN.format(naar=hier))
        if er_is[hier] >= {"levering", "indicator"}:
            con.execute(_GEHEIM.format(van=naam, geheim=_is_confidential(con, naam)))
            con.execute(_FIJNER.format(naar=hier, geheim=_is_confidential(con, hier)))


def _tables(con: duckdb.DuckDBPyConnection, database: str) -> set[str]:
    rijen = con.execute("select table_name from duckdb_tables() where database_name = ?", [database]).fetchall()
    return {str(naam) for (naam,) in rijen}


def _is_confidential(con: duckdb.DuckDBPyConnection, database: str) -> str:
    """Return the condition that a row of levering is confidential; older publications do not say so."""
    vraag = "select 1 from duckdb_columns() where database_name = ? and table_name = 'levering' and column_name = ?"
    heeft = con.execute(vraag, [database, "vertrouwelijk"]).fetchone()
    return "cast(vertrouwelijk as varchar) in ('true', 'ja')" if heeft else "false"


_EIGEN = f"herkomst is distinct from '{Herkomst.GEPUBLICEERD}'"
_DAG = "coalesce(w.peildatum, if(w.indicator_id in (select een from temp.telling), p.eind, null))"
_ZELFDE = f"""
create or replace temp table telling as
select indicator_id as een, uitsplitsing as van, ander_id as ander, '' as naar from {{van}}.telt_zoals
union all select ander_id, '', indicator_id, uitsplitsing from {{van}}.telt_zoals;
create or replace temp table gezocht as
with cel as (
    select w.indicator_id, w.uitsplitsing, w.regio_code, w.branche_code, w.periode, {_DAG} as dag,
           greatest(coalesce(w.peildatum, p.eind), {_EERSTE_DAG}) as op
    from {{van}}.waarneming w left join {{van}}.periode p using (periode)
    where w.status = '{Status.ONDERDRUKT}' and w.{_EIGEN}
),
geteld as (
    from cel
    union
    select t.ander, t.naar, regio_code, branche_code, null, dag, op
    from cel join temp.telling t on t.een = cel.indicator_id and t.van = cel.uitsplitsing
),
enige as (
    select d.op, l.ouder_code as wgo, any_value(l.kind_code) as regio
    from (select distinct op from geteld) d
    join {{van}}.regio_lid l on d.op between coalesce(l.geldig_van, d.op) and coalesce(l.geldig_tot, d.op)
    join {{van}}.regio k on k.regio_code = l.kind_code and k.niveau = '{Niveau.ARBEIDSMARKTREGIO}'
    join {{van}}.regio o on o.regio_code = l.ouder_code and o.niveau = '{Niveau.WGO}'
    group by d.op, l.ouder_code having count(*) = 1
)
from geteld
union select g.* replace (e.regio as regio_code) from geteld g join enige e on e.op = g.op and e.wgo = g.regio_code
union select g.* replace (e.wgo as regio_code) from geteld g join enige e on e.op = g.op and e.regio = g.regio_code
"""
_VERBORGEN = f"""
insert into temp.verborgen
select distinct w.indicator_id, w.uitsplitsing, w.regio_code, w.branche_code, w.periode
from {{naar}}.waarneming w
left join {{naar}}.periode p using (periode)
join temp.gezocht g using (indicator_id, uitsplitsing, regio_code, branche_code)
where w.{_EIGEN} and (w.periode = g.periode or {_DAG} = g.dag)
"""
_CEL = "indicator_id, uitsplitsing, regio_code, branche_code, periode"
_GEHEIM = f"""
create or replace temp table geheim as
select distinct {_CEL} from {{van}}.waarneming
where herkomst = '{Herkomst.LEVERING}' and (levering_id in (select levering_id from {{van}}.levering where {{geheim}})
    or indicator_id in (select indicator_id from {{van}}.indicator where vertrouwelijk is not null))
"""
_FIJNER = f"""
insert into temp.verborgen
select distinct {_CEL} from {{naar}}.waarneming semi join temp.geheim using ({_CEL})
where herkomst = '{Herkomst.LEVERING}'
  and levering_id not in (select levering_id from {{naar}}.levering where {{geheim}})
  and indicator_id not in (select indicator_id from {{naar}}.indicator where vertrouwelijk is not null)
"""
