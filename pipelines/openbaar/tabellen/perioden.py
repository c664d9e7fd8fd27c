"""Periods as CBS writes them, as the periods of the contract."""

from __future__ import annotations

import re

from pipelines.afspraken.schrift.perioden import Periode, parse_periode

_VORM = re.compile(r"(?P<jaar>(?:19|20)\d\d)(?P<soort>JJ|KW|MM|SJ)(?P<nummer>\d\d)", re.ASCII)


def contract_period(code: str) -> Periode | None:
    """Return the period of a code such as 2021JJ00, 2021KW03, 2021MM04 or 2021SJ00 (2021/22); None for other kinds."""
    vorm = _VORM.fullmatch(code)
    if vorm is None:
        return None
    jaar, soort, nummer = int(vorm["jaar"]), vorm["soort"], vorm["nummer"]
    if soort == "JJ":
        return parse_periode(str(jaar)) if nummer == "00" else None
    if soort == "SJ":
        return parse_periode(f"{jaar}/{(jaar + 1) % 100:02}") if nummer == "00" else None
    return parse_periode(code)
