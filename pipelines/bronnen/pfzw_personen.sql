-- One row per persoon × baan, of one period; read from the delivered file, kept nowhere (see personen.py).
create or replace temp view dienstverbanden as
select
    cast(peildatum as date)              as peildatum,
    persoon_id,
    werkgever_id,
    branche_code,
    gm_code
from raw_dienstverbanden;

-- One row per membership; an open one lasts.
create or replace temp view leden as
select
    werkgever_id,
    cast(lid_van as date)                as lid_van,
    coalesce(cast(nullif(lid_tot, '') as date), date '9999-12-31') as lid_tot
from raw_leden;
