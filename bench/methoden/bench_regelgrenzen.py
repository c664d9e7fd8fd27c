"""How often a series in which nothing happens gets the verdict 'meer dan gewoonlijk', and how often a jump is seen.

Quarters with a season, of which each resembles the one before by so much (autocorrelation), or of counts whose
denominator grows by half. A jump is four times what a quarter usually strays from its season. Beside it the limits of
an individuals chart: 2.66 times the mean moving range.

    nice python bench/methoden/bench_regelgrenzen.py
"""

from __future__ import annotations

from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from app.oordeel.vergelijken.regelgrens import limit

KEREN = 4000
STAP = Decimal("0.0001")
SEIZOEN = np.array([0.004, -0.002, -0.006, 0.004])
AFWIJKING = 0.003


def main() -> None:
    """Print the false alarms and the jumps seen, per length and kind of series."""
    rng = np.random.default_rng(2021)
    print("kwartalen  reeks                  ten onrechte  (bewegend bereik)  sprong gezien  (bewegend bereik)")
    for aantal in (12, 20, 40):
        for samenhang in (0.0, 0.3, 0.6, 0.8):
            _print(aantal, f"samenhang {samenhang:.1f}", _resembling(rng, aantal, samenhang), 4 * AFWIJKING)
        reeksen = _counted(rng, aantal)
        _print(aantal, "aantallen, noemer groeit", reeksen, 4 * float(reeksen.std(axis=0)[-1]))


def _resembling(rng: np.random.Generator, aantal: int, samenhang: float) -> NDArray[np.float64]:
    """Return shares, one series a row: a season, and what strays from it as much as the quarter before did."""
    ruis = rng.normal(size=(KEREN, aantal + 40))
    for nr in range(1, ruis.shape[1]):
        ruis[:, nr] = samenhang * ruis[:, nr - 1] + np.sqrt(1 - samenhang**2) * ruis[:, nr]
    return np.asarray(0.07 + np.resize(SEIZOEN, aantal) + AFWIJKING * ruis[:, -aantal:])


def _counted(rng: np.random.Generator, aantal: int) -> NDArray[np.float64]:
    noemers = np.linspace(4000, 6000, aantal).astype(int)
    return np.asarray(rng.binomial(noemers, 0.07 + np.resize(SEIZOEN, aantal), size=(KEREN, aantal)) / noemers)


def _print(aantal: int, wat: str, reeksen: NDArray[np.float64], sprong: float) -> None:
    hoger = reeksen.copy()
    hoger[:, -1] += sprong
    delen = (f(deel) for deel in (reeksen, hoger) for f in (_outside, _outside_moving_range))
    print("{:9}  {:24}  {:9.1%}  {:17.1%}  {:13.0%}  {:17.0%}".format(aantal, wat, *delen))


def _outside(reeksen: NDArray[np.float64]) -> float:
    rijen = [[Decimal(f"{waarde:.4f}") for waarde in rij] for rij in reeksen]
    return float(np.mean([limit(rij, 4, STAP).is_buiten for rij in rijen]))


def _outside_moving_range(reeksen: NDArray[np.float64]) -> float:
    stappen = reeksen[:, 4:] - reeksen[:, :-4]
    eerder = stappen[:, :-1]
    grens = 2.66 * np.abs(np.diff(eerder, axis=1)).mean(axis=1)
    return float(np.mean(np.abs(stappen[:, -1] - eerder.mean(axis=1)) > grens))


if __name__ == "__main__":
    main()
