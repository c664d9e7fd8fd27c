"""The gap map: per indicator and kind of area what there is, and who could deliver the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, fields, replace

import streamlit as st

from app.beeld import fragmenten
from app.beeld.markup import Html, join, table, tag
from app.lezen.onderwerp import plannen
from app.lezen.onderwerp.plannen import Gat
from app.lezen.rijen import Kenmerk, Resultaat
from app.raam.keuze import selectie
from app.raam.vakken import onderdelen
from app.schermen.verantwoording import lijst
from app.schermen.verantwoording.lijst import Lijst, Lijstregel
from app.taal.opmaak import NIVEAU_WOORD, getal, hoofdletter, opsomming, telling
from pipelines.afspraken.codelijsten import Herkomst, Status

_BEVESTIGD = "bevestigd"
_NIETS = "niets"
_UITKOMSTEN = {
    Status.ONTBREEKT: "niet overal een cijfer",
    Herkomst.SYNTHETISCH: "voor een deel alleen voorbeelddata",
    "volledig": "overal echte cijfers",
}


def show(merk: Kenmerk) -> None:
    """Show per supplier what is missing, then the indicators with what each kind of area has."""
    st.header("Wat er is en wat ontbreekt", anchor=False)
    alle = plannen.gaten(merk)
    gaten = alle if selectie.met_voorbeeld() else [without_examples(gat) for gat in alle]
    if not gaten:
        onderdelen.notice("De publicatie zegt nog niet welke cijfers ontbreken.")
        return
    niveaus = [n for n in NIVEAU_WOORD if any(g.niveau == n for g in gaten)]
    per_indicator: dict[str, dict[str, Gat]] = {}
    for gat in gaten:
        per_indicator.setdefault(gat.titel, {})[gat.niveau] = gat
    onderdelen.show(
        tag(
            "p",
            f"{summary(alle)} Bij de andere staat wie ze kan leveren; een streepje is niet van toepassing.",
            klasse="rm-onder",
        )
    )
    regels = [_row(titel, cellen, niveaus) for titel, cellen in per_indicator.items()]
    wie = sorted({r.groep for r in regels}, key=str.lower)
    koppen = ("Indicator", *(hoofdletter(NIVEAU_WOORD[n]) for n in niveaus), "Wie kan leveren?")
    uitkomsten = {u: naam for u, naam in _UITKOMSTEN.items() if u != Herkomst.SYNTHETISCH or selectie.met_voorbeeld()}
    lijst.show(Lijst("gaten", "Cijfers per indicator", koppen, "Leverancier", {w: w for w in wie}, uitkomsten), regels)
    _show_public(gaten)
    kolommen = tuple(veld.name for veld in fields(Gat))
    tabel = Resultaat(kolommen, tuple(map(astuple, gaten)))
    onderdelen.download("wat_ontbreekt", "Cijfers per indicator", tabel)


def _show_public(gaten: Sequence[Gat]) -> None:
    """Show which missing figures are public, by which command they come, and what nobody has confirmed yet."""
    te_halen = [gat for gat in gaten if gat.heeft in (_NIETS, Herkomst.SYNTHETISCH)]
    per_opdracht: dict[tuple[str, bool], list[Gat]] = {}
    for gat in te_halen:
        for bevestigd in (True, False):
            for opdracht in gat.commands(bevestigd=bevestigd):
                per_opdracht.setdefault((opdracht, bevestigd), []).append(gat)
    if not per_opdracht:
        return
    st.subheader("Openbaar, en nog op te halen", anchor=False)
    aantal = sum(bool(gat.openbaar or gat.openbaar_onbevestigd) for gat in te_halen)
    deel = f"{telling(aantal, 'combinatie', 'combinaties')} zonder echt cijfer"
    uitleg = tag(
        "p", f"Voor {deel} is er een openbare tabel. Wie de monitor beheert, haalt haar op met de opdracht. Nog niet "
        "bevestigd: naar een titel gekoppeld, zonder dat iemand de tabel zag; bekijk haar eerst met ",
        tag("code", "--proef"), ".", klasse="rm-onder",
    )  # fmt: skip
    onderdelen.show(uitleg)
    rijen = [
        (
            opsomming(list(dict.fromkeys(gat.titel for gat in groep))),
            opsomming([NIVEAU_WOORD[n] for n in NIVEAU_WOORD if any(gat.niveau == n for gat in groep)]),
            f".venv/bin/regiomonitor {opdracht}",
            _BEVESTIGD if bevestigd else "nog niet bevestigd",
        )
        for (opdracht, bevestigd), groep in sorted(per_opdracht.items(), key=lambda deel: (not deel[0][1], deel[0][0]))
    ]
    koppen = ("Indicatoren", "Soort gebied", "Opdracht", "Koppeling")
    titel = "Openbare tabellen die ontbrekende cijfers kunnen vullen"
    getoond = [(*wat, tag("code", opdracht), _confirmed(koppeling)) for *wat, opdracht, koppeling in rijen]
    onderdelen.show(table(koppen, getoond, bijschrift=titel))
    onderdelen.download("openbare_tabellen", titel, Resultaat(koppen, tuple(rijen)))


def _confirmed(koppeling: str) -> Html | str:
    return koppeling if koppeling == _BEVESTIGD else tag("span", koppeling, klasse="rm-gat")


def summary(gaten: Sequence[Gat]) -> str:
    """Say how many combinations have a real figure, and how many have examples only."""
    verzonnen = sum(gat.heeft == Herkomst.SYNTHETISCH for gat in gaten)
    echt = len(gaten) - verzonnen - sum(gat.heeft == _NIETS for gat in gaten)
    heeft = "heeft er geen enkele" if not echt else f"{'heeft' if echt == 1 else 'hebben'} er {getal(echt)}"
    zin = f"Van de {getal(len(gaten))} combinaties van indicator en soort gebied {heeft} "
    return f"{zin}echte cijfers{f'; voor {verzonnen} is er alleen voorbeelddata' if verzonnen else ''}."


def without_examples(gat: Gat) -> Gat:
    """Return what there is outside voorbeeldmodus: where only examples are, nothing."""
    return replace(gat, heeft=_NIETS, periode_laatste="") if gat.heeft == Herkomst.SYNTHETISCH else gat


def _row(titel: str, cellen: Mapping[str, Gat], niveaus: Sequence[str]) -> Lijstregel:
    soorten = {gat.heeft for gat in cellen.values()}
    if _NIETS in soorten:
        uitkomst = str(Status.ONTBREEKT)
    else:
        uitkomst = Herkomst.SYNTHETISCH if Herkomst.SYNTHETISCH in soorten else "volledig"
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
    namen = dict.fromkeys(g.leverancier for g in gaten if g.heeft in (_NIETS, Herkomst.SYNTHETISCH) and g.leverancier)
    return hoofdletter(opsomming(list(namen)))
