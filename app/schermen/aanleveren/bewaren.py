"""The last step of a delivery: of which period and for whom it is, what it would change, and then filing it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

import streamlit as st

from app.lezen.rijen import Kenmerk
from app.raam import loket
from app.raam.vakken import onderdelen
from app.schermen.aanleveren import uitkomst

# What the answers to questions about one file are kept under, so that a choice elsewhere does not ask again.
ANTWOORDEN = "lever_antwoorden"
# How many files this reader filed.
KEER = "lever_keer"
# What was tried last, and what came of it.
_PROEF = "lever_proef"
_OPEN, _VERTROUWELIJK = "Nee, iedereen mag ze zien", "Ja, zij gaan over herkenbare personen of werkgevers"


def show_file(merk: Kenmerk, bestand: tuple[str, bytes], velden: Mapping[str, object], gekeurd: loket.Antwoord) -> None:
    """Show the fields of the last step, the trial, and the button that files; without a trial only by that name."""
    with st.form("lever_bewaar", border=False):
        periode = st.text_input("Periode van deze levering", value="".join(gekeurd["perioden"][-1:]),
                                help="2021, 2021KW03, 2021MM04, 2020/21 of een datum")  # fmt: skip
        wie: str | None = _OPEN
        if gekeurd["kan_vertrouwelijk"]:
            wie = st.radio("Zijn deze cijfers vertrouwelijk?", (_OPEN, _VERTROUWELIJK), index=None,
                           help="Een vertrouwelijk cijfer is er alleen waar genoeg werkgevers samen zijn.")  # fmt: skip
        vraag = {**velden, "periode": periode, "vertrouwelijk": wie == _VERTROUWELIJK}
        geproefd = _tried(bestand, vraag)
        with st.container(horizontal=True):
            probeer = st.form_submit_button("Wat zou er veranderen?", type="secondary" if geproefd else "primary")
            naam = "Bewaar als nieuwe versie" if geproefd else "Bewaar zonder proef"
            bewaar = st.form_submit_button(naam, type="primary" if geproefd else "secondary")
    if (probeer or bewaar) and wie is None:
        onderdelen.notice("Zeg eerst of deze cijfers vertrouwelijk zijn.")
        return
    if probeer:
        antwoord = follow("proef", bestand, **vraag)
        if "aantallen" not in antwoord:
            uitkomst.show_refusal(antwoord)
            return
        st.session_state[_PROEF] = (key(bestand, vraag), antwoord)
        # The button that files says by its name whether this was tried.
        st.rerun()
    if geproefd:
        uitkomst.show_trial(merk, geproefd)
    if bewaar:
        _file(bestand, vraag)


def _tried(bestand: tuple[str, bytes], vraag: Mapping[str, object]) -> loket.Antwoord | None:
    """Return what came of the trial of exactly this; None where the last one was of something else."""
    sleutel, antwoord = st.session_state.get(_PROEF, ("", None))
    return antwoord if sleutel == key(bestand, vraag) else None


def key(bestand: tuple[str, bytes] | None, vraag: Mapping[str, object]) -> str:
    """Return what tells one question about one file from every other."""
    return json.dumps([bestand and digest(bestand), vraag], default=str)


def digest(bestand: tuple[str, bytes]) -> str:
    """Return what tells one file from every other, by its name and its bytes."""
    return hashlib.sha256(bestand[0].encode(errors="replace") + b"\0" + bestand[1]).hexdigest()


def _file(bestand: tuple[str, bytes], vraag: Mapping[str, object]) -> None:
    with st.spinner("Bezig met bewaren.", show_time=True):
        antwoord = loket.ask("accept", bestand, **vraag)
    if "plek" not in antwoord:
        uitkomst.show_refusal(antwoord)
        return
    st.session_state["lever_bewaard"] = [*st.session_state.get("lever_bewaard", []), antwoord["plek"]]
    # Another delivery may be read as this one was, in a field that is empty again.
    st.session_state.pop(ANTWOORDEN, None)
    st.session_state.pop(_PROEF, None)
    st.session_state[KEER] = st.session_state.get(KEER, 0) + 1
    st.rerun()


def follow(wat: str, bestand: tuple[str, bytes] | None = None, **velden: object) -> loket.Antwoord:
    """Return the answer to what takes minutes, with the step that is under way shown meanwhile."""
    with st.status("Bezig met beginnen…") as stand:
        antwoord = loket.follow(lambda stap: stand.update(label=f"{stap}…"), wat, bestand, **velden)
        # Else the last step stands there as if it were still under way.
        stand.update(label="Klaar")
    return antwoord
