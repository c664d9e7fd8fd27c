"""Estimates against R: `survey` 4.1 at f = 301/985, to four decimals."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pipelines.rekenen.steekproef.schatten import (
    Ontwerp,
    Schattingen,
    mean_unweighted,
    mean_weighted,
    share_unweighted,
    share_weighted,
    wilson,
)

F = 301 / 985
ALLEN = np.ones((6, 1), dtype=bool)


def column(*waarden: float) -> np.ndarray:
    """Return one column of answers."""
    return np.array([waarden], dtype=float).T


def unweighted(ja: int, n: int, fractie: float) -> Schattingen:
    return share_unweighted(np.array(float(ja)), np.array(float(n)), np.array(fractie))


@pytest.mark.parametrize(
    ("ja", "n", "verwacht"),
    [
        (121, 199, (0.6080, 0.0289, 0.5503, 0.6629)),
        (146, 276, (0.5290, 0.0251, 0.4798, 0.5776)),
        (70, 107, (0.6542, 0.0385, 0.5758, 0.7250)),
        (234, 301, (0.7774, 0.0200, 0.7358, 0.8141)),
    ],
)
def test_unweighted_share_as_r_has_it(ja, n, verwacht):
    s = unweighted(ja, n, F)
    assert (s.waarde, s.standaardfout, s.onder, s.boven) == pytest.approx(verwacht, abs=5e-5)


def test_interval_of_nobody_and_everybody_stays_within_0_and_1():
    """0 of 20 is no certainty: the interval starts at 0 but does not end there."""
    s = unweighted(0, 20, F)
    assert (s.waarde, s.onder) == (0, 0)
    assert 0.05 < s.boven < 0.15


def test_a_census_has_no_uncertainty():
    assert wilson(np.array(0.4), np.array(math.inf)) == (0.4, 0.4)
    assert unweighted(4, 10, 1.0).halve_breedte == 0


def two_strata() -> Ontwerp:
    """Return 4 answers of 8 invited (weight 2) and 2 answers of 10 (weight 5)."""
    return Ontwerp(np.array([0, 0, 0, 0, 1, 1]), np.array([8.0, 10.0]), np.array([4.0, 2.0]))


def test_weighted_share_by_hand():
    """(2 + 2 + 5) / (8 + 10) = 0.5; unweighted it would be 3 of 6 as well, but not its standard error.

    Residuals w (x - p) / 18: stratum 1: ±2·0.5/18 = ±1/18 (sum 0), stratum 2: ±2.5/18 (sum 0).
    Variance: (1 - 4/8)·4/3·4/324 + (1 - 2/10)·2/1·12.5/324 = (2.6667 + 20) / 324 = 0.069959.
    """
    s = share_weighted(column(1, 1, 0, 0, 1, 0), ALLEN, two_strata())
    assert s.waarde == pytest.approx(0.5)
    assert s.standaardfout == pytest.approx(math.sqrt(0.069959), abs=1e-5)
    assert (s.teller, s.noemer) == (9, 18)


def test_a_domain_keeps_the_design():
    """Only the first of stratum 2 is in the domain: the other still counts as a zero of that stratum."""
    domein = np.array([[True, True, False, False, True, False]]).T
    s = share_weighted(column(1, 0, 0, 0, 1, 0), domein, two_strata())
    assert s.waarde == pytest.approx(7 / 9)
    residu = np.array([2 * (1 - 7 / 9), 2 * (0 - 7 / 9), 0, 0, 5 * (1 - 7 / 9), 0]) / 9
    variantie = 0.5 * 4 / 3 * ((residu[:4] - residu[:4].mean()) ** 2).sum()
    variantie += 0.8 * 2 * ((residu[4:] - residu[4:].mean()) ** 2).sum()
    assert s.standaardfout == pytest.approx(math.sqrt(variantie))


def test_everybody_the_same_falls_back_on_the_population_size():
    """SE = 0: n_eff = n (N - 1) / (N - n) = 6 · 17 / 12 = 8.5."""
    s = share_weighted(np.ones((6, 1)), ALLEN, two_strata())
    assert (s.waarde, s.standaardfout, s.boven) == (1, 0, 1)
    assert s.onder == pytest.approx(wilson(np.array([1.0]), np.array([8.5]))[0])


def test_mean_and_its_interval_by_hand():
    """7, 8, 9: mean 8, s² = 1, SE = sqrt((1 - 0.5) / 3) = 0.408, t(2) = 4.303."""
    s = mean_unweighted(column(7, 8, 9), ALLEN[:3], np.array([0.5]))
    assert s.waarde == 8
    assert s.boven - s.waarde == pytest.approx(4.3027 * math.sqrt(0.5 / 3), abs=1e-3)


def test_weighted_mean_weighs_the_strata():
    s = mean_weighted(column(8, 8, 8, 8, 6, 6), ALLEN, two_strata())
    assert s.waarde == pytest.approx((8 * 8 + 10 * 6) / 18)
    assert s.standaardfout == pytest.approx(0, abs=1e-9)
