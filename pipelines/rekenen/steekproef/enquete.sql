-- One row per indicator × categorie × domain × schatting of the survey.
create table enquete (
    indicator_id varchar, categorie varchar, uitsplitsing varchar, regio_code varchar, niveau varchar,
    branche_code varchar, schatting varchar, waarde double, standaardfout double, onder double, boven double,
    teller double, noemer double, n integer, status varchar, periode varchar, herkomst varchar,
    levering_id varchar
);

-- One row per attempt to rake, as in pub.kwaliteit.
create table raakpoging (
    levering_id varchar, tabel varchar, controle varchar, kolom varchar, gelukt boolean,
    aantal_rijen integer, aantal_afwijkend integer, melding varchar
);

-- One row per difference that may be tested: the region's or the newest wave's figure minus the other one.
-- Null where the survey itself allows no test; p and the interval come from t with `vrijheid` degrees of freedom.
create table toets (
    indicator_id varchar, categorie varchar, soort varchar, regio_code varchar, niveau varchar, periode varchar,
    periode_vorig varchar, verschil double, standaardfout double, onder double, boven double, p double,
    herkomst varchar
);

-- One row per indicator whose source is a sample, apart from the SRS survey: its table can carry a `marge`.
create table steekproef (indicator_id varchar);
