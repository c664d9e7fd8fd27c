"""One delivered file as rows of text, whichever of the three formats it has."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipelines.levering.bestand.lezen import Gelezen, check_regular, read_csv
from pipelines.levering.bestand.parquet import read_parquet
from pipelines.levering.bestand.xlsx import read_xlsx


def read_text_table(pad: Path, nummers: Iterable[str] = ()) -> Gelezen:
    """Return the file's rows, every cell as text; the index is the row number a spreadsheet shows.

    Empty cells are ''. A decimal comma stays as delivered; `decimaalkomma` says whether it may be one
    (CSV with semicolons, contract §2). Uneven rows and formulas come back as messages beside the rest.
    `nummers` are the columns that hold the number of a person or an employer.

    Raises:
        AfgekeurdError: the file is empty, damaged, too large or no UTF-8: there are no rows to check.
    """
    check_regular(pad)
    soort = pad.suffix.lower()
    if soort == ".csv":
        return read_csv(pad)
    if soort == ".xlsx":
        return read_xlsx(pad)
    return read_parquet(pad, nummers)
