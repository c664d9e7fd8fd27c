"""The gap map: per indicator and kind of area what there is, and who could deliver the rest."""

from __future__ import annotations

import streamlit as st

from app import bewijs, onderdelen
from app.data import Kenmerk, Tabel
from app.markup import Html, table, tag
from app.opmaak import NIVEAU_WOORD, hoofdletter, opsomming

_NIETS = "niets"


def show(merk: Kenmerk) -> None:
    """Show the indicators under each other with what each kind of area has."""
    st.header("Wat er is en wat ontbreekt", anchor=False)
    tabel = bewijs.gaten(merk)
    if not tabel.rijen:
        onderdelen.notice("De publicatie zegt nog niet welke cijfers ontbreken.")
        return
    niveaus = [n for n in NIVEAU_WOORD if any(rij[2] == n for rij in tabel.rijen)]
    per_indicator: dict[str, dict[str, tuple[str, ...]]] = {}
    for _, titel, niveau, heeft, periode, leverancier, toelichting in tabel.rijen:
        per_indicator.setdefault(titel, {})[niveau] = (heeft, periode, leverancier, toelichting)
    leeg = sum(cel[0] == _NIETS for cellen in per_indicator.values() for cel in cellen.values())
    totaal = sum(len(cellen) for cellen in per_indicator.values())
    onderdelen.show(
        tag(
            "p",
            f"Van de {totaal} combinaties van indicator en soort gebied hebben er {totaal - leeg} cijfers. Bij de "
            "andere staat wie ze zou kunnen leveren. Een streepje: daar hoort dit cijfer niet te bestaan.",
            klasse="rm-onder",
        )
    )
    koppen = ("Indicator", *(hoofdletter(NIVEAU_WOORD[n]) for n in niveaus), "Wie kan het ontbrekende leveren?")
    rijen = [
        (titel, *(_cell(cellen.get(n)) for n in niveaus), _suppliers(list(cellen.values())))
        for titel, cellen in per_indicator.items()
    ]
    onderdelen.show(table(koppen, rijen, bijschrift="Cijfers per indicator en soort gebied"))
    onderdelen.download("wat_ontbreekt", "Wat er is en wat ontbreekt", Tabel(tabel.kolommen, tabel.rijen))


def _cell(cel: tuple[str, ...] | None) -> Html | str:
    if cel is None:
        return "–"
    heeft, periode, *_ = cel
    if heeft == _NIETS:
        return tag("span", "ontbreekt", klasse="rm-gat")
    return tag("span", onderdelen.herkomst_badge(heeft), f" {periode}" if periode else "", klasse="rm-heeft")


def _suppliers(cellen: list[tuple[str, ...]]) -> str:
    """Return who could deliver what is missing or made up."""
    namen = dict.fromkeys(cel[2] for cel in cellen if cel[0] in (_NIETS, "synthetisch") and cel[2])
    return hoofdletter(opsomming(list(namen)))
