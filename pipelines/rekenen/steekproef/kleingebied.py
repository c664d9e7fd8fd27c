"""Small-area estimates: the area-level model of Fay and Herriot, fitted by REML, with the error of each estimate.

What an area answered is drawn towards what the model expects of it, the more so the less certain the answers are.

Sources: Fay and Herriot, JASA 74 (1979) 269-277; Prasad and Rao, JASA 85 (1990) 163-171; Datta and Lahiri,
Statistica Sinica 10 (2000) 613-627.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.rekenen.steekproef.schatten import Rij

_RONDEN = 500
_NAUWKEURIG = 1e-12


@dataclass(frozen=True)
class Kleingebied:
    """Estimates per area, with their mean squared error and the weight `eigen` (0 to 1) of the area's own answers.

    `tussen` is the variance between areas that the model leaves, `gewichten` are those of its columns.
    """

    waarde: Rij
    mse: Rij
    eigen: Rij
    tussen: float
    gewichten: Rij


def fit_areas(direct: Rij, variantie: Rij, kenmerken: Rij | None = None) -> Kleingebied:
    """Return the empirical best predictor per area from direct estimates and their known sampling variances.

    `kenmerken` are areas × columns with the constant among them; without them there is only a constant. The mean
    squared error is g1 + g2 + 2 g3, which is what REML asks for.

    Raises:
        ValueError: there are not more areas than columns, or a variance is not above 0.
    """
    x = np.ones((len(direct), 1)) if kenmerken is None else kenmerken
    if len(direct) <= x.shape[1] or not (variantie > 0).all():
        raise ValueError(len(direct), x.shape[1])
    tussen = _between_areas(direct, variantie, x)
    precisie = 1 / (tussen + variantie)
    kruis = np.linalg.inv(x.T @ (precisie[:, None] * x))
    gewichten = kruis @ x.T @ (precisie * direct)
    verwacht = x @ gewichten
    eigen = tussen * precisie
    g1 = eigen * variantie
    g2 = (1 - eigen) ** 2 * np.einsum("ij,jk,ik->i", x, kruis, x)
    g3 = variantie**2 * precisie**3 * 2 / (precisie**2).sum()
    return Kleingebied(verwacht + eigen * (direct - verwacht), g1 + g2 + 2 * g3, eigen, tussen, gewichten)


def _between_areas(direct: Rij, variantie: Rij, x: Rij) -> float:
    """Return the variance between areas that REML finds, by Fisher scoring; 0 where there is no sign of any."""
    tussen = float(np.median(variantie))
    for _ in range(_RONDEN):
        precisie = 1 / (tussen + variantie)
        gewogen = precisie[:, None] * x
        project = np.diag(precisie) - gewogen @ np.linalg.inv(x.T @ gewogen) @ gewogen.T
        rest = project @ direct
        stap = float((rest @ rest - np.trace(project)) / (project**2).sum())
        nieuw = max(0.0, tussen + stap)
        if abs(nieuw - tussen) <= _NAUWKEURIG * (1 + tussen):
            return nieuw
        tussen = nieuw
    return tussen
