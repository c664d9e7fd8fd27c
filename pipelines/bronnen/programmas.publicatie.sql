-- What was reached and meant, where delivered; a WGO or the country that was not delivered is the sum of its
-- regions, when all of them are there.
insert into uitkomst by name
with rij as (
    select b.programma, b.periode, p.eind as dag, b.regio_code, r.niveau, c.*
    from programmas.bereik b
    join periode p using (periode)
    join regio r using (regio_code),
    lateral (values ('gerealiseerd', b.gerealiseerd, b.status_gerealiseerd), ('doel', b.doel, b.status_doel))
        c(categorie, waarde, status)
),
lid as (
    select v.ouder_code, v.regio_code, v.van, v.tot
    from voorouder v
    join regio k on k.regio_code = v.regio_code and k.niveau = 'arbeidsmarktregio'
    join regio o on o.regio_code = v.ouder_code and o.niveau in ('wgo', 'land')
),
som as (
    select rij.programma, rij.periode, rij.dag, lid.ouder_code as regio_code, rij.categorie,
           sum(rij.waarde) as waarde, slechtste_status(list(rij.status)) as status, count(*) as delen
    from rij
    join lid on lid.regio_code = rij.regio_code and rij.dag between lid.van and lid.tot
    where not exists (select 1 from rij d where d.programma = rij.programma and d.periode = rij.periode
                      and d.regio_code = lid.ouder_code)
    group by all
),
alles as (
    select programma, periode, regio_code, categorie, waarde, status from rij
    union all
    select programma, periode, regio_code, categorie, waarde, status
    from som
    where delen = (select count(*) from lid where lid.ouder_code = som.regio_code and som.dag between lid.van and lid.tot)
)
select programma as indicator_id, categorie, '' as uitsplitsing, regio_code, periode, waarde, waarde as teller, status,
       'programmas' as bron, 'bereik' as tabel
from alles
where categorie = 'gerealiseerd' or status <> 'ontbreekt';
