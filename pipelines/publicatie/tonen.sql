-- What may be shown of the protected cells, one row each, as it stands in `pub.waarneming`.
-- Confidential figures: counts rounded half up to tens, shares to whole percents from exact counts, both in
-- whole numbers so that 22.5 % becomes 23 (A7). `floor((200 t + n) / 2n)` is the share in percents.

-- The same for a confidential figure that came without counts, half up as it is written; of a range the lower end down
-- and the upper end up, so that what is true stays in it.
create or replace temp macro zoals_geschreven(getal) as cast(getal as decimal(30, 12));
create or replace temp macro is_telling(eenheid) as eenheid in ('personen', 'vacatures', 'aantal');
create or replace temp macro grof(getal, eenheid) as cast(
    if(is_telling(eenheid), floor((zoals_geschreven(getal) + 5) / 10) * 10,
       floor(zoals_geschreven(getal) * 100 + 0.5) / 100) as double);
create or replace temp macro grof_laag(getal, eenheid) as cast(
    if(is_telling(eenheid), floor(zoals_geschreven(getal) / 10) * 10, floor(zoals_geschreven(getal) * 100) / 100)
    as double);
create or replace temp macro grof_hoog(getal, eenheid) as cast(
    if(is_telling(eenheid), ceil(zoals_geschreven(getal) / 10) * 10, ceil(zoals_geschreven(getal) * 100) / 100)
    as double);

create or replace temp view getoonde_cel as
select indicator_id, '' as categorie, uitsplitsing, regio_code, niveau, branche_code, periode, schatting, herkomst,
       peildatum,
       case when not getoond then null
            when waarde is not null and not geheim then waarde
            when waarde is not null and waarde_tot is not null then grof_laag(waarde, eenheid)
            when waarde is not null then grof(waarde, eenheid)
            when noemer is null then case when geheim then floor((teller + 5) / 10) * 10 else teller end
            when geheim then floor((200 * teller + noemer) / (2 * noemer)) / 100
            else teller / noemer end as waarde,
       case when not getoond then null when geheim then grof_hoog(waarde_tot, eenheid) else waarde_tot end
           as waarde_tot,
       cast(null as double) as standaardfout,
       case when not getoond then null when geheim then grof_laag(onder, eenheid) else onder end as onder,
       case when not getoond then null when geheim then grof_hoog(boven, eenheid) else boven end as boven,
       case when not getoond then null when geheim then floor((teller + 5) / 10) * 10 else teller end as teller,
       case when not getoond then null when geheim then floor((noemer + 5) / 10) * 10 else noemer end as noemer,
       case when status = 'onderdrukt' then null when geheim then cast(floor((n + 5) / 10) * 10 as integer) else n end
           as n,
       status, coalesce(is_voorlopig, false) as is_voorlopig, levering_id
from (
    select cel.*, eenheid, is_toonbaar(status) as getoond,
           indicator_id in (select indicator_id from vertrouwelijk)
               or levering_id in (select levering_id from geheime_levering) as geheim
    from cel join catalogus using (indicator_id)
);
