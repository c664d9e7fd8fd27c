-- A story delivered again with a later year replaces the earlier one: same verhaal_id, newest year.
insert into pub.verhaal
select verhaal_id, soort, pijler, actielijn, regio_code, branche_code, titel, samenvatting, stem, aantal, bron,
       vindplaats, cast(periode as integer)
from verhalen.verhalen
qualify row_number() over (partition by verhaal_id order by periode desc) = 1;
