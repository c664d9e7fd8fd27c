-- One row per periode × regio × branche × afbakening; vacancies and jobs, each with a status of its own.
create table vacatures as
select
    periode,
    regio_code,
    branche_code,
    afbakening,
    to_getal(openstaand)      as openstaand,
    to_getal(ontstaan)        as ontstaan,
    to_getal(banen)           as banen,
    to_status([openstaand])   as celstatus_openstaand,
    to_status([ontstaan])     as celstatus_ontstaan,
    to_status([banen])        as celstatus_banen
from raw_vacatures;

-- One row per periode × regio × branche; employers with at least one vacancy that is hard to fill.
create table moeilijk_vervulbaar as
select
    periode,
    regio_code,
    branche_code,
    to_getal(werkgevers)                       as werkgevers,
    to_getal(werkgevers_moeilijk_vervulbaar)   as werkgevers_moeilijk_vervulbaar,
    to_status([werkgevers, werkgevers_moeilijk_vervulbaar]) as celstatus
from raw_moeilijk_vervulbaar;
