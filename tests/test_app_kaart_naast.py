"""Two maps beside each other: what a link asks for, and what may not be put there."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_app_schermen import run, text


@pytest.fixture(autouse=True)
def omgeving(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(warehouse))


def subheads(scherm) -> list[str]:
    return [e.value for e in scherm.subheader]


def test_two_periods_of_one_indicator_with_the_same_classes() -> None:
    scherm = run("kaart", indicator="dekkingsgraad", niveau="wgo", regio="WGO06", vergelijk="periode:2019")
    titels = subheads(scherm)
    assert len(titels) == 2
    assert all(t.startswith("Dekkingsgraad: van") for t in titels)
    assert titels[0] != titels[1]
    legenda = [e.proto.body for e in scherm.get("html") if 'class="rm-legenda"' in e.proto.body]
    assert len(legenda) == 2
    assert legenda[0] == legenda[1]
    assert "Dekkingsgraad in Sigra" in text(scherm)


def test_another_indicator_in_the_same_areas() -> None:
    scherm = run("kaart", indicator="dekkingsgraad", niveau="arbeidsmarktregio", vergelijk="indicator:tekort_verwacht")
    assert [t.split(":")[0] for t in subheads(scherm)] == ["Dekkingsgraad", "Verwacht tekort"]


@pytest.mark.parametrize("kwaad", ["periode:1066", "indicator:<script>", "indicator:dekkingsgraad", "x"])
def test_what_cannot_stand_beside_it_is_left_out_and_said(kwaad: str) -> None:
    scherm = run("kaart", indicator="dekkingsgraad", niveau="wgo", vergelijk=kwaad)
    assert scherm.header
    assert "voor de kaart ernaast iets dat hier niet bestaat" in text(scherm)
    assert "script" not in text(scherm)
