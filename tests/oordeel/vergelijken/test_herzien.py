"""Revised figures of the country: by more than the threshold, real ones, said for none, one and many."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from app.lezen.verschil.publicatieverschil import Cijferwijziging
from app.oordeel.vergelijken.herzien import arrived, revised, sentence

CATALOGUS = {
    "verzuim": SimpleNamespace(titel="Ziekteverzuim", eenheid="aandeel"),
    "openstaande_vacatures": SimpleNamespace(titel="Openstaande vacatures", eenheid="vacatures"),
}


def change(indicator: str, oud: float | None, nieuw: float | None, **anders: str) -> Cijferwijziging:
    velden = {"soort": "waarde", "categorie": "", "uitsplitsing": "", "regio_code": "NL01", "niveau": "land",
              "branche_code": "TOTAAL", "periode": "2024KW04", "schatting": "", "status_oud": "beschikbaar",
              "status_nieuw": "beschikbaar", "herkomst_oud": "levering", "herkomst_nieuw": "levering"}  # fmt: skip
    return Cijferwijziging(indicator_id=indicator, waarde_oud=oud, waarde_nieuw=nieuw, **velden | anders)


@pytest.mark.parametrize(
    ("wijziging", "telt"),
    [
        (change("verzuim", 0.07, 0.081), True),
        (change("verzuim", 0.67, 0.68), False),  # exactly a percentage point
        (change("openstaande_vacatures", 1000, 979), True),
        (change("openstaande_vacatures", 1000, 1020), False),  # exactly two in a hundred
        (change("verzuim", 0.07, 0.09, herkomst_nieuw="synthetisch"), False),
        (change("verzuim", 0.07, 0.09, branche_code="VVT"), False),
        (change("verzuim", 0.07, 0.09, uitsplitsing="prognose=2025-12"), False),
        (change("verzuim", None, 0.09, soort="status"), False),
        (change("onbekend", 0.07, 0.09), False),
    ],
)
def test_a_real_figure_of_all_branches_counts_beyond_the_threshold(wijziging: Cijferwijziging, telt: bool) -> None:
    assert bool(revised([wijziging], CATALOGUS)) == telt


def test_the_newest_goes_first() -> None:
    oud, nieuw = change("verzuim", 0.07, 0.09, periode="2012"), change("verzuim", 0.07, 0.09)
    assert revised([oud, nieuw], CATALOGUS) == (nieuw, oud)


def test_of_each_indicator_the_newest_real_figure_that_came_is_news_and_a_forecast_is_none() -> None:
    def came(indicator: str, periode: str, **anders: str) -> Cijferwijziging:
        return change(indicator, None, 0.08, soort="nieuw", periode=periode, **anders)

    komst = [
        came("verzuim", "2023"), came("verzuim", "2024KW04"), came("openstaande_vacatures", "2025KW01"),
        came("verzuim", "2026", herkomst_nieuw="synthetisch"), came("verzuim", "2026", branche_code="VVT"),
        came("verzuim", "2035", uitsplitsing="prognose=2025-12"), change("verzuim", 0.07, 0.09, periode="2026"),
    ]  # fmt: skip
    assert arrived(komst, CATALOGUS) == [("openstaande_vacatures", "1e kwartaal 2025"), ("verzuim", "4e kwartaal 2024")]


def test_words_are_right_for_none_one_and_many() -> None:
    een, ander = change("verzuim", 0.07, 0.09), change("openstaande_vacatures", 1000, 900)
    assert sentence([], "toen", CATALOGUS) == ""
    assert sentence([een], "de publicatie van toen", CATALOGUS) == (
        "Sinds de publicatie van toen is 1 cijfer van Nederland herzien met meer dan 1 procentpunt of 2%: "
        "Ziekteverzuim (4e kwartaal 2024)."
    )
    veel = [een, een, ander, change("verzuim", 0.07, 0.09, periode="2023"), change("verzuim", 0.1, 0.2, periode="2022")]
    assert sentence(veel, "toen", CATALOGUS) == (
        "Sinds toen zijn 5 cijfers van Nederland herzien met meer dan 1 procentpunt of 2%: Ziekteverzuim "
        "(4e kwartaal 2024), Openstaande vacatures (4e kwartaal 2024), Ziekteverzuim (2023) en meer."
    )


def test_a_region_is_named_and_causes_are_told_apart() -> None:
    levering = change("verzuim", 0.07, 0.09, oorzaak="levering")
    definitie = change("openstaande_vacatures", 1000, 900, oorzaak="definitie")
    een = sentence([levering], "toen", CATALOGUS, "Drenthe")
    assert een.endswith(": Ziekteverzuim (4e kwartaal 2024). Oorzaak: levering.")
    zin = sentence([levering, levering, definitie], "toen", CATALOGUS, "Drenthe")
    assert zin.startswith("Sinds toen zijn 3 cijfers van Drenthe herzien")
    assert zin.endswith(". Oorzaak: levering (2), definitie (1).")
