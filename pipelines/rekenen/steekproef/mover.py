"""The difference of two independent estimates, from the interval of each: Newcombe's method, also called MOVER.

The interval of a difference takes from each side the half that points at the other one, so that a share near 0 or 1
keeps its lopsided interval, and a mean its own degrees of freedom. p is what the interval leaves outside when it just
reaches 0: an interval without 0 and p below 0.05 are the same thing. Of shares the intervals are Wilson's on the
effective number of answers with the normal quantile: with that of t, false alarms fall to 3 % and a fifth to over
half of the true differences that are found now are missed.

Sources: Newcombe, Statistics in Medicine 17 (1998) 873-890, method 10; Zou and Donner, Statistics in Medicine 27
(2008) 1693-1702.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from pipelines.rekenen.steekproef.schatten import GEEN_FOUT, NIVEAU, Rij, Uitspraak

# Halvings of the logarithm of p, from 1 down to below any p that a table can hold: p to eight figures.
_HALVERINGEN = 48
_KLEINSTE_LOG_P = -690.0


def difference_interval(een: Uitspraak, ander: Uitspraak, buiten: Rij | float = 1 - NIVEAU) -> tuple[Rij, Rij]:
    """Return the interval of een - ander that leaves a chance of `buiten` outside it."""
    verschil = een.waarde - ander.waarde
    (onder, boven), (onder_ander, boven_ander) = (_bounds(kant, buiten) for kant in (een, ander))
    omlaag = np.hypot(een.waarde - onder, boven_ander - ander.waarde)
    omhoog = np.hypot(boven - een.waarde, ander.waarde - onder_ander)
    return verschil - omlaag, verschil + omhoog


def _bounds(kant: Uitspraak, buiten: Rij | float) -> tuple[Rij, Rij]:
    if kant.n_eff is not None:
        kant = replace(kant, vrijheid=np.full(len(kant.waarde), np.inf))
    return kant.bounds(buiten)


def difference_p(een: Uitspraak, ander: Uitspraak) -> Rij:
    """Return per column the p at which the interval just reaches 0; the wider the interval, the smaller p."""
    hoger = een.waarde > ander.waarde
    laag, hoog = np.full(len(hoger), _KLEINSTE_LOG_P), np.zeros(len(hoger))
    for _ in range(_HALVERINGEN):
        midden = (laag + hoog) / 2
        onder, boven = difference_interval(een, ander, np.exp(midden))
        reikt = np.where(hoger, onder <= 0, boven >= 0)
        laag, hoog = np.where(reikt, midden, laag), np.where(reikt, hoog, midden)
    return np.where(np.abs(een.waarde - ander.waarde) < GEEN_FOUT, 1.0, np.exp(laag))


def judge_pair(een: Uitspraak, ander: Uitspraak) -> Iterator[tuple[float | None, ...]]:
    """Yield per column difference, standard error, 95 % interval and p of two independent estimates.

    Where the answers do not say how certain a side is, or both are known exactly, there is nothing to test by: no
    difference then stays no difference, another one is unknown.
    """
    verschil = een.waarde - ander.waarde
    fout = np.hypot(een.spread(), ander.spread())
    onder, boven = difference_interval(een, ander)
    p = difference_p(een, ander)
    kan = een.kan & ander.kan & (boven - onder > GEEN_FOUT)
    for nummer, mag in enumerate(kan):
        if mag:
            yield tuple(float(reeks[nummer]) for reeks in (verschil, fout, onder, boven, p))
        else:
            yield (0.0, None, None, None, 1.0) if abs(verschil[nummer]) < GEEN_FOUT else (None,) * 5
