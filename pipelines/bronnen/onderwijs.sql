-- One row per schooljaar × maat × plaats × regio × niveau × croho × opleiding × leerweg; students on 1 October. A
-- masked cell is 1 to 4, a sum with masked cells what was delivered: `instroom` at least, `instroom_hoogstens` at most.
create table instroom as
select
    schooljaar                 as periode,
    maat,
    plaats,
    regio_code,
    niveau,
    croho,
    opleiding,
    leerweg,
    to_minstens(instroom)      as instroom,
    to_hoogstens(instroom, instroom_tot) as instroom_hoogstens,
    to_status_geteld(instroom) as celstatus
from raw_instroom;

-- One row per schooljaar × regio × niveau × opleiding; 1 October up to and including 30 September.
create table rendement as
select
    schooljaar                            as periode,
    regio_code,
    niveau,
    opleiding,
    to_getal(gediplomeerden)              as gediplomeerden,
    to_getal(ongediplomeerde_verlaters)   as ongediplomeerde_verlaters,
    to_status([gediplomeerden, ongediplomeerde_verlaters]) as celstatus
from raw_rendement;

-- One row per periode × maat × plaats × regio × niveau × opleiding × leerweg; a percentage, of no other cell than its own.
create table rendement_percentage as
select
    periode,
    maat,
    plaats,
    regio_code,
    niveau,
    opleiding,
    leerweg,
    to_getal(percentage)       as percentage,
    to_status([percentage])    as celstatus
from raw_rendement_percentage;

-- One row per periode × plaats × regio × niveau × opleiding × leerweg; diplomas, masked as above.
create table gediplomeerden as
select
    periode,
    plaats,
    regio_code,
    niveau,
    opleiding,
    leerweg,
    to_minstens(gediplomeerden) as gediplomeerden,
    to_hoogstens(gediplomeerden, gediplomeerden_tot) as gediplomeerden_hoogstens,
    to_status_geteld(gediplomeerden) as celstatus
from raw_gediplomeerden;

-- One row per schooljaar × prognose × regio; students that DUO expects on 1 October.
create table prognose as
select
    schooljaar                 as periode,
    prognose,
    regio_code,
    to_getal(studenten)        as studenten,
    to_status([studenten])     as celstatus
from raw_prognose;

-- One row per periode × regio × niveau; places for internships, and students without one.
create table stages as
select
    periode,
    regio_code,
    niveau,
    to_getal(plaatsen)         as plaatsen,
    to_getal(tekort)           as tekort,
    to_status([plaatsen])      as celstatus_plaatsen,
    to_status([tekort])        as celstatus_tekort
from raw_stages;

-- One row per schooljaar × regio; courses, and those that admit a limited number.
create table numerus_fixus as
select
    schooljaar                        as periode,
    regio_code,
    to_getal(opleidingen_met_fixus)   as opleidingen_met_fixus,
    to_getal(opleidingen)             as opleidingen,
    to_status([opleidingen_met_fixus, opleidingen]) as celstatus
from raw_numerus_fixus;
