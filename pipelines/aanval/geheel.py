"""Persons are whole: what rounding leaves of a count once its share, its margin and its parts are counted in integers.

A cell shown as 20 of 100 and 16 % has 15, 16 or 17 of 95 to 104, and not every pair of those. Bounds that follow from
one cell are carried over to its margin and its parts, and back, until nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import ceil, floor, inf, isfinite
from typing import NamedTuple

Grens = tuple[float, float]
Rij = tuple[Mapping[int, float], float]
# Figures are carried over so often at most; every time makes them tighter, so stopping early is safe.
RONDEN = 12
# A denominator that may be so many counts is not counted out.
_BREEDST = 1000
_SPELING = 1e-6


class Cel(NamedTuple):
    """Which unknowns are the numerator and the denominator of a cell, and within which bounds its share lies."""

    teller: int
    noemer: int
    aandeel: Grens


class Tegenspraak(Exception):  # noqa: N818
    """No whole counts agree with all of this."""


def tighten(grenzen: Sequence[Grens], rijen: Iterable[Rij], cellen: Sequence[Cel]) -> tuple[list[Grens], list[Grens]]:
    """Return the bounds of whole unknowns after carrying them over, and per cell those of denominator less numerator.

    `rijen`: (unknown: weight) with what they sum to at most.

    Raises:
        Tegenspraak: there are no such counts.
    """
    nu = [_whole(grens) for grens in grenzen]
    rijen, resten = list(rijen), [(0.0, inf)] * len(cellen)
    for _ in range(RONDEN):
        voor = list(nu)
        for nummer, cel in enumerate(cellen):
            nu[cel.teller], nu[cel.noemer], resten[nummer] = _count_out(nu[cel.teller], nu[cel.noemer], cel.aandeel)
        for rij, hoogstens in rijen:
            _carry(nu, rij, hoogstens)
        if nu == voor:
            break
    return nu, resten


def _whole(grens: Grens) -> Grens:
    laag, hoog = grens
    uit = (
        float(ceil(laag - _SPELING)) if isfinite(laag) else laag,
        float(floor(hoog + _SPELING)) if isfinite(hoog) else hoog,
    )
    if uit[0] > uit[1]:
        raise Tegenspraak
    return uit


def _count_out(teller: Grens, noemer: Grens, aandeel: Grens) -> tuple[Grens, Grens, Grens]:
    """Return the bounds of numerator, denominator and the rest over all whole pairs that have this share."""
    if noemer[1] - noemer[0] > _BREEDST or not isfinite(noemer[0]):
        return teller, noemer, (0.0, inf)
    paren = []
    for n in range(int(noemer[0]), int(noemer[1]) + 1):
        laag = max(teller[0], ceil(aandeel[0] * n - _SPELING))
        hoog = min(teller[1], floor(aandeel[1] * n + _SPELING))
        if laag <= hoog:
            paren.append((n, laag, hoog))
    if not paren:
        raise Tegenspraak
    return (
        (float(min(laag for _, laag, _ in paren)), float(max(hoog for *_, hoog in paren))),
        (float(paren[0][0]), float(paren[-1][0])),
        (float(min(n - hoog for n, _, hoog in paren)), float(max(n - laag for n, laag, _ in paren))),
    )


def _carry(nu: list[Grens], rij: Mapping[int, float], hoogstens: float) -> None:
    """Tighten each unknown of one row by what the others are at least."""
    minst = {k: w * nu[k][0 if w > 0 else 1] for k, w in rij.items() if w}
    open_ = [k for k, waarde in minst.items() if not isfinite(waarde)]
    if len(open_) > 1:
        return
    som = sum(waarde for waarde in minst.values() if isfinite(waarde))
    for k in open_ or minst:
        ruimte = (hoogstens - som + (0.0 if open_ else minst[k])) / rij[k]
        laag, hoog = nu[k]
        nu[k] = _whole((laag, min(hoog, ruimte)) if rij[k] > 0 else (max(laag, ruimte), hoog))
