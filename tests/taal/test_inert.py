"""A text that somebody delivered is never run by a spreadsheet, whichever way it goes out."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest

from app.beeld.tabel import werkblad
from app.commissie.model import Inhoud, Onderwerp, Wijziging
from app.commissie.uitwisselen import export_csv, read_csv
from app.documenten.blokken import Staven
from app.documenten.schrijvers.pptx_grafiek import bar_chart
from app.taal import opmaak
from app.taal.inert import is_live

# Each begins, for one program or another, with a formula.
LEVEND = (
    "=1+1", "+31 20 1234567", "-2+3", "-2 A1", "@som", "\tx", "\rx", "\nx",
    "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20som", "\ufe661", "\ufe621", "\ufe631", "\ufe6bsom", "\u207a1",
    "\u200b=1", "\u200e=1", "\u200f=1", "\u2060=1", "\ufeff=1", "\u00ad=1", "\u202e=1", "\u2066=1", "\x00=1", "\x1b=1",
    " =1", "\u00a0=1", "\u3000\uff1d1", "  \u200b @som", "\ufe0f=1", "\u3164=1", "\u2800=1", " \tx", "\u200b\nx",
)  # fmt: skip
# Nothing of these is run: the mark stands further on, or is no operator but a sign that we write ourselves.
GEWOON = (
    "",
    "-2",
    "-4.700",
    "-4,7%",
    "Zorg",
    "a=1",
    "1-2",
    "'=1",
    "\u22122 procentpunt",
    "≠",
    "é=1",
    " a",
    "🙂=1",
    "0",
    "(=1)",
)


@pytest.mark.parametrize("tekst", LEVEND)
def test_what_a_program_may_run_gets_an_apostrophe(tekst: str) -> None:
    assert opmaak.csv_veld(tekst) == f"'{tekst}"


def test_in_a_workbook_too_in_every_cell_that_holds_text() -> None:
    titel = LEVEND[0]
    inhoud = werkblad.workbook(werkblad.Blad("\x00=1", titel), LEVEND, [LEVEND])
    boek = openpyxl.load_workbook(io.BytesIO(inhoud))
    cellen = [boek["Voorblad"]["A1"], boek["Voorblad"]["A2"], boek["Gegevens"]["A1"]]
    cellen += [cel for rij in boek["Gegevens"].iter_rows(min_row=3) for cel in rij]
    assert len(cellen) == 3 + 2 * len(LEVEND)
    assert {(cel.data_type, cel.value[0], cel.quotePrefix) for cel in cellen} == {("s", "'", True)}


@pytest.mark.parametrize("tekst", GEWOON)
def test_any_other_text_goes_out_as_it_is(tekst: str) -> None:
    assert opmaak.csv_veld(tekst) == tekst


def test_a_number_stays_a_number() -> None:
    assert [opmaak.csv_veld(v) for v in (-2, -2.5, opmaak.getal(-2), opmaak.waarde_tekst(-0.02, "aandeel"))] == [
        "-2", "-2,5", "-2", "-2%",
    ]  # fmt: skip
    blad = openpyxl.load_workbook(io.BytesIO(werkblad.workbook(werkblad.Blad("T", "P"), ("w",), [(-2,), (-2.5,)])))
    assert [blad["Gegevens"].cell(rij, 1).value for rij in (4, 5)] == [-2, -2.5]


def test_what_the_committee_wrote_goes_out_inert_and_comes_back_exact() -> None:
    onderwerp = Onderwerp("notitie", "RA0101", 2022, "")
    eerste = Wijziging(
        "00000000-0000-4000-8000-000000000000", onderwerp, Inhoud("x"), 1, 0, "Wie", "commissie", datetime(2022, 6, 1)
    )
    teksten = ["=1+1", "\uff1d1", "-2", "'=1", "''", "'\uff1d", "gewoon", "(=1)", "+31", "\uff20som"]
    geschiedenis = [
        replace(eerste, kenmerk=f"00000000-0000-4000-8000-{i:012d}", inhoud=Inhoud(tekst), versie=i + 1, gebaseerd_op=i)
        for i, tekst in enumerate(teksten)
    ]
    uit = export_csv(geschiedenis)
    cellen = [cel for rij in csv.reader(io.StringIO(uit.decode("utf-8-sig")), delimiter=";") for cel in rij]
    assert not [cel for cel in cellen if is_live(cel)]
    assert read_csv(uit, "export.csv") == geschiedenis


def test_the_workbook_behind_a_chart_holds_no_formula() -> None:
    from pptx import Presentation

    presentatie = Presentation()
    soort, gegevens = bar_chart(Staven("Titel", ("=1+1", "gewoon"), (("\u200b=2+2", (None, None)),)))
    dia = presentatie.slides.add_slide(presentatie.slide_layouts[6])
    vorm = dia.shapes.add_chart(soort, 0, 0, 1, 1, gegevens)
    deel = vorm.chart.part.chart_workbook.xlsx_part.blob
    with zipfile.ZipFile(io.BytesIO(deel)) as boek:
        assert b"<f>" not in boek.read("xl/worksheets/sheet1.xml")
    blad = openpyxl.load_workbook(io.BytesIO(deel)).active
    assert [blad["A2"].value, blad["A3"].value, blad["B1"].value] == ["'=1+1", "gewoon", "' =2+2"]
