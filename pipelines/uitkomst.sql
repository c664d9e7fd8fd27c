-- One row per figure that a source's own query computed (`soort: sql`).
create table uitkomst (
    indicator_id varchar, categorie varchar, uitsplitsing varchar, regio_code varchar, periode varchar,
    waarde double, teller double, noemer double, n integer, status varchar, bron varchar, tabel varchar
);

-- Whatever is not there has no value, and n only where there is too little of it.
insert into pub.waarneming by name
select u.indicator_id, u.categorie, u.uitsplitsing, u.regio_code, r.niveau, 'TOTAAL' as branche_code, u.periode,
       '' as schatting, g.herkomst, if(u.status = 'beschikbaar', u.waarde, null) as waarde,
       if(u.status = 'beschikbaar', u.teller, null) as teller, if(u.status = 'beschikbaar', u.noemer, null) as noemer,
       if(u.status in ('beschikbaar', 'te_weinig'), u.n, null) as n, u.status,
       g.is_voorlopig, g.levering_id
from uitkomst u
join catalogus i on i.indicator_id = u.indicator_id
join regio r on r.regio_code = u.regio_code
join gebruikt g on g.bron = u.bron and g.tabel = u.tabel and g.periode = u.periode;
