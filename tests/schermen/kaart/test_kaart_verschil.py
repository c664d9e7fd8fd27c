"""The map of a difference in words: from what to what, between which values, and why a region has none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from zinrijen import BASIS, LATER

from app.beeld.tabel import werkblad
from app.lezen import data
from app.lezen.rijen import Regio, Waarneming
from app.oordeel.kaart.kaartkeuze import Kaartkeuze
from app.oordeel.vergelijken import kaartverschil, verschilkaart
from app.schermen.kaart import verschil

TWENTE = Regio("RA0205", "arbeidsmarktregio", "Twente", "", None, None, "", None, None)
DRENTHE = replace(TWENTE, regio_code="RA0102", naam="Drenthe")


@pytest.fixture
def kaart(kleine_publicatie, monkeypatch) -> verschilkaart.Verschilkaart:
    """Return Twente from 50% to 53%, and Drenthe of which the second figure is hidden."""
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(kleine_publicatie))
    indicator = data.indicatoren(data.kenmerk())["dekkingsgraad"]

    def _at(rij: Waarneming, twente: float, drenthe: float | None) -> Kaartkeuze:
        delen = {"RA0205": twente, "RA0102": drenthe}
        rijen = tuple(
            replace(rij, regio_code=code, niveau="arbeidsmarktregio", waarde=w,
                    status="onderdrukt" if w is None else "beschikbaar")
            for code, w in delen.items()
        )  # fmt: skip
        return Kaartkeuze(indicator, "arbeidsmarktregio", "", "", "TOTAAL", rij.periode, rijen)

    van, tot = _at(BASIS, 0.5, 0.66), _at(LATER, 0.53, None)
    per_regio = kaartverschil.over_time(van.on_map(), tot.on_map(), "aandeel", (), ())
    return verschilkaart.Verschilkaart(van, tot, per_regio)


def test_title_and_line_below_say_what_is_compared_and_what_is_left_out(kaart):
    assert verschilkaart.title(kaart) == (
        "Dekkingsgraad, verandering van 2019 naar 2021: +3 procentpunt in 1 arbeidsmarktregio"
    )
    assert verschilkaart.subtitle(kaart) == (
        "Het verschil tussen de cijfers zoals ze getoond worden, in procentpunt. Zonder verschil: niet getoond (1)."
    )


def test_one_region_is_said_with_both_figures_and_a_hidden_one_with_neither(kaart):
    assert verschilkaart.sentence(kaart, TWENTE) == "Twente: +3 procentpunt. 2019 50%, 2021 53%."
    assert verschilkaart.sentence(kaart, DRENTHE) == "Drenthe: geen verschil te geven (niet getoond)."


def test_what_is_taken_along_has_the_difference_as_a_number_and_nothing_of_what_is_hidden(kaart):
    regels = verschil._cells(kaart, {"RA0205": TWENTE, "RA0102": DRENTHE})
    assert regels[0][2] == 3
    assert regels[1][1:] == ("niet getoond", "niet getoond", "")


def test_a_break_between_the_two_leaves_no_difference(kaart):
    breuk = data.Trendbreuk("dekkingsgraad", "", "", date(2020, 6, 1), "andere telling", "")
    per_regio = kaartverschil.over_time(kaart.van.on_map(), kaart.tot.on_map(), "aandeel", (breuk,), ())
    gebroken = replace(kaart, per_regio=per_regio)
    assert verschilkaart.title(gebroken).endswith(": geen verschil te geven")
    rijen = [("RA0205", *verschil._cells(gebroken, {"RA0205": TWENTE})[0]), ("RA0102", "50%", "53%", 3, "")]
    koppen, regels = werkblad.with_reasons(("regio_code", "2019", "2021", "Verschil", "Opmerking"), rijen)
    reden = dict(zip(koppen, regels[0], strict=True))[werkblad.WAAROM]
    assert reden == "trendbreuk, daarom geen vergelijking"
