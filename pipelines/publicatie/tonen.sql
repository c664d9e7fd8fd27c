-- What may be shown of the protected cells, one row each, as it stands in `pub.waarneming`.
-- Confidential figures: counts rounded half up to tens, shares to whole percents from exact counts, both in
-- whole numbers so that 22.5 % becomes 23 (A7). `floor((200 t + n) / 2n)` is the share in percents.
create or replace temp view getoonde_cel as
select indicator_id, '' as categorie, uitsplitsing, regio_code, niveau, branche_code, periode, schatting, herkomst,
       peildatum,
       case when not getoond then null
            when waarde is not null then waarde
            when noemer is null then case when geheim then floor((teller + 5) / 10) * 10 else teller end
            when geheim then floor((200 * teller + noemer) / (2 * noemer)) / 100
            else teller / noemer end as waarde,
       cast(null as double) as waarde_tot, cast(null as double) as standaardfout,
       case when getoond then onder end as onder, case when getoond then boven end as boven,
       case when not getoond then null when geheim then floor((teller + 5) / 10) * 10 else teller end as teller,
       case when not getoond then null when geheim then floor((noemer + 5) / 10) * 10 else noemer end as noemer,
       case when status <> 'onderdrukt' then n end as n, status, coalesce(is_voorlopig, false) as is_voorlopig,
       levering_id
from (
    select *, status in ('beschikbaar', 'indicatief') as getoond,
           indicator_id in (select indicator_id from vertrouwelijk) as geheim
    from cel
);
