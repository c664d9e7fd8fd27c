"""The knoppen: the reference figures to the digit, regions that add up, and a range that never turns negative."""

from __future__ import annotations

import pytest

from app.beeld.onderwerp import knopgrafiek
from app.oordeel.knoppen import knoppen, knopzinnen
from app.oordeel.knoppen.knoppen import KNOPPEN, combine, effects, persons_text, range_text, round_persons
from app.oordeel.knoppen.knopuitkomst import Gebied, Knopuitkomst

# Actieprogramma Werken in de Zorg, §1.5: persons, to and including 2022.
LANDELIJK = dict(zip(KNOPPEN, (30_000, 15_000, 20_000, 20_000, 20_000, 6_000, 25_000, 17_500), strict=True))
ALLES = dict.fromkeys(KNOPPEN, 1.0)
HALF = dict.fromkeys(KNOPPEN, 0.5)
REGIO = dict.fromkeys(KNOPPEN, 0.0725)


def test_the_country_in_full_overlaps_to_the_reference() -> None:
    landelijk = effects(ALLES, LANDELIJK, ALLES)
    for tekort, met_overlap in ((100_000, 82_281), (112_500, 87_789), (125_000, 92_546)):
        opbrengst = combine(landelijk, tekort)
        assert round(opbrengst.met_overlap) == met_overlap
        # 153.500 added up is more than is needed: it stops at the shortage.
        assert opbrengst.zonder_overlap == tekort
        assert opbrengst.rest_minst == 0


def test_a_region_of_7_25_percent_gives_the_reference_figures() -> None:
    effecten = effects(ALLES, LANDELIJK, REGIO)
    assert list(effecten.values()) == pytest.approx([2175, 1087.5, 1450, 1450, 1450, 435, 1812.5, 1268.75])
    assert sum(effecten.values()) == pytest.approx(11_128.75)
    for tekort, met_overlap in ((7_250, 5_965.40), (8_156.25, 6_364.67), (9_062.5, 6_709.58)):
        assert combine(effecten, tekort).met_overlap == pytest.approx(met_overlap, abs=0.005)


def test_half_of_every_knop_in_that_region() -> None:
    opbrengst = combine(effects(HALF, LANDELIJK, REGIO), 8_156.25)
    assert opbrengst.zonder_overlap == pytest.approx(5_564.38, abs=0.006)
    assert opbrengst.met_overlap == pytest.approx(4_174.83, abs=0.005)


def test_nothing_realised_brings_nothing_and_leaves_the_whole_shortage() -> None:
    opbrengst = combine(effects({}, LANDELIJK, REGIO), 7_250)
    assert (opbrengst.met_overlap, opbrengst.zonder_overlap, opbrengst.rest_meest) == (0, 0, 7_250)


def test_one_knop_larger_than_the_shortage_leaves_nothing_and_not_less() -> None:
    opbrengst = combine({"a": 300.0, "b": 50.0}, 200)
    assert (opbrengst.met_overlap, opbrengst.zonder_overlap) == (200, 200)
    assert opbrengst.rest_minst == opbrengst.rest_meest == 0


def test_without_a_shortage_there_is_nothing_to_bring() -> None:
    assert combine({"a": 300.0}, 0) == knoppen.Opbrengst(0.0, 0.0, 0.0)


@pytest.mark.parametrize("stand", [-0.05, 1.05])
def test_a_share_beyond_what_the_source_gives_is_refused(stand: float) -> None:
    with pytest.raises(ValueError, match="verzuim"):
        effects({"verzuim": stand}, LANDELIJK, REGIO)


@pytest.mark.parametrize(
    ("personen", "stap", "tekst"),
    [
        (76_750, 500, "77.000"),  # half up, not to even
        (76_749, 500, "76.500"),
        (2_175, 50, "2.200"),
        (24.9, 50, "minder dan 50"),
        (25, 50, "50"),
        (0, 50, "0"),
    ],
)
def test_rounding_to_500_and_50(personen: float, stap: int, tekst: str) -> None:
    assert persons_text(personen, stap) == tekst


def test_a_range_whose_ends_round_to_the_same_is_one_number() -> None:
    assert range_text(5_965.4, 7_250, 50) == "5.950 tot 7.250"
    assert range_text(82_281, 82_400, 500) == "82.500"
    assert round_persons(82_281, 500) == 82_500


def outcome(stand: int, tekort: tuple[float, float], effect: dict[str, float]) -> Knopuitkomst:
    """Return what one setting of every knop brings in the whole country."""
    effecten = effects(dict.fromkeys(KNOPPEN, stand / 100), effect, ALLES)
    laag, hoog = (combine(effecten, grens) for grens in tekort)
    return Knopuitkomst("Deze stand", "a", dict.fromkeys(KNOPPEN, stand), effecten, laag, hoog)


def test_a_waterfall_falls_from_the_shortage_by_each_knop_to_what_is_left() -> None:
    """Half of 153.500 is 76.750. Left of 100.000 without overlap: 23.250, shown in steps of 500."""
    land = Gebied("NL01", "Nederland", ALLES, 1.0)
    half = outcome(50, (100_000, 125_000), LANDELIJK)
    rows = [row for row in knopgrafiek.waterfall(land, half) if row["laag"] == "naam"]
    assert [row["tekst"] for row in rows[:3]] == ["100.000 tot 125.000", "15.000", "7.500"]
    # Each step begins where the one before ended.
    stappen = rows[1:-1]
    assert [row["tot"] for row in stappen] == [125_000, *(row["van"] for row in stappen[:-1])]
    assert rows[-1]["tekst"].startswith("23.500 tot ")
    assert knopzinnen.standing(land, [half])[0].startswith("Er blijft 23.500 tot ")


def test_a_waterfall_stops_at_nought_and_a_knop_that_is_off_takes_nothing() -> None:
    land = Gebied("NL01", "Nederland", ALLES, 1.0)
    vol = knopgrafiek.waterfall(land, outcome(100, (100_000, 125_000), LANDELIJK))
    assert min(int(str(row["van"])) for row in vol) == 0
    uit = knopgrafiek.waterfall(land, outcome(0, (100_000, 125_000), LANDELIJK))
    assert {row["tekst"] for row in uit if row["soort"] == "knop"} == {"0"}
    klein = knopgrafiek.waterfall(land, outcome(100, (100_000, 125_000), dict.fromkeys(KNOPPEN, 10.0)))
    assert {row["tekst"] for row in klein if row["soort"] == "knop"} == {"minder dan 500"}
