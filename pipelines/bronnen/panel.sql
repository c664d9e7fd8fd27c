-- One row per study: whom the panel invited and who took part.
create table studies as
select
    studie,
    _periode                             as periode,
    to_getal(uitgenodigd)                as uitgenodigd,
    to_getal(deelgenomen)                as deelgenomen,
    to_status([uitgenodigd, deelgenomen]) as celstatus
from raw_studies;

-- One row per study × vraag × categorie. `soort`: whether it asks what should come first; null: not said.
create table uitkomsten as
select
    studie,
    _periode                             as periode,
    vraag,
    categorie,
    soort,
    to_getal(n)                          as n,
    to_getal(aandeel)                    as aandeel,
    to_status([n, aandeel])              as celstatus
from raw_uitkomsten;
