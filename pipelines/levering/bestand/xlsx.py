"""Reading a worksheet as text, cell by cell, with its size measured while it unpacks."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path

from pipelines.afspraken.meldingen import AfgekeurdError, Melding
from pipelines.levering.bestand.lezen import BEWAAR_OPNIEUW, MEESTE_ONLEESBAAR, Gelezen, cell_text, to_frame, too_large

GROOTSTE_UITGEPAKT = 100_000_000
# Styles and the like are read whole, and take twenty times their size.
GROOTSTE_BIJLAGE = 20_000_000
MEESTE_CELLEN = 3_000_000
MEESTE_RIJEN = 1_048_576
_BLADEN = ("xl/worksheets/", "xl/sharedStrings.xml")


def read_xlsx(pad: Path) -> Gelezen:
    """Return the rows of the one sheet of this workbook.

    Raises:
        AfgekeurdError: it is no workbook, it has more sheets, formulas, or more than can be read.
    """
    try:
        _check_unpacked(pad)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl remarks on styles and odd dates, in English
            fouten: list[Melding] = []
            gelezen = to_frame(pad, _rows(pad, fouten))
            return Gelezen(
                gelezen.frame, gelezen.meldingen + fouten, koprij=gelezen.koprij,
                onleesbaar=gelezen.onleesbaar + len(fouten),
            )  # fmt: skip
    except (AfgekeurdError, MemoryError):
        raise
    except Exception:  # a damaged workbook raises anything from BadZipFile to KeyError and ParseError
        melding = "Dit is geen leesbaar Excel-bestand (.xlsx)."
        raise AfgekeurdError([Melding(pad.name, melding, advies=BEWAAR_OPNIEUW)]) from None


def _check_unpacked(pad: Path) -> None:
    """Refuse a workbook by the sizes it declares; zipfile never unpacks more of a part than it declares."""
    with zipfile.ZipFile(pad) as inhoud:
        delen = inhoud.infolist()
    bijlagen = sum(deel.file_size for deel in delen if not deel.filename.startswith(_BLADEN))
    if sum(deel.file_size for deel in delen) > GROOTSTE_UITGEPAKT or bijlagen > GROOTSTE_BIJLAGE:
        raise too_large(pad, "uitgepakt is het meer dan 100 MB, of meer dan 20 MB zonder de cellen.")


def _rows(pad: Path, fouten: list[Melding]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of the sheet, each as wide as the first one that is filled; note its formulas."""
    from openpyxl import load_workbook

    boek = load_workbook(pad, read_only=True, data_only=False)
    if len(boek.worksheets) != 1:
        melding = f"Dit bestand heeft {len(boek.worksheets)} werkbladen; één is toegestaan."
        raise AfgekeurdError([Melding(pad.name, melding, advies="Lever één tabel per bestand aan.")])
    blad = boek.worksheets[0]
    # A sheet states its own size. A wrong one would hide rows, or add millions of empty cells.
    blad.reset_dimensions()
    cellen = breedte = 0
    for nummer, rij in enumerate(blad.iter_rows(), start=1):
        cellen += len(rij)
        if nummer > MEESTE_RIJEN or cellen > MEESTE_CELLEN:
            raise too_large(pad, "het werkblad heeft meer dan 1.048.576 rijen of 3 miljoen cellen.")
        for cel in rij:
            if cel.data_type in ("f", "e"):
                melding = f"Cel {cel.coordinate} is een formule of een foutwaarde."
                fouten.append(Melding(pad.name, melding, rij=nummer, advies="Lever waarden, geen formules."))
        if len(fouten) >= MEESTE_ONLEESBAAR:
            tekst = f"Dit werkblad heeft minstens {len(fouten)} formules of foutwaarden; verder is niet gelezen."
            raise AfgekeurdError([*fouten[:MEESTE_ONLEESBAAR], Melding(pad.name, tekst)])
        if tekst_van_rij := _strip_end([cell_text(cel.value) for cel in rij]):
            breedte = breedte or len(tekst_van_rij)
            yield nummer, tekst_van_rij + [""] * (breedte - len(tekst_van_rij))


def _strip_end(rij: list[str]) -> list[str]:
    """Return the row without the empty cells at its end, which a spreadsheet keeps for their layout."""
    while rij and not rij[-1]:
        rij.pop()
    return rij
