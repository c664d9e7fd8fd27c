-- One row per periode × regio × branche × telling; persons with their main job, contract hours per week.
create table werknemers as
select
    periode,
    regio_code,
    branche_code,
    telling,
    to_getal(werknemers)        as werknemers,
    to_getal(contracturen)      as contracturen,
    to_status([werknemers])     as celstatus_werknemers,
    to_status([contracturen])   as celstatus_contracturen
from raw_werknemers;
