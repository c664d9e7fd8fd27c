"""A Parquet file: the same rows as a CSV would have given, and nothing larger than it says is unpacked."""

from __future__ import annotations

import io
import struct
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from leesbestanden import cells, parquet

from pipelines.levering.bestand import parquet as lezen_parquet

TE_GROOT = "t.xlsx: Dit bestand is te groot om te lezen: "


def test_parquet_types_read_as_a_csv_would_have_them(lees):
    inhoud = parquet(
        datum=[date(2022, 6, 30)],
        moment=pa.array([datetime(2022, 6, 30)], pa.timestamp("ns")),
        heel=[1000],
        drijvend=[1000.0],
        decimaal=[Decimal("60.00")],
        ja=[True],
        leeg=pa.array([None], pa.int64()),
        code=pa.array(["GM0363"]).dictionary_encode(),
        bytes=[b"NL01"],
    )
    assert cells(lees(inhoud, "t.parquet")) == [
        (1, "2022-06-30", "2022-06-30", "1000", "1000", "60", "1", "", "GM0363", "NL01")
    ]


def test_parquet_column_names_are_held_to_the_same_rules(weiger, lees):
    stroom = io.BytesIO()
    pq.write_table(pa.table([[1], [2], [3]], names=["a", "a", ""]), stroom)
    assert weiger(stroom.getvalue(), "t.parquet") == [
        "t.parquet: Kolom 'a' staat er meer dan eens.",
        "t.parquet: Kolom 3 heeft geen naam.",
    ]
    assert list(lees(parquet(**{" a ": [1]}), "t.parquet").frame.columns) == ["a"]


def test_a_small_parquet_file_with_millions_of_rows_is_not_unpacked(weiger):
    woord = pa.DictionaryArray.from_arrays(pa.array([0] * 5_000_001, pa.int32()), pa.array(["NL01"]))
    inhoud = parquet(a=woord)
    assert len(inhoud) < 100_000
    assert weiger(inhoud, "t.parquet") == [TE_GROOT.replace("xlsx", "parquet") + "het heeft meer dan 5 miljoen rijen."]


def test_a_long_word_that_is_stored_once_is_measured_before_it_is_repeated(weiger, monkeypatch):
    """Fifty thousand rows of it would be 10 GB."""
    woord = pa.DictionaryArray.from_arrays(pa.array([0] * 50_000, pa.int32()), pa.array(["x" * 200_000]))
    assert weiger(parquet(a=woord), "t.parquet") == [
        TE_GROOT.replace("xlsx", "parquet") + "een cel is langer dan 131.072 tekens."
    ]
    monkeypatch.setattr(lezen_parquet, "MEESTE_TEKENS", 100_000)
    woord = pa.DictionaryArray.from_arrays(pa.array([0] * 101, pa.int32()), pa.array(["x" * 1000]))
    for soort in (woord, woord.cast(pa.string()), woord.cast(pa.binary())):
        assert weiger(parquet(a=soort), "t.parquet") == [
            TE_GROOT.replace("xlsx", "parquet") + "uitgeschreven is het meer dan 600 MB."
        ]


def test_the_name_of_a_column_steers_no_terminal(weiger):
    assert weiger(parquet(**{"\x1b[2J": [[1]]}), "t.parquet") == [
        "t.parquet, kolom \ufffd[2J: Deze kolom is van het type list."
    ]


def test_a_column_of_lists_is_refused_by_its_type(weiger):
    assert weiger(parquet(a=[[1], [2]], b=[{"x": 1}, {"x": 2}], c=["x", "y"]), "t.parquet") == [
        "t.parquet, kolom a: Deze kolom is van het type list.",
        "t.parquet, kolom b: Deze kolom is van het type struct.",
    ]


def test_numbers_of_every_size_are_written_as_a_supplier_writes_them(lees):
    getallen = [1000.0, 0.68, 1e-7, 123456789012.5, float("nan"), None]
    assert [rij[1] for rij in cells(lees(parquet(a=getallen), "t.parquet"))] == [
        "1000", "0.68", "0.0000001", "123456789012.5", "NaN", ""
    ]  # fmt: skip


@pytest.mark.parametrize(
    "inhoud",
    [
        b"",
        b"PAR1" + b"x" * 40 + b"PAR1",
        parquet(a=[1])[:-20],
        parquet(a=pa.array([2**62], pa.timestamp("us"))),
        parquet(a=pa.StringArray.from_buffers(1, pa.py_buffer(struct.pack("<ii", 0, 2)), pa.py_buffer(b"\xff\xfe"))),
    ],
)
def test_a_damaged_parquet_file_is_one_message(weiger, inhoud):
    assert weiger(inhoud, "t.parquet") == ["t.parquet: Dit is geen leesbaar Parquet-bestand."]
