"""Reading a worksheet as text, cell by cell, with its size measured while it unpacks."""

from __future__ import annotations

import itertools
import re
import warnings
import zipfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value
from pipelines.levering.bestand.kop import DIEPST, Rij, is_header
from pipelines.levering.bestand.lezen import (
    BEWAAR_OPNIEUW,
    MEESTE_KOLOMMEN,
    MEESTE_ONLEESBAAR,
    Gelezen,
    cell_text,
    to_frame,
    too_large,
)

GROOTSTE_UITGEPAKT = 100_000_000
# Styles and the like are read whole, and take twenty times their size.
GROOTSTE_BIJLAGE = 20_000_000
MEESTE_CELLEN = 3_000_000
MEESTE_RIJEN = 1_048_576
GEEN_XLSX = "Dit is geen leesbaar Excel-bestand (.xlsx)."
_MEESTE_BLADEN = 20
_BLADEN = ("xl/worksheets/", "xl/sharedStrings.xml")


def read_xlsx(pad: Path, kolommen: Collection[str] = (), koprij: int | None = None) -> Gelezen:
    """Return the rows of the one sheet of this workbook.

    Raises:
        AfgekeurdError: it is no workbook, it has more sheets, formulas, or more than can be read.
    """
    try:
        _check_unpacked(pad)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl remarks on styles and odd dates, in English
            fouten: list[Melding] = []
            blad, gezegd = _sheet(pad, kolommen)
            gelezen = to_frame(pad, _rows(pad, blad, fouten), kolommen, koprij)
            # Of a row that is none of the table it says enough that it must go.
            weg = {rij for melding in gelezen.meldingen for rij in melding.rijen}
            fouten = [melding for melding in fouten if melding.rij not in weg]
            return replace(
                gelezen, meldingen=gelezen.meldingen + fouten, onleesbaar=gelezen.onleesbaar + len(fouten),
                opmerkingen=(*gezegd, *gelezen.opmerkingen),
            )  # fmt: skip
    except (AfgekeurdError, MemoryError):
        raise
    except Exception:  # a damaged workbook raises anything from BadZipFile to KeyError and ParseError
        raise AfgekeurdError([Melding(pad.name, GEEN_XLSX, advies=BEWAAR_OPNIEUW)]) from None


def first_sheet_rows(pad: Path, aantal: int) -> list[list[tuple[int, list[str]]]]:
    """Return the first filled rows of each sheet, to look for a header in; formulas are for the check to refuse.

    Raises:
        AfgekeurdError: it is no workbook, or more than can be read.
    """
    try:
        _check_unpacked(pad)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return [list(itertools.islice(_rows(pad, blad), aantal)) for blad in _open(pad)[:_MEESTE_BLADEN]]
    except (AfgekeurdError, MemoryError):
        raise
    except Exception:
        raise AfgekeurdError([Melding(pad.name, GEEN_XLSX, advies=BEWAAR_OPNIEUW)]) from None


def _check_unpacked(pad: Path) -> None:
    """Refuse a workbook by the sizes it declares; zipfile never unpacks more of a part than it declares."""
    with zipfile.ZipFile(pad) as inhoud:
        delen = inhoud.infolist()
    bijlagen = sum(deel.file_size for deel in delen if not deel.filename.startswith(_BLADEN))
    if sum(deel.file_size for deel in delen) > GROOTSTE_UITGEPAKT or bijlagen > GROOTSTE_BIJLAGE:
        raise too_large(pad, "uitgepakt is het meer dan 100 MB, of meer dan 20 MB zonder de cellen.")


def _sheet(pad: Path, kolommen: Collection[str]) -> tuple[Any, list[Melding]]:
    """Return the sheet with the table: the only one, or the only one with its columns beside a codebook."""
    bladen = _open(pad)
    if len(bladen) == 1:
        return bladen[0], []
    passend = [blad for blad in bladen[:_MEESTE_BLADEN] if _has_header(blad, kolommen)]
    if len(passend) != 1:
        melding = f"Dit bestand heeft {len(bladen)} werkbladen; één is toegestaan."
        advies = "Lever één tabel per bestand aan; een codeboek mag ernaast, als het geen kolommen van de tabel heeft."
        raise AfgekeurdError([Melding(pad.name, melding, advies=advies)])
    tekst = f"Gelezen is het werkblad '{show_value(passend[0].title)}'; de andere {len(bladen) - 1} niet."
    return passend[0], [Melding(pad.name, tekst)]


def _open(pad: Path) -> list[Any]:
    from openpyxl import load_workbook

    bladen = load_workbook(pad, read_only=True, data_only=False).worksheets
    for blad in bladen:
        # A sheet states its own size. A wrong one would hide rows, or add millions of empty cells.
        blad.reset_dimensions()
    return list(bladen)


def _has_header(blad: Any, kolommen: Collection[str]) -> bool:  # noqa: ANN401
    begin = blad.iter_rows(max_row=DIEPST, max_col=MEESTE_KOLOMMEN, values_only=True)
    return bool(kolommen) and any(is_header([cell_text(cel) for cel in rij], kolommen) for rij in begin)


def _shown(cel: Any) -> str:  # noqa: ANN401
    """Return the text of a cell; of a number that is shown as a percentage, that percentage.

    A number with three decimals gets a nought behind them: as text, 1.250 may be a thousand and more.
    """
    waarde = cel.value
    if isinstance(waarde, (int, float)) and not isinstance(waarde, bool) and "%" in str(cel.number_format):
        return f"{cell_text(Decimal(str(waarde)) * 100)}%"
    tekst = cell_text(waarde)
    return f"{tekst}0" if isinstance(waarde, float) and re.fullmatch(r"-?[0-9]+\.[0-9]{3}", tekst) else tekst


def _rows(pad: Path, blad: Any, fouten: list[Melding] | None = None) -> Iterator[Rij]:  # noqa: ANN401
    """Yield the rows of the sheet, each as wide as the widest before it; note its formulas where that is asked."""
    cellen = breedte = 0
    for nummer, rij in enumerate(blad.iter_rows(), start=1):
        cellen += len(rij)
        if nummer > MEESTE_RIJEN or cellen > MEESTE_CELLEN:
            raise too_large(pad, "het werkblad heeft meer dan 1.048.576 rijen of 3 miljoen cellen.")
        if fouten is not None:
            _note_formulas(pad, nummer, rij, fouten)
        if tekst_van_rij := _strip_end([_shown(cel) for cel in rij]):
            breedte = max(breedte, len(tekst_van_rij)) if nummer <= DIEPST else breedte
            yield nummer, tekst_van_rij + [""] * (breedte - len(tekst_van_rij))


def _note_formulas(pad: Path, nummer: int, rij: Iterable[Any], fouten: list[Melding]) -> None:
    for cel in (cel for cel in rij if cel.data_type in ("f", "e")):
        melding = f"Cel {cel.coordinate} is een formule of een foutwaarde."
        fouten.append(Melding(pad.name, melding, rij=nummer, advies="Lever waarden, geen formules."))
    if len(fouten) >= MEESTE_ONLEESBAAR:
        tekst = f"Dit werkblad heeft minstens {len(fouten)} formules of foutwaarden; verder is niet gelezen."
        raise AfgekeurdError([*fouten[:MEESTE_ONLEESBAAR], Melding(pad.name, tekst)])


def _strip_end(rij: list[str]) -> list[str]:
    """Return the row without the empty cells at its end, which a spreadsheet keeps for their layout."""
    while rij and not rij[-1]:
        rij.pop()
    return rij
