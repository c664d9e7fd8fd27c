"""Control limits over time: what is more than usual, by hand and by chance, and of which series nothing is said."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from publicatiebed import Toon
from scherm import plain, run
from scipy import stats
from zinrijen import quarters

from app.lezen.rijen import Trendbreuk, Waarneming
from app.oordeel.vergelijken import regelgrens

# Twelve quarters with a season: a year later +0.1, -0.1, +0.1, -0.1, and so on, in points.
TWAALF = (6.0, 5.5, 5.0, 6.5, 6.1, 5.4, 5.1, 6.4, 6.2, 5.3, 5.2, 6.3)


def say(rijen: tuple[Waarneming, ...], breuken: tuple[Trendbreuk, ...] = (), eenheid: str = "aandeel") -> str:
    return regelgrens.sentence(rijen, eenheid, breuken)


def test_limit_by_hand():
    """Seven earlier changes of 0.1 point: usual is 0.1, times t(7; 99.5 %) = 3.50 is 0.35, rounded up 0.4."""
    grens = regelgrens.limit([Decimal(str(p)) for p in TWAALF], 4, Decimal("0.1"))
    assert grens == regelgrens.Regelgrens(Decimal("-0.1"), Decimal("0.4"))
    assert not grens.is_buiten


def test_a_series_that_never_changes_leaves_room_for_rounding_alone():
    """sqrt(0.1² / 6) = 0.041, times 3.50 is 0.143, rounded up 0.2: +0.2 is still usual, +0.3 is not."""
    stil = [Decimal("6.0")] * 11
    oordelen = [regelgrens.limit([*stil, Decimal(f"6.{n}")], 4, Decimal("0.1")).is_buiten for n in (1, 2, 3)]
    assert oordelen == [False, False, True]


@pytest.mark.parametrize("vrijheid", [7, 8, 11, 15, 30, 60])
def test_quantile_is_that_of_scipy(vrijheid):
    assert regelgrens.t_quantile(vrijheid) == pytest.approx(stats.t.ppf(0.995, vrijheid), rel=0.003)


def test_usual_and_unusual_in_words():
    assert say(quarters(*TWAALF)) == (
        "In het 4e kwartaal 2021 −0,1 procentpunt sinds het 4e kwartaal 2020. Dat is niet ongewoon: in een jaar "
        "verandert dit cijfer meestal hoogstens 0,4 procentpunt."
    )
    assert say(quarters(*TWAALF[:-1], 6.9)) == (
        "In het 4e kwartaal 2021 +0,5 procentpunt sinds het 4e kwartaal 2020. Dat is meer dan gewoonlijk: in een jaar "
        "verandert dit cijfer meestal hoogstens 0,4 procentpunt. Waardoor het komt, zegt dat niet."
    )
    assert say(quarters(*TWAALF[:-1], 6.4)).startswith("In het 4e kwartaal 2021 gelijk gebleven sinds")


KORT = (
    "Of de laatste verandering meer is dan gewoonlijk, is niet te zeggen: daarvoor zijn 12 kwartalen op rij nodig "
    "zonder trendbreuk, "
)


def test_eleven_quarters_are_too_short():
    assert say(quarters(*TWAALF[1:])) == f"{KORT}en er zijn er 11."


@pytest.mark.parametrize("zeker", [True, False])
def test_no_verdict_across_a_break_nor_one_that_may_be_there(zeker):
    breuk = Trendbreuk("verzuim", "", "", date(2020, 1, 1), "Nieuwe opzet.", "", zeker)
    assert say(quarters(*TWAALF), (breuk,)) == f"{KORT}en er zijn er 8."


@pytest.mark.parametrize("anders", [{"waarde": None, "status": "onderdrukt"}, {"waarde": None, "status": "ontbreekt"},
                                    {"precisie": "circa"}])  # fmt: skip
def test_a_gap_is_not_bridged(anders):
    rijen = list(quarters(*TWAALF))
    rijen[2] = replace(rijen[2], **anders)
    assert say(tuple(rijen)) == f"{KORT}en er zijn er 9."
    del rijen[2]
    assert say(tuple(rijen)) == f"{KORT}en er zijn er 9."


def test_the_newest_final_figure_is_judged_not_a_provisional_one():
    rijen = quarters(*TWAALF, 9.9)
    assert say((*rijen[:-1], replace(rijen[-1], is_voorlopig=True))) == say(quarters(*TWAALF))
    assert (
        say((*rijen[:-2], replace(rijen[-2], is_voorlopig=True), rijen[-1]))
        == f"{KORT}en voor het nieuwste ontbreken er."
    )


@pytest.mark.parametrize("anders", [{"herkomst": "synthetisch"}, {"is_steekproef": True},
                                    {"uitsplitsing": "prognose=2019-06"}])  # fmt: skip
def test_of_made_up_sampled_and_expected_figures_nothing_is_said(anders):
    assert say(tuple(replace(r, **anders) for r in quarters(*TWAALF))) == ""


def test_only_of_ratios_and_of_what_has_a_course():
    assert say(quarters(*TWAALF), eenheid="personen") == ""
    assert say(quarters(*TWAALF[:2])) == ""


def test_months_need_twenty_for_as_many_changes():
    assert [regelgrens.needed(soort) for soort in ("jaar", "kwartaal", "maand")] == [12, 12, 20]


@pytest.mark.parametrize("samenhang", [0.0, 0.8])
def test_a_series_in_which_nothing_happens_is_seldom_unusual(samenhang):
    """Twelve quarters that resemble each other or do not, 1,500 times with a fixed seed: about one in a hundred."""
    toeval, buiten, stap = random.Random(2021), 0, Decimal("0.001")
    for _ in range(1500):
        ruis = [toeval.gauss(0, 1)]
        for _ in range(11):
            ruis.append(samenhang * ruis[-1] + (1 - samenhang**2) ** 0.5 * toeval.gauss(0, 1))
        buiten += regelgrens.limit([Decimal(f"{r:.3f}") for r in ruis], 4, stap).is_buiten
    assert 0.002 <= buiten / 1500 <= 0.015


def test_the_reader_meets_it_on_the_page_of_the_figure_in_mijn_regio_and_on_the_map(toon: Toon) -> None:
    """Figures of a region as a delivery would bring them."""
    waarden = ", ".join(f"('{r.periode}', {r.waarde})" for r in quarters(*TWAALF))
    toon(
        f"""insert into waarneming (indicator_id, categorie, uitsplitsing, regio_code, niveau, branche_code, periode,
                schatting, herkomst, waarde, status, is_voorlopig, levering_id)
            select 'verzuim', '', 'meting=kzv', 'RA0101', 'arbeidsmarktregio', 'TOTAAL', periode,
                '', 'levering', waarde, 'beschikbaar', false, 'l' from (values {waarden}) as v (periode, waarde)"""
    )
    for pagina in ("indicator", "regio", "kaart"):
        tekst = plain(run(pagina, regio="RA0101", indicator="verzuim", voorbeeld="0"))
        assert "−0,1 procentpunt sinds het 4e kwartaal 2020. Dat is niet ongewoon: in een jaar" in tekst, pagina
