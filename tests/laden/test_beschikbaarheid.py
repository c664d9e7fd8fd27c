"""The gap map: what there is per indicator and level, and who could deliver the rest."""

from __future__ import annotations

import duckdb
import pytest

from pipelines.bouwen import build

KOP = "periode,regio_code,branche_code,meting,verzuimdagen,beschikbare_dagen\n"


@pytest.fixture
def gaten(maak_levering, goedgekeurd, tmp_path):
    """Return the gap map after a build of one small delivery of verzuim: (heeft, periode_laatste, toelichting)."""

    def map_gaps(herkomst: str, rijen: str) -> dict[tuple[str, str], tuple[str, str | None, str, str]]:
        maak_levering({"verzuim": KOP + rijen}, bron="verzuim", herkomst=herkomst)
        build(tmp_path / "raw", tmp_path / "warehouse")
        with duckdb.connect(str(tmp_path / "warehouse" / "publicatie.duckdb"), read_only=True) as con:
            rijen_ = con.execute("select * exclude (openbaar, openbaar_onbevestigd) from beschikbaarheid").fetchall()
        return {(i, n): (heeft, laatste, van, tekst) for i, n, heeft, laatste, van, tekst in rijen_}

    return map_gaps


def test_a_level_with_figures_says_since_when_and_for_how_many_areas(gaten):
    kaart = gaten(
        "levering",
        "2020KW01,RA0101,TOTAAL,kzv,5,100\n2021KW01,RA0101,TOTAAL,kzv,6,100\n2021KW01,RA0102,TOTAAL,kzv,7,100\n",
    )
    heeft, laatste, _, tekst = kaart["verzuim", "arbeidsmarktregio"]
    assert (heeft, laatste) == ("levering", "2021KW01")
    assert tekst == "2 perioden, van 1e kwartaal 2020 tot en met 1e kwartaal 2021, voor 2 gebieden."


def test_made_up_figures_leave_the_gap_and_name_who_could_fill_it(gaten):
    kaart = gaten("synthetisch", "2021KW01,RA0101,TOTAAL,kzv,6,100\n")
    heeft, _, leverancier, tekst = kaart["verzuim", "arbeidsmarktregio"]
    assert heeft == "synthetisch"
    assert leverancier == "CBS (kwartaalenquête, NEA), Vernet"
    assert tekst == (
        "Nu alleen voorbeelddata. Te leveren als tabel verzuim/verzuim. "
        "Openbaar, nog door niemand bevestigd: fetch azw verzuim_nea_regio."
    )


def test_nothing_at_all_is_said_so(gaten):
    kaart = gaten("levering", "2021KW01,RA0101,TOTAAL,kzv,6,100\n")
    assert kaart["verzuim", "landsdeel"][0] == "niets"
    assert kaart["dekkingsgraad", "wgo"][:2] == ("niets", None)
    assert kaart["amo_bekendheid", "wgo"][2] == "Onderzoeksbureau van de meting, zoals SEOR"


def test_a_figure_that_is_missing_or_does_not_apply_is_a_gap(gaten):
    kaart = gaten("levering", "2021KW01,RA0101,TOTAAL,kzv,,\n2021KW01,RA0102,TOTAAL,kzv,nvt,nvt\n")
    assert kaart["verzuim", "arbeidsmarktregio"][0] == "niets"


def test_every_indicator_is_on_the_map(publicatie):
    los = "select indicator_id from indicator where indicator_id not in (select indicator_id from beschikbaarheid)"
    assert publicatie.execute(los).fetchall() == []
    assert publicatie.execute("select count(*) from beschikbaarheid where leverancier is null").fetchone() == (0,)


def test_a_missing_figure_names_the_command_of_the_public_table_that_holds_it(publicatie):
    vraag = """select openbaar, openbaar_onbevestigd from beschikbaarheid
               where (indicator_id, niveau) = ('instroom_opleidingen', 'land')"""
    assert publicatie.execute(vraag).fetchone() == (
        "fetch duo eerstejaars_hbo, fetch duo ingeschrevenen_hbo, fetch duo studenten_mbo",
        "fetch cbs mbo_studenten, fetch duo instroom_mbo, fetch duo studenten_woongemeente",
    )
    # Open vacancies alone make no vacaturegraad, and a table of three questions no fourth.
    onterecht = """select indicator_id from beschikbaarheid where indicator_id in ('vacaturegraad', 'imago')
                   and (openbaar is not null or openbaar_onbevestigd is not null)"""
    assert publicatie.execute(onterecht).fetchall() == []
