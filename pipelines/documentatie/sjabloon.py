"""An Excel template per table, made from its contract: the columns, what each may hold, lists and a worked example."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from pipelines.afspraken.contract import AFSLUITER, Bron, Kolom, Tabel
from pipelines.documentatie.aanleveren import column_limits, type_name
from pipelines.levering.kolommen.gelijkenis import Codes

# As many rows as one fills in by hand.
_RIJEN = 2000
_LIJSTEN = "lijsten"
_UITLEG = "uitleg"
_VERPLICHT = PatternFill("solid", fgColor="FFDCE6F2")
# Excel's own limit to what a list may be written out as.
_LANGSTE_LIJST = 250
_PERIODE = {"jaar": "2023", "kwartaal": "2023KW01", "maand": "2023MM01", "schooljaar": "2022/23", "dag": "2023-06-30"}


def make_template(bron: Bron, tabel: Tabel, indicatoren: tuple[str, ...] = ()) -> bytes:
    """Return a workbook that can be filled in and delivered as it is: only its first sheet holds the table's columns.

    Two sheets go with it: what each column is with a worked example, and the codes behind the lists.
    """
    boek = Workbook()
    blad, uitleg, lijsten = boek.active, boek.create_sheet(_UITLEG), boek.create_sheet(_LIJSTEN)
    assert blad is not None
    blad.title = tabel.naam[:31]
    blad.freeze_panes = "A2"
    codes = Codes(indicatoren)
    for nummer, kolom in enumerate(tabel.kolommen.values(), start=1):
        _add_column(blad, lijsten, nummer, kolom, codes)
    _explain(uitleg, bron, tabel, codes)
    for werkblad in boek.worksheets:
        # On paper a sheet is as wide as the page.
        werkblad.page_setup.orientation, werkblad.page_setup.fitToHeight = "landscape", False
        werkblad.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    stroom = io.BytesIO()
    boek.save(stroom)
    return stroom.getvalue()


def _add_column(blad: Any, lijsten: Any, nummer: int, kolom: Kolom, codes: Codes) -> None:  # noqa: ANN401
    """Write one header with its note, its cells as text, and the list of what may be chosen."""
    letter = get_column_letter(nummer)
    kop = blad.cell(1, nummer, kolom.naam)
    kop.font = Font(bold=True)
    if not kolom.leeg:
        kop.fill = _VERPLICHT
    kop.comment = Comment(_note(kolom), "Regiomonitor", height=150, width=280)
    blad.column_dimensions[letter].width = max(12, len(kolom.naam) + 2)
    if kolom.type not in ("geheel", "getal"):
        # Else Excel makes a date of a period and a number of a code.
        for rij in range(2, 202):
            blad.cell(rij, nummer).number_format = "@"
    keuzes = {"0": "nee", "1": "ja"} if kolom.type == "ja_nee" else codes.of(kolom)
    if not keuzes:
        return
    # A code and its name side by side: nobody knows the codes of all areas.
    naast = get_column_letter(2 * nummer - 1)
    for rij, (code, naam) in enumerate({f"codes van {kolom.naam}": "", **keuzes}.items(), start=1):
        lijsten.cell(rij, 2 * nummer - 1, code)
        lijsten.cell(rij, 2 * nummer, naam)
    for deel, breedte in ((naast, 22), (get_column_letter(2 * nummer), 34)):
        lijsten.column_dimensions[deel].width = breedte
    bereik = f"{_LIJSTEN}!${naast}$2:${naast}${len(keuzes) + 1}"
    controle = DataValidation(type="list", formula1=bereik, allow_blank=kolom.leeg, showErrorMessage=True)
    controle.errorTitle, controle.error = "Deze code bestaat niet", f"Kies uit de lijst; namen staan op {_LIJSTEN}."
    controle.add(f"{letter}2:{letter}{_RIJEN + 1}")
    blad.add_data_validation(controle)


def _note(kolom: Kolom) -> str:
    verplicht = "mag leeg zijn" if kolom.leeg else "verplicht"
    wat_mag = f"{type_name(kolom)}; {verplicht}. {column_limits(kolom)}"[:_LANGSTE_LIJST]
    return f"{kolom.uitleg} {wat_mag}".strip()


def _explain(blad: Any, bron: Bron, tabel: Tabel, codes: Codes) -> None:  # noqa: ANN401
    """Write what each column is, with an example of one row that says how every value is written."""
    regels = [
        f"{bron.titel}: {tabel.rij}.",
        f"Vul het eerste werkblad in en bewaar het als {tabel.naam}.xlsx. De andere werkbladen mogen blijven; op "
        f"{_LIJSTEN} staat bij elke code haar naam.",
        "Leeg = ontbreekt, een punt = geheim, nvt = niet van toepassing. Schrijf een 0 alleen waar het nul is.",
    ]
    for rij, tekst in enumerate(regels, start=1):
        blad.cell(rij, 1, tekst)
    kop = len(regels) + 2
    for nummer, tekst in enumerate(("Naam", "Wat het is", "Soort", "Verplicht", "Wat mag", "Voorbeeld"), start=1):
        blad.cell(kop, nummer, tekst).font = Font(bold=True)
    for rij, kolom in enumerate(tabel.kolommen.values(), start=kop + 1):
        cellen = (f"kolom {kolom.naam}", kolom.uitleg, type_name(kolom), "" if kolom.leeg else "ja",
                  column_limits(kolom), example(tabel, kolom, codes))  # fmt: skip
        for nummer, tekst in enumerate(cellen, start=1):
            cel = blad.cell(rij, nummer, tekst)
            cel.number_format = "@"
            cel.alignment = Alignment(wrap_text=True, vertical="top")
    for letter, breedte in zip("ABCDEF", (34, 60, 16, 10, 60, 20), strict=True):
        blad.column_dimensions[letter].width = breedte


def example(tabel: Tabel, kolom: Kolom, codes: Codes) -> str:
    """Return how a value of this column is written, in a row that is right as a whole; figures are only a form."""
    if kolom.naam in tabel.voorbeeld:
        return tabel.voorbeeld[kolom.naam]
    if kolom.rol == AFSLUITER:
        return "0"
    if kolom.type == "periode":
        return _PERIODE[kolom.soorten[0] if kolom.soorten else "jaar"]
    if kolom.type == "datum":
        return "2023-06-30"
    if keuzes := list(codes.of(kolom)):
        return keuzes[0]
    if kolom.type in ("geheel", "getal"):
        return f"{max(kolom.min or 0, 1):g}"
    return "1" if kolom.type == "ja_nee" else "tekst"
