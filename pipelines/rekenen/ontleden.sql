-- Why a share changed: what the mix of branches did, what happened within each of them, and what persons counted in
-- more branches do. From published figures only, and only where every one of them is there.
--
-- Expects temp table verwachte_delen (indicator_id, branche_code, soms) and the publication's figures and breaks.

-- One row per share × region × branche × period that may be compared.
create or replace temp table ontleedbaar as
select w.indicator_id, w.uitsplitsing, w.regio_code, w.niveau, w.branche_code, w.periode, w.herkomst, w.teller,
       w.noemer, coalesce(w.peildatum, p.eind) as dag, p.eind, p.soort,
       case when p.soort in ('kwartaal', 'maand') then month(p.eind) end as seizoen
from pub.beste_waarneming w
join periode p using (periode)
where w.indicator_id in (select indicator_id from verwachte_delen) and w.categorie = '' and w.branche_code <> 'ALLE'
  and is_toonbaar(w.status) and not w.is_voorlopig and w.waarde_tot is null and w.teller is not null and w.noemer > 0;

-- One row per whole with the one before it (of the same season). A figure that is hidden breaks no pair: it hides it.
create or replace temp table ontleedpaar as
with geheel as (
    select w.indicator_id, w.uitsplitsing, w.regio_code, w.niveau, w.periode,
           lag(w.periode) over (
               partition by w.indicator_id, w.uitsplitsing, w.regio_code, w.niveau, p.soort,
                            case when p.soort in ('kwartaal', 'maand') then month(p.eind) end
               order by p.eind) as periode_vorig
    from pub.beste_waarneming w
    join periode p using (periode)
    where w.indicator_id in (select indicator_id from verwachte_delen) and w.categorie = ''
      and w.branche_code = 'TOTAAL'
)
select g.indicator_id, g.uitsplitsing, g.regio_code, g.niveau, g.periode, g.periode_vorig, nu.herkomst,
       toen.teller as teller_toen, toen.noemer as noemer_toen, nu.teller as teller_nu, nu.noemer as noemer_nu,
       toen.dag as dag_toen, nu.dag as dag_nu
from geheel g
join ontleedbaar nu on nu.indicator_id = g.indicator_id and nu.uitsplitsing = g.uitsplitsing
                   and nu.regio_code = g.regio_code and nu.niveau = g.niveau and nu.periode = g.periode
                   and nu.branche_code = 'TOTAAL'
join ontleedbaar toen on toen.indicator_id = g.indicator_id and toen.uitsplitsing = g.uitsplitsing
                     and toen.regio_code = g.regio_code and toen.niveau = g.niveau
                     and toen.periode = g.periode_vorig and toen.branche_code = 'TOTAAL'
where nu.herkomst = toen.herkomst
  and not exists (
      select 1 from pub.trendbreuk b
      where b.indicator_id = g.indicator_id and coalesce(b.regio_code, g.regio_code) = g.regio_code
        and list_has_all(string_split(g.uitsplitsing, ';'), string_split(coalesce(b.uitsplitsing, g.uitsplitsing), ';'))
        and b.datum > toen.dag and b.datum <= nu.dag);

-- One row per pair × branche of both moments.
create or replace temp table ontleeddeel as
select p.indicator_id, p.uitsplitsing, p.regio_code, p.niveau, p.periode, d.branche_code,
       toen.teller as teller_toen, toen.noemer as noemer_toen, nu.teller as teller_nu, nu.noemer as noemer_nu
from ontleedpaar p
join (select distinct indicator_id, branche_code from ontleedbaar where branche_code <> 'TOTAAL') d using (indicator_id)
left join ontleedbaar toen on toen.indicator_id = p.indicator_id and toen.uitsplitsing = p.uitsplitsing
    and toen.regio_code = p.regio_code and toen.niveau = p.niveau and toen.periode = p.periode_vorig
    and toen.branche_code = d.branche_code and toen.herkomst = p.herkomst
left join ontleedbaar nu on nu.indicator_id = p.indicator_id and nu.uitsplitsing = p.uitsplitsing
    and nu.regio_code = p.regio_code and nu.niveau = p.niveau and nu.periode = p.periode
    and nu.branche_code = d.branche_code and nu.herkomst = p.herkomst
where toen.teller is not null or nu.teller is not null;

-- Whole: every branche that there was, on both moments; none left out of a whole of persons (then the parts would be
-- less than the whole) and, where persons are no matter, parts that are the whole. Ten is what counts are rounded to.
create or replace temp table ontleding_heel as
select p.*, d.delen, d.som_toen, d.som_nu, d.teller_som_toen, d.teller_som_nu
from ontleedpaar p
join (
    select indicator_id, uitsplitsing, regio_code, niveau, periode, count(*) as delen, list(branche_code) as branches,
           sum(noemer_toen) as som_toen, sum(noemer_nu) as som_nu,
           sum(teller_toen) as teller_som_toen, sum(teller_nu) as teller_som_nu,
           count(teller_toen) = count(*) and count(teller_nu) = count(*) as is_heel
    from ontleeddeel group by all
) d using (indicator_id, uitsplitsing, regio_code, niveau, periode)
join catalogus c using (indicator_id)
where d.is_heel and d.delen > 1
  and not exists (
      select 1 from verwachte_delen v join branche b using (branche_code)
      where v.indicator_id = p.indicator_id and not v.soms and coalesce(b.geldig_van, p.dag_toen) <= p.dag_toen
        and not list_contains(d.branches, v.branche_code))
  and not exists (
      select 1 from pub.beste_waarneming w
      where w.indicator_id = p.indicator_id and w.uitsplitsing = p.uitsplitsing and w.regio_code = p.regio_code
        and w.niveau = p.niveau and w.categorie = '' and w.periode in (p.periode, p.periode_vorig)
        and w.branche_code <> 'TOTAAL' and w.branche_code <> 'ALLE' and not is_afwezig(w.status)
        and not list_contains(d.branches, w.branche_code))
  and (if(c.optelbaar, abs(d.som_toen - p.noemer_toen), p.noemer_toen - d.som_toen) <= 10 * (d.delen + 1))
  and (if(c.optelbaar, abs(d.som_nu - p.noemer_nu), p.noemer_nu - d.som_nu) <= 10 * (d.delen + 1));

insert into pub.ontleding
with deel as (
    select h.*, d.branche_code,
           d.noemer_toen / h.som_toen as gewicht_toen, d.noemer_nu / h.som_nu as gewicht_nu,
           d.teller_toen / d.noemer_toen as aandeel_toen, d.teller_nu / d.noemer_nu as aandeel_nu,
           (h.teller_som_toen / h.som_toen + h.teller_som_nu / h.som_nu) / 2 as midden
    from ontleding_heel h
    join ontleeddeel d using (indicator_id, uitsplitsing, regio_code, niveau, periode)
)
select indicator_id, uitsplitsing, regio_code, niveau, periode, periode_vorig, branche_code, 'samenstelling',
       (gewicht_nu - gewicht_toen) * ((aandeel_toen + aandeel_nu) / 2 - midden), herkomst
from deel
union all
select indicator_id, uitsplitsing, regio_code, niveau, periode, periode_vorig, branche_code, 'binnen',
       (gewicht_toen + gewicht_nu) / 2 * (aandeel_nu - aandeel_toen), herkomst
from deel
union all
select indicator_id, uitsplitsing, regio_code, niveau, periode, periode_vorig, 'TOTAAL', 'overlap',
       (teller_nu / noemer_nu - teller_som_nu / som_nu) - (teller_toen / noemer_toen - teller_som_toen / som_toen),
       herkomst
from ontleding_heel
order by all;
