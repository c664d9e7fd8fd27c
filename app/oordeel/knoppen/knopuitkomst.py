"""From published effects and a setting to what it brings in one area, as figures."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.lezen.data import Haal, Indicator, Waarneming
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
    is_voorbeeld: bool = False

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
    return Uitgangspunt(geordend, zelfde[0], verdeelsleutels.employees(haal, regios), eigen)


def other_shortages(haal: Haal, punt: Uitgangspunt, gebied: Gebied) -> list[Waarneming]:
    """Return the expected shortages of other vintages, for the country and for the area itself."""
    codes = {LAND, gebied.regio_code}
    return [r for r in haal(knoppen.TEKORT) if r.regio_code in codes and r.waarde and r is not punt.tekort]


def _shortages(haal: Haal) -> list[Waarneming]:
    return [r for r in haal(knoppen.TEKORT) if r.regio_code == LAND and r.branche_code == TOTAAL and r.waarde]


def country(naam: str) -> Gebied:
    """Return the whole country: all of every effect."""
    return Gebied(LAND, naam, dict.fromkeys(KNOPPEN, 1.0), 1.0)


def area(punt: Uitgangspunt, code: str, naam: str, leden: Sequence[str]) -> Gebied:
    """Return a WGO or region with its shares; only where employees per region are known."""
    if punt.basis is None:
        raise ValueError(f"{code}: geen werknemers per regio")
    sleutel = verdeelsleutels.of_area(KNOPPEN, punt.basis, punt.eigen, leden)
    aandeel = sum(punt.basis.aandelen[lid] for lid in leden)
    is_voorbeeld = punt.basis.is_voorbeeld or any(s.is_voorbeeld for s in punt.eigen.values())
    return Gebied(code, naam, sleutel, aandeel, is_voorbeeld)


def outcome(punt: Uitgangspunt, gebied: Gebied, standen: Mapping[str, int], naam: str, soort: str) -> Knopuitkomst:
    """Return what a setting brings in an area."""
    fracties = {knop: stand / 100 for knop, stand in standen.items()}
    effecten = knoppen.effects(fracties, punt.effect, gebied.sleutel)
    laag, hoog = (knoppen.combine(effecten, grens * gebied.aandeel) for grens in punt.grenzen)
    return Knopuitkomst(naam, soort, standen, effecten, laag, hoog)
