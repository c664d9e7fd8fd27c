"""Deliveries that nobody would think of: each is accepted or refused in words, and a cell that is wrong is named."""

from __future__ import annotations

import csv
import io
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lang import LANG

from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.meldingen import AfgekeurdError, Melding
from pipelines.levering.aannemen import Los, check_path

BRONNEN = {naam: bron for naam, bron in load_bronnen().items() if not any(t.groot for t in bron.tabellen.values())}
TABELLEN = sorted((naam, tabel) for naam, bron in BRONNEN.items() for tabel in bron.tabellen)
VIJANDIG = (
    "",
    " ",
    ".",
    "<5",
    "nvt",
    "NULL",
    "NaN",
    "inf",
    "-1",
    "1e999",
    "0x10",
    "1,5",
    "1.5",
    "1.000",
    "9" * 400,
    "٣",
    "²",
    "=1+1",
    "@SUM(A1)",
    "+cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "'; drop table waarneming; --",
    "{0.__class__}",
    "{{7*7}}",
    "${jndi:ldap://x}",
    "%s%n",
    "../../etc/passwd",
    "C:\\Windows",
    "a\nb",
    "\x1b[31m",
    "a\r\nSet-Cookie: x=1",
    "\u202eevil",
    "\u200b",
    "\ufeff",
    "é" * 3000,
    "😀",
    "2021",
    "2021-02-30",
    "2020-02-29",
    "NL01",
    "RA0101",
    "ZKH",
    "TOTAAL",
)
CEL = st.one_of(st.sampled_from(VIJANDIG), st.text(max_size=12), st.integers().map(str), st.floats().map(str))
DEKKING = ["periode", "peildatum", "regio_code", "branche_code", "medewerkers_aangesloten", "medewerkers_totaal"]
GOED = [
    ["2021", "2022-06-30", "NL01", "TOTAAL", "680", "1000"],
    ["2021", "2022-06-30", "RA0101", "TOTAAL", "68", "100"],
]
# In no column of that table is any of these a value.
SOMS_GOED = {"", ".", "<5", "nvt", "2021", "NL01", "RA0101", "ZKH", "TOTAAL", "2020-02-29", "1.5", "1,5", "1.000"}
NERGENS_GOED = [waarde for waarde in VIJANDIG if waarde.strip("\ufeff\u200b ") not in SOMS_GOED]
# A delivery takes its time on a computer that has more to do; without an end it is not.
_HOOGSTENS = 60
IN_HET_KORT = settings(
    max_examples=4000 if LANG else 8, deadline=None, database=None, derandomize=not LANG,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.fixture(autouse=True)
def hier(hier_gelezen: None) -> None:
    """Read them in this process."""


def judge(bron: str, tabel: str, inhoud: bytes) -> list[Melding]:
    """Return what is said of a file, after what is said was looked at itself."""
    with tempfile.TemporaryDirectory() as map_:
        pad = Path(map_) / f"{tabel}.csv"
        pad.write_bytes(inhoud)
        begin = time.monotonic()
        try:
            meldingen = list(check_path(pad, bron, Los("2021", "Iemand")).meldingen)
        except AfgekeurdError as fout:
            meldingen = fout.meldingen
            assert meldingen
        assert time.monotonic() - begin < _HOOGSTENS
    for melding in meldingen:
        assert all(regel.isprintable() for regel in str(melding).split("\n")), melding
        assert "Traceback" not in str(melding)
        assert map_ not in str(melding)
        assert len(str(melding)) < 4000
    return meldingen


def as_csv(rijen: list[list[str]], scheiding: str = ",") -> bytes:
    tekst = io.StringIO()
    csv.writer(tekst, delimiter=scheiding, lineterminator="\n").writerows(rijen)
    return tekst.getvalue().encode("utf-8", "surrogatepass")


@pytest.mark.lang
@IN_HET_KORT
@given(st.data())
def test_whatever_stands_in_the_cells_of_any_table_it_ends_in_words(data: st.DataObject) -> None:
    bron, tabel = data.draw(st.sampled_from(TABELLEN))
    kolommen = list(BRONNEN[bron].tabellen[tabel].kolommen)
    kop = data.draw(st.one_of(st.just(kolommen), st.permutations(kolommen), st.lists(CEL, max_size=6)))
    rijen = data.draw(st.lists(st.lists(CEL, min_size=max(0, len(kop) - 1), max_size=len(kop) + 1), max_size=4))
    judge(bron, tabel, as_csv([list(kop), *rijen], data.draw(st.sampled_from(",;\t|"))))


@pytest.mark.lang
@IN_HET_KORT
@given(st.one_of(st.binary(max_size=400), st.text(max_size=200).map(lambda t: t.encode("utf-16"))), st.booleans())
def test_whatever_bytes_there_are_it_ends_in_words(ruw: bytes, na_een_kop: bool) -> None:
    judge("pfzw_dekking", "dekking", as_csv([DEKKING]) + ruw if na_een_kop else ruw)


@pytest.mark.lang
@IN_HET_KORT
@given(st.sampled_from(NERGENS_GOED), st.integers(0, 1), st.integers(0, 5))
def test_one_cell_that_is_wrong_is_refused_and_the_file_without_it_is_not(waarde: str, rij: int, kolom: int) -> None:
    stuk = [list(r) for r in GOED]
    stuk[rij][kolom] = waarde
    assert judge("pfzw_dekking", "dekking", as_csv([DEKKING, *stuk])), waarde


def test_the_rows_that_are_broken_above_are_right_themselves() -> None:
    assert [str(m) for m in judge("pfzw_dekking", "dekking", as_csv([DEKKING, *GOED]))] == []
