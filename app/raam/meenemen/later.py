"""What a button makes when it is pressed, which is outside a run: of the publication that the page read, if it may."""

from __future__ import annotations

import contextvars
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from app.lezen import data
from app.lezen.publicatie import gekozen
from app.lezen.rijen import Kenmerk
from app.raam.wie import lezer
from app.rollen.rechten import Recht
from pipelines.afspraken.warehouse.bewaard import kept, withdrawn
from pipelines.afspraken.warehouse.concept import is_concept, own_publication
from pipelines.afspraken.warehouse.gaaf import newest_whole
from pipelines.afspraken.warehouse.verbinding import read_id


@dataclass(frozen=True)
class Vooraf:
    """What is not of the publication on the page, but of what one area sees of a concept: of which one, which area."""

    publicatie_id: str
    code: str


def later(maak: Callable[[], bytes], vooraf: Vooraf | None = None) -> Callable[[], bytes]:
    """Return what makes the file at the click: whether this reader may is asked again then, by the settings of then.

    Where a newer publication came since, what that hides is hidden in the file too.

    What it raises is a PermissionError: the role is gone, the session is over, the publication was withdrawn, or there
    is nothing to see before release any more.
    """
    merk, koekjes = data.kenmerk(), dict(st.context.cookies)
    publicatie_id = data.publicatie(merk).publicatie_id
    recht = Recht.CONCEPT if is_concept(Path(merk[0])) else Recht.LEZEN
    hier = contextvars.copy_context()

    def _make() -> bytes:
        wie, warehouse = lezer.who(koekjes, time.time()), data.pad().parent
        if not wie.may(recht) or publicatie_id in withdrawn(warehouse):
            raise PermissionError(publicatie_id)
        if vooraf and not (wie.may(Recht.EIGEN_CONCEPT, vooraf.code) and _is_there(warehouse, vooraf)):
            raise PermissionError(vooraf.code)
        gekozen.hold(_as_of_now(merk, publicatie_id, warehouse))
        return maak()

    return lambda: hier.copy().run(_make)


def _as_of_now(merk: Kenmerk, publicatie_id: str, warehouse: Path) -> Kenmerk:
    """Return what tells this publication from others, read under the publication of this moment."""
    bewaard = kept(warehouse).get(publicatie_id)
    nu = newest_whole(warehouse)
    if is_concept(Path(merk[0])) or bewaard is None or nu is None or read_id(nu) == publicatie_id:
        return merk
    return data.kenmerk(bewaard)


def _is_there(warehouse: Path, vooraf: Vooraf) -> bool:
    bestand = own_publication(warehouse, vooraf.code)
    return bestand is not None and bestand.parents[1].name == vooraf.publicatie_id
