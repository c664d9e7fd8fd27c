"""Toegankelijkheid: what was tested, how, and what is not right yet."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
import yaml

from app.beeld.markup import join, table, tag
from app.lezen.rijen import Kenmerk, Resultaat
from app.raam.vakken import onderdelen

PAGINA = "toegankelijkheid"
_BESTAND = Path(__file__).with_name("toegankelijkheid.yml")


@dataclass(frozen=True)
class Stand:
    """What was tested, and every known shortcoming."""

    norm: str
    getest: tuple[tuple[str, str], ...]
    axe: tuple[tuple[str, str], ...]
    niet_goed: tuple[tuple[str, str, str, str], ...]
    niet_getest: tuple[str, ...]


@functools.cache
def state() -> Stand:
    """Return what app/schermen/toegankelijkheid/toegankelijkheid.yml says."""
    inhoud = yaml.safe_load(_BESTAND.read_text(encoding="utf-8"))
    return Stand(
        norm=inhoud["norm"],
        getest=tuple((t["wat"], t["hoe"]) for t in inhoud["getest"]),
        axe=tuple((r["regel"], r["waar"]) for r in inhoud["axe"]),
        niet_goed=tuple((p["wat"], p["wcag"], p["anders"], p["oorzaak"]) for p in inhoud["niet_goed"]),
        niet_getest=tuple(inhoud["niet_getest"]),
    )


def show(merk: Kenmerk) -> None:
    """Show the outcome first, then how it was tested, then what is not right."""
    stand = state()
    onderdelen.page_head("Toegankelijkheid")
    st.header(_title(stand), anchor=False)
    uitleg = f"De norm is {stand.norm}. Loopt u ergens op vast? Meld het bij wie deze monitor voor u beheert."
    onderdelen.show(tag("p", uitleg, klasse="rm-onder"))
    st.subheader("Wat nog niet goed is", anchor=False)
    koppen = ("Wat", "Regel van WCAG", "Wat u in plaats daarvan kunt doen", "Oorzaak")
    onderdelen.show(table(koppen, stand.niet_goed, bijschrift="Wat nog niet goed is"))
    onderdelen.download("toegankelijkheid", "Wat nog niet goed is", Resultaat(koppen, stand.niet_goed))
    if stand.axe:
        bijschrift = "Wat axe-core nog vindt"
        onderdelen.show(table(("Regel van axe", "Waar"), stand.axe, bijschrift=bijschrift))
        onderdelen.download("axe", bijschrift, Resultaat(("regel", "waar"), stand.axe))
    st.subheader("Wat is getest, en hoe", anchor=False)
    regels = [tag("details", tag("summary", wat), tag("p", hoe)) for wat, hoe in stand.getest]
    onderdelen.show(tag("div", join(regels), klasse="rm-zo"))
    st.subheader("Wat nog niet is getest", anchor=False)
    onderdelen.show(tag("ul", join(tag("li", wat) for wat in stand.niet_getest)))


def _title(stand: Stand) -> str:
    aantal = f"{len(stand.axe)} soorten fouten" if stand.axe else "geen fouten"
    return f"De automatische test vindt {aantal}; {len(stand.niet_goed)} punten zijn nog niet goed"
