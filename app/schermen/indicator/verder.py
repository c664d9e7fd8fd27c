"""What a reader takes along of one indicator, and the way on: figures like it, its region, what was told of it."""

from __future__ import annotations

import streamlit as st

from app.beeld.markup import join, tag
from app.lezen import data
from app.lezen.rijen import Indicator, Kenmerk
from app.raam.keuze import selectie
from app.raam.vakken import onderdelen
from app.uitgave.vorm.vormen import VORMEN
from pipelines.afspraken.codelijsten import LAND, MET_PAGINA

_HOOGSTENS = 8


def show(merk: Kenmerk, indicator: Indicator, regio_code: str) -> None:
    """Show every form to download, and links to what is near."""
    if not data.publicatie(merk).is_concept:
        # At the addresses of open data a concept does not exist: they would give the publication of now.
        _show_open_data(merk, indicator)
    _show_on(merk, indicator, regio_code)


def _show_open_data(merk: Kenmerk, indicator: Indicator) -> None:
    st.header("Meenemen", anchor=False)
    pub = data.publicatie(merk)
    vragen = f"?publicatie={pub.publicatie_id}" if pub.nu else ""
    links = join(
        tag("li", tag("a", vorm.titel, href=f"/data/v1/indicatoren/{indicator.indicator_id}.{naam}{vragen}",
                      download=""), f" {vorm.uitleg}")
        for naam, vorm in VORMEN.items()
    )  # fmt: skip
    onderdelen.show(tag("p", "Alle echte cijfers van deze indicator, alle gebieden en perioden:", klasse="rm-onder"))
    onderdelen.show(tag("ul", links, klasse="rm-noten"))
    citaat = f"{indicator.titel}. {pub.tekst}."
    feed = tag("a", "Volg wat er verandert", href=f"/data/v1/indicatoren/{indicator.indicator_id}.atom", target="_self")
    onderdelen.show(tag("p", f"Noem bij gebruik: {citaat} ", feed, " in een nieuwslezer (Atom).", klasse="rm-onder"))


def _show_on(merk: Kenmerk, indicator: Indicator, regio_code: str) -> None:
    st.header("Verder", anchor=False)
    onderdelen.show(tag("ul", join(tag("li", punt) for punt in _near(merk, indicator)), klasse="rm-verder"))
    if regio_code not in ("", LAND):
        naam = data.regios(merk)[regio_code].naam
        if data.regios(merk)[regio_code].niveau in MET_PAGINA:
            onderdelen.page_link("regio", f"Hoe staat {naam} ervoor?", regio=regio_code)
    if indicator.actielijn or indicator.pijler:
        onderdelen.page_link(
            "verhalen", "Verhalen hierbij", actielijn="" if indicator.pijler else indicator.actielijn,
            pijler=indicator.pijler,
        )  # fmt: skip


def _near(merk: Kenmerk, indicator: Indicator) -> list[object]:
    """Return links to the indicators of the same line of action, or of the same pijler and link in its chain."""
    alle = [i for i in data.indicatoren(merk).values() if i.indicator_id != indicator.indicator_id]
    if indicator.actielijn:
        bij = [i for i in alle if i.actielijn == indicator.actielijn]
    else:
        bij = [i for i in alle if not i.actielijn and (i.pijler, i.schakel) == (indicator.pijler, indicator.schakel)]
    return [selectie.wijzer().evidence(i.titel, i) for i in bij[:_HOOGSTENS]]
