"""What may not be told: which cells are sensitive, by the rules alone, and how near an attacker may come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from pipelines.aanval.aanval import Plek, Waarheid, Werkgevers
from pipelines.aanval.gezien import Reeks
from pipelines.afspraken.codelijsten import LAND, TOTAAL

# A4: how near an attacker may come: a tenth, or five persons where there are fewer than ten.
TIENDE, TIEN, VIJF = 0.10, 10, 5.0
# A5: after so many safe periods a cell may be shown again.
VEILIG_NA = 2
# A1: on so few employers a figure never rests.
MINSTE = 3


def find_sensitive(
    waarheid: Mapping[tuple[Reeks, Plek], Waarheid], dagen: Mapping[Reeks, date]
) -> dict[Reeks, set[Plek]]:
    """Return per table the cells that may not be told: sensitive, or of a place that is so in the same series (A5)."""
    uit: dict[Reeks, set[Plek]] = {reeks: set() for reeks in dagen}
    plaatsen: dict[tuple[str, str, str, Plek], list[tuple[date, Reeks, bool]]] = defaultdict(list)
    for (reeks, plek), waar in waarheid.items():
        if reeks in dagen:
            plaatsen[(*reeks[:3], plek)].append((dagen[reeks], reeks, is_sensitive(plek, waar)))
    for (*_, plek), keren in plaatsen.items():
        if not any(gevoelig for *_, gevoelig in keren):
            continue
        laatste = max(dag for dag, _, gevoelig in keren if gevoelig)
        vrij = {reeks for dag, reeks, _ in keren if dag > laatste}
        for _, reeks, _ in keren:
            if reeks not in vrij or len(vrij) < VEILIG_NA:
                uit[reeks].add(plek)
    return uit


def is_sensitive(plek: Plek, waar: Waarheid) -> bool:
    """Return whether a cell may identify an employer or a person by itself (A1, A2, A7)."""
    is_kruis = plek[0] != LAND and plek[1] != TOTAAL
    if is_kruis if waar.werkgevers is None else waar.werkgevers < MINSTE:
        return True
    for personen, (aantal, *groot) in _sides(waar):
        if aantal < MINSTE or _dominates(personen, groot):
            return True
    if not waar.is_aandeel and waar.noemer is not None:
        return abs(waar.teller) < TIEN
    groten = [g for g in (waar.grootste, waar.tweede) if g]
    if waar.noemer is None:
        return abs(waar.teller) < TIEN or (
            bool(groten) and groten[0] <= waar.teller and _dominates(waar.teller, groten)
        )
    rest = waar.noemer - waar.teller
    if min(waar.teller, rest) < TIEN or waar.noemer < 100 or (groten and _dominates(waar.noemer, groten)):
        return True
    for kant, andere in ((waar.teller, rest), (rest, waar.teller)):
        # Who is larger than the other side stands on this one.
        hier = [g for g in groten if g > andere]
        if _dominates(kant, hier) or kant in (*groten, sum(groten)):
            return True
    return False


class Kant(NamedTuple):
    """One side of a cell with employers of its own: its persons, and who employs them."""

    personen: float
    werkgevers: Werkgevers


def _sides(waar: Waarheid) -> list[Kant]:
    """Return the members and the others of a cell, where their employers are known (A2)."""
    kanten = [(waar.teller, waar.leden)]
    if waar.noemer is not None:
        kanten.append((waar.noemer - waar.teller, waar.niet_leden))
    return [Kant(personen, werkgevers) for personen, werkgevers in kanten if werkgevers is not None]


def _dominates(totaal: float, groten: Sequence[float]) -> bool:
    """Return whether the largest has over half, the two largest over four fifths, or one can estimate the other."""
    een, twee = [*sorted(groten, reverse=True), 0.0, 0.0][:2]
    return een > totaal / 2 or een + twee > 0.8 * totaal or totaal - een - twee < TIENDE * een


def safe_distance(aantal: float) -> float:
    """Return how far from its true value a count must be able to lie (A4)."""
    return max(TIENDE * aantal, VIJF if aantal < TIEN else 0.0)
