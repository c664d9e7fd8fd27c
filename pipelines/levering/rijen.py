"""The rows of a table while it is checked, and what goes back to the supplier about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from pipelines.afspraken.contract import Tabel
from pipelines.afspraken.meldingen import MASKER, Melding
from pipelines.levering.bestand.lezen import RIJ, VEEL_RIJEN, Gelezen
from pipelines.levering.keuring import Controle

# A file can be wrong in every row; past this many messages per check the rest is counted, not printed.
MEESTE_MELDINGEN = 200
# In a large table rows are looked through for more of the same; where nearly all differ, there is no end to that.
MEESTE_BEKEKEN = 1000


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

    def times(self, rij: int) -> int:
        """Return how many delivered rows this one stands for."""
        return 1 if self.gelezen.aantal is None else int(self.gelezen.aantal.loc[rij - self.begin])

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
        index = pd.Index(np.array(rijen, "int64"))
        return sum(deel.count(index) for deel in self.delen)

    def report(
        self, controle: Controle, fouten: Iterable[tuple[int | None, Mapping[Hashable, object]]]
    ) -> tuple[list[Melding], int]:
        """Return the messages on these rows, in their order, and how many delivered rows they cover.

        In a large table one message stands for all rows about which there is the same to say.
        """
        meldingen: dict[Hashable, Melding] = {}
        keren: Counter[Hashable] = Counter()
        afgebroken = False
        for nummer, (rij, waarden) in enumerate(fouten):
            afgebroken = len(meldingen) == MEESTE_MELDINGEN and (not self.tabel.groot or nummer >= MEESTE_BEKEKEN)
            if afgebroken:
                break
            melding = self._to_melding(controle, rij, waarden)
            sleutel = (melding.bestand, melding.tekst) if self.tabel.groot else nummer
            if sleutel in meldingen or len(meldingen) < MEESTE_MELDINGEN:
                meldingen.setdefault(sleutel, melding)
                keren[sleutel] += self._times(rij)
        minstens = "minstens " if afgebroken else ""
        return [_with_times(m, keren[sleutel], minstens) for sleutel, m in meldingen.items()], keren.total()

    def _to_melding(self, controle: Controle, rij: int | None, waarden: Mapping[Hashable, object]) -> Melding:
        """Return what is wrong with this row, without the number of any person or employer."""
        geheim = {k.naam for k in self.tabel.kolommen.values() if k.geheim}
        teksten = {str(k): _plain(waarde) for k, waarde in waarden.items()}
        zichtbaar = {k: MASKER if k in geheim and tekst else tekst for k, tekst in teksten.items()}
        tekst, advies = controle.melding(zichtbaar)
        kolom = controle.kolom if controle.naam != "sleutel" else None
        deel = self.delen[0] if rij is None else self._part(rij)
        return Melding(deel.bestand, tekst, rij=None if rij is None else rij - deel.begin, kolom=kolom, advies=advies)

    def _times(self, rij: int | None) -> int:
        return 1 if rij is None else self._part(rij).times(rij)

    def _part(self, rij: int) -> Deel:
        return next(deel for deel in reversed(self.delen) if rij > deel.begin)


def _with_times(melding: Melding, keren: int, minstens: str) -> Melding:
    if keren == 1:
        return melding
    rijen = f"{keren:,}".replace(",", ".")
    return replace(melding, tekst=f"{melding.tekst} Zo staat het in {minstens}{rijen} rijen; dit is de eerste.")


def _plain(waarde: object) -> str:
    if pd.isna(waarde):
        return ""
    if isinstance(waarde, datetime):
        return waarde.date().isoformat()
    if isinstance(waarde, float) and waarde.is_integer():
        return str(int(waarde))
    return str(waarde)
