"""Which regions there are per level, and gemeenten added up to larger regions where every one of them has a figure."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Mapping
from functools import cache

import pandas as pd

from pipelines.afspraken.codelijsten import LAND, Niveau
from pipelines.afspraken.regio import REFERENTIE

GEMEENTE = Niveau.GEMEENTE.value
# How the codes of a level begin, with CBS and in the contract.
VOORVOEGSELS: Mapping[str, str] = {
    Niveau.LAND.value: "NL",
    Niveau.LANDSDEEL.value: "LD",
    Niveau.PROVINCIE.value: "PV",
    Niveau.ARBEIDSMARKTREGIO.value: "RA",
    GEMEENTE: "GM",
    Niveau.WGO.value: "WGO",
}
_KOLOM = {
    Niveau.LANDSDEEL.value: "ld_code",
    Niveau.PROVINCIE.value: "pv_code",
    Niveau.ARBEIDSMARKTREGIO.value: "ra_code",
}


@cache
def _gemeenten() -> tuple[Mapping[str, str], ...]:
    with (REFERENTIE / "gemeenten.csv").open(encoding="utf-8", newline="") as stroom:
        return tuple(csv.DictReader(stroom))


@cache
def parents(niveau: str) -> Mapping[str, str]:
    """Return the region of a level per gemeente, also of those that are no more."""
    return {rij["gm_code"]: LAND if niveau == Niveau.LAND else rij[_KOLOM[niveau]] for rij in _gemeenten()}


@cache
def by_plain_name() -> Mapping[str, tuple[str, ...]]:
    """Return the codes of gemeenten by their name in small letters without accents and signs."""
    per_naam: dict[str, tuple[str, ...]] = {}
    for rij in _gemeenten():
        naam = plain(rij["gm_naam"])
        per_naam[naam] = (*per_naam.get(naam, ()), rij["gm_code"])
    return per_naam


def plain(naam: str) -> str:
    """Return a name in small letters, without accents and signs."""
    los = unicodedata.normalize("NFKD", naam.casefold()).replace("&", " en ")
    return " ".join("".join(t if t.isalnum() else " " for t in los if not unicodedata.combining(t)).split())


@cache
def expected_regions(niveau: str) -> frozenset[str]:
    """Return every code of a level; of gemeenten all that there have been."""
    if niveau == Niveau.LAND:
        return frozenset({LAND})
    if niveau == GEMEENTE:
        return frozenset(rij["gm_code"] for rij in _gemeenten())
    return frozenset(rij[_KOLOM[niveau]] for rij in _gemeenten())


def first_year() -> int:
    """Return the first year of which the gemeenten are known."""
    return min(int(rij["geldig_van"]) for rij in _gemeenten())


@cache
def members(niveau: str, jaar: int) -> Mapping[str, frozenset[str]]:
    """Return the gemeenten of a year per region of a level."""
    leden: dict[str, set[str]] = {}
    for rij in _gemeenten():
        if int(rij["geldig_van"]) <= jaar <= int(rij["geldig_tot"] or 9999):
            ouder = LAND if niveau == Niveau.LAND else rij[_KOLOM[niveau]]
            leden.setdefault(ouder, set()).add(rij["gm_code"])
    return {code: frozenset(gemeenten) for code, gemeenten in leden.items()}


def add_up(
    frame: pd.DataFrame, niveau: str, regio: str, sleutels: list[str], waarden: list[str], jaar_van: Mapping[str, int]
) -> tuple[pd.DataFrame, int]:
    """Return one row per region of a level and combination of `sleutels`, and how many figures could not be made.

    A region has a figure only where each of its gemeenten of that year, or of the year after (figures of a schooljaar
    may be by the gemeenten of its second half), has one; else it stays empty: what is not known of one gemeente is not
    known of the sum. `jaar_van` is the year of a period, whose code stands in the first of `sleutels`.
    """
    rijen: list[dict[str, object]] = []
    onbekend = 0
    for groep, deel in frame.groupby(sleutels, sort=False, dropna=False):
        codes = groep if isinstance(groep, tuple) else (groep,)
        jaar = jaar_van[str(codes[0])]
        leden, later = members(niveau, jaar), members(niveau, jaar + 1)
        per_gemeente = deel.set_index(regio)
        for code, gemeenten in leden.items():
            rij: dict[str, object] = {regio: code, **dict(zip(sleutels, codes, strict=True))}
            for kolom in waarden:
                cijfers = per_gemeente[kolom]
                som = _sum_of(cijfers, gemeenten) or _sum_of(cijfers, later.get(code, gemeenten))
                rij[kolom] = som
                onbekend += som == ""
            rijen.append(rij)
    return pd.DataFrame(rijen, columns=[regio, *sleutels, *waarden], dtype=object), onbekend


def _sum_of(cijfers: pd.Series, gemeenten: frozenset[str]) -> str:
    deel = cijfers.reindex(sorted(gemeenten))
    if deel.isna().any():
        return ""
    getallen = pd.to_numeric(deel, errors="coerce")
    if getallen.isna().any():
        return ""
    som = getallen.sum()
    return str(int(som)) if som == int(som) else repr(float(som))
