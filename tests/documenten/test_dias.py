"""Slides: what belongs together stands on one slide."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from koersrijen import LAGER
from zinrijen import BASIS

from app.documenten import dias
from app.oordeel import zinnen
from app.oordeel.gesprek.dossier import Dossiercijfer


def part(naam: str, tekst: str, balans: str = "", **anders: str) -> Dossiercijfer:
    indicator = replace(LAGER, indicator_id=naam, titel=naam.capitalize(), balans=balans)
    return Dossiercijfer(indicator, replace(BASIS, **anders), None, tekst, "", f"waarom {naam}")  # type: ignore[arg-type]


KERN = [part("eerst", "1"), part("in", "30", "rest"), part("uit", "20", "rest"), part("rest", "10")]


def test_what_comes_in_goes_out_and_is_left_is_one_row_that_no_slide_can_cut() -> None:
    rijen = [(naam, eigen, waarom) for naam, _, eigen, _, waarom in dias.together(KERN)]
    assert rijen == [("Eerst", "1", "waarom eerst"), ("In, uit en rest", "30, 20 en 10", "waarom rest")]
    assert len(dias.together(KERN[:1])) == 1


@pytest.mark.parametrize("anders", [{"periode_naam": "2020"}, {"herkomst": "synthetisch"}])
def test_of_another_period_or_made_up_they_are_no_sum(anders: dict[str, str]) -> None:
    assert len(dias.together([*KERN[:3], part("rest", "10", **anders)])) == 4


def test_the_figures_are_told_from_both_sides_also_where_one_is_empty() -> None:
    goed, niet = replace(part("goed", "1"), kant=zinnen.GEWENST), replace(part("niet", "2"), kant=zinnen.NIET_GEWENST)
    assert dias.both_ways([goed, niet, part("onbekend", "3")]) == (
        "Gewenste kant op: goed. Niet: niet. Van 1 cijfer is het niet te zeggen."
    )
    assert dias.both_ways([niet]) == "Gewenste kant op: geen. Niet: niet."
    assert dias.both_ways(KERN) == "Van geen cijfer is te zeggen of het beter of slechter gaat."


def test_effects_are_a_range_without_a_first_or_last_and_an_uncertain_one_is_no_end_of_it() -> None:
    waarden = {
        "a": (0.3, "beschikbaar"),
        "b": (0.9, "indicatief"),
        "c": (0.1, "beschikbaar"),
        "d": (0.2, "beschikbaar"),
    }
    kaarten = {n: replace(LAGER, indicator_id=n, titel=n, pijler="basis", schakel="effect") for n in waarden}
    land = {n: (replace(BASIS, indicator_id=n, waarde=w, status=s),) for n, (w, s) in waarden.items()}
    gegevens = SimpleNamespace(indicatoren=kaarten, land=land, van_wgo={}, eigen={})
    effecten = dias._effects(gegevens)  # type: ignore[arg-type]
    assert [u.indicator.titel for u, _ in effecten] == ["a", "c"]
    assert (
        dias._range(effecten) == "Effecten van het programma in Nederland: genoemd door 10% tot 30% van de organisaties"
    )
    assert dias._range(effecten[:1]) == "Effecten van het programma in Nederland: genoemd door 30% van de organisaties"
