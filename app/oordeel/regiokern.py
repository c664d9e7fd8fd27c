"""The key figures of one region: the same six for every region of its level, beside Nederland and regions like it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.lezen.catalogus import in_order
from app.lezen.data import Haal, Indicator, Regio, Waarneming
from app.oordeel import zinnen
from app.oordeel.reeksen import latest, main_breakdown, select_series
from app.taal.opmaak import getal, periode_tekst, uitsplitsing_tekst
from pipelines.afspraken.codelijsten import LAND, TOTAAL, Plek

# The first of these in the order of the catalogue that at least half of the regions have stand on the page.
AANTAL = 6
_HELFT = {"wgo": 6, "arbeidsmarktregio": 14}
VERGELIJKBAAR = ("aandeel", "cijfer", "per_1000", "procent")


@dataclass(frozen=True, slots=True)
class Regiokern:
    """One key figure of a region, with the same figure of Nederland and of other regions; None where there is none."""

    indicator: Indicator
    rij: Waarneming | None
    land: Waarneming | None
    gelijk: tuple[Waarneming, ...]
    alle: tuple[Waarneming, ...]

    @property
    def rijen(self) -> tuple[Waarneming, ...]:
        """Every figure that is on the card."""
        return tuple(r for r in (self.rij, self.land, *self.gelijk) if r is not None)

    def text(self, rij: Waarneming) -> str:
        """Write one of its figures."""
        return zinnen.figure(rij, self.indicator.eenheid)


def collect(
    catalogus: Mapping[str, Indicator], haal: Haal, regio: Regio, gelijkende: Collection[str]
) -> list[Regiokern]:
    """Return the six key figures of a region: the same ones for every region of its level."""
    met: list[Regiokern] = []
    zonder: list[Regiokern] = []
    for naam in in_order(catalogus, Plek.REGIO):
        if len(met) == AANTAL:
            break
        rijen = haal(naam)
        (met if _is_common(rijen, regio.niveau) else zonder).append(_kern(catalogus[naam], rijen, regio, gelijkende))
    return (met + zonder)[:AANTAL]


def _is_common(rijen: Sequence[Waarneming], niveau: str) -> bool:
    """Whether at least half of the regions of a level have a figure, now or in the past, shown or hidden."""
    regios = {r.regio_code for r in rijen if r.niveau == niveau and _is_whole(r) and r.status != "ontbreekt"}
    return len(regios) >= _HELFT[niveau]


def _is_whole(rij: Waarneming) -> bool:
    return rij.branche_code == TOTAAL and not rij.categorie


def _kern(indicator: Indicator, rijen: Sequence[Waarneming], regio: Regio, gelijkende: Collection[str]) -> Regiokern:
    niveau = [r for r in rijen if r.niveau == regio.niveau and _is_whole(r)]
    reeks = select_series(niveau, uitsplitsing=main_breakdown(niveau), regio=regio.regio_code)
    rij = latest(reeks) or (reeks[-1] if reeks else None)
    if rij is None:
        return Regiokern(indicator, None, None, (), ())
    samen = [r for r in rijen if _is_whole(r) and (r.uitsplitsing, r.periode) == (rij.uitsplitsing, rij.periode)]
    alle = tuple(r for r in samen if r.niveau == regio.niveau and r.waarde is not None)
    land = next((r for r in samen if r.regio_code == LAND and r.waarde is not None), None)
    return Regiokern(
        indicator,
        rij,
        land if indicator.eenheid in VERGELIJKBAAR else None,
        tuple(r for r in alle if r.regio_code in gelijkende and r.status != "indicatief"),
        alle,
    )


def latest_of(rijen: Sequence[Waarneming], regio_code: str) -> Waarneming | None:
    """Return the newest figure of one region as a whole, of its main series."""
    eigen = [r for r in rijen if r.regio_code == regio_code and _is_whole(r)]
    return latest(select_series(eigen, uitsplitsing=main_breakdown(eigen), regio=regio_code))


def range_text(kern: Regiokern) -> str:
    """Write between which values the regions like this one lie; empty where none has a figure."""
    if not kern.gelijk:
        return ""
    laag, hoog = (f(kern.gelijk, key=lambda r: r.waarde or 0) for f in (min, max))
    van, tot = (kern.text(r) for r in (laag, hoog))
    return van if van == tot else f"{van} tot {tot}"


def title(regio: Regio, kernen: Sequence[Regiokern]) -> str:
    """State the first key figure of the region beside Nederland and regions like it."""
    kern = next((k for k in kernen if k.rij is not None and k.rij.waarde is not None), None)
    if kern is None or kern.rij is None:
        return f"{regio.naam}: nog geen cijfers"
    delen = [f"{regio.naam}: {kern.indicator.titel.lower()} {kern.text(kern.rij)}"]
    if kern.land is not None:
        delen.append(f"Nederland {kern.text(kern.land)}")
    if reeks := range_text(kern):
        delen.append(f"regio's zoals deze {reeks}")
    voorbeeld = " (voorbeelddata)" if any(r.is_voorbeeld for r in kern.rijen) else ""
    return f"{', '.join(delen)}{voorbeeld}"


def when(rij: Waarneming) -> str:
    """Return the period of a figure, and what must be known of it."""
    delen = [periode_tekst(rij.periode_naam, rij.peildatum), uitsplitsing_tekst(rij.uitsplitsing)]
    delen += ["indicatief"] if rij.status == "indicatief" else []
    delen += ["voorlopig"] if rij.is_voorlopig else []
    delen += [f"n = {getal(rij.n)}"] if rij.n else []
    return ", ".join(filter(None, delen))
