-- From persons to cells: unique persons of one period, per level × branche with totals, umc's excluded.
--
-- Expects temp views dienstverbanden (one period) and leden, and tables voorouder, regio and branche. Leaves temp
-- table dekking_van_personen: one row per regio × branche, with the columns of pfzw_dekking.dekking.
--
-- Nineteen of twenty persons have one job, and so stand in one cell: they are counted as rows. Only the rest is
-- counted by person, in every cell apart.

create or replace temp view baan as
select peildatum, persoon_id, werkgever_id, branche_code, gm_code from dienstverbanden where branche_code <> 'UMC';

set variable peildatum = (select peildatum from dienstverbanden limit 1);

-- One row per regio, with a small number: numbers group faster than codes.
create or replace temp table gebied as
select regio_code, niveau, cast(row_number() over (order by regio_code) as usmallint) as nr from regio;

-- One row per gemeente: its regio and WGO on the peildatum.
create or replace temp table plaats as
select v.regio_code as gm_code,
       any_value(g.nr) filter (where g.niveau = 'arbeidsmarktregio') as ra,
       any_value(g.nr) filter (where g.niveau = 'wgo') as wgo
from voorouder v
join gebied g on g.regio_code = v.ouder_code
where v.regio_code like 'GM%' and getvariable('peildatum') between v.van and v.tot
group by v.regio_code;

-- One row per werkgever × branche × gemeente: all its jobs.
create or replace temp table banen as
select werkgever_id, branche_code, gm_code, count(*) as banen from baan group by all;

-- One row per werkgever: whether it was a member of any WGO on the peildatum, both days included.
create or replace temp table werkgever as
select werkgever_id, cast(row_number() over () as uinteger) as werkgever, werkgever_id in (
           select werkgever_id from leden where getvariable('peildatum') between lid_van and lid_tot) as lid
from (select distinct werkgever_id from banen);

-- Persons with more than one job, by a number made of theirs: when two persons share one, both are counted by
-- person and the answer stays exact.
create or replace temp table meer_banen as
select hash(persoon_id) as kenmerk from baan group by kenmerk having count(*) > 1;

create or replace temp table baan_naast_baan as
select persoon_id, werkgever_id, branche_code, gm_code from baan where hash(persoon_id) in (from meer_banen);

create or replace temp table persoon as
select persoon_id, cast(row_number() over () as uinteger) as persoon
from (select distinct persoon_id from baan_naast_baan);

-- One row per person with more jobs × werkgever × regio × branche.
create or replace temp table met_meer as
select persoon, werkgever, lid, ra, wgo, volgorde as branche, count(*) as banen
from baan_naast_baan
join persoon using (persoon_id)
join werkgever using (werkgever_id)
join plaats using (gm_code)
join branche using (branche_code)
group by all;

-- One row per werkgever × regio × branche: the persons with one job are the jobs that are not of the others.
create or replace temp table met_een as
select werkgever, lid, ra, wgo, branche, cast(sum(banen) as integer) as personen
from (
    select werkgever, lid, ra, wgo, volgorde as branche, banen
    from banen join werkgever using (werkgever_id) join plaats using (gm_code) join branche using (branche_code)
    union all
    select werkgever, lid, ra, wgo, branche, -banen from met_meer
)
group by all having sum(banen) > 0;

-- One row per cell: persons, and those with a job at a member in that cell. No number = the whole.
create or replace temp table telling as
select ra, wgo, branche, sum(aangesloten) as aangesloten, sum(personen) as personen
from (
    select ra, wgo, branche, coalesce(sum(personen) filter (where lid), 0) as aangesloten, sum(personen) as personen
    from met_een
    group by grouping sets ((), (branche), (wgo), (wgo, branche), (ra), (ra, branche))
    union all
    select ra, wgo, branche, count(*) filter (where lid), count(*)
    from (
        select persoon, ra, wgo, branche, bool_or(lid) as lid from met_meer
        group by grouping sets ((persoon), (persoon, branche), (persoon, wgo), (persoon, wgo, branche),
                                (persoon, ra), (persoon, ra, branche))
    )
    group by all
)
group by all having sum(personen) > 0;

-- One row per cell: its employers, and the persons of the largest two; also of members and of the others apart.
create or replace temp table werkgevers_van_cel as
select ra, wgo, branche, count(*) as werkgevers, max(personen, 2) as grootste,
       count(*) filter (where lid) as werkgevers_leden, max(personen, 2) filter (where lid) as grootste_lid,
       count(*) filter (where not lid) as werkgevers_niet_leden,
       max(personen, 2) filter (where not lid) as grootste_niet_lid
from (
    select ra, wgo, branche, werkgever, sum(personen) as personen
    from (
        select ra, wgo, branche, werkgever, sum(personen) as personen from met_een
        group by grouping sets ((werkgever), (werkgever, branche), (werkgever, wgo), (werkgever, wgo, branche),
                                (werkgever, ra), (werkgever, ra, branche))
        union all
        select ra, wgo, branche, werkgever, count(*)
        from (
            select persoon, werkgever, ra, wgo, branche from met_meer
            group by grouping sets (
                (persoon, werkgever), (persoon, werkgever, branche), (persoon, werkgever, wgo),
                (persoon, werkgever, wgo, branche), (persoon, werkgever, ra), (persoon, werkgever, ra, branche))
        )
        group by all
    )
    group by all
)
join werkgever using (werkgever)
group by all;

create or replace temp table dekking_van_personen as
select getvariable('peildatum')             as peildatum,
       coalesce(g.regio_code, het_land())       as regio_code,
       coalesce(b.branche_code, 'TOTAAL')   as branche_code,
       cast(t.aangesloten as double)        as medewerkers_aangesloten,
       cast(t.personen as double)           as medewerkers_totaal,
       cast(w.werkgevers as double)         as werkgevers,
       cast(w.grootste[1] as double)        as grootste_werkgever,
       cast(coalesce(w.grootste[2], 0) as double) as tweede_werkgever,
       cast(w.werkgevers_leden as double)   as werkgevers_leden,
       cast(coalesce(w.grootste_lid[1], 0) as double) as grootste_lid,
       cast(coalesce(w.grootste_lid[2], 0) as double) as tweede_lid,
       cast(w.werkgevers_niet_leden as double) as werkgevers_niet_leden,
       cast(coalesce(w.grootste_niet_lid[1], 0) as double) as grootste_niet_lid,
       cast(coalesce(w.grootste_niet_lid[2], 0) as double) as tweede_niet_lid,
       'beschikbaar'                        as celstatus
from telling t
join werkgevers_van_cel w on w.ra is not distinct from t.ra and w.wgo is not distinct from t.wgo
                         and w.branche is not distinct from t.branche
left join gebied g on g.nr = coalesce(t.ra, t.wgo)
left join branche b on b.volgorde = t.branche
order by all;
