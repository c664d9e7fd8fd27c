"""What a reader takes along: the same figures as on the page, in a form that everyone can use."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pyarrow as pa
import pytest

from app.beeld import charts, cijferrijen, plaatje
from app.beeld.onderwerp import tweepunts
from app.beeld.plaatje import Plaatje, Teken
from app.beeld.tabel.werkblad import Blad, with_reasons, workbook
from app.lezen import data
from app.lezen.rijen import Waarneming
from app.oordeel import zinnen
from app.oordeel.overzicht import dekking
from app.taal import kolommen
from app.taal.cellen import Verzonnen
from app.taal.opmaak import bedrag, getal
from app.uitgave import velden

KWAAD = '=HYPERLINK("http://kwaad.nl")'
VERZONNEN = "VOORBEELD: deze cijfers zijn verzonnen"


@pytest.fixture
def dekkingsgraad(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Waarneming, ...]:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(warehouse))
    return data.waarnemingen(data.kenmerk(), "dekkingsgraad", True)


def open_sheet(inhoud: bytes, naam: str = "Gegevens"):
    return openpyxl.load_workbook(io.BytesIO(inhoud))[naam]


def table(blad) -> list[list[object]]:
    """Return the table of a sheet: its headings and rows, below the title and what is on the sheet."""
    return [[cel.value for cel in rij] for rij in blad.iter_rows(min_row=3)]


def test_the_first_sheet_is_the_table_of_the_page_where_the_rows_have_another_form() -> None:
    scherm = (("Cijfer", "Gebied", "2021", "2022"), [("Dekkingsgraad", "Twente", getal(61), "geen cijfer")])
    boek = openpyxl.load_workbook(
        io.BytesIO(workbook(Blad("T", "P", scherm=scherm), ("regio", "waarde"), [("RA", 61)]))
    )
    assert boek.sheetnames == ["Tabel", "Voorblad", "Uitleg", "Gegevens"]
    assert table(boek["Tabel"]) == [[*scherm[0]], ["Dekkingsgraad", "Twente", 61, "geen cijfer"]]
    assert [cel.value for cel in boek["Voorblad"]["A"]][-3:] == ["Tabel", "Uitleg", "Gegevens"]


def test_every_sheet_has_its_title_in_a1_and_one_table_without_merged_cells() -> None:
    rijen = [("RA0101", 0.68, "beschikbaar", ""), ("RA0102", None, "onderdrukt", "")]
    boek = openpyxl.load_workbook(io.BytesIO(workbook(Blad("T", "P"), ("regio", "waarde", "status", "bron"), rijen)))
    assert boek.sheetnames == ["Voorblad", "Uitleg", "Gegevens"]
    assert boek["Gegevens"]["A1"].value == "T"
    assert boek["Gegevens"]["A2"].value == "Dit blad heeft één tabel met 2 rijen. Uitleg staat op het blad Uitleg."
    assert table(boek["Gegevens"]) == [
        ["regio", "waarde", "waarom geen getal", "status", "bron"],
        ["RA0101", 0.68, None, "beschikbaar", None],
        ["RA0102", None, "niet getoond", "onderdrukt", None],
    ]
    assert boek["Gegevens"].tables["Gegevens"].ref == "A3:E5"
    for blad in boek.worksheets:
        assert not blad.merged_cells.ranges
        assert all(cel.value is not None for cel in blad["A"])
    assert [rij[:2] for rij in table(boek["Uitleg"])] == [
        ["soort", "naam"],
        *(["kolom", kop] for kop in ("regio", "waarde", "waarom geen getal", "status", "bron")),
        ["waarom geen getal", "niet getoond"],  # only the words that occur
    ]


def test_hidden_missing_few_impossible_and_zero_are_five_things_and_the_column_adds_up() -> None:
    rijen = [(0.0, "beschikbaar"), (None, "onderdrukt"), (None, "ontbreekt"), (None, "nvt"), (None, "te_weinig")]
    blad = open_sheet(workbook(Blad("T", "P"), ("waarde", "status"), rijen))
    assert [rij[:2] for rij in table(blad)[1:]] == [
        [0, None],
        [None, "niet getoond"],
        [None, "geen cijfer"],
        [None, "niet van toepassing"],
        [None, "te weinig antwoorden"],
    ]


def test_a_row_with_all_its_numbers_needs_no_column_for_why_not() -> None:
    koppen, rijen = with_reasons(("waarde", "status"), [(0.0, "beschikbaar")])
    assert (koppen, rijen) == (["waarde", "status"], [[0.0, "beschikbaar"]])


def test_what_the_source_does_not_give_with_a_figure_is_not_a_missing_figure() -> None:
    koppen, rijen = with_reasons(
        ("waarde", "boven", "status"), [(7.1, 7.4, "beschikbaar"), (8.0, None, "indicatief"), (None, None, "ontbreekt")]
    )
    assert koppen == ["waarde", "boven", "waarom geen getal", "status"]
    assert [rij[2] for rij in rijen] == ["", "niet gegeven", "geen cijfer"]


def test_a_word_in_the_place_of_a_number_stands_beside_it() -> None:
    """Two words in one row say of which column they are; a number with a word before it stays a number."""
    vijf, circa = getal(5), getal(266_000).after("ongeveer")
    koppen, rijen = with_reasons(
        ("cijfer", "regio's", "land"),
        [("a", vijf, circa), ("b", "niet te maken", circa), ("c", "niet te maken", "onbekend")],
    )
    assert koppen == ["cijfer", "regio's", "land", "waarom geen getal"]
    assert rijen == [
        ["a", vijf, circa, ""],
        ["b", None, circa, "niet te maken"],
        ["c", None, None, "regio's: niet te maken; land: onbekend"],
    ]
    assert (circa, circa.waarde, circa.vorm) == ("ongeveer 266.000", 266_000, '[$-413]"ongeveer "#,##0')
    assert bedrag(500).after("minstens").vorm == '[$-413]"minstens € "#,##0'


def test_a_delivered_formula_stays_text() -> None:
    blad = open_sheet(workbook(Blad(KWAAD, "P"), (KWAAD, "b"), [(KWAAD, "\x0bx"), ("+31", "@x")]))
    assert {cel.data_type for rij in blad.rows for cel in rij if cel.value is not None} == {"s"}
    assert blad["A1"].value == blad["A4"].value == f"'{KWAAD}"


def test_two_columns_of_one_name_stay_apart() -> None:
    blad = open_sheet(workbook(Blad("T", "P"), ("2021", "2021"), [(1, 2)]))
    assert table(blad)[0] == ["2021", "2021 (2)"]


def test_cover_says_what_it_is_and_that_figures_are_made_up() -> None:
    rijen = [(1.0, Verzonnen("VOORBEELD (synthetisch)"), "PFZW")]
    omslag = open_sheet(
        workbook(Blad("Dekkingsgraad", "publicatie X"), ("waarde", "herkomst", "bron"), rijen), "Voorblad"
    )
    tekst = "\n".join(str(cel.value) for cel in omslag["A"])
    for deel in ("Dekkingsgraad", "VOORBEELD", "Bron: PFZW.", "publicatie X", "Gegevens"):
        assert deel in tekst
    assert "VOORBEELD" not in "".join(
        str(c.value) for c in open_sheet(workbook(Blad("T", "P"), ("a",), [(1,)]), "Voorblad")["A"]
    )


def test_a_mark_behind_a_mean_is_a_share(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(warehouse))
    rijen = [
        r
        for r in data.waarnemingen(data.kenmerk(), "rapportcijfer", False)
        if (r.regio_code, r.branche_code, r.uitsplitsing) == ("NL01", "TOTAAL", "")
    ]
    uit = {rij[1]: rij[cijferrijen.CSV_KOLOMMEN.index("cijfer")] for rij in cijferrijen.csv_rows(rijen)}
    assert uit[""] == "7,3"
    assert uit["cijfer_8"].endswith("%")


def line_picture(tekst: str = "7,3%") -> bytes:
    punten = [
        {"laag": "punt", "dag": date(2020 + i, 6, 30), "waarde": w, "nummer": 0, "deel": "0-0", "label": label}
        for i, (w, label) in enumerate([(0.052, ""), (0.073, tekst)])
    ]
    beeld = Plaatje("x", "Verzuim <stijgt>", "Procent", "CBS", VERZONNEN, (Teken("lijn", "#154273", "Zorg & welzijn"),))
    rijen = pa.Table.from_pylist([*punten, {"laag": "stempel"}])
    return plaatje.svg(beeld, charts.line_spec("light", "aandeel", 1), rijen, "publicatie X", "Een lijn.")


def test_picture_carries_title_legend_source_publication_and_voorbeeld() -> None:
    inhoud = line_picture()
    ElementTree.fromstring(inhoud)
    tekst = inhoud.decode()
    for deel in ("Verzuim &lt;stijgt&gt;", "Procent", "Zorg &amp; welzijn", "Bron: CBS.", "publicatie X",
                 VERZONNEN, ">7,3%<", 'xml:lang="nl"', "<desc>Een lijn.</desc>"):  # fmt: skip
        assert deel in tekst, deel
    assert not re.search(r"(href|src)=\"http", tekst)
    assert plaatje.png(inhoud).startswith(b"\x89PNG")


def test_picture_has_the_figures_of_the_page(dekkingsgraad: tuple[Waarneming, ...]) -> None:
    branches = data.branches(data.kenmerk())
    paren, momenten = dekking.pairs(dekkingsgraad, branches)
    namen = {code: branches[code].naam_kort for code in paren}
    rijen = tweepunts.chart_rows(paren, momenten, namen, data.trendbreuken(data.kenmerk()))
    kader = tweepunts.picture("dekkingsgraad", paren, momenten, namen)
    tekst = plaatje.svg(kader, charts.dumbbell_spec("light", len(paren)), rijen, "P", "alt").decode()
    van, tot = (zinnen.figure(r, "aandeel") for r in paren["VVT"] if r is not None)
    assert f"{van} → {tot}" in tekst.replace("\xa0", " ")


def test_headings_are_words_and_the_explanation_has_the_name_that_programs_know() -> None:
    koppen, rijen = ("regio_code", "regio", "waarde_tot", "n"), [("RA0101", "Groningen", 1.0, 2)]
    boek = openpyxl.load_workbook(io.BytesIO(workbook(Blad("T", "P"), koppen, rijen)))
    assert table(boek["Gegevens"])[0] == ["code van het gebied", "regio", "waarde tot", "aantal antwoorden"]
    assert [(rij[1], rij[3]) for rij in table(boek["Uitleg"])[1:]] == [
        ("code van het gebied", "regio_code"), ("regio", "regio"), ("waarde tot", "waarde_tot"),
        ("aantal antwoorden", "n"),
    ]  # fmt: skip
    assert len({kolommen.heading(naam) for naam in velden.NAMEN}) == len(velden.NAMEN)


def test_a_wide_table_is_printed_over_sheets_beside_each_other_and_a_narrow_one_on_one() -> None:
    for aantal, bladen in ((3, 1), (24, 4)):
        koppen = [f"kolom {n}" for n in range(aantal)]
        blad = open_sheet(workbook(Blad("T", "P"), koppen, [["een tekst van zo veel"] * aantal]))
        assert blad.page_setup.fitToWidth == bladen
