"""A map of the difference: which side is taken from which, and what that says, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.lezen import data
from app.lezen.rijen import Kenmerk, Regio, Waarneming
from app.oordeel import zinnen
from app.oordeel.benaming import in_sentence
from app.oordeel.kaart.kaartkeuze import Kaartkeuze
from app.oordeel.vergelijken import kaartverschil
from app.oordeel.vergelijken.kaartverschil import Regioverschil
from app.taal.opmaak import NIVEAU_ENKEL, NIVEAU_WOORD, hoofdletter, opsomming, telling
from pipelines.afspraken.codelijsten import Status

_NOOIT = date.min
_PUNT = {"aandeel": "procentpunt", "procent": "procentpunt"}


@dataclass(frozen=True)
class Verschilkaart:
    """A map of the difference `tot` less `van`, with the differences by region."""

    van: Kaartkeuze
    tot: Kaartkeuze
    per_regio: Mapping[str, Regioverschil]

    @property
    def is_verandering(self) -> bool:
        """Whether it is a change over time; else two indicators are apart."""
        return self.van.indicator.indicator_id == self.tot.indicator.indicator_id

    @property
    def eenheid(self) -> str:
        """The unit of both sides."""
        return self.tot.indicator.eenheid

    def names(self) -> tuple[str, str]:
        """Return what tells the two sides apart: their periods, or their indicators."""
        if self.is_verandering:
            return _period(self.van), _period(self.tot)
        return self.van.indicator.titel, self.tot.indicator.titel

    def rows(self) -> list[Waarneming]:
        """Return every figure of the two sides."""
        return [r for v in self.per_regio.values() for r in (v.van, v.tot) if r is not None]


def make(merk: Kenmerk, keuze: Kaartkeuze, ander: Kaartkeuze) -> Verschilkaart:
    """Return the difference of two series: of one indicator the later less the earlier."""
    van, tot, eenheid = ander, keuze, keuze.indicator.eenheid
    if van.indicator.indicator_id != tot.indicator.indicator_id:
        return Verschilkaart(van, tot, kaartverschil.between(tot.on_map(), van.on_map(), eenheid))
    van, tot = sorted((van, tot), key=lambda k: max((r.eind for r in k.on_map().values()), default=_NOOIT))
    per_regio = kaartverschil.over_time(
        van.on_map(), tot.on_map(), eenheid, data.trendbreuken(merk), data.verschillen(merk)
    )
    return Verschilkaart(van, tot, per_regio)


def title(kaart: Verschilkaart) -> str:
    """State between which values the differences lie."""
    van, tot = kaart.names()
    if kaart.is_verandering:
        wat = f"{kaart.tot.indicator.titel}, verandering van {van} naar {tot}"
    else:
        wat = f"{tot} min {in_sentence(van)}, {_period(kaart.tot)}"
    met = sorted((v for v in kaart.per_regio.values() if v.waarde is not None), key=lambda v: v.waarde or 0)
    if not met:
        return f"{wat}: geen verschil te geven"
    punt = f" {_PUNT[kaart.eenheid]}" if kaart.eenheid in _PUNT else ""
    laag, hoog = met[0].text(kaart.eenheid), met[-1].text(kaart.eenheid)
    tussen = f"{laag}{punt}" if laag == hoog else f"van {laag} tot {hoog}{punt}"
    waar = telling(len(met), NIVEAU_ENKEL[kaart.tot.niveau], NIVEAU_WOORD[kaart.tot.niveau])
    return f"{wat}: {tussen} in {waar}"


def subtitle(kaart: Verschilkaart) -> str:
    """Say what is taken from what, in which unit, and why some regions have no difference."""
    eenheid = _PUNT.get(kaart.eenheid, zinnen.unit_text(kaart.tot.indicator))
    redenen = Counter(v.reden for v in kaart.per_regio.values() if v.waarde is None)
    zonder = [f"{reden} ({aantal})" for reden, aantal in redenen.most_common()]
    zin = f" Zonder verschil: {opsomming(zonder)}." if zonder else ""
    return f"Het verschil tussen de cijfers zoals ze getoond worden, in {eenheid}.{zin}"


def sentence(kaart: Verschilkaart, regio: Regio) -> str:
    """Say what the difference of one region is, and between which figures; or why there is none."""
    verschil = kaart.per_regio.get(regio.regio_code)
    if verschil is None or verschil.van is None or verschil.tot is None or verschil.waarde is None:
        reden = verschil.reden if verschil is not None else Status.ONTBREEKT.naam
        return f"{regio.naam}: geen verschil te geven ({reden})."
    (van, tot), eenheid = kaart.names(), kaart.eenheid
    eerst, dan = (zinnen.figure(r, eenheid) for r in (verschil.van, verschil.tot))
    punt = f" {_PUNT[eenheid]}" if eenheid in _PUNT else ""
    twijfel = f" ({verschil.reden})" if verschil.reden else ""
    return (
        f"{regio.naam}: {verschil.text(eenheid)}{punt}{twijfel}. {hoofdletter(van)} {eerst}, {in_sentence(tot)} {dan}."
    )


def _period(keuze: Kaartkeuze) -> str:
    rij = next(iter(keuze.on_map().values()), None)
    return rij.periode_naam if rij is not None else keuze.periode
