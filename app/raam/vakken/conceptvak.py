"""What stands above every page of a publication that is not released: that it is not, and how to have it released."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app.beeld.markup import tag
from app.lezen.rijen import Kenmerk
from app.logboek.deur import LogboekError
from app.logboek.regel import Daad
from app.raam.keuze import selectie
from app.raam.vakken import onderdelen
from app.raam.wie import lezer, vastleggen
from app.rollen.lezer import Lezer
from app.rollen.rechten import Recht
from app.taal.moment import moment_text, read_moment
from pipelines.afspraken.warehouse import concept
from pipelines.afspraken.warehouse.concept import Concept, Persoon, VierOgenError


def banner(merk: Kenmerk) -> None:
    """Say that this is a concept and how far its release is; nothing above a publication that is released."""
    pad = Path(merk[0])
    if not concept.is_concept(pad):
        return
    klaar = concept.concepts(pad.parents[2]).get(pad.parent.name)
    if klaar is None:
        return
    with st.container(key="rm-concept"):
        reden = concept.why_not(pad.parents[2], klaar)
        stand = f"{_state(klaar)} Zij kan zo niet vrijkomen. {reden}" if reden else _state(klaar)
        tekst = f" Deze publicatie ({klaar.publicatie_id}) is niet vrijgegeven: deel er niets uit. {stand}"
        onderdelen.show(tag("p", tag("strong", "Concept."), tekst, klasse="rm-melding", role="status"))
        if lezer.may(Recht.VRIJGEVEN):
            _offer(klaar, _person(lezer.current()))
        st.button("Naar de nieuwste", key="concept_uit", on_click=selectie.leave_earlier)


def _state(klaar: Concept) -> str:
    if klaar.vanaf is None or klaar.gevraagd_door is None:
        return "Vrijgave is nog niet gevraagd."
    wanneer, vrager = moment_text(klaar.vanaf), klaar.gevraagd_door.naam
    if klaar.vrijgegeven_door:
        return f"Zij komt vrij op {wanneer}, gevraagd door {vrager}, vrijgegeven door {klaar.vrijgegeven_door.naam}."
    return f"{vrager} vraagt vrijgave vanaf {wanneer}; iemand anders geeft haar vrij."


def _person(wie: Lezer) -> Persoon:
    return Persoon(wie.naam, wie.account, wie.aanbieder)


def _offer(klaar: Concept, wie: Persoon) -> None:
    """Offer to agree with what somebody else asked, and to ask anew: that also takes an agreement back."""
    if not wie.naam:
        onderdelen.notice("Vrijgeven doen twee mensen die zich aanmelden; op deze computer meldt niemand zich aan.")
        return
    if not wie.is_known:
        onderdelen.notice("Vrijgeven kan hier niet: uw aanbieder zegt niet welk account u hebt (sub).")
        return
    vrager = klaar.gevraagd_door
    if klaar.vanaf and vrager and not klaar.vrijgegeven_door and not vrager.is_same(wie):
        naam = f"Geef vrij vanaf {moment_text(klaar.vanaf)}"
        st.button(naam, key="concept_vrij", on_click=_agree, args=(klaar,))
    with st.form("concept_vraag", border=False):
        st.text_input("Vrijgeven vanaf (Nederlandse tijd)", placeholder="31-12-2026 06:00", key="concept_vanaf")
        if st.form_submit_button("Vraag vrijgave"):
            _ask(klaar, str(st.session_state["concept_vanaf"]))


def _ask(klaar: Concept, tekst: str) -> None:
    # Asked again: between drawing the page and pressing, a role may be gone.
    if not lezer.may(Recht.VRIJGEVEN):
        return
    try:
        vanaf = read_moment(tekst)
        with vastleggen.recorded(Daad.VRIJGAVE_GEVRAAGD, f"{klaar.publicatie_id} {vanaf.isoformat()}"):
            concept.ask(klaar, _person(lezer.current()), vanaf)
    except (ValueError, LogboekError) as fout:
        onderdelen.notice(str(fout))
        return
    st.rerun()


def _agree(klaar: Concept) -> None:
    if not lezer.may(Recht.VRIJGEVEN) or klaar.vanaf is None:
        return
    try:
        with vastleggen.recorded(Daad.VRIJGAVE_GEGEVEN, f"{klaar.publicatie_id} {klaar.vanaf.isoformat()}"):
            concept.agree(klaar, _person(lezer.current()))
    except VierOgenError:
        selectie.say_instead("Dit is niet vrijgegeven: het is intussen anders gevraagd, of u vroeg het zelf.")
    except LogboekError as fout:
        selectie.say_instead(str(fout))
