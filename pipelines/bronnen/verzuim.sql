-- One row per periode × regio × branche × meting; `percentage` as published, in percents.
create table verzuim as
select
    periode,
    regio_code,
    branche_code,
    meting,
    to_getal(verzuimdagen)        as verzuimdagen,
    to_getal(beschikbare_dagen)   as beschikbare_dagen,
    to_getal(percentage)          as percentage,
    to_getal(werkgevers)          as werkgevers,
    to_status([verzuimdagen, beschikbare_dagen]) as celstatus,
    to_status([percentage])       as celstatus_percentage
from raw_verzuim;
