-- One row per periode × regio × branche; unique persons in employment, umc's excluded.
create table dekking as
select
    periode,
    cast(peildatum as date)              as peildatum,
    regio_code,
    branche_code,
    to_getal(medewerkers_aangesloten)    as medewerkers_aangesloten,
    to_getal(medewerkers_totaal)         as medewerkers_totaal,
    to_getal(werkgevers)                 as werkgevers,
    to_getal(grootste_werkgever)         as grootste_werkgever,
    to_getal(tweede_werkgever)           as tweede_werkgever,
    to_getal(werkgevers_leden)           as werkgevers_leden,
    to_getal(grootste_lid)               as grootste_lid,
    to_getal(tweede_lid)                 as tweede_lid,
    to_getal(werkgevers_niet_leden)      as werkgevers_niet_leden,
    to_getal(grootste_niet_lid)          as grootste_niet_lid,
    to_getal(tweede_niet_lid)            as tweede_niet_lid,
    to_status([medewerkers_aangesloten, medewerkers_totaal]) as celstatus
from raw_dekking;
