"""What stands above every page of a publication that is not released: that it is not, and how to have it released."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import streamlit as st

from app.beeld.markup import tag
from app.lezen.rijen import Kenmerk
from app.raam import lezer, onderdelen
from app.raam.keuze import selectie
from app.rollen.rechten import Recht
from pipelines.afspraken import concept
from pipelines.afspraken.concept import Concept, VierOgenError

_VORM = "%d-%m-%Y %H:%M"


def banner(merk: Kenmerk) -> None:
    """Say that this is a concept and how far its release is; nothing above a publication that is released."""
    pad = Path(merk[0])
    if not concept.is_concept(pad):
        return
    klaar = concept.concepts(pad.parents[2]).get(pad.parent.name)
    if klaar is None:
        return
    with st.container(key="rm-concept"):
        tekst = f" Deze publicatie ({klaar.publicatie_id}) is niet vrijgegeven: deel er niets uit. {_state(klaar)}"
        onderdelen.show(tag("p", tag("strong", "Concept."), tekst, klasse="rm-melding", role="status"))
        if lezer.may(Recht.VRIJGEVEN):
            _offer(klaar, lezer.current().naam)
        st.button("Naar de nieuwste", key="concept_uit", on_click=selectie.leave_earlier)


def _state(klaar: Concept) -> str:
    if klaar.vanaf is None:
        return "Vrijgave is nog niet gevraagd."
    wanneer = f"{klaar.vanaf.astimezone():{_VORM}}"
    if klaar.vrijgegeven_door:
        wie = f"gevraagd door {klaar.gevraagd_door}, vrijgegeven door {klaar.vrijgegeven_door}"
        return f"Zij komt vrij op {wanneer}, {wie}."
    return f"{klaar.gevraagd_door} vraagt vrijgave vanaf {wanneer}; iemand anders geeft haar vrij."


def _offer(klaar: Concept, wie: str) -> None:
    """Offer to agree with what somebody else asked, and to ask anew: that also takes an agreement back."""
    if not wie:
        onderdelen.notice("Vrijgeven doen twee mensen die zich aanmelden; op deze computer meldt niemand zich aan.")
        return
    if klaar.vanaf and not klaar.vrijgegeven_door and klaar.gevraagd_door != wie:
        naam = f"Geef vrij vanaf {klaar.vanaf.astimezone():{_VORM}}"
        st.button(naam, key="concept_vrij", on_click=_agree, args=(klaar,))
    with st.form("concept_vraag", border=False):
        st.text_input("Vrijgeven vanaf", placeholder="31-12-2026 06:00", key="concept_vanaf")
        if st.form_submit_button("Vraag vrijgave"):
            _ask(klaar, str(st.session_state["concept_vanaf"]))


def _ask(klaar: Concept, tekst: str) -> None:
    try:
        vanaf = datetime.strptime(tekst.strip(), _VORM).astimezone()
    except ValueError:
        onderdelen.notice("Schrijf het moment als 31-12-2026 06:00.")
        return
    # Asked again: between drawing the page and pressing, a role may be gone.
    if lezer.may(Recht.VRIJGEVEN):
        concept.ask(klaar, lezer.current().naam, vanaf)
        st.rerun()


def _agree(klaar: Concept) -> None:
    try:
        if lezer.may(Recht.VRIJGEVEN):
            concept.agree(klaar, lezer.current().naam)
    except VierOgenError:
        selectie.say_instead("Dit is niet vrijgegeven: het is intussen anders gevraagd, of u vroeg het zelf.")
