-- One row per indicator × uitsplitsing × regio × branche × periode, exact and unprotected: work data only.
-- `waarde` is a figure as delivered without counts; n, onder and boven come with it where the source has them.
create table cel (
    indicator_id varchar, uitsplitsing varchar, regio_code varchar, niveau varchar, branche_code varchar,
    periode varchar, peildatum date, schatting varchar, herkomst varchar, levering_id varchar,
    teller double, noemer double, werkgevers double, grootste_werkgever double, tweede_werkgever double,
    status varchar, waarde double, n integer, onder double, boven double
);

-- One row per region: its inhabitants on the one day for which the reference data have them.
create table regio_inwoners as
select v.ouder_code as regio_code, sum(cast(g.inwoners_2024_01_01 as integer)) as aantal,
       date '2024-01-01' as dag
from ref_gemeenten g
join voorouder v on v.regio_code = g.gm_code and date '2024-01-01' between v.van and v.tot
where g.inwoners_2024_01_01 is not null
group by v.ouder_code;
