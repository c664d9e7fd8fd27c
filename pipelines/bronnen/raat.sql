-- One row per regio × indicator × doeljaar, as the region's plan has it; `plan` is the year of that plan.
create table ambities as
select
    _periode                             as plan,
    regio_code,
    indicator_id,
    cast(nuljaar as integer)             as nuljaar,
    to_getal(nulwaarde)                  as nulwaarde,
    cast(doeljaar as integer)            as doeljaar,
    to_getal(doelwaarde)                 as doelwaarde,
    bron
from raw_ambities;

-- One row per action.
create table acties as
select
    _periode                             as plan,
    actie_id,
    regio_code,
    actielijn,
    soort,
    titel,
    indicator_id,
    to_getal(beoogd_effect)              as beoogd_effect,
    trekker,
    cast("start" as date)                as "start",
    cast("eind" as date)                 as eind,
    status
from raw_acties;
