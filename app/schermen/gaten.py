"""The gap map: per indicator and kind of area what there is, and who could deliver the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from app import bewijs, onderdelen
from app.data import Kenmerk
from app.markup import Html, tag
from app.opmaak import NIVEAU_WOORD, hoofdletter, opsomming
from app.schermen import lijst
from app.schermen.lijst import Lijst, Regel

_NIETS = "niets"
_UITKOMSTEN = {
    "ontbreekt": "ergens ontbreekt het",
    "synthetisch": "ergens alleen voorbeelddata",
    "volledig": "overal echte cijfers",
}
Cel = tuple[str, str, str]


def show(merk: Kenmerk) -> None:
    """Show per supplier what is missing, then the indicators with what each kind of area has."""
    st.header("Wat er is en wat ontbreekt", anchor=False)
    tabel = bewijs.gaten(merk)
    if not tabel.rijen:
        onderdelen.notice("De publicatie zegt nog niet welke cijfers ontbreken.")
        return
    niveaus = [n for n in NIVEAU_WOORD if any(rij[2] == n for rij in tabel.rijen)]
    per_indicator: dict[str, dict[str, Cel]] = {}
    for _, titel, niveau, heeft, periode, leverancier, _ in tabel.rijen:
        per_indicator.setdefault(titel, {})[niveau] = (heeft, periode, leverancier)
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
    regels = [_row(titel, cellen, niveaus) for titel, cellen in per_indicator.items()]
    wie = sorted({r.groep for r in regels}, key=str.lower)
    koppen = ("Indicator", *(hoofdletter(NIVEAU_WOORD[n]) for n in niveaus), "Wie kan het ontbrekende leveren?")
    lijst.show(Lijst("gaten", "Cijfers per indicator", koppen, "Leverancier", {w: w for w in wie}, _UITKOMSTEN), regels)
    onderdelen.download("wat_ontbreekt", "Wat er is en wat ontbreekt", tabel)


def _row(titel: str, cellen: Mapping[str, Cel], niveaus: Sequence[str]) -> Regel:
    soorten = {cel[0] for cel in cellen.values()}
    uitkomst = "ontbreekt" if _NIETS in soorten else "synthetisch" if "synthetisch" in soorten else "volledig"
    leverancier = next((cel[2] for cel in cellen.values() if cel[2]), "")
    velden = (titel, *(_cell(cellen.get(n)) for n in niveaus), _suppliers(list(cellen.values())))
    return Regel(velden, uitkomst, hoofdletter(leverancier) or "niet bekend")


def _cell(cel: Cel | None) -> Html | str:
    if cel is None:
        return "–"
    heeft, periode, _ = cel
    if heeft == _NIETS:
        return tag("span", "ontbreekt", klasse="rm-gat")
    return tag("span", onderdelen.herkomst_badge(heeft), f" {periode}" if periode else "")


def _suppliers(cellen: list[Cel]) -> str:
    """Return who could deliver what is missing or made up."""
    namen = dict.fromkeys(cel[2] for cel in cellen if cel[0] in (_NIETS, "synthetisch") and cel[2])
    return hoofdletter(opsomming(list(namen)))
