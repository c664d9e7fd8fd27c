"""The bars beside the map: one per region, in the order that the reader chooses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from app.beeld.charts import Spec
from app.beeld.kaart import kaartkeus, kaartstaven
from app.beeld.kaart.kaartbeeld import Beeld
from app.beeld.kaart.kaartvorm import Kaartcijfers
from app.beeld.later import pa
from app.beeld.plaatje import Plaatje
from app.beeld.stijl import Thema
from app.lezen import data
from app.lezen.rijen import Kenmerk, Waarneming
from app.oordeel.reeksen import VERGELIJKBAAR
from app.oordeel.vergelijken import volgorde
from app.raam.keuze import selectie
from app.raam.meenemen import downloads
from app.raam.vakken import onderdelen
from app.raam.weergave import theme
from pipelines.afspraken.codelijsten import AFWEZIG, LAND

_AAN = "staven_aan"
_UITLEG = (
    "Op waarde staan regio's alleen zover zij uit elkaar te houden zijn: door een toets, of omdat het volledige "
    "tellingen zijn. Binnen een groep is de volgorde die van de regio's zelf."
)


def show(
    merk: Kenmerk, cijfers: Kaartcijfers, beeld: Beeld, land: Waarneming | None, gekozen: str, plaatje: Plaatje
) -> None:  # fmt: skip
    """Show the bars, their order, and the style by which they and the map point at each other."""
    namen = {code: regio.naam for code, regio in cijfers.gebieden.items()}
    orde = selectie.field("volgorde", "Volgorde", volgorde.orders(cijfers.rijen), volgorde.LIGGING,
                          volgorde.VOLGORDEN.__getitem__, soort="knoppen")  # fmt: skip
    orde = orde.explained(_UITLEG)
    orde.show()
    eenheid = cijfers.indicator.eenheid
    groepen = volgorde.arrange(orde.waarde, namen, lambda: _by_value(merk, cijfers))
    stil = {code: soort for code in namen if (soort := cijfers.tile(code).soort) in AFWEZIG}
    groepen = volgorde.with_silent_counted(groepen, stil, cijfers.niveau)
    land = land if eenheid in VERGELIJKBAAR and not beeld.is_verschil else None
    tabel = kaartstaven.rows(beeld, cijfers, groepen, land)
    vorm = kaartstaven.shape_of(tabel, cijfers, beeld)

    def _spec(thema: Thema) -> Spec:
        return kaartstaven.spec(thema, vorm)

    # The same whatever is chosen, so that the browser need not draw it anew; what it is about is the title of the page.
    op_pagina = "Staafdiagram van dezelfde cijfers, één staaf per regio."
    alt = f"{op_pagina} {plaatje.titel}."
    with st.container(key=f"rm-{kaartstaven.STAVEN}", gap="small"):
        codes = kaartstaven.regions(tabel)
        _show_bars(beeld, tabel, _spec, op_pagina, codes, gekozen)
    onderdelen.show(kaartstaven.together_style(beeld, codes))
    downloads.picture_buttons(replace(plaatje, bestand=f"{plaatje.bestand}_staven"), _spec, tabel, alt, "staven")
    if gekozen in codes:
        onderdelen.show(kaartstaven.chosen_style(codes, gekozen))


def _by_value(merk: Kenmerk, cijfers: Kaartcijfers) -> list[volgorde.Rijgroep]:
    if cijfers.verschillen is not None:
        return volgorde.of_differences(cijfers.gebieden, cijfers.verschillen)
    return volgorde.of_figures(cijfers.gebieden, cijfers.rijen, cijfers.indicator.eenheid, data.verschillen(merk))


def _show_bars(
    beeld: Beeld, tabel: pa.Table, maak_spec: Callable[[Thema], Spec], alt: str, codes: Sequence[str], gekozen: str
) -> None:
    """Show the chart; a click on a bar chooses its region, and a second click lets go of it."""
    bij_staaf = {code: code for code in codes}

    def _clicked() -> None:
        nu = kaartkeus.shapes_on(st.session_state[kaartstaven.STAVEN].selection)
        code = kaartkeus.clicked_region(bij_staaf, st.session_state.get(_AAN, frozenset()), nu)
        if code:
            selectie.set_value("regio", LAND if code == gekozen else code)

    toestand = st.vega_lite_chart(
        tabel, maak_spec(theme()), width="stretch", theme=None, key=kaartstaven.STAVEN, on_select=_clicked,
        selection_mode=kaartkeus.KEUZE, alt=alt,
    )  # fmt: skip
    st.session_state[_AAN] = kaartkeus.shapes_on(toestand.selection)
