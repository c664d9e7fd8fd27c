"""The gap map: per indicator and kind of area what there is, and who could deliver the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, fields

import streamlit as st

from app.beeld import fragmenten
from app.beeld.markup import Html, join, tag
from app.lezen import plannen
from app.lezen.data import Kenmerk, Resultaat
from app.lezen.plannen import Gat
from app.raam import onderdelen
from app.schermen.verantwoording import lijst
from app.schermen.verantwoording.lijst import Lijst, Lijstregel
from app.taal.opmaak import NIVEAU_WOORD, hoofdletter, opsomming

_NIETS = "niets"
_UITKOMSTEN = {
    "ontbreekt": "niet overal een cijfer",
    "synthetisch": "voor een deel alleen voorbeelddata",
    "volledig": "overal echte cijfers",
}


def show(merk: Kenmerk) -> None:
    """Show per supplier what is missing, then the indicators with what each kind of area has."""
    st.header("Wat er is en wat ontbreekt", anchor=False)
    gaten = plannen.gaten(merk)
    if not gaten:
        onderdelen.notice("De publicatie zegt nog niet welke cijfers ontbreken.")
        return
    niveaus = [n for n in NIVEAU_WOORD if any(g.niveau == n for g in gaten)]
    per_indicator: dict[str, dict[str, Gat]] = {}
    for gat in gaten:
        per_indicator.setdefault(gat.titel, {})[gat.niveau] = gat
    leeg, totaal = sum(gat.heeft == _NIETS for gat in gaten), len(gaten)
    onderdelen.show(
        tag(
            "p",
            f"Van de {totaal} combinaties van indicator en soort gebied hebben er {totaal - leeg} cijfers. Bij de "
            "andere staat wie ze zou kunnen leveren. Een streepje: daar hoort dit cijfer niet te bestaan.",
            klasse="rm-onder",
        )
    )
    regels = [_row(titel, cellen, niveaus) for titel, cellen in per_indicator.items()]
    wie = sorted({r.groep for r in regels}, key=str.lower)
    koppen = ("Indicator", *(hoofdletter(NIVEAU_WOORD[n]) for n in niveaus), "Wie kan het ontbrekende leveren?")
    lijst.show(Lijst("gaten", "Cijfers per indicator", koppen, "Leverancier", {w: w for w in wie}, _UITKOMSTEN), regels)
    kolommen = tuple(veld.name for veld in fields(Gat))
    tabel = Resultaat(kolommen, tuple(map(astuple, gaten)))
    onderdelen.download("wat_ontbreekt", "Cijfers per indicator", tabel)


def _row(titel: str, cellen: Mapping[str, Gat], niveaus: Sequence[str]) -> Lijstregel:
    soorten = {gat.heeft for gat in cellen.values()}
    uitkomst = "ontbreekt" if _NIETS in soorten else "synthetisch" if "synthetisch" in soorten else "volledig"
    leverancier = next((gat.leverancier for gat in cellen.values() if gat.leverancier), "")
    velden = (titel, *(_cell(cellen.get(n)) for n in niveaus), _suppliers(cellen.values()))
    return Lijstregel(velden, uitkomst, hoofdletter(leverancier) or "niet bekend")


def _cell(gat: Gat | None) -> Html | str:
    if gat is None:
        return "–"
    if gat.heeft == _NIETS:
        return tag("span", "ontbreekt", klasse="rm-gat")
    periode = tag("span", gat.periode_laatste or "", klasse="rm-heel")
    return join([fragmenten.herkomst_badge(gat.heeft), " ", periode])


def _suppliers(gaten: Iterable[Gat]) -> str:
    """Return who could deliver what is missing or made up."""
    namen = dict.fromkeys(g.leverancier for g in gaten if g.heeft in (_NIETS, "synthetisch") and g.leverancier)
    return hoofdletter(opsomming(list(namen)))
