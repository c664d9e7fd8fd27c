"""Why no outcome of a pijler stands first is said once, with how often, and not in every cell."""

from __future__ import annotations

from dataclasses import replace

import pytest
from zinrijen import BASIS

from app.lezen import data
from app.oordeel.enquete import Cijfer, Vraag
from app.oordeel.programma import pijlerwoorden


@pytest.fixture
def vraag(kleine_publicatie, monkeypatch):
    """Return what makes a question with one figure: its value and its status."""
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(kleine_publicatie))
    indicator = next(i for i in data.indicatoren(data.kenmerk()).values() if i.is_uitkomst)

    def make(waarde: float | None, status: str) -> Vraag:
        return Vraag(indicator, {"": Cijfer(gepubliceerd=replace(BASIS, waarde=waarde, status=status))}, "")

    return make


def test_reasons_are_counted_and_said_once(vraag):
    onzeker, weinig, vast = vraag(0.5, "indicatief"), vraag(None, "te_weinig"), vraag(0.6, "beschikbaar")
    ketens = {"basis": {"bereik": [vast], "effect": [onzeker]}, "innoveren": {"bereik": [onzeker], "effect": [weinig]}}
    assert pijlerwoorden.no_top_note(ketens) == (
        "Bij een streepje: alleen indicatieve cijfers, te onzeker om er één voorop te zetten (2 keer) en te weinig "
        "antwoorden (1 keer)."
    )
    assert pijlerwoorden.no_top_note({"basis": {"bereik": [vast]}}) == ""


def test_without_any_outcome_there_is_no_dash_to_explain(vraag):
    tekst = pijlerwoorden.no_top_note({"basis": {"bereik": [vraag(None, "te_weinig")]}})
    assert tekst == "Bij geen enkele pijler staat een uitkomst voorop: te weinig antwoorden (1 keer)."
