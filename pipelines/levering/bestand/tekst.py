"""One delivered file as rows of text, whichever of the three formats it has."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable
from pathlib import Path

from pipelines.afspraken.meldingen import AfgekeurdError, Melding
from pipelines.levering.bestand.lezen import Gelezen, check_regular, open_csv, read_csv
from pipelines.levering.bestand.parquet import first_parquet_rows, read_parquet
from pipelines.levering.bestand.xlsx import first_sheet_rows, read_xlsx


def read_text_table(
    pad: Path, nummers: Iterable[str] = (), kolommen: Collection[str] = (), koprij: int | None = None
) -> Gelezen:
    """Return the file's rows, every cell as text; the index is the row number a spreadsheet shows.

    Empty cells are ''. A decimal comma stays as delivered; `decimaalkomma` says whether it may be one
    (CSV with semicolons, contract §2). Uneven rows and formulas come back as messages beside the rest.
    `nummers` are the columns that hold the number of a person or an employer, `kolommen` those of the table.
    With `koprij` the header is that row.

    Raises:
        AfgekeurdError: the file is empty, damaged, too large or no UTF-8: there are no rows to check.
    """
    check_regular(pad)
    soort = pad.suffix.lower()
    if soort == ".csv":
        return read_csv(pad, kolommen, koprij)
    if soort == ".xlsx":
        return read_xlsx(pad, kolommen, koprij)
    if koprij is not None:
        tekst = "Een Parquet-bestand heeft geen rij met een kop."
        raise AfgekeurdError([Melding(pad.name, tekst, advies="Haal koprij weg uit kolommen.yml.")])
    return read_parquet(pad, nummers)


def first_rows(pad: Path, aantal: int) -> list[list[tuple[int, list[str]]]]:
    """Return, per sheet of a file, its first filled rows with their numbers, cells stripped, to look for a header in.

    Raises:
        AfgekeurdError: the file is damaged, too large or no UTF-8.
    """
    check_regular(pad)
    soort = pad.suffix.lower()
    if soort == ".xlsx":
        return [_filled(blad, aantal) for blad in first_sheet_rows(pad, aantal)]
    return [_filled(open_csv(pad, ("",))[0] if soort == ".csv" else first_parquet_rows(pad), aantal)]


def _filled(rijen: Iterable[tuple[int, list[str]]], aantal: int) -> list[tuple[int, list[str]]]:
    gestript = ((nummer, [cel.strip() for cel in rij]) for nummer, rij in rijen)
    return list(itertools.islice((deel for deel in gestript if any(deel[1])), aantal))
