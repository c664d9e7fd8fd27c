"""The key figures of the national picture: which indicators, and what is known of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.lezen.catalogus import in_order
from app.lezen.data import (
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
from app.oordeel.reeksen import Verandering, change, earlier_partner, latest, main_breakdown, select_series
from app.oordeel.verschillen import change_of, sentence
from pipelines.afspraken.codelijsten import LAND, TOTAAL, Plek


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
    for naam in in_order(catalogus, Plek.LANDELIJK):
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
