"""On course or not: the verdict on one indicator, by hand, with what may not be compared left alone."""

from __future__ import annotations

from datetime import date

import pytest
from koersrijen import LAGER, figure

from app.lezen.data import Doel, Trendbreuk, Verschil, Waarneming
from app.oordeel.programma import koers
from app.oordeel.programma.ambities import path_value


def verdict(*rijen: Waarneming, breuken: tuple[Trendbreuk, ...] = (), doelen: tuple[Doel, ...] = ()) -> koers.Koers:
    uit = koers.judge(LAGER, rijen, breuken, doelen)
    assert uit is not None
    return uit


def test_lower_since_the_baseline_year_is_on_course_when_lower_is_wanted() -> None:
    uit = verdict(figure(2021, 0.065), figure(2022, 0.071), figure(2023, 0.063))
    assert (uit.oordeel, uit.bewijs) == ("op koers", "6,3% in 2023, was 6,5% in 2021.")


def test_the_baseline_is_2021_not_the_year_before() -> None:
    assert verdict(figure(2021, 0.06), figure(2022, 0.08), figure(2023, 0.07)).oordeel == "niet op koers"


def test_what_came_before_the_baseline_year_says_nothing() -> None:
    uit = verdict(figure(2019, 0.08), figure(2021, 0.06))
    assert uit.oordeel == "niet te zeggen"
    assert "geen cijfer van na het nuljaar 2021" in uit.bewijs


def test_equal_is_not_on_course() -> None:
    assert verdict(figure(2021, 0.06), figure(2022, 0.06)).oordeel == "niet te zeggen"


@pytest.mark.parametrize("zeker", [True, False])
def test_no_verdict_across_a_break_certain_or_possible(zeker: bool) -> None:
    breuk = Trendbreuk("verzuim", "", "", date(2022, 1, 1), "Andere vragenlijst.", "", zeker)
    uit = verdict(figure(2021, 0.08), figure(2023, 0.06), breuken=(breuk,))
    assert uit.oordeel == "niet te zeggen"
    assert "trendbreuk" in uit.bewijs


def test_a_figure_that_cannot_be_compared_gives_way_to_the_one_before_and_says_so() -> None:
    uit = verdict(figure(2021, 0.08), figure(2022, 0.07), figure(2023, 0.09, is_voorlopig=True))
    assert uit.oordeel == "op koers"
    assert "Van later is er een cijfer" in uit.bewijs


def test_a_quarter_is_only_compared_with_the_same_quarter() -> None:
    def quarter(jaar: int, waarde: float, maand: int) -> Waarneming:
        begin, eind = date(jaar, maand - 2, 1), date(jaar, maand, 28)
        return figure(jaar, waarde, periode_soort="kwartaal", begin=begin, eind=eind, periode=f"{jaar}-{maand}")

    assert verdict(quarter(2021, 0.08, 3), quarter(2022, 0.06, 9)).oordeel == "niet te zeggen"
    assert verdict(quarter(2021, 0.08, 9), quarter(2022, 0.06, 9)).oordeel == "op koers"


def test_a_prognosis_is_no_outcome_and_two_series_are_never_joined() -> None:
    assert koers.judge(LAGER, [figure(2031, 0.9, "prognose=2022-01")], (), ()) is None
    uit = verdict(figure(2021, 0.08, "meting=kzv"), figure(2023, 0.05, "meting=vernet"))
    assert uit.oordeel == "niet te zeggen"


def test_voorbeelddata_make_no_verdict_and_do_not_stand_in_for_a_real_figure() -> None:
    verzonnen = figure(2023, 0.05, herkomst="synthetisch")
    alleen = verdict(figure(2021, 0.08, herkomst="synthetisch"), verzonnen)
    assert (alleen.oordeel, "alleen voorbeelddata" in alleen.bewijs) == ("niet te zeggen", True)
    assert verdict(figure(2021, 0.08), verzonnen).oordeel == "niet te zeggen"
    assert verdict(figure(2021, 0.08), figure(2022, 0.07), verzonnen).bewijs == "7% in 2022, was 8% in 2021."


@pytest.mark.parametrize(
    ("waarde", "oordeel"),
    # Halfway from 8 % in 2021 to 6 % in 2025 the line lies at 7 %.
    [(0.07, "op koers"), (0.0701, "niet op koers")],
)
def test_an_ambition_is_a_straight_line(waarde: float, oordeel: str) -> None:
    doel = Doel("verzuim", "NL01", 2021, 0.08, 2025, 0.06, "RAAT")
    uit = verdict(figure(2021, 0.08), figure(2023, waarde), doelen=(doel,))
    assert uit.oordeel == oordeel
    assert "ten hoogste 7" in uit.bewijs


def test_past_its_year_the_ambition_itself_counts() -> None:
    doel = Doel("verzuim", "NL01", 2021, 0.08, 2022, 0.06, "RAAT")
    assert path_value(doel, 2023) == path_value(doel, 2022)
    assert verdict(figure(2023, 0.061), doelen=(doel,)).oordeel == "niet op koers"


@pytest.mark.parametrize(("waarde", "oordeel"), [(0.061, "niet te zeggen"), (0.06, "op koers")])
def test_an_ambition_without_baseline_is_judged_only_when_it_is_met(waarde: float, oordeel: str) -> None:
    doel = Doel("verzuim", "NL01", 2021, None, 2025, 0.06, "RAAT")
    uit = verdict(figure(2023, waarde), doelen=(doel,))
    assert uit.oordeel == oordeel
    assert uit.bewijs.endswith("is gehaald." if oordeel == "op koers" else "om mee te vergelijken.")


def test_an_ambition_for_a_year_is_not_weighed_on_one_winter() -> None:
    doel = Doel("verzuim", "NL01", 2021, 0.08, 2025, 0.06, "RAAT")
    winter = {"periode_soort": "kwartaal", "periode_naam": "1e kwartaal 2023", "eind": date(2023, 3, 31)}
    uit = verdict(figure(2023, 0.09, **winter), doelen=(doel,))
    assert (uit.oordeel, "zegt te weinig over een heel jaar" in uit.bewijs) == ("niet te zeggen", True)


@pytest.mark.parametrize(
    ("getoetst", "oordeel"),
    [("hoger", "niet op koers"), ("lager", "op koers"), ("geen_verschil", "niet te zeggen"), ("", "niet te zeggen")],
)
def test_a_survey_is_judged_by_its_test_alone(getoetst: str, oordeel: str) -> None:
    toets = Verschil("verzuim", "", "verandering", "NL01", "2023", "2021", -0.02, getoetst)
    lijn = koers.pillar_line("P", [(LAGER, figure(2023, 0.05))], [toets] if getoetst else [], 2)
    assert lijn.delen[0].oordeel == oordeel


def test_a_line_is_partly_on_course_when_its_figures_disagree() -> None:
    def part(oordeel: koers.Oordeel) -> koers.Koers:
        return koers.Koers(LAGER, oordeel, "", ())

    assert koers.Lijn("x", (part("op koers"), part("niet te zeggen"))).oordeel == "op koers"
    assert koers.Lijn("x", (part("op koers"), part("niet op koers"))).oordeel == "deels op koers"
    assert koers.Lijn("x", (part("niet te zeggen"),)).oordeel == "niet te zeggen"
    assert koers.Lijn("x", ()).oordeel == "niet te zeggen"
