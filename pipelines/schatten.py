"""Estimates from a stratified sample without replacement: shares and means, standard errors, 95 % intervals.

The design is the survey's: strata are the WGO's, N_h organisations invited of which n_h answered. Weighted
estimates agree with R's `survey` (svydesign with strata and fpc, svyciprop, svymean); a domain keeps the whole
design, with zeros outside it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

NIVEAU = 0.95
_NORMAAL = float(stats.norm.ppf((1 + NIVEAU) / 2))
# Below this a standard error is rounding noise of a zero.
_GEEN_FOUT = 1e-12

Rij = npt.NDArray[np.float64]
Masker = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Schatting:
    """One estimate: value, standard error and 95 % interval, with the sums it is the ratio of."""

    waarde: float
    standaardfout: float
    onder: float
    boven: float
    teller: float
    noemer: float

    @property
    def halve_breedte(self) -> float:
        """Return half the width of the interval."""
        return (self.boven - self.onder) / 2


@dataclass(frozen=True)
class Ontwerp:
    """The sample as drawn: per respondent its stratum, per stratum how many were invited and answered."""

    stratum: npt.NDArray[np.intp]
    uitgenodigd: Rij
    antwoorden: Rij

    @property
    def gewicht(self) -> Rij:
        """Return N_h / n_h per respondent."""
        return (self.uitgenodigd / np.maximum(self.antwoorden, 1))[self.stratum]

    @property
    def is_known(self) -> bool:
        """Return whether it is known how many were invited."""
        return bool(np.isfinite(self.uitgenodigd).all())

    @property
    def fractie(self) -> float:
        """Return the share of the invited that answered."""
        return float(self.antwoorden.sum() / self.uitgenodigd.sum())


def wilson(aandeel: float, n_eff: float, kwantiel: float = _NORMAAL) -> tuple[float, float]:
    """Return the Wilson interval of a share on an effective sample size; a census has no width."""
    if math.isinf(n_eff):
        return aandeel, aandeel
    z2 = kwantiel**2 / n_eff
    midden = (aandeel + z2 / 2) / (1 + z2)
    halve = kwantiel / (1 + z2) * math.sqrt(aandeel * (1 - aandeel) / n_eff + z2 / (4 * n_eff))
    return max(0.0, midden - halve), min(1.0, midden + halve)


def share_unweighted(teller: int, n: int, fractie: float) -> Schatting:
    """Return the share teller / n of a simple random sample, with n_eff = (n - 1) / (1 - f)."""
    aandeel = teller / n
    n_eff = (n - 1) / (1 - fractie) if fractie < 1 else math.inf
    fout = math.sqrt(aandeel * (1 - aandeel) / n_eff)
    return Schatting(aandeel, fout, *wilson(aandeel, n_eff), teller, n)


def mean_unweighted(waarden: Rij, fractie: float) -> Schatting:
    """Return the mean of a simple random sample, with a t interval on n - 1 degrees of freedom."""
    n = len(waarden)
    gemiddelde = math.fsum(waarden) / n
    variantie = math.fsum((waarden - gemiddelde) ** 2) / (n - 1)
    fout = math.sqrt((1 - fractie) * variantie / n)
    halve = float(stats.t.ppf((1 + NIVEAU) / 2, n - 1)) * fout
    return Schatting(gemiddelde, fout, gemiddelde - halve, gemiddelde + halve, math.fsum(waarden), n)


def share_weighted(ja: Rij, domein: Masker, ontwerp: Ontwerp) -> Schatting:
    """Return the weighted share of `ja` in a domain; Wilson on n_eff = p (1 - p) / SE² with a t quantile.

    Where the standard error is 0 (everyone the same), n_eff is n (N - 1) / (N - n) with the normal quantile.
    """
    aandeel, fout, teller, noemer = _ratio(ja, domein, ontwerp)
    if fout > _GEEN_FOUT:
        grenzen = wilson(aandeel, aandeel * (1 - aandeel) / fout**2, _t_quantile(domein, ontwerp))
    else:
        n = int(domein.sum())
        rest = noemer - n
        grenzen = wilson(aandeel, n * (noemer - 1) / rest if rest > 1e-9 else math.inf)
    return Schatting(aandeel, fout, *grenzen, teller, noemer)


def mean_weighted(waarden: Rij, domein: Masker, ontwerp: Ontwerp) -> Schatting:
    """Return the weighted mean in a domain, with a t interval on the domain's degrees of freedom."""
    gemiddelde, fout, teller, noemer = _ratio(waarden, domein, ontwerp)
    halve = _t_quantile(domein, ontwerp) * fout
    return Schatting(gemiddelde, fout, gemiddelde - halve, gemiddelde + halve, teller, noemer)


def _ratio(waarden: Rij, domein: Masker, ontwerp: Ontwerp) -> tuple[float, float, float, float]:
    """Return the ratio estimate, its linearised standard error, and its numerator and denominator."""
    gewicht = np.where(domein, ontwerp.gewicht, 0.0)
    noemer = math.fsum(gewicht)
    teller = math.fsum(gewicht[domein] * waarden[domein])
    ratio = teller / noemer
    residu = np.where(domein, gewicht * (np.where(domein, waarden, 0.0) - ratio), 0.0) / noemer
    variantie = math.fsum(
        _stratum_variance(residu[ontwerp.stratum == h], ontwerp.uitgenodigd[h], ontwerp.antwoorden[h])
        for h in range(len(ontwerp.uitgenodigd))
    )
    return min(ratio, 1.0) if waarden.max(initial=0) <= 1 else ratio, math.sqrt(variantie), teller, noemer


def _stratum_variance(residu: Rij, uitgenodigd: float, antwoorden: float) -> float:
    """Return one stratum's part of the variance; a stratum of one answer is centred on the population."""
    n = len(residu)
    if n == 0 or antwoorden >= uitgenodigd:
        return 0.0
    correctie = 1 - antwoorden / uitgenodigd
    if n == 1:
        return correctie * float(residu[0]) ** 2
    return correctie * n / (n - 1) * math.fsum((residu - math.fsum(residu) / n) ** 2)


def _t_quantile(domein: Masker, ontwerp: Ontwerp) -> float:
    """Return the t quantile on respondents in the domain minus strata in it."""
    vrijheid = int(domein.sum()) - len(np.unique(ontwerp.stratum[domein]))
    return float(stats.t.ppf((1 + NIVEAU) / 2, vrijheid)) if vrijheid > 0 else math.inf
