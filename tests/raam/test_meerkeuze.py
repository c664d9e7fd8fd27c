"""A choice of several in the address: a comma stands between two, whatever the name of one of them holds."""

from __future__ import annotations

import pytest
from scherm import new_screen
from streamlit.testing.v1 import AppTest

MET_KOMMA, MET_TEKEN = "opleiding=Verzorgende, IG", "deel=50%, of 100%25"
SCHERM = f"""
import streamlit as st
from app.raam.keuze import meerkeuze, selectie
selectie.start_run()
opties = ["dekkingsgraad", "verzuim", {MET_KOMMA!r}, {MET_TEKEN!r}]
st.text("|".join(meerkeuze.choose("tellingen", "Telling", opties, str, hoogstens=4, uitleg="Hulp")))
for zin in selectie.messages():
    st.warning(zin)
"""


def _open(waarde: str) -> AppTest:
    scherm = new_screen(SCHERM)
    scherm.query_params["tellingen"] = waarde
    return scherm.run()


def test_what_has_a_comma_in_its_name_can_be_chosen_and_the_link_gives_it_back() -> None:
    scherm = _open("verzuim")
    scherm.multiselect[0].set_value(["verzuim", MET_KOMMA, MET_TEKEN]).run()
    adres = "".join(scherm.query_params["tellingen"])
    assert adres.count(",") == 2
    opnieuw = _open(adres)
    assert opnieuw.text[0].value == f"verzuim|{MET_KOMMA}|{MET_TEKEN}"
    assert not opnieuw.warning


@pytest.mark.parametrize("oud", ["dekkingsgraad,verzuim", "dekkingsgraad,,verzuim,"])
def test_an_old_link_still_chooses_what_it_did(oud: str) -> None:
    scherm = _open(oud)
    assert scherm.text[0].value == "dekkingsgraad|verzuim"
    assert not scherm.warning


def test_of_a_link_to_what_is_not_there_the_rest_is_shown_and_said() -> None:
    scherm = _open("verzuim,opleiding=Verzorgende, AG")
    assert scherm.text[0].value == "verzuim"
    assert "Niet alles wat u koos, is er hier." in scherm.warning[0].value
