"""Newcombe's interval for a difference against the figures of his paper, and p against the interval it belongs to."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.rekenen.steekproef.mover import difference_interval, difference_p, judge_pair
from pipelines.rekenen.steekproef.schatten import Uitspraak, wilson


def share(*aantallen: tuple[int, int]) -> Uitspraak:
    """Return shares (ja, n) of plain samples, as the paper has them: n itself is the effective number."""
    ja, n = np.array(aantallen, dtype=float).T
    p = ja / n
    kan = np.full(len(p), True)
    return Uitspraak(p, np.sqrt(p * (1 - p) / n), n - 1, kan, n)


@pytest.mark.parametrize(
    ("een", "ander", "onder", "boven"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_intervals_as_published(een, ander, onder, boven):
    """Newcombe (1998), Statistics in Medicine 17, 873-890: table II, method 10."""
    gevonden = difference_interval(share(een), share(ander))
    assert np.concatenate(gevonden) == pytest.approx([onder, boven], abs=5e-5)


@pytest.mark.parametrize(("een", "ander"), [((9, 10), (3, 10)), ((3, 10), (9, 10)), ((14, 40), (21, 40))])
def test_p_is_what_the_interval_leaves_outside_when_it_reaches_zero(een, ander):
    links, rechts = share(een), share(ander)
    p = difference_p(links, rechts)
    assert np.abs(difference_interval(links, rechts, p)).min() == pytest.approx(0, abs=1e-7)


def test_an_interval_without_zero_and_a_low_p_are_the_same_thing():
    """Every share of 12 against every share of 30, together on both sides of 5 %."""
    paren = [((ja, 12), (ander, 30)) for ja in range(13) for ander in range(31)]
    een, ander = (share(*kant) for kant in zip(*paren, strict=True))
    onder, boven = difference_interval(een, ander)
    p = difference_p(een, ander)
    assert 20 < (p < 0.05).sum() < len(p) - 20
    assert ((onder > 0) | (boven < 0)).tolist() == (p < 0.05).tolist()


def test_shares_that_are_the_same_have_a_p_of_1():
    assert difference_p(share((2, 10)), share((4, 20))).tolist() == [1.0]


def test_means_have_an_interval_of_their_own_freedom():
    """7 and 6, SE 0.3 with t(9) = 2.2622 and 0.4 with t(19) = 2.0930: 1 ± sqrt(0.6786² + 0.8372²) = 1 ± 1.0777."""
    een, ander = (
        Uitspraak(np.array([w]), np.array([se]), np.array([df]), np.array([True]))
        for w, se, df in ((7.0, 0.3, 9.0), (6.0, 0.4, 19.0))
    )
    assert np.concatenate(difference_interval(een, ander)) == pytest.approx([-0.0777, 2.0777], abs=1e-4)
    (uit,) = judge_pair(een, ander)
    assert uit[:2] == pytest.approx((1.0, 0.5))
    assert uit[4] > 0.05


def test_two_sides_known_exactly_leave_nothing_to_test():
    """Everyone answered on both sides: 0.8 and 0.4 differ, and no chance is left to weigh that by."""
    een, ander = (
        Uitspraak(np.array([p]), np.zeros(1), np.array([np.inf]), np.array([True]), np.array([np.inf]))
        for p in (0.8, 0.4)
    )
    assert list(judge_pair(een, ander)) == [(None,) * 5]
    assert list(judge_pair(een, een)) == [(0.0, None, None, None, 1.0)]


def test_a_share_without_any_freedom_is_anything():
    assert [float(grens[0]) for grens in wilson(np.array([0.3]), np.array([10.0]), np.array([np.inf]))] == [0, 1]


def test_no_p_is_lost_however_small():
    p = difference_p(share((9000, 10000)), share((1000, 10000)))[0]
    assert 0 < p < 1e-200
