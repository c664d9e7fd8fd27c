"""The rows of a public table, as codes and text: each row once, each code one that the table has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import quote

import pandas as pd
import pyarrow as pa

from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value
from pipelines.openbaar.tabellen.lezer import Lezer
from pipelines.openbaar.tabellen.snel import one_frame
from pipelines.openbaar.tabellen.tabel import Categorie, Kenmerken, further, list_some
from pipelines.ophalen import ophalen

# The column that numbers the rows of a table.
NUMMER = "ID"
# A page of rows.
Blad: TypeAlias = "pa.Table | list[dict[str, Any]]"


@dataclass(frozen=True)
class Keuze:
    """Which measures and, per dimension, which codes are wanted; a dimension without codes is wanted whole."""

    maten: Sequence[str]
    codes: Mapping[str, Sequence[Categorie]]

    @property
    def kolommen(self) -> list[str]:
        """Return the columns to read: the number of a row, its codes and its figures."""
        return [NUMMER, *self.codes, *self.maten]


@dataclass(frozen=True)
class Tabellezer:
    """A table and how its rows are read."""

    kenmerken: Kenmerken
    lezer: Lezer
    pagina: Callable[[Keuze], Iterator[Blad]]

    def rows(self, keuze: Keuze) -> pd.DataFrame:
        """Return one row per combination of codes: a column of codes per dimension, a column of text per measure.

        Raises:
            AfgekeurdError: a row came twice or not at all, has an unknown code, or lacks a column.
        """
        paginas = [pagina for pagina in self.pagina(keuze) if len(pagina)]
        try:
            return self._joined(paginas, keuze)
        except AfgekeurdError:
            if self.lezer.bewaar:
                self.lezer.bewaar.forget()
            raise

    def _joined(self, paginas: list[Blad], keuze: Keuze) -> pd.DataFrame:
        if not paginas:
            ophalen.reject(
                self.kenmerken.plek, "De tabel heeft geen enkele rij in deze keuze.", further(self.kenmerken.plek)
            )
        frame = self._frame(paginas, keuze.kolommen)
        self._check_rows(frame, gefilterd=bool(filter_of(keuze)))
        for dimensie in self.kenmerken.dimensies:
            frame[dimensie.sleutel] = frame[dimensie.sleutel].str.strip()
            bekend = {categorie.code for categorie in dimensie.categorieen}
            if vreemd := sorted(set(frame[dimensie.sleutel].unique()) - bekend):
                tekst = f"In {dimensie.sleutel} staan codes die de tabel niet in haar lijst heeft: {list_some(vreemd)}."
                ophalen.reject(self.kenmerken.plek, tekst, ophalen.LATER)
        return frame.drop(columns=NUMMER)

    def _frame(self, paginas: list[Blad], kolommen: list[str]) -> pd.DataFrame:
        bladen = [pagina for pagina in paginas if isinstance(pagina, pa.Table)]
        los = [self._loose(pagina, kolommen) for pagina in paginas if not isinstance(pagina, pa.Table)]
        return pd.concat([*([one_frame(bladen)] if bladen else []), *los], ignore_index=True)

    def _loose(self, pagina: list[dict[str, Any]], kolommen: list[str]) -> pd.DataFrame:
        try:
            cellen = [[rij[kolom] for kolom in kolommen] for rij in pagina]
            if any(isinstance(cel, (list, dict)) for rij in cellen for cel in rij):
                ophalen.reject(
                    self.kenmerken.plek, "In een cel staat een lijst in plaats van een waarde.", ophalen.LATER
                )
            return pd.DataFrame(cellen, columns=kolommen, dtype=object)
        except KeyError as fout:
            wel = list_some(pagina[0])
            tekst = f"In de rijen ontbreekt kolom {show_value(fout.args[0])}. Wel: {wel}."
            raise AfgekeurdError([Melding(self.kenmerken.plek, tekst, advies=further(self.kenmerken.plek))]) from None

    def _check_rows(self, frame: pd.DataFrame, *, gefilterd: bool) -> None:
        """Refuse a page that came twice, or (of a whole table, numbered from 0) one that did not come."""
        if frame[NUMMER].duplicated().any() or frame.duplicated([d.sleutel for d in self.kenmerken.dimensies]).any():
            ophalen.reject(
                self.kenmerken.plek, "Een rij komt twee keer: de server gaf een pagina dubbel.", ophalen.LATER
            )
        nummers = pd.to_numeric(frame[NUMMER], errors="coerce")
        if not gefilterd and nummers.notna().all() and nummers.min() == 0 and nummers.max() + 1 != len(frame):
            tekst = f"De server gaf {len(frame)} rijen, terwijl zij tot {int(nummers.max()) + 1} zijn genummerd."
            ophalen.reject(self.kenmerken.plek, tekst, ophalen.LATER)


def filter_of(keuze: Keuze) -> str:
    """Return the question to the server for the wanted codes, each as it is on the wire; empty when all are wanted."""
    delen = [
        "(" + " or ".join(f"{dimensie} eq '{categorie.ruw}'" for categorie in codes) + ")"
        for dimensie, codes in keuze.codes.items()
        if codes
    ]
    return "&$filter=" + quote(" and ".join(delen), safe="()',") if delen else ""
