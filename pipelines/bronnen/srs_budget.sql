-- One row per jaar × WGO × pijler × onderdeel × gezamenlijk; euros, exact to the cent.
create table budget as
select
    jaar                                              as periode,
    wgo_code                                          as regio_code,
    pijler,
    onderdeel,
    cast(to_getal(subsidie_eur) as decimal(18, 2))    as subsidie_eur,
    cast(to_getal(cofinanciering_eur) as decimal(18, 2)) as cofinanciering_eur,
    gezamenlijk = '1'                                 as gezamenlijk,
    to_status([subsidie_eur, cofinanciering_eur])     as celstatus
from raw_budget;
