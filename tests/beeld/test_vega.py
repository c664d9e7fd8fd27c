"""Our own specs beside Altair's: what every chart of the monitor is, written by both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import altair
import pytest
from lang import some_of

from app.beeld import charts
from app.beeld.gebieden import Ligging
from app.beeld.kaart import kaartgrafiek, kaartstaven
from app.beeld.kaart.kaartstaven import Vorm
from app.beeld.onderwerp import budgetgrafiek, knopgrafiek
from app.beeld.tekening import pixels

ALLES = Vorm(28, (0.0, 0.77), False, True, True, True, True, True)
WEINIG = Vorm(13, (-1.0, 1.0), True, False, False, False, False, False)
LIGGING = Ligging("/kaart/x.topojson", 5000.0, (1.0, 2.0), 447)
SOORTEN: dict[str, Callable[[], dict[str, Any]]] = {
    "punten": lambda: charts.dumbbell_spec.__wrapped__("light", 10, 0.4, True),
    "punten zonder begin": lambda: charts.dumbbell_spec.__wrapped__("dark", 3, 1.0, False),
    "lijnen": lambda: charts.line_spec.__wrapped__("light", "cijfer", 3),
    "helling": lambda: charts.line_spec.__wrapped__("dark", "", 1, is_helling=True, met_grens=True),
    "tegels": lambda: kaartgrafiek.map_spec.__wrapped__("light", 34.1, 447, True, True, True),
    "vlakken": lambda: kaartgrafiek.area_spec.__wrapped__("dark", LIGGING, False, True, True),
    "staven": lambda: kaartstaven.spec.__wrapped__("light", ALLES),
    "staven kaal": lambda: kaartstaven.spec.__wrapped__("light", WEINIG),
    "budget": lambda: budgetgrafiek.split_spec.__wrapped__("light", 5),
    "stroken": lambda: knopgrafiek.strip_spec.__wrapped__("light", 4),
    "waterval": lambda: knopgrafiek.waterfall_spec.__wrapped__("dark", 6),
    "vakken": lambda: pixels.spec.__wrapped__("light", 300.0),
}


def without_data(wat: object) -> object:
    """Return a spec without what Altair says in every chart: empty data, and that it is of Vega-Lite."""
    if isinstance(wat, dict):
        leeg = {"data": {"name": "empty"}}
        return {
            k: without_data(v)
            for k, v in wat.items()
            if (k, v) not in leeg.items() and k not in ("datasets", "$schema")
        }
    return [without_data(deel) for deel in wat] if isinstance(wat, list | tuple) else wat


@pytest.mark.lang
@pytest.mark.parametrize("soort", some_of(list(SOORTEN), 2))
def test_a_chart_is_what_altair_would_make_of_it(soort: str, monkeypatch: pytest.MonkeyPatch) -> None:
    eigen = SOORTEN[soort]()
    for module in (charts, kaartgrafiek, kaartstaven, budgetgrafiek, knopgrafiek, pixels):
        monkeypatch.setattr(module, "alt", altair)
    assert without_data(eigen) == without_data(SOORTEN[soort]())
