"""The charts of a document: the series of one region that can be drawn as a line, beside Nederland."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.documenten.blokken import Grafiek
from app.oordeel import benaming, zinnen
from app.oordeel.echt import beside
from app.oordeel.gesprek.dossier import Dossiercijfer
from app.oordeel.gesprek.gespreksgegevens import Regiogegevens, main_series
from app.oordeel.trend import Lijn
from pipelines.afspraken.codelijsten import LAND

# Of these the region and the country may stand on one axis; numbers of persons may not.
_VERGELIJKBAAR = ("aandeel", "procent", "cijfer", "per_1000", "uren")
_HOOGSTENS = 3


def charts(cijfers: Iterable[Dossiercijfer], gegevens: Regiogegevens) -> Iterator[Grafiek]:
    """Yield a chart of the first series of the region that can be drawn as a line."""
    getekend = 0
    for cijfer in cijfers:
        eigen = gegevens.series(cijfer.indicator.indicator_id)
        eigen = tuple(r for r in eigen if r.periode_soort == eigen[-1].periode_soort)
        if sum(r.waarde is not None for r in eigen) < 2 or getekend == _HOOGSTENS:
            continue
        getekend += 1
        yield _chart(cijfer, gegevens, Lijn(gegevens.regio.naam, eigen))


def _chart(cijfer: Dossiercijfer, gegevens: Regiogegevens, eigen: Lijn) -> Grafiek:
    indicator, lijnen = cijfer.indicator, [eigen]
    if gegevens.regio.regio_code != LAND and indicator.eenheid in _VERGELIJKBAAR:
        zelfde = [
            r
            for r in gegevens.land.get(indicator.indicator_id, ())
            if beside(eigen.rijen[-1], r)
            and (r.uitsplitsing, r.periode_soort) == (eigen.rijen[-1].uitsplitsing, eigen.rijen[-1].periode_soort)
        ]
        land = main_series(zelfde, LAND)
        naam = benaming.country_name(land[0] if land else None, gegevens.land.get(indicator.indicator_id, ()))
        lijnen += [Lijn(naam, land)] if any(r.waarde is not None for r in land) else []
    breuken = gegevens.breuken
    zin = zinnen.trend_clause(
        eigen.rijen, indicator.eenheid, breuken, gegevens.verschillen, is_kant=bool(indicator.balans)
    )
    return Grafiek(
        sleutel=f"{indicator.indicator_id}_{gegevens.regio.regio_code}",
        naam=indicator.titel,
        omvang=benaming.scope(eigen.rijen[-1]),
        zin=zin,
        titel=zinnen.trend_title(benaming.label(indicator, eigen.rijen[-1]), zin),
        onder=zinnen.scope_text(indicator, [lijn.rijen for lijn in lijnen], breuken),
        eenheid=indicator.eenheid,
        lijnen=tuple(lijnen),
        breuken=breuken,
    )
