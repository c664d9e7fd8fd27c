"""Columns of text by their words: of millions of rows with few words, each word is looked at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd


def coded(kolom: pd.Series) -> tuple[np.ndarray, pd.Index]:
    """Return the number of its word per row, -1 where there is none, and the words."""
    if isinstance(kolom.dtype, pd.CategoricalDtype):
        return kolom.cat.codes.to_numpy(), kolom.cat.categories
    codes, woorden = pd.factorize(kolom)
    return codes, pd.Index(woorden)


def among(kolom: pd.Series, waarden: Collection[str]) -> pd.Series:
    """Return per row whether one of these words stands there."""
    codes, woorden = coded(kolom)
    return pd.Series(np.append(woorden.isin([*waarden]), False)[codes], index=kolom.index)


def rows_per_word(kolom: pd.Series, waarden: Collection[str]) -> dict[str, pd.Index]:
    """Return the rows in which each of these words stands, of those that are there."""
    codes, woorden = coded(kolom)
    hier = among(kolom, waarden).to_numpy()
    nummers = pd.Series(codes[hier], index=kolom.index[hier])
    return {str(woorden[nummer]): rijen for nummer, rijen in nummers.groupby(nummers).groups.items()}


def replaced(kolom: pd.Series, nieuw: Mapping[str, str], waar: pd.Series | None = None) -> pd.Series:
    """Return the column with other words for these, in the rows that are told; words and numbers stay that."""
    codes, woorden = coded(kolom)
    plek = {woord: nummer for nummer, woord in enumerate(dict.fromkeys([*woorden, *nieuw.values()]))}
    oud = np.array([*(plek[woord] for woord in woorden), -1], "int32")
    anders = np.array([*(plek[nieuw.get(woord, woord)] for woord in woorden), -1], "int32")
    nummers = anders[codes] if waar is None else np.where(waar.to_numpy(), anders[codes], oud[codes])
    vast = pd.Series(pd.Categorical.from_codes(nummers, categories=pd.Index([*plek], dtype="str")), index=kolom.index)
    return vast if isinstance(kolom.dtype, pd.CategoricalDtype) else vast.astype("str")
