"""What stands first of a region: its figure among regions like it, by hand, on its card and in its picture."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from zinrijen import LATER

from app.beeld import charts
from app.beeld.fragmenten import Verwijzer
from app.beeld.onderwerp import regiobeeld
from app.beeld.tekening import pagina, pixels
from app.lezen.rijen import Indicator, Regio, Waarneming
from app.oordeel.overzicht import regiokern

RIJ = replace(
    LATER, regio_code="RA0101", niveau="arbeidsmarktregio", herkomst="levering", waarde=0.7, precisie="", bron="PFZW"
)
KAART = Indicator(
    indicator_id="dekkingsgraad", volgorde=1, titel="Dekkingsgraad", vraag="", definitie="", formule="",
    eenheid="aandeel", richting="hoger", actielijn="", pijler="", schakel="", bron="", optelbaar=False,
    vertrouwelijk="", te_bevestigen=False, plekken={"regio": 10},
)  # fmt: skip
GRONINGEN = Regio("RA0101", "arbeidsmarktregio", "Groningen", "", None, None, "hoog", None, None)


def _regions(*waarden: float) -> tuple[Waarneming, ...]:
    """Return one figure for RA0101, RA0102, … and one for Nederland."""
    rijen = [replace(RIJ, regio_code=f"RA{i:04d}", waarde=w) for i, w in enumerate(waarden, start=101)]
    return (*rijen, replace(RIJ, regio_code="NL01", niveau="land", waarde=0.68))


def _kern(rijen: tuple[Waarneming, ...], gelijkende: set[str]) -> regiokern.Regiokern:
    return regiokern.collect({"dekkingsgraad": KAART}, lambda _: rijen, GRONINGEN, gelijkende, [GRONINGEN])[0]


def test_regions_like_this_one_are_a_range_and_never_a_mean() -> None:
    kern = _kern(_regions(0.7, 0.6, 0.9, 0.1), {"RA0102", "RA0103"})
    assert regiokern.range_text(kern) == "60% tot 90%"
    titel = regiokern.title(GRONINGEN, [kern])
    assert titel == "Groningen: dekkingsgraad 70% in 2021, Nederland 68%, regio's zoals deze 60% tot 90%"


def test_an_uncertain_figure_does_not_stretch_the_range() -> None:
    rijen = _regions(0.7, 0.6, 0.65)
    kern = _kern((*rijen, replace(RIJ, regio_code="RA0104", waarde=0.99, status="indicatief")), {"RA0102", "RA0104"})
    assert regiokern.range_text(kern) == "60%"


def test_what_is_real_of_a_region_is_on_a_card_also_where_the_others_have_another_series() -> None:
    anders = tuple(replace(r, uitsplitsing="telling=pfzw") for r in _regions(0.7, 0.6, 0.9))
    eigen = replace(RIJ, waarde=0.5, periode="2019", periode_naam="2019", eind=date(2019, 12, 31))
    kern = _kern((*(r for r in anders if r.regio_code != "RA0101"), eigen), set())
    assert (kern.rij, kern.land) == (eigen, None)
    assert regiokern.title(GRONINGEN, [kern]) == "Groningen: dekkingsgraad 50% in 2019"


def test_the_response_of_a_survey_comes_after_every_figure_of_care() -> None:
    respons = replace(KAART, indicator_id="respons", titel="Respons", volgorde=0, plekken={"regio": 1})
    kernen = regiokern.collect(
        {"respons": respons, "dekkingsgraad": KAART}, lambda n: (replace(RIJ, indicator_id=n),), GRONINGEN, (), []
    )
    assert [k.indicator.indicator_id for k in kernen] == ["dekkingsgraad", "respons"]


@pytest.mark.parametrize(("herkomst", "wordt"), [("levering", True), ("synthetisch", False)])
def test_what_is_made_up_has_no_wanted_direction_and_no_place_among_regions(herkomst: str, wordt: bool) -> None:
    kern = _kern(tuple(replace(r, herkomst=herkomst) for r in _regions(0.7, 0.6, 0.9)), set())
    kaart = str(pagina.as_html(regiobeeld.draw([kern], Verwijzer())))
    assert (("hoger is beter" in kaart.lower()), ("rm-stip" in kaart)) == (wordt, wordt)


def test_the_picture_to_take_along_has_the_cards_of_the_page() -> None:
    tekening = regiobeeld.draw([_kern(_regions(0.7, 0.6), {"RA0102"})], Verwijzer())
    op_papier = [str(rij["tekst"]) for rij in pixels.place(tekening).rijen.to_pylist() if rij["tekst"]]
    op_de_pagina = re.findall(r">([^<>]+)<", str(pagina.as_html(tekening)))
    assert op_papier == op_de_pagina
    assert op_papier[:2] == ["Dekkingsgraad", "70%"]
    assert [op_papier[op_papier.index(wie) + 1] for wie in ("Nederland", "Eén regio zoals deze")] == ["68%", "60%"]


def test_another_period_or_way_of_counting_does_not_stand_beside_it() -> None:
    anders = replace(RIJ, regio_code="RA0102", waarde=0.2, uitsplitsing="telling=pfzw")
    eerder = replace(RIJ, regio_code="RA0103", waarde=0.3, periode="2019", eind=date(2019, 12, 31))
    kern = _kern((*_regions(0.7), anders, eerder), {"RA0102", "RA0103"})
    assert kern.gelijk == ()


@pytest.mark.parametrize(
    ("hoogste", "eind"), [(0.9, 1.0), (0.51, 1.0), (0.5, 0.52), (0.08, 0.08), (0.081, 0.12), (0, 0.04)]
)
def test_an_axis_of_shares_ends_on_a_whole_step(hoogste: float, eind: float) -> None:
    assert charts.top_of_axis([0.0, hoogste]) == pytest.approx(eind)


def test_the_source_of_a_figure_of_a_region_is_that_of_this_region() -> None:
    assert "regio=RA0101" in Verwijzer().evidence("Bron en uitleg", KAART, RIJ.regio_code)
    assert "regio=" not in Verwijzer().evidence("Bron en uitleg", KAART)
