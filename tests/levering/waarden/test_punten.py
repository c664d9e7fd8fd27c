"""1.250 in a file of a supplier: a thousand and more, or one and a quarter. What does not show it is asked."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pipelines.afspraken.contract import load_bronnen
from pipelines.levering.aannemen import check_path
from pipelines.levering.bestand.lezen import Gelezen
from pipelines.levering.bestand.tekst import read_text_table
from pipelines.levering.waarden.punten import read_points

TABEL = load_bronnen()["vacatures"].tabellen["vacatures"]
KAN = "'1.250' kan 1250 zijn of 1,25; aan dit bestand is dat niet te zien."
DUIZEND = "'1.250' is gelezen als 1250, met een punt voor duizendtallen; zo zijn er 2."
DECIMAAL = "'1.250' is gelezen als 1,25, met een punt voor decimalen; zo zijn er 1."


def read(map_: Path, scheiding: str, *waarden: str) -> Gelezen:
    pad = map_ / "vacatures.csv"
    rijen = [scheiding.join(("periode", "openstaand")), *(scheiding.join(("2024KW01", w)) for w in waarden)]
    pad.write_text("\n".join(rijen) + "\n", encoding="utf-8")
    return read_text_table(pad, (), tuple(TABEL.kolommen))


@pytest.mark.parametrize(
    ("scheiding", "waarden", "fouten", "gezegd"),
    [
        (";", ("1.250", "980"), [KAN], []),
        ("\t", ("1.250", "980"), [KAN], []),
        # Others of the column show which it is, and where they say both it is asked after all.
        (";", ("1.250", "1.250.000"), [], [DUIZEND]),
        (";", ("1.250", "7.5"), [], [DECIMAAL]),
        (";", ("1.250", "7.5", "1.250.000"), [KAN], []),
        # Between commas a point is before decimals: that is the agreement, and here it may not have been meant.
        (",", ("1.250", "980"), [], [DECIMAAL]),
        (",", ("1.250", "7.5"), [], []),
        (";", ("12.5", "0.250", "980"), [], []),
    ],
)
def test_a_point_before_three_digits_is_asked_or_told(tmp_path, scheiding, waarden, fouten, gezegd):
    geduid = read_points(TABEL, read(tmp_path, scheiding, *waarden), "vacatures.csv")
    assert [m.tekst for m in geduid.fouten] == fouten
    assert [m.tekst for m in geduid.opmerkingen] == gezegd
    assert (geduid.frame["openstaand"].iloc[0] == "1250") == (gezegd == [DUIZEND])


def test_a_percentage_cannot_be_in_thousands(tmp_path):
    tabel = load_bronnen()["verzuim"].tabellen["verzuim"]
    pad = tmp_path / "verzuim.csv"
    pad.write_text("periode;percentage\n2024;7.125\n", encoding="utf-8")
    geduid = read_points(tabel, read_text_table(pad, (), tuple(tabel.kolommen)), pad.name)
    assert (geduid.fouten, geduid.opmerkingen) == ([], [])


def test_in_a_workbook_text_is_asked_and_a_number_is_not(tmp_path):
    boek = openpyxl.Workbook()
    for rij in ([*TABEL.verplicht, "openstaand"], ["2024KW01", "NL01", "TOTAAL", "azw_breed", "1.250"],
                ["2024KW01", "NL01", "VVT", "azw_breed", 1.125]):  # fmt: skip
        boek.active.append(rij)
    boek.save(tmp_path / "vacatures.xlsx")
    (melding,) = check_path(tmp_path / "vacatures.xlsx", "vacatures").meldingen
    assert (melding.tekst, melding.rij, melding.aantal) == (KAN, 2, 1)
    assert melding.advies == "De cel is tekst. Maak er in Excel een getal van (Gegevens, Tekst naar kolommen)."
