"""Reading a publication in before readers ask for it, in small steps: meanwhile they are answered as before."""

from __future__ import annotations

import contextlib
import time

from app.lezen import data
from app.lezen.geheugen import asked_about
from app.lezen.onderwerp import voorbeeld as voorbeeldmodus
from app.lezen.publicatie import openen
from app.lezen.rijen import Kenmerk
from app.lezen.verschil import vorige
from app.oordeel.overzicht import uitersten
from app.raam.zoeken import index
from pipelines.afspraken.codelijsten import LAND


def read_in(merk: Kenmerk, eerder: Kenmerk | None = None) -> None:
    """Read what every page begins with, and then what readers asked of the publication before.

    Of a first publication real figures alone, unless readers begin with made-up ones: `read_figures` reads those when
    there is time.
    """
    if eerder is None:
        read_figures(merk, voorbeeld=False)
        if voorbeeldmodus.is_usual(merk):
            read_figures(merk, voorbeeld=True)
        _read_beside(merk)
        return
    with openen.gently():
        for voorbeeld in (False, True):
            read_figures(merk, voorbeeld=voorbeeld)
        _read_beside(merk)
    ask_again(eerder, merk)


def read_figures(merk: Kenmerk, *, voorbeeld: bool) -> None:
    """Read every figure to show, and which levels have any."""
    data.niveaus_per_indicator(merk, voorbeeld)
    for indicator_id in data.indicatoren(merk):
        data.waarnemingen(merk, indicator_id, voorbeeld)


def _read_beside(merk: Kenmerk) -> None:
    index.places(merk)
    # Landelijk names the ends of every figure: too long a sum for who opens it first.
    uitersten.named(merk)
    # It also says what is new, as every region does.
    vorige.changes(merk, LAND)


def ask_again(eerder: Kenmerk, merk: Kenmerk) -> None:
    """Ask of a publication what was asked of the one before, with a rest after each answer as long as it took.

    All who read it would otherwise ask at once, and wait for each other.
    """
    for vraag in asked_about(eerder):
        begin = time.thread_time()
        # What is no longer there has no answer: whoever asks for it reads so.
        with contextlib.suppress(Exception):
            vraag(merk)
        time.sleep(time.thread_time() - begin)
