"""Areas of one level side by side: the same figure of each, then and now, with Nederland where that compares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.lezen.rijen import Waarneming
from app.oordeel import benaming
from app.oordeel.echt import beside
from app.oordeel.reeksen import core_series, is_like, select_series
from app.oordeel.vergelijken.twee_momenten import Paar, moment_name
from pipelines.afspraken.codelijsten import LAND, TOTAAL


@dataclass(frozen=True)
class NaastElkaar:
    """The figures of `codes`, and of Nederland last where it is there, at two moments; `perioden` are their keys."""

    paren: dict[str, Paar]
    momenten: tuple[str, str]
    perioden: tuple[str, str]
    uitsplitsing: str
    land_naam: str

    @property
    def nu(self) -> dict[str, Waarneming]:
        """The newest figure of each area that has a row for it."""
        return {code: tot for code, (_, tot) in self.paren.items() if tot is not None}


def compare(
    rijen: Sequence[Waarneming], codes: Sequence[str], niveau: str, *, met_land: bool, branche: str = TOTAAL
) -> NaastElkaar | None:
    """Return one figure of areas at the newest moment and at the earliest that compares with it; None without figures.

    Of quarters and months the earliest is of the same quarter or month. Nederland stands beside it in the same series.
    """
    eigen = {code: core_series(rijen, niveau, code, branche) for code in codes}
    gevuld = [r for reeks in eigen.values() for r in reeks if r.waarde is not None]
    if not gevuld:
        return None
    laatste = max(gevuld, key=lambda r: r.eind)
    eerste = first_like(gevuld, laatste)
    paren = {code: _pair(reeks, eerste.periode, laatste.periode) for code, reeks in eigen.items()}
    land_naam = ""
    if met_land:
        land = _pair(
            select_series(rijen, uitsplitsing=laatste.uitsplitsing, branche=branche), eerste.periode, laatste.periode
        )
        land = (beside(eerste, land[0]), beside(laatste, land[1]))
        if toon := land[1]:
            paren[LAND] = land
            land_naam = benaming.country_name(toon, rijen)
    namen = tuple(moment_name(gevuld, r.periode) for r in (eerste, laatste))
    return NaastElkaar(paren, (namen[0], namen[1]), (eerste.periode, laatste.periode), laatste.uitsplitsing, land_naam)


def first_like(gevuld: Sequence[Waarneming], laatste: Waarneming) -> Waarneming:
    """Return the earliest figure over the same part of a year; where there is no earlier one the newest itself."""
    return min((r for r in gevuld if is_like(r, laatste)), key=lambda r: r.eind, default=laatste)


def per_branche(
    rijen: Sequence[Waarneming], codes: Sequence[str], regio_code: str, *, met_land: bool
) -> list[dict[str, Paar]]:
    """Return per branche Nederland and the region, at the earliest moment that compares and last at the newest one.

    `rijen` are of one uitsplitsing, `codes` the branches in their order. One moment where no earlier one compares;
    none where the region has no figure per branche.
    """
    eigen = [r for r in rijen if r.regio_code == regio_code and r.branche_code != TOTAAL]
    if not eigen:
        return []
    laatste = max(eigen, key=lambda r: (r.eind, r.periode))
    eerste = first_like([r for r in eigen if r.waarde is not None], laatste)
    per = {(r.regio_code, r.branche_code, r.periode): r for r in rijen}
    getoond = [code for code in codes if (regio_code, code, laatste.periode) in per]
    land_code = LAND if met_land else ""

    def moment(periode: str) -> dict[str, Paar]:
        paren = {code: (per.get((land_code, code, periode)), per.get((regio_code, code, periode))) for code in getoond}
        return {code: (beside(hier, land), hier) for code, (land, hier) in paren.items()}

    return [moment(periode) for periode in dict.fromkeys((eerste.periode, laatste.periode))]


def of_country(rijen: Sequence[Waarneming], codes: Sequence[str], perioden: Sequence[str]) -> dict[str, Paar]:
    """Return per branche the figure of Nederland then and now, whatever kind that of a region beside it is."""
    per = {(r.branche_code, r.periode): r for r in rijen if r.regio_code == LAND}
    return {code: (per.get((code, perioden[0])), per.get((code, perioden[-1]))) for code in codes}


def range_per_branche(
    rijen: Sequence[Waarneming], codes: Sequence[str], regios: Sequence[str], periode: str
) -> dict[str, Paar]:
    """Return per branche the lowest and the highest figure of some regions; none where fewer than two have one.

    Of made-up figures there is no range: what is like a region is known of real ones alone.
    """
    eigen = [
        r for r in rijen
        if r.regio_code in regios and r.periode == periode and r.waarde is not None and not r.is_voorbeeld
    ]  # fmt: skip
    uit: dict[str, Paar] = {}
    for code in codes:
        van_branche = sorted((r for r in eigen if r.branche_code == code), key=lambda r: r.waarde or 0)
        uit[code] = (van_branche[0], van_branche[-1]) if len(van_branche) > 1 else (None, None)
    return uit if any(laag for laag, _ in uit.values()) else {}


def moment_names(paren: Mapping[str, Paar]) -> tuple[str, str]:
    """Return what the two moments of these figures are called, each with its peildatum where it has one."""
    kanten = ([paar[i] for paar in paren.values()] for i in (0, 1))
    rijen = [next(r for r in kant if r is not None) for kant in kanten]
    namen = [moment_name([rij], rij.periode) for rij in rijen]
    return namen[0], namen[1]


def _pair(reeks: Sequence[Waarneming], eerste: str, laatste: str) -> Paar:
    per_periode = {r.periode: r for r in reeks}
    return (per_periode.get(eerste) if eerste != laatste else None, per_periode.get(laatste))
