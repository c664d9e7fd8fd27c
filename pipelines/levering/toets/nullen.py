"""Columns of figures that hold nothing but 0: where that is never so, a missing figure was written as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from pipelines.afspraken.codelijsten import LAND
from pipelines.afspraken.contract import GETALLEN, Kolom, Tabel
from pipelines.levering.bestand.woorden import among

# So few may be 0 by chance, unless the whole country is among them.
_MINSTENS = 3


@dataclass(frozen=True)
class Nullen:
    """One column that is 0 throughout: its name, its first row and in how many rows."""

    kolom: str
    rij: int
    aantal: int


def find_zero_columns(tabel: Tabel, frame: pd.DataFrame) -> Iterator[Nullen]:
    """Yield the columns of which every figure that is filled in is 0."""
    for naam in (kolom.naam for kolom in tabel.kolommen.values() if _is_measure(kolom) and kolom.naam in frame):
        woorden = frame[naam].dropna().unique()
        getallen = pd.to_numeric(pd.Series(woorden, dtype="object"), errors="coerce")
        if not (getallen == 0).any() or (getallen != 0)[getallen.notna()].any():
            continue
        nul = among(frame[naam], [woord for woord, getal in zip(woorden, getallen, strict=True) if getal == 0])
        aantal = int(nul.sum())
        if aantal >= _MINSTENS or ("regio_code" in frame and among(frame["regio_code"][nul], [LAND]).any()):
            yield Nullen(naam, int(frame.index[nul][0]), aantal)


def _is_measure(kolom: Kolom) -> bool:
    """Return whether this is a figure of the table's subject that is somewhere more than 0."""
    return kolom.type in GETALLEN and not kolom.nul and (kolom.tijd is not None or not kolom.optellen or not kolom.leeg)
