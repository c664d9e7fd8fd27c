-- One row per indicator × uitsplitsing × regio × branche × periode, exact and unprotected: work data only.
-- `waarde` is a figure as delivered without counts; n, onder and boven come with it where the source has them.
create table cel (
    indicator_id varchar, uitsplitsing varchar, regio_code varchar, niveau varchar, branche_code varchar,
    periode varchar, peildatum date, schatting varchar, herkomst varchar, levering_id varchar,
    teller double, noemer double, werkgevers double, grootste_werkgever double, tweede_werkgever double,
    status varchar, waarde double, n integer, onder double, boven double, is_voorlopig boolean
);
