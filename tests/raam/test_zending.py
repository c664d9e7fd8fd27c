"""What a run sends to the browser."""

from __future__ import annotations

import json

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from app.raam.zending import tighten


def test_a_chart_travels_without_blanks_and_says_the_same() -> None:
    bericht = ForwardMsg()
    bericht.delta.new_element.vega_lite_chart.spec = json.dumps({"mark": "bar", "title": "naam: één, twee"})
    tighten(bericht)
    assert bericht.delta.new_element.vega_lite_chart.spec == '{"mark":"bar","title":"naam: één, twee"}'


def test_what_is_no_chart_stays_as_it_is() -> None:
    bericht = ForwardMsg()
    bericht.delta.new_element.html.body = "<p>a, b</p>"
    tighten(bericht)
    assert bericht.delta.new_element.html.body == "<p>a, b</p>"
    tighten(leeg := ForwardMsg())
    assert leeg.WhichOneof("type") is None
