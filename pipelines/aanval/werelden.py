"""Worlds: counts that agree with all that is known; a goal that one of them reaches is safe from who knows no more.

A world is one solution. It is held against every goal that is left, and kept for who asks next, so that few are
needed. Goals stand in each other's way (what one cell gains another loses), so a world is sought for one direction per
side, thrown like a coin; what none of some throws reaches gets a world of its own. Most of what employers know is that
a side is at least so large: worlds in which every side is at least what its largest employer knows serve them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random

import numpy as np

from pipelines.aanval.aanval import RUIMTE, Aanval, Doelwit, Plek, Vector, Weet, find_interval, solve
from pipelines.aanval.gevoelig import TIENDE
from pipelines.aanval.gezien import TIEN

Wereld = Mapping[str, Vector]
# After so many throws in a row that reach nothing new, goals are tried one by one.
WORPEN = 3


def find_unprotected(aanval: Aanval, doelen: Sequence[Doelwit], weet: Sequence[Weet] = ()) -> list[Doelwit]:
    """Return the goals that no world reaches: there an attacker who also knows `weet` comes too close."""
    over, fout = list(doelen), []
    for wereld in aanval.werelden:
        if over and _is_known(aanval, weet, wereld):
            over = _not_reached(aanval, over, wereld)
    over = _throw(aanval, over, weet)
    while over:
        nieuw = _reach(aanval, over[:1], weet)
        rest = over if nieuw is None else _not_reached(aanval, over, nieuw)
        if nieuw is None or len(rest) == len(over):
            fout.append(over[0])
            rest = over[1:]
        else:
            aanval.werelden.append(nieuw)
        over = rest
    return fout


def seek_worlds(aanval: Aanval, doelen: Sequence[Doelwit], weet: Iterable[Sequence[Weet]]) -> None:
    """Add worlds that agree with what all of these know at once, with and without what they know exactly.

    What stands in the way of a goal is what the employers of that very cell know: for all others it is left out.
    """
    alles = [kennis for deel in weet for kennis in deel]
    _throw(aanval, doelen, _join(alles))
    minstens = _join(kennis for kennis in alles if np.isinf(kennis.boven))
    for doel in _throw(aanval, doelen, minstens):
        nieuw = _reach(aanval, [doel], [kennis for kennis in minstens if kennis.plek != doel.plek])
        if nieuw is not None:
            aanval.werelden.append(nieuw)


def find_pinned(aanval: Aanval, plekken: Sequence[Plek]) -> Iterator[tuple[Plek, str]]:
    """Yield the sides that are known to within a tenth, or as well as if they were shown.

    A side that lies far enough apart in two worlds is not, and its ends need not be sought: most are, after a few.
    """
    gezien = list(aanval.werelden)
    for plek in plekken:
        nummer = aanval.nummer[plek]
        for kant in aanval.kanten:
            if _is_wide([wereld[kant][nummer] for wereld in gezien]):
                continue
            einden: list[Vector] = []
            grenzen = find_interval(aanval, plek, kant, einden=einden)
            gezien += [_as_world(aanval, einde) for einde in einden]
            if grenzen is not None and grenzen[1] - grenzen[0] <= max(TIEN, TIENDE * (grenzen[0] + grenzen[1]) / 2):
                yield plek, kant


def _is_wide(waarden: Sequence[float]) -> bool:
    """Return whether an interval that holds these is wider than ten and than a tenth of its middle."""
    if not waarden:
        return False
    laag, hoog = min(waarden), max(waarden)
    ruim = hoog - laag - RUIMTE * (1 + abs(hoog))
    # The wider it is, the further its middle may lie: by half of what it is wider.
    return ruim > TIEN and ruim * (1 - TIENDE / 2) > TIENDE * laag


def _join(weet: Iterable[Weet]) -> list[Weet]:
    """Return what these know together, one for each side of a cell."""
    samen: dict[tuple[Plek, str], Weet] = {}
    for kennis in weet:
        al = samen.get((kennis.plek, kennis.kant), kennis)
        grenzen = max(al.onder, kennis.onder), min(al.boven, kennis.boven)
        samen[kennis.plek, kennis.kant] = Weet(kennis.plek, kennis.kant, *grenzen)
    return [samen[sleutel] for sleutel in sorted(samen)]


def _throw(aanval: Aanval, doelen: Sequence[Doelwit], weet: Sequence[Weet]) -> list[Doelwit]:
    """Add worlds for goals in directions that are thrown, and return the goals that none of them reaches."""
    munt = Random(len(doelen))  # noqa: S311
    over, mis = list(doelen), 0
    while over and mis < WORPEN:
        per_kant: dict[tuple[Plek, str], list[Doelwit]] = {}
        for doel in over:
            per_kant.setdefault((doel.plek, doel.kant), []).append(doel)
        nieuw = _reach(aanval, [munt.choice(beide) for beide in per_kant.values()], weet)
        if nieuw is None:
            break
        rest = _not_reached(aanval, over, nieuw)
        if len(rest) < len(over):
            aanval.werelden.append(nieuw)
        mis = 0 if len(rest) < len(over) else mis + 1
        over = rest
    return over


def _is_known(aanval: Aanval, weet: Sequence[Weet], wereld: Wereld) -> bool:
    return all(
        kennis.onder - RUIMTE <= wereld[kennis.kant][aanval.nummer[kennis.plek]] <= kennis.boven + RUIMTE
        for kennis in weet
    )


def _not_reached(aanval: Aanval, doelen: Sequence[Doelwit], wereld: Wereld) -> list[Doelwit]:
    """Return the goals that lie further than this world."""
    uit = []
    for doel in doelen:
        verschil = wereld[doel.kant][aanval.nummer[doel.plek]] - doel.waarde
        if (verschil if doel.afstand > 0 else -verschil) < abs(doel.afstand) - RUIMTE * (1 + abs(doel.waarde)):
            uit.append(doel)
    return uit


def _reach(aanval: Aanval, doelen: Sequence[Doelwit], weet: Sequence[Weet]) -> Wereld | None:
    """Return the world that comes as near to these goals together as can be; None when no world is left."""
    afstand = np.array([abs(doel.afstand) for doel in doelen])
    extra = []
    for nummer, doel in enumerate(doelen):
        teken = float(np.sign(doel.afstand))
        rij = aanval.form(doel.plek, doel.kant, -teken)
        extra.append(({**rij, aanval.aantal + nummer: 1.0}, -teken * doel.waarde))
    uit = solve(aanval, np.concatenate([np.zeros(aanval.aantal), -1.0 / afstand]), weet, extra, afstand)
    if uit.status != 0:
        return None
    return _as_world(aanval, uit.x)


def _as_world(aanval: Aanval, x: Vector) -> Wereld:
    helft = len(aanval.plekken)
    teller, noemer = x[:helft], x[helft : aanval.aantal]
    return {"teller": teller, "noemer": noemer, "rest": noemer - teller} if aanval.heeft_noemer else {"teller": teller}
