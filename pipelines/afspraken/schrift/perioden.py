"""Periods as suppliers write them: 2021, 2021KW03, 2021MM04, 2020/21 or an ISO date."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

VORMEN = "2021, 2021KW03, 2021MM04, 2020/21 of 2021-06-30"
_VORM = re.compile(
    r"(?P<jaar>(?:19|20)\d\d)(?:KW(?P<kwartaal>0[1-4])|MM(?P<maand>0[1-9]|1[0-2])|/(?P<schooljaar>\d\d))?",
    re.ASCII,
)
MAANDEN = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]


@dataclass(frozen=True)
class Periode:
    """One period: its code, its kind, how it reads, and its first and last day."""

    code: str
    soort: str
    naam: str
    begin: date
    eind: date


def parse_periode(code: str) -> Periode | None:
    """Return the period, or None when the code has none of the five forms of the contract."""
    if re.fullmatch(r"(?:19|20)\d\d-\d\d-\d\d", code, re.ASCII):
        return _parse_day(code)
    vorm = _VORM.fullmatch(code)
    if vorm is None:
        return None
    jaar = int(vorm["jaar"])
    if vorm["kwartaal"]:
        kwartaal = int(vorm["kwartaal"])
        naam = f"{kwartaal}e kwartaal {jaar}"
        return Periode(code, "kwartaal", naam, date(jaar, 3 * kwartaal - 2, 1), _last(jaar, 3 * kwartaal))
    if vorm["maand"]:
        maand = int(vorm["maand"])
        naam = f"{MAANDEN[maand - 1]} {jaar}"
        return Periode(code, "maand", naam, date(jaar, maand, 1), _last(jaar, maand))
    if vorm["schooljaar"]:
        if int(vorm["schooljaar"]) != (jaar + 1) % 100:
            return None
        naam = f"schooljaar {code}"
        return Periode(code, "schooljaar", naam, date(jaar, 10, 1), date(jaar + 1, 9, 30))
    return Periode(code, "jaar", code, date(jaar, 1, 1), date(jaar, 12, 31))


def _parse_day(code: str) -> Periode | None:
    try:
        dag = date.fromisoformat(code)
    except ValueError:
        return None
    return Periode(code, "dag", f"{dag.day} {MAANDEN[dag.month - 1]} {dag.year}", dag, dag)


def _last(jaar: int, maand: int) -> date:
    return date(jaar, maand, calendar.monthrange(jaar, maand)[1])
