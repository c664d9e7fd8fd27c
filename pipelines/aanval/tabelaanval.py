"""The attack on one table: what an outsider, and an employer in a hidden cell, can tell of what is hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil, floor, isfinite
from typing import NamedTuple

from pipelines.aanval.aanval import (
    Aanval,
    Doelwit,
    Feit,
    Plek,
    Waarheid,
    Weet,
    find_interval,
    true_side,
)
from pipelines.aanval.audit_tabellen import Aanvalstabel
from pipelines.aanval.bevinding import Bevinding, name_of
from pipelines.aanval.gevoelig import safe_distance
from pipelines.aanval.gezien import Reeks
from pipelines.aanval.insider import find_insiders, without_own
from pipelines.aanval.werelden import find_pinned, find_unprotected, seek_worlds


class Aanvaller(NamedTuple):
    """Who attacks, as a finding names it, and what that one knows besides what is published."""

    wie: str
    weet: Sequence[Weet]


BUITENSTAANDER = Aanvaller("buitenstaander", ())


def attack(reeks: Reeks, tabel: Aanvalstabel, gevoelig: set[Plek], *, insider: bool) -> list[Bevinding]:
    """Return what can be told of the hidden cells of one table, from all publications together."""
    naam = name_of(reeks, tabel)
    uit = list(_open_cells(naam, tabel, gevoelig))
    aanval = make_aanval(tabel)
    geheim = sorted(tabel.verborgen - tabel.getoond_in.keys())
    blind = [plek for plek in geheim if plek not in tabel.waarheid]
    doelen = [doel for plek in geheim if plek in gevoelig and plek in tabel.waarheid
              for doel in _goals(aanval, plek, tabel.waarheid[plek])]  # fmt: skip
    fout = {(doel.plek, doel.kant) for doel in find_unprotected(aanval, doelen)}
    fout |= set(find_pinned(aanval, blind))
    uit += [_describe(naam, tabel, aanval, plek, kant, BUITENSTAANDER) for plek, kant in sorted(fout)]
    if insider:
        doelen = [doel for doel in doelen if (doel.plek, doel.kant) not in fout]
        uit += _attack_inside(naam, tabel, aanval, doelen)
    return uit


def _open_cells(naam: tuple[str, ...], tabel: Aanvalstabel, gevoelig: set[Plek]) -> Iterator[Bevinding]:
    """Yield the cells that stand open, here or in another publication, and may not."""
    for plek, publicatie in sorted(tabel.getoond_in.items()):
        if plek in gevoelig or plek not in tabel.waarheid:
            tekst = f"staat open in publicatie {publicatie}"
            yield Bevinding(naam, plek, "waarde", tekst, is_nieuw=False, publicatie=publicatie)
    for plek in sorted(gevoelig & tabel.getoond):
        yield Bevinding(naam, plek, "waarde", "is gevoelig en wordt getoond", steunt_op=frozenset({plek}))
    for plek, publicatie in sorted(tabel.verborgen_in.items()):
        if plek not in gevoelig and plek not in tabel.waarheid:
            tekst = f"is verborgen in publicatie {publicatie} en staat hier open"
            yield Bevinding(naam, plek, "waarde", tekst, steunt_op=frozenset({plek}))
    for plek in sorted(gevoelig - tabel.verborgen - tabel.getoond):
        if plek in tabel.eerder:
            yield Bevinding(naam, plek, "waarde", "staat open in een eerdere publicatie", is_nieuw=False)


def make_aanval(tabel: Aanvalstabel) -> Aanval:
    """Return the attack on all publications together; on this one alone where others contradict it."""
    for feiten in (tabel.feiten, {plek: tabel.eigen.get(plek, tabel.empty()) for plek in tabel.feiten}):
        for is_optelbaar in (True, False) if tabel.is_optelbaar else (False,):
            aanval = _system(tabel, feiten, is_optelbaar=is_optelbaar)
            if tabel.feiten and find_interval(aanval, min(tabel.feiten), "teller") is not None:
                return aanval
    return aanval


def _system(tabel: Aanvalstabel, feiten: Mapping[Plek, Feit], *, is_optelbaar: bool) -> Aanval:
    """Return the system of one table; in whole persons where it counts those, which a mean of hours does not."""
    telt = tabel.is_aandeel or not tabel.heeft_noemer
    is_geheel = telt and all(float(x).is_integer() for w in tabel.waarheid.values() for x in (w.teller, w.noemer or 0))
    return Aanval(feiten, tabel.relaties, is_optelbaar, tabel.heeft_noemer, tabel.waarheid, tabel.is_aandeel, is_geheel)


def _goals(aanval: Aanval, plek: Plek, waar: Waarheid) -> Iterator[Doelwit]:
    """Yield how far above and below its true value each side of a cell must be able to lie (A4).

    What the p%-rule asks for the largest employer is never more: it is a tenth of a part of the cell.
    """
    for kant in aanval.kanten:
        x = true_side(waar, kant)
        afstand = safe_distance(x)
        yield Doelwit(plek, kant, x, afstand)
        if x > 0:
            yield Doelwit(plek, kant, x, -min(afstand, x))


def _attack_inside(
    naam: tuple[str, ...], tabel: Aanvalstabel, aanval: Aanval, doelen: Sequence[Doelwit]
) -> list[Bevinding]:
    """Return what the employers of hidden cells can tell of cells, or parts of cells, that are not their own."""
    binnen = {(relatie.rand, deel) for relatie in tabel.relaties for deel in relatie.delen}
    uit = {}
    insiders = find_insiders(tabel, aanval.kanten)
    seek_worlds(aanval, doelen, [insider.weet for insider in insiders])
    for insider in insiders:
        eigen_doelen = [nieuw for doel in doelen if (nieuw := without_own(doel, insider, binnen)) is not None]
        for doel in find_unprotected(aanval, eigen_doelen, insider.weet):
            wie = Aanvaller(f"een werkgever in {' × '.join(insider.plek)}", insider.weet)
            uit[doel.plek, doel.kant, wie.wie] = _describe(naam, tabel, aanval, doel.plek, doel.kant, wie)
    return [uit[sleutel] for sleutel in sorted(uit)]


def _describe(
    naam: tuple[str, ...], tabel: Aanvalstabel, aanval: Aanval, plek: Plek, kant: str, aanvaller: Aanvaller
) -> Bevinding:
    """Return the finding, and whether the attacked publication adds to what was known before it."""
    grenzen = find_interval(aanval, plek, kant, aanvaller.weet)
    tekst = f"niet te verbergen voor {aanvaller.wie}"
    if grenzen is not None:
        laag, hoog = (f"{grens:,.0f}".replace(",", ".") for grens in _whole(grenzen))
        tekst = f"ligt tussen {laag} en {hoog} ({aanvaller.wie})"
    al_bekend = None
    if tabel.eerder or tabel.openbaar:
        alleen = _system(tabel, tabel.known_before(), is_optelbaar=aanval.is_optelbaar)
        al_bekend = find_interval(alleen, plek, kant, aanvaller.weet)
    is_nieuw = al_bekend is None or grenzen is None or al_bekend[1] - al_bekend[0] > grenzen[1] - grenzen[0] + 1
    return Bevinding(naam, plek, kant, tekst, is_nieuw)


def _whole(grenzen: tuple[float, float]) -> tuple[float, float]:
    """Return the first and the last whole number of persons in an interval."""
    onder, boven = grenzen
    return ceil(onder - 1e-6), floor(boven + 1e-6) if isfinite(boven) else boven
