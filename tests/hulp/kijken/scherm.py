"""Open one page under AppTest, by its script and a selection as a link has it, and read what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from html import unescape
from pathlib import Path

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest, local_script_runner

# Every screen asks each installed package whether it brings components, which costs more than showing the page. They
# stay the same while tests run.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def _await_end(runner: local_script_runner.LocalScriptRunner, seconden: float) -> None:
    """Wait until the script has ended, without asking a thousand times a second: the script pays for each of those."""
    if (draad := runner._script_thread) is not None:
        draad.join(seconden)
    if not runner.script_stopped():
        runner.request_stop()
        runner.join()
        raise RuntimeError(f"Het scherm was na {seconden} seconden niet klaar.")


local_script_runner.require_widgets_deltas = _await_end

SCHERM = """
import importlib
import streamlit as st
from app.lezen import data; from app.raam.vakken import onderdelen; from app.raam.keuze import selectie
from app.raam.paginas import PAGINAS
selectie.start_run()
importlib.import_module("app.schermen." + PAGINAS["{pagina}"].scherm).show(data.kenmerk())
for tekst in selectie.messages():
    onderdelen.notice(tekst)
"""

# The address of a page that the tests know by its title.
ADRESSEN = {"landelijk_beeld": "landelijk", "mijn_regio": "regio", "gesprek": "voortgangsgesprek"}

VERBODEN = re.compile(r"significant|p-waarde|\bn/a\b|\bNone\b|\bnull\b|\bnan\b|Traceback", re.IGNORECASE)


def new_screen(script: str | Path, seconden: int = 30) -> AppTest:
    """Return a page before its first run, by its script or the file of it."""
    maak = AppTest.from_file if isinstance(script, Path) else AppTest.from_string
    return maak(str(script), default_timeout=seconden)


def open_screen(script: str | Path, open_: Sequence[str] = (), **keuze: str) -> AppTest:
    """Return the page after its first run, in which nothing may go wrong.

    In voorbeeldmodus unless the selection says otherwise: in what is shipped, that is where most is to see. What the
    reader opened before is named by its key.
    """
    scherm = new_screen(script)
    for sleutel in open_:
        scherm.session_state[sleutel] = True
    for sleutel, waarde in ({"voorbeeld": "1"} | keuze).items():
        scherm.query_params[sleutel] = waarde
    scherm.run()
    assert not scherm.exception
    return scherm


def run(naam: str, open_: Sequence[str] = (), **keuze: str) -> AppTest:
    """Return one page by its name, with a selection in the URL."""
    return open_screen(SCHERM.format(pagina=ADRESSEN.get(naam, naam)), open_, **keuze)


def text(scherm: AppTest) -> str:
    """Return everything the page says."""
    delen = [e.value for soort in (scherm.title, scherm.header, scherm.subheader) for e in soort]
    delen += [e.proto.body for e in scherm.get("html")]
    return "\n".join(delen)


def plain(scherm: AppTest) -> str:
    """Return what the page says without its tags."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text(scherm))))
