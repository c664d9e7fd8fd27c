"""What changed for one region since the publication before this one.

The kept publications are opened read-only, one at a time. What may not be shown now is not shown from before
either: a cell that is hidden today would otherwise be read from yesterday.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.lezen.data import archief, publicatie
from app.lezen.geheugen import remember_once
from app.lezen.rijen import Kenmerk
from app.lezen.verschil.publicatieverschil import Cijferwijziging, compare_regions
from app.taal.opmaak import datum
from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.afspraken.warehouse.bewaard import base_id, find_kept, state_of, withdrawn

_ID = re.compile(r"[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}(\.[0-9]{1,4})?")


@dataclass(frozen=True, slots=True)
class Vergelijking:
    """The publication before this one, and what is different for one region."""

    vorige_id: str
    wijzigingen: tuple[Cijferwijziging, ...]

    @property
    def dag(self) -> str:
        """The day of the publication before this one."""
        return datum(datetime.strptime(self.vorige_id[:8], "%Y%m%d"))

    @property
    def naam(self) -> str:
        """The publication before this one in words: its day, and its id."""
        return f"de publicatie van {self.dag} ({self.vorige_id})"


def previous(map_: Path, publicatie_id: str) -> Path | None:
    """Return the newest kept publication before this one that was made from other input; ids sort by time."""
    invoer, weg = _input_of(publicatie_id), withdrawn(map_.parent)
    eerder = [
        pad
        for pad in map_.glob("*.duckdb")
        if _ID.fullmatch(pad.stem)
        and pad.stem < publicatie_id
        and pad.stem not in weg
        and _input_of(pad.stem) != invoer
        and pad.is_file()
    ]
    return max(eerder, key=lambda pad: pad.stem, default=None)


def _input_of(publicatie_id: str) -> str:
    return base_id(publicatie_id).rpartition("-")[2]


def changes(merk: Kenmerk, regio_code: str) -> Vergelijking | None:
    """Return what changed for a region; nothing when there is no earlier publication that can be read."""
    vorige = previous(archief(merk), publicatie(merk).publicatie_id)
    return since(merk, vorige.stem, regio_code) if vorige else None


def since(merk: Kenmerk, publicatie_id: str, regio_code: str) -> Vergelijking | None:
    """Return what changed for a region since one kept publication; nothing when that cannot be read."""
    per_regio = _since(merk, state_of(archief(merk).parent), publicatie_id)
    return None if per_regio is None else Vergelijking(publicatie_id, per_regio.get(regio_code, ()))


@remember_once(4)
def _since(merk: Kenmerk, _stand: int, publicatie_id: str) -> dict[str, tuple[Cijferwijziging, ...]] | None:
    try:
        eerder = find_kept(archief(merk).parent, publicatie_id, publicatie_id)
        per_regio = compare_regions(eerder, Path(merk[0]))
    except AfgekeurdError:
        return None
    # A page of one region shows no margins beside its figures, so a change of those alone would show nothing.
    return {code: tuple(w for w in wijzigingen if w.soort != "marge") for code, wijzigingen in per_regio.items()}
