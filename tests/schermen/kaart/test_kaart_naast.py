"""Two maps beside each other: what a link asks for, and what may not be put there."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from scherm import run, text

from app.beeld.onderwerp import cijferbeeld
from app.lezen import data
from app.oordeel import cijfer


@pytest.fixture(autouse=True)
def omgeving(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(warehouse))


def subheads(scherm) -> list[str]:
    return [e.value for e in scherm.subheader]


def legends(scherm) -> list[str]:
    """Return what each legend says of its colours."""
    legenda = [e.proto.body for e in scherm.get("html") if 'class="rm-legenda"' in e.proto.body]
    assert len(legenda) == 2
    return [html.split('<li><i class="rm-arc')[0] for html in legenda]


def test_two_periods_of_one_indicator_with_the_same_classes() -> None:
    scherm = run("kaart", indicator="dekkingsgraad", niveau="wgo", regio="WGO06", vergelijk="periode:2019")
    titels = subheads(scherm)
    assert len(titels) == 2
    assert set(titels) == {"Dekkingsgraad in 13 werkgeversorganisaties (voorbeelddata)"}
    assert len(set(legends(scherm))) == 1
    assert "dezelfde kleur hetzelfde cijfer" in text(scherm)
    assert "Van Sigra is er nog geen echt cijfer." in text(scherm)


# Shares of 5% to 8% beside shares of 52% to 77%: one unit, yet on one scale each map would be one flat colour.
def test_another_indicator_has_a_scale_of_its_own() -> None:
    scherm = run("kaart", indicator="dekkingsgraad", niveau="arbeidsmarktregio", vergelijk="indicator:verzuim")
    assert [t.split(" in ")[0] for t in subheads(scherm)] == ["Dekkingsgraad", "Ziekteverzuim"]
    assert len(set(legends(scherm))) == 2
    assert "elke kaart heeft een eigen kleurschaal. Vergelijk de kleuren niet" in text(scherm)


@pytest.mark.parametrize(
    "kwaad", ["periode:1066", "indicator:tekort_verwacht", "indicator:<script>", "indicator:dekkingsgraad", "x"]
)
def test_what_cannot_stand_beside_it_is_left_out_and_said(kwaad: str) -> None:
    scherm = run("kaart", indicator="dekkingsgraad", niveau="wgo", vergelijk=kwaad)
    assert scherm.header
    assert "voor de kaart ernaast iets dat hier niet bestaat" in text(scherm)
    assert "script" not in text(scherm)


def test_made_up_figures_have_no_difference_and_no_order_by_value() -> None:
    scherm = run("kaart", indicator="dekkingsgraad", niveau="wgo", vergelijk="verschil:periode:2019", volgorde="waarde")
    assert "voor de kaart ernaast iets dat hier niet bestaat" in text(scherm)
    assert "voor de volgorde iets dat hier niet bestaat" in text(scherm)
    keuzes = {s.label: s.options for s in scherm.selectbox}["Vergelijk met"]
    assert "Kaart ernaast: 2019" in keuzes
    assert not [keuze for keuze in keuzes if keuze.startswith("Verschil")]


# A mean of 7,0 has a share of the organisations behind each mark: 0,25 is 25%, and no mark of 0,3.
def test_the_share_that_gave_a_mark_is_drawn_as_a_share_on_each_map() -> None:
    keuze = {"indicator": "rapportcijfer", "niveau": "wgo", "categorie": "cijfer_8", "regio": "WGO06"}
    een, twee = (run("kaart", **keuze, **anders) for anders in ({}, {"vergelijk": "indicator:dekkingsgraad"}))
    for scherm in (een, twee):
        legenda = next(e.proto.body for e in scherm.get("html") if 'class="rm-legenda"' in e.proto.body)
        assert re.search(r"\d%</li>", legenda)
        assert "Eenheid: procent." in text(scherm)


def test_the_map_of_one_figure_has_the_unit_of_its_series() -> None:
    merk = data.kenmerk()
    keuze = replace(cijfer.usual(merk, data.indicatoren(merk)["rapportcijfer"], "WGO06", True), categorie="cijfer_8")
    kaart = cijferbeeld.card(merk, keuze, "wgo")
    assert all(teken.tekst.count("%") == 2 for teken in kaart.plaatje.tekens if " tot " in teken.tekst)
    labels = [label for label in kaart.beeld.tabel["label"].to_pylist() if label and label[0].isdigit()]
    assert labels
    assert all(label.endswith("%") for label in labels)


def test_a_map_that_is_taken_along_says_whether_it_is_where_one_studies() -> None:
    merk = data.kenmerk()
    kaart = cijferbeeld.card(merk, cijfer.usual(merk, data.indicatoren(merk)["instroom_opleidingen"], "RA0101"),
                             "arbeidsmarktregio")  # fmt: skip
    assert "waar de opleiding staat" in kaart.plaatje.onder
