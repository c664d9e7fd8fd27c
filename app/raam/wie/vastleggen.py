"""What a page writes in the log of who saw or changed which confidential thing."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

import streamlit as st

from app.lezen import data
from app.logboek import deur
from app.logboek.deur import LogboekError, Verloop, Wie
from app.logboek.regel import Afloop, Daad
from app.logboek.waarover import Bekend
from app.raam.wie import lezer
from app.rollen.lezer import OP_DEZE_COMPUTER, Lezer

_HIER = "deze computer"
# What this visit has read already: a page is run again at every choice.
_GELEZEN = "vastgelegd"


def as_known(wie: Lezer) -> Wie:
    """Return a reader as the log knows one; at the computer itself nobody has a name."""
    return Wie(wie.naam, _HIER if wie == OP_DEZE_COMPUTER else ",".join(map(str, wie.rollen)))


def note(wie: Lezer, daad: Daad, waarover: str | Bekend = "", uitkomst: Afloop = Afloop.GELUKT) -> None:
    """Write down what this reader did.

    Raises:
        LogboekError: that cannot be done; do not go on.
    """
    deur.record(_warehouse(), as_known(wie), daad, waarover, uitkomst)


def recorded(daad: Daad, waarover: str | Bekend) -> AbstractContextManager[Verloop]:
    """Write down that who asks for this run begins something, and how it ends.

    Raises:
        LogboekError: the begin cannot be written; nothing was done.
    """
    return deur.recorded(_warehouse(), as_known(lezer.current()), daad, waarover)


def why_unread(waarover: str, daad: Daad = Daad.NOTITIES_GELEZEN) -> str:
    """Write down, once in a visit, that something confidential is read; returns why that cannot be done."""
    wie = lezer.current()
    gelezen: set[tuple[str, Daad, str]] = st.session_state.setdefault(_GELEZEN, set())
    if (wie.naam, daad, waarover) in gelezen:
        return ""
    try:
        note(wie, daad, waarover)
    except LogboekError as fout:
        return str(fout)
    gelezen.add((wie.naam, daad, waarover))
    return ""


def _warehouse() -> Path:
    return Path(data.pad()).parent
