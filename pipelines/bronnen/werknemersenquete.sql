-- One row per periode × regio × branche × vraag; a share as published, `marge` half its 95 % interval.
create table uitkomsten as
select
    periode,
    regio_code,
    branche_code,
    vraag,
    to_getal(aandeel)     as aandeel,
    to_getal(n)           as n,
    to_getal(marge)       as marge,
    to_status([aandeel])  as celstatus
from raw_uitkomsten;
