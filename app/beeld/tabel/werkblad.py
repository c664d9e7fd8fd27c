"""A table as a workbook that everyone can use: cover, explanation, and one table on a sheet of its own.

As the UK Government's guidance 'Releasing statistics in spreadsheets' has it: a cover with what this is, notes apart,
each sheet with its title in A1 and what is on it in A2, one marked table with headings that occur once, no merged cells
and no empty rows, and text that wraps. Other than there, a column of numbers has numbers only, so that it adds up and
sorts; why there is none stands in words in a column beside it.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from app.taal import cellen, kolommen
from app.taal.cellen import Cijfertekst, Maat, Verzonnen
from app.taal.opmaak import STATUS_WOORD, csv_veld
from pipelines.afspraken.codelijsten import TOONBAAR, Herkomst, Status

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

Werkbladrij = Sequence[object]
GEGEVENS = "Gegevens"
# Title and explanation stand above the headings of the table.
KOPRIJ = 3
UITLEG = "Uitleg"
SCHERM = "Tabel"
WAAROM = "waarom geen getal"
NIET_GEGEVEN = "niet gegeven"
_UITLEGKOPPEN = ("soort", "naam", "betekenis", "naam in de csv")
# What the words in that column mean.
_REDENEN = {status.naam: status.uitleg for status in Status if status not in TOONBAAR} | {
    NIET_GEGEVEN: "Niet gegeven: de bron geeft dit niet bij dit cijfer, of het bestaat er niet bij, zoals een marge "
    "bij een telling.",
}
# Numbers also where no row has one.
_CIJFERS = ("waarde", "teller", "noemer", "n")
_VERBODEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SMALST, _BREEDST = 10, 56
# Width of the cover.
_OMSLAG = 90
# As much goes on one sheet of paper in letters that can be read.
_OP_PAPIER = 190
# A column is a little wider than its text, so that a text wraps later than it seems.
_WIKKELT = 0.87
# Of a line of text, and of the highest row that a spreadsheet knows, in points.
_REGELHOOGTE, _HOOGST = 16.0, 400.0
_LANGSTE = 32_000
_LETTER = "Arial"


@dataclass(frozen=True)
class Blad:
    """What the cover says: what this is, of which publication, and from which sources where no column says so.

    `scherm` is the table as the page has it, where that has another form than the rows: its headings and its rows.
    """

    titel: str
    publicatie: str
    bron: str = ""
    scherm: tuple[Sequence[str], Sequence[Werkbladrij]] | None = None


def workbook(blad: Blad, koppen: Sequence[str], rijen: Iterable[Werkbladrij]) -> bytes:
    """Return the table as XLSX: one row per row, in the same order and with the same figures as the CSV."""
    bestand = io.BytesIO()
    book(blad, koppen, rijen).save(bestand)
    return bestand.getvalue()


def book(blad: Blad, koppen: Sequence[str], rijen: Iterable[Werkbladrij]) -> Workbook:
    """Return the table as a workbook that is not written yet."""
    from openpyxl import Workbook

    boek = Workbook()
    boek.properties.creator, boek.properties.language = "Regiomonitor", "nl-NL"
    boek.properties.title = _VERBODEN.sub(" ", blad.titel)
    boek.remove(boek.worksheets[0])
    if blad.scherm:
        _add_table(boek, SCHERM, blad.titel, *blad.scherm)
    omslag = boek.create_sheet("Voorblad")
    koppen, regels = with_reasons(koppen, [list(rij) for rij in rijen])
    if uitleg := _explained(koppen, regels):
        _add_table(boek, UITLEG, "Wat de kolommen en woorden betekenen", _UITLEGKOPPEN, uitleg)
    _add_table(boek, GEGEVENS, blad.titel, [kolommen.heading(kop) for kop in koppen], regels)
    bronnen = sorted(set(_column(koppen, regels, "bron")) - {""}) or [blad.bron] * bool(blad.bron)
    _write_cover(omslag, blad, (len(regels), WAAROM in koppen), bronnen, is_voorbeeld=_has_example(regels))
    _link_sheets(omslag, [naam for naam in boek.sheetnames if naam != omslag.title])
    return boek


def _has_example(regels: Sequence[Werkbladrij]) -> bool:
    """Whether a cell says that the figures of its row are made up: so marked, or with that herkomst."""
    return any(isinstance(v, Verzonnen) or v == Herkomst.SYNTHETISCH for rij in regels for v in rij)


def _column(koppen: Sequence[str], rijen: Iterable[Werkbladrij], naam: str) -> list[str]:
    plek = next((i for i, kop in enumerate(koppen) if kop.lower() == naam), None)
    return [str(rij[plek] or "") for rij in rijen] if plek is not None else []


def with_reasons(koppen: Sequence[str], rijen: Sequence[Werkbladrij]) -> tuple[list[str], list[list[object]]]:
    """Return the table with numbers only in its columns of numbers, and beside them in words why there is none.

    That column comes only where a row needs it. A row has one reason, unless a text stood in the place of a number.
    """
    getallen = [x for x, kop in enumerate(koppen) if _holds_numbers(kop, [rij[x] for rij in rijen])]
    met_gat = [x for x in getallen if any(not _is_number(rij[x]) for rij in rijen)]
    if not met_gat:
        return list(koppen), [list(rij) for rij in rijen]
    plek = met_gat[-1] + 1
    uit = []
    for rij in rijen:
        regel = [None if x in met_gat and not _is_number(veld) else veld for x, veld in enumerate(rij)]
        uit.append([*regel[:plek], _reason(koppen, rij, [x for x in met_gat if regel[x] is None]), *regel[plek:]])
    return [*koppen[:plek], WAAROM, *koppen[plek:]], uit


def _holds_numbers(kop: str, velden: Sequence[object]) -> bool:
    return any(map(_is_number, velden)) or (kop in _CIJFERS and bool(velden) and all(v in (None, "") for v in velden))


def _reason(koppen: Sequence[str], rij: Werkbladrij, leeg: Sequence[int]) -> str:
    """Return why these cells of a row have no number: its status, else the text that stood in their place."""
    status = str(rij[koppen.index("status")]) if "status" in koppen else ""
    gewoon = NIET_GEGEVEN if status in ("", *TOONBAAR) else STATUS_WOORD.get(status, NIET_GEGEVEN)
    per = {koppen[x]: gewoon if rij[x] in (None, "") else csv_veld(rij[x]) for x in leeg}
    if len(set(per.values())) < 2:
        return next(iter(per.values()), "")
    return "; ".join(f"{kop}: {reden}" for kop, reden in per.items())


def _explained(koppen: Sequence[str], regels: Sequence[Werkbladrij]) -> list[tuple[str, str, str, str]]:
    """Return what each column means and is called in the CSV, and each word that occurs for why there is no number."""
    uitleg = [
        ("kolom", kolommen.heading(kop), kolommen.meaning(kop) or kolommen.heading(kop), kop)
        for kop in koppen if kolommen.meaning(kop) or kolommen.heading(kop) != kop
    ]  # fmt: skip
    gebruikt = "; ".join(_column(koppen, regels, WAAROM))
    return uitleg + [(WAAROM, woord, zin, woord) for woord, zin in _REDENEN.items() if woord in gebruikt]


def _add_table(boek: Workbook, naam: str, titel: str, kolomkoppen: Sequence[str], rijen: Sequence[Werkbladrij]) -> None:
    from openpyxl.styles import Alignment, Font

    blad = boek.create_sheet(naam)
    koppen = _unique(kolomkoppen)
    _write(blad.cell(1, 1), titel)
    blad.cell(1, 1).font = Font(name=_LETTER, size=14, bold=True)
    _write(blad.cell(2, 1), _about(naam, boek.sheetnames, len(rijen)))
    for nummer, kop in enumerate(koppen, 1):
        _write(blad.cell(KOPRIJ, nummer), kop)
    for y, rij in enumerate(rijen, KOPRIJ + 1):
        for x, veld in enumerate(rij, 1):
            _write(blad.cell(y, x), veld)
    gewoon, vet = Font(name=_LETTER, size=12), Font(name=_LETTER, size=12, bold=True)
    links = Alignment(horizontal="left", vertical="top")
    is_getal = [any(_is_number(rij[x]) for rij in rijen) for x in range(len(koppen))]
    kolomplek = [
        Alignment(horizontal="right" if getal else "left", vertical="top", wrap_text=True, indent=int(getal))
        for getal in is_getal
    ]
    for regel in blad.iter_rows(min_row=2):
        for cel in regel:
            cel.font = vet if cel.row == KOPRIJ else gewoon
            cel.alignment = kolomplek[cel.column - 1] if cel.row >= KOPRIJ else links
    breed = _set_sizes(blad, koppen, rijen)
    blad.freeze_panes = f"A{KOPRIJ + 1}"
    _set_page(blad, math.ceil(breed / _OP_PAPIER))
    blad.print_title_rows = f"{KOPRIJ}:{KOPRIJ}"
    _mark_table(blad, naam, koppen, len(rijen))


def _set_page(blad: Worksheet, naast_elkaar: int = 1) -> None:
    """Print on A4 on its side, over as many sheets beside each other as keep it readable."""
    from openpyxl.worksheet.properties import PageSetupProperties

    blad.page_setup.paperSize, blad.page_setup.orientation = blad.PAPERSIZE_A4, "landscape"
    blad.page_setup.fitToWidth, blad.page_setup.fitToHeight = naast_elkaar, 0
    # The rest of a row comes before the next rows.
    blad.page_setup.pageOrder = "overThenDown"
    blad.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _about(naam: str, bladen: Sequence[str], aantal: int) -> str:
    """Say what is on a sheet and where its columns and words are explained."""
    zin = f"Dit blad heeft één tabel met {aantal} {'rij' if aantal == 1 else 'rijen'}."
    return f"{zin} Uitleg staat op het blad {UITLEG}." if naam == GEGEVENS and UITLEG in bladen else zin


def _mark_table(blad: Worksheet, naam: str, koppen: Sequence[str], aantal: int) -> None:
    """Mark the cells as one table with a header row, without the filter buttons that a screen reader trips over."""
    from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

    if not aantal:
        return
    tabel = Table(displayName=naam, ref=f"A{KOPRIJ}:{blad.cell(KOPRIJ + aantal, len(koppen)).coordinate}")
    tabel.tableColumns = [TableColumn(id=i, name=str(blad.cell(KOPRIJ, i).value)) for i in range(1, len(koppen) + 1)]
    tabel.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    blad.add_table(tabel)


def _set_sizes(blad: Worksheet, koppen: Sequence[str], rijen: Sequence[Werkbladrij]) -> float:
    """Make columns wide enough for most of their texts, and rows high enough for what wraps; return how wide all is."""
    from openpyxl.utils import get_column_letter

    breedtes = []
    for nummer, kop in enumerate(koppen):
        langste = max([_width(kop), *(_width(rij[nummer]) for rij in rijen[:200])])
        breedtes.append(min(max(langste, _SMALST), _BREEDST))
        blad.column_dimensions[get_column_letter(nummer + 1)].width = breedtes[-1]
    for y, rij in enumerate([koppen, *rijen], KOPRIJ):
        regels = max(math.ceil(_WIKKELT * _width(veld) / breedte) for veld, breedte in zip(rij, breedtes, strict=True))
        blad.row_dimensions[y].height = min(regels * _REGELHOOGTE, _HOOGST)
    return sum(breedtes)


def _width(veld: object) -> float:
    """Return how wide a value is as it is shown, in the unit of a column."""
    tekst = (
        "0.000.000" if isinstance(veld, float) else "00 september 0000" if isinstance(veld, date) else csv_veld(veld)
    )
    return len(tekst) * 1.2 + 2


def _is_number(veld: object) -> bool:
    return isinstance(veld, (int, float, Cijfertekst)) and not isinstance(veld, bool)


def _unique(kolomkoppen: Sequence[str]) -> list[str]:
    """Return the headings, each of them once, as a table in a workbook needs."""
    koppen: list[str] = []
    for kolom in kolomkoppen:
        kop, nummer = str(kolom), 2
        while kop in koppen:
            kop, nummer = f"{kolom} ({nummer})", nummer + 1
        koppen.append(kop)
    return koppen


def _write(cel: Cell | MergedCell, veld: object) -> None:
    """Write one value; a text is never run as a formula, whoever delivered it."""
    if isinstance(veld, bool):
        cel.value = csv_veld(veld)
    elif isinstance(veld, datetime):
        cel.value, cel.number_format = veld.replace(tzinfo=None), cellen.MOMENT
    elif isinstance(veld, date):
        cel.value, cel.number_format = veld, cellen.DATUM
    elif isinstance(veld, Cijfertekst):
        cel.value, cel.number_format = veld.waarde, veld.vorm
    elif isinstance(veld, Maat):
        cel.value, cel.number_format = float(veld), veld.vorm
    elif isinstance(veld, int):
        cel.value, cel.number_format = veld, cellen.number_format()
    elif isinstance(veld, float):
        cel.value = veld
    elif veld is not None and veld != "":
        cel.value = _VERBODEN.sub(" ", csv_veld(veld))[:_LANGSTE]
        cel.data_type, cel.quotePrefix = "s", cel.value.startswith("'")


def _write_cover(
    omslag: Worksheet, blad: Blad, inhoud: tuple[int, bool], bronnen: Sequence[str], *, is_voorbeeld: bool
) -> None:
    from openpyxl.styles import Alignment, Font

    aantal, heeft_redenen = inhoud
    melding = "VOORBEELD: in dit bestand staan verzonnen cijfers; per rij staat erbij welke." if is_voorbeeld else ""
    regels = [
        blad.titel,
        melding,
        f"Bron: {'; '.join(bronnen)}." if bronnen else "",
        blad.publicatie,
        f"Dit bestand heeft {aantal} {'rij' if aantal == 1 else 'rijen'} op het blad {GEGEVENS}.",
        f"Waar geen getal staat, staat ernaast waarom: kolom '{WAAROM}'. Leeg is nooit nul." * heeft_redenen,
        "Cijfers van het CBS vallen onder CC BY 4.0. Noem de bron als u cijfers overneemt.",
        "De bladen in dit bestand:",
    ]
    for y, regel in enumerate(filter(None, regels), 1):
        cel = omslag.cell(y, 1)
        _write(cel, regel)
        cel.font = Font(name=_LETTER, size=12, bold=regel == melding)
        cel.alignment = Alignment(wrap_text=True, vertical="top")
        omslag.row_dimensions[y].height = math.ceil(_WIKKELT * _width(regel) / _OMSLAG) * (
            24 if y == 1 else _REGELHOOGTE
        )
    omslag["A1"].font = Font(name=_LETTER, bold=True, size=16)
    omslag.column_dimensions["A"].width = _OMSLAG
    _set_page(omslag)


def _link_sheets(omslag: Worksheet, namen: Sequence[str]) -> None:
    from openpyxl.styles import Font

    for naam in namen:
        cel = omslag.cell(omslag.max_row + 1, 1)
        cel.value, cel.hyperlink = naam, f"#'{naam}'!A1"
        cel.font = Font(name=_LETTER, size=12, underline="single", color="154273")
