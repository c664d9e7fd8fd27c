"""Estimates from a stratified sample without replacement: shares and means, standard errors, 95 % intervals.

The design is the survey's: strata are the WGO's, N_h organisations invited of which n_h answered. Estimates
agree with R's `survey` (svydesign with strata and fpc, svymean, rake); a domain keeps the whole design, with
zeros outside it. Everything is computed for many domains side by side: one column each.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

NIVEAU = 0.95
_KANS = (1 + NIVEAU) / 2
# What scipy.stats gives, without the half a second of processor that loading it takes every build.
_NORMAAL = float(special.ndtri(_KANS))
# Below this a standard error is rounding noise of a zero.
GEEN_FOUT = 1e-12
# How often R's svyrecvar takes the means of each raked margin out of the residuals.
_RONDEN = 10

Rij = npt.NDArray[np.float64]
Masker = npt.NDArray[np.bool_]
Nummers = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Schattingen:
    """Estimates side by side: value, standard error and 95 % interval, with the sums each is the ratio of."""

    waarde: Rij
    standaardfout: Rij
    onder: Rij
    boven: Rij
    teller: Rij
    noemer: Rij

    @property
    def halve_breedte(self) -> Rij:
        """Return half the width of each interval."""
        return (self.boven - self.onder) / 2


@dataclass(frozen=True)
class Uitspraak:
    """What a sample says of each domain: an estimate and how certain it is, one column each.

    Shares have an effective sample size and Wilson's interval; means have none, and an interval from t. An infinite
    `vrijheid` is the normal distribution. `kan`: whether the answers say how certain the estimate is.
    """

    waarde: Rij
    standaardfout: Rij
    vrijheid: Rij
    kan: Masker
    n_eff: Rij | None = None

    def bounds(self, buiten: Rij | float = 1 - NIVEAU) -> tuple[Rij, Rij]:
        """Return the two-sided interval that leaves a chance of `buiten` outside it."""
        kwantiel = quantile(self.vrijheid, buiten)
        if self.n_eff is not None:
            return wilson(self.waarde, self.n_eff, kwantiel)
        halve = np.where(self.standaardfout > 0, kwantiel, 0) * self.standaardfout
        return self.waarde - halve, self.waarde + halve

    def spread(self) -> Rij:
        """Return the standard error; of a sample that shows no spread, the longer half of its interval as one."""
        onder, boven = self.bounds()
        langste = np.maximum(self.waarde - onder, boven - self.waarde) / _NORMAAL
        return np.where(self.standaardfout > GEEN_FOUT, self.standaardfout, langste)


@dataclass(frozen=True)
class Ijking:
    """Raked weights, and per margin the category of each respondent (see `raken.py`)."""

    gewicht: Rij
    groepen: tuple[Nummers, ...]

    def center(self, lineair: Rij) -> Rij:
        """Return linearised values without what the margins explain, as R's svyrecvar does for `rake`.

        R takes the unweighted mean per category out of x / w, margin after margin, ten times. Here the means
        are kept per category, so that a round costs no pass over the respondents.
        """
        per_gewicht = lineair / self.gewicht[:, None]
        leden = [one_hot(groep) for groep in self.groepen]
        sommen = [deel.T @ per_gewicht for deel in leden]
        kruis = [[een.T @ ander for ander in leden] for een in leden]
        effecten = [np.zeros_like(som) for som in sommen]
        for _ in range(_RONDEN):
            for nummer, som in enumerate(sommen):
                verklaard = sum(kruis[nummer][ander] @ effect for ander, effect in enumerate(effecten))
                effecten[nummer] += (som - verklaard) / np.diag(kruis[nummer][nummer])[:, None]
        rest = per_gewicht - sum(effect[groep] for effect, groep in zip(effecten, self.groepen, strict=True))
        return np.asarray(rest * self.gewicht[:, None])


@dataclass(frozen=True)
class Ontwerp:
    """The sample as drawn: per respondent its stratum, per stratum how many were invited and answered."""

    stratum: Nummers
    uitgenodigd: Rij
    antwoorden: Rij
    ijking: Ijking | None = None

    @property
    def gewicht(self) -> Rij:
        """Return the weight per respondent: raked, else N_h / n_h."""
        if self.ijking is not None:
            return self.ijking.gewicht
        return (self.uitgenodigd / np.maximum(self.antwoorden, 1))[self.stratum]

    @property
    def is_known(self) -> bool:
        """Return whether it is known how many were invited."""
        return bool(np.isfinite(self.uitgenodigd).all())

    @property
    def fractie(self) -> float:
        """Return the share of the invited that answered."""
        return float(self.antwoorden.sum() / self.uitgenodigd.sum())

    @property
    def vrijheid(self) -> int:
        """Return the degrees of freedom of the whole design: answers minus strata that have any."""
        return len(self.stratum) - int((self.antwoorden > 0).sum())

    def variance(self, lineair: Rij) -> Rij:
        """Return the variance of the total of each column of linearised values (respondents × columns).

        A stratum of one answer is centred on the population, as R does with lonely.psu = "adjust".
        """
        if self.ijking is not None:
            lineair = self.ijking.center(lineair)
        leden = one_hot(self.stratum, len(self.uitgenodigd))
        n = leden.sum(axis=0)
        gemiddeld = np.where(n > 1, 1 / np.maximum(n, 1), 0)[:, None] * (leden.T @ lineair)
        kwadraten = leden.T @ (lineair - gemiddeld[self.stratum]) ** 2
        correctie = np.maximum(1 - self.antwoorden / self.uitgenodigd, 0) * np.where(n > 1, n / np.maximum(n - 1, 1), 1)
        return np.asarray(correctie @ kwadraten)


def one_hot(groep: Nummers, aantal: int | None = None) -> Rij:
    """Return a matrix respondents × groups with 1 where a respondent belongs to a group."""
    return np.eye(int(groep.max(initial=-1)) + 1 if aantal is None else aantal)[groep]


def wilson(aandeel: Rij, n_eff: Rij, kwantiel: Rij | float = _NORMAAL) -> tuple[Rij, Rij]:
    """Return the Wilson interval of shares on an effective sample size.

    A census has no width; without any freedom left (an infinite quantile) a share is anything from 0 to 1.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        z2 = np.where(np.isinf(n_eff), 0, np.square(kwantiel) / n_eff)
        midden = (aandeel + z2 / 2) / (1 + z2)
        halve = np.sqrt(z2 * aandeel * (1 - aandeel) + z2**2 / 4) / (1 + z2)
    alles = ~np.isfinite(z2**2)
    return np.where(alles, 0, np.maximum(0, midden - halve)), np.where(alles, 1, np.minimum(1, midden + halve))


def share_unweighted(teller: Rij, n: Rij, fractie: Rij) -> Schattingen:
    """Return the shares teller / n of simple random samples, with n_eff = (n - 1) / (1 - f)."""
    aandeel = teller / n
    with np.errstate(divide="ignore"):
        n_eff = (n - 1) / np.maximum(1 - fractie, 0)
    return Schattingen(aandeel, np.sqrt(aandeel * (1 - aandeel) / n_eff), *wilson(aandeel, n_eff), teller, n)


def mean_unweighted(waarden: Rij, domein: Masker, fractie: Rij) -> Schattingen:
    """Return the means of simple random samples, with a t interval on n - 1 degrees of freedom."""
    n = domein.sum(axis=0).astype(float)
    teller = np.where(domein, waarden, 0).sum(axis=0)
    gemiddelde = teller / n
    variantie = np.where(domein, (waarden - gemiddelde) ** 2, 0).sum(axis=0) / (n - 1)
    fout = np.sqrt((1 - fractie) * variantie / n)
    halve = t_quantile(n - 1) * fout
    return Schattingen(gemiddelde, fout, gemiddelde - halve, gemiddelde + halve, teller, n)


def linearise(waarden: Rij, domein: Masker, ontwerp: Ontwerp) -> tuple[Rij, Rij, Rij, Rij]:
    """Return per column the ratio estimate, its linearised values per respondent, numerator and denominator."""
    gewicht = domein * ontwerp.gewicht[:, None]
    noemer = gewicht.sum(axis=0)
    teller = (gewicht * waarden).sum(axis=0)
    ratio = teller / noemer
    return ratio, gewicht * (waarden - ratio) / noemer, teller, noemer


def share_weighted(ja: Rij, domein: Masker, ontwerp: Ontwerp) -> Schattingen:
    """Return the weighted share of `ja` per domain; Wilson on n_eff = p (1 - p) / SE² with a t quantile.

    Both are matrices of respondents × columns. Where the standard error is 0 (everyone the same), n_eff is
    n (N - 1) / (N - n) with the normal quantile.
    """
    uitspraak = state_share(ja, domein, ontwerp)
    _, _, teller, noemer = linearise(ja, domein, ontwerp)
    return Schattingen(uitspraak.waarde, uitspraak.standaardfout, *uitspraak.bounds(), teller, noemer)


def state_share(ja: Rij, domein: Masker, ontwerp: Ontwerp) -> Uitspraak:
    """Return what the design says of the share of `ja` per domain (see `share_weighted`)."""
    ratio, lineair, _, noemer = linearise(ja, domein, ontwerp)
    aandeel = np.clip(ratio, 0, 1)
    fout = np.sqrt(ontwerp.variance(lineair))
    vast = fout <= GEEN_FOUT
    with np.errstate(divide="ignore", invalid="ignore"):
        n_eff = np.where(vast, _n_eff_of_all_alike(domein, noemer), aandeel * (1 - aandeel) / fout**2)
    vrijheid = np.where(vast, np.inf, _degrees(domein, ontwerp))
    return Uitspraak(aandeel, np.where(vast, 0, fout), vrijheid, np.full(len(aandeel), True), n_eff)


def state_mean(waarden: Rij, domein: Masker, ontwerp: Ontwerp) -> Uitspraak:
    """Return what the design says of the mean per domain; where all answers are alike only a census says more."""
    gemiddelde, lineair, _, noemer = linearise(waarden, domein, ontwerp)
    fout = np.sqrt(ontwerp.variance(lineair))
    vast = fout <= GEEN_FOUT
    kan = ~vast | np.isinf(_n_eff_of_all_alike(domein, noemer))
    return Uitspraak(gemiddelde, np.where(vast, 0, fout), _degrees(domein, ontwerp), kan)


def mean_weighted(waarden: Rij, domein: Masker, ontwerp: Ontwerp) -> Schattingen:
    """Return the weighted mean per domain, with a t interval on the domain's degrees of freedom."""
    gemiddelde, lineair, teller, noemer = linearise(waarden, domein, ontwerp)
    fout = np.sqrt(ontwerp.variance(lineair))
    halve = t_quantile(_degrees(domein, ontwerp)) * fout
    return Schattingen(gemiddelde, fout, gemiddelde - halve, gemiddelde + halve, teller, noemer)


def error_of_all_alike(aandeel: Rij, domein: Masker, ontwerp: Ontwerp) -> Rij:
    """Return a standard error for shares of 0 or 1, where the sample itself shows no spread.

    It is the width of the Wilson interval towards the middle over its normal quantile; 0 for a census.
    """
    noemer = (domein * ontwerp.gewicht[:, None]).sum(axis=0)
    onder, boven = wilson(aandeel, _n_eff_of_all_alike(domein, noemer))
    return np.maximum(aandeel - onder, boven - aandeel) / _NORMAAL


def _n_eff_of_all_alike(domein: Masker, populatie: Rij) -> Rij:
    n = domein.sum(axis=0)
    rest = populatie - n
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(rest > 1e-9, n * (populatie - 1) / rest, np.inf)


def _degrees(domein: Masker, ontwerp: Ontwerp) -> Rij:
    """Return respondents in each domain minus strata in it, as R's degf of the subset."""
    strata = (one_hot(ontwerp.stratum, len(ontwerp.uitgenodigd)).T @ domein > 0).sum(axis=0)
    return np.asarray(domein.sum(axis=0) - strata, dtype=float)


def t_quantile(vrijheid: Rij) -> Rij:
    """Return the two-sided 95 % quantile of t; infinite where there is no freedom left."""
    return quantile(vrijheid, 1 - NIVEAU)


def quantile(vrijheid: Rij, buiten: Rij | float) -> Rij:
    """Return the quantile of t that leaves a chance of `buiten` in both tails together; normal where it is infinite."""
    normaal = -special.ndtri(np.asarray(buiten) / 2)
    with np.errstate(over="ignore"):
        student = -special.stdtrit(np.where(np.isfinite(vrijheid), np.maximum(vrijheid, 1), 1), np.asarray(buiten) / 2)
    return np.where(np.isinf(vrijheid), normaal, np.where(vrijheid > 0, student, np.inf))
