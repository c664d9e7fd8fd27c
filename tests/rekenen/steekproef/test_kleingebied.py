"""Small areas: against another implementation on published data, against the likelihood itself, and by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import optimize

from pipelines.rekenen.steekproef.kleingebied import fit_areas

MELK = pd.read_csv(Path(__file__).parents[2] / "fixtures" / "fay_herriot" / "milk.csv")
X = np.column_stack([np.ones(len(MELK)), *((MELK["major_area"] == gebied).astype(float) for gebied in (2, 3, 4))])
DIRECT, VARIANTIE = MELK["direct_est"].to_numpy(), MELK["std_error"].to_numpy() ** 2


def test_milk_as_samplics_has_it():
    """`fixtures/fay_herriot/referentie.py`: 43 areas, four major areas, REML."""
    uit = fit_areas(DIRECT, VARIANTIE, X)
    assert uit.waarde == pytest.approx(MELK["eblup"].to_numpy(), abs=1e-6)
    assert uit.mse == pytest.approx(MELK["mse"].to_numpy(), abs=1e-6)


def restricted(tussen: float) -> float:
    """Return minus twice the restricted log-likelihood, written out with matrices."""
    v = np.diag(tussen + VARIANTIE)
    binnen = X.T @ np.linalg.solve(v, X)
    beta = np.linalg.solve(binnen, X.T @ np.linalg.solve(v, DIRECT))
    rest = DIRECT - X @ beta
    return float(np.linalg.slogdet(v)[1] + np.linalg.slogdet(binnen)[1] + rest @ np.linalg.solve(v, rest))


def test_the_variance_between_areas_is_where_the_likelihood_is_highest():
    top = optimize.minimize_scalar(restricted, bounds=(1e-6, 0.2), method="bounded", options={"xatol": 1e-10}).x
    assert fit_areas(DIRECT, VARIANTIE, X).tussen == pytest.approx(top, abs=1e-7)


def test_equal_variances_by_hand():
    """1, 2 and 6 with variance 1: their spread is 7, so 6 lies between areas, and own answers weigh 6/7 around 3.

    g1 = 6/7, g2 = (1/7)²·7/3, g3 = 1/7³·(2/(3/49)): mean squared error 0.8571 + 0.0476 + 2·0.0952.
    """
    uit = fit_areas(np.array([1.0, 2.0, 6.0]), np.ones(3))
    assert (uit.tussen, uit.gewichten[0]) == pytest.approx((6, 3))
    assert uit.waarde == pytest.approx([3 - 2 * 6 / 7, 3 - 6 / 7, 3 + 3 * 6 / 7])
    assert uit.mse == pytest.approx(np.full(3, 6 / 7 + 7 / 3 / 49 + 2 * (1 / 7**3) * (2 / (3 / 49))))


def test_areas_that_differ_no_more_than_chance_are_all_the_mean():
    uit = fit_areas(np.array([0.49, 0.5, 0.51, 0.5]), np.full(4, 0.01))
    assert (uit.tussen, uit.eigen.tolist()) == (0, [0] * 4)
    assert uit.waarde == pytest.approx(np.full(4, 0.5))
    assert (uit.mse > 0).all()


def test_the_less_certain_an_area_the_further_it_is_drawn():
    uit = fit_areas(np.array([0.2, 0.2, 0.8, 0.5, 0.7, 0.3]), np.array([0.001, 0.02, 0.001, 0.001, 0.001, 0.001]))
    assert uit.eigen[1] < uit.eigen[0]
    assert uit.waarde[1] > uit.waarde[0] > 0.2


@pytest.mark.parametrize(("direct", "variantie"), [([0.5], [0.1]), ([0.1, 0.5, 0.6], [0.1, 0.0, 0.1])])
def test_what_no_model_can_be_made_of_is_refused(direct, variantie):
    with pytest.raises(ValueError, match=r"\("):
        fit_areas(np.array(direct), np.array(variantie))
