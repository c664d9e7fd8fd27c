"""What an attacker cannot exclude: figures that differ from the true ones and still agree with all that is shown.

A `Vlak` is one table whose cells add up along known relations. A stroom is a difference that leaves every
relation and every shown cell as it is, and moves one hidden cell up or down by what its protection asks. Where
there is none, a snede says which cells could give it room (Fischetti and Salazar, Operations Research 1999).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Getallen = NDArray[np.float64]
Masker = NDArray[np.bool_]
# Room for the arithmetic of the solver, in persons.
TOLERANTIE = 1e-6
# A4: the interval of a sensitive count reaches this part of it to both sides, and this many persons if it is small.
BESCHERMING = 0.10
KLEIN = 10
BESCHERMING_KLEIN = 5.0


@dataclass(frozen=True)
class Vlak:
    """One table that adds up, over the places of its group (one entry per place in every array).

    `relaties` has one row per relation: +1 for each part, −1 for the margin. `waarde` is the count, `omlaag` how
    far it can fall for all an attacker knows, `gevoelig` which counts must be protected. `bekend`: known to an
    attacker whatever is hidden, or no cell at all. `verankerd`: moves only by itself. `eigen`: the most that one
    contributor has in a cell and knows to be there; all of it, and no more, where `doorzien`.
    """

    relaties: Getallen
    waarde: Getallen
    omlaag: Getallen
    gevoelig: Masker
    bekend: Masker
    verankerd: Masker
    eigen: Getallen
    doorzien: Masker

    def as_bytes(self) -> bytes:
        """Return all there is to know about the table, for a hash or to find the same table again."""
        return b"".join(getattr(self, veld.name).tobytes() for veld in fields(self))


def protection(aantal: float) -> tuple[float, float]:
    """Return how far up and how far down a count must be able to lie (A4), in persons."""
    afstand = max(BESCHERMING * aantal, BESCHERMING_KLEIN if aantal < KLEIN else 0.0)
    return afstand, min(afstand, aantal)


class Eis(NamedTuple):
    """Cell `plek` of table `vlak` must be able to move by `afstand` (negative: down).

    `insider`: the cell of the contributor that it is hidden from, who knows how many of its own are there.
    """

    vlak: int
    plek: int
    afstand: float
    insider: int | None


def find_stroom(vlak: Vlak, verborgen: Masker, eis: Eis, prijs: Getallen | None = None) -> Getallen | None:
    """Return how far the cheapest stroom for this eis moves each cell, or None when there is none.

    `prijs`: what one person costs in each cell; without it the smallest stroom is the cheapest.
    """
    vrij, tabel = _free_columns(vlak, verborgen, eis)
    aantal, plek = len(vrij), int(np.searchsorted(vrij, eis.plek))
    boven = np.concatenate([np.full(aantal, np.inf), _falls(vlak, eis)[vrij]])
    onder = np.zeros(2 * aantal)
    onder[plek] = boven[plek] = max(eis.afstand, 0.0)
    onder[aantal + plek] = boven[aantal + plek] = max(-eis.afstand, 0.0)
    doel = np.ones(aantal) if prijs is None else prijs[vrij]
    uit = _solve(np.concatenate([doel, doel]), np.hstack([tabel, -tabel]), onder, boven)
    if uit.status != 0:
        return None
    beweging = uit.x[:aantal] - uit.x[aantal:]
    stroom = np.zeros(len(verborgen))
    stroom[vrij] = np.where(np.abs(beweging) > TOLERANTIE, beweging, 0.0)
    return stroom


def find_snede(vlak: Vlak, verborgen: Masker, eis: Eis) -> Getallen:
    """Return per cell which part of the eis it has room for: the hidden cells must have at least 1 together.

    Holds for every choice of hidden cells, and not for this one. From the dual of 'how far can the cell move'.
    """
    vrij, tabel = _free_columns(vlak, verborgen, eis)
    afstand, plek = abs(eis.afstand), int(np.searchsorted(vrij, eis.plek))
    omlaag = _falls(vlak, eis)
    boven, onder = np.full(len(vrij), np.inf), -omlaag[vrij]
    onder[plek], boven[plek] = -afstand, afstand
    doel = np.zeros(len(vrij))
    doel[plek] = -np.sign(eis.afstand)
    uit = _solve(doel, tabel, onder, boven)
    rijen = _rows(vlak, vrij)
    helling = vlak.relaties[rijen].T @ uit.eqlin.marginals
    ruimte = np.where(helling > 0, 1.0, np.minimum(1.0, -helling * omlaag / afstand))
    snede: Getallen = np.where(np.abs(helling) > TOLERANTIE, ruimte, 0.0)
    snede[~_may_move(vlak, eis)] = 0.0
    snede[eis.plek] = 0.0
    return snede


def _falls(vlak: Vlak, eis: Eis) -> Getallen:
    """Return how far each cell can fall for the attacker of this eis."""
    omlaag = vlak.omlaag.copy()
    if eis.insider is not None:
        omlaag[eis.insider] = vlak.waarde[eis.insider] - vlak.eigen[eis.insider]
    return omlaag


def _may_move(vlak: Vlak, eis: Eis) -> Masker:
    """Return the cells that the attacker of this eis does not know, were they all hidden."""
    mag: Masker = ~vlak.bekend & ~vlak.verankerd
    mag[eis.plek] = True
    if eis.insider is not None and vlak.doorzien[eis.insider]:
        mag[eis.insider] = False
    return mag


def _free_columns(vlak: Vlak, verborgen: Masker, eis: Eis) -> tuple[NDArray[np.int64], Getallen]:
    """Return the cells that may move, the cell of the eis among them, and their part of the relations."""
    vrij = np.flatnonzero(verborgen & _may_move(vlak, eis))
    return vrij, vlak.relaties[np.ix_(_rows(vlak, vrij), vrij)]


def _rows(vlak: Vlak, vrij: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.flatnonzero(vlak.relaties[:, vrij].any(axis=1))


def _solve(doel: Getallen, tabel: Getallen, onder: Getallen, boven: Getallen) -> Any:  # noqa: ANN401
    """Return what HiGHS makes of: the least doel, with tabel · x = 0 and x between its bounds."""
    from scipy.optimize import linprog

    grenzen = np.column_stack([onder, boven])
    return linprog(
        doel, A_eq=tabel, b_eq=np.zeros(len(tabel)), bounds=grenzen, method="highs-ds", options={"presolve": False}
    )
