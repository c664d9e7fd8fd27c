"""Which delivery counts: per source, table, period and series one, real before made up, the newest before older."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.afspraken.schrift.perioden import parse_periode
from pipelines.levering.leveringen import sort_key
from pipelines.levering.toets.valideren import Keuring

# The column in which a table says of a row that its source may still change it.
VOORLOPIG = "is_voorlopig"


def newest_per_period(keuringen: list[Keuring], bron: str, tabel: str) -> dict[str, Keuring]:
    """Return per period the delivery of this table that counts (contract §2).

    What is made up for a year goes when a quarter of that year is real, and the other way round.
    """
    beste: dict[str, Keuring] = {}
    for keuring in sorted(with_table(keuringen, bron, tabel), key=lambda keuring: sort_key(keuring.levering)):
        beste |= dict.fromkeys(rows_per_period(keuring, tabel), keuring)
    echt = [periode for periode, keuring in beste.items() if keuring.levering.is_echt]
    return {p: keuring for p, keuring in beste.items() if keuring.levering.is_echt or not _overlaps(p, echt)}


@dataclass(frozen=True)
class Deel:
    """The rows of one delivery that count, of one period and series: where they stand among the rows of all."""

    keuring: Keuring
    periode: str
    reeks: tuple[str, ...]
    plekken: np.ndarray
    # Whether its source may still change it.
    is_voorlopig: bool


def parts_that_count(
    keuringen: list[Keuring], bron: str, tabel: str, reeks: Sequence[str]
) -> tuple[list[Deel], pd.DataFrame]:
    """Return what counts, per period and series (the values of these columns), and its rows; oldest delivery first.

    A table without periods gets column `_periode`, the period of its delivery.
    """
    delen: dict[tuple[str, tuple[str, ...]], Deel] = {}
    stapel: list[pd.DataFrame] = []
    for keuring in sorted(with_table(keuringen, bron, tabel), key=lambda keuring: sort_key(keuring.levering)):
        frame, perioden = keuring.frames[tabel], row_periods(keuring, tabel)
        begin = sum(map(len, stapel))
        for deel in _split(keuring, frame, [perioden, *(frame[kolom].fillna("") for kolom in reeks)], begin):
            delen[deel.periode, deel.reeks] = deel
        heeft_periode = period_column(tabel, frame.columns) is not None
        stapel.append(frame if heeft_periode else frame.assign(_periode=perioden))
    echt = {deel.periode for deel in delen.values() if deel.keuring.levering.is_echt}
    verzonnen = {deel.periode for deel in delen.values()} - echt
    weg = {periode for periode in verzonnen if _overlaps(periode, echt)} | echt
    blijft = [deel for deel in delen.values() if deel.keuring.levering.is_echt or deel.periode not in weg]
    if not blijft:
        return [], pd.DataFrame()
    rijen = pd.concat(stapel, ignore_index=True)
    return blijft, rijen.take(np.concatenate([deel.plekken for deel in blijft]))


def _split(keuring: Keuring, frame: pd.DataFrame, groepen: list[pd.Series], begin: int) -> Iterator[Deel]:
    """Yield the rows of one delivery per period and series, in the order in which these come."""
    sleutels = pd.concat(groepen, axis=1)
    namen = [sleutels.iloc[:, plek] for plek in range(sleutels.shape[1])]
    nummers = sleutels.groupby(namen, sort=False).ngroup().to_numpy()
    waarden_van = sleutels.to_numpy(object)
    gemerkt = (frame[VOORLOPIG] == "1").fillna(False).to_numpy(bool) if VOORLOPIG in frame else None
    volgorde = np.argsort(nummers, kind="stable")
    grenzen = np.flatnonzero(np.diff(nummers[volgorde])) + 1
    for plekken in np.split(volgorde, grenzen):
        # A row without a period belongs to none.
        if len(plekken) and nummers[plekken[0]] >= 0:
            periode, *waarden = map(str, waarden_van[plekken[0]])
            voorlopig = keuring.levering.voorlopig or (gemerkt is not None and bool(gemerkt[plekken].any()))
            yield Deel(keuring, periode, tuple(waarden), plekken + begin, voorlopig)


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
