-- The published database: all that the app may read, and the contract with everything that reads it.

create table publicatie (
    publicatie_id varchar primary key, gemaakt_op timestamp, code_versie varchar, invoer_sha256 varchar,
    aantal_waarnemingen integer, aantal_onderdrukt integer, aantal_indicatoren integer, aantal_leveringen integer
);

-- One row per code that a column may hold: in which order the codes of a list count, and what they are called.
create table codelijst (
    lijst varchar, code varchar, volgorde integer, naam varchar, naam_meervoud varchar, uitleg varchar,
    primary key (lijst, code)
);

-- One row per indicator × categorie × uitsplitsing × regio × branche × periode × schatting × herkomst.
create table waarneming (
    indicator_id varchar, categorie varchar, uitsplitsing varchar, regio_code varchar, niveau varchar,
    branche_code varchar, periode varchar, schatting varchar, herkomst varchar,
    peildatum date, waarde double, waarde_tot double, standaardfout double, onder double, boven double,
    teller double, noemer double, n integer, status varchar not null, is_voorlopig boolean not null,
    levering_id varchar not null,
    primary key (indicator_id, categorie, uitsplitsing, regio_code, niveau, branche_code, periode, schatting, herkomst)
);

-- One row per figure as published, also those that gave way to a better one with the same key. `bron` and `vindplaats`
-- as delivered; `oorsprong`: who made the figure, `geciteerd_door`: who quoted it, `adres`: a page about it, `plek`: the
-- one place in the source; `afbakening`: what it counts, where its uitsplitsing does not tell; `over_looptijd`: it is
-- about all of a programme, not about its period.
create table gepubliceerd_cijfer (
    cijfer_id varchar, indicator_id varchar, categorie varchar, uitsplitsing varchar,
    regio_code varchar, branche_code varchar, periode varchar, waarde double, waarde_tot double,
    precisie varchar, n integer, populatie varchar, bron varchar, geciteerd_door varchar, gepubliceerd_op date,
    vindplaats varchar, kwaliteit varchar, opmerking varchar, gekozen boolean, levering_id varchar,
    oorsprong varchar, adres varchar, plek varchar, afbakening varchar, over_looptijd boolean,
    primary key (levering_id, cijfer_id)
);

-- One row per figure from a source that no indicator carries.
create table niet_opgenomen (
    cijfer_id varchar primary key, reden varchar, onderwerp varchar, omschrijving varchar, waarde varchar,
    periode varchar, bron varchar, vindplaats varchar, levering_id varchar
);

-- One row per tested difference: a region against the rest of the country, or a period against the one before.
create table verschil (
    indicator_id varchar, categorie varchar, soort varchar, regio_code varchar, periode varchar,
    periode_vorig varchar, verschil double, standaardfout double, onder double, boven double,
    p double, p_bh double, oordeel varchar, herkomst varchar
);

-- One row per change of a share × branche × term: `samenstelling` (what its place in the mix did), `binnen` (what
-- happened within it), and once, at TOTAAL, `overlap` (persons that count in more branches). Together the terms are the
-- change of the published counts.
create table ontleding (
    indicator_id varchar, uitsplitsing varchar, regio_code varchar, niveau varchar, periode varchar,
    periode_vorig varchar, branche_code varchar, term varchar, bijdrage double, herkomst varchar,
    primary key (indicator_id, uitsplitsing, regio_code, niveau, periode, branche_code, term)
);

-- One row per published figure of an indicator that is also computed.
create table aansluiting (
    indicator_id varchar, categorie varchar, uitsplitsing varchar, regio_code varchar, branche_code varchar,
    periode varchar, gepubliceerd double, berekend double, herkomst_berekend varchar, verschil double,
    oordeel varchar, oorzaak varchar, bron varchar
);

-- One row per rule × year × area: `soort` says what the norm is (eis, richtlijn, or geen where no rule is known),
-- `som` what is divided by what, `berekening` that sum in amounts, `herkomst` what the budget is.
create table regeltoets (
    regel_id varchar, jaar integer, regio_code varchar, norm double, uitkomst double, oordeel varchar,
    toelichting varchar, titel varchar, soort varchar, som varchar, berekening varchar, herkomst varchar
);

create table indicator (
    indicator_id varchar primary key, volgorde integer, titel varchar, vraag varchar, definitie varchar,
    formule varchar, eenheid varchar, richting varchar, actielijn varchar, pijler varchar, schakel varchar,
    bron varchar, optelbaar boolean, vertrouwelijk varchar, te_bevestigen boolean,
    knop varchar, ritme varchar, balans varchar, buiten_koers varchar
);
-- One row per indicator that counts the same persons as a confidential one: side `eigen` of the series with this
-- uitsplitsing is side `kant` of `ander_id`.
create table telt_zoals (
    indicator_id varchar primary key, eigen varchar, uitsplitsing varchar, ander_id varchar, kant varchar
);
-- One row per source: how often it brings figures; null for a source without a rhythm of its own.
create table bronritme (bron varchar primary key, titel varchar, leverancier varchar, ritme varchar);
-- One row per indicator × set in which figures have a fixed order; without a number it is kept out of that set.
create table kaartplek (indicator_id varchar, plek varchar, volgorde integer, primary key (indicator_id, plek));
-- One row per indicator × place (land, regio) with a core series: the one that is meant where no other is named.
create table kernreeks (
    indicator_id varchar, plek varchar, uitsplitsing varchar, periode_soort varchar, primary key (indicator_id, plek)
);
-- One row per question of the survey, in the order of its contract: its kind, who was asked (the condition, and in
-- words), and the answers that could be given. `rol`: afsluiter, or kenmerk; neither is an outcome.
create table enquetevraag (
    indicator_id varchar primary key, volgorde integer, soort varchar, rol varchar, basis varchar,
    basis_woorden varchar, antwoorden varchar[]
);

-- One row per period that occurs: how it reads and where it lies on a time axis (last day included).
create table periode (periode varchar primary key, soort varchar, naam varchar, begin date, eind date);

create table regio (
    regio_code varchar primary key, niveau varchar, naam varchar, naam_eerder varchar,
    geldig_van date, geldig_tot date, zekerheid varchar, tegel_x double, tegel_y double
);
-- Valid from the first up to and including the last day.
create table regio_lid (
    kind_code varchar, ouder_code varchar, geldig_van date, geldig_tot date, zekerheid varchar
);
-- One row per region and WGO of now: what regions are compared on. `stedelijk` is the share of inhabitants in a
-- (very) strongly urban gemeente.
create table regiokenmerk (
    regio_code varchar primary key, niveau varchar, periode varchar, uitsplitsing varchar, werknemers double,
    inwoners bigint, stedelijk double, herkomst varchar
);
-- One row per region × region like it, the nearest first; `branches_gelijk` is the overlap in branch mix.
create table gelijkende_regio (
    regio_code varchar, gelijkende_code varchar, rang integer, afstand double, branches_gelijk double,
    herkomst varchar, primary key (regio_code, gelijkende_code)
);
-- One row per other division × arbeidsmarktregio: how an estimate from that division is made up, and which part
-- of the region's inhabitants lives in source regions that are cut.
create table brug (indeling varchar, regio_code varchar, past_niet double, bronregios varchar);
create table branche (
    branche_code varchar primary key, volgorde integer, naam varchar, naam_kort varchar,
    geldig_van date, toelichting varchar
);
-- `zeker`: there is a break; otherwise the source leaves open whether there is one.
create table trendbreuk (
    indicator_id varchar, regio_code varchar, branche_code varchar, datum date, tekst varchar,
    uitsplitsing varchar, zeker boolean
);
create table doel (
    indicator_id varchar, regio_code varchar, nuljaar integer, nulwaarde double, doeljaar integer,
    doelwaarde double, bron varchar
);
create table actie (
    actie_id varchar, regio_code varchar, actielijn varchar, soort varchar, titel varchar,
    indicator_id varchar, beoogd_effect double, trekker varchar, start date, eind date, status varchar
);
create table activiteit (
    activiteit_id varchar, jaar integer, wgo_code varchar, pijler varchar, titel varchar, doelgroep varchar,
    status varchar, deelnemers integer, budget_eur double
);
create table verhaal (
    verhaal_id varchar, soort varchar, pijler varchar, actielijn varchar, regio_code varchar,
    branche_code varchar, titel varchar, samenvatting varchar, stem varchar, aantal integer,
    bron varchar, vindplaats varchar, jaar integer
);

-- The gap map: one row per indicator × niveau.
create table beschikbaarheid (
    indicator_id varchar, niveau varchar, heeft varchar, periode_laatste varchar, leverancier varchar,
    toelichting varchar,
    -- Which commands fetch the figure where it is public; of the second kind nobody has seen the table yet.
    openbaar varchar, openbaar_onbevestigd varchar
);

-- One row per delivered file.
create table levering (
    levering_id varchar, bron varchar, tabel varchar, bestand varchar, sha256 varchar, rijen integer,
    rijen_gebruikt integer, herkomst varchar, leverancier varchar, periode varchar, ontvangen date,
    verwijzing varchar, licentie varchar, opmerking varchar, bron_titel varchar,
    -- The supplier asked that nobody can be recognised in it: its cells went through disclosure control.
    vertrouwelijk boolean, primary key (levering_id, tabel)
);
-- One row per check run on a delivered file.
create table kwaliteit (
    levering_id varchar, tabel varchar, controle varchar, kolom varchar, gelukt boolean,
    aantal_rijen integer, aantal_afwijkend integer, melding varchar
);

-- One row per key without schatting and herkomst: the real figure to show.
create view beste_waarneming as
select * from waarneming where herkomst <> 'synthetisch' and schatting <> 'model'
qualify row_number() over (
    partition by indicator_id, categorie, uitsplitsing, regio_code, niveau, branche_code, periode
    order by (select volgorde from codelijst where lijst = 'herkomst' and code = herkomst),
             (select volgorde from codelijst where lijst = 'schatting' and code = schatting)
) = 1;

-- The same with made-up figures, of an indicator and niveau without any real row (split by branche or not): whatever
-- is laid side by side within one niveau is then wholly real or wholly made up.
create view beste_waarneming_voorbeeld as
select * from waarneming
where herkomst <> 'synthetisch' and schatting <> 'model'
   or (indicator_id, niveau) not in (
       select (echt.indicator_id, echt.niveau) from waarneming echt where echt.herkomst <> 'synthetisch'
   )
qualify row_number() over (
    partition by indicator_id, categorie, uitsplitsing, regio_code, niveau, branche_code, periode
    order by (select volgorde from codelijst where lijst = 'herkomst' and code = herkomst),
             (select volgorde from codelijst where lijst = 'schatting' and code = schatting)
) = 1;
