"""The mapping step: what the monitor made of the columns and labels of a file, for a person to confirm."""

from __future__ import annotations

from typing import Any

import streamlit as st

from app.beeld.markup import tag
from app.raam import onderdelen
from pipelines.afspraken.contract import Bron, Tabel

_NIET = "niet lezen"
_KIES = "kies…"
_RIJ_WEG = "rij weglaten"


def choose(bron: Bron, voorstel: dict[str, Any], kenmerk: str) -> dict[str, Any] | None:
    """Return the mapping that the reader confirmed, as in kolommen.yml; nothing as long as there is none."""
    tabel = bron.tabellen[voorstel["tabel"]]
    sleutel = f"lever_kaart_{bron.naam}_{kenmerk}"
    st.header("Wat is wat?", anchor=False)
    onderdelen.show(
        tag("p", f"De monitor leest dit als de tabel met {tabel.rij}. Kijk na wat er staat, vul aan wat ontbreekt, en "
            "controleer. Bij een volgende levering hoeft dit niet weer.", klasse="rm-onder")
    )  # fmt: skip
    with st.form(f"{sleutel}_vorm"):
        koprij = None
        if voorstel["koprij"]:
            koprij = st.number_input("Rij met de kop", 1, 20, voorstel["koprij"], key=f"{sleutel}_kop")
        gekozen = _columns(tabel, voorstel, sleutel)
        waarden = _labels(voorstel, sleutel)
        vast = _fixed(tabel, voorstel, sleutel)
        if st.form_submit_button("Controleer", type="primary"):
            st.session_state[sleutel] = {tabel.naam: _mapping(koprij, gekozen, waarden, vast)}
    bevestigd: dict[str, Any] | None = st.session_state.get(sleutel)
    return bevestigd


def _columns(tabel: Tabel, voorstel: dict[str, Any], sleutel: str) -> dict[str, str]:
    """Show a choice per column of the file, and return what was chosen for each."""
    keuzes = [_NIET, *tabel.kolommen]
    gekozen = {}
    for nummer, kolom in enumerate(voorstel["kolommen"]):
        voorbeeld = f" (zoals {', '.join(kolom['voorbeelden'])})" if kolom["voorbeelden"] else ""
        nakijken = " · nakijken" if kolom["onze"] and not kolom["zeker"] else ""
        gekozen[kolom["hun"]] = st.selectbox(
            _plain(f"Kolom '{kolom['hun']}'{voorbeeld}{nakijken}"), keuzes,
            index=keuzes.index(kolom["onze"]) if kolom["onze"] in keuzes else 0, key=f"{sleutel}_k{nummer}",
        )  # fmt: skip
    return gekozen


def _labels(voorstel: dict[str, Any], sleutel: str) -> dict[str, dict[str, str]]:
    """Show a field per label that is no code, and return what was filled in."""
    waarden: dict[str, dict[str, str]] = {}
    for kolom, labels in voorstel["waarden"].items():
        st.markdown(f"**Labels in de kolom voor {kolom.replace('_', ' ')}** (een code, of: {_RIJ_WEG})")
        for nummer, label in enumerate(labels):
            nakijken = " · nakijken" if not label["zeker"] else ""
            code = st.text_input(_plain(f"'{label['label']}' is{nakijken}"), value=label["code"] or "",
                                 placeholder=_KIES, key=f"{sleutel}_w{kolom}{nummer}")  # fmt: skip
            if code.strip():
                waarden.setdefault(kolom, {})[label["label"]] = code.strip()
    return waarden


def _fixed(tabel: Tabel, voorstel: dict[str, Any], sleutel: str) -> dict[str, str]:
    """Show a field per column that the file does not have, and return what was filled in."""
    vast = {}
    if voorstel["ontbreekt"]:
        st.markdown("**Niet in het bestand: één waarde voor alle rijen**")
    for naam in voorstel["ontbreekt"]:
        lijst = tabel.kolommen[naam].lijst
        if lijst:
            waarde = st.selectbox(naam.replace("_", " "), ["", *lijst], key=f"{sleutel}_v{naam}")
        else:
            waarde = st.text_input(naam.replace("_", " "), key=f"{sleutel}_v{naam}").strip()
        if waarde:
            vast[naam] = waarde
    return vast


def _mapping(
    koprij: int | None, gekozen: dict[str, str], waarden: dict[str, dict[str, str]], vast: dict[str, str]
) -> dict[str, Any]:
    """Return the choices in the way of kolommen.yml."""
    kolommen = {hun: onze for hun, onze in gekozen.items() if onze != _NIET}
    delen: dict[str, Any] = {
        "koprij": str(koprij) if koprij else None,
        "kolommen": kolommen,
        "waarden": {kolom: deel for kolom, deel in waarden.items() if kolom in kolommen.values()},
        "vast": {naam: waarde for naam, waarde in vast.items() if naam not in kolommen.values()},
        "weglaten": [hun for hun, onze in gekozen.items() if onze == _NIET],
    }
    return {sleutel: deel for sleutel, deel in delen.items() if deel}


def _plain(tekst: str) -> str:
    r"""Return a text that Streamlit shows as it is: a label of a field is markdown, and a supplier's name is none."""
    return "".join(f"\\{teken}" if teken in r"\`*_{}[]()<>#+-.!|~$:^=@&" else teken for teken in tekst)
