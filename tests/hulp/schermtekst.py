"""Reading a page that ran under AppTest."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest

SCHERM = """
import streamlit as st
from app.lezen import data; from app.raam import onderdelen, selectie
from app.schermen import {naam}
selectie.start_run()
{naam}.show(data.kenmerk())
for tekst in selectie.messages():
    onderdelen.notice(tekst)
"""


VERBODEN = re.compile(r"significant|p-waarde|\bn/a\b|\bNone\b|\bnull\b|\bnan\b|Traceback", re.IGNORECASE)


def run(naam: str, **keuze: str) -> AppTest:
    """Run one page with a selection in the URL."""
    scherm = AppTest.from_string(SCHERM.format(naam=naam), default_timeout=30)
    for sleutel, waarde in keuze.items():
        scherm.query_params[sleutel] = waarde
    scherm.run()
    assert not scherm.exception
    return scherm


def text(scherm: AppTest) -> str:
    """Return everything the page says."""
    delen = [e.value for soort in (scherm.title, scherm.header, scherm.subheader) for e in soort]
    delen += [e.proto.body for e in scherm.get("html")]
    return "\n".join(delen)
