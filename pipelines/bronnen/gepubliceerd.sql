-- One row per figure as published. `is_tabel`: a table or figure goes before running text (contract,
-- gepubliceerd/cijfers); `over_looptijd`: about all of a programme; of both, null: not said. `is_voorlopig`: the source
-- may still change the figure.
create table cijfers as
select
    id,
    indicator_id,
    coalesce(categorie, '')              as categorie,
    coalesce(uitsplitsing, '')           as uitsplitsing,
    regio_code,
    branche_code,
    periode,
    cast(peildatum as date)              as peildatum,
    to_getal(waarde)                     as waarde,
    to_getal(waarde_tot)                 as waarde_tot,
    precisie,
    cast(n as integer)                   as n,
    to_getal(teller)                     as teller,
    to_getal(noemer)                     as noemer,
    populatie,
    bron,
    geciteerd_door,
    cast(gepubliceerd_op as date)        as gepubliceerd_op,
    vindplaats,
    kwaliteit,
    opmerking,
    is_tabel = '1'                       as is_tabel,
    afbakening,
    over_looptijd = '1'                  as over_looptijd,
    coalesce(is_voorlopig = '1', false) as is_voorlopig
from raw_cijfers;

-- One row per figure that no indicator carries.
create table niet_opgenomen as
select id, reden from raw_niet_opgenomen;

-- One row per figure in the two programme documents, as they print it.
create table rapportcijfers as
select id, bron, vindplaats, onderwerp, maat, categorie, waarde, eenheid, periode from raw_rapportcijfers;
