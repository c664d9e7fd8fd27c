-- One row per indicator × uitsplitsing × regio × branche × periode, exact and unprotected: work data only.
-- `waarde` is a figure as delivered without counts; n, onder and boven come with it where the source has them. With
-- masked rows in it `waarde` is what it is at least, and `waarde_tot` what it is at most.
create table cel (
    indicator_id varchar, uitsplitsing varchar, regio_code varchar, niveau varchar, branche_code varchar,
    periode varchar, peildatum date, schatting varchar, herkomst varchar, levering_id varchar,
    teller double, noemer double, werkgevers double, grootste_werkgever double, tweede_werkgever double,
    werkgevers_leden double, grootste_lid double, tweede_lid double,
    werkgevers_niet_leden double, grootste_niet_lid double, tweede_niet_lid double,
    status varchar, waarde double, waarde_tot double, n integer, onder double, boven double, is_voorlopig boolean
);
