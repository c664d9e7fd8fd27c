"""What there is of a source: every version with the publications that rest on it, and withdrawing one in two steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st

from app.beeld.markup import table, tag
from app.lezen.rijen import Resultaat
from app.raam import loket
from app.raam.vakken import onderdelen
from app.schermen.aanleveren import uitkomst
from app.taal.opmaak import datum, getal

if TYPE_CHECKING:
    from pipelines.afspraken.contract import Bron

Versie = Mapping[str, Any]
_KOP = ("Levering", "Leverancier", "Periode", "Ontvangen", "Stand")
# What is about to be withdrawn, until the reader says yes or no.
_WEG = "lever_weg"


def show(bron: Bron, versies: Sequence[Versie]) -> None:
    """Show every version of this source, the newest first, and offer to withdraw one that counts."""
    st.header("Wat er al is van deze bron", anchor=False)
    if not versies:
        onderdelen.notice("Van deze bron is nog niets geleverd.")
        return
    rijen = [
        (v["levering"].partition("/")[2], v["leverancier"], v["periode"],
         datum(date.fromisoformat(v["ontvangen"])), state(v)) for v in versies
    ]  # fmt: skip
    titel = f"Leveringen van {bron.titel}"
    onderdelen.show(table(_KOP, rijen, bijschrift=titel))
    onderdelen.download(f"leveringen_{bron.naam}", titel, Resultaat(_KOP, tuple(rijen)))
    telt = [v["levering"] for v in versies if not v["ingetrokken"]]
    if telt:
        _withdraw(telt)


def state(versie: Versie) -> str:
    """Return whether a version counts, and which publications rest on it."""
    if versie["ingetrokken"]:
        return str(versie["ingetrokken"])
    publicaties = versie["publicaties"]
    if not publicaties:
        return "Bewaard; nog in geen publicatie"
    meer = len(publicaties) - 1
    ouder = f", en in {'1 eerdere' if meer == 1 else f'{getal(meer)} eerdere'}" if meer else ""
    return f"In publicatie {publicaties[0]}{ouder}"


def _withdraw(leveringen: Sequence[str]) -> None:
    """Ask which and why, then once more, and only then do it."""
    if (weg := st.session_state.get(_WEG)) and weg["levering"] in leveringen:
        _confirm(weg)
        return
    with st.expander("Een levering intrekken"):
        tekst = "Een ingetrokken levering blijft bewaard en telt niet meer mee. De reden staat bij de controles."
        onderdelen.show(tag("p", tekst))
        with st.form("lever_intrekken", border=False):
            levering = st.selectbox("Levering", leveringen, format_func=lambda naam: naam.partition("/")[2])
            reden = st.text_input("Waarom, in één zin")
            verder = st.form_submit_button("Trek in…")
        if verder and not reden.strip():
            onderdelen.notice("Schrijf eerst waarom.")
        elif verder:
            st.session_state[_WEG] = {"levering": levering, "reden": reden.strip()}
            st.rerun()


def _confirm(weg: Mapping[str, str]) -> None:
    onderdelen.notice(
        f"U trekt {weg['levering']} in, omdat: {weg['reden']}. Na de volgende bouw telt zij niet meer mee. "
        "Terugdraaien kan alleen door haar opnieuw aan te leveren."
    )
    with st.container(horizontal=True):
        ja, nee = st.button("Ja, trek in", key="lever_weg_ja", type="primary"), st.button("Nee", key="lever_weg_nee")
    if not ja and not nee:
        return
    del st.session_state[_WEG]
    if ja:
        antwoord = loket.ask("withdraw", levering=weg["levering"], reden=weg["reden"])
        if "intrekking" not in antwoord:
            uitkomst.show_refusal(antwoord)
            return
        gedaan = st.session_state.setdefault("lever_bewaard", [])
        gedaan.append(f"{weg['levering']}: ingetrokken")
        # What was known of the source is no longer so.
        st.session_state.pop("lever_antwoorden", None)
    st.rerun()
