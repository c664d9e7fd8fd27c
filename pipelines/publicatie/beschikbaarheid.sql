-- The gap map: one row per indicator × niveau that has figures or should have them.
-- A figure that may not be shown exists; one that is missing or does not apply does not.
insert into pub.beschikbaarheid
with cijfer as (
    select w.indicator_id, w.niveau, w.herkomst, w.regio_code, w.periode, p.naam, p.begin, p.eind
    from pub.waarneming w
    join pub.periode p on p.periode = w.periode
    where not is_afwezig(w.status)
),
heeft as (
    select indicator_id, niveau, herkomst as heeft, arg_max(periode, (eind, periode)) as periode_laatste,
           arg_min(naam, (begin, naam)) as eerste, arg_max(naam, (eind, naam)) as laatste,
           count(distinct periode) as perioden, count(distinct regio_code) as gebieden
    from cijfer
    group by indicator_id, niveau, herkomst
    qualify row_number() over (
        partition by indicator_id, niveau
        order by (select volgorde from pub.codelijst where lijst = 'herkomst' and code = herkomst)
    ) = 1
),
alles as (
    select indicator_id, niveau from heeft union select indicator_id, niveau from gewenst
),
-- Levels beside the wanted ones are delivered by whoever delivers the wanted ones.
bron as (
    select indicator_id, any_value(leverancier) as leverancier, any_value(tabel) as tabel from gewenst group by all
),
openbaar as (
    select indicator_id, niveau,
           string_agg(opdracht, ', ' order by opdracht) filter (where bevestigd) as openbaar,
           string_agg(opdracht, ', ' order by opdracht) filter (where not bevestigd) as onbevestigd
    from ophaalbaar
    group by all
)
select a.indicator_id, a.niveau, coalesce(h.heeft, 'niets'), h.periode_laatste, b.leverancier,
       case when h.heeft is null then 'Nog geen cijfers. Te leveren als tabel ' || b.tabel || '.'
            when h.heeft = 'synthetisch' then 'Nu alleen voorbeelddata. Te leveren als tabel ' || b.tabel || '.'
            else case when h.perioden = 1 then 'Alleen ' || h.laatste
                      else h.perioden || ' perioden, van ' || h.eerste || ' tot en met ' || h.laatste end
                 || case when a.niveau = 'land' then '.'
                         when h.gebieden = 1 then ', voor 1 gebied.'
                         else ', voor ' || h.gebieden || ' gebieden.' end
       end || case when h.heeft is null or h.heeft = 'synthetisch' then
                  coalesce(' Openbaar: ' || o.openbaar || '.', '')
                  || coalesce(' Openbaar, nog door niemand bevestigd: ' || o.onbevestigd || '.', '')
                  else '' end,
       o.openbaar, o.onbevestigd
from alles a
left join heeft h using (indicator_id, niveau)
left join openbaar o on o.indicator_id = a.indicator_id and o.niveau = a.niveau
left join bron b on b.indicator_id = a.indicator_id
order by all;
