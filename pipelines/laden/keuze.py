"""Which delivery counts: per source, table and period one, real before made up, the newest before older ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from pipelines.afspraken.perioden import parse_periode
from pipelines.levering.leveringen import sort_key
from pipelines.levering.valideren import Keuring

# The column in which a table says of a row that its source may still change it.
VOORLOPIG = "is_voorlopig"


def newest_per_period(keuringen: list[Keuring], bron: str, tabel: str) -> dict[str, Keuring]:
    """Return per period the delivery of this table that counts (contract §2).

    What is made up for a year goes when a quarter of that year is real, and the other way round.
    """
    beste: dict[str, Keuring] = {}
    for keuring in sorted(with_table(keuringen, bron, tabel), key=lambda keuring: sort_key(keuring.levering)):
        beste |= dict.fromkeys(rows_per_period(keuring, tabel), keuring)
    echt = [periode for periode, keuring in beste.items() if is_real(keuring)]
    return {p: keuring for p, keuring in beste.items() if is_real(keuring) or not _overlaps(p, echt)}


def is_real(keuring: Keuring) -> bool:
    """Return whether a delivery is not made up."""
    return keuring.levering.herkomst != "synthetisch"


def _overlaps(code: str, andere: Iterable[str]) -> bool:
    """Return whether a period has a day in common with one of the others: 2022 has all of 2022KW04."""
    een = parse_periode(code)
    return een is not None and any(
        een.begin <= ander.eind and ander.begin <= een.eind for ander in map(parse_periode, andere) if ander
    )


def with_table(keuringen: list[Keuring], bron: str, tabel: str) -> list[Keuring]:
    """Return the deliveries that hold this table."""
    return [k for k in keuringen if k.levering.bron == bron and tabel in k.tabellen]


def rows_per_period(keuring: Keuring, tabel: str) -> Mapping[str, int]:
    """Return how many rows of a table each period has."""
    if tabel in keuring.groot:
        tellingen = pd.concat([pd.Series(dict(b.perioden), dtype="int64") for b in keuring.groot[tabel]])
        return {str(periode): int(aantal) for periode, aantal in tellingen.groupby(level=0).sum().items()}
    return {str(periode): int(aantal) for periode, aantal in row_periods(keuring, tabel).value_counts().items()}


def row_periods(keuring: Keuring, tabel: str) -> pd.Series:
    """Return the period of every row of a table; a table without periods has that of its delivery."""
    frame = keuring.frames[tabel]
    kolom = period_column(tabel, frame.columns)
    return pd.Series(keuring.levering.periode, index=frame.index) if kolom is None else frame[kolom]


def period_column(tabel: str, kolommen: Iterable[str]) -> str | None:
    """Return the column that says which period a row is about; a list of notes has none."""
    aanwezig = set(kolommen)
    if tabel == "rapportcijfers":
        return None
    return next((kolom for kolom in ("periode", "schooljaar", "jaar") if kolom in aanwezig), None)


def provisional_periods(keuring: Keuring, tabel: str) -> frozenset[str]:
    """Return the periods of a table that are provisional: all of a provisional delivery, else those of marked rows."""
    if keuring.levering.voorlopig:
        return frozenset(rows_per_period(keuring, tabel))
    frame = keuring.frames.get(tabel)
    if frame is None or VOORLOPIG not in frame:
        return frozenset()
    return frozenset(map(str, row_periods(keuring, tabel)[frame[VOORLOPIG] == "1"]))
