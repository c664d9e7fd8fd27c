-- The panel under its own rules: an open community and no sample, so no interval; no percentage on too few
-- answers, whose n stays visible; and since such a figure has no value, nothing to rank on 10 or fewer either.
insert into uitkomst by name
with cijfer as (
    select 'panel_respons' as indicator_id, '' as categorie, 'studie=' || studie as uitsplitsing, periode,
           deelgenomen / uitgenodigd as waarde, deelgenomen as teller, uitgenodigd as noemer, uitgenodigd as n,
           celstatus, 'studies' as tabel
    from panel.studies
    union all by name
    select if(coalesce(u.soort, p.soort) = 'prioriteit', 'panel_prioriteit', 'panel_uitkomst') as indicator_id, categorie,
           'studie=' || studie || ';vraag=' || vraag as uitsplitsing, periode, aandeel as waarde, n, celstatus,
           'uitkomsten' as tabel
    from panel.uitkomsten u
    left join ref_panelvragen p using (studie)
)
select * exclude (celstatus), het_land() as regio_code, 'panel' as bron,
       if(celstatus = 'beschikbaar' and n < minste_van_panel(), 'te_weinig', celstatus) as status
from cijfer;
