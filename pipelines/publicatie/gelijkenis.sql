-- Regions like this one, from real figures that may be seen: the nearest in branch mix, size and urbanity.
-- Branch mix: the share of employees that would have to change branch (half the sum of differences).
-- Size: how many times larger, as a logarithm. Urbanity: the difference in the share of inhabitants that live in
-- a (very) strongly urban gemeente (CBS stedelijkheid 1 or 2). Each is divided by its mean over all pairs of one
-- level, and the three weigh the same.

create temp table werknemers_regio as
with cel as (
    select uitsplitsing, periode, regio_code, branche_code, waarde, herkomst
    from pub.waarneming
    where herkomst <> 'synthetisch' and indicator_id = 'aantal_werknemers' and niveau = 'arbeidsmarktregio' and waarde is not null
      and coalesce(categorie, '') = '' and uitsplitsing in ('telling=cbs_breed', 'telling=cbs_smal')
    qualify row_number() over (
        partition by uitsplitsing, periode, regio_code, branche_code
        order by (select volgorde from pub.codelijst where lijst = 'herkomst' and code = herkomst)
    ) = 1
),
-- The newest period in which every region has its total and its branches; the wide count before the narrow.
gekozen as (
    select uitsplitsing, periode
    from cel join pub.periode p using (periode)
    group by uitsplitsing, periode
    having count(distinct regio_code) filter (where branche_code = 'TOTAAL')
               = (select count(*) from regio where niveau = 'arbeidsmarktregio')
       and count(distinct regio_code) filter (where branche_code <> 'TOTAAL')
               = (select count(*) from regio where niveau = 'arbeidsmarktregio')
    order by max(p.eind) desc, uitsplitsing, periode
    limit 1
)
select cel.* from cel join gekozen using (uitsplitsing, periode);

-- The regions themselves, and the WGO's of now as the sum of theirs.
create temp table deel as
select regio_code as kind_code, regio_code, 'arbeidsmarktregio' as niveau
from regio where niveau = 'arbeidsmarktregio'
union all
select kind_code, ouder_code, 'wgo' as niveau from regio_lid
where ouder_code like 'WGO%' and kind_code like 'RA%' and geldig_tot is null;

create temp table stedelijk_regio as
select d.regio_code, sum(cast(g.inwoners_2024_01_01 as bigint)) as inwoners,
       sum(cast(g.inwoners_2024_01_01 as bigint)) filter (where g.stedelijkheid in ('1', '2'))
           / sum(cast(g.inwoners_2024_01_01 as bigint)) as stedelijk
from ref_gemeenten g join deel d on d.kind_code = g.ra_code
where nullif(g.inwoners_2024_01_01, '') is not null
group by d.regio_code;

insert into pub.regiokenmerk
select d.regio_code, d.niveau, any_value(w.periode), any_value(w.uitsplitsing),
       sum(w.waarde) filter (where w.branche_code = 'TOTAAL'), any_value(s.inwoners),
       coalesce(any_value(s.stedelijk), 0), 'levering' as herkomst
from deel d
join werknemers_regio w on w.regio_code = d.kind_code
join stedelijk_regio s on s.regio_code = d.regio_code
group by d.regio_code, d.niveau;

insert into pub.gelijkende_regio
with mix as (
    select d.regio_code, d.niveau, w.branche_code,
           sum(w.waarde) / sum(sum(w.waarde)) over (partition by d.regio_code) as aandeel
    from deel d join werknemers_regio w on w.regio_code = d.kind_code
    where w.branche_code <> 'TOTAAL'
    group by d.regio_code, d.niveau, w.branche_code
),
-- Every region × branche, so that a branche which one of two regions does not have counts as well.
rooster as (
    select k.regio_code, k.niveau, b.branche_code, coalesce(m.aandeel, 0) as aandeel
    from pub.regiokenmerk k
    cross join (select distinct branche_code from mix) b
    left join mix m on m.regio_code = k.regio_code and m.branche_code = b.branche_code
),
mixpaar as (
    select a.regio_code, b.regio_code as gelijkende_code, sum(abs(a.aandeel - b.aandeel)) / 2 as branches
    from rooster a
    join rooster b on a.niveau = b.niveau and a.branche_code = b.branche_code and a.regio_code <> b.regio_code
    group by a.regio_code, b.regio_code
),
paar as (
    select a.regio_code, b.regio_code as gelijkende_code, a.niveau, b.herkomst, m.branches,
           abs(ln(a.werknemers / b.werknemers)) as omvang, abs(a.stedelijk - b.stedelijk) as stedelijk
    from pub.regiokenmerk a
    join pub.regiokenmerk b on a.niveau = b.niveau and a.regio_code <> b.regio_code
    join mixpaar m on m.regio_code = a.regio_code and m.gelijkende_code = b.regio_code
),
afstand as (
    select *, sqrt((coalesce(pow(branches / nullif(avg(branches) over per_niveau, 0), 2), 0)
                    + coalesce(pow(omvang / nullif(avg(omvang) over per_niveau, 0), 2), 0)
                    + coalesce(pow(stedelijk / nullif(avg(stedelijk) over per_niveau, 0), 2), 0)) / 3) as afstand
    from paar
    window per_niveau as (partition by niveau)
)
select regio_code, gelijkende_code,
       cast(row_number() over (partition by regio_code order by round(afstand, 9), gelijkende_code) as integer) as rang,
       round(afstand, 6), round(1 - branches, 6), herkomst
from afstand
qualify rang <= 5
order by regio_code, rang;

drop table werknemers_regio;
drop table deel;
drop table stedelijk_regio;
