"""The chart of two moments: what it says where there is no change to tell."""

from __future__ import annotations

import html
from dataclasses import replace

from zinrijen import BASIS, LATER

from app.beeld.onderwerp import tweepunts


def test_a_figure_that_is_not_shown_says_so_on_a_phone_too() -> None:
    verborgen = replace(LATER, waarde=None, status="onderdrukt")
    assert tweepunts._label((BASIS, verborgen), None, ()) == ("66%, niet getoond", "niet\ngetoond")
    assert tweepunts._label((BASIS, None), None, ()) == ("66%, geen cijfer", "geen\ncijfer")


def test_two_figures_that_may_not_be_compared_are_said_to_be_so() -> None:
    verzonnen = replace(LATER, herkomst="synthetisch")
    assert tweepunts._label((BASIS, verzonnen), None, ())[0] == "66% en 68%"
    uitleg = "Staat er 'en' tussen twee cijfers"
    assert uitleg in html.unescape(str(tweepunts.notes({"A": (BASIS, verzonnen)}, {"A": "A"}, (), "aandeel")))
    assert uitleg not in html.unescape(str(tweepunts.notes({"A": (BASIS, LATER)}, {"A": "A"}, (), "aandeel")))
