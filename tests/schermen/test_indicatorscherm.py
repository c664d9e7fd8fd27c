"""The page of one indicator: every figure leads there, and it has all there is of it."""

from __future__ import annotations

import re

import pytest
from publicatiebed import Toon
from scherm import VERBODEN, plain, run, text
from starlette.requests import Request

from app.dienst.asgi import _moved
from app.schermen.indicator import kaartje


@pytest.fixture(autouse=True)
def omgeving(toon: Toon) -> None:
    """Show what ships."""


def test_it_has_trend_areas_definition_source_breaks_downloads_and_a_way_on() -> None:
    scherm = run("indicator", indicator="verzuim", voorbeeld="0")
    koppen = [h.value for h in scherm.header]
    assert scherm.title[0].value == "Ziekteverzuim"
    assert koppen[0].startswith("Ziekteverzuim in Nederland: ")
    assert koppen[-4:] == ["Wat dit cijfer is", "Waar het vandaan komt", "Meenemen", "Verder"]
    tekst = text(scherm)
    for deel in ("Bron: ", "De kwartaalenquête ziekteverzuim begint in 2008.", "/data/v1/indicatoren/verzuim.csv",
                 "/indicator?indicator=werkdruk"):  # fmt: skip
        assert deel in tekst, deel


def test_an_area_stands_beside_nederland_only_where_both_are_real() -> None:
    echt = plain(run("indicator", indicator="vacaturegraad", regio="PV23", voorbeeld="0"))
    verzonnen = plain(run("indicator", indicator="vacaturegraad", regio="RA0102", voorbeeld="1"))
    assert (
        "Nederland"
        not in verzonnen.split("Wat dit cijfer is")[0].split("Vacaturegraad in Drenthe")[1].split("Bron:")[0]
    )
    assert "verzonnen" not in echt.split("Wat dit cijfer is")[0]


@pytest.mark.parametrize(("indicator", "voorbeeld", "kolommen"), [("dekkingsgraad", "1", 0), ("vacaturegraad", "1", 0),
                                                                    ("openstaande_vacatures", "0", 2)])  # fmt: skip
def test_a_made_up_map_stands_below_a_real_line_and_a_real_one_beside_it(indicator, voorbeeld, kolommen) -> None:
    scherm = run("indicator", indicator=indicator, voorbeeld=voorbeeld)
    assert len(scherm.columns) == kolommen


def test_answers_to_a_question_stand_together() -> None:
    tekst = plain(run("indicator", indicator="pilot_inzichten", voorbeeld="0"))
    for antwoord in ("Ja", "Nee", "Weet niet"):
        assert antwoord in tekst
    assert "per antwoord in Nederland, 2021" in tekst


def test_without_a_real_figure_it_says_who_could_deliver_it_and_still_what_it_is() -> None:
    tekst = plain(run("indicator", indicator="imago", voorbeeld="0"))
    assert "Te leveren door: CBS (AZW Werknemersenquête)." in tekst
    assert "Definitie" in tekst


@pytest.mark.parametrize("voorbeeld", ["0", "1"])
def test_every_indicator_has_its_page_with_examples_and_without(publicatie, voorbeeld: str) -> None:
    for (naam,) in publicatie.execute("select indicator_id from indicator order by volgorde").fetchall():
        assert not VERBODEN.search(text(run("indicator", indicator=naam, voorbeeld=voorbeeld))), naam


def moved(pad: str, vraag: str) -> str:
    return _moved(Request({"type": "http", "path": pad, "query_string": vraag.encode(), "headers": []}))


def test_the_address_of_before_leads_there_and_others_stay() -> None:
    assert moved("/verantwoording", "onderdeel=indicatoren&indicator=verzuim&voorbeeld=1") == (
        "/indicator?indicator=verzuim&voorbeeld=1"
    )
    assert moved("/verantwoording", "indicator=verzuim") == "/indicator?indicator=verzuim"
    assert moved("/verantwoording", "onderdeel=leveringen&indicator=verzuim") == ""
    assert moved("/kaart", "indicator=verzuim") == ""


def test_a_figure_without_a_better_one_is_not_called_worse_than_another() -> None:
    tabel = text(run("indicator", indicator="verzuim")).split("<caption>Gepubliceerde cijfers over Ziekteverzuim")[1]
    (opinie,) = [rij for rij in tabel.split("</tr>") if "opiniestuk" in rij]
    assert "nee: de bron kan het niet dragen" in opinie
    basis = {"categorie": "", "uitsplitsing": "", "regio": "Nederland", "branche": "", "periode": "2021"}
    cijfers = [basis | {"gekozen": True}, basis | {"gekozen": False}, basis | {"gekozen": False, "periode": "2019"}]
    assert kaartje.usage(cijfers) == ["ja", "nee: er is een beter cijfer", "nee: de bron kan het niet dragen"]


def test_where_the_others_are_the_whole_country_an_area_lacks_nothing_on_map_and_table() -> None:
    """DUO counts students of verpleegkunde (hbo) in 20 of 28 regions: together Nederland."""
    scherm = run("indicator", indicator="bbl_duaal", regio="RA0101", voorbeeld="0",
                 uitsplitsing="maat=eerstejaars;opleiding=verpleegkundige_hbo")  # fmt: skip
    # How old it is depends on the day.
    _, onder = re.split(r"verouderd: ruim \d+ jaar\. 0% tot 10%", plain(scherm))
    legenda, tabel = onder.split("Arbeidsmarktregio Procent")
    assert "niet van toepassing (n.v.t.)" in legenda
    assert "geen cijfer" not in legenda
    assert tabel.split("Definitie")[0].count("niet van toepassing") == 8
