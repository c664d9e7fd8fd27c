-- One row per indicator × categorie × domain × schatting of the survey.
create table enquete (
    indicator_id varchar, categorie varchar, uitsplitsing varchar, regio_code varchar, niveau varchar,
    branche_code varchar, schatting varchar, waarde double, standaardfout double, onder double, boven double,
    teller double, noemer double, n integer, status varchar, periode varchar, herkomst varchar,
    levering_id varchar
);
