"""From published effects and a setting to what the page Tekort en knoppen says, for one area."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app import knoppen, verdeelsleutels
from app.data import Haal, Waarneming
from app.knoppen import KNOPPEN, STAP_LAND, STAP_REGIO, Opbrengst, range_text
from app.opmaak import waarde_tekst
from app.verdeelsleutels import Sleutel
from pipelines.codelijsten import LAND, TOTAAL

VAST = (25, 50, 100)
ALLE_REGIOS = "Alle regio's samen"
_PER_REGIO = ("Met overlap", "Zonder overlap", "Opgeteld, vóór de grens van het tekort")


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


def starting_point(haal: Haal, regios: Collection[str]) -> Uitgangspunt | None:
    """Return what was published of effects and shortage by one source; nothing when either is missing."""
    effecten: dict[str, Waarneming] = {}
    for rij in haal("knop_effect"):
        if rij.regio_code == LAND and rij.branche_code == TOTAAL and rij.categorie in KNOPPEN and rij.waarde:
            effecten[rij.categorie] = rij
    if len(effecten) < len(KNOPPEN):
        return None
    een = next(iter(effecten.values()))
    zelfde = [r for r in _shortages(haal) if r.bron == een.bron and r.periode == een.periode]
    if not zelfde:
        return None
    eigen = verdeelsleutels.keys(haal, regios)
    geordend = {knop: effecten[knop] for knop in KNOPPEN}
    return Uitgangspunt(geordend, zelfde[0], verdeelsleutels.employees(haal, regios), eigen)


def other_shortages(haal: Haal, punt: Uitgangspunt, gebied: Gebied) -> list[Waarneming]:
    """Return the expected shortages of other vintages, for the country and for the area itself."""
    codes = {LAND, gebied.regio_code}
    return [r for r in haal("tekort_verwacht") if r.regio_code in codes and r.waarde and r is not punt.tekort]


def _shortages(haal: Haal) -> list[Waarneming]:
    return [r for r in haal("tekort_verwacht") if r.regio_code == LAND and r.branche_code == TOTAAL and r.waarde]


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


def title(gebied: Gebied, uitkomsten: Sequence[Knopuitkomst]) -> str:
    """State what the setting brings, or two settings beside each other."""
    delen = [range_text(u.minst, u.meest, gebied.stap) for u in uitkomsten]
    voorbeeld = " (voorbeelddata)" if gebied.is_voorbeeld else ""
    if len(delen) == 1:
        tekort = range_text(uitkomsten[0].laag.tekort, uitkomsten[0].hoog.tekort, gebied.stap)
        return f"{gebied.naam}: deze instelling scheelt {delen[0]} mensen op een tekort van {tekort}{voorbeeld}"
    samen = " en ".join(f"instelling {u.naam} {deel}" for u, deel in zip(uitkomsten, delen, strict=True))
    return f"{gebied.naam}: {samen} mensen minder tekort{voorbeeld}"


def strips(gebied: Gebied, uitkomsten: Sequence[Knopuitkomst]) -> list[dict[str, object]]:
    """Return the rows of the chart: one strip per setting, the shortage behind them."""
    laag, hoog = (round_for(gebied, o.tekort) for o in (uitkomsten[0].laag, uitkomsten[0].hoog))
    tekort = range_text(uitkomsten[0].laag.tekort, uitkomsten[0].hoog.tekort, gebied.stap)
    rows: list[dict[str, object]] = [{"laag": "tekort", "van": laag, "tot": hoog, "tekst": f"verwacht tekort {tekort}"}]
    for volgorde, u in enumerate(uitkomsten):
        van, tot = round_for(gebied, u.minst), round_for(gebied, u.meest)
        rows.append(
            {"laag": "strook", "rij": u.naam, "volgorde": volgorde, "soort": u.soort, "van": van, "tot": tot,
             "tekst": range_text(u.minst, u.meest, gebied.stap), "grens": laag, "voorbeeld": gebied.is_voorbeeld}
        )  # fmt: skip
    return rows + ([{"laag": "stempel"}] if gebied.is_voorbeeld else [])


def round_for(gebied: Gebied, personen: float) -> int:
    """Round persons the way this area shows them, so that a picture tells no more than its text."""
    return knoppen.round_persons(personen, gebied.stap)


def together_rows(gebied: Gebied, uitkomsten: Sequence[Knopuitkomst]) -> list[tuple[str, ...]]:
    """Return the table of what settings bring together, at both ends of the shortage."""
    rijen: list[tuple[str, ...]] = []
    for u in uitkomsten:
        for opbrengst in (u.laag, u.hoog):
            heel = " (het hele tekort)" if opbrengst.rest_minst == 0 and opbrengst.tekort else ""
            rijen.append(
                (
                    u.naam,
                    gebied.text(opbrengst.tekort),
                    gebied.text(opbrengst.met_overlap),
                    gebied.text(opbrengst.zonder_overlap) + heel,
                    range_text(opbrengst.rest_minst, opbrengst.rest_meest, gebied.stap),
                )
            )
    return rijen


def together_cells(gebied: Gebied, uitkomsten: Sequence[Knopuitkomst]) -> list[tuple[str, ...]]:
    """Return the same table for a download: what is left in two columns, so that each cell is one number."""
    return [
        (
            u.naam,
            *(gebied.text(w) for w in (opbrengst.tekort, opbrengst.met_overlap, opbrengst.zonder_overlap)),
            *(gebied.text(w) for w in (opbrengst.rest_minst, opbrengst.rest_meest)),
        )
        for u in uitkomsten
        for opbrengst in (u.laag, u.hoog)
    ]


def region_columns(eigen: Sequence[Knopuitkomst]) -> tuple[str, ...]:
    """Return what the columns of the table per region are called; with two settings each has its name."""
    achter = [f", {u.naam}" if len(eigen) > 1 else "" for u in eigen]
    return ("Regio", *(f"{kolom}{naam}" for naam in achter for kolom in _PER_REGIO))


def region_rows(punt: Uitgangspunt, gebieden: Sequence[Gebied], eigen: Sequence[Knopuitkomst]) -> list[tuple[str, ...]]:
    """Return what the same settings bring in every region, and how all regions add up to the country.

    Only the effects themselves add up: each region stops at a shortage of its own, so the ranges do not.
    """
    per_gebied = [(g, [outcome(punt, g, u.standen, u.naam, u.soort) for u in eigen]) for g in gebieden]
    rijen = [
        (g.naam, *(veld for u in hier for veld in (g.text(u.minst), g.text(u.meest), g.text(u.opgeteld))))
        for g, hier in per_gebied
    ]
    samen = [sum(hier[nummer].opgeteld for _, hier in per_gebied) for nummer in range(len(eigen))]
    land = country(ALLE_REGIOS)
    return [*rijen, (land.naam, *(veld for som in samen for veld in ("", "", land.text(som))))]


def knop_rows(punt: Uitgangspunt, gebied: Gebied, eigen: Sequence[Knopuitkomst]) -> list[tuple[str, ...]]:
    """Return the table per knop: what it is in full, what it could bring then, and what the settings bring."""
    heel = knoppen.effects(dict.fromkeys(KNOPPEN, 1.0), punt.effect, gebied.sleutel)
    return [
        (
            knop.naam,
            knop.geheel,
            gebied.text(heel[code]),
            *(
                veld
                for u in eigen
                for veld in (waarde_tekst(u.standen[code] / 100, "aandeel", 0), gebied.text(u.effecten[code]))
            ),
        )
        for code, knop in KNOPPEN.items()
    ]
