-- From the work database to the publication (attached as `pub`): only what may be shown crosses this line.

insert into pub.waarneming by name from getoonde_cel;

insert into pub.waarneming
select indicator_id, categorie, uitsplitsing, regio_code, niveau, branche_code, periode, schatting, herkomst, null,
       waarde, null, standaardfout, onder, boven, teller, noemer, n, status,
       exists (from gebruikt g where g.levering_id = enquete.levering_id and g.periode = enquete.periode
               and g.is_voorlopig), levering_id
from enquete;

insert into pub.kwaliteit from raakpoging;

-- Figures of a source's own query. What is not shown has no value, and n only where there is too little of it.
insert into pub.waarneming by name
select u.indicator_id, u.categorie, u.uitsplitsing, u.regio_code, r.niveau, 'TOTAAL' as branche_code, u.periode,
       '' as schatting, g.herkomst, if(is_toonbaar(u.status), u.waarde, null) as waarde,
       if(is_toonbaar(u.status), u.teller, null) as teller, if(is_toonbaar(u.status), u.noemer, null) as noemer,
       if(met_aantal(u.status), u.n, null) as n, u.status,
       g.is_voorlopig, g.levering_id
from uitkomst u
join catalogus i on i.indicator_id = u.indicator_id
join regio r on r.regio_code = u.regio_code
join gebruikt g on g.bron = u.bron and g.tabel = u.tabel and g.periode = u.periode;

-- One figure per key: primair before secundair before afgeleid, table before text, exact before rounded,
-- the later before the earlier release (without a day: the oldest), final before provisional; the id decides what is
-- left, so that every build chooses the same. An opinion page carries no figure: what stands on nothing better is kept,
-- not shown.
create temp table gekozen as
select *, draagt and row_number() over (
    partition by indicator_id, categorie, uitsplitsing, regio_code, branche_code, periode
    order by draagt desc, list_position(['primair', 'secundair', 'afgeleid'], kwaliteit), is_tabel desc,
             list_position(['exact', 'afgerond', 'circa', 'bereik'], precisie), gepubliceerd_op desc nulls last,
             is_voorlopig, id
) = 1 as is_gekozen
from (
    select c.* replace (
               -- A delivery in the form of the contract says it nowhere but in the name of the place.
               coalesce(c.is_tabel, k.is_tabel = '1', regexp_matches(c.vindplaats, '(?i)tabel|figuur|\bfig\b')) as is_tabel,
               coalesce(c.afbakening, k.afbakening) as afbakening,
               coalesce(c.over_looptijd, k.over_looptijd = '1', false) as over_looptijd),
           coalesce(o.draagt, 'ja') = 'ja' as draagt
    from gepubliceerd.cijfers c
    left join ref_oorsprong o on o.bron = c.bron
    left join ref_cijferkenmerken k on k.id = c.id
);

insert into pub.waarneming
select c.indicator_id, c.categorie, c.uitsplitsing, c.regio_code, r.niveau, c.branche_code, c.periode,
       case when i.enquete then 'ongewogen' else '' end as schatting, g.herkomst, c.peildatum, c.waarde, c.waarde_tot,
       null, null, null, c.teller, c.noemer, c.n, 'beschikbaar' as status, c.is_voorlopig, g.levering_id
from gekozen c
join regio r on r.regio_code = c.regio_code
join catalogus i on i.indicator_id = c.indicator_id
join gebruikt g on g.bron = 'gepubliceerd' and g.tabel = 'cijfers' and g.periode = c.periode
    and g.reeks = to_reeks([c.indicator_id, c.categorie, c.uitsplitsing, c.regio_code, c.branche_code, c.bron])
where c.is_gekozen;

insert into pub.gepubliceerd_cijfer by name
select * exclude (delen) from (
select c.id as cijfer_id, c.indicator_id, c.categorie, c.uitsplitsing, c.regio_code, c.branche_code, c.periode,
       c.waarde, c.waarde_tot, c.precisie, c.n, c.populatie, c.bron,
       coalesce(c.geciteerd_door, nullif(o.geciteerd_door, '')) as geciteerd_door, c.gepubliceerd_op, c.vindplaats,
       c.kwaliteit, if(c.draagt, c.opmerking, concat_ws('; ', c.opmerking, 'niet getoond: deze bladzijde is een opiniestuk')) as opmerking,
       c.is_gekozen as gekozen, g.levering_id, coalesce(o.oorsprong, c.bron) as oorsprong,
       c.afbakening, c.over_looptijd,
       -- A page that is about something else is no place to send a reader to.
       if(coalesce(o.met_link, 'ja') = 'ja',
          nullif(regexp_extract(if(c.bron like 'http%', c.bron, c.vindplaats), '^https?://[^ ;]+'), ''), null) as adres,
       list_filter(string_split(c.vindplaats, '; '), d -> not regexp_matches(d, '://|\.nl/')) as delen,
       if(c.vindplaats like 'p.%', array_to_string(delen, '; '),
          coalesce(list_filter(delen, d -> d not in ('webpagina', 'tekst'))[1], '')) as plek
from gekozen c
left join ref_oorsprong o on o.bron = c.bron
join gebruikt g on g.bron = 'gepubliceerd' and g.tabel = 'cijfers' and g.periode = c.periode
    and g.reeks = to_reeks([c.indicator_id, c.categorie, c.uitsplitsing, c.regio_code, c.branche_code, c.bron])
);

insert into pub.niet_opgenomen
select n.id, n.reden, f.onderwerp, concat_ws(': ', f.maat, nullif(f.categorie, '')),
       concat_ws(' ', f.waarde, nullif(f.eenheid, 'aantal')), f.periode, f.bron, f.vindplaats, g.levering_id
from gepubliceerd.niet_opgenomen n
left join gepubliceerd.rapportcijfers f on f.id = n.id
join gebruikt g on g.bron = 'gepubliceerd' and g.tabel = 'niet_opgenomen';

insert into pub.regio select * from regio;
insert into pub.regio_lid select * from regio_lid;
insert into pub.branche select * from branche;
insert into pub.brug select * from brug_regio order by all;
insert into pub.periode select * from periode where periode in (select periode from pub.waarneming);

insert into pub.indicator
select indicator_id, volgorde, titel, vraag, definitie, formule, eenheid, richting, actielijn, pijler, schakel,
       bron, optelbaar, vertrouwelijk, te_bevestigen, knop, ritme, balans,
       buiten_koers
from catalogus;

insert into pub.kaartplek select * from kaartplek;
insert into pub.kernreeks select * from kernreeks;
insert into pub.telt_zoals select * from telt_zoals;
insert into pub.bronritme select * from bronritme;
insert into pub.enquetevraag select * from enquetevraag;

insert into pub.trendbreuk
select indicator_id, regio, branche, datum, tekst, uitsplitsing, zeker from breuk
union all
-- A WGO whose regions change is another area: a break in every indicator that has figures per WGO. A spell
-- that only goes on under another name is no change.
select distinct w.indicator_id, g.ouder_code, null, g.datum, g.tekst, null, true
from (
    select l.ouder_code, l.geldig_van as datum,
           'Het gebied van ' || any_value(o.naam) || ' is groter geworden: '
               || string_agg(k.naam, ', ' order by k.regio_code) || ' hoort er vanaf nu bij.' as tekst
    from regio_lid l
    join regio o on o.regio_code = l.ouder_code and o.niveau = 'wgo'
    join regio k on k.regio_code = l.kind_code
    where l.geldig_van > o.geldig_van
      and not exists (select 1 from regio_lid e where e.kind_code = l.kind_code and e.ouder_code = l.ouder_code
                      and e.geldig_tot = l.geldig_van - interval 1 day)
    group by l.ouder_code, l.geldig_van
    union all
    select l.ouder_code, cast(l.geldig_tot + interval 1 day as date),
           any_value(o.naam) || ' houdt op: ' || string_agg(k.naam || ' gaat naar ' || n.naam, ', ') || '.'
    from regio_lid l
    join regio o on o.regio_code = l.ouder_code and o.niveau = 'wgo'
    join regio k on k.regio_code = l.kind_code
    join regio_lid v on v.kind_code = l.kind_code and v.geldig_van = l.geldig_tot + interval 1 day
                    and v.ouder_code <> l.ouder_code
    join regio n on n.regio_code = v.ouder_code
    group by l.ouder_code, l.geldig_tot
) g, (select distinct indicator_id from pub.waarneming where niveau = 'wgo') w;

-- What a region hopes for begins at a figure of its own: of a confidential indicator it stands here as that figure is
-- shown, and not at all where it is hidden.
update pub.doel
set nulwaarde = case when exists (
        select 1 from getoonde_cel c
        where c.status = 'onderdrukt' and c.indicator_id = doel.indicator_id and c.regio_code = doel.regio_code
          and c.branche_code = 'TOTAAL'
          and doel.nuljaar in (year(c.peildatum), try_cast(left(c.periode, 4) as integer))
    ) then null else grof(nulwaarde, i.eenheid) end,
    doelwaarde = grof(doelwaarde, i.eenheid)
from catalogus i
where i.indicator_id = doel.indicator_id and i.indicator_id in (select indicator_id from vertrouwelijk);
