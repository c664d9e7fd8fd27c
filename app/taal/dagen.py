"""A day as people write it, read back as a date."""

from __future__ import annotations

import re
from datetime import date

from app.taal.opmaak import MAANDEN

_CIJFERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_WOORDEN = re.compile(r"(?:[a-z]+dag |)(\d{1,2})[ -]([a-z]{3,9})\.?[ -](\d{4}|\d{2})", re.ASCII)
_KORT = {"mrt": 3}


def parse_day(tekst: str) -> date | None:
    """Return the day that is meant: 1 maart 2027, 1 mrt 2027, 1-3-2027, 1/3/27 or 2027-03-01; None where it is no day.

    A year of two figures is one of this century.
    """
    kaal = " ".join(tekst.lower().replace(",", " ").split())
    if delen := _ISO.fullmatch(kaal):
        jaar, maand, dag = (int(deel) for deel in delen.groups())
    elif delen := _CIJFERS.fullmatch(kaal):
        dag, maand, jaar = (int(deel) for deel in delen.groups())
    elif delen := _WOORDEN.fullmatch(kaal):
        dag, maand, jaar = int(delen[1]), _month(delen[2]), int(delen[3])
    else:
        return None
    try:
        return date(jaar + 2000 if jaar < 100 else jaar, maand, dag)
    except ValueError:
        return None


def day_fault(tekst: str) -> str:
    """Return why this is no day, in words for who typed it; nothing where it is one or where nothing was typed."""
    kaal = " ".join(tekst.split())
    if not kaal or parse_day(kaal):
        return ""
    # Only what looks like a day is repeated: the rest may be anything.
    if re.fullmatch(r"(?:[a-z]+ )?\d{1,2}([-/. ]+)(?:[a-z]{3,9}\.?|\d{1,2})\1\d{2,4}", kaal.lower(), re.ASCII):
        return f"{kaal} bestaat niet. Kijk de dag en de maand na."
    return "Dit is geen datum. Schrijf bijvoorbeeld 1 maart 2027 of 1-3-2027."


def _month(woord: str) -> int:
    """Return the number of a month, whole or cut off as people do; 0 where there is no such month."""
    gevonden = [nummer for nummer, maand in enumerate(MAANDEN, 1) if maand.startswith(woord)]
    return _KORT.get(woord, gevonden[0] if len(gevonden) == 1 else 0)
