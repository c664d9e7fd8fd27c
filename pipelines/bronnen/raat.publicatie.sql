-- A region's newest plan replaces its earlier one whole: what is no longer in it is no longer meant.
insert into pub.doel
select indicator_id, regio_code, nuljaar, nulwaarde, doeljaar, doelwaarde, bron
from raat.ambities
qualify rank() over (partition by regio_code order by plan desc) = 1;

insert into pub.actie
select actie_id, regio_code, actielijn, soort, titel, indicator_id, beoogd_effect, trekker, "start", eind, status
from raat.acties
qualify rank() over (partition by regio_code order by plan desc) = 1;
