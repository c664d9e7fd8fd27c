-- One row per periode × regio × branche × afbakening; each flow covers the twelve months up to the period's end.
create table stromen as
select
    periode,
    regio_code,
    branche_code,
    afbakening,
    to_getal(werknemers_begin)           as werknemers_begin,
    to_getal(instroom)                   as instroom,
    to_getal(instroom_zij)               as instroom_zij,
    to_getal(instroom_herintreders)      as instroom_herintreders,
    to_getal(instroom_onderwijs)         as instroom_onderwijs,
    to_getal(uitstroom)                  as uitstroom,
    to_getal(werkgevers)                 as werkgevers,
    to_status([werknemers_begin])        as celstatus_werknemers_begin,
    to_status([instroom])                as celstatus_instroom,
    to_status([instroom_zij])            as celstatus_instroom_zij,
    to_status([instroom_herintreders])   as celstatus_instroom_herintreders,
    to_status([instroom_onderwijs])      as celstatus_instroom_onderwijs,
    to_status([uitstroom])               as celstatus_uitstroom
from raw_stromen;
