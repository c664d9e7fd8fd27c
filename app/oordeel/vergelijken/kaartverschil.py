"""The difference between two figures of each region: of two periods, or of two indicators that have one unit.

Between the figures as they are shown, so that who takes one from the other finds the same; that of two shown figures
tells nothing that they do not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.lezen.rijen import Trendbreuk, Verschil, Waarneming
from app.oordeel.reeksen import GeenVerandering, as_shown, change, why_not
from app.oordeel.zinnen import decimals_of
from app.taal.verandering import kaal_verschil
from pipelines.afspraken.codelijsten import TOONBAAR, VERBORGEN, Status

_GEEN_CIJFER = Status.ONTBREEKT.naam
# Why two shown figures have no difference, and what must be known of it where they have one.
_Waarom = Callable[[Waarneming, Waarneming], tuple[str, str]]


@dataclass(frozen=True)
class Regioverschil:
    """The difference of one region in the unit of its figures, or why there is none; `soort` is a status of a figure.

    What is hidden on either side is hidden here.
    """

    van: Waarneming | None
    tot: Waarneming | None
    waarde: Decimal | None
    cijfers: int
    soort: str
    reden: str = ""

    def text(self, eenheid: str) -> str:
        """Return it as a number with its sign, without the name of its unit; empty where there is none."""
        if self.waarde is None:
            return ""
        return kaal_verschil(self.waarde, eenheid, self.cijfers)


def over_time(
    van: Mapping[str, Waarneming], tot: Mapping[str, Waarneming], eenheid: str, breuken: Iterable[Trendbreuk],
    toetsen: Sequence[Verschil],
) -> dict[str, Regioverschil]:  # fmt: skip
    """Return what changed between two periods of one series, by region: never over a break."""
    breuken = tuple(breuken)

    def _why(eerst: Waarneming, dan: Waarneming) -> tuple[str, str]:
        stap = change(eerst, dan, breuken, toetsen)
        if isinstance(stap, GeenVerandering):
            return stap.reden, ""
        return "", "mogelijke trendbreuk" if stap.twijfel else ""

    return {code: _difference(van.get(code), tot.get(code), eenheid, _why) for code in sorted({*van, *tot})}


def between(
    een: Mapping[str, Waarneming], ander: Mapping[str, Waarneming], eenheid: str
) -> dict[str, Regioverschil]:  # fmt: skip
    """Return by how much the first indicator is above the other in the same period, by region; not of samples.

    No test was made of two indicators, and a difference in a sample is none without one.
    """

    def _why(laag: Waarneming, hoog: Waarneming) -> tuple[str, str]:
        if (laag.periode, laag.branche_code) != (hoog.periode, hoog.branche_code):
            return "niet over dezelfde periode en branche", ""
        if laag.eenheid != hoog.eenheid:
            return "niet in dezelfde eenheid", ""
        return why_not(laag, hoog), ""

    return {code: _difference(ander.get(code), een.get(code), eenheid, _why) for code in sorted({*een, *ander})}


def _difference(van: Waarneming | None, tot: Waarneming | None, eenheid: str, why: _Waarom) -> Regioverschil:
    soorten = [r.status if r is not None else str(Status.ONTBREEKT) for r in (van, tot)]
    verborgen = next((s for s in soorten if s in VERBORGEN), "")
    if van is None or tot is None or van.waarde is None or tot.waarde is None or set(soorten) - set(TOONBAAR):
        soort = verborgen or Status.ONTBREEKT
        return Regioverschil(van, tot, None, 0, soort, Status.ONDERDRUKT.naam if verborgen else _GEEN_CIJFER)
    reden, opmerking = why(van, tot)
    if reden:
        return Regioverschil(van, tot, None, 0, Status.NVT, reden)
    cijfers = decimals_of([van, tot], eenheid)
    return Regioverschil(van, tot, as_shown(van, tot, eenheid, cijfers), cijfers, Status.BESCHIKBAAR, opmerking)
