"""One figure that can be told although it is hidden: which, by whom, and from what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.aanval.aanval import Plek
from pipelines.aanval.audit_tabellen import Aanvalstabel
from pipelines.aanval.gezien import Reeks


@dataclass(frozen=True)
class Bevinding:
    """One hidden figure that can be told, by whom and from what.

    `reeks`: indicator, uitsplitsing, herkomst and period. `is_nieuw`: the attacked publication adds to it; otherwise
    `publicatie` names a kept one that gives it away. `steunt_op`: shown cells of the same table that tell it.
    `is_elders`: it stands in another table, so that hiding more cells is no cure.
    """

    reeks: tuple[str, ...]
    plek: Plek
    kant: str
    tekst: str
    is_nieuw: bool = True
    publicatie: str = ""
    steunt_op: frozenset[Plek] = frozenset()
    is_elders: bool = False

    def __str__(self) -> str:
        """Return the finding as one line."""
        indicator_id, uitsplitsing, herkomst, periode, *_ = self.reeks
        tabel = ", ".join(deel for deel in (indicator_id, uitsplitsing, periode, herkomst) if deel)
        return f"{tabel}, {' × '.join(self.plek)}, {self.kant}: {self.tekst}"


def count_cells(bevindingen: Iterable[Bevinding]) -> int:
    """Return of how many hidden cells something can be told: one cell has three sides, and many who tell it."""
    return len({(bevinding.reeks, bevinding.plek) for bevinding in bevindingen})


def name_of(reeks: Reeks, tabel: Aanvalstabel) -> tuple[str, str, str, str]:
    """Return how a table is told: with the period it has in publications."""
    return (*reeks[:3], tabel.periode)
