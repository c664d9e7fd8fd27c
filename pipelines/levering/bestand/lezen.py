"""Reading one delivered file as text, whatever its format; hostile files are refused, not opened."""

from __future__ import annotations

import codecs
import csv
import itertools
import re
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value
from pipelines.levering.bestand.kop import DIEPST, find_header, is_header

EXTENSIES = (".csv", ".xlsx", ".parquet")
# What is delivered too, and cannot be read: what it is, and the way to get it in.
ANDERS = {
    ".xls": ("een Excel-bestand van voor 2007", "Open het in Excel en kies Opslaan als: Excel-werkmap (.xlsx)."),
    ".ods": ("een werkblad van LibreOffice", "Open het en bewaar het als Excel (.xlsx), of als CSV in UTF-8."),
    ".json": ("een JSON-bestand", "Maak er een tabel van: in Excel Gegevens, Gegevens ophalen, Uit bestand, Uit JSON; "
                                  "bewaar die als .xlsx."),
    ".sav": ("een SPSS-bestand", "Exporteer het in SPSS als CSV of .xlsx, met de namen van de kolommen bovenaan."),
}  # fmt: skip
# Far above any real delivery, far below what hurts a laptop: counted while a file unpacks, not afterwards.
GROOTSTE_CSV = 200_000_000
MEESTE_KOLOMMEN = 200
MEESTE_RIJEN = 5_000_000
MEESTE_CELLEN = 60_000_000
# A file can be wrong in every row; past this many messages the rest is counted, not kept.
MEESTE_ONLEESBAAR = 200
# Of more rows than this every different word of a column is kept once.
VEEL_RIJEN = 250_000
RIJ = "_rij"
_RIJEN_PER_BLOK = 20_000
_STUK = 1_000_000
_SCHEIDINGEN = ",;\t"
# In these a total or an average has no place: what says so is a line below the table.
_TIJD = ("periode", "schooljaar", "jaar", "peildatum")
_TOTAAL = re.compile(r"(?:(?:eind|sub|generaal )?totaal|(?:grand )?total|gemiddelde?)\b.*", re.IGNORECASE)


@dataclass(frozen=True)
class Gelezen:
    """What could be read of a file: its rows, and the rows and cells that could not."""

    frame: pd.DataFrame
    meldingen: list[Melding]
    decimaalkomma: bool = False
    koprij: int | None = 1
    # Of a large table (groot.py): its header, how many rows each row of the frame stands for, and the last one.
    kop: tuple[str, ...] | None = None
    aantal: pd.Series | None = None
    laatste_rij: int | None = None
    # How many rows and cells could not be read, where that is more than there are messages.
    onleesbaar: int = 0
    # What of the file was passed over or taken for another thing than it seems.
    opmerkingen: tuple[Melding, ...] = ()
    # What stands above the header, and in rows of labels below it.
    rondom: tuple[str, ...] = ()

    @property
    def rijen(self) -> int:
        """Return how many rows the file has, apart from those that could not be read."""
        return len(self.frame) if self.aantal is None else int(self.aantal.sum())


BEWAAR_OPNIEUW = "Bewaar het bestand als CSV in UTF-8, met komma of puntkomma, en lever opnieuw aan."


def too_large(pad: Path, tekst: str) -> AfgekeurdError:
    """Return the refusal of a file that is more than can be read."""
    advies = "Splits het per periode en lever de delen als Parquet; kijk na of er geen lege rijen of kolommen in staan."
    return AfgekeurdError([Melding(pad.name, f"Dit bestand is te groot om te lezen: {tekst}", advies=advies)])


def other_format(pad: Path, tabellen: Iterable[str]) -> Melding:
    """Return the refusal of a file that is no CSV, XLSX or Parquet: what it is, and the way to get it in."""
    soort = pad.suffix.lower()
    naam, weg = ANDERS.get(soort, (f"een bestand van een andere soort ({show_value(soort)})",
                                   "Bewaar de tabel als CSV in UTF-8."))  # fmt: skip
    advies = f"{weg} Geef het de naam van de tabel: {', '.join(tabellen)}."
    return Melding(show_value(pad.name), f"Dit is {naam}, en zo niet te lezen.", advies=advies)


def check_regular(pad: Path) -> None:
    """Refuse what is no file of its own: a link, a folder, a pipe."""
    if pad.is_symlink():
        raise AfgekeurdError([Melding(pad.name, "Dit is een verwijzing (symlink) en geen bestand.")])
    if not pad.is_file():
        raise AfgekeurdError([Melding(pad.name, "Dit is geen gewoon bestand.")])


def read_csv(pad: Path, kolommen: Collection[str] = (), koprij: int | None = None) -> Gelezen:
    """Return the rows of a CSV as text, read line by line.

    Raises:
        AfgekeurdError: as `read_text_table`.
    """
    rijen, scheiding, eigen = open_csv(pad, kolommen)
    gelezen = to_frame(pad, rijen, kolommen, koprij)
    gezegd = [Melding(pad.name, f"De eerste regel (sep={scheiding}) is overgeslagen.", rij=1)] if eigen else []
    gezegd += [Melding(pad.name, "De velden zijn gescheiden door tabs.")] if scheiding == "\t" else []
    return replace(
        gelezen, decimaalkomma=scheiding in ";\t", opmerkingen=(*gezegd, *gelezen.opmerkingen)
    )  # fmt: skip


def open_csv(pad: Path, kolommen: Collection[str] = ()) -> tuple[Iterator[tuple[int, list[str]]], str, bool]:
    """Return the rows with their numbers, what separates the fields, and whether the file itself says so.

    Raises:
        AfgekeurdError: it is too large, no UTF-8, or separated by something else.
    """
    if pad.stat().st_size > GROOTSTE_CSV:
        raise AfgekeurdError([Melding(pad.name, "Dit bestand is groter dan 200 MB; lever het als Parquet.")])
    _check_text(pad)
    with pad.open(encoding="utf-8-sig") as stroom:
        regels = [r for r in itertools.islice(iter(lambda: stroom.readline(_STUK), ""), DIEPST) if r.strip("\r\n")]
    eigen = re.fullmatch(r"sep=(.)\s*", regels[0]) if regels else None
    scheiding = eigen[1] if eigen else _find_separator(regels, kolommen)
    if scheiding not in _SCHEIDINGEN:
        advies = "Toegestaan: komma, puntkomma of tab."
        raise AfgekeurdError([Melding(pad.name, "Het scheidingsteken na sep= kan niet.", rij=1, advies=advies)])
    rijen = (rij for rij in _csv_rows(pad, scheiding) if not (eigen and rij[0] == 1))
    return rijen, scheiding, eigen is not None


def _find_separator(regels: list[str], kolommen: Collection[str]) -> str:
    """Return what separates the fields of the header, or of the first lines where there is none."""
    delen = (re.split(r"[;,\t]", regel.replace('"', "")) for regel in regels)
    kop = [r for r, deel in zip(regels, delen, strict=True) if kolommen and is_header(deel, kolommen)]
    kaal = re.sub(r'"[^"\n]*"', "", "".join(kop[:1] or (regels if kolommen else regels[:1])))
    return max(_SCHEIDINGEN, key=kaal.count)


def _check_text(pad: Path) -> None:
    """Refuse a file that is no UTF-8, with the line where it goes wrong, or one with more lines than can be read."""
    lezer, regel, aanhaling = codecs.getincrementaldecoder("utf-8")(), 1, False
    with pad.open("rb") as stroom:
        while stuk := stroom.read(_STUK):
            try:
                tekst = lezer.decode(stuk)
            except UnicodeDecodeError as fout:
                # Of a character that began in the piece before, the decoder kept the first bytes.
                regel += fout.object[: fout.start].count(b"\n")
                melding = "Dit bestand is geen UTF-8: hier staat een teken dat niet te lezen is."
                raise AfgekeurdError([Melding(pad.name, melding, rij=regel, advies=BEWAAR_OPNIEUW)]) from None
            if "\0" in tekst:
                raise AfgekeurdError([Melding(pad.name, "Dit is geen tekstbestand.", advies=BEWAAR_OPNIEUW)])
            regel += tekst.count("\n")
            aanhaling = aanhaling or '"' in tekst
            # A line in quotes may be part of a cell; then rows are counted while reading.
            if regel > MEESTE_RIJEN + 2 and not aanhaling:
                raise too_large(pad, "het heeft meer dan 5 miljoen rijen.")


def _csv_rows(pad: Path, scheiding: str) -> Iterator[tuple[int, list[str]]]:
    nummer = 0
    try:
        with pad.open(encoding="utf-8-sig", newline="") as stroom:
            for nummer, rij in enumerate(csv.reader(stroom, delimiter=scheiding, strict=True), start=1):
                yield nummer, rij
    except (csv.Error, UnicodeDecodeError):
        melding = "De aanhalingstekens van deze rij kloppen niet, of een cel is langer dan 131.072 tekens."
        raise AfgekeurdError([Melding(pad.name, melding, rij=nummer + 1, advies=BEWAAR_OPNIEUW)]) from None


def cell_text(waarde: object) -> str:
    """Return a value of a sheet or a Parquet file as the text a supplier would have written in a CSV."""
    if waarde is None:
        return ""
    if isinstance(waarde, bool):
        return "1" if waarde else "0"
    if isinstance(waarde, datetime):
        # A time of day stays, so that the check on dates refuses it.
        return waarde.date().isoformat() if waarde.time() == time.min else waarde.isoformat(" ")
    if isinstance(waarde, date):
        return waarde.isoformat()
    if isinstance(waarde, (float, Decimal)):
        tekst = format(Decimal(str(waarde)), "f")
        return tekst.rstrip("0").rstrip(".") if "." in tekst else tekst
    if isinstance(waarde, bytes):
        return waarde.decode("utf-8", errors="replace").strip()
    return str(waarde).strip()


def to_frame(
    pad: Path, rijen: Iterable[tuple[int, list[str]]], kolommen: Collection[str] = (), koprij: int | None = None
) -> Gelezen:
    """Return rows under their header; blank rows are skipped.

    Of a table with known columns the header may stand lower than the first row (see kop.py).

    Raises:
        AfgekeurdError: there is no header, it is wrong, or there are more rows or cells than can be read.
    """
    vondst = find_header(pad.name, _filled(pad, rijen), kolommen, koprij)
    kop, koprij = [naam.strip() for naam in vondst.namen], vondst.rij
    # A spreadsheet ends every row, the header too, with what it has of empty columns.
    while len(kop) > 1 and not kop[-1]:
        kop.pop()
    check_header(pad, kop, koprij)
    gekort = 0
    blokken, blok = [], list[list[str]]()
    nummers, weg = array("q"), dict[tuple[str, str | None], list[int]]()
    keren = Counter[tuple[str, str | None]]()
    tijd = [nr for nr, naam in enumerate(kop) if naam in _TIJD]
    for nummer, geheel in vondst.rest:
        rij = geheel
        if len(rij) > len(kop) and not "".join(rij[len(kop) :]).strip():
            rij, gekort = rij[: len(kop)], gekort + 1
        if fout := _no_data(rij, kop, tijd):
            keren[fout] += 1
            if keren[fout] <= MEESTE_ONLEESBAAR:
                weg.setdefault(fout, []).append(nummer)
            continue
        nummers.append(nummer)
        blok.append(rij)
        if len(blok) == _RIJEN_PER_BLOK:
            blokken.append(_to_block(kop, blok))
            blok = []
    tabel = pa.Table.from_batches([*blokken, _to_block(kop, blok)])
    index = pd.Index(nummers, name=RIJ, dtype="int64")
    meldingen = [
        Melding(pad.name, fout[0], rij=plekken[0], advies=fout[1], aantal=keren[fout], rijen=tuple(plekken))
        for fout, plekken in weg.items()
    ]  # fmt: skip
    if gekort:
        tekst = "Lege velden achter de laatste kolom zijn overgeslagen."
        vondst.opmerkingen.append(Melding(pad.name, tekst, rij=koprij))
    return Gelezen(text_frame(tabel, index), meldingen, koprij=koprij, onleesbaar=keren.total(),
                   opmerkingen=tuple(vondst.opmerkingen), rondom=vondst.rondom)  # fmt: skip


def _no_data(rij: list[str], kop: list[str], tijd: list[int]) -> tuple[str, str | None] | None:
    """Return why a row is none of the table, and what to do; None where it may be one."""
    for nr in tijd:
        if nr < len(rij) and _TOTAAL.fullmatch(rij[nr].strip()):
            tekst = f"Deze rij is een totaal: in kolom {kop[nr]} staat '{show_value(rij[nr].strip())}'."
            return tekst, "Haal de rij weg; de monitor telt zelf op."
    if len(rij) != len(kop):
        return f"Deze rij heeft {len(rij)} velden; de kop heeft er {len(kop)}.", None
    return None


def _filled(pad: Path, rijen: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold anything, and stop where there are more than can be read."""
    cellen = 0
    for nummer, rij in rijen:
        cellen += len(rij)
        if nummer > MEESTE_RIJEN + 1 or cellen > MEESTE_CELLEN:
            raise too_large(pad, "het heeft meer dan 5 miljoen rijen of 60 miljoen cellen.")
        if "".join(rij).strip():
            yield nummer, rij


def _to_block(kop: list[str], rijen: list[list[str]]) -> pa.RecordBatch:
    kolommen = zip(*rijen, strict=True) if rijen else [()] * len(kop)
    cellen = [pa.array([cel.strip() for cel in kolom], pa.large_string()).dictionary_encode() for kolom in kolommen]
    return pa.RecordBatch.from_arrays(cellen, names=kop)


def text_frame(tabel: pa.Table, index: pd.Index) -> pd.DataFrame:
    """Return a table of words and their numbers as a frame of text: of many rows as words and numbers too."""
    frame = pd.DataFrame({naam: _to_series(tabel.column(naam)) for naam in tabel.column_names})
    return frame.set_axis(index).set_axis(pd.Index(tabel.column_names, dtype="str"), axis=1)


def _to_series(kolom: pa.ChunkedArray) -> pd.Series:
    woorden = 0
    if len(kolom) > VEEL_RIJEN:
        kolom = kolom.unify_dictionaries()
        woorden = len(kolom.chunk(0).dictionary)
    if not 0 < woorden <= len(kolom) / 10:
        return kolom.cast(pa.large_string()).to_pandas().astype("str")
    # In order: a rule that sorts words gets them as it would.
    volgorde = pc.sort_indices(kolom.chunk(0).dictionary)
    plek = np.empty(woorden, "int32")
    plek[volgorde.to_numpy()] = np.arange(woorden, dtype="int32")
    nummers = np.concatenate([plek[stuk.indices.to_numpy()] for stuk in kolom.chunks])
    woorden_ = kolom.chunk(0).dictionary.take(volgorde).to_pandas().astype("str")
    return pd.Series(pd.Categorical.from_codes(nummers, categories=pd.Index(woorden_)))


def check_header(pad: Path, kop: list[str], koprij: int | None) -> None:
    """Refuse a header with too many columns, a double name or none; all its faults at once."""
    if len(kop) > MEESTE_KOLOMMEN:
        raise AfgekeurdError([Melding(pad.name, f"Dit bestand heeft {len(kop)} kolommen; hoogstens 200.")])
    fouten = [
        Melding(pad.name, f"Kolom '{show_value(naam)}' staat er meer dan eens.", rij=koprij)
        for naam in sorted({naam for naam in kop if naam and kop.count(naam) > 1})
    ]
    fouten += [
        Melding(pad.name, f"Kolom {nummer} heeft geen naam.", rij=koprij)
        for nummer, naam in enumerate(kop, start=1)
        if not naam
    ]
    if fouten:
        raise AfgekeurdError(fouten)
