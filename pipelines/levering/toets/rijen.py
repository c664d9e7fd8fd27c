"""The rows of a table while it is checked, and what goes back to the supplier about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from pipelines.afspraken.contract import Tabel
from pipelines.afspraken.meldingen import MASKER, Melding
from pipelines.levering.bestand.lezen import RIJ, VEEL_RIJEN, Gelezen
from pipelines.levering.toets.keuring import Controle

# A file can be wrong in every row; past this many messages per check the rest is counted, not printed.
MEESTE_MELDINGEN = 200


@dataclass(frozen=True)
class Deel:
    """One file of a table: its rows, under row numbers that are unique within the table."""

    bestand: str
    begin: int
    gelezen: Gelezen

    @property
    def eind(self) -> int:
        """Return the highest row number in this file."""
        return self.begin + (self.gelezen.laatste_rij or int(self.gelezen.frame.index.max()))

    def numbered(self, tabel: Tabel) -> pd.DataFrame:
        """Return the rows under those numbers, with the columns of the contract."""
        frame = self.gelezen.frame
        genummerd = frame.set_axis(frame.index + self.begin).rename_axis(RIJ)
        leeg = pd.Categorical.from_codes(np.zeros(len(frame), "int8"), categories=pd.Index([""], dtype="str"))
        weg = {naam: leeg if len(frame) > VEEL_RIJEN else "" for naam in tabel.kolommen if naam not in frame}
        return genummerd.assign(**weg)[[*tabel.kolommen]]

    def count(self, rijen: pd.Index) -> int:
        """Return how many delivered rows those of this file stand for."""
        hier = rijen[(rijen > self.begin) & (rijen <= self.eind)] - self.begin
        return len(hier) if self.gelezen.aantal is None else int(self.gelezen.aantal.loc[hier].sum())


def stack(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return frames of text under each other; a column of words and numbers everywhere stays one."""
    kolommen = {}
    for naam in frames[0]:
        delen = [frame[naam] for frame in frames]
        if all(isinstance(deel.dtype, pd.CategoricalDtype) for deel in delen):
            kolommen[naam] = union_categoricals(delen, sort_categories=True)
        else:
            kolommen[naam] = pd.concat([deel.astype("str") for deel in delen], ignore_index=True)
    index = frames[0].index.append([frame.index for frame in frames[1:]])
    return pd.DataFrame(kolommen).set_axis(index)


@dataclass(frozen=True)
class Rijen:
    """The rows of one table: in a large table each stands for all rows that look like it (groot.py)."""

    tabel: Tabel
    frame: pd.DataFrame
    delen: list[Deel]

    @property
    def aantal(self) -> int:
        """Return how many rows were delivered."""
        return sum(deel.gelezen.rijen for deel in self.delen)

    def count(self, rijen: Sequence[int]) -> int:
        """Return how many delivered rows these stand for."""
        if not len(rijen):
            return 0
        index = pd.Index(np.array(rijen, "int64"))
        return sum(deel.count(index) for deel in self.delen)

    def report(self, controle: Controle, fout: pd.DataFrame) -> tuple[list[Melding], int]:
        """Return the messages on the rows found, in their order, and how many delivered rows they cover.

        `fout` holds the row number of each, where it has one, and what was found there besides what was delivered.
        One message stands for all rows about which there is the same to say.
        """
        if fout.empty:
            return [], 0
        plek = fout[RIJ] if RIJ in fout else pd.Series(np.nan, index=fout.index)
        waarden = self._shown(controle, fout, plek)
        deel = np.where(plek.isna(), -1, np.searchsorted([deel.begin for deel in self.delen], plek, side="left"))
        meldingen, gemeld = list[Melding](), 0
        groepen = plek.groupby([deel, *(waarden[naam].to_numpy() for naam in waarden)], sort=False, dropna=False)
        for _, groep in groepen:
            if len(meldingen) == MEESTE_MELDINGEN:
                break
            rijen = groep.dropna().astype("int64")
            aantal = self.count(rijen.to_numpy()) if len(rijen) else len(groep)
            rij = int(rijen.iloc[0]) if len(rijen) else None
            melding = self._to_melding(controle, rij, waarden.loc[groep.index[0]].to_dict())
            begin = 0 if rij is None else self._part(rij).begin
            plekken = tuple(int(plek) - begin for plek in rijen[:MEESTE_MELDINGEN])
            meldingen.append(replace(melding, aantal=aantal, rijen=plekken) if aantal > 1 else melding)
            gemeld += aantal
        return meldingen, gemeld

    def _shown(self, controle: Controle, fout: pd.DataFrame, plek: pd.Series) -> pd.DataFrame:
        """Return what the sentence shows of each row, without the number of any person or employer."""
        geheim = {k.naam for k in self.tabel.kolommen.values() if k.geheim}
        getoond = {}
        for naam in controle.toont:
            cellen = fout[naam] if naam in fout else self.frame[naam].reindex(plek).set_axis(fout.index)
            woorden = {waarde: _plain(waarde) for waarde in cellen.unique()}
            tekst = cellen.astype("object").map(woorden).fillna("")
            getoond[naam] = tekst.mask(tekst != "", MASKER) if naam in geheim else tekst
        return pd.DataFrame(getoond, index=fout.index)

    def _to_melding(self, controle: Controle, rij: int | None, waarden: Mapping[str, str]) -> Melding:
        tekst, advies = controle.melding(waarden)
        kolom = controle.kolom if controle.naam != "sleutel" else None
        deel = self.delen[0] if rij is None else self._part(rij)
        return Melding(deel.bestand, tekst, rij=None if rij is None else rij - deel.begin, kolom=kolom, advies=advies)

    def _part(self, rij: int) -> Deel:
        return next(deel for deel in reversed(self.delen) if rij > deel.begin)


def _plain(waarde: object) -> str:
    if pd.isna(waarde):
        return ""
    if isinstance(waarde, datetime):
        return waarde.date().isoformat()
    if isinstance(waarde, float) and waarde.is_integer():
        return str(int(waarde))
    return str(waarde)
