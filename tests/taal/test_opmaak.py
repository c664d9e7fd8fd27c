"""Numbers, periods and words the Dutch way."""

from datetime import date
from decimal import Decimal

import pytest

from app.taal import opmaak
from app.taal.verandering import verschil_tekst


@pytest.mark.parametrize(
    ("waarde", "eenheid", "tekst"),
    [
        (0.225, "aandeel", "22,5%"),
        (18 / 80, "aandeel", "22,5%"),
        (107 / 301, "aandeel", "36%"),
        (0.68, "aandeel", "68%"),
        (0.057, "aandeel", "5,7%"),
        (12345, "personen", "12.345"),
        (7.3, "cijfer", "7,3"),
        (8.0, "cijfer", "8,0"),
        (14_400_000, "euro", "€ 14,4 mln"),
        (12_345, "euro", "€ 12.345"),
        (0, "personen", "0"),
        (-900, "personen", "-900"),
    ],
)
def test_value_in_its_unit(waarde: float, eenheid: str, tekst: str) -> None:
    assert opmaak.waarde_tekst(waarde, eenheid) == tekst


@pytest.mark.parametrize(
    ("tekst", "zin"), [("één kant", "Eén kant"), ("een kant", "Een kant"), ("échte", "Échte"), ("", "")]
)
def test_a_sentence_begins_with_a_capital(tekst: str, zin: str) -> None:
    assert opmaak.hoofdletter(tekst) == zin


def test_22_5_percent_rounds_up_where_whole_percents_are_asked() -> None:
    assert opmaak.waarde_tekst(0.225, "aandeel", 0) == "23%"


def test_rounding_is_decimal_not_binary() -> None:
    # round(2.675, 2) is 2.67 in binary arithmetic.
    assert opmaak.round_half_up(2.675, 2) == Decimal("2.68")


def test_a_series_gets_the_decimals_it_was_published_with() -> None:
    cijfers = opmaak.decimalen([0.08, 0.071], "aandeel")
    assert [opmaak.waarde_tekst(w, "aandeel", cijfers) for w in (0.08, 0.071)] == ["8,0%", "7,1%"]


@pytest.mark.parametrize(
    ("waarden", "eenheid", "cijfers"),
    [
        ([0.0764, 0.0841], "aandeel", 1),  # 7,6% and 8,4%, not twice 8%
        ([0.07, 0.09], "aandeel", 0),  # whole percents, as confidential shares are
        ([0.0764, 0.3554], "aandeel", 0),  # computed from counts, and not small
        ([43.21, 44.9], "per_1000", 1),
    ],
)
def test_only_small_shares_get_a_decimal_that_was_computed(waarden: list[float], eenheid: str, cijfers: int) -> None:
    assert opmaak.decimalen(waarden, eenheid) == cijfers


def test_about_half_has_no_false_decimal() -> None:
    assert opmaak.cijfer_tekst(0.5, "aandeel", precisie="circa", cijfers=1) == "ongeveer 50%"


@pytest.mark.parametrize(
    ("kenmerken", "tekst"),
    [
        ({"waarde_tot": 125_000.0}, "100.000 tot 125.000"),
        ({"precisie": "bereik"}, "meer dan 100.000"),
        ({"precisie": "circa"}, "ongeveer 100.000"),
        ({"precisie": "afgerond"}, "100.000"),
    ],
)
def test_ranges_and_estimates(kenmerken: dict, tekst: str) -> None:
    assert opmaak.cijfer_tekst(100_000.0, "personen", **kenmerken) == tekst


def test_every_reason_for_no_value_has_its_own_words() -> None:
    woorden = {s: opmaak.cijfer_tekst(None, "aandeel", s) for s in ("ontbreekt", "onderdrukt", "nvt", "te_weinig")}
    assert len(set(woorden.values())) == 4
    assert not any(teken.isdigit() for woord in woorden.values() for teken in woord)


def test_shares_change_in_procentpunt() -> None:
    assert verschil_tekst(Decimal("0.02"), "aandeel") == "+2 procentpunt"
    assert verschil_tekst(Decimal("-0.004"), "aandeel", 1) == "−0,4 procentpunt"
    assert verschil_tekst(Decimal(2800), "vacatures") == "+2.800"


def test_period_names_its_peildatum() -> None:
    assert opmaak.periode_tekst("2021", date(2022, 6, 30)) == "2021 (peildatum 30 juni 2022)"
    assert opmaak.periode_tekst("2e kwartaal 2020") == "2e kwartaal 2020"


def test_uitsplitsing_in_words() -> None:
    tekst = opmaak.uitsplitsing_tekst("afbakening=sbi_q;meting=kzv")
    assert tekst == "bedrijfstak gezondheids- en welzijnszorg, verzuimcijfers van het CBS"
    assert opmaak.uitsplitsing_tekst("prognose=2022-01") == "prognose van januari 2022"
    assert opmaak.uitsplitsing_tekst("") == ""
    # DUO counts where one studies; a series that says another place keeps its own words.
    duo = "maat=eerstejaars;niveau=hbo"
    assert "waar de opleiding staat" in opmaak.uitsplitsing_tekst(duo)
    assert opmaak.uitsplitsing_tekst(f"{duo};plaats=woon").endswith(", waar de student woont")
    assert "waar de opleiding staat" not in opmaak.uitsplitsing_tekst(f"{duo};plaats=woon")


@pytest.mark.parametrize("veld", ["=1+1", "+31", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_csv_text_cannot_run_as_a_formula(veld: str) -> None:
    assert opmaak.csv_veld(veld).startswith("'")


def test_csv_opens_in_a_dutch_excel() -> None:
    inhoud = opmaak.csv_bestand(("regio", "waarde", "leeg"), [("Groningen; stad", 0.68, None), ("Nul", -3, True)])
    assert inhoud.startswith(b"\xef\xbb\xbf")
    assert inhoud.decode("utf-8-sig") == 'regio;waarde;leeg\r\n"Groningen; stad";0,68;\r\nNul;-3;ja\r\n'
