"""Of millions of figures, those that may jump: of all others the series stays within the factor that is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.levering.bestand.woorden import coded

# More rows than this are not compared one by one: of so many, the series that differ most are.
MEESTE = 200_000
_VEELVOUD = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Grens:
    """From which ratio a pair is looked at, where the larger is at least so much."""

    keer: float
    minste: float


def find_candidates(
    frames: Sequence[pd.DataFrame], sleutel: Sequence[str], kolommen: Sequence[str], bekend: pd.DataFrame, grens: Grens
) -> list[np.ndarray]:
    """Return per frame which rows may jump: those of a series that differs so much, or that is known elsewhere.

    `sleutel`: the columns that tell series apart. `bekend`: one row per series of which there are other figures.
    """
    series = [_series(frame, sleutel) for frame in frames]
    elders = np.unique(_series(bekend, sleutel))
    mee = [np.isin(serie, elders) for serie in series]
    for kolom in kolommen:
        waarden = [_numbers(frame, kolom) for frame in frames]
        ver = _far_apart(np.concatenate(series), np.concatenate(waarden), grens)
        mee = [eerder | np.isin(serie, ver) for eerder, serie in zip(mee, series, strict=True)]
    return mee


def _series(frame: pd.DataFrame, sleutel: Sequence[str]) -> np.ndarray:
    """Return a number per row, the same where these columns hold the same; a column that is not there is empty."""
    nummers = np.zeros(len(frame), "uint64")
    for naam in sleutel:
        if naam in frame:
            codes, woorden = coded(frame[naam])
            per_woord = pd.util.hash_array(np.array([*woorden, ""], dtype=object))
            nummers = nummers * _VEELVOUD + per_woord[codes]
        else:
            nummers = nummers * _VEELVOUD + pd.util.hash_array(np.array([""], dtype=object))[0]
    return nummers


def _numbers(frame: pd.DataFrame, kolom: str) -> np.ndarray:
    if kolom not in frame:
        return np.full(len(frame), np.nan)
    codes, woorden = coded(frame[kolom])
    getallen = np.append(pd.to_numeric(pd.Series(woorden, dtype="object"), errors="coerce").to_numpy("float64"), np.nan)
    return np.where(getallen[codes] >= 0, getallen[codes], np.nan)


def _far_apart(series: np.ndarray, waarden: np.ndarray, grens: Grens) -> np.ndarray:
    """Return the series of which the largest figure is so many times the smallest, those that differ most first.

    Last come those that only have a 0 beside it.
    """
    gevuld = ~np.isnan(waarden)
    volgorde = np.argsort(series[gevuld], kind="stable")
    series, waarden = series[gevuld][volgorde], waarden[gevuld][volgorde]
    if not len(series):
        return series
    begin = np.append(0, np.flatnonzero(np.diff(series)) + 1)
    hoogste, met_nul = np.maximum.reduceat(waarden, begin), np.minimum.reduceat(waarden, begin) == 0
    laagste = np.minimum.reduceat(np.where(waarden > 0, waarden, np.inf), begin)
    keer, rijen = hoogste / laagste, np.diff(np.append(begin, len(series)))
    keer = np.where(met_nul & (keer <= grens.keer), grens.keer + 1, keer)
    plekken = np.flatnonzero((keer > grens.keer) & (hoogste >= grens.minste))
    plekken = plekken[np.argsort(-keer[plekken], kind="stable")]
    gekozen: np.ndarray = series[begin[plekken[np.cumsum(rijen[plekken]) <= MEESTE]]]
    return gekozen
