"""The shipped publication against the contract: tables, keys, codes, and figures that were really published."""

from __future__ import annotations

from pathlib import Path

import pytest

STATUSSEN = {"nvt", "ontbreekt", "onderdrukt", "te_weinig", "indicatief", "beschikbaar"}
TABELLEN = {
    "waarneming", "beste_waarneming", "beste_waarneming_voorbeeld",
    "verschil", "aansluiting", "regeltoets", "indicator", "regio", "regio_lid",
    "branche", "trendbreuk", "doel", "actie", "activiteit", "verhaal", "beschikbaarheid", "levering", "kwaliteit",
    "publicatie",
}  # fmt: skip
SLEUTEL = "indicator_id, categorie, uitsplitsing, regio_code, niveau, branche_code, periode"


ROOT = Path(__file__).parents[2]


def one(con, vraag, *waarden):
    """Return the only value of a query."""
    rij = con.execute(vraag, waarden).fetchone()
    return rij[0] if rij and len(rij) == 1 else rij


def test_every_table_of_the_contract_exists(publicatie):
    namen = {rij[0] for rij in publicatie.execute("select table_name from information_schema.tables").fetchall()}
    assert namen >= TABELLEN


def test_hidden_and_missing_figures_are_null_never_zero(publicatie):
    assert (
        one(publicatie, "select count(*) from waarneming where status not in (select unnest(?))", list(STATUSSEN)) == 0
    )
    gelekt = (
        "select count(*) from waarneming where status in ('onderdrukt', 'nvt', 'ontbreekt') "
        "and coalesce(waarde, teller, noemer, n, onder, boven, standaardfout) is not null"
    )
    assert one(publicatie, gelekt) == 0


@pytest.mark.parametrize("view", ["beste_waarneming", "beste_waarneming_voorbeeld"])
def test_best_figure_is_one_per_key(publicatie, view):
    assert one(publicatie, f"select count(*) - count(distinct ({SLEUTEL})) from {view}") == 0


def test_best_figure_is_a_real_one(publicatie):
    assert one(publicatie, "select count(*) from beste_waarneming where herkomst = 'synthetisch'") == 0
    nl = "indicator_id = 'dekkingsgraad' and regio_code = 'NL01' and branche_code = 'TOTAAL' and periode = '2021'"
    assert one(publicatie, f"select waarde, herkomst from beste_waarneming where {nl}") == (0.68, "gepubliceerd")
    assert one(publicatie, f"select count(*) from waarneming where {nl}") == 2


def test_examples_fill_only_what_has_nothing_real_at_that_niveau(publicatie):
    """Of the country there are real vacancies, so no made-up ones of a branche; of the regions there are none."""
    gemengd = """
        select indicator_id, niveau from beste_waarneming_voorbeeld group by all
        having count(distinct herkomst = 'synthetisch') > 1
    """
    assert publicatie.execute(gemengd).fetchall() == []
    vraag = "select distinct niveau from beste_waarneming_voorbeeld where herkomst = 'synthetisch' and indicator_id = ?"
    assert sorted(publicatie.execute(vraag, ["dekkingsgraad"]).fetchall()) == [("arbeidsmarktregio",), ("wgo",)]
    echt = "select count(*) from beste_waarneming_voorbeeld where herkomst <> 'synthetisch'"
    assert one(publicatie, echt) == one(publicatie, "select count(*) from beste_waarneming")


def test_nothing_that_was_made_up_is_judged(publicatie):
    for tabel in ("verschil", "regeltoets", "gelijkende_regio", "regiokenmerk"):
        assert one(publicatie, f"select count(*) from {tabel} where herkomst = 'synthetisch'") == 0


@pytest.mark.parametrize(
    ("dag", "aantal"), [("2018-06-30", 14), ("2019-08-01", 13), ("2022-06-30", 13), ("2022-07-01", 12)]
)
def test_number_of_wgos_on_a_day(publicatie, dag, aantal):
    geldig = "niveau = 'wgo' and ?::date between geldig_van and coalesce(geldig_tot, date '9999-12-31')"
    assert one(publicatie, f"select count(*) from regio where {geldig}", dag) == aantal


@pytest.mark.parametrize(
    ("jaar", "aantal"), [(2019, 355), (2020, 355), (2021, 352), (2022, 345), (2023, 342), (2024, 342)]
)
def test_number_of_gemeenten_in_a_year(publicatie, jaar, aantal):
    geldig = "niveau = 'gemeente' and make_date(?, 7, 1) between geldig_van and coalesce(geldig_tot, date '9999-12-31')"
    assert one(publicatie, f"select count(*) from regio where {geldig}", jaar) == aantal


def test_regions_provinces_and_their_tiles(publicatie):
    telling = dict(
        publicatie.execute("select niveau, count(*) from regio where tegel_x is not null group by 1").fetchall()
    )
    assert telling == {"arbeidsmarktregio": 28, "provincie": 12}


def test_uncertain_membership_stays_visible(publicatie):
    assert one(publicatie, "select zekerheid from regio_lid where kind_code = 'RA0818' and ouder_code = 'WGO08'") == (
        "middel-laag (afgeleid)"
    )


def test_a_wgo_that_changes_is_a_break(publicatie):
    rijen = publicatie.execute(
        "select distinct regio_code, cast(datum as varchar) from trendbreuk where regio_code is not null order by all"
    ).fetchall()
    assert rijen == [
        ("WGO06", "2022-07-01"), ("WGO07", "2022-07-01"), ("WGO08", "2019-01-01"), ("WGO10", "2019-01-01"),
    ]  # fmt: skip


def test_exact_count_goes_before_its_rounded_share(publicatie):
    """Tabel 2.1 has 107 of 301; the text rounds it to 36 %."""
    pilot = "indicator_id = 'pilot' and regio_code = 'NL01' and branche_code = 'TOTAAL' and uitsplitsing = ''"
    assert one(publicatie, f"select waarde from beste_waarneming where {pilot}") == pytest.approx(107 / 301)


def test_table_goes_before_text(publicatie):
    """The programme of 2018 wrote 9.100 for 2017/18; the table of CBS has 9.000. Both stay traceable."""
    sleutel = "uitsplitsing = 'opleiding=verpleegkundige_mbo' and periode = '2017/18'"
    assert one(publicatie, f"select waarde from waarneming where {sleutel}") == 9000
    alle = publicatie.execute(f"select waarde, gekozen from gepubliceerd_cijfer where {sleutel} order by 1").fetchall()
    assert alle == [(9000, True), (9100, False)]


def test_final_goes_before_provisional(publicatie):
    sleutel = "uitsplitsing = 'afbakening=sbi_q' and regio_code = 'NL01' and periode = '2019KW02'"
    assert one(publicatie, f"select waarde, is_voorlopig from waarneming where {sleutel}") == (38_700, False)


def test_a_range_keeps_both_ends(publicatie):
    """The shortage for 2022 in the programme of 2018: 100 to 125 thousand."""
    sleutel = "indicator_id = 'tekort_verwacht' and uitsplitsing = 'prognose=2018-03'"
    assert one(publicatie, f"select waarde, waarde_tot from waarneming where {sleutel}") == (100_000, 125_000)


def test_published_survey_figures_are_unweighted(publicatie):
    assert (
        one(
            publicatie,
            "select distinct schatting from waarneming "
            "where indicator_id = 'amo_bekendheid' and herkomst = 'gepubliceerd'",
        )
        == "ongewogen"
    )
    assert one(publicatie, "select distinct schatting from waarneming where indicator_id = 'verzuim'") == ""


def test_every_published_figure_of_both_deliveries_is_there(publicatie):
    """The second delivery comes beside the first: of every figure that was delivered, the id can be found."""
    raw = ROOT / "data" / "raw" / "gepubliceerd"
    geleverd = publicatie.execute(f"select id from read_csv('{raw}/*/cijfers.csv', union_by_name=true)").fetchall()
    bewaard = publicatie.execute("select cijfer_id from gepubliceerd_cijfer").fetchall()
    assert len(geleverd) == 795 + 841
    assert sorted(bewaard) == sorted(geleverd)
    gebruikt = "select rijen_gebruikt from levering where tabel = 'cijfers' order by levering_id"
    assert publicatie.execute(gebruikt).fetchall() == [(841,), (795,)]
    assert one(publicatie, "select count(*) from niet_opgenomen") == 306
    los = """
        select count(*) from gepubliceerd_cijfer g where gekozen and not exists (
            select 1 from waarneming w where w.herkomst = 'gepubliceerd' and w.indicator_id = g.indicator_id
            and w.categorie = g.categorie and w.uitsplitsing = g.uitsplitsing and w.regio_code = g.regio_code
            and w.branche_code = g.branche_code and w.periode = g.periode and w.waarde = g.waarde)
    """
    assert one(publicatie, los) == 0


def test_every_check_of_an_accepted_delivery_succeeded(publicatie):
    assert one(publicatie, "select bool_and(gelukt), count(*) > 50 from kwaliteit") == (True, True)


def test_margins_stay_and_most_of_the_cross_table_too(publicatie):
    """Region × branche rests on employers of which some stand alone; under two fifths gives way, and no margin."""
    geheim = "indicator_id = 'dekkingsgraad' and herkomst = 'synthetisch' and status <> 'nvt'"
    telling = "count(*) filter (where status = 'onderdrukt'), count(*)"
    rand = "(niveau = 'land' or branche_code = 'TOTAAL')"
    assert one(publicatie, f"select {telling} from waarneming where {geheim} and {rand}") == (0, 101)
    weg, alle = one(publicatie, f"select {telling} from waarneming where {geheim} and not {rand}")
    assert 0 < weg < alle * 2 / 5


def test_confidential_counts_are_in_tens_and_shares_in_whole_percents(publicatie):
    geheim = "indicator_id = 'dekkingsgraad' and herkomst = 'synthetisch' and status = 'beschikbaar'"
    assert (
        one(publicatie, f"select count(*) from waarneming where {geheim} and (teller % 10 <> 0 or noemer % 10 <> 0)")
        == 0
    )
    assert (
        one(
            publicatie,
            f"select count(*) from waarneming where {geheim} and abs(waarde * 100 - round(waarde * 100)) > 1e-9",
        )
        == 0
    )


def test_a_count_has_no_interval(publicatie) -> None:
    vraag = "select count(*), count(onder), count(boven) from waarneming where indicator_id = 'dekkingsgraad'"
    aantal, onder, boven = publicatie.execute(vraag).fetchone()
    assert aantal > 0
    assert (onder, boven) == (0, 0)
