"""The chosen region beside the map: over time in one kind of period, that of the map."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from koersrijen import LAGER
from zinrijen import BASIS, LATER

from app.lezen.rijen import Regio
from app.oordeel.kaart.kaartkeuze import Kaartkeuze
from app.schermen.kaart.regio_detail import lines

TWENTE = Regio("RA0205", "arbeidsmarktregio", "Twente", "", None, None, "", None, None)
JAREN = [replace(r, regio_code="RA0205", niveau="arbeidsmarktregio") for r in (BASIS, LATER)]
KWARTALEN = [
    replace(r, periode=f"{r.periode}KW04", periode_soort="kwartaal", begin=date(r.begin.year, 10, 1)) for r in JAREN
]


def test_years_and_quarters_are_not_one_line() -> None:
    alle = (*JAREN, *KWARTALEN)
    keuze = Kaartkeuze(LAGER, "arbeidsmarktregio", "", "", "TOTAAL", LATER.periode, alle)
    assert [list(lijn.rijen) for lijn in lines(keuze, TWENTE)] == [JAREN]
    assert [list(lijn.rijen) for lijn in lines(replace(keuze, periode="2021KW04"), TWENTE)] == [KWARTALEN]
