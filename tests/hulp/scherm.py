"""Open one page under AppTest, by its script and a selection as a link has it, and read what it says."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest

SCHERM = """
import streamlit as st
from app.lezen import data; from app.raam import onderdelen, selectie
from app.schermen.{kamer} import pagina
selectie.start_run()
pagina.show(data.kenmerk())
for tekst in selectie.messages():
    onderdelen.notice(tekst)
"""

# The room of a page that is known by another name: that in its address.
KAMERS = {"landelijk_beeld": "landelijk", "mijn_regio": "regio", "voortgangsgesprek": "gesprek"}

VERBODEN = re.compile(r"significant|p-waarde|\bn/a\b|\bNone\b|\bnull\b|\bnan\b|Traceback", re.IGNORECASE)


def open_screen(script: str, **keuze: str) -> AppTest:
    """Return the page after its first run, in which nothing may go wrong."""
    scherm = AppTest.from_string(script, default_timeout=30)
    for sleutel, waarde in keuze.items():
        scherm.query_params[sleutel] = waarde
    scherm.run()
    assert not scherm.exception
    return scherm


def run(naam: str, **keuze: str) -> AppTest:
    """Return one page by its name, with a selection in the URL."""
    return open_screen(SCHERM.format(kamer=KAMERS.get(naam, naam)), **keuze)


def text(scherm: AppTest) -> str:
    """Return everything the page says."""
    delen = [e.value for soort in (scherm.title, scherm.header, scherm.subheader) for e in soort]
    delen += [e.proto.body for e in scherm.get("html")]
    return "\n".join(delen)
