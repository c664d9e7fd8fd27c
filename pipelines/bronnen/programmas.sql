-- One row per programma × periode × regio; traject or conversation counts.
create table bereik as
select
    programma,
    periode,
    regio_code,
    to_getal(gerealiseerd)               as gerealiseerd,
    to_getal(doel)                       as doel,
    to_status([gerealiseerd])            as status_gerealiseerd,
    to_status([doel])                    as status_doel
from raw_bereik;
