"""The chart of two moments: what it says where there is no change to tell."""

from __future__ import annotations

from dataclasses import replace

from zinrijen import BASIS, LATER

from app.beeld.onderwerp import tweepunts


def test_a_figure_that_is_not_shown_says_so_on_a_phone_too() -> None:
    verborgen = replace(LATER, waarde=None, status="onderdrukt")
    assert tweepunts._label((BASIS, verborgen), None, ()) == ("66%, niet getoond", "niet\ngetoond")
    assert tweepunts._label((BASIS, None), None, ()) == ("66%, geen cijfer", "geen\ncijfer")
