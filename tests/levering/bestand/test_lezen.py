"""Reading a delivered file: the same rows whatever its format, and nothing hostile is opened."""

from __future__ import annotations

import io
import os
import struct
import warnings
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from leesbestanden import cells, parquet, rezip, workbook

from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.levering.bestand import lezen
from pipelines.levering.bestand import parquet as lezen_parquet
from pipelines.levering.bestand import xlsx as lezen_xlsx
from pipelines.levering.bestand.tekst import read_text_table

TE_GROOT = "t.xlsx: Dit bestand is te groot om te lezen: "
BLAD = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    "inhoud",
    ["a,b\n1,x\n", "a;b\n1;x\n", "a,b\r\n1,x\r\n", "a,b\r1,x\r", "\ufeffa,b\n1,x\n", ' a , b \n 1 ,"x "\n', "a,b\n1,x"],
)
def test_the_same_row_in_every_dialect(lees, inhoud):
    assert cells(lees(inhoud)) == [(2, "1", "x")]


def test_only_a_file_with_semicolons_may_have_decimal_commas(lees):
    assert lees("a;b\n1,5;x\n").decimaalkomma
    assert not lees('a,b\n"1,5",x\n').decimaalkomma


@pytest.mark.parametrize(
    "tekst", ["nan", "NULL", "None", "NA", "inf", "0363", "1e5", ".", "<5", "nvt", "NO", "2022-06-30"]
)
def test_no_text_becomes_a_missing_value_a_number_or_a_date(lees, tekst):
    assert cells(lees(f"a,b\n{tekst},x\n")) == [(2, tekst, "x")]


def test_row_numbers_are_those_of_a_spreadsheet_after_an_embedded_newline(lees):
    gelezen = lees('\na,b\n1,"x\ny"\n\n2,z\n')
    assert cells(gelezen) == [(3, "1", "x\ny"), (5, "2", "z")]
    assert gelezen.koprij == 2


def test_ragged_rows_are_named_and_the_others_still_read(lees):
    gelezen = lees("a,b\n1\n2,x\n3,x,x\n")
    assert cells(gelezen) == [(3, "2", "x")]
    assert [str(m) for m in gelezen.meldingen] == [
        "t.csv, rij 2: Deze rij heeft 1 velden; de kop heeft er 2.",
        "t.csv, rij 4: Deze rij heeft 3 velden; de kop heeft er 2.",
    ]


def test_a_header_alone_is_a_table_without_rows(lees):
    gelezen = lees("a,b\n")
    assert (cells(gelezen), list(gelezen.frame.columns)) == ([], ["a", "b"])


@pytest.mark.parametrize(
    ("inhoud", "melding"),
    [
        (b"", "t.csv: Dit bestand is leeg: er is ook geen kopregel."),
        (b"\r\n \r\n,,\r\n", "t.csv: Dit bestand is leeg: er is ook geen kopregel."),
        (b"a,b\n1,\x00\n", "t.csv: Dit is geen tekstbestand."),
        ("a,b\n1,é\n".encode("latin-1"), "t.csv, rij 2: Dit bestand is geen UTF-8"),
        ("a,b\n1,2\n".encode("utf-16"), "t.csv, rij 1: Dit bestand is geen UTF-8"),
        (b'a,b\n1,2\n"3,4\n5,6\n', "t.csv, rij 3: De aanhalingstekens van deze rij kloppen niet, of een cel is langer"),
        (b'a,b\n1,"2"3\n', "t.csv, rij 2: De aanhalingstekens van deze rij kloppen niet, of een cel is langer"),
        (b"a,b\n1," + b"x" * 200_000,
         "t.csv, rij 2: De aanhalingstekens van deze rij kloppen niet, of een cel is langer"),
        (b"\na,b,a\n1,2,3\n", "t.csv, rij 2: Kolom 'a' staat er meer dan eens."),
        (b"a,,b\n1,2,3\n", "t.csv, rij 1: Kolom 2 heeft geen naam."),
        (",".join(f"k{i}" for i in range(201)).encode(), "t.csv: Dit bestand heeft 201 kolommen; hoogstens 200."),
    ],
)  # fmt: skip
def test_a_csv_that_cannot_be_a_table_is_one_message(weiger, inhoud, melding):
    (gevonden,) = weiger(inhoud)
    assert gevonden.startswith(melding)


def test_all_faults_of_a_header_come_together(weiger):
    assert weiger("a,a,,\x1b[31mb,,\x1b[31mb\n1,2,3,4,5,6\n") == [
        "t.csv, rij 1: Kolom '�[31mb' staat er meer dan eens.",
        "t.csv, rij 1: Kolom 'a' staat er meer dan eens.",
        "t.csv, rij 1: Kolom 3 heeft geen naam.",
        "t.csv, rij 1: Kolom 5 heeft geen naam.",
    ]


def test_a_file_that_is_too_large_is_not_read(weiger, monkeypatch):
    monkeypatch.setattr(lezen, "GROOTSTE_CSV", 10)
    assert "lever het als Parquet" in weiger("a,b\n1,2\n3,4\n")[0]


def test_a_link_a_folder_and_a_pipe_are_not_opened(tmp_path):
    (tmp_path / "link.csv").symlink_to("/etc/passwd")
    (tmp_path / "map.csv").mkdir()
    os.mkfifo(tmp_path / "pijp.csv")
    for naam, tekst in (
        ("link", "Dit is een verwijzing"),
        ("map", "geen gewoon bestand"),
        ("pijp", "geen gewoon bestand"),
    ):
        with pytest.raises(AfgekeurdError, match=tekst):
            read_text_table(tmp_path / f"{naam}.csv")


def test_excel_dates_and_whole_floats_read_as_a_csv_would_have_them(lees):
    xlsx = workbook(["datum", "heel", "deel", "klein", "tekst"], [date(2022, 6, 30), 1000.0, 0.68, 1e-7, "0363"])
    assert cells(lees(xlsx, "t.xlsx")) == [(2, "2022-06-30", "1000", "0.68", "0.0000001", "0363")]


def test_a_time_of_day_is_kept_so_that_no_date_is_guessed(lees):
    assert cells(lees(workbook(["a"], [datetime(2022, 6, 30, 23, 15)]), "t.xlsx")) == [(2, "2022-06-30 23:15:00")]


def test_a_formula_is_refused_with_its_cell(lees):
    gelezen = lees(workbook(["a", "b"], [1, "=A2*2"]), "t.xlsx")
    assert [str(m) for m in gelezen.meldingen] == [
        "t.xlsx, rij 2: Cel B2 is een formule of een foutwaarde.\n  Lever waarden, geen formules."
    ]


def test_two_sheets_are_refused_even_when_the_second_is_empty(weiger):
    assert weiger(workbook(["a"], [1], bladen=2), "t.xlsx") == [
        "t.xlsx: Dit bestand heeft 2 werkbladen; één is toegestaan."
    ]


def test_blank_rows_above_the_header_and_formatted_empty_cells_do_not_shift_anything(lees):
    boek = openpyxl.Workbook()
    boek.active.append([])
    boek.active.append(["a", "b"])
    boek.active.append(["1"])
    for rij in range(1, 9):
        for kolom in range(1, 9):
            boek.active.cell(rij, kolom).font = openpyxl.styles.Font(bold=True)
    stroom = io.BytesIO()
    boek.save(stroom)
    gelezen = lees(stroom.getvalue(), "t.xlsx")
    assert (cells(gelezen), gelezen.meldingen, gelezen.koprij) == ([(3, "1", "")], [], 2)


@pytest.mark.parametrize("maat", [b"A1", b"A1:A1", b"A1:XFD1048576"])
def test_a_sheet_that_lies_about_its_own_size_loses_no_rows_and_gains_none(lees, maat):
    xlsx = rezip(
        workbook(["a", "b"], [1, 2], [3, 4]), BLAD, lambda xml: xml.replace(b'ref="A1:B3"', b'ref="' + maat + b'"')
    )
    assert cells(lees(xlsx, "t.xlsx")) == [(2, "1", "2"), (3, "3", "4")]


def test_a_row_number_of_two_billion_does_not_fill_memory_with_empty_rows(weiger):
    xlsx = rezip(workbook(["a"], [1]), BLAD, lambda xml: xml.replace(b'<row r="2"', b'<row r="2000000000"'))
    assert weiger(xlsx, "t.xlsx") == [TE_GROOT + "het werkblad heeft meer dan 1.048.576 rijen of 3 miljoen cellen."]


def test_a_zip_bomb_is_refused_by_the_size_it_declares(weiger):
    xlsx = rezip(workbook(["a"], [1]), BLAD, lambda xml: xml + b" " * (lezen_xlsx.GROOTSTE_UITGEPAKT + 1))
    assert len(xlsx) < 1_000_000
    assert weiger(xlsx, "t.xlsx") == [
        TE_GROOT + "uitgepakt is het meer dan 100 MB, of meer dan 20 MB zonder de cellen."
    ]


def test_a_zip_bomb_that_declares_a_small_size_is_not_unpacked(weiger):
    xlsx = bytearray(rezip(workbook(["a"], [1]), BLAD, lambda xml: xml + b" " * 30_000_000))
    echt = struct.pack("<I", zipfile.ZipFile(io.BytesIO(xlsx)).getinfo(BLAD).file_size)
    assert weiger(bytes(xlsx.replace(echt, struct.pack("<I", 1000))), "t.xlsx") == [
        "t.xlsx: Dit is geen leesbaar Excel-bestand (.xlsx)."
    ]


def test_entities_are_neither_expanded_nor_fetched(weiger):
    for doctype in (
        b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>',
        b'<!DOCTYPE x [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
    ):
        xlsx = rezip(
            workbook(["a"], [1]), BLAD, lambda xml, kop=doctype: kop + xml.replace(b"<v>1</v>", b"<v>&b;&b;</v>")
        )
        meldingen = weiger(xlsx, "t.xlsx")
        assert meldingen == ["t.xlsx: Dit is geen leesbaar Excel-bestand (.xlsx)."]


@pytest.mark.parametrize("inhoud", [b"", b"PK\x03\x04kapot", workbook(["a"], [1])[:800], b"a,b\n1,2\n"])
def test_a_damaged_workbook_is_one_message(weiger, inhoud):
    assert weiger(inhoud, "t.xlsx") == ["t.xlsx: Dit is geen leesbaar Excel-bestand (.xlsx)."]


def test_remarks_of_the_excel_reader_do_not_reach_the_terminal(lees):
    leeg = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    xlsx = rezip(workbook(["a"], [1]), "xl/styles.xml", lambda _xml: leeg)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert cells(lees(xlsx, "t.xlsx")) == [(2, "1")]


def test_cells_are_counted_while_they_are_read(weiger, monkeypatch):
    monkeypatch.setattr(lezen, "MEESTE_CELLEN", 5)
    tekst = "het heeft meer dan 5 miljoen rijen of 60 miljoen cellen."
    assert weiger("a,b\n1,2\n3,4\n") == [TE_GROOT.replace("xlsx", "csv") + tekst]
    assert weiger("a,b\n" + ",,,,,\n", "t.csv") == [TE_GROOT.replace("xlsx", "csv") + tekst]
    monkeypatch.setattr(lezen_parquet, "MEESTE_CELLEN", 5)
    assert weiger(parquet(a=[1, 2, 3], b=[1, 2, 3]), "t.parquet") == [
        TE_GROOT.replace("xlsx", "parquet") + "het heeft meer dan 60 miljoen cellen."
    ]
    monkeypatch.setattr(lezen_xlsx, "MEESTE_CELLEN", 5)
    assert weiger(workbook(["a", "b"], [1, 2], [3, 4]), "t.xlsx") == [
        TE_GROOT + "het werkblad heeft meer dan 1.048.576 rijen of 3 miljoen cellen."
    ]


def test_lines_are_counted_before_any_is_kept(weiger, monkeypatch):
    monkeypatch.setattr(lezen, "MEESTE_RIJEN", 3)
    assert weiger("a\n" + "1\n" * 5) == [TE_GROOT.replace("xlsx", "csv") + "het heeft meer dan 5 miljoen rijen."]


def test_of_a_million_uneven_rows_the_first_messages_are_kept_and_the_rest_counted(lees):
    gelezen = lees("a,b\n" + "1\n" * 5_000)
    (melding,) = gelezen.meldingen
    assert (melding.aantal, len(melding.rijen), gelezen.onleesbaar) == (5_000, 200, 5_000)


def test_a_sheet_of_formulas_is_not_read_to_the_end(weiger):
    meldingen = weiger(workbook(["a", "b"], *[["=1", "=2"]] * 500), "t.xlsx")
    assert len(meldingen) == 201
    assert meldingen[-1] == "t.xlsx: Dit werkblad heeft minstens 200 formules of foutwaarden; verder is niet gelezen."


def test_what_stands_beside_the_cells_of_a_workbook_is_measured_apart(weiger):
    xlsx = rezip(workbook(["a"], [1]), "xl/styles.xml", lambda xml: xml + b" " * lezen_xlsx.GROOTSTE_BIJLAGE)
    assert weiger(xlsx, "t.xlsx")[0].startswith(TE_GROOT)
