"""A region beside others: chosen by the link or on the page, and at most six together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from scherm import plain, run


@pytest.fixture(autouse=True)
def omgeving(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(warehouse))


REGIO = {"regio": "RA0101", "indicator": "instroom_opleidingen", "voorbeeld": "0"}


def test_the_link_puts_regions_beside_each_other() -> None:
    scherm = run("regio", **REGIO, met="RA0512,RA0308")
    tekst = plain(scherm)
    assert scherm.multiselect(key="kies_met").value == ["RA0512", "RA0308"]
    assert "Groningen, Utrecht en omgeving en Zuid-West Gelderland, schooljaar 2015/16 en schooljaar 2019/20" in tekst


def test_nothing_is_compared_before_the_reader_chooses() -> None:
    scherm = run("regio", **REGIO)
    assert scherm.multiselect(key="kies_met").value == []
    assert "Niet alles wat u koos" not in plain(scherm)
    scherm.multiselect(key="kies_met").select("RA0512").run()
    assert "Groningen en Utrecht en omgeving" in plain(scherm)
    assert scherm.query_params["met"] == "RA0512"


def test_what_is_no_region_here_is_left_out_of_the_address_and_said() -> None:
    scherm = run("regio", **REGIO, met="RA0512,<script>,WGO01,RA0101")
    assert scherm.query_params["met"] == "RA0512"
    assert "Niet alles wat u koos, is er hier." in plain(scherm)
    assert "<script>" not in plain(scherm)


def test_made_up_figures_stand_side_by_side_without_a_change_or_a_word_on_them() -> None:
    scherm = run("regio", regio="WGO01", indicator="dekkingsgraad", voorbeeld="1", met="WGO02")
    tekst = plain(scherm)
    assert "VOORBEELD" in tekst
    assert "aantoonbaar" not in tekst
    [branches] = [t.proto.body for t in scherm.get("html") if "per branche, 2021 (30 juni 2022)" in t.proto.body]
    koppen = re.findall(r"<th[^>]*>(?:<[^>]+>)*([^<]+)", branches)
    assert koppen[:3] == ["Branche", "ZorgpleinNoord", "WGV Zorg en Welzijn"]
