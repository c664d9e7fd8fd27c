"""The rows and the shape of a chart over time: labels that can be read, slopes, and no loose dots."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from zinrijen import BASIS, LATER

from app.beeld import charts, trend
from app.oordeel.trend import Lijn, Trend


def series(*waarden: float) -> tuple[Lijn, ...]:
    """Return one line per value, that ends there."""
    return tuple(Lijn(str(w), (BASIS, replace(LATER, waarde=w))) for w in waarden)


def test_the_labels_of_many_lines_stand_beside_their_ends_and_apart() -> None:
    # Of 100 high: 70 and 69 end 2,3 pixels apart.
    rows = trend.table(Trend("x", "", "", "personen", series(70.0, 69.0, 100.0), ())).to_pylist()
    labels = {row["label"]: row for row in rows if row["label"]}
    assert {row["dx"] for row in labels.values()} == {8.0}
    hoogten = [(100 - w) / 100 * charts.HOOGTE + labels[str(w)]["dy"] for w in (100, 70, 69)]
    assert min(b - a for a, b in pairwise(hoogten)) >= 14.9


def test_a_series_of_one_figure_is_no_dot_among_lines() -> None:
    los = Lijn("los", (LATER,))
    getekend, rest = trend.drawn(Trend("x", "", "", "personen", (*series(1.0), los), ()))
    assert ([li.naam for li in getekend.lijnen], [li.naam for li in rest.lijnen]) == (["1.0"], ["los"])


def test_a_slope_has_named_moments_and_begins_at_nought_as_every_line_does() -> None:
    spec = charts.line_spec("light", "aandeel", 1, is_helling=True)
    assen = [laag["encoding"] for laag in spec["layer"] if "field" in laag.get("encoding", {}).get("x", {})]
    assert {a["x"]["field"] for a in assen} == {"moment"}
    lijn = charts.line_spec("light", "aandeel", 1)["layer"]
    gewoon = next(laag["encoding"]["y"] for laag in lijn if "y" in laag.get("encoding", {}))
    assert assen[0]["y"] == gewoon
    assert gewoon["scale"]["zero"] is True
