"""The key figures of the national picture: which indicators, and what is known of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.lezen.catalogus import in_order
from app.lezen.data import indicatoren, trendbreuken, verschillen, waarnemingen
from app.lezen.rijen import Indicator, Kenmerk, Trendbreuk, Verschil, Waarneming
from app.oordeel import balans, benaming
from app.oordeel.overzicht import uitersten
from app.oordeel.overzicht.uitersten import Uitersten
from app.oordeel.reeksen import PER_JAAR, Verandering, change, core_series, earlier_partner, latest, no_partner
from app.oordeel.verschillen import change_of, sentence
from pipelines.afspraken.codelijsten import Plek

# As many as stand beside each other on a laptop.
_VOOROP = 5


@dataclass(frozen=True)
class Kerncijfer:
    """One card: the newest national figure of an indicator, and the change where one may be computed."""

    indicator: Indicator
    rij: Waarneming
    stap: Verandering | None
    reden: str
    reeks: tuple[Waarneming, ...] = ()
    # A forecast of other scenarios, of the same year.
    scenarios: tuple[Waarneming, ...] = ()
    uitersten: Uitersten | None = None

    @property
    def is_between_times(self) -> bool:
        """Whether there are figures of it more than once a year."""
        return self.rij.periode_soort in PER_JAAR


def collect(merk: Kenmerk) -> list[Kerncijfer]:
    """Return the cards for which there is a real figure."""
    catalogus, getoetst = indicatoren(merk), verschillen(merk)
    breuken = trendbreuken(merk)
    kaarten = []
    for naam in in_order(catalogus, Plek.LANDELIJK):
        kaart = _card(catalogus[naam], waarnemingen(merk, naam, False), breuken, getoetst)
        anderen = [core_series(waarnemingen(merk, n, False)) for n in balans.others(catalogus, naam)]
        if kaart and kaart.stap and balans.is_alone(kaart.stap, anderen, breuken):
            kaart = replace(kaart, stap=None, reden=balans.EEN_KANT)
        kaarten += [kaart] if kaart else []
    return kaarten


def leading(kaarten: Sequence[Kerncijfer]) -> list[Kerncijfer]:
    """Return the figures that a reader sees first: no side of a balance and no forecast, which have their own picture.

    They stand in the order of the catalogue.
    """
    saldi = {kaart.indicator.balans for kaart in kaarten} - {""}
    return [
        k for k in kaarten
        if not (k.indicator.balans or k.indicator.indicator_id in saldi or k.rij.is_prognose)
    ][:_VOOROP]  # fmt: skip


def _card(
    indicator: Indicator, rijen: Sequence[Waarneming], breuken: Sequence[Trendbreuk], getoetst: Sequence[Verschil]
) -> Kerncijfer | None:
    reeks = core_series(rijen)
    laatste = latest(reeks)
    if laatste is None:
        return None
    eerder = earlier_partner(reeks, laatste)
    uitkomst = change(eerder, laatste, breuken)
    stap = uitkomst if isinstance(uitkomst, Verandering) else None
    reden = "" if isinstance(uitkomst, Verandering) else uitkomst.reden
    if eerder is None:
        reden = benaming.other_scenarios(laatste, rijen, indicator.eenheid) or no_partner(reeks, laatste)
    if toets := change_of(getoetst, eerder, laatste):
        reden = sentence(toets, indicator.eenheid)
    scenarios = tuple(benaming.scenario_rows(laatste, rijen)) if laatste.is_prognose else ()
    grenzen = uitersten.of_regions(laatste, rijen, indicator.eenheid, getoetst)
    return Kerncijfer(indicator, laatste, stap, reden, reeks, scenarios, grenzen)
