"""A table of the reader's own making: which figures, of which areas, in which periods; the address keeps the choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from app.beeld import cijferrijen
from app.beeld.markup import join, tag
from app.lezen import data
from app.lezen.rijen import Haal, Indicator, Kenmerk, Regio, Waarneming
from app.oordeel import bijschriften
from app.oordeel.overzicht import zelftabel
from app.oordeel.overzicht.zelftabel import Tabelregel, Zelftabel
from app.raam.keuze import meerkeuze, selectie
from app.raam.meenemen.downloads import Download
from app.raam.vakken import onderdelen
from app.raam.vakken.onderdelen import Tabelvak
from app.taal.opmaak import opsomming, telling, uitsplitsing_tekst
from pipelines.afspraken.codelijsten import LAND, MET_PAGINA, Niveau

_CIJFERS, _PERIODEN = 8, 12
# How many periods stand there, of all figures together, when the reader did not choose any.
_NIEUWSTE = 6
_GENOEMD = 6
_TUSSEN = ":"
_ALLE = {str(niveau): f"Alle {niveau.meervoud}" for niveau in MET_PAGINA}


def show(merk: Kenmerk) -> None:
    """Let the reader choose, and show the table with its downloads; real and made-up figures apart."""
    st.header("Zelf een tabel maken", anchor=False)
    voorbeeld = selectie.met_voorbeeld()

    def haal(indicator_id: str) -> tuple[Waarneming, ...]:
        return data.waarnemingen(merk, indicator_id, voorbeeld)

    gekozen = _choose_figures(merk, haal)
    if not gekozen:
        onderdelen.notice("Kies eerst een of meer cijfers. De link onthoudt uw keuze, zodat u de tabel kunt delen.")
        return
    gebieden = _choose_areas(merk)
    regels = zelftabel.series(gekozen, gebieden, haal, _choose_countings(gekozen, gebieden, haal))
    if not regels:
        onderdelen.notice("Van deze gebieden is dit cijfer er niet. Kies andere gebieden of een ander cijfer.")
        return
    perioden = _choose_periods(regels)
    echt, verzonnen = zelftabel.split(regels, perioden)
    _show_table("echte cijfers" if verzonnen.regels else "uw tabel", "eigen_tabel", echt)
    _show_table("voorbeelddata, verzonnen", "eigen_tabel_voorbeeld", verzonnen)
    if zonder := zelftabel.without(regels, perioden):
        waar = "; ".join(f"{titel} in {_named(namen)}" for titel, namen in zonder.items())
        onderdelen.notice(f"In deze perioden is er geen cijfer van: {waar}.")
    onderdelen.status_notes([*echt.rijen, *verzonnen.rijen])
    _show_sources([*echt.regels, *verzonnen.regels])


def _named(namen: Sequence[str]) -> str:
    """Name the areas, and of a long list the first ones and how many more."""
    if len(namen) <= _GENOEMD:
        return opsomming(namen)
    return opsomming([*namen[:_GENOEMD], f"nog {telling(len(namen) - _GENOEMD, 'gebied', 'gebieden')}"])


def _choose_figures(merk: Kenmerk, haal: Haal) -> list[Indicator]:
    alle, niveaus = data.indicatoren(merk), (Niveau.LAND, *_ALLE)
    namen = meerkeuze.choose(
        "cijfers", f"Cijfers (hoogstens {_CIJFERS})", [i for i in alle if zelftabel.has_series(haal(i), niveaus)],
        lambda code: alle[code].titel, hoogstens=_CIJFERS, uitleg="Elk cijfer is een rij per gebied.",
    )  # fmt: skip
    return [alle[naam] for naam in namen]


def _choose_areas(merk: Kenmerk) -> list[Regio]:
    """Return the chosen areas, each once; Nederland where none was chosen."""
    regios = {code: r for code, r in data.regios(merk).items() if code == LAND or r.niveau in _ALLE}
    per_gebied = {code: f"{r.naam} (WGO)" if r.niveau == Niveau.WGO else r.naam for code, r in regios.items()}
    namen = {LAND: regios[LAND].naam, **_ALLE, **per_gebied}
    codes = meerkeuze.choose(
        "gebieden", "Gebieden", list(namen), namen.__getitem__, hoogstens=len(namen),
        uitleg="Zonder keuze ziet u Nederland.",
    )  # fmt: skip
    uit = [c for code in codes or (LAND,) for c in _members(code, regios)]
    return [regios[code] for code in dict.fromkeys(uit)]


def _choose_countings(gekozen: Sequence[Indicator], gebieden: Sequence[Regio], haal: Haal) -> dict[str, list[str]]:
    """Return the ways of counting that were chosen, by indicator; nothing to choose where each has only one."""
    namen: dict[str, str] = {}
    for indicator in gekozen:
        tellingen = zelftabel.countings(haal(indicator.indicator_id), gebieden)
        for soort in tellingen if len(tellingen) > 1 else ():
            naam = uitsplitsing_tekst(soort) or "niet vermeld in de bron"
            namen[f"{indicator.indicator_id}{_TUSSEN}{soort}"] = f"{indicator.titel}: {naam}"
    if not namen:
        return {}
    codes = meerkeuze.choose(
        "tellingen", "Telling of afbakening", list(namen), namen.__getitem__, hoogstens=_CIJFERS,
        uitleg="Zonder keuze ziet u van elk cijfer de gewone telling. Twee tellingen van hetzelfde zijn twee rijen.",
    )  # fmt: skip
    uit: dict[str, list[str]] = {}
    for naam, _, soort in (code.partition(_TUSSEN) for code in codes):
        uit.setdefault(naam, []).append(soort)
    return uit


def _members(code: str, regios: Mapping[str, Regio]) -> list[str]:
    return [c for c, r in regios.items() if r.niveau == code] if code in _ALLE else [code]


def _choose_periods(regels: Sequence[Tabelregel]) -> dict[str, str]:
    """Return the chosen periods; the newest ones where none was chosen."""
    namen = zelftabel.periods(regels)
    nieuw_eerst = list(reversed(namen))
    codes = meerkeuze.choose(
        "perioden", f"Perioden (hoogstens {_PERIODEN})", nieuw_eerst, namen.__getitem__, hoogstens=_PERIODEN,
        uitleg="Zonder keuze ziet u de nieuwste van elk cijfer.",
    )  # fmt: skip
    gekozen = set(codes) or zelftabel.newest(regels, _NIEUWSTE)
    return {code: naam for code, naam in namen.items() if code in gekozen}


def _show_table(kop: str, bestand: str, tabel: Zelftabel) -> None:
    if not tabel.regels:
        return
    koppen = ("Cijfer", "Gebied", *tabel.perioden.values())
    rijen = [(r.naam, r.regio.naam, *(r.cell(p) for p in tabel.perioden)) for r in tabel.regels]
    onderdelen.show(tag("p", f"{telling(len(rijen), 'rij', 'rijen')}.", klasse="rm-bron"))
    onderdelen.show_table(
        Tabelvak(kop, koppen, rijen, getallen=range(2, len(koppen)), open_=True),
        Download(bestand, cijferrijen.CSV_KOLOMMEN, lambda: cijferrijen.csv_rows(tabel.rijen), scherm=(koppen, rijen)),
    )


def _show_sources(regels: Sequence[Tabelregel]) -> None:
    """Show where each figure comes from, with the way to its page."""
    per: dict[str, list[Waarneming]] = {}
    kaarten = {r.indicator.indicator_id: r.indicator for r in regels}
    for regel in regels:
        per.setdefault(regel.indicator.indicator_id, []).extend(regel.per.values())
    punten = [
        tag("li", selectie.wijzer().evidence(kaarten[naam].titel, kaarten[naam]),
            f": {kaarten[naam].vraag} Bron: {bijschriften.source_text(rijen)}.")
        for naam, rijen in per.items()
    ]  # fmt: skip
    onderdelen.show(tag("ul", join(punten), klasse="rm-noten"))
