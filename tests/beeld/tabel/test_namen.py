"""A table to take along: names beside codes, only what is there, and one variant for a program."""

from __future__ import annotations

from datetime import date

from app.beeld.fragmenten import not_there
from app.beeld.tabel import namen
from app.taal.cellen import Cijfertekst, Maat, number_format
from app.taal.opmaak import csv_programma

NAMEN = {"regio_code": {"RA0101": "Groningen"}, "branche_code": {"VVT": "Verpleging"}}


def test_the_name_stands_behind_its_code_and_once():
    rijen = [("RA0101", "VVT", 3), ("XX", "", 4)]
    assert namen.with_names(("regio_code", "branche_code", "waarde"), rijen, NAMEN) == (
        ["regio_code", "regio", "branche_code", "branche", "waarde"],
        [["RA0101", "Groningen", "VVT", "Verpleging", 3], ["XX", "", "", "", 4]],
    )
    kolommen, _ = namen.with_names(("regio", "regio_code"), [("Groningen", "RA0101")], NAMEN)
    assert kolommen == ["regio", "regio_code"]


def test_an_answer_and_a_count_have_their_words_beside_them_too():
    rijen = [("eens", "afbakening=sbi_q;meting=kzv", 0.5), ("", "", 0.7)]
    kolommen, uit = namen.with_names(("categorie", "uitsplitsing", "waarde"), rijen, NAMEN)
    assert kolommen == ["categorie", "categorie_in_woorden", "uitsplitsing", "uitsplitsing_in_woorden", "waarde"]
    assert uit == [
        ["eens", "eens", "afbakening=sbi_q;meting=kzv",
         "bedrijfstak gezondheids- en welzijnszorg, verzuimcijfers van het CBS", 0.5],
        ["", "", "", "", 0.7],
    ]  # fmt: skip


def test_a_page_gives_no_parts_of_a_figure_along_that_it_does_not_show():
    assert namen.on_page(("waarde", "teller", "noemer", "n"), [(0.5, 10, 20, 30)]) == (["waarde", "n"], [[0.5, 30]])


def test_a_column_in_which_nothing_stands_is_left_out_but_that_of_the_figure():
    rijen = [("RA0101", None, None, "", 0), ("RA0102", None, None, "", False)]
    assert namen.filled(("regio_code", "waarde", "n", "bron", "nul"), rijen) == (
        ["regio_code", "waarde", "nul"], [["RA0101", None, 0], ["RA0102", None, False]],
    )  # fmt: skip


def test_a_program_reads_commas_points_and_no_formula():
    rijen = [(Maat(0.0812, "0%"), Cijfertekst("12.345", 12345, number_format()), True, date(2025, 1, 2), "=1+1", "a,b")]
    assert csv_programma(("a", "b", "c", "d", "e", "f"), rijen) == (
        b'a,b,c,d,e,f\n0.0812,12345,true,2025-01-02,\'=1+1,"a,b"\n'
    )


def test_who_could_deliver_is_told_apart_also_where_a_name_has_a_comma():
    assert "Te leveren door: CBS en UWV." in str(not_there("x", ["CBS", "UWV"], "", ""))
    assert "Te leveren door: PFZW, via RegioPlus; CBS." in str(not_there("x", ["PFZW, via RegioPlus", "CBS"], "", ""))
