"""Funnel limits: which regions lie outside what is usual, how often by chance, and of what nothing is said."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from app.lezen.rijen import Waarneming
from app.oordeel.vergelijken import trechter

RIJ = Waarneming(
    indicator_id="verzuim", categorie="", uitsplitsing="", regio_code="RA0101", niveau="arbeidsmarktregio",
    branche_code="TOTAAL", periode="2021", schatting="", herkomst="levering", peildatum=None, waarde=0.5,
    waarde_tot=None, onder=None, boven=None, teller=500, noemer=1000, n=None, status="beschikbaar",
    is_voorlopig=False, levering_id="l", precisie="", populatie="", bron="Bron", vindplaats="p. 1",
    periode_naam="2021", periode_soort="jaar", begin=date(2021, 1, 1), eind=date(2021, 12, 31),
)  # fmt: skip


def regions(*tellers: int, noemer: int = 1000) -> dict[str, Waarneming]:
    return {
        f"RA{nr:04}": replace(RIJ, regio_code=f"RA{nr:04}", waarde=t / noemer, teller=t, noemer=noemer)
        for nr, t in enumerate(tellers)
    }


def test_limits_of_chance_alone_by_hand():
    """Ten regions of 50 % on 400: no spread beyond chance, so 0.5 ± 3·sqrt(0.25/400) = 0.5 ± 0.075."""
    assert trechter.limits([(200, 400)] * 10)[0] == pytest.approx((0.425, 0.575))


def test_usual_spread_widens_the_limits_and_an_outlier_does_not():
    """Ten regions at 47 and 53 % of 1,000: z = ±1.897 each, their squares sum to 36, and drawing in leaves 0.6787.

    Between: (36 / 0.6787 - 9) / (10·4000 - 4000) = 0.001223; 0.5 ± 3·sqrt(0.00025 + 0.001223) = 0.5 ± 0.1152.
    """
    tien = [(470, 1000), (530, 1000)] * 5
    assert trechter.limits(tien)[0] == pytest.approx((0.5 - 0.11515, 0.5 + 0.11515), abs=1e-4)
    met = regions(*(t for t, _ in tien), 700)
    assert trechter.judge(met, "aandeel") == {"RA0010": trechter.BOVEN}


def test_the_other_side_is_lower():
    assert trechter.judge(regions(*[500] * 10, 300), "aandeel") == {"RA0010": trechter.ONDER}


@pytest.mark.parametrize(
    "anders",
    [
        {"herkomst": "synthetisch"}, {"is_voorlopig": True}, {"is_steekproef": True}, {"teller": None},
        {"waarde_tot": 0.6},
    ],
)  # fmt: skip
def test_one_figure_that_may_not_be_judged_leaves_no_verdict(anders):
    rijen = regions(*[500] * 11, 900)
    rijen["RA0003"] = replace(rijen["RA0003"], **anders)
    assert trechter.judge(rijen, "aandeel") is None


def test_a_hidden_region_is_left_out_and_too_few_regions_give_no_verdict():
    rijen = regions(*[500] * 10, 900)
    rijen["RA0003"] = replace(rijen["RA0003"], waarde=None, teller=None, noemer=None, status="onderdrukt")
    assert trechter.judge(rijen, "aandeel") == {"RA0010": trechter.BOVEN}
    rijen["RA0004"] = rijen["RA0003"]
    assert trechter.judge(rijen, "aandeel") is None
    assert trechter.judge(regions(*[500] * 11, 900), "euro") is None


@pytest.mark.parametrize(("tussen", "hoogstens"), [(0.0, 0.003), (0.03, 0.01), (0.10, 0.015)])
def test_regions_that_differ_as_usual_are_seldom_outside(tussen, hoogstens):
    """28 regions of 200 to 20,000, 500 times; the seed is fixed, so that it holds or does not."""
    toeval = random.Random(2021)
    noemers = [200 * round(1.19**nr * 10) // 10 for nr in range(28)]
    buiten = 0
    for _ in range(500):
        kansen = [min(max(toeval.gauss(0.5, tussen), 0.01), 0.99) for _ in noemers]
        tellers = [min(max(round(toeval.gauss(k * n, (k * (1 - k) * n) ** 0.5)), 0), n)
                   for k, n in zip(kansen, noemers, strict=True)]  # fmt: skip
        paren = list(zip(tellers, noemers, strict=True))
        buiten += sum(
            not laag <= t / n <= hoog for (t, n), (laag, hoog) in zip(paren, trechter.limits(paren), strict=True)
        )
    assert buiten / 500 / 28 <= hoogstens


NAMEN = {"RA0101": "Groningen", "RA0102": "Friesland", "RA0103": "Twente"}


@pytest.mark.parametrize(
    ("buiten", "zin"),
    [
        (None, ""),
        ({}, "Geen van de 28 regio's ligt buiten wat regio's gewoonlijk van elkaar verschillen."),
        (
            {"RA0103": trechter.BOVEN, "RA0101": trechter.BOVEN, "RA0102": trechter.ONDER},
            "Hoger dan regio's gewoonlijk verschillen: Groningen en Twente. Lager dan regio's gewoonlijk verschillen: "
            "Friesland. Dat zegt niet waardoor het komt.",
        ),
    ],
)
def test_what_a_reader_gets_is_no_order_but_that_of_the_codes(buiten, zin):
    assert trechter.sentence(buiten, NAMEN, 28) == zin
