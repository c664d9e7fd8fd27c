"""A day is read as people write it."""

from __future__ import annotations

from datetime import date

import pytest

from app.taal.dagen import day_fault, parse_day


@pytest.mark.parametrize(
    "tekst",
    ["1 maart 2027", "1 mrt 2027", "1 mrt. 2027", " 01-03-2027 ", "1/3/27", "1.3.2027", "2027-03-01", "1 Maart 27",
     "maandag 1 maart 2027"],
)  # fmt: skip
def test_every_way_of_writing_a_day_is_the_same_day(tekst: str) -> None:
    assert parse_day(tekst) == date(2027, 3, 1)


@pytest.mark.parametrize("tekst", ["", "31-2-2027", "1 maart", "maart 2027", "1 ma 2027", "1 j 2027", "volgend jaar"])
def test_what_is_no_day_or_may_be_two_is_none(tekst: str) -> None:
    assert parse_day(tekst) is None


@pytest.mark.parametrize(
    ("tekst", "begin"),
    [("", ""), ("1 mrt 2027", ""), ("31 februari 2027", "31 februari 2027 bestaat"), ("31-2-2027", "31-2-2027 bestaat"),
     ("in **maart**", "Dit is geen datum")],
)  # fmt: skip
def test_what_is_no_day_says_why_and_repeats_only_what_looks_like_one(tekst: str, begin: str) -> None:
    assert day_fault(tekst)[: len(begin) or None] == begin


def test_a_short_month_is_that_one_month() -> None:
    assert (parse_day("4 aug 2026"), parse_day("4 sept 2026")) == (date(2026, 8, 4), date(2026, 9, 4))
