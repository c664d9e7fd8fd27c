"""Rows that are written alike are read as they stand; anything that is not, is left to others."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from pipelines.openbaar.tabellen.vast import read_alike

KOLOMMEN = ["ID", "RegioS", "Cijfer_1"]


def rows(aantal: int) -> list[dict[str, Any]]:
    return [
        {"ID": n, "RegioS": f"PV{20 + n % 12}  ", "Perioden": f"20{10 + n % 17}KW01", "Cijfer_1": f"{n * 1.7:8.1f}"}
        for n in range(aantal)
    ]


def page(rijen: list[dict[str, Any]], **anders: Any) -> bytes:
    return json.dumps({"odata.metadata": "x", "value": rijen, "odata.nextLink": "http://y/?a=1"}, **anders).encode()


def asked(rijen: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{kolom: rij[kolom] for kolom in KOLOMMEN} for rij in rijen]


@pytest.mark.parametrize("schrijfwijze", [{}, {"separators": (",", ":")}, {"indent": 2}])
@pytest.mark.parametrize("aantal", [2, 9, 11, 1_001])
def test_rows_of_one_width_are_as_they_were_sent(aantal, schrijfwijze):
    gelezen = read_alike(page(rows(aantal), **schrijfwijze), KOLOMMEN, "ID")
    assert gelezen is not None
    rond, tabel = gelezen
    assert (rond["odata.nextLink"], tabel.to_pylist()) == ("http://y/?a=1", asked(rows(aantal)))


def test_rows_with_a_figure_missing_here_and_there_stay_in_their_order():
    rijen = rows(500)
    for rij in random.Random(12).sample(rijen, 90):
        rij["Cijfer_1"] = ""
    gelezen = read_alike(page(rijen), KOLOMMEN, "ID")
    assert gelezen is not None
    assert gelezen[1].to_pylist() == asked(rijen)


# One byte in the middle of a page becomes another one: the page is as it reads then, or it is not read here.
def test_whatever_byte_is_another_no_other_rows_are_read():
    goed = page(rows(40))
    gok = random.Random(3)
    for _ in range(4_000):
        plek = gok.randrange(len(goed))
        inhoud = goed[:plek] + bytes([gok.choice(b'"\\{}[]:, 0a\x00\x80\xff')]) + goed[plek + 1 :]
        gelezen = read_alike(inhoud, KOLOMMEN, "ID")
        if gelezen is not None:
            document = json.loads(inhoud)
            assert gelezen[1].to_pylist() == asked(document["value"])
            assert gelezen[0].get("odata.nextLink") == document.get("odata.nextLink")


@pytest.mark.parametrize(
    ("oud", "nieuw"),
    [
        (b'"PV25  "', b'"PV2\\u0035  "'), (b'"PV25  "', b'"PV\x01\x02  "'), (b'"PV25  "', '"PVé  "'.encode()),
        (b'"PV25  "', b'"PV"5  "'), (b'"ID": 25,', b'"ID": 05,'), (b'"ID": 25,', b'"ID":"25",'),
        (b'"ID": 25,', b'"ID": -5,'), (b'"ID": 25,', b'"ID": 2.,'), (b'"RegioS": "PV28', b'"Regios": "PV28'),
        (b'{"ID": 25, ', b'{"ID": 25; '), (b'}, {"ID": 25,', b'}; {"ID": 25,'), (b'"value"', b'"waarde"'),
        (b'"odata.metadata": "x"', b'"value": []'), (b'"odata.metadata": "x"', b'"x": {"value": []}'),
        (b'"odata.metadata": "x"', b'"odata.metadata": '), (b"?a=1", b"?a=]"),
        (b'}], "odata', b'}], [], "odata'),
    ],
)  # fmt: skip
def test_one_row_or_sign_that_is_otherwise_leaves_the_page_to_the_ordinary_reader(oud, nieuw):
    goed = page(rows(40))
    assert read_alike(goed, KOLOMMEN, "ID") is not None
    assert oud in goed
    assert read_alike(goed.replace(oud, nieuw, 1), KOLOMMEN, "ID") is None


@pytest.mark.parametrize("wijziging", [{"Cijfer_1": None}, {"Cijfer_1": 1.5}, {"ID": "7"}, {"Anders": [1]}])
def test_columns_of_another_kind_are_left_to_the_ordinary_reader(wijziging):
    assert read_alike(page([{**rij, **wijziging} for rij in rows(40)]), KOLOMMEN, "ID") is None


def test_what_is_wrong_in_every_row_is_left_to_the_ordinary_reader_too():
    goed = page([{**rij, "N": 1} for rij in rows(40)])
    assert read_alike(goed, KOLOMMEN, "ID") is not None
    assert read_alike(goed.replace(b'"N": 1', b'"N": 01'), KOLOMMEN, "ID") is None
    assert read_alike(goed.replace(b'"N": 1', b'"ID": 1'), KOLOMMEN, "ID") is None


def test_of_two_lists_of_rows_it_is_not_said_here_which_counts():
    lijst = json.dumps(rows(40)).encode()
    assert read_alike(b'{"value": ' + lijst + b', "value": []}', KOLOMMEN, "ID") is None
    assert read_alike(b'{"x": {"value": ' + lijst + b'}, "value": []}', KOLOMMEN, "ID") is None
