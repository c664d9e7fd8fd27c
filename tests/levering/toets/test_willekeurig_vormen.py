"""The same in workbooks and Parquet files: whatever type a cell has, however it is written, it ends in words."""

from __future__ import annotations

import io
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lang import LANG
from leesbestanden import rezip, workbook
from willekeur import CEL, DEKKING, GOED, NERGENS_GOED, TABELLEN, judge

BLAD = "xl/worksheets/sheet1.xml"
# A day, so that there is a style of days.
LEEG_BOEK = workbook([date(2022, 6, 30)])
_GETAL = st.one_of(st.integers(), st.floats(), st.sampled_from(["1e999", "NaN", "-0", "1E-5", "", "x"])).map(str)
_PLEK = st.sampled_from(["", ' r="A1"', ' r="XFD1048576"', ' r="C3"', ' r="1A"', ' s="1"', ' s="999"', ' t="s"'])
_SOORTEN: list[st.SearchStrategy[tuple[pa.DataType, Any]]] = [
    st.tuples(st.just(soort), st.one_of(st.none(), waarde))
    for soort, waarde in [
        (pa.string(), CEL.map(lambda t: t.encode("utf-8", "replace").decode())),
        (pa.int64(), st.integers(-(2**63), 2**63 - 1)),
        (pa.float64(), st.floats()),
        (pa.bool_(), st.booleans()),
        (pa.date32(), st.dates()),
        (pa.timestamp("ns"), st.datetimes(datetime(1700, 1, 1), datetime(2200, 1, 1))),
        (pa.time64("us"), st.times()),
        (pa.decimal128(20, 4), st.decimals(-(10**12), 10**12, places=4)),
        (pa.binary(), st.binary(max_size=8)),
        (pa.list_(pa.int64()), st.lists(st.integers(0, 9), max_size=2)),
        (pa.dictionary(pa.int8(), pa.string()), st.sampled_from(["NL01", "2021", "é", ""])),
        (pa.duration("s"), st.timedeltas()),
    ]
]  # fmt: skip
# Half of ten thousand in each form, and what is seen of memory is of this process.
VAAK = settings(
    max_examples=5000 if LANG else 6, deadline=None, database=None, derandomize=not LANG,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
_MEER_KB = 600_000


@pytest.fixture(autouse=True)
def hier(hier_gelezen: None) -> Iterator[None]:
    """Read them in this process, and hold the most memory that takes within bounds."""
    voor = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    # macOS counts in bytes.
    meer = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - voor) / (1024 if sys.platform == "darwin" else 1)
    assert meer < _MEER_KB


@st.composite
def xlsx_cell(draw: st.DrawFn) -> str:
    """A cell of a sheet as XML: of any kind, in its place or not, right or not."""
    plek = draw(_PLEK) if draw(st.booleans()) else ""
    soort = draw(st.sampled_from(["tekst", "getal", "ja", "formule", "fout", "datum", "niets", "kaal"]))
    tekst = draw(CEL)
    return {
        "tekst": f'<c{plek} t="inlineStr"><is><t>{_as_xml(tekst)}</t></is></c>',
        "getal": f"<c{plek}><v>{draw(_GETAL)}</v></c>",
        "ja": f'<c{plek} t="b"><v>{draw(st.sampled_from("012x"))}</v></c>',
        "formule": f"<c{plek}><f>{_as_xml(tekst)}</f><v>1</v></c>",
        "fout": f'<c{plek} t="e"><v>#N/A</v></c>',
        "datum": f'<c s="1"><v>{draw(_GETAL)}</v></c>',
        "niets": f"<c{plek}/>",
        # What XML does not allow stands here as it is.
        "kaal": f'<c t="str"><v>{escape(tekst)}</v></c>',
    }[soort]


def _as_xml(tekst: str) -> str:
    """Return a text as a sheet writes it: what XML has no place for as a number."""
    return escape("".join(f"_x{ord(t):04X}_" if not t.isprintable() and ord(t) < 0x10000 else t for t in tekst))


def as_xlsx(rijen: list[list[str]], voor: str = "", na: str = "") -> bytes:
    blad = "".join(f"<row>{''.join(rij)}</row>" for rij in rijen).encode("utf-8", "replace")

    def fill(xml: bytes) -> bytes:
        begin = xml.index(b"<sheetData>") + len(b"<sheetData>")
        return xml[:begin] + voor.encode() + blad + na.encode() + xml[xml.index(b"</sheetData>") :]

    return rezip(LEEG_BOEK, BLAD, fill)


def text_cells(rij: list[str]) -> list[str]:
    return [f'<c t="inlineStr"><is><t>{_as_xml(tekst)}</t></is></c>' for tekst in rij]


def as_parquet(kop: list[str], kolommen: list[pa.Array]) -> bytes:
    stroom = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(kolommen, names=kop), stroom)
    return stroom.getvalue()


@pytest.mark.lang
@VAAK
@given(st.data())
def test_whatever_stands_in_the_cells_of_a_workbook_it_ends_in_words(data: st.DataObject) -> None:
    bron, tabel, kolommen = data.draw(st.sampled_from(TABELLEN))
    kop = text_cells(kolommen) if data.draw(st.booleans()) else data.draw(st.lists(xlsx_cell(), max_size=6))
    breed = st.lists(xlsx_cell(), min_size=max(0, len(kop) - 1), max_size=len(kop) + 1)
    om = st.sampled_from(["", "", '<row r="9"/>', '<row r="0"></row>', "<row", '<row r="1048577"><c/></row>'])
    judge(bron, tabel, as_xlsx([kop, *data.draw(st.lists(breed, max_size=3))], data.draw(om), data.draw(om)), "xlsx")


@pytest.mark.lang
@VAAK
@given(st.data())
def test_whatever_stands_in_the_columns_of_a_parquet_file_it_ends_in_words(data: st.DataObject) -> None:
    bron, tabel, kolommen = data.draw(st.sampled_from(TABELLEN))
    woord = CEL.map(lambda t: t.encode("utf-8", "replace").decode())
    kop = kolommen if data.draw(st.booleans()) else data.draw(st.lists(woord, max_size=6))
    rijen = data.draw(st.integers(0, 3))
    arrays = []
    for _ in kop:
        soort, waarde = data.draw(data.draw(st.sampled_from(_SOORTEN)))
        arrays.append(pa.array([waarde] * rijen).cast(soort) if isinstance(waarde, Decimal) else
                      pa.array([waarde] * rijen, type=soort))  # fmt: skip
    inhoud = as_parquet(list(kop), arrays)
    if data.draw(st.integers(0, 4)) == 0:
        plek = data.draw(st.integers(0, len(inhoud) - 1))
        inhoud = inhoud[:plek] + bytes([inhoud[plek] ^ data.draw(st.integers(1, 255))]) + inhoud[plek + 1 :]
    judge(bron, tabel, inhoud, "parquet")


@pytest.mark.lang
@VAAK
@given(st.sampled_from(NERGENS_GOED), st.integers(0, 1), st.integers(0, 5), st.sampled_from(["xlsx", "parquet"]))
def test_one_cell_that_is_wrong_is_refused_in_these_forms_too(waarde: str, rij: int, kolom: int, vorm: str) -> None:
    stuk = [list(r) for r in GOED]
    stuk[rij][kolom] = waarde
    assert judge("pfzw_dekking", "dekking", in_form(stuk, vorm), vorm), waarde


@pytest.mark.parametrize("vorm", ["xlsx", "parquet"])
def test_the_rows_that_are_broken_above_are_right_in_these_forms_too(vorm: str) -> None:
    assert [str(m) for m in judge("pfzw_dekking", "dekking", in_form(GOED, vorm), vorm)] == []


def in_form(rijen: list[list[str]], vorm: str) -> bytes:
    if vorm == "xlsx":
        return as_xlsx([text_cells(rij) for rij in (DEKKING, *rijen)])
    return as_parquet(DEKKING, [pa.array(kolom) for kolom in zip(*rijen, strict=True)])
