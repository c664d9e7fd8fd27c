-- One row per region code.
create table regio as
with gemeente as (
    select gm_code, gm_naam, cast(geldig_van || '-01-01' as date) as geldig_van,
           cast(geldig_tot || '-12-31' as date) as geldig_tot, zekerheid
    from ref_gemeenten
),
-- A name lasts as long as its spells of membership; the last one is the name to show.
wgo_naam as (
    select wgo_code, wgo_naam, min(cast(geldig_van as date)) as van,
           max(coalesce(cast(geldig_tot as date), date '9999-12-31')) as tot,
           arg_min(zekerheid, case when zekerheid = 'hoog' then 1 else 0 end) as zekerheid
    from ref_wgo_geldigheid
    group by wgo_code, wgo_naam
),
wgo as (
    select wgo_code, arg_max(wgo_naam, van) as naam, min(van) as van, max(tot) as tot,
           string_agg(wgo_naam || ' (tot en met ' || strftime(tot, '%d-%m-%Y') || ')', ', ' order by van)
               filter (where tot < laatste) as naam_eerder,
           arg_max(zekerheid, van) as zekerheid
    from (select *, max(tot) over (partition by wgo_code) as laatste from wgo_naam)
    group by wgo_code
),
landsdeel_provincie as (select distinct ld_code, pv_code from ref_gemeenten)
select het_land() as regio_code, 'land' as niveau, 'Nederland' as naam, cast(null as varchar) as naam_eerder,
       cast(null as date) as geldig_van, cast(null as date) as geldig_tot, 'hoog' as zekerheid,
       cast(null as double) as tegel_x, cast(null as double) as tegel_y
union all
select code, 'landsdeel' as niveau, replace(naam, ' (LD)', ''), null, null, null, 'hoog', null, null
from ref_namen where code in (select ld_code from landsdeel_provincie)
union all
select code, 'provincie' as niveau, replace(naam, ' (PV)', ''), null, null, null, 'hoog', cast(x as double), cast(y as double)
from ref_namen join ref_provincietegels on code = pv_code
union all
select wgo_code, 'wgo' as niveau, naam, naam_eerder, van, nullif(tot, date '9999-12-31'), zekerheid, null, null from wgo
union all
select a.ra_code, 'arbeidsmarktregio' as niveau, naam_vanaf_2022_09,
       case when naam_tot_2022_09 <> naam_vanaf_2022_09
            then naam_tot_2022_09 || ' (tot september 2022)' end,
       null, null, 'hoog', cast(x as double), cast(y as double)
from ref_arbeidsmarktregios a join ref_tegelkaart t on a.ra_code = t.ra_code
union all
select gm_code, 'gemeente' as niveau, gm_naam, null, geldig_van, geldig_tot, zekerheid, null, null from gemeente;

-- One row per child × parent × spell; last day included.
create table regio_lid as
select gm_code as kind_code, ra_code as ouder_code, cast(geldig_van || '-01-01' as date) as geldig_van,
       cast(geldig_tot || '-12-31' as date) as geldig_tot, zekerheid
from ref_gemeenten
union all
select gm_code, pv_code, cast(geldig_van || '-01-01' as date), cast(geldig_tot || '-12-31' as date), zekerheid
from ref_gemeenten
union all
select distinct pv_code, ld_code, cast(null as date), cast(null as date), 'hoog' from ref_gemeenten
union all
select distinct ld_code, het_land(), cast(null as date), cast(null as date), 'hoog' from ref_gemeenten
union all
select ra_code, wgo_code, cast(geldig_van as date), cast(geldig_tot as date), zekerheid from ref_wgo_geldigheid
union all
select regio_code, het_land(), geldig_van, geldig_tot, zekerheid from regio where niveau = 'wgo';

-- One row per region × ancestor × spell, the region itself included; open ends are far dates, so that
-- `between van and tot` always answers. Before 2018 the WGO's of 2018 hold (contract, regions).
create table voorouder as
with recursive lid as (
    select kind_code, ouder_code,
           case when geldig_van is null or geldig_van <= date '2019-01-01'
                     and (geldig_van <= date '2018-01-01' or kind_code like 'GM%')
                then date '0001-01-01' else geldig_van end as van,
           coalesce(geldig_tot, date '9999-12-31') as tot
    from regio_lid
),
pad as (
    select regio_code, regio_code as ouder_code, date '0001-01-01' as van, date '9999-12-31' as tot from regio
    union
    select p.regio_code, l.ouder_code, greatest(p.van, l.van), least(p.tot, l.tot)
    from pad p join lid l on l.kind_code = p.ouder_code and l.van <= p.tot and p.van <= l.tot
)
select regio_code, ouder_code, van, tot from pad;

create table branche as
select branche_code, cast(row_number() over () as integer) as volgorde, naam, naam_kort,
       cast(geldig_van as date) as geldig_van, toelichting
from ref_branches;

-- One row per region: its inhabitants on the one day for which the reference data have them.
create table regio_inwoners as
select v.ouder_code as regio_code, cast(sum(cast(g.inwoners_2024_01_01 as integer)) as bigint) as aantal,
       date '2024-01-01' as dag
from ref_gemeenten g
join voorouder v on v.regio_code = g.gm_code and date '2024-01-01' between v.van and v.tot
where g.inwoners_2024_01_01 is not null
group by v.ouder_code;

-- One row per source region × arbeidsmarktregio it shares people with: `deel` of the source region's inhabitants.
create table brug as
with stuk as (
    select i.indeling, case i.indeling when 'uwv' then uwv_code else zk_code end as bron_code, ra_code as regio_code,
           cast(sum(cast(inwoners_2024_01_01 as integer)) as bigint) as inwoners
    from ref_gemeenten, (values ('uwv'), ('zorgkantoor')) i(indeling)
    where inwoners_2024_01_01 is not null
    group by all
)
select indeling, bron_code, n.naam as bron_naam, regio_code, inwoners,
       inwoners / sum(inwoners) over (partition by indeling, bron_code) as deel
from stuk left join ref_namen n on n.code = bron_code;

-- One row per division × arbeidsmarktregio: which part of its inhabitants lives in source regions that are cut.
create table brug_regio as
select indeling, regio_code,
       coalesce(sum(inwoners) filter (where deel < 1), 0) / sum(inwoners) as past_niet,
       string_agg(bron_naam || case when deel < 1 then ' (deels)' else '' end, ', ' order by inwoners desc) as bronregios
from brug
group by indeling, regio_code;
