"""On course or not: the verdict on one indicator, by hand, with what may not be compared left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from koersrijen import LAGER, figure

from app.beeld.fragmenten import Verwijzer
from app.beeld.onderwerp import koersbeeld
from app.lezen import data
from app.lezen.rijen import Doel, Trendbreuk, Verschil, Waarneming
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
    lijn = koers.pillar_line("basis", [(LAGER, figure(2023, 0.05))], [toets] if getoetst else [], 2)
    assert lijn.delen[0].oordeel == oordeel


def part(oordeel: koers.Oordeel, **kaart: str) -> koers.Koers:
    return koers.Koers(replace(LAGER, **kaart), oordeel, "", ())


@pytest.mark.parametrize(
    ("op", "niet", "onbekend", "tekst"),
    [
        (3, 0, 3, "op koers, op 3 van 6"),
        (2, 1, 3, "deels op koers, op 3 van 6"),
        (0, 4, 0, "niet op koers, op 4 van 4"),
        # Three, but less than half; half, but fewer than three; none; and no indicator at all.
        (3, 0, 4, "te weinig bekend: 3 van 7"),
        (2, 0, 0, "te weinig bekend: 2 van 2"),
        (0, 0, 7, "te weinig bekend: 0 van 7"),
        (0, 0, 0, "te weinig bekend: er loopt geen cijfer"),
    ],
)
def test_a_line_needs_half_of_its_indicators_and_three(op: int, niet: int, onbekend: int, tekst: str) -> None:
    delen = [part("op koers")] * op + [part("niet op koers")] * niet + [part("niet te zeggen")] * onbekend
    assert koers.Koerslijn("x", tuple(delen)).tekst == tekst


@pytest.mark.parametrize(
    ("zelf", "buiten", "kop"),
    [
        (2, 0, "Ook niet te zeggen bij 1 ander cijfer"),
        (3, 0, "Ook niet te zeggen bij 2 andere cijfers"),
        (1, 1, "Ook niet te zeggen bij 1 ander cijfer, dat niet meetelt"),
        (2, 2, "Ook niet te zeggen bij 3 andere cijfers, waarvan 2 niet meetellen"),
    ],
)
def test_a_card_counts_apart_what_has_no_part_in_the_verdict(zelf: int, buiten: int, kop: str) -> None:
    """The card says 'te weinig bekend: 0 van 2'; a forecast below it is no third figure of those two."""
    delen = [part("niet te zeggen", indicator_id=f"i{n}") for n in range(zelf)]
    delen += [part("niet te zeggen", indicator_id=f"p{n}", buiten_koers="prognose") for n in range(buiten)]
    kaart = str(koersbeeld.cards([koers.Koerslijn("x", tuple(delen))], Verwijzer()))
    assert f"<summary>{kop}</summary>" in kaart


def test_a_forecast_and_an_ended_programme_do_not_count() -> None:
    buiten = [part("niet te zeggen", buiten_koers=waarom) for waarom in ("prognose", "afgelopen") * 2]
    assert koers.Koerslijn("x", (*[part("op koers")] * 3, *buiten)).tekst == "op koers, op 3 van 3"
    assert koers.Koerslijn("x", (*[part("op koers")] * 2, *buiten)).tekst == "te weinig bekend: 2 van 2"


def test_what_is_not_fresh_gets_no_verdict() -> None:
    reeks = [figure(2021, 0.08), figure(2023, 0.06)]
    assert verdict(*reeks).oordeel == "op koers"
    oud = verdict(reeks[0], replace(reeks[1], verouderd=35))
    assert (oud.oordeel, "verouderd: bijna 3 jaar" in oud.bewijs) == ("niet te zeggen", True)
    doel = Doel("verzuim", "NL01", 2021, 0.08, 2025, 0.06, "RAAT")
    assert verdict(reeks[0], replace(reeks[1], verouderd=35), doelen=(doel,)).oordeel == "niet te zeggen"
    toets = Verschil("verzuim", "", "verandering", "NL01", "2023", "2021", -0.02, "lager")
    lijn = koers.pillar_line("basis", [(LAGER, replace(figure(2023, 0.05), verouderd=35))], [toets], 2)
    assert lijn.delen[0].oordeel == "niet te zeggen"


def test_only_the_core_series_is_judged() -> None:
    kern = {"uitsplitsing": "meting=kzv", "is_kern": True}
    ander = [figure(2021, 0.05, "meting=vernet"), figure(2024, 0.09, "meting=vernet")]
    uit = verdict(figure(2021, 0.08, **kern), figure(2023, 0.06, **kern), *ander)
    assert uit.bewijs == "6% in 2023, was 8% in 2021."


STROOM = {
    naam: replace(LAGER, indicator_id=naam, titel=titel, eenheid="personen", richting=richting, balans=balans)
    for naam, titel, richting, balans in (
        ("instroom_sector", "Instroom", "hoger", "saldo_sector"),
        ("uitstroom", "Uitstroom", "lager", "saldo_sector"),
        ("saldo_sector", "Saldo", "hoger", ""),
    )
}


def flows(**standen: tuple[int, int]) -> dict[str, koers.Koers]:
    """Return the verdicts on a balance whose figures of 2021 and 2023 are these."""

    def haal(naam: str) -> tuple[Waarneming, ...]:
        paren = zip((2021, 2023), standen.get(naam, ()), strict=False)
        return tuple(figure(jaar, waarde, indicator_id=naam) for jaar, waarde in paren)

    lijn = next(lijn for lijn in koers.action_lines(STROOM, haal, (), ()) if lijn.delen)
    return {deel.indicator.indicator_id: deel for deel in lijn.delen}


def test_one_side_of_a_balance_is_judged_only_where_the_saldo_says_the_same() -> None:
    samen = flows(instroom_sector=(100, 120), uitstroom=(80, 70), saldo_sector=(20, 50))
    assert {deel.oordeel for deel in samen.values()} == {"op koers"}
    assert "Saldo: 50 in 2023, was 20 in 2021." in samen["instroom_sector"].bewijs
    # More come in, and still more go: the inflow is no good news.
    tegen = flows(instroom_sector=(100, 120), uitstroom=(80, 130), saldo_sector=(20, -10))
    assert [tegen[naam].oordeel for naam in STROOM] == ["niet te zeggen", "niet op koers", "niet op koers"]
    alleen = flows(instroom_sector=(100, 120))
    assert alleen["instroom_sector"].oordeel == "niet te zeggen"
    assert "Eén kant van een balans zegt het niet" in alleen["instroom_sector"].bewijs


@pytest.mark.parametrize(
    ("woorden", "zin"),
    [
        ([3, 0, 0, 1], "Van de 4 actielijnen: 3 op koers, van 1 te weinig bekend"),
        ([1, 1, 1, 0], "Van de 3 actielijnen: 1 op koers, 1 deels op koers, 1 niet op koers"),
        ([1, 0, 0, 0], "Van de ene actielijn: 1 op koers"),
        ([0, 0, 0, 4], "Van geen enkele actielijn is genoeg bekend om te zeggen of zij op koers is"),
        ([0, 0, 0, 0], "Van geen enkele actielijn is genoeg bekend om te zeggen of zij op koers is"),
    ],
)
def test_the_summary_reads_at_none_one_and_many(woorden: list[int], zin: str) -> None:
    op, niet, weinig = part("op koers"), part("niet op koers"), part("niet te zeggen")
    soorten = ((op, op, op), (op, op, niet), (niet, niet, niet), (op, weinig, weinig))
    lijnen = [
        koers.Koerslijn("x", delen) for aantal, delen in zip(woorden, soorten, strict=True) for _ in range(aantal)
    ]
    assert koers.summary(lijnen) == zin


def test_of_what_is_published_today_no_line_gets_a_verdict(warehouse: Path) -> None:
    merk = data.kenmerk(warehouse / data.BESTAND)
    lijnen = koers.action_lines(
        data.indicatoren(merk),
        lambda naam: data.waarnemingen(merk, naam, False),
        data.trendbreuken(merk),
        data.doelen(merk),
    )
    assert [lijn.oordeel for lijn in lijnen] == [koers.TE_WEINIG] * 4
    assert all(len(lijn.lopend) > koers.MINSTENS for lijn in lijnen)
