-- One row per periode × regio × branche × telling; persons with their main job, contract hours per week.
-- Counts of PFZW are confidential by employer (contract, values): the country rounded to tens, regions not shown.
-- Regions of PFZW belong in pfzw_dekking, where disclosure control says which of them may be seen.
create table werknemers as
select
    periode,
    regio_code,
    branche_code,
    telling,
    case when telling = 'pfzw' then floor((to_getal(werknemers) + 5) / 10) * 10
         else to_getal(werknemers) end   as werknemers,
    to_getal(contracturen)               as contracturen,
    case when telling = 'pfzw' and regio_code <> het_land() then 'onderdrukt'
         else to_status([werknemers]) end   as celstatus_werknemers,
    case when telling = 'pfzw' and regio_code <> het_land() then 'onderdrukt'
         else to_status([contracturen]) end as celstatus_contracturen
from raw_werknemers;
