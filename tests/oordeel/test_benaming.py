"""What a figure is called: another series, or a part of the people, carries its name in the label."""

from __future__ import annotations

from dataclasses import replace

import pytest
from koersrijen import LAGER
from zinrijen import BASIS

from app.oordeel import benaming


@pytest.mark.parametrize(
    ("uitsplitsing", "is_kern", "naam"),
    [
        ("", False, "Ziekteverzuim"),
        ("meting=kzv", True, "Ziekteverzuim"),
        ("meting=vernet", False, "Ziekteverzuim, verzuimcijfers van Vernet"),
        ("opleiding=verzorgende_ig", True, "Ziekteverzuim, verzorgende ig (mbo)"),
        ("niveau=mbo_hbo_wo", True, "Ziekteverzuim, mbo, hbo en wo samen"),
        ("prognose=2025-12", False, "Ziekteverzuim, prognose van december 2025"),
    ],
)
def test_only_the_core_series_of_everyone_goes_without_a_name(uitsplitsing: str, is_kern: bool, naam: str) -> None:
    assert benaming.label(LAGER, replace(BASIS, uitsplitsing=uitsplitsing, is_kern=is_kern)) == naam


def test_within_a_sentence_a_title_loses_its_own_capital_only() -> None:
    assert benaming.in_sentence("Verzuim: cijfers van het CBS") == "verzuim: cijfers van het CBS"


def test_a_forecast_with_agreements_says_so_and_what_the_one_without_them_expects() -> None:
    met = replace(BASIS, periode="2035", uitsplitsing="prognose=2025-12", waarde=227_000.0, precisie="circa")
    zonder = replace(met, uitsplitsing="prognose=2025-12;scenario=referentie", waarde=301_000.0)
    ouder = replace(met, uitsplitsing="prognose=2023-12;scenario=referentie", waarde=195_000.0)
    later = replace(zonder, periode="2036", waarde=310_000.0)
    alle = [met, zonder, ouder, later]
    zin = "met de afspraken van dat moment; zonder nieuw beleid ongeveer 301.000 personen"
    assert benaming.other_scenarios(met, alle, "personen") == zin
    assert benaming.other_scenarios(met, [met, ouder, later], "personen") == ""
    assert benaming.other_scenarios(zonder, alle, "personen") == ""
