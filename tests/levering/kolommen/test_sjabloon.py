"""Templates to fill in: made from the contract, and delivered as they are."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from app.opdrachten.cli import main
from pipelines.afspraken.contract import load_bronnen
from pipelines.documentatie.sjabloon import example, make_template
from pipelines.levering.aannemen import check_path
from pipelines.levering.kolommen.gelijkenis import Codes
from pipelines.levering.leveringen import Levering, today
from pipelines.levering.toets.valideren import validate_here

BRONNEN = load_bronnen()


TABELLEN = [f"{b.naam}/{t.naam}" for b in BRONNEN.values() for t in b.tabellen.values() if not t.groot]


@pytest.fixture(scope="module")
def codes() -> Codes:
    return Codes(("verzuim",))


@pytest.mark.parametrize("tabel", TABELLEN)
def test_the_worked_example_of_a_template_is_a_row_that_passes_the_check(
    tabel: str, tmp_path: Path, codes: Codes
) -> None:
    bron, naam = BRONNEN[tabel.split("/")[0]], tabel.split("/")[1]
    kolommen = bron.tabellen[naam].kolommen.values()
    pad = tmp_path / f"{naam}.csv"
    with pad.open("w", encoding="utf-8", newline="") as stroom:
        voorbeeld = [example(bron.tabellen[naam], kolom, codes) for kolom in kolommen]
        csv.writer(stroom).writerows([[kolom.naam for kolom in kolommen], voorbeeld])
    assert judge(pad, tabel) == (1, [])


def test_a_template_that_is_filled_in_with_its_example_is_read_as_its_table(tmp_path: Path) -> None:
    pad = tmp_path / "stromen.xlsx"
    bron = BRONNEN["mobiliteit"]
    pad.write_bytes(make_template(bron, bron.tabellen["stromen"]))
    boek = openpyxl.load_workbook(pad)
    regels = [[cel.value for cel in rij] for rij in boek["uitleg"].iter_rows()]
    uitleg = [regel for regel in regels if str(regel[0]).startswith("kolom ")]
    for nummer, (kolom, *_, voorbeeld) in enumerate(uitleg, start=1):
        assert boek.worksheets[0].cell(1, nummer).value == kolom.removeprefix("kolom ")
        boek.worksheets[0].cell(2, nummer, voorbeeld)
    boek.save(pad)
    assert judge(pad, "mobiliteit/stromen") == (1, [])


def judge(pad: Path, tabel: str) -> tuple[int, list[str]]:
    """Return how many rows a file of one table has, and what is wrong with it."""
    bron, naam = BRONNEN[tabel.split("/")[0]], tabel.split("/")[1]
    levering = Levering(pad, bron.naam, bron.leverancier, "2023", today(), "levering", {naam: (pad,)})
    keuring = validate_here(levering, bron, {"verzuim": "procent"})
    return keuring.aantal_rijen, [str(melding) for melding in keuring.meldingen]


def test_a_list_offers_the_areas_that_may_stand_there_and_a_table_of_millions_has_none(
    tmp_path: Path, codes: Codes, capsys: pytest.CaptureFixture[str]
) -> None:
    assert {code[:3] for code in codes.of(BRONNEN["srs_budget"].tabellen["budget"].kolommen["wgo_code"])} == {"WGO"}
    assert main(["template", "pfzw_personen/dienstverbanden", "-o", str(tmp_path / "x.xlsx")]) == 1
    assert "Lever haar als dienstverbanden.parquet of dienstverbanden.csv." in capsys.readouterr().err


def test_the_command_makes_one_with_lists_that_passes_the_check(tmp_path: Path, capsys) -> None:
    pad = tmp_path / "vacatures.xlsx"
    assert main(["template", "vacatures/vacatures", "-o", str(pad)]) == 0
    boek = openpyxl.load_workbook(pad)
    blad = boek.worksheets[0]
    lijsten = {str(v.sqref): v.formula1 for v in blad.data_validations.dataValidation}
    assert lijsten["D2:D2001"] == "lijsten!$G$2:$G$4"
    assert [cel.value for cel in boek["lijsten"]["G"][:4]] == ["codes van afbakening", "azw_breed", "azw_smal", "sbi_q"]
    assert ("RA0101", "Groningen") in [(rij[2].value, rij[3].value) for rij in boek["lijsten"].iter_rows()]
    assert "verplicht" in blad["A1"].comment.text
    assert blad["D1"].comment.text.startswith("Wat meetelt: azw_breed (met kinderopvang)")
    for nummer, waarde in enumerate(("2023KW01", "NL01", "TOTAAL", "azw_breed", 900), start=1):
        blad.cell(2, nummer, waarde)
    boek.save(pad)
    assert check_path(pad, "vacatures").meldingen == []
    assert main(["template", "vacatures/vacatures", "-o", str(pad)]) == 1
    assert "Dit bestand is er al." in capsys.readouterr().err


def test_of_every_column_that_cannot_be_missed_one_line_says_what_it_holds():
    zonder = [
        f"{bron.naam}/{tabel.naam}.{kolom.naam}" for bron in BRONNEN.values() for tabel in bron.tabellen.values()
        for kolom in tabel.kolommen.values()
        # Questions of a survey have the words of the question.
        if not kolom.leeg and not kolom.geheim and not tabel.groot and not tabel.bases
        and not 0 < len(kolom.uitleg) <= 120
    ]  # fmt: skip
    assert zonder == []


@pytest.mark.parametrize(
    ("tabel", "melding"),
    [("vacature/vacatures", "'vacature' bestaat niet. Bedoelde u vacatures?"),
     ("vacatures/vacatur", "Bron vacatures heeft geen tabel 'vacatur'. Bedoelde u vacatures?"),
     ("vacatures", "Bron vacatures heeft geen tabel ''.")],
)  # fmt: skip
def test_a_table_that_does_not_exist_gets_the_nearest_name(tabel: str, melding: str, tmp_path: Path, capsys) -> None:
    assert main(["template", tabel, "-o", str(tmp_path / "x.xlsx")]) == 1
    assert melding in capsys.readouterr().err
