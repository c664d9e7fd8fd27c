insert into pub.activiteit
select activiteit_id, cast(periode as integer), regio_code, pijler, titel, doelgroep, status, deelnemers, budget_eur
from srs_activiteiten.activiteiten;

-- Counts per WGO, by pijler and by status; for the country where every WGO of that day was delivered.
insert into uitkomst by name
with rij as (
    select periode, regio_code, pijler, status from srs_activiteiten.activiteiten
    union all
    select a.periode, het_land(), a.pijler, a.status
    from srs_activiteiten.activiteiten a
    join (select periode, list(distinct regio_code) as wgos from srs_activiteiten.activiteiten group by periode) g
        using (periode)
    join periode p using (periode)
    where list_has_all(g.wgos, wgos_op(p.eind))
)
select 'activiteiten' as indicator_id, coalesce(pijler, '') as categorie,
       coalesce('status=' || status, '') as uitsplitsing, regio_code, periode, count(*) as waarde, count(*) as teller,
       'beschikbaar' as status, 'srs_activiteiten' as bron, 'activiteiten' as tabel
from rij
group by grouping sets ((periode, regio_code), (periode, regio_code, pijler), (periode, regio_code, status));
