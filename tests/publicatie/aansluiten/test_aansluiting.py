"""Reconciliation: rounding half up, at the precision of what was published."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from pipelines.afspraken.codelijsten import round_half_up
from pipelines.publicatie.aansluiten.aansluiting import judge, judge_range, published_decimals

# Nulmeting SRS 2021, tabel 1.1: dekkingsgraad per branche in percents, 2021 and 2019.
TABEL_1_1 = {
    "GHZ": (84, 81), "GGZ": (85, 82), "HAG": (10, 11), "JZ": (58, 56), "KO": (9, 7), "REV": (87, None),
    "SW": (46, 23), "VVT": (81, 78), "ZKH": (67, 69), "TOTAAL": (68, 66),
}  # fmt: skip


def test_rounding_is_half_up_not_half_even():
    """Viazorg: 18 of 80 is 22.5 %, printed 23; Python's own round gives 22."""
    assert round_half_up(Fraction(18, 80), 2) == Decimal("0.23")
    assert round(22.5) == 22


def test_rounding_is_decimal_not_binary():
    """0.285 is stored as 0.28499999…; the published rounding is 0.29."""
    assert round_half_up(Decimal("0.285"), 2) == Decimal("0.29")


def test_rounding_to_hundreds():
    assert round_half_up(Decimal(38_650), -2) == 38_700


@pytest.mark.parametrize(
    ("waarde", "eenheid", "precisie", "decimalen"),
    [
        ("0.68", "aandeel", "afgerond", 2),
        ("0.1", "aandeel", "afgerond", 2),  # 10 %, not 'one decimal'
        ("0.057", "aandeel", "afgerond", 3),
        ("7.3", "cijfer", "afgerond", 1),
        ("38700", "vacatures", "afgerond", -2),
        ("301", "aantal", "exact", 0),
        ("300", "aantal", "exact", 0),
    ],
)
def test_precision_of_a_published_figure(waarde, eenheid, precisie, decimalen):
    assert published_decimals(Decimal(waarde), eenheid, precisie) == decimalen


@pytest.mark.parametrize(
    ("berekend", "oordeel"),
    [
        (Fraction(68, 100), "gelijk"),
        (Fraction(675, 1000), "gelijk_na_afronding"),
        (Fraction(6749, 10000), "wijkt_af"),
        (Fraction(685, 1000), "wijkt_af"),
    ],
)
def test_verdict_at_the_edges_of_68_percent(berekend, oordeel):
    assert judge(Decimal("0.68"), berekend, 2, "afgerond") == oordeel


def test_an_exact_share_is_equal_in_all_its_decimals():
    assert judge(Decimal("0.3554817275747508"), Fraction(107, 301), 16, "exact") == "gelijk"


def test_a_lower_bound_agrees_with_anything_above_it():
    """Tabel 2.1 says 'more than 3 times'."""
    assert judge_range(Decimal(3), None, Fraction(17)) == (0, "gelijk")
    assert judge_range(Decimal(3), None, Fraction(2)) == (-1, "wijkt_af")
    assert judge_range(Decimal(100), Decimal(125), Fraction(130)) == (5, "wijkt_af")


def test_tabel_1_1_is_reproduced(publicatie):
    """20 of 20: 19 with a value, and rehabilitation 2019, which does not apply in either source."""
    rijen = publicatie.execute(
        "select branche_code, periode, round(100 * gepubliceerd), round(100 * berekend), oordeel, herkomst_berekend "
        "from aansluiting where indicator_id = 'dekkingsgraad' and regio_code = 'NL01'"
    ).fetchall()
    gepubliceerd = {(branche, jaar): waarde for branche, jaar, waarde, *_ in rijen}
    verwacht = {
        (branche, jaar): waarde
        for branche, waarden in TABEL_1_1.items()
        for jaar, waarde in zip(("2021", "2019"), waarden, strict=True)
    }
    assert gepubliceerd == verwacht
    assert len(rijen) == 20
    assert {(branche, jaar) for branche, jaar, waarde, *_ in rijen if waarde is None} == {("REV", "2019")}
    assert all(berekend == waarde for _, _, waarde, berekend, *_ in rijen)
    assert {oordeel for *_, oordeel, _ in rijen} <= {"gelijk", "gelijk_na_afronding"}
    # The computed side is made-up data: that proves the method, and the row says so.
    assert {herkomst for *_, herkomst in rijen} == {"synthetisch"}


def test_every_published_survey_figure_is_computed_and_agrees(publicatie):
    """161 figures as chosen of the nulmeting's 189; each share, mean and count agrees after its own rounding."""
    rijen = publicatie.execute(
        """
        select a.oordeel, a.herkomst_berekend, abs(a.verschil) > 1e-9 from gepubliceerd_cijfer g
        left join (from aansluiting where bron not like '% naast %') a
            using (indicator_id, categorie, uitsplitsing, regio_code, branche_code, periode)
        where g.gekozen and g.indicator_id in (
            select indicator_id from waarneming where levering_id like 'srs_enquete/%')
        """
    ).fetchall()
    assert len(rijen) == 161
    assert {oordeel for oordeel, *_ in rijen} == {"gelijk", "gelijk_na_afronding"}
    # Made-up respondents prove the method and not the figure, and the row says so.
    assert {herkomst for _, herkomst, _ in rijen} == {"synthetisch"}
    assert not any(is_anders for *_, is_anders in rijen)
