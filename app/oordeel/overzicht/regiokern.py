"""The key figures of one region: the same six for every region of its level, beside Nederland and regions like it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.lezen.catalogus import in_order
from app.lezen.rijen import Haal, Indicator, Regio, Waarneming
from app.oordeel import benaming, bijschriften, enquete, zinnen
from app.oordeel.echt import beside
from app.oordeel.reeksen import VERGELIJKBAAR, core_series, latest
from app.taal.opmaak import getal, uitsplitsing_tekst
from pipelines.afspraken.codelijsten import LAND, TOTAAL, Plek, Status

# The first of these in the order of the catalogue that at least half of the regions have stand on the page.
AANTAL = 6


@dataclass(frozen=True, slots=True)
class Regiokern:
    """One key figure of a region, with the same figure of Nederland and of other regions; None where there is none."""

    indicator: Indicator
    rij: Waarneming | None
    land: Waarneming | None
    gelijk: tuple[Waarneming, ...]
    alle: tuple[Waarneming, ...]
    # What Nederland is called: with the name of its series where that is not the core one.
    land_naam: str = "Nederland"
    # The figures of the region in order of time, of which `rij` is the newest.
    reeks: tuple[Waarneming, ...] = ()

    @property
    def rijen(self) -> tuple[Waarneming, ...]:
        """Every figure that is on the card."""
        return tuple(r for r in (self.rij, self.land, *self.gelijk) if r is not None)

    @property
    def is_echt(self) -> bool:
        """Whether the region has a real figure to show of it."""
        return self.rij is not None and self.rij.waarde is not None and not self.rij.is_voorbeeld

    def text(self, rij: Waarneming) -> str:
        """Write one of its figures."""
        return zinnen.figure(rij, self.indicator.eenheid)


def collect(
    catalogus: Mapping[str, Indicator],
    haal: Haal,
    regio: Regio,
    gelijkende: Collection[str],
    alle: Iterable[Regio],
    bekend: Sequence[str] = (),
) -> list[Regiokern]:
    """Return the figures of a region: first what is real of it, then the same ones for every region of its level.

    The first `AANTAL` of them are its key figures.

    What is real comes first in the order of the page, and then what else is `bekend` of the region, in the order of
    the catalogue: few regions have many. The regions of its level are counted among `alle`.
    """
    helft = sum(r.niveau == regio.niveau and r.geldig_tot is None for r in alle) / 2
    vast = in_order(catalogus, Plek.REGIO)
    volgorde = [*vast, *(n for n in bekend if n not in vast and not catalogus[n].is_kept_out(Plek.REGIO))]
    kernen = {naam: _kern(catalogus[naam], haal(naam), regio, gelijkende) for naam in volgorde}
    echt = [naam for naam in volgorde if kernen[naam].is_echt]
    # How many took part in a survey says nothing of care in the region.
    echt.sort(key=lambda naam: naam in enquete.OPKOMST)
    rest = sorted(
        (naam for naam in vast if naam not in echt), key=lambda n: not _is_common(haal(n), regio.niveau, helft)
    )
    return [kernen[naam] for naam in (*echt, *rest)]


def _is_common(rijen: Sequence[Waarneming], niveau: str, helft: float) -> bool:
    """Whether at least half as many regions as there are have a figure, now or in the past, shown or hidden."""
    regios = {r.regio_code for r in rijen if r.niveau == niveau and _is_whole(r) and r.status != Status.ONTBREEKT}
    return len(regios) >= helft


def _is_whole(rij: Waarneming) -> bool:
    return rij.branche_code == TOTAAL and not rij.categorie


def _kern(indicator: Indicator, rijen: Sequence[Waarneming], regio: Regio, gelijkende: Collection[str]) -> Regiokern:
    reeks = core_series(rijen, regio.niveau, regio.regio_code)
    if not any(r.status != Status.ONTBREEKT for r in reeks):
        # What is real of this region may be of a series that few other regions have.
        reeks = core_series([r for r in rijen if r.regio_code == regio.regio_code], regio.niveau, regio.regio_code)
    rij = latest(reeks) or (reeks[-1] if reeks else None)
    if rij is None:
        return Regiokern(indicator, None, None, (), ())
    samen = [r for r in rijen if _is_whole(r) and (r.uitsplitsing, r.periode) == (rij.uitsplitsing, rij.periode)]
    alle = tuple(r for r in samen if r.niveau == regio.niveau and r.waarde is not None)
    land = beside(rij, next((r for r in samen if r.regio_code == LAND and r.waarde is not None), None))
    return Regiokern(
        indicator,
        rij,
        land if indicator.eenheid in VERGELIJKBAAR else None,
        tuple(r for r in alle if r.regio_code in gelijkende and not r.is_indicatief and not r.is_voorbeeld),
        alle,
        benaming.country_name(land, rijen),
        tuple(reeks),
    )


def latest_of(rijen: Sequence[Waarneming], regio_code: str) -> Waarneming | None:
    """Return the newest figure of one region as a whole, of its main series."""
    eigen = [r for r in rijen if r.regio_code == regio_code and _is_whole(r)]
    return latest(core_series(eigen, eigen[0].niveau, regio_code)) if eigen else None


def range_text(kern: Regiokern) -> str:
    """Write between which values the regions like this one lie; empty where none has a figure."""
    if not kern.gelijk:
        return ""
    laag, hoog = (f(kern.gelijk, key=lambda r: r.waarde or 0) for f in (min, max))
    van, tot = (kern.text(r) for r in (laag, hoog))
    return van if van == tot else f"{van} tot {tot}"


def title(regio: Regio, kernen: Sequence[Regiokern]) -> str:
    """State the first real key figure of the region beside Nederland and regions like it; a response is none."""
    echt = [k for k in kernen if k.is_echt]
    kern = next((k for k in echt if k.indicator.indicator_id not in enquete.OPKOMST), None)
    if kern is None or kern.rij is None:
        return f"{regio.naam}: nog geen echte cijfers{' over zorg en welzijn' if echt else ''}"
    wat = benaming.in_sentence(benaming.label(kern.indicator, kern.rij))
    delen = [f"{regio.naam}: {wat} {kern.text(kern.rij)} {zinnen.at_moment(kern.rij)}"]
    if kern.land is not None:
        delen.append(f"{kern.land_naam} {kern.text(kern.land)}")
    if reeks := range_text(kern):
        delen.append(f"regio's zoals deze {reeks}")
    return ", ".join(delen)


def when(rij: Waarneming) -> str:
    """Return the period of a figure, and what must be known of it."""
    delen = [bijschriften.when(rij), "" if benaming.scope(rij) else uitsplitsing_tekst(rij.uitsplitsing)]
    delen += ["indicatief"] if rij.is_indicatief else []
    delen += ["voorlopig"] if rij.is_voorlopig else []
    delen += [f"n = {getal(rij.n)}"] if rij.n else []
    return ", ".join(filter(None, delen))
