"""One step through time on Kaart: to the period before, to the one after, or all of them one after the other."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.beeld.markup import tag
from app.lezen.rijen import Waarneming
from app.oordeel.kaart.kaartkeuze import Kaartkeuze
from app.raam.keuze import selectie
from app.raam.vakken import onderdelen


def show(keuze: Kaartkeuze) -> None:
    """Show the steps; nothing where there is only one period with figures. After the newest comes the oldest."""
    perioden = with_figures(keuze.rows(keuze.niveau), keuze.periode)
    if len(perioden) < 2:
        return
    plek = perioden.index(keuze.periode)
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="rm-stappen"):
        _step("vorige", "Vorige", ":material/chevron_left:", perioden[plek - 1])
        # A button of our own: only the browser knows whether its reader wants anything to move.
        onderdelen.show(
            tag("button", "Afspelen", klasse="rm-afspelen", type="button", data_perioden=" ".join(perioden)),
            is_smal=True,
        )
        _step("volgende", "Volgende", ":material/chevron_right:", perioden[(plek + 1) % len(perioden)])


def with_figures(rijen: Sequence[Waarneming], nu: str) -> list[str]:
    """Return the periods with a figure, oldest first, of the same kind as the one of now; that one always."""
    soort = next((r.periode_soort for r in rijen if r.periode == nu), "")
    eind = {r.periode: r.eind for r in rijen if r.periode == nu or (r.waarde is not None and r.periode_soort == soort)}
    return sorted(eind, key=lambda periode: (eind[periode], periode))


def _step(naam: str, label: str, icoon: str, periode: str) -> None:
    st.button(label, icon=icoon, key=f"kaart_{naam}", on_click=selectie.set_value, args=("periode", periode))
