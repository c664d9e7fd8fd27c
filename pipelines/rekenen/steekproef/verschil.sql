-- From tests to verdicts: no change across a break, Benjamini-Hochberg, then a word.

create temp table vergelijking as
select t.* replace (
    case when is_breuk then null else verschil end as verschil,
    case when is_breuk then null else standaardfout end as standaardfout,
    case when is_breuk then null else onder end as onder,
    case when is_breuk then null else boven end as boven,
    case when is_breuk then null else p end as p
)
from (
    select t.*, exists (
        select 1 from pub.trendbreuk b
        join periode toen on toen.periode = t.periode_vorig
        join periode nu on nu.periode = t.periode
        where b.indicator_id = t.indicator_id and coalesce(b.regio_code, t.regio_code) = t.regio_code
          and b.branche_code is null and b.uitsplitsing is null
          and b.datum > toen.eind and b.datum <= nu.eind
    ) as is_breuk
    from toets t
) t;

-- A family of tests: one indicator and categorie over the regions shown; the country is a family of its own.
-- p_bh is the smallest p m / k over all tests with a p at least as large, k counting those with a smaller or equal p.
insert into pub.verschil
with geschaald as (
    select *, p * count(p) over familie / count(p) over (familie order by p) as schaal
    from vergelijking
    window familie as (partition by indicator_id, categorie, soort, niveau, periode)
),
gecorrigeerd as (
    select *, least(1, min(schaal) over (
        partition by indicator_id, categorie, soort, niveau, periode
        order by p desc nulls last range between unbounded preceding and current row)) as p_bh
    from geschaald
)
select indicator_id, categorie, soort, regio_code, periode, periode_vorig, verschil, standaardfout, onder, boven, p,
       case when p is not null then p_bh end,
       case when p is null then 'niet_te_bepalen' when p_bh > 0.05 then 'geen_verschil'
            when verschil > 0 then 'hoger' else 'lager' end,
       herkomst
from gecorrigeerd
order by indicator_id, categorie, soort, periode, regio_code;
