"""Open one page under AppTest, by its script and a selection as a link has it."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def open_screen(script: str, **keuze: str) -> AppTest:
    """Return the page after its first run, in which nothing may go wrong."""
    scherm = AppTest.from_string(script, default_timeout=30)
    for sleutel, waarde in keuze.items():
        scherm.query_params[sleutel] = waarde
    scherm.run()
    assert not scherm.exception
    return scherm
