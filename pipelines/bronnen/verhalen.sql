-- One row per story, in the project's own words.
create table verhalen as
select
    verhaal_id,
    soort,
    pijler,
    actielijn,
    regio_code,
    branche_code,
    titel,
    samenvatting,
    stem,
    cast(aantal as integer)              as aantal,
    bron,
    vindplaats,
    jaar                                 as periode
from raw_verhalen;
