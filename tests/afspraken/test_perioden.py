"""Periods as suppliers write them, and what only looks like one."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.afspraken.schrift.perioden import parse_periode


@pytest.mark.parametrize(
    ("code", "soort", "naam", "begin", "eind"),
    [
        ("2021", "jaar", "2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021KW03", "kwartaal", "3e kwartaal 2021", date(2021, 7, 1), date(2021, 9, 30)),
        ("2021KW04", "kwartaal", "4e kwartaal 2021", date(2021, 10, 1), date(2021, 12, 31)),
        ("2020MM02", "maand", "februari 2020", date(2020, 2, 1), date(2020, 2, 29)),
        ("2021MM02", "maand", "februari 2021", date(2021, 2, 1), date(2021, 2, 28)),
        ("2020/21", "schooljaar", "schooljaar 2020/21", date(2020, 10, 1), date(2021, 9, 30)),
        ("1999/00", "schooljaar", "schooljaar 1999/00", date(1999, 10, 1), date(2000, 9, 30)),
        ("2022-06-30", "dag", "30 juni 2022", date(2022, 6, 30), date(2022, 6, 30)),
    ],
)
def test_each_form_has_its_kind_name_and_days(code, soort, naam, begin, eind):
    periode = parse_periode(code)
    assert periode is not None
    assert (periode.soort, periode.naam, periode.begin, periode.eind) == (soort, naam, begin, eind)


@pytest.mark.parametrize(
    "code",
    [
        "", "21", "0363", "1821", "2121", "2021KW05", "2021KW3", "2021MM13", "2020/22", "2020/2021", "2021-02-30",
        "30-06-2022", "20220630", "2021-13", " 2021", "2021 ", "2021\n", "2021kw03", "0001-01-01", "NO", "nvt",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_period_is_none(code):
    assert parse_periode(code) is None


@pytest.mark.parametrize("code", ["20２１", "２０２１", "202१", "2021KW0３", "2021-0６-30", "2020/2１"])
def test_full_width_and_indian_digits_are_not_a_second_spelling_of_the_same_year(code):
    assert parse_periode(code) is None
