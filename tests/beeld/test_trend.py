"""The rows and the shape of a chart over time: labels that can be read, slopes, and no loose dots."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from zinrijen import BASIS, LATER, quarters

from app.beeld import charts, trend
from app.oordeel.trend import Lijn, Trend, description
from app.oordeel.vergelijken import regelgrens


def series(*waarden: float) -> tuple[Lijn, ...]:
    """Return one line per value, that ends there."""
    return tuple(Lijn(str(w), (BASIS, replace(LATER, waarde=w))) for w in waarden)


def marks(spec: charts.Spec) -> Iterator[charts.Spec]:
    """Yield what is drawn, also where it is in a group."""
    for laag in spec["layer"]:
        yield from marks(laag) if "layer" in laag else [laag]


def test_the_labels_of_many_lines_stand_beside_their_ends_and_apart() -> None:
    # Of 100 high: 70 and 69 end 2,3 pixels apart.
    rows = trend.table(Trend("x", "", "", "personen", series(70.0, 69.0, 100.0), ())).to_pylist()
    labels = {row["label"]: row for row in rows if row["label"]}
    (tekst,) = (laag for laag in marks(charts.line_spec("light", "personen", 3)) if laag["mark"].get("text") is None
                and laag["mark"]["type"] == "text")  # fmt: skip
    assert (tekst["mark"]["dx"], tekst["mark"]["align"]) == (8, "left")
    hoogten = [(100 - w) / 100 * charts.HOOGTE + labels[str(w)]["dy"] for w in (100, 70, 69)]
    assert min(b - a for a, b in pairwise(hoogten)) >= 14.9


def test_a_series_of_one_figure_is_no_dot_among_lines() -> None:
    los = Lijn("los", (LATER,))
    getekend, rest = trend.drawn(Trend("x", "", "", "personen", (*series(1.0), los), ()))
    assert ([li.naam for li in getekend.lijnen], [li.naam for li in rest.lijnen]) == (["1.0"], ["los"])


def test_how_much_a_long_series_usually_changes_is_an_area_from_the_year_before() -> None:
    """Seven earlier changes of 0.1 point: 0.4 at most, around the 6.4 % of a year before."""
    rijen = quarters(6.0, 5.5, 5.0, 6.5, 6.1, 5.4, 5.1, 6.4, 6.2, 5.3, 5.2, 6.9)
    lijn = Lijn("Nederland", rijen)
    grens = regelgrens.area(rijen, "aandeel", ())
    lang = Trend("x", "Verzuim", "", "aandeel", (lijn,), (), grens=grens)
    vlak = [rij for rij in trend.table(lang).to_pylist() if rij["laag"] == "grens"]
    assert [(rij["dag"], rij["waarde"], rij["boven"]) for rij in vlak] == [
        (trend.place(rijen[7]), pytest.approx(0.064), pytest.approx(0.064)),
        (trend.place(rijen[11]), pytest.approx(0.060), pytest.approx(0.068)),
    ]
    uitleg = "Zoveel verandert dit cijfer in een jaar meestal hoogstens: 0,4 procentpunt"
    assert uitleg in trend.legend(lang)
    assert uitleg in description(lang)
    assert uitleg in trend.as_svg(lang, "publicatie X").decode()
    kort = Trend("x", "Verzuim", "", "aandeel", (Lijn("Nederland", rijen[1:]),), ())
    assert regelgrens.area(rijen[1:], "aandeel", ()) is None
    assert not trend.legend(kort)


def test_a_slope_has_named_moments_and_begins_at_nought_as_every_line_does() -> None:
    spec = charts.line_spec("light", "aandeel", 1, is_helling=True)
    assert spec["encoding"]["x"]["field"] == "moment"
    gewoon = charts.line_spec("light", "aandeel", 1)["encoding"]["y"]
    assert spec["encoding"]["y"] == gewoon
    assert gewoon["scale"]["zero"] is True


def test_a_point_is_read_out_in_the_words_of_the_page() -> None:
    beeld = Trend("x", "", "", "personen", series(70.0, 69.0), ())
    tekst = trend.as_svg(beeld, "publicatie X").decode()
    assert 'aria-label="70.0, ' in tekst
    assert "waarde: 70" not in tekst
