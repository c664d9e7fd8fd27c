"""A page read fast is the page as it stands, or is left to the ordinary reader; never something else."""

from __future__ import annotations

import json

import pytest

from pipelines.openbaar.tabellen.snel import next_link, read_page

KOLOMMEN = ["ID", "RegioS", "Cijfer_1"]
RIJEN = [
    {"ID": 0, "RegioS": "NL01  ", "Anders": [1], "Cijfer_1": "   135.5"},
    {"ID": 1, "RegioS": 'é"\\', "Cijfer_1": "       ."},
]
PLAT = [{k: v for k, v in rij.items() if k != "Anders"} for rij in RIJEN]


@pytest.mark.parametrize("inspringen", [None, 1, 4])
def test_rows_are_as_they_were_sent_whatever_stands_between_them(inspringen):
    inhoud = json.dumps({"odata.metadata": "x", "value": PLAT, "odata.nextLink": "v"}, indent=inspringen).encode()
    gelezen = read_page(inhoud, KOLOMMEN, "ID")
    assert gelezen is not None
    rond, frame = gelezen
    assert (rond["odata.nextLink"], frame.to_pylist()) == ("v", PLAT)
    assert next_link(inhoud) == "v"


@pytest.mark.parametrize(
    "inhoud",
    [
        b"", b"<html>", b"[]", b'{"value": []}', b'{"value": [1, 2]}', b'{"value": [' + b"[" * 100_000,
        # A column that is not there, a figure that is a number, a number that is a text, nothing at all.
        b'{"value": [{"ID": 0, "RegioS": "NL01"}]}', b'{"value": [{"ID": 0, "RegioS": "NL01", "Cijfer_1": 1.5}]}',
        b'{"value": [{"ID": "0", "RegioS": "NL01", "Cijfer_1": ""}]}',
        b'{"value": [{"ID": 0, "RegioS": null, "Cijfer_1": ""}]}',
        # Cut off, more than one answer, another encoding, another list.
        b'{"value": [{"ID": 0, "RegioS": "NL01", "Cijfer_1": ""}, {"ID": 1]}',
        b'{"value": [{"ID": 0, "RegioS": "NL01", "Cijfer_1": ""}]}{}',
        b'{"value": [{"ID": 0, "RegioS": "\xff", "Cijfer_1": ""}]}',
        b'{"fout": [{"ID": 0, "RegioS": "NL01", "Cijfer_1": ""}]}',
        # A row that is none, and a name twice: which of the two counts is not for this reader to say.
        b'{"value": [{"ID": 0, "RegioS": "NL01", "Cijfer_1": ""}, null]}',
        b'{"value": [{"ID": 0, "ID": 1, "RegioS": "NL01", "Cijfer_1": ""}]}',
    ],
)  # fmt: skip
def test_what_is_odd_is_left_to_the_ordinary_reader(inhoud):
    assert read_page(inhoud, KOLOMMEN, "ID") is None


@pytest.mark.parametrize("anders", [[1], [{"ID": 7}, {"ID": 8}], {"RegioS": "x"}, None])
def test_what_else_is_in_a_row_is_passed_over(anders):
    rijen = [{**PLAT[0], "Anders": anders, "RegioS": "a}, {b"}, PLAT[1]]
    gelezen = read_page(json.dumps({"value": rijen}).encode(), KOLOMMEN, "ID")
    assert gelezen is not None
    assert gelezen[1].to_pylist() == [{**PLAT[0], "RegioS": "a}, {b"}, PLAT[1]]
