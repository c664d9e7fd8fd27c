"""Eén cijfer: everything there is of one indicator, and the place where every figure of the app leads."""

from __future__ import annotations

import streamlit as st

from app.beeld.markup import tag
from app.lezen import data
from app.lezen.catalogus import first_of
from app.lezen.rijen import Indicator, Kenmerk
from app.oordeel.cijfer import Cijferkeuze
from app.raam.keuze import selectie
from app.raam.vakken import leeg, onderdelen
from app.schermen.indicator import gebieden, kaartje, model, reeks, verder
from pipelines.afspraken.codelijsten import Niveau, Plek


def show(merk: Kenmerk) -> None:
    """Show one indicator: how it moves, where, per branche, what it is, where it comes from, and the way on."""
    indicator = _choose(merk)
    if indicator is None:
        onderdelen.page_head("Eén cijfer")
        onderdelen.notice("Er zijn nog geen indicatoren.")
        return
    st.set_page_config(page_title=f"{indicator.titel} | Regiomonitor")
    onderdelen.page_head(indicator.titel)
    onderdelen.show(
        tag(
            "p",
            indicator.vraag,
            " ",
            onderdelen.jump("Definitie en bron", kaartje.PLEK),
            klasse="rm-onder rm-vraagregel",
        )
    )
    if indicator.te_bevestigen:
        onderdelen.notice("Te bevestigen: de eigenaar van de bron heeft deze definitie nog niet bevestigd.")
    keuze = reeks.choose(merk, indicator, selectie.met_voorbeeld())
    if keuze is None:
        leeg.show(merk, "Van dit cijfer is er nog niets echts te laten zien.", Niveau.LAND, indicator.indicator_id)
    else:
        _show_figures(merk, keuze)
    kaartje.show(merk, indicator)
    verder.show(merk, indicator, keuze.regio.regio_code if keuze else "")


def _show_figures(merk: Kenmerk, keuze: Cijferkeuze) -> None:
    niveau = ""
    if gebieden.levels(merk, keuze):
        # A made-up map does not stand beside a real line as if the two could be compared.
        niveaus = gebieden.levels(merk, keuze)
        is_apart = gebieden.differs_in_origin(keuze) or not any(gebieden.has_map(keuze, n) for n in niveaus)
        links, rechts = (st.container(), st.container()) if is_apart else st.columns([3, 2], gap="large")
        with links:
            reeks.show(merk, keuze)
        with rechts:
            niveau = gebieden.choose_level(merk, keuze)
            gebieden.show_map(merk, keuze, niveau)
    else:
        reeks.show(merk, keuze)
    gebieden.show_table(merk, keuze, niveau)
    gebieden.show_answers(keuze)
    gebieden.show_branches(merk, keuze)
    gebieden.show_educations(keuze)
    model.show(merk, keuze)


def _choose(merk: Kenmerk) -> Indicator | None:
    """Return the indicator of the link, else the one chosen before on another page, else the first of all choices."""
    alle = data.indicatoren(merk)
    if not alle:
        return None
    eerste = first_of(alle, Plek.KEUZE, alle) or next(iter(alle))
    naam = selectie.resolve("indicator", alle, eerste)
    selectie.write_down("indicator", naam)
    return alle[naam]
