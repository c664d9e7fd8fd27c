"""Where a row of DUO is of: the code of its gemeente or arbeidsmarktregio, from a number or a name."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache

import pandas as pd

from pipelines.afspraken.codelijsten import Niveau
from pipelines.afspraken.regio import REFERENTIE
from pipelines.openbaar.duo.bestand import find_heading
from pipelines.openbaar.duo.koppelbestand import Duokoppeling
from pipelines.openbaar.koppelen.gemeenten import GEMEENTE, by_plain_name, expected_regions, plain
from pipelines.openbaar.tabellen.tabel import list_some

_UWV = "UWV-arbeidsmarktregio"


def place_of(koppeling: Duokoppeling, frame: pd.DataFrame, mee: pd.Series) -> tuple[pd.Series, list[str]]:
    """Return the code per row ('' where it lies in no region), and what is wrong with places of rows that count."""
    waar = koppeling.regio
    if waar.vast:
        return pd.Series(waar.vast, index=frame.index), []
    kolom = frame[str(find_heading(frame, waar.kolom))]
    buiten = {plain(naam) for naam in waar.buiten}
    anders = {plain(naam): code for naam, code in waar.namen.items()}
    codes: dict[str, str | None] = {}
    for tekst in kolom.unique():
        codes[tekst] = "" if plain(tekst) in buiten else anders.get(plain(tekst)) or _code(waar.soort, tekst)
    fouten: list[str] = []
    if vreemd := [tekst for tekst in kolom[mee].unique() if codes[tekst] is None]:
        wat = "regio's" if waar.soort == Niveau.ARBEIDSMARKTREGIO else "gemeenten"
        fouten.append(f"Onbekende {wat}: {list_some(vreemd)}. Noem ze bij regio, namen of buiten.")
    return kolom.map({tekst: code or "" for tekst, code in codes.items()}), fouten


def absent_regions(koppeling: Duokoppeling, aanwezig: set[str]) -> list[str]:
    """Return the arbeidsmarktregio's of which a file by region has no row; of gemeenten that is no students."""
    if koppeling.regio.soort != Niveau.ARBEIDSMARKTREGIO:
        return []
    return sorted({code for codes in _uwv().values() for code in codes} - aanwezig)


def _code(soort: str, tekst: str) -> str | None:
    if soort == "gemeentenummer":
        code = f"GM{tekst.zfill(4)}"
        return code if code in expected_regions(GEMEENTE) else None
    gevonden = by_plain_name().get(plain(tekst), ()) if soort == "gemeentenaam" else _uwv().get(plain(tekst), ())
    return gevonden[0] if len(gevonden) == 1 else None


@cache
def _uwv() -> Mapping[str, tuple[str, ...]]:
    with (REFERENTIE / "namen.csv").open(encoding="utf-8", newline="") as stroom:
        return {plain(rij["naam"]): (rij["code"],) for rij in csv.DictReader(stroom) if rij["soort"] == _UWV}
