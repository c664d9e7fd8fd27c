"""A table as a workbook that everyone can use: cover, columns, codes, and one table that begins in A1.

As the UK Government's guidance 'Creating accessible spreadsheets' has it: a cover sheet with what this is, notes
apart, one real table a sheet, no merged or empty cells, and a code where there is no figure.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from app.opmaak import csv_veld

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

Regel = Sequence[object]

GEGEVENS = "Gegevens"
LEEG = "[x]"
# What stands in the cell of a figure that is not there, by its status.
TEKENS = {"onderdrukt": "[c]", "te_weinig": "[w]", "ontbreekt": "[o]", "nvt": "[z]"}
_TEKEN_UITLEG = (
    ("[c]", "vertrouwelijk: het cijfer bestaat, maar zou iets over één werkgever of enkele personen verraden"),
    ("[w]", "te weinig antwoorden voor een betrouwbaar cijfer"),
    ("[o]", "ontbreekt: hierover is niets aangeleverd"),
    ("[z]", "niet van toepassing: dit cijfer bestaat hier niet"),
    (LEEG, "niet ingevuld: deze kolom zegt hier niets"),
)
_KOLOM_UITLEG = {
    "indicator_id": "naam van de indicator; de uitleg staat op de pagina Verantwoording",
    "categorie": "het antwoord of de soort waar het cijfer over gaat",
    "uitsplitsing": "de groep of telling, als naam=waarde",
    "regio_code": "code van het gebied: NL01 is Nederland, RA een arbeidsmarktregio, WGO een werkgeversorganisatie",
    "niveau": "soort gebied",
    "branche_code": "code van de branche; TOTAAL is alle branches samen",
    "periode": "jaar, kwartaal (KW), maand (MM), schooljaar of dag",
    "peildatum": "de dag waarover het cijfer gaat, als die anders is dan de periode",
    "schatting": "alleen bij de enquête: gewogen of ongewogen",
    "eenheid": "eenheid van waarde; een aandeel loopt van 0 tot 1",
    "cijfer": "het cijfer zoals het op de pagina staat",
    "waarde": "het cijfer als getal",
    "waarde_tot": "bovenkant, als de bron een bereik geeft",
    "onder": "ondergrens van het 95%-interval",
    "boven": "bovengrens van het 95%-interval",
    "teller": "aantal boven de deelstreep",
    "noemer": "aantal onder de deelstreep",
    "n": "aantal antwoorden",
    "status": "of en waarom een cijfer er niet is; indicatief is: met een breed interval",
    "voorlopig": "of de bron het cijfer nog kan bijstellen",
    "herkomst": "gepubliceerd, levering, of VOORBEELD (verzonnen)",
    "precisie": "hoe precies de bron het cijfer geeft",
    "bron": "waar het cijfer vandaan komt",
    "vindplaats": "bladzijde of tabel in de bron",
}
# Of these a missing figure says why it is missing; of the others only that there is nothing.
_CIJFERS = ("waarde", "teller", "noemer", "n")
_GETAL = {"waarde", "waarde_tot", "onder", "boven", "teller", "noemer", "n"}
_VERBODEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BREEDTE = (10, 48)
_LANGSTE = 32_000


@dataclass(frozen=True)
class Blad:
    """What the cover says: what this is and of which publication."""

    titel: str
    publicatie: str


def workbook(blad: Blad, kolommen: Sequence[str], rijen: Iterable[Regel]) -> bytes:
    """Return the table as XLSX: one row per row, in the same order and with the same figures as the CSV."""
    from openpyxl import Workbook

    boek = Workbook()
    boek.properties.creator, boek.properties.title, boek.properties.language = "Regiomonitor", blad.titel, "nl-NL"
    boek.remove(boek.worksheets[0])
    omslag = boek.create_sheet("Voorblad")
    regels = [_filled(kolommen, rij) for rij in rijen]
    gebruikt = {str(veld) for rij in regels for veld in rij if str(veld).startswith("[")}
    if "cijfer" in kolommen:
        uitleg = [(naam, _KOLOM_UITLEG[naam]) for naam in kolommen if naam in _KOLOM_UITLEG]
        _add_table(boek, "Kolommen", ("kolom", "betekenis"), uitleg)
    if tekens := [regel for regel in _TEKEN_UITLEG if regel[0] in gebruikt]:
        _add_table(boek, "Tekens", ("teken", "betekenis"), tekens)
    _add_table(boek, GEGEVENS, kolommen, regels)
    herkomst = set(_column(kolommen, regels, "herkomst"))
    is_voorbeeld = any(waarde.startswith("VOORBEELD") or waarde == "synthetisch" for waarde in herkomst)
    bronnen = sorted(set(_column(kolommen, regels, "bron")) - {LEEG})
    _write_cover(omslag, blad, len(regels), bronnen, is_voorbeeld=is_voorbeeld)
    _link_sheets(omslag, boek.sheetnames[1:])
    bestand = io.BytesIO()
    boek.save(bestand)
    return bestand.getvalue()


def _column(kolommen: Sequence[str], rijen: Iterable[Regel], naam: str) -> list[str]:
    return [str(rij[kolommen.index(naam)]) for rij in rijen] if naam in kolommen else []


def _filled(kolommen: Sequence[str], rij: Regel) -> list[object]:
    """Return the row without an empty cell: a code says why there is nothing."""
    status = str(rij[kolommen.index("status")]) if "status" in kolommen else ""
    gevuld = []
    for naam, veld in zip(kolommen, rij, strict=True):
        is_leeg = veld is None or veld == ""
        teken = TEKENS.get(status, LEEG) if naam in _CIJFERS else LEEG
        gevuld.append(teken if is_leeg else veld)
    return gevuld


def _add_table(boek: Workbook, naam: str, kolommen: Sequence[str], rijen: Sequence[Regel]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.table import Table, TableStyleInfo

    blad = boek.create_sheet(naam)
    koppen = _unique(kolommen)
    for nummer, kop in enumerate(koppen, 1):
        _write(blad.cell(1, nummer), kop, kop)
        blad.cell(1, nummer).font = Font(bold=True)
    for y, rij in enumerate(rijen, 2):
        for x, (kop, veld) in enumerate(zip(koppen, rij, strict=True), 1):
            _write(blad.cell(y, x), kop, veld)
    for nummer, kop in enumerate(koppen, 1):
        langste = max([len(kop), *(len(str(rij[nummer - 1])) for rij in rijen[:200])])
        letter = blad.cell(1, nummer).column_letter
        blad.column_dimensions[letter].width = min(max(langste + 2, _BREEDTE[0]), _BREEDTE[1])
        if langste > _BREEDTE[1]:
            for y in range(2, len(rijen) + 2):
                blad.cell(y, nummer).alignment = Alignment(wrap_text=True, vertical="top")
    blad.freeze_panes = "A2"
    if rijen:
        tabel = Table(displayName=naam, ref=f"A1:{blad.cell(len(rijen) + 1, len(koppen)).coordinate}")
        tabel.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
        blad.add_table(tabel)


def _unique(kolommen: Sequence[str]) -> list[str]:
    """Return the headings, each of them once, as a table in a workbook needs."""
    koppen: list[str] = []
    for kolom in kolommen:
        kop, nummer = str(kolom), 2
        while kop in koppen:
            kop, nummer = f"{kolom} ({nummer})", nummer + 1
        koppen.append(kop)
    return koppen


def _write(cel: Cell | MergedCell, kop: str, veld: object) -> None:
    """Write one value; a text is never run as a formula, whoever delivered it."""
    if isinstance(veld, bool):
        cel.value = csv_veld(veld)
    elif isinstance(veld, datetime):
        cel.value, cel.number_format = veld.replace(tzinfo=None), "d-m-yyyy h:mm"
    elif isinstance(veld, date):
        cel.value, cel.number_format = veld, "d-m-yyyy"
    elif isinstance(veld, (int, float)):
        cel.value = veld
    else:
        cel.value = _VERBODEN.sub(" ", csv_veld(veld))[:_LANGSTE]
        cel.data_type, cel.quotePrefix = "s", cel.value.startswith("'")
        if kop in _GETAL:
            from openpyxl.styles import Alignment

            cel.alignment = Alignment(horizontal="right")


def _write_cover(omslag: Worksheet, blad: Blad, aantal: int, bronnen: Sequence[str], *, is_voorbeeld: bool) -> None:
    from openpyxl.styles import Alignment, Font

    regels = [
        blad.titel,
        "VOORBEELD: in dit bestand staan verzonnen cijfers; de kolom herkomst zegt welke." if is_voorbeeld else "",
        f"Bron: {'; '.join(bronnen)}." if bronnen else "",
        blad.publicatie,
        f"Dit bestand heeft {aantal} {'rij' if aantal == 1 else 'rijen'} op het blad {GEGEVENS}.",
        "Een cel is nooit leeg: waar geen cijfer is, staat een teken tussen vierkante haken.",
        "Cijfers van het CBS vallen onder CC BY 4.0. Noem de bron als u cijfers overneemt.",
        "De bladen in dit bestand:",
    ]
    for y, regel in enumerate(filter(None, regels), 1):
        cel = omslag.cell(y, 1)
        _write(cel, "", regel)
        cel.alignment = Alignment(wrap_text=True, vertical="top")
    omslag["A1"].font = Font(bold=True, size=16)
    omslag.column_dimensions["A"].width = 90


def _link_sheets(omslag: Worksheet, namen: Sequence[str]) -> None:
    from openpyxl.styles import Font

    for naam in namen:
        cel = omslag.cell(omslag.max_row + 1, 1)
        cel.value, cel.hyperlink = naam, f"#'{naam}'!A1"
        cel.font = Font(underline="single", color="154273")
