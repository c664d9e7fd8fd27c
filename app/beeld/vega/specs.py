"""Specs of Vega-Lite, written the way Altair writes them, without what else Altair does and the time it takes to read.

Only what the charts of the monitor use is here, under Altair's own names; `tests/beeld/test_vega.py` holds both beside
each other. Nothing is checked: what it does not know, it writes down as it was said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

Spec = dict[str, Any]
_TYPEN = {"N": "nominal", "O": "ordinal", "Q": "quantitative", "T": "temporal", "G": "geojson"}
# Channels that lie on the scale of another one and say no type of their own.
_ZONDER_TYPE = ("x2", "y2")


def _said(**wat: object) -> Spec:
    """Return what was said, by name."""
    return dict(wat)


Axis = Scale = _said


def _field(kort: str, **wat: object) -> Spec:
    """Return a channel of a field: 'waarde:Q' is field waarde, which is quantitative."""
    veld, _, soort = kort.partition(":")
    return {"field": veld, **({"type": _TYPEN[soort]} if soort else {}), **wat}


X = Y = Fill = Stroke = StrokeDash = Shape = Size = Tooltip = Description = _field


def SortField(veld: str) -> Spec:
    """Return an order by another field."""
    return {"field": veld}


def EncodingSortField(veld: str, *, op: str) -> Spec:
    """Return an order by a sum of another field."""
    return {"field": veld, "op": op}


def ExprRef(som: str) -> Spec:
    """Return what the browser works out."""
    return {"expr": som}


def value(waarde: object) -> Spec:
    """Return a value that is the same for every row."""
    return {"value": waarde}


def condition(test: str, dan: Spec, anders: Spec) -> Spec:
    """Return one channel where a test holds, and another one elsewhere."""
    return {"condition": {"test": test, **dan}, **anders}


def selection_point(*, name: str, empty: bool, **wat: object) -> Spec:
    """Return what a reader chooses by pointing at it; what an empty choice means, only a condition would ask."""
    del empty
    return {"name": name, "select": {"type": "point", **wat}}


@dataclass(frozen=True)
class Chart:
    """One layer of a chart, or with `lagen` all of them; every step returns a new one."""

    delen: Spec = field(default_factory=dict)
    lagen: tuple[Chart, ...] = ()

    def _with(self, **delen: object) -> Chart:
        return replace(self, delen={**self.delen, **delen})

    def _transform(self, *stappen: Spec) -> Chart:
        return self._with(transform=[*self.delen.get("transform", ()), *stappen])

    def _mark(self, soort: str, eigenschappen: Spec) -> Chart:
        return self._with(mark={"type": soort, **eigenschappen})

    def mark_area(self, **wat: object) -> Chart:
        """Draw an area."""
        return self._mark("area", wat)

    def mark_bar(self, **wat: object) -> Chart:
        """Draw bars."""
        return self._mark("bar", wat)

    def mark_geoshape(self, **wat: object) -> Chart:
        """Draw regions of a map."""
        return self._mark("geoshape", wat)

    def mark_line(self, **wat: object) -> Chart:
        """Draw lines."""
        return self._mark("line", wat)

    def mark_point(self, **wat: object) -> Chart:
        """Draw points."""
        return self._mark("point", wat)

    def mark_rect(self, **wat: object) -> Chart:
        """Draw rectangles."""
        return self._mark("rect", wat)

    def mark_rule(self, **wat: object) -> Chart:
        """Draw straight lines."""
        return self._mark("rule", wat)

    def mark_text(self, **wat: object) -> Chart:
        """Draw texts."""
        return self._mark("text", wat)

    def encode(self, **kanalen: object) -> Chart:
        """Say by which fields of a row a mark is drawn."""
        nieuw = {naam: _channel(naam, wat) for naam, wat in kanalen.items()}
        return self._with(encoding={**self.delen.get("encoding", {}), **nieuw})

    def transform_filter(self, test: str) -> Chart:
        """Draw only the rows for which this holds."""
        return self._transform({"filter": test})

    def transform_calculate(self, **sommen: str) -> Chart:
        """Add fields that the browser works out."""
        return self._transform(*({"calculate": som, "as": naam} for naam, som in sommen.items()))

    def transform_aggregate(self, **sommen: str) -> Chart:
        """Take all rows together: 'count()' is how many there are."""
        paren = {naam: re.fullmatch(r"(\w+)\(\)", som) for naam, som in sommen.items()}
        return self._transform({"aggregate": [{"op": p[1], "as": naam} for naam, p in paren.items() if p]})

    def add_params(self, keuze: Spec) -> Chart:
        """Let a reader choose by this mark."""
        return self._with(params=[keuze])

    def properties(self, **wat: object) -> Chart:
        """Say how large a chart is, or what a layer is called."""
        return self._with(**wat)

    def to_dict(self) -> Spec:
        """Return the spec; what a reader may choose stands beside the layers and says in which of them."""
        kaal = [{naam: deel for naam, deel in laag.delen.items() if naam != "params"} for laag in self.lagen]
        keuzes = [
            {**keuze, "views": [laag.delen["name"]]} for laag in self.lagen for keuze in laag.delen.get("params", ())
        ]
        return {"layer": _apart(kaal), **self.delen, **({"params": keuzes} if keuzes else {})}


def _channel(naam: str, wat: object) -> object:
    if isinstance(wat, str):
        wat = _field(wat)
    if isinstance(wat, list):
        return [_channel(naam, deel) for deel in wat]
    return {k: v for k, v in wat.items() if k != "type"} if naam in _ZONDER_TYPE else wat  # type: ignore[attr-defined]


def _apart(wat: Any) -> Any:  # noqa: ANN401 - any part of a spec
    """Return a copy in which nothing is shared: what a spec leaves out of one layer stays in another."""
    if isinstance(wat, dict):
        return {naam: _apart(deel) for naam, deel in wat.items()}
    return [_apart(deel) for deel in wat] if isinstance(wat, list | tuple) else wat


def layer(*lagen: Chart) -> Chart:
    """Return layers over each other, the first at the bottom."""
    return Chart(lagen=lagen)
