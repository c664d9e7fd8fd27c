-- One row per figure that a source's own query computed (`soort: sql`).
create table uitkomst (
    indicator_id varchar, categorie varchar, uitsplitsing varchar, regio_code varchar, periode varchar,
    waarde double, teller double, noemer double, n integer, status varchar, bron varchar, tabel varchar
);

-- What a source's own query may use, beside the macros of the code lists: the WGO's of a day.
create macro wgos_op(dag) as (
    select list(regio_code order by regio_code) from regio
    where niveau = 'wgo' and dag between geldig_van and coalesce(geldig_tot, dag)
);
