-- For which regions and branches a source row counts: itself, and every total that was not delivered.
-- Expects temp tables rij (one row per source row), doelniveau, verwachte_branche and optellen (one row).

-- One row per periode × uitsplitsing × delivered regio × regio it counts for; `delen` regions make that one
-- complete.
create or replace temp table regio_doel as
with plek as (select distinct periode, uitsplitsing, dag, regio_code, regio_niveau as niveau from rij),
geleverd as (select distinct periode, uitsplitsing, niveau from plek),
fijnste as (
    select periode, uitsplitsing, arg_max(niveau, c.volgorde) as niveau
    from geleverd join codelijst c on c.lijst = 'niveau' and c.code = niveau
    group by periode, uitsplitsing
),
omhoog as (
    select distinct p.periode, p.uitsplitsing, p.dag, p.regio_code, p.niveau, v.ouder_code, o.niveau as ouder_niveau
    from plek p
    join fijnste f using (periode, uitsplitsing, niveau)
    join voorouder v on v.regio_code = p.regio_code and p.dag between v.van and v.tot
    join regio o on o.regio_code = v.ouder_code
    where (select regios from optellen)
      and o.niveau in (select niveau from doelniveau)
      and not exists (select 1 from geleverd g where g.periode = p.periode and g.uitsplitsing = p.uitsplitsing
                      and g.niveau = o.niveau)
),
omvang as (
    select o.periode, o.uitsplitsing, o.ouder_code, count(distinct v.regio_code) as delen
    from (select distinct periode, uitsplitsing, dag, ouder_code, niveau from omhoog) o
    join voorouder v on v.ouder_code = o.ouder_code and o.dag between v.van and v.tot
    join regio k on k.regio_code = v.regio_code and k.niveau = o.niveau
                and o.dag between coalesce(k.geldig_van, o.dag) and coalesce(k.geldig_tot, o.dag)
    group by o.periode, o.uitsplitsing, o.ouder_code
)
select distinct periode, uitsplitsing, regio_code, regio_code as doel_regio, niveau as doel_niveau, 1 as delen
from plek where niveau in (select niveau from doelniveau)
union all
select o.periode, o.uitsplitsing, o.regio_code, o.ouder_code, o.ouder_niveau, m.delen
from omhoog o join omvang m using (periode, uitsplitsing, ouder_code);

-- One row per periode × uitsplitsing × regio × delivered branche × branche it counts for.
create or replace temp table branche_doel as
with plek as (select distinct periode, uitsplitsing, dag, regio_code, branche_code from rij),
verwacht as (
    select p.periode, p.uitsplitsing, count(*) as delen
    from (select distinct periode, uitsplitsing, dag from plek) p
    join branche b on coalesce(b.geldig_van, p.dag) <= p.dag
    join verwachte_branche w on w.branche_code = b.branche_code
    -- A branche that sources may count apart is expected only where this one does.
    where not w.soms or exists (select 1 from plek g where g.periode = p.periode
                                and g.uitsplitsing = p.uitsplitsing and g.branche_code = b.branche_code)
    group by p.periode, p.uitsplitsing
)
select periode, uitsplitsing, regio_code, branche_code, branche_code as doel_branche, 1 as delen from plek
union all
select p.periode, p.uitsplitsing, p.regio_code, p.branche_code, 'TOTAAL', v.delen
from plek p join verwacht v using (periode, uitsplitsing)
where (select branches from optellen)
  and p.branche_code in (select branche_code from verwachte_branche)
  and not exists (
      select 1 from plek t
      where t.periode = p.periode and t.uitsplitsing = p.uitsplitsing and t.regio_code = p.regio_code
        and t.branche_code = 'TOTAAL');
