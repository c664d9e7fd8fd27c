"""Keys that divide a national effect: complete or not used, never mixed, and nothing for a region below the line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.lezen.rijen import Indicator, Waarneming
from app.oordeel.knoppen import verdeelsleutels

REGIOS = ("RA0101", "RA0102", "RA0103")
RIJ = Waarneming(
    indicator_id="aantal_werknemers", categorie="", uitsplitsing="telling=cbs_breed", regio_code="RA0101",
    niveau="arbeidsmarktregio", branche_code="TOTAAL", periode="2021", schatting="", herkomst="levering",
    peildatum=None, waarde=100.0, waarde_tot=None, onder=None, boven=None, teller=None, noemer=None, n=None,
    status="beschikbaar", is_voorlopig=False, levering_id="l", precisie="", populatie="", bron="CBS", vindplaats="",
    periode_naam="2021", periode_soort="jaar", begin=date(2021, 1, 1), eind=date(2021, 12, 31),
)  # fmt: skip

# Which counts a knop works on is said in the catalogue.
CATALOGUS = {
    naam: Indicator(naam, 1, naam, "", "", "", "personen", "hoger", "", "", "", "", True, "", False, knop=knop)
    for naam, knop in (
        ("zij_instroom", "zij_instroom_herintreders"), ("herintreders", "zij_instroom_herintreders"),
        ("instroom_opleidingen", "opleidingsrendement"), ("uitstroom", "uitstroom"),
    )
}  # fmt: skip


def figures(*waarden: float | None, **anders: object) -> list[Waarneming]:
    """Return one figure per region."""
    return [replace(RIJ, regio_code=c, waarde=w, **anders) for c, w in zip(REGIOS, waarden, strict=True)]


def haal(**rijen: list[Waarneming]):
    return lambda naam: tuple(rijen.get(naam, ()))


def test_employees_are_divided_over_their_own_sum() -> None:
    sleutel = verdeelsleutels.employees(haal(aantal_werknemers=figures(100, 200, 700)), REGIOS)
    assert sleutel is not None
    assert sleutel.aandelen == pytest.approx({"RA0101": 0.1, "RA0102": 0.2, "RA0103": 0.7})


def test_a_period_in_which_one_region_is_missing_or_hidden_is_not_used() -> None:
    oud = figures(100, 200, 700)
    nieuw = figures(1, 1, None, periode="2022", eind=date(2022, 12, 31))
    sleutel = verdeelsleutels.employees(haal(aantal_werknemers=oud + nieuw), REGIOS)
    assert sleutel is not None
    assert sleutel.periode_naam == "2021"
    assert verdeelsleutels.employees(haal(aantal_werknemers=nieuw), REGIOS) is None


def test_two_counts_of_employees_are_never_mixed() -> None:
    smal = figures(1, 1, 2, uitsplitsing="telling=cbs_smal")
    sleutel = verdeelsleutels.employees(haal(aantal_werknemers=smal + figures(100, 200, 700)), REGIOS)
    assert sleutel is not None
    assert {r.uitsplitsing for r in sleutel.rijen} == {"telling=cbs_breed"}


def test_zij_instroom_and_herintreders_count_together_only_when_both_are_complete() -> None:
    basis = figures(100, 200, 700)
    bron = haal(aantal_werknemers=basis, zij_instroom=figures(10, 10, 20), herintreders=figures(0, 30, 30))
    sleutel = verdeelsleutels.keys(bron, REGIOS, CATALOGUS)["zij_instroom_herintreders"]
    assert sleutel.aandelen == pytest.approx({"RA0101": 0.1, "RA0102": 0.4, "RA0103": 0.5})
    half = haal(aantal_werknemers=basis, zij_instroom=figures(10, 10, 20))
    assert "zij_instroom_herintreders" not in verdeelsleutels.keys(half, REGIOS, CATALOGUS)


def test_a_region_with_less_absence_than_the_economy_gets_nothing() -> None:
    verzuim = figures(0.06, 0.05, 0.04, uitsplitsing="meting=kzv")
    economie = replace(RIJ, regio_code="NL01", branche_code="ALLE", waarde=0.045, uitsplitsing="meting=kzv")
    bron = haal(aantal_werknemers=figures(100, 300, 600), verzuim=[*verzuim, economie])
    # 0,015 × 100 = 1,5 and 0,005 × 300 = 1,5 persons' worth; the third region is below 4,5% already.
    assert verdeelsleutels.keys(bron, REGIOS, CATALOGUS)["verzuim"].aandelen == pytest.approx(
        {"RA0101": 0.5, "RA0102": 0.5, "RA0103": 0.0}
    )


def test_absence_of_another_measurement_is_no_line_to_compare_with() -> None:
    verzuim = figures(0.06, 0.05, 0.04, uitsplitsing="meting=vernet")
    economie = replace(RIJ, regio_code="NL01", branche_code="ALLE", waarde=0.045, uitsplitsing="meting=kzv")
    bron = haal(aantal_werknemers=figures(100, 300, 600), verzuim=[*verzuim, economie])
    assert "verzuim" not in verdeelsleutels.keys(bron, REGIOS, CATALOGUS)


def test_an_area_is_the_sum_of_its_regions_per_knop() -> None:
    bron = haal(aantal_werknemers=figures(100, 200, 700), uitstroom=figures(5, 5, 10))
    basis, eigen = verdeelsleutels.employees(bron, REGIOS), verdeelsleutels.keys(bron, REGIOS, CATALOGUS)
    assert basis is not None
    aandelen = verdeelsleutels.of_area(("productiviteit", "uitstroom"), basis, eigen, ("RA0101", "RA0102"))
    assert aandelen == pytest.approx({"productiviteit": 0.3, "uitstroom": 0.5})
