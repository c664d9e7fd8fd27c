-- One row per schooljaar × regio × niveau × opleiding × leerweg; first-time students on 1 October.
create table instroom as
select
    schooljaar                 as periode,
    regio_code,
    niveau,
    opleiding,
    leerweg,
    to_getal(instroom)         as instroom,
    to_status([instroom])      as celstatus
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
