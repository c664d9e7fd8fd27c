"""`kolommen.yml`: a supplier's own columns, labels and header row, and what each of them is in the contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Annotated

import numpy as np
import pandas as pd
from pydantic import TypeAdapter, with_config

from pipelines.afspraken.contract import Bron, Tabel
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value, suggest
from pipelines.afspraken.schrift.modellen import OP_NAAM, STRENG, Naam, Vorm, read_as
from pipelines.afspraken.schrift.veilig_yaml import load_yaml
from pipelines.levering.bestand.kop import DIEPST
from pipelines.levering.bestand.lezen import VEEL_RIJEN, Gelezen

KOLOMMEN_YML = "kolommen.yml"
# Stands for a code: a row with this label is none of the table, such as a total or "onbekend".
RIJ_WEG = "rij weglaten"
# Every gemeente under two names of its own, and room to spare.
GROOTSTE_KOLOMMEN = 200_000
_MEESTE_GENOEMD = 12
# Of a narrower table a row with one cell filled may be a row of it.
_BREED = 3
_ADVIES = f"Zet haar in {KOLOMMEN_YML} bij kolommen, of bij weglaten."

Rijnummer = Annotated[int, Vorm("[1-9]|1[0-9]|20", int, "{wat} '{waarde}' is geen rij van een kop.",
                                f"Schrijf het nummer van de rij met de kop: 1 tot en met {DIEPST}.")]  # fmt: skip


@with_config(STRENG)
@dataclass(frozen=True)
class Vertaling:
    """How one table of a supplier maps to the contract."""

    tabel: Naam
    # The row that holds the header, as a spreadsheet numbers it; without it the header is found by its names.
    koprij: Rijnummer | None = None
    # The supplier's name of a column, and the contract's.
    kolommen: Mapping[str, str] = field(default_factory=dict)
    # Per column of the contract: the supplier's label, and the code or value it stands for.
    waarden: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    # Columns of the contract that have one value for the whole file.
    vast: Mapping[str, str] = field(default_factory=dict)
    # Columns of the supplier that are not read.
    weglaten: tuple[str, ...] = ()

    @property
    def hun_kolommen(self) -> tuple[str, ...]:
        """Return the columns that the supplier's file is known by."""
        return (*self.kolommen, *self.weglaten)


KOLOMMEN = TypeAdapter(Annotated[dict[str, Vertaling], OP_NAAM])


@dataclass(frozen=True)
class Plek:
    """Where a column of the contract is in the supplier's file: under which name, and as how manieth column."""

    naam: str
    nummer: int | None = None


@dataclass(frozen=True)
class Vertaald:
    """A file under the columns of the contract, where each came from, and what there is to say of that."""

    gelezen: Gelezen
    plekken: Mapping[str, Plek]
    fouten: list[Melding]
    opmerkingen: list[Melding]


def read_kolommen(pad: Path, bron: Bron) -> dict[str, Vertaling]:
    """Return how each table of this source is to be read.

    Raises:
        AfgekeurdError: the file is missing or no mapping of this source; all faults at once.
    """
    if pad.is_symlink():
        raise AfgekeurdError([Melding(show_value(pad.name), "Dit is een verwijzing (symlink) en geen bestand.")])
    ruw = load_yaml(pad, GROOTSTE_KOLOMMEN)
    naam = show_value(pad.name)
    if not isinstance(ruw, dict) or not ruw:
        advies = f"Begin met de tabel: {', '.join(bron.tabellen)}; daaronder kolommen, waarden, vast en weglaten."
        raise AfgekeurdError([Melding(naam, "Hier staat geen tabel in.", advies=advies)])
    vertaling = read_as(KOLOMMEN, ruw, naam)
    if fouten := [fout for deel in vertaling.values() for fout in _faults(deel, bron, naam)]:
        raise AfgekeurdError(fouten)
    return vertaling


def _faults(vertaling: Vertaling, bron: Bron, bestand: str) -> Iterator[Melding]:
    """Yield what one value cannot say alone: whether tables and columns exist, and none is named twice."""
    tabel = bron.tabellen.get(vertaling.tabel)
    if tabel is None:
        tekst = f"Bron {bron.naam} heeft geen tabel '{show_value(vertaling.tabel)}'."
        tekst += suggest(vertaling.tabel, bron.tabellen)
        yield Melding(bestand, tekst, advies=f"Tabellen van deze bron: {', '.join(bron.tabellen)}.")
        return
    melding = partial(Melding, bestand, advies=f"Kolommen van deze tabel: {', '.join(tabel.kolommen)}.")
    for sleutel, namen in (("kolommen", vertaling.kolommen.values()), ("waarden", vertaling.waarden),
                           ("vast", vertaling.vast)):  # fmt: skip
        for naam in dict.fromkeys(namen):
            if naam not in tabel.kolommen:
                gok = suggest(naam, tabel.kolommen)
                yield melding(f"{tabel.naam}, {sleutel}: kolom '{show_value(naam)}' bestaat niet.{gok}")
    onze = list(vertaling.kolommen.values())
    for naam in sorted({naam for naam in onze if onze.count(naam) > 1}):
        hun = ", ".join(f"'{show_value(h)}'" for h, o in vertaling.kolommen.items() if o == naam)
        yield melding(f"{tabel.naam}: kolom '{show_value(naam)}' komt uit meer dan één kolom ({hun}).")
    for naam in sorted({*onze} & {*vertaling.vast}):
        yield melding(f"{tabel.naam}: kolom '{show_value(naam)}' staat bij kolommen en bij vast.")
    for naam in sorted({*vertaling.kolommen} & {*vertaling.weglaten}):
        yield melding(f"{tabel.naam}: kolom '{show_value(naam)}' staat bij kolommen en bij weglaten.")


def translate(vertaling: Vertaling, tabel: Tabel, gelezen: Gelezen, bestand: str) -> Vertaald:
    """Return the file under the columns of the contract; what it lacks of the mapping is a fault that names it."""
    frame, gezegd = _without_notes(gelezen.frame, bestand)
    kop = [str(naam) for naam in frame.columns]
    fouten = list(_missing_columns(vertaling, tabel, kop, Melding(bestand, "", rij=gelezen.koprij)))
    plekken = {onze: Plek(hun, kop.index(hun) + 1) for hun, onze in vertaling.kolommen.items() if hun in kop}
    plekken |= {naam: Plek(f"vast in {KOLOMMEN_YML}") for naam in vertaling.vast}
    dubbel = [naam for naam in kop if naam in plekken and naam not in vertaling.hun_kolommen]
    for naam in dubbel:
        tekst = f"Kolom '{show_value(naam)}' staat in dit bestand, en {KOLOMMEN_YML} haalt haar ergens anders vandaan."
        advies = "Zet haar bij weglaten, of haal de regel weg."
        fouten.append(Melding(bestand, tekst, rij=gelezen.koprij, advies=advies))
    plekken |= {naam: Plek(naam, nr) for nr, naam in enumerate(kop, start=1)
                if naam in tabel.kolommen and naam not in plekken and naam not in vertaling.hun_kolommen}  # fmt: skip
    frame = frame.drop(columns=[naam for naam in kop if naam in vertaling.weglaten or naam in dubbel])
    frame = frame.rename(columns={hun: onze for hun, onze in vertaling.kolommen.items() if hun in kop})
    frame = frame.assign(**{naam: _constant(waarde, len(frame)) for naam, waarde in vertaling.vast.items()})
    frame, opmerkingen = _apply_labels(vertaling, frame, bestand)
    return Vertaald(replace(gelezen, frame=frame), plekken, fouten, gezegd + opmerkingen)


def _without_notes(frame: pd.DataFrame, bestand: str) -> tuple[pd.DataFrame, list[Melding]]:
    """Return the rows without what stands below the table: after a blank row, rows with one cell filled."""
    onder = len(frame) if frame.shape[1] >= _BREED else 0
    while onder and (frame.iloc[onder - 1].astype("str").str.strip() != "").sum() == 1:
        onder -= 1
    nummers = frame.index
    # A row right below the others may be one of them that is not complete: that is for the check to say.
    eind = next((i for i in range(max(onder, 1), len(frame)) if nummers[i] - nummers[i - 1] > 1), len(frame))
    if not onder or eind == len(frame):
        return frame, []
    rijen = frame.index[eind:]
    wat = f"rij {rijen[0]}" if len(rijen) == 1 else f"rij {rijen[0]} tot en met {rijen[-1]}"
    tekst = f"Onder de tabel staat een toelichting: {wat} overgeslagen."
    return frame.iloc[:eind], [Melding(bestand, tekst, rij=int(rijen[0]))]


def _missing_columns(vertaling: Vertaling, tabel: Tabel, kop: list[str], melding: Melding) -> Iterator[Melding]:
    # Without a header row the number of a person stands where a name should be.
    geheim = any(kolom.geheim for kolom in tabel.kolommen.values())
    meer = ", …" if len(kop) > _MEESTE_GENOEMD else ""
    namen = ", ".join(show_value(naam) for naam in kop[:_MEESTE_GENOEMD])
    advies = "" if geheim else f"Kolommen van dit bestand: {namen}{meer}."
    for hun, onze in vertaling.kolommen.items():
        if hun not in kop:
            gok = "" if geheim else suggest(hun, kop)
            tekst = f"Kolom '{show_value(hun)}' (voor {onze}) van {KOLOMMEN_YML} staat niet in dit bestand.{gok}"
            yield replace(melding, tekst=tekst, advies=f"{advies} Pas {KOLOMMEN_YML} aan.".strip())


def _constant(waarde: str, aantal: int) -> pd.Series | pd.Categorical | str:
    if aantal <= VEEL_RIJEN:
        return waarde
    return pd.Categorical.from_codes(np.zeros(aantal, "int8"), categories=pd.Index([waarde], dtype="str"))


def _apply_labels(vertaling: Vertaling, frame: pd.DataFrame, bestand: str) -> tuple[pd.DataFrame, list[Melding]]:
    """Return the rows with codes for the supplier's labels, without the rows whose label says that they are none."""
    opmerkingen = []
    for naam, waarden in vertaling.waarden.items():
        if naam not in frame:
            continue
        oud = frame[naam].astype("str")
        raak = oud.isin(list(waarden))
        nieuw = oud.where(~raak, oud.map(waarden))
        weg = nieuw == RIJ_WEG
        frame = frame.assign(**{naam: nieuw})
        if weg.any():
            labels = ", ".join(f"'{show_value(label)}'" for label in oud[weg].unique()[:_MEESTE_GENOEMD])
            tekst = f"Overgeslagen volgens {KOLOMMEN_YML}: {labels}, {int(weg.sum())} keer."
            opmerkingen.append(Melding(bestand, tekst, rij=int(frame.index[weg][0]), kolom=naam))
            frame = frame[~weg]
    return frame, opmerkingen


def in_their_words(meldingen: Iterable[Melding], plekken: Mapping[str, Mapping[str, Plek]]) -> list[Melding]:
    """Return the messages with the supplier's own columns and, in a worksheet, the cell; `plekken` is per file."""
    return [_in_their_words(melding, plekken.get(melding.bestand)) for melding in meldingen]


def _in_their_words(melding: Melding, plekken: Mapping[str, Plek] | None) -> Melding:
    if plekken is None or melding.kolom is None:
        return melding
    namen = melding.kolom.split(", ")
    hun = ", ".join(_both(naam, plekken.get(naam)) for naam in namen)
    plek = plekken.get(namen[0])
    if melding.bestand.lower().endswith(".xlsx") and melding.rij and plek and plek.nummer and len(namen) == 1:
        return replace(melding, kolom=hun, cel=f"{_letters(plek.nummer)}{melding.rij}")
    return replace(melding, kolom=hun)


def _both(naam: str, plek: Plek | None) -> str:
    return naam if plek is None or plek.naam == naam else f"{show_value(plek.naam)} ({naam})"


def _letters(nummer: int) -> str:
    """Return how a worksheet names its columns: A to Z, then AA."""
    letters = ""
    while nummer:
        nummer, rest = divmod(nummer - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_advice(vertaling: Vertaling | None) -> str:
    """Return what to do about a column that is none of the table, where there is a mapping."""
    return f" {_ADVIES}" if vertaling else ""
