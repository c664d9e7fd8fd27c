"""The figure cards of the national picture: which indicators, and what stands on a card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app import zinnen
from app.bijschriften import source_text
from app.data import (
    Indicator,
    Kenmerk,
    Trendbreuk,
    Verschil,
    Waarneming,
    indicatoren,
    trendbreuken,
    verschillen,
    waarnemingen,
)
from app.fragmenten import Verwijzer, herkomst_badge
from app.markup import Html, join, tag
from app.opmaak import hoofdletter, periode_tekst, uitsplitsing_tekst
from app.reeksen import Verandering, change, earlier_partner, latest, main_breakdown, select_series
from app.verschillen import change_of, sentence
from pipelines.codelijsten import LAND, TOTAAL

# In the order of the programme: reach, tightness, people in and out, people at work, judgement.
INDICATOREN = (
    "dekkingsgraad",
    "openstaande_vacatures",
    "instroom_sector",
    "uitstroom",
    "instroom_opleidingen",
    "verzuim",
    "werkdruk",
    "medewerkerstevredenheid",
    "rapportcijfer",
    "tekort_verwacht",
)
_EENHEID = {"personen": "personen", "vacatures": "vacatures"}


@dataclass(frozen=True)
class Kerncijfer:
    """One card: the newest national figure of an indicator, and the change where one may be computed."""

    indicator: Indicator
    rij: Waarneming
    stap: Verandering | None
    reden: str

    @property
    def is_between_times(self) -> bool:
        """Whether there are figures of it more than once a year."""
        return self.rij.periode_soort in ("kwartaal", "maand")


def collect(merk: Kenmerk, alleen_echt: bool) -> list[Kerncijfer]:
    """Return the cards for which there is a figure."""
    catalogus, getoetst = indicatoren(merk), verschillen(merk)
    kaarten = []
    for naam in INDICATOREN:
        if naam in catalogus:
            kaart = _card(catalogus[naam], waarnemingen(merk, naam, alleen_echt), trendbreuken(merk), getoetst)
            kaarten += [kaart] if kaart else []
    return kaarten


def national_series(rijen: Sequence[Waarneming]) -> tuple[Waarneming, ...]:
    """Return the main national series of an indicator."""
    landelijk = [r for r in rijen if r.regio_code == LAND and r.branche_code == TOTAAL and not r.categorie]
    return select_series(landelijk, uitsplitsing=main_breakdown(landelijk))


def _card(
    indicator: Indicator, rijen: Sequence[Waarneming], breuken: Sequence[Trendbreuk], getoetst: Sequence[Verschil]
) -> Kerncijfer | None:
    reeks = national_series(rijen)
    laatste = latest(reeks)
    if laatste is None:
        return None
    eerder = earlier_partner(reeks, laatste)
    uitkomst = change(eerder, laatste, breuken)
    stap = uitkomst if isinstance(uitkomst, Verandering) else None
    reden = "" if isinstance(uitkomst, Verandering) else uitkomst.reden
    if toets := change_of(getoetst, eerder, laatste):
        reden = sentence(toets, indicator.eenheid)
    return Kerncijfer(indicator, laatste, stap, reden)


def as_sets(kaarten: Sequence[Kerncijfer], wijzer: Verwijzer) -> Html:
    """Return the cards in two sets: of more than once a year, and of once a year."""
    sets = (
        ("Kerncijfers tussentijds", [kaart for kaart in kaarten if kaart.is_between_times]),
        ("Kerncijfers per jaar", [kaart for kaart in kaarten if not kaart.is_between_times]),
    )
    delen = [
        tag("section", tag("h2", kop), tag("div", join(as_html(kaart, wijzer) for kaart in set_), klasse="rm-kaartjes"),
            aria_label=kop)
        for kop, set_ in sets if set_
    ]  # fmt: skip
    return tag("div", join(delen), klasse="rm-kern")


def as_html(kaart: Kerncijfer, wijzer: Verwijzer) -> Html:
    """Return one card."""
    rij, indicator = kaart.rij, kaart.indicator
    waarde = zinnen.figure(rij, indicator.eenheid)
    eenheid = _EENHEID.get(indicator.eenheid, "")
    regels = [
        tag("h3", wijzer.evidence(indicator.titel, indicator)),
        tag(
            "p",
            waarde,
            tag("span", f" {eenheid}", klasse="rm-eenheid") if eenheid else "",
            klasse="rm-waarde rm-lang" if len(waarde) > 8 else "rm-waarde",
        ),
        tag("p", _when(rij), klasse="rm-stil"),
        tag("p", _change_text(kaart)),
    ]
    if rij.is_voorbeeld:
        regels.append(tag("p", herkomst_badge(rij.herkomst)))
    regels.append(tag("p", f"Bron: {source_text([rij])}", klasse="rm-stil rm-vul"))
    return tag("div", join(regels), klasse="rm-kaartje")


def _when(rij: Waarneming) -> str:
    delen = [periode_tekst(rij.periode_naam, rij.peildatum), uitsplitsing_tekst(rij.uitsplitsing)]
    delen += ["voorlopig"] if rij.is_voorlopig else []
    delen += [f"n = {rij.n}"] if rij.n else []
    return ", ".join(filter(None, delen))


def _change_text(kaart: Kerncijfer) -> Html | str:
    if kaart.stap is None:
        return tag("span", hoofdletter(kaart.reden), klasse="rm-stil")
    oordeel = zinnen.wanted(kaart.stap, kaart.indicator.richting)
    tekst = zinnen.change_line(kaart.stap, kaart.indicator.eenheid)
    return f"{tekst}: {oordeel}" if oordeel else tekst
