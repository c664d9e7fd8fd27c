"""Deliveries that nobody would think of: each is accepted or refused in words, and a cell that is wrong is named."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lang import LANG
from willekeur import CEL, DEKKING, GOED, NERGENS_GOED, TABELLEN, as_csv, judge

IN_HET_KORT = settings(
    max_examples=4000 if LANG else 8, deadline=None, database=None, derandomize=not LANG,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.fixture(autouse=True)
def hier(hier_gelezen: None) -> None:
    """Read them in this process."""


@pytest.mark.lang
@IN_HET_KORT
@given(st.data())
def test_whatever_stands_in_the_cells_of_any_table_it_ends_in_words(data: st.DataObject) -> None:
    bron, tabel, kolommen = data.draw(st.sampled_from(TABELLEN))
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
