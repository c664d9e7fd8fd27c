"""What a button makes when it is pressed, which is outside a run: of the publication that the page read, if it may."""

from __future__ import annotations

import contextvars
import time
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from app.lezen import data
from app.lezen.publicatie import gekozen
from app.raam.wie import lezer
from app.rollen.rechten import Recht
from pipelines.afspraken.warehouse.bewaard import withdrawn
from pipelines.afspraken.warehouse.concept import is_concept


def later(maak: Callable[[], bytes]) -> Callable[[], bytes]:
    """Return what makes the file at the click: whether this reader may is asked again then, by the settings of then.

    What it raises is a PermissionError: the role is gone, the session is over, or the publication was withdrawn.
    """
    merk, koekjes = data.kenmerk(), dict(st.context.cookies)
    publicatie_id = data.publicatie(merk).publicatie_id
    recht = Recht.CONCEPT if is_concept(Path(merk[0])) else Recht.LEZEN
    hier = contextvars.copy_context()

    def _make() -> bytes:
        if not lezer.who(koekjes, time.time()).may(recht) or publicatie_id in withdrawn(data.pad().parent):
            raise PermissionError(publicatie_id)
        gekozen.hold(merk)
        return maak()

    return lambda: hier.copy().run(_make)
