"""Bars of what is expected: every forecast on one scale, each with the year that it is about."""

from __future__ import annotations

import re
from dataclasses import replace

from zinrijen import BASIS

from app.beeld.onderwerp import kernkaartjes


def test_forecasts_stand_on_one_scale_and_a_range_reaches_to_its_upper_end() -> None:
    basis = replace(BASIS, indicator_id="verwacht_tekort", precisie="exact")
    rijen = [
        replace(basis, periode_naam="2022", uitsplitsing="prognose=2018", waarde=100_000, waarde_tot=125_000),
        replace(basis, periode_naam="2035", uitsplitsing="prognose=2025", waarde=250_000),
        replace(basis, periode_naam="2034", uitsplitsing="prognose=2024", waarde=0),
    ]
    html = str(kernkaartjes.forecasts(rijen, "personen"))
    # Of 250,000: 100,000 is 40%, whatever lies above it.
    assert re.findall(r"width:(\d+)%", html) == ["40", "100", "0"]
    assert re.findall(r"<strong>([^<]*)</strong>", html) == ["100.000 tot 125.000", "250.000", "0"]
    assert [naam.partition(":")[0] for naam in re.findall(r"<li><span>([^<]*)</span>", html)] == [
        "2022",
        "2035",
        "2034",
    ]
    alleen_bereik = str(kernkaartjes.forecasts(rijen[:1], "personen"))
    assert re.findall(r"width:(\d+)%", alleen_bereik) == ["80"]


def test_without_any_expected_shortage_no_bar_is_wider_than_nothing() -> None:
    html = str(kernkaartjes.forecasts([replace(BASIS, waarde=0.0)], "personen"))
    assert "width:0%" in html
