"""Telling beside counting on Mijn regio: the stories of the region itself and of what it belongs to."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from app.beeld.onderwerp import verhaalbeeld
from app.lezen import data
from app.lezen.onderwerp import verhaalrijen
from app.lezen.rijen import Kenmerk, Regio
from app.oordeel.overzicht import verhalen
from app.raam.vakken import onderdelen
from app.taal.opmaak import getal, telling
from pipelines.afspraken.codelijsten import LAND

_HOOGSTENS = 3


def show(merk: Kenmerk, regio: Regio, leden: Collection[str]) -> None:
    """Show a few stories from the region, its WGO or the regions it holds; without any, where to read others."""
    st.header("Verhalen", anchor=False)
    vandaag = data.publicatie(merk).gemaakt_op.date()
    plekken = {regio.regio_code, *leden, data.wgo_van_regio(merk, vandaag).get(regio.regio_code, regio.regio_code)}
    alle = verhaalrijen.alle(merk)
    eigen = [v for v in alle if v.regio_code in plekken]
    if not eigen:
        landelijk = sum(v.regio_code in ("", LAND) for v in alle)
        elders = f"{'is' if landelijk == 1 else 'zijn'} er {telling(landelijk, 'verhaal', 'verhalen')}"
        wel = f" Over heel Nederland {elders}." if landelijk else ""
        onderdelen.notice(f"Uit {regio.naam} is nog geen verhaal geleverd.{wel}")
        onderdelen.page_link("verhalen", "Alle verhalen, en hoe u er een toevoegt")
        return
    onderdelen.show(verhaalbeeld.as_html(verhalen.choose(eigen, _HOOGSTENS), data.regios(merk), kop="h3"))
    rest = len(eigen) - _HOOGSTENS
    label = f"Nog {getal(rest)} van hier, en alle andere verhalen" if rest > 0 else "Alle verhalen"
    onderdelen.page_link("verhalen", label)
