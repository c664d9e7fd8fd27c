"""Employers who attack: which hidden cells they are in, what they know there, and what is secret to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipelines.aanval.aanval import Doelwit, Plek, Waarheid, Weet, true_side
from pipelines.aanval.audit_tabellen import Aanvalstabel
from pipelines.aanval.gevoelig import safe_distance


class Insider(NamedTuple):
    """One employer: in which hidden cell, how large its sides are, what it knows, and its own persons per side.

    `alles`: the sides that are its own persons and no others.
    """

    plek: Plek
    grootte: Mapping[str, float]
    weet: tuple[Weet, ...]
    eigen: Mapping[str, float]
    alles: frozenset[str]


def find_insiders(tabel: Aanvalstabel, kanten: Sequence[str]) -> list[Insider]:
    """Return the largest employers of every hidden cell, of each side where those are known; who know the same once."""
    uit: dict[tuple[Weet, ...], Insider] = {}
    for plek in sorted(tabel.verborgen & tabel.waarheid.keys()):
        waar = tabel.waarheid[plek]
        insiders = [_make_insider(plek, waar, n, kanten) for n in (waar.grootste, waar.tweede) if n]
        if len(kanten) > 2:
            insiders += [
                _make_member(plek, waar, n, kant)
                for kant, groep in (("teller", waar.leden), ("rest", waar.niet_leden)) if groep is not None
                for n in (groep.grootste, groep.tweede) if n
            ]  # fmt: skip
        for insider in insiders:
            ook = [
                weet for ander in _same_employer(tabel, plek) for weet in _all_of(tabel.waarheid[ander], ander, kanten)
            ]
            wie = insider._replace(weet=(*insider.weet, *ook))
            uit[wie.weet] = wie
    return list(uit.values())


def _same_employer(tabel: Aanvalstabel, plek: Plek) -> list[Plek]:
    """Return the larger and smaller areas in which the only employer of a cell is also the only one."""
    waar = tabel.waarheid[plek]
    if waar.werkgevers != 1:
        return []
    naast = {d for r in tabel.relaties if r.rand == plek for d in r.delen}
    naast |= {r.rand for r in tabel.relaties if plek in r.delen}
    return sorted(p for p in naast if p in tabel.waarheid and tabel.waarheid[p].werkgevers == 1)


def _all_of(waar: Waarheid, plek: Plek, kanten: Sequence[str]) -> list[Weet]:
    """Return what the only employer of a cell knows of it: all."""
    return [Weet(plek, kant, x, x) for kant in kanten if (x := true_side(waar, kant)) is not None]


def _make_member(plek: Plek, waar: Waarheid, aantal: float, kant: str) -> Insider:
    """Return what an employer on a known side knows: its own persons there and in the whole, and whether alone."""
    grootte = {k: true_side(waar, k) for k in ("teller", "noemer", "rest")}
    alleen = frozenset(k for k in (kant, "noemer") if grootte[k] == aantal)
    weet = tuple(Weet(plek, k, aantal, aantal if k in alleen else float("inf")) for k in sorted((kant, "noemer")))
    return Insider(plek, grootte, weet, {kant: aantal, "noemer": aantal}, alleen)


def _make_insider(plek: Plek, waar: Waarheid, aantal: float, kanten: Sequence[str]) -> Insider:
    """Return what an employer with so many persons knows: that they are there, on which side, and whether alone."""
    grootte = {kant: true_side(waar, kant) for kant in kanten}
    if waar.werkgevers == 1:
        weet = tuple(Weet(plek, kant, x, x) for kant, x in grootte.items())
        return Insider(plek, grootte, weet, grootte, frozenset(kanten))
    eigen = {kanten[1] if len(kanten) > 1 else kanten[0]: aantal}
    for kant, andere in (("teller", "rest"), ("rest", "teller")):
        if len(kanten) > 1 and (grootte[kant] == aantal or grootte[andere] < aantal):
            eigen[kant] = aantal
    alleen = frozenset(kant for kant, x in eigen.items() if grootte[kant] == x)
    weet = tuple(Weet(plek, kant, x, x if kant in alleen else float("inf")) for kant, x in sorted(eigen.items()))
    return Insider(plek, grootte, weet, eigen, alleen)


def without_own(doel: Doelwit, insider: Insider, binnen: set[tuple[Plek, Plek]]) -> Doelwit | None:
    """Return the goal for an insider: of a cell with its own persons only the others are secret."""
    eigen = insider.eigen.get(doel.kant, 0.0)
    if (insider.plek, doel.plek) in binnen:
        if doel.kant in insider.alles:
            return None
        # What does not fit in the rest of the larger cell is here.
        eigen = max(0.0, eigen - (insider.grootte[doel.kant] - doel.waarde))
    elif doel.plek != insider.plek and (doel.plek, insider.plek) not in binnen:
        return doel
    over = doel.waarde - eigen
    if over <= 0:
        return None
    afstand = min(abs(doel.afstand), safe_distance(over))
    return doel._replace(afstand=afstand if doel.afstand > 0 else -min(afstand, over))
