"""What no delivery can contain: figures from the future, text without end, a made-up year beside its real quarter."""

from __future__ import annotations

import duckdb
import pytest
from nakijken import validate

from pipelines.bouwen import PUBLICATIE, build

DEKKING = "periode,peildatum,regio_code,branche_code,medewerkers_aangesloten,medewerkers_totaal\n"
STROMEN = (
    "periode,regio_code,branche_code,afbakening,werknemers_begin,instroom,uitstroom\n{},NL01,TOTAAL,azw_breed,{}\n"
)
ACTIVITEITEN = "activiteit_id,jaar,wgo_code,pijler,titel,doelgroep,status\n"


def check(map_) -> list[str]:
    return [str(m) for m in validate(map_).meldingen]


def test_no_figure_is_about_a_day_after_its_delivery(maak_levering):
    rijen = "2022,2022-09-15,NL01,TOTAAL,680,1000\n2023,2022-09-16,NL01,TOTAAL,680,1000\n"
    assert check(maak_levering({"dekking": DEKKING + rijen}, ontvangen="2022-09-15")) == [
        "dekking.csv, rij 3, kolom periode: '2023' ligt na de dag van ontvangst.\n"
        "  Controleer deze cel, en ontvangen in levering.yml.",
        "dekking.csv, rij 3, kolom peildatum: '2022-09-16' ligt na de dag van ontvangst.\n"
        "  Controleer deze cel, en ontvangen in levering.yml.",
    ]


@pytest.mark.parametrize(
    ("lengte", "gezegd"), [(5000, []), (5001, ["doelgroep: '" + "a" * 59 + "…' is langer dan 5000 tekens."])]
)
def test_a_text_has_an_end(maak_levering, lengte, gezegd):
    tekst = f"x,2021,WGO01,leren_opleiden,Gastlessen,{'a' * lengte},loopt\n"
    map_ = maak_levering({"activiteiten": ACTIVITEITEN + tekst}, bron="srs_activiteiten", leverancier="WGO01")
    assert [m.split("\n")[0].split("kolom ")[1] for m in check(map_)] == gezegd


def test_a_made_up_year_goes_when_a_quarter_of_it_is_real(maak_levering, goedgekeurd, tmp_path):
    """The last quarter of a flow over twelve months is the year: 100 of 1000, and not the made-up 300."""
    stroom = {"bron": "mobiliteit", "leverancier": "CBS", "ontvangen": "2023-05-01"}
    maak_levering(
        {"stromen": STROMEN.format("2022", "1000,300,300")}, "v", **stroom, periode='"2022"', herkomst="synthetisch"
    )
    maak_levering({"stromen": STROMEN.format("2022KW04", "1000,100,100")}, "e", **stroom, periode='"2022KW04"')
    build(tmp_path / "raw", tmp_path / "wh")
    with duckdb.connect(str(tmp_path / "wh" / PUBLICATIE), read_only=True) as con:
        vraag = (
            "select distinct periode, herkomst, teller from waarneming where indicator_id = 'uitstroom' and teller > 0"
        )
        assert con.execute(vraag).fetchall() == [("2022KW04", "levering", 100)]
