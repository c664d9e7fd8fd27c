-- One row per activity × jaar.
create table activiteiten as
select
    activiteit_id,
    jaar                                 as periode,
    wgo_code                             as regio_code,
    pijler,
    titel,
    doelgroep,
    status,
    cast(to_getal(deelnemers) as integer) as deelnemers,
    to_getal(budget_eur)                 as budget_eur
from raw_activiteiten;
