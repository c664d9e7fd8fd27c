"""Reading one delivered file as text, whatever its format; hostile files are refused, not opened."""

from __future__ import annotations

import codecs
import csv
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value

EXTENSIES = (".csv", ".xlsx", ".parquet")
# Far above any real delivery, far below what hurts a laptop: counted while a file unpacks, not afterwards.
GROOTSTE_CSV = 128_000_000
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

    @property
    def rijen(self) -> int:
        """Return how many rows the file has, apart from those that could not be read."""
        return len(self.frame) if self.aantal is None else int(self.aantal.sum())


BEWAAR_OPNIEUW = "Bewaar het bestand als CSV in UTF-8, met komma of puntkomma, en lever opnieuw aan."


def too_large(pad: Path, tekst: str) -> AfgekeurdError:
    """Return the refusal of a file that is more than can be read."""
    advies = "Splits het per periode en lever de delen als Parquet; kijk na of er geen lege rijen of kolommen in staan."
    return AfgekeurdError([Melding(pad.name, f"Dit bestand is te groot om te lezen: {tekst}", advies=advies)])


def check_regular(pad: Path) -> None:
    """Refuse what is no file of its own: a link, a folder, a pipe."""
    if pad.is_symlink():
        raise AfgekeurdError([Melding(pad.name, "Dit is een verwijzing (symlink) en geen bestand.")])
    if not pad.is_file():
        raise AfgekeurdError([Melding(pad.name, "Dit is geen gewoon bestand.")])


def read_csv(pad: Path) -> Gelezen:
    """Return the rows of a CSV as text, read line by line.

    Raises:
        AfgekeurdError: as `read_text_table`.
    """
    if pad.stat().st_size > GROOTSTE_CSV:
        raise AfgekeurdError([Melding(pad.name, "Dit bestand is groter dan 128 MB; lever het als Parquet.")])
    _check_text(pad)
    with pad.open(encoding="utf-8-sig") as stroom:
        kop = next((deel for deel in iter(lambda: stroom.readline(_STUK), "") if deel.strip("\r\n")), "")
    scheiding = ";" if kop.count(";") > kop.count(",") else ","
    return replace(to_frame(pad, _csv_rows(pad, scheiding)), decimaalkomma=scheiding == ";")


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


def to_frame(pad: Path, rijen: Iterable[tuple[int, list[str]]]) -> Gelezen:
    """Return rows under their header; the first filled row is the header, blank rows are skipped.

    Raises:
        AfgekeurdError: there is no header, it is wrong, or there are more rows or cells than can be read.
    """
    stroom = _filled(pad, rijen)
    koprij, eerste = next(stroom, (None, []))
    if koprij is None:
        raise AfgekeurdError([Melding(pad.name, "Dit bestand is leeg: er is ook geen kopregel.")])
    kop = [naam.strip() for naam in eerste]
    check_header(pad, kop, koprij)
    blokken, blok = [], list[list[str]]()
    nummers, ongelijk, onleesbaar = array("q"), list[Melding](), 0
    for nummer, rij in stroom:
        if len(rij) != len(kop):
            onleesbaar += 1
            if len(ongelijk) < MEESTE_ONLEESBAAR:
                tekst = f"Deze rij heeft {len(rij)} velden; de kop heeft er {len(kop)}."
                ongelijk.append(Melding(pad.name, tekst, rij=nummer))
            continue
        nummers.append(nummer)
        blok.append(rij)
        if len(blok) == _RIJEN_PER_BLOK:
            blokken.append(_to_block(kop, blok))
            blok = []
    tabel = pa.Table.from_batches([*blokken, _to_block(kop, blok)])
    index = pd.Index(nummers, name=RIJ, dtype="int64")
    return Gelezen(text_frame(tabel, index), ongelijk, koprij=koprij, onleesbaar=onleesbaar)


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
