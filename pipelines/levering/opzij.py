"""Setting aside the delivery that stops a build although it passed every check, so that the rest is built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.afspraken.meldingen import AfgekeurdError, Melding
from pipelines.afspraken.vangnet import describe_place
from pipelines.levering.intrekken import withdraw_advice
from pipelines.levering.leveringen import sort_key
from pipelines.levering.toets.valideren import Keuring

CONTROLE = "opzij gezet"
# More than this, and it is not the deliveries that are wrong.
MEESTE_OPZIJ = 5
# What no delivery is to blame for: a message of our own, the disk, the memory.
_ANDERS = (
    AfgekeurdError, OSError, MemoryError, duckdb.IOException, duckdb.TransactionException, duckdb.FatalException,
    duckdb.OutOfMemoryException,
)  # fmt: skip


class VastgelopenError(Exception):
    """A step of a build broke in a way that nothing foresaw; its cause says how."""

    def __init__(self, stap: str) -> None:
        self.stap = stap
        super().__init__(stap)


@dataclass(frozen=True)
class Opzij:
    """One delivery that was set aside, what a reader is told about it, and what was in it."""

    levering_id: str
    melding: Melding
    keuring: Keuring


def run_step(stap: str, werk: Callable[[], None]) -> None:
    """Do one step of a build.

    Raises:
        VastgelopenError: it broke, and a delivery may be the cause.
    """
    try:
        werk()
    except _ANDERS:
        raise
    except Exception as fout:
        raise VastgelopenError(stap) from fout


def find_breaker(keuringen: list[Keuring], werk: Callable[[list[Keuring]], object]) -> Keuring | None:
    """Return the delivery with which the work starts to break, or None when it breaks without any.

    Of two that only break together it is the stronger one: the other was there first.
    """
    op_volgorde = sorted(keuringen, key=lambda keuring: sort_key(keuring.levering))
    heel, breekt = -1, len(op_volgorde)
    while breekt - heel > 1:
        midden = (heel + breekt) // 2
        if _breaks(werk, op_volgorde[:midden]):
            breekt = midden
        else:
            heel = midden
    return op_volgorde[breekt - 1] if breekt > 0 else None


def _breaks(werk: Callable[[list[Keuring]], object], keuringen: list[Keuring]) -> bool:
    try:
        werk(keuringen)
    except VastgelopenError:
        return True
    except AfgekeurdError:
        return False
    return False


def explain(keuring: Keuring, fout: VastgelopenError, log: Path | None) -> Opzij:
    """Return the delivery that was set aside, with the message about it; `log` holds more."""
    levering_id = keuring.levering.levering_id
    oorzaak = describe_place(fout.__cause__ or fout)
    tekst = f"Deze levering is opzij gezet: de stap '{fout.stap}' liep erop vast ({oorzaak}). De rest is gebouwd."
    advies = withdraw_advice(keuring.levering.map)
    if log:
        advies += f"\n  Technische gegevens: {log.name} in de map van de publicatie."
    return Opzij(levering_id, Melding(levering_id, tekst, advies=advies), keuring)
