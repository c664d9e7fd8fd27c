"""From published effects and a setting to what it brings in one area, as figures."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from app.lezen.rijen import Haal, Indicator, Waarneming
from app.oordeel.knoppen import knoppen, verdeelsleutels
from app.oordeel.knoppen.knoppen import KNOPPEN, STAP_LAND, STAP_REGIO, Opbrengst
from app.oordeel.knoppen.verdeelsleutels import Sleutel
from pipelines.afspraken.codelijsten import LAND, TOTAAL

VAST = (25, 50, 100)


@dataclass(frozen=True, slots=True)
class Uitgangspunt:
    """What was published: the effect per knop and the expected shortage, and how regions share in them."""

    effecten: Mapping[str, Waarneming]
    tekort: Waarneming
    basis: Sleutel | None
    eigen: Mapping[str, Sleutel]
    # Per region its own shortage of the same year, where one was published; and else of another year.
    regionaal: Mapping[str, Waarneming] = field(default_factory=dict)
    van_ander_jaar: Mapping[str, Waarneming] = field(default_factory=dict)

    @property
    def effect(self) -> dict[str, float]:
        """National effect per knop in persons."""
        return {knop: rij.waarde or 0 for knop, rij in self.effecten.items()}

    @property
    def grenzen(self) -> tuple[float, float]:
        """The two ends of the expected national shortage in persons."""
        laag = self.tekort.waarde or 0
        return laag, self.tekort.waarde_tot or laag


@dataclass(frozen=True, slots=True)
class Gebied:
    """The country, a WGO or an arbeidsmarktregio, with its shares in the country."""

    regio_code: str
    naam: str
    sleutel: Mapping[str, float]
    aandeel: float
    # Its own shortage as published, of the year of the effects: it goes before its share of the national one.
    tekort: Waarneming | None = None
    # Its own shortage as published of another year: said before the sum, which is not about that year.
    ander_tekort: Waarneming | None = None

    def bounds(self, punt: Uitgangspunt) -> tuple[float, float]:
        """Return the two ends of its expected shortage in persons."""
        if self.tekort is None or self.tekort.waarde is None:
            laag, hoog = punt.grenzen
            return laag * self.aandeel, hoog * self.aandeel
        return self.tekort.waarde, self.tekort.waarde_tot or self.tekort.waarde

    @property
    def stap(self) -> int:
        """To how many persons results are rounded."""
        return STAP_LAND if self.regio_code == LAND else STAP_REGIO

    def text(self, personen: float) -> str:
        """Write persons, rounded for this area."""
        return knoppen.persons_text(personen, self.stap)


@dataclass(frozen=True, slots=True)
class Knopuitkomst:
    """What one setting brings in one area: per knop, and together against both ends of the shortage."""

    naam: str
    soort: str
    standen: Mapping[str, int]
    effecten: Mapping[str, float]
    laag: Opbrengst
    hoog: Opbrengst

    @property
    def minst(self) -> float:
        """The least it brings: overlapping, at the lower shortage."""
        return self.laag.met_overlap

    @property
    def opgeteld(self) -> float:
        """The effects added up, whatever the shortage: what all regions bring together is this of the country."""
        return sum(self.effecten.values())

    @property
    def meest(self) -> float:
        """The most it brings: added up, at the higher shortage."""
        return self.hoog.zonder_overlap


def starting_point(haal: Haal, regios: Collection[str], catalogus: Mapping[str, Indicator]) -> Uitgangspunt | None:
    """Return what was published of effects and shortage by one source; nothing when either is missing."""
    effecten: dict[str, Waarneming] = {}
    for rij in haal(knoppen.EFFECT):
        if rij.regio_code == LAND and rij.branche_code == TOTAAL and rij.categorie in KNOPPEN and rij.waarde:
            effecten[rij.categorie] = rij
    if len(effecten) < len(KNOPPEN):
        return None
    een = next(iter(effecten.values()))
    zelfde = [r for r in _shortages(haal) if r.bron == een.bron and r.periode == een.periode]
    if not zelfde:
        return None
    eigen = verdeelsleutels.keys(haal, regios, catalogus)
    geordend = {knop: effecten[knop] for knop in KNOPPEN}
    basis = verdeelsleutels.employees(haal, regios)
    jaar = zelfde[0].periode
    zelfde_jaar = _regional(haal, lambda r: r.periode == jaar)
    ander_jaar = _regional(haal, lambda r: r.periode != jaar)
    return Uitgangspunt(geordend, zelfde[0], basis, eigen, zelfde_jaar, ander_jaar)


def all_shortages(haal: Haal, gebied: Gebied) -> list[Waarneming]:
    """Return every expected shortage that was published: of the area first, then the newest vintage.

    For the country also those of regions, which nothing else shows while their employees are not known.
    """
    codes = {LAND, gebied.regio_code}
    gekozen = [r for r in _whole(haal) if gebied.regio_code == LAND or r.regio_code in codes]
    gekozen.sort(key=lambda r: (vintage(r), r.eind, r.waarde or 0), reverse=True)
    return sorted(gekozen, key=lambda r: (r.regio_code != gebied.regio_code, r.regio_code))


def newest_forecast(haal: Haal, punt: Uitgangspunt) -> tuple[Waarneming, ...]:
    """Return the national forecast of the newest vintage for its last year, the highest first; nothing newer: empty.

    It stands beside the sum and never at its start: the effects belong to another vintage and another year.
    """
    nieuwer = [r for r in _whole(haal) if r.regio_code == LAND and vintage(r) > vintage(punt.tekort)]
    if not nieuwer:
        return ()
    laatste = max(nieuwer, key=lambda r: (vintage(r), r.eind))
    # Where a source names its own delimitation, that is another count than the one without.
    samen = [r for r in nieuwer if (vintage(r), r.periode) == (vintage(laatste), laatste.periode)]
    kaal = [r for r in samen if set(r.delen) <= {"prognose", "scenario"}] or samen
    return tuple(sorted(kaal, key=lambda r: r.waarde or 0, reverse=True))


def vintage(rij: Waarneming) -> str:
    """Return when a forecast was made, as text that sorts: a year alone is the end of that year."""
    jaargang = rij.delen.get("prognose", "")
    return jaargang if "-" in jaargang else f"{jaargang}-12"


def _regional(haal: Haal, telt: Callable[[Waarneming], bool]) -> dict[str, Waarneming]:
    """Return per region, of its published shortages that count, that of the newest vintage and its last year."""
    eigen = [r for r in _whole(haal) if r.regio_code != LAND and not r.is_voorbeeld and telt(r)]
    return {r.regio_code: r for r in sorted(eigen, key=lambda r: (vintage(r), r.eind))}


def _whole(haal: Haal) -> list[Waarneming]:
    """Return the expected shortages over all branches."""
    return [r for r in haal(knoppen.TEKORT) if r.branche_code == TOTAAL and not r.categorie and r.waarde]


def _shortages(haal: Haal) -> list[Waarneming]:
    return [r for r in _whole(haal) if r.regio_code == LAND]


def country(naam: str) -> Gebied:
    """Return the whole country: all of every effect."""
    return Gebied(LAND, naam, dict.fromkeys(KNOPPEN, 1.0), 1.0)


def area(punt: Uitgangspunt, code: str, naam: str, leden: Sequence[str]) -> Gebied:
    """Return a WGO or region with its shares; only where employees per region are known."""
    if punt.basis is None:
        raise ValueError(f"{code}: geen werknemers per regio")
    sleutel = verdeelsleutels.of_area(KNOPPEN, punt.basis, punt.eigen, leden)
    aandeel = sum(punt.basis.aandelen[lid] for lid in leden)
    eigen = punt.regionaal.get(code)
    return Gebied(code, naam, sleutel, aandeel, eigen, None if eigen else punt.van_ander_jaar.get(code))


def outcome(punt: Uitgangspunt, gebied: Gebied, standen: Mapping[str, int], naam: str, soort: str) -> Knopuitkomst:
    """Return what a setting brings in an area."""
    fracties = {knop: stand / 100 for knop, stand in standen.items()}
    effecten = knoppen.effects(fracties, punt.effect, gebied.sleutel)
    laag, hoog = (knoppen.combine(effecten, grens) for grens in gebied.bounds(punt))
    return Knopuitkomst(naam, soort, standen, effecten, laag, hoog)


def left(uitkomst: Knopuitkomst) -> tuple[float, float]:
    """Return the shortage that is left: at the least of the lower end, and at the most of the higher."""
    return uitkomst.laag.rest_minst, uitkomst.hoog.rest_meest
