"""Reading one delivered file as text, whatever its format; hostile files are refused, not opened."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from pipelines.meldingen import AfgekeurdError, Melding, show_value

if TYPE_CHECKING:
    import pyarrow.parquet as pq

EXTENSIES = (".csv", ".xlsx", ".parquet")
# Limits for files that unpack: far above any real delivery, far below what hurts a laptop.
GROOTSTE_CSV = 128_000_000
GROOTSTE_XLSX_UITGEPAKT = 100_000_000
MEESTE_KOLOMMEN = 200
MEESTE_CELLEN_XLSX = 25_000_000
MEESTE_RIJEN_XLSX = 1_048_576
MEESTE_RIJEN_PARQUET = 5_000_000
RIJ = "_rij"
GEEN_PARQUET = "Dit is geen leesbaar Parquet-bestand."


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

    @property
    def rijen(self) -> int:
        """Return how many rows the file has, apart from those that could not be read."""
        return len(self.frame) if self.aantal is None else int(self.aantal.sum())


_BEWAAR_OPNIEUW = "Bewaar het bestand als CSV in UTF-8, met komma of puntkomma, en lever opnieuw aan."


def read_text_table(pad: Path) -> Gelezen:
    """Return the file's rows, every cell as text; the index is the row number a spreadsheet shows.

    Empty cells are ''. A decimal comma stays as delivered; `decimaalkomma` says whether it may be one
    (CSV with semicolons, contract §2). Uneven rows and formulas come back as messages beside the rest.

    Raises:
        AfgekeurdError: the file is empty, damaged, too large or no UTF-8: there are no rows to check.
    """
    _check_regular(pad)
    soort = pad.suffix.lower()
    if soort == ".csv":
        return _read_csv(pad)
    if soort == ".xlsx":
        return _read_xlsx(pad)
    return _read_parquet(pad)


def _check_regular(pad: Path) -> None:
    if pad.is_symlink():
        raise AfgekeurdError([Melding(pad.name, "Dit is een verwijzing (symlink) en geen bestand.")])
    if not pad.is_file():
        raise AfgekeurdError([Melding(pad.name, "Dit is geen gewoon bestand.")])


def _read_csv(pad: Path) -> Gelezen:
    if pad.stat().st_size > GROOTSTE_CSV:
        raise AfgekeurdError([Melding(pad.name, "Dit bestand is groter dan 128 MB; lever het als Parquet.")])
    try:
        tekst = pad.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as fout:
        regel = pad.read_bytes()[: fout.start].count(b"\n") + 1
        melding = "Dit bestand is geen UTF-8: hier staat een teken dat niet te lezen is."
        raise AfgekeurdError([Melding(pad.name, melding, rij=regel, advies=_BEWAAR_OPNIEUW)]) from None
    if "\0" in tekst:
        raise AfgekeurdError([Melding(pad.name, "Dit is geen tekstbestand.", advies=_BEWAAR_OPNIEUW)])
    kop = tekst.lstrip("\r\n").split("\n", 1)[0]
    scheiding = ";" if kop.count(";") > kop.count(",") else ","
    rijen: list[list[str]] = []
    try:
        for rij in csv.reader(io.StringIO(tekst, newline=""), delimiter=scheiding, strict=True):
            rijen.append(rij)
    except csv.Error:
        melding = "De aanhalingstekens van deze rij kloppen niet, of een cel is langer dan 131.072 tekens."
        raise AfgekeurdError([Melding(pad.name, melding, rij=len(rijen) + 1, advies=_BEWAAR_OPNIEUW)]) from None
    return replace(_to_frame(pad, enumerate(rijen, start=1)), decimaalkomma=scheiding == ";")


def _read_xlsx(pad: Path) -> Gelezen:
    try:
        with zipfile.ZipFile(pad) as inhoud:
            if sum(deel.file_size for deel in inhoud.infolist()) > GROOTSTE_XLSX_UITGEPAKT:
                melding = "Dit werkblad is uitgepakt groter dan 100 MB; lever het als Parquet."
                raise AfgekeurdError([Melding(pad.name, melding)])
        fouten: list[Melding] = []
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl remarks on styles and odd dates, in English
            gelezen = _to_frame(pad, _xlsx_rows(pad, fouten))
        return replace(gelezen, meldingen=gelezen.meldingen + fouten)
    except AfgekeurdError:
        raise
    except Exception:  # a damaged workbook raises anything from BadZipFile to KeyError and ParseError
        melding = "Dit is geen leesbaar Excel-bestand (.xlsx)."
        raise AfgekeurdError([Melding(pad.name, melding, advies=_BEWAAR_OPNIEUW)]) from None


def _xlsx_rows(pad: Path, fouten: list[Melding]) -> list[tuple[int, list[str]]]:
    from openpyxl import load_workbook

    boek = load_workbook(pad, read_only=True, data_only=False)
    if len(boek.worksheets) != 1:
        melding = f"Dit bestand heeft {len(boek.worksheets)} werkbladen; één is toegestaan."
        raise AfgekeurdError([Melding(pad.name, melding, advies="Lever één tabel per bestand aan.")])
    blad = boek.worksheets[0]
    # A sheet states its own size. A wrong one would hide rows, or add millions of empty cells.
    blad.reset_dimensions()
    rijen: list[tuple[int, list[str]]] = []
    cellen = 0
    for nummer, rij in enumerate(blad.iter_rows(), start=1):
        cellen += len(rij)
        if nummer > MEESTE_RIJEN_XLSX or cellen > MEESTE_CELLEN_XLSX:
            melding = "Dit werkblad heeft meer rijen of kolommen dan gelezen kunnen worden."
            raise AfgekeurdError([Melding(pad.name, melding, advies="Verwijder lege rijen, of lever Parquet.")])
        for cel in rij:
            if cel.data_type in ("f", "e"):
                melding = f"Cel {cel.coordinate} is een formule of een foutwaarde."
                fouten.append(Melding(pad.name, melding, rij=nummer, advies="Lever waarden, geen formules."))
        if tekst := _strip_end([_cell_text(cel.value) for cel in rij]):
            rijen.append((nummer, tekst))
    breedte = len(rijen[0][1]) if rijen else 0
    return [(nummer, rij + [""] * (breedte - len(rij))) for nummer, rij in rijen]


def _strip_end(rij: list[str]) -> list[str]:
    """Return the row without the empty cells at its end, which a spreadsheet keeps for their layout."""
    while rij and not rij[-1]:
        rij.pop()
    return rij


def _cell_text(waarde: object) -> str:
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


def open_parquet(pad: Path, meeste_rijen: int) -> pq.ParquetFile:
    """Return the file with its header checked and no row read yet.

    Raises:
        AfgekeurdError: it is no regular file, damaged, has too many rows, or a column without a name of its own.
    """
    import pyarrow.parquet as pq

    _check_regular(pad)
    try:
        bestand = pq.ParquetFile(pad)
        if bestand.metadata.num_rows > meeste_rijen:
            tekst = f"Dit bestand heeft meer dan {meeste_rijen // 1_000_000} miljoen rijen."
            raise AfgekeurdError([Melding(pad.name, tekst)])
        _check_header(pad, [naam.strip() for naam in bestand.schema_arrow.names], None)
    except AfgekeurdError:
        raise
    except Exception:  # a damaged file raises anything from ArrowInvalid to OverflowError and MemoryError
        raise AfgekeurdError([Melding(pad.name, GEEN_PARQUET)]) from None
    return bestand


def _read_parquet(pad: Path) -> Gelezen:
    bestand = open_parquet(pad, MEESTE_RIJEN_PARQUET)
    kop = [naam.strip() for naam in bestand.schema_arrow.names]
    try:
        tabel = bestand.read()
        kolommen = {naam: _arrow_text(tabel.column(nummer)) for nummer, naam in enumerate(kop)}
    except Exception:  # damage that only shows while reading
        raise AfgekeurdError([Melding(pad.name, GEEN_PARQUET)]) from None
    frame = pd.DataFrame(kolommen)
    frame.index = pd.RangeIndex(1, len(frame) + 1, name=RIJ)
    return Gelezen(frame, [], koprij=None)


def _arrow_text(kolom: object) -> pd.Series:
    return pd.Series([_cell_text(waarde) for waarde in kolom.to_pylist()], dtype="str")  # type: ignore[attr-defined]


def _to_frame(pad: Path, rijen: Iterable[tuple[int, list[str]]]) -> Gelezen:
    """Return rows under their header; the first filled row is the header, blank rows are skipped."""
    gevuld = [(nummer, rij) for nummer, rij in rijen if any(cel.strip() for cel in rij)]
    if not gevuld:
        raise AfgekeurdError([Melding(pad.name, "Dit bestand is leeg: er is ook geen kopregel.")])
    kop = [naam.strip() for naam in gevuld[0][1]]
    koprij = gevuld[0][0]
    _check_header(pad, kop, koprij)
    heel = [(nummer, [cel.strip() for cel in rij]) for nummer, rij in gevuld[1:] if len(rij) == len(kop)]
    ongelijk = [
        Melding(pad.name, f"Deze rij heeft {len(rij)} velden; de kop heeft er {len(kop)}.", rij=nummer)
        for nummer, rij in gevuld[1:]
        if len(rij) != len(kop)
    ]
    index = pd.Index([nummer for nummer, _ in heel], name=RIJ, dtype="int64")
    kolommen = pd.Index(kop, dtype="str")
    frame = pd.DataFrame([rij for _, rij in heel], columns=kolommen, index=index, dtype="str")
    return Gelezen(frame, ongelijk, koprij=koprij)


def _check_header(pad: Path, kop: list[str], koprij: int | None) -> None:
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
