"""Templates to fill in: made from the contract, and delivered as they are."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from app.opdrachten.cli import main
from pipelines.afspraken.contract import load_bronnen
from pipelines.documentatie.sjabloon import example, make_template
from pipelines.levering.aannemen import check_path
from pipelines.levering.bestand.tekst import read_text_table
from pipelines.levering.kolommen.gelijkenis import Codes

BRONNEN = load_bronnen()


@pytest.mark.parametrize("tabel", [f"{b.naam}/{t}" for b in BRONNEN.values() for t in b.tabellen])
def test_a_filled_template_is_read_as_its_table(tabel: str, tmp_path: Path) -> None:
    bron, naam = BRONNEN[tabel.split("/")[0]], tabel.split("/")[1]
    pad = tmp_path / f"{naam}.xlsx"
    pad.write_bytes(make_template(bron, bron.tabellen[naam], ("verzuim",)))
    boek = openpyxl.load_workbook(pad)
    codes = Codes(("verzuim",))
    for nummer, kolom in enumerate(bron.tabellen[naam].kolommen.values(), start=1):
        boek.worksheets[0].cell(2, nummer, example(kolom, codes))
    boek.save(pad)
    gelezen = read_text_table(pad, (), tuple(bron.tabellen[naam].kolommen))
    assert list(gelezen.frame.columns) == list(bron.tabellen[naam].kolommen)
    assert (len(gelezen.frame), gelezen.meldingen) == (1, [])


def test_the_command_makes_one_with_lists_that_passes_the_check(tmp_path: Path, capsys) -> None:
    pad = tmp_path / "vacatures.xlsx"
    assert main(["template", "vacatures/vacatures", "-o", str(pad)]) == 0
    boek = openpyxl.load_workbook(pad)
    blad = boek.worksheets[0]
    lijsten = {str(v.sqref): v.formula1 for v in blad.data_validations.dataValidation}
    assert lijsten["D2:D2001"] == "lijsten!$D$2:$D$4"
    assert [cel.value for cel in boek["lijsten"]["D"][:4]] == ["codes van afbakening", "azw_breed", "azw_smal", "sbi_q"]
    assert "verplicht" in blad["A1"].comment.text
    for nummer, waarde in enumerate(("2023KW01", "NL01", "TOTAAL", "azw_breed", 900), start=1):
        blad.cell(2, nummer, waarde)
    boek.save(pad)
    assert check_path(pad, "vacatures").meldingen == []
    assert main(["template", "vacatures/vacatures", "-o", str(pad)]) == 1
    assert "Dit bestand is er al." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("tabel", "melding"),
    [("vacature/vacatures", "'vacature' bestaat niet. Bedoelde u vacatures?"),
     ("vacatures/vacatur", "Bron vacatures heeft geen tabel 'vacatur'. Bedoelde u vacatures?"),
     ("vacatures", "Bron vacatures heeft geen tabel ''.")],
)  # fmt: skip
def test_a_table_that_does_not_exist_gets_the_nearest_name(tabel: str, melding: str, tmp_path: Path, capsys) -> None:
    assert main(["template", tabel, "-o", str(tmp_path / "x.xlsx")]) == 1
    assert melding in capsys.readouterr().err
