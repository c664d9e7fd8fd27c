"""What voorbeelddata of public statistics must add up to: the published figures, and the size of each region.

Published figures come from the shipped delivery of source gepubliceerd, so that none is typed over. Everything
is in whole numbers: a share in per mille, a count in persons or vacancies.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

from pipelines.voorbeelddata.pfzw_dekking import REFERENTIE, draw

CIJFERS = Path(__file__).resolve().parents[2] / "data" / "raw" / "gepubliceerd" / "2026-feiten" / "cijfers.csv"
# The branches of CBS AZW; revalidatie is part of ziekenhuizen there.
BRANCHES = ("ZKH", "UMC", "GGZ", "GHZ", "VVT", "HAG", "SW", "JZ", "KO", "OZW")
_VOLGORDE = ("primair", "secundair", "afgeleid")
_PROVINCIES = "2020KW02"


@cache
def _figures() -> dict[tuple[str, str, str, str, str], Decimal]:
    """Return the published figure of every key, the best source first (as in publiceren.sql, but for the table)."""
    with CIJFERS.open(encoding="utf-8", newline="") as stroom:
        rijen = sorted(csv.DictReader(stroom), key=lambda rij: (_VOLGORDE.index(rij["kwaliteit"]), rij["id"]))
    cijfers: dict[tuple[str, str, str, str, str], Decimal] = {}
    for rij in rijen:
        if not rij["categorie"]:
            sleutel = ("indicator_id", "uitsplitsing", "regio_code", "branche_code", "periode")
            a, b, c, d, e = (rij[naam] for naam in sleutel)
            cijfers.setdefault((a, b, c, d, e), Decimal(rij["waarde"]))
    return cijfers


def published(
    indicator_id: str, uitsplitsing: str, periode: str, regio: str = "NL01", branche: str = "TOTAAL", factor: int = 1
) -> int | None:
    """Return a published figure times `factor` (1000 for a share in per mille), or None where there is none."""
    waarde = _figures().get((indicator_id, uitsplitsing, regio, branche, periode))
    return None if waarde is None else int(waarde * factor)


def published_branches(indicator_id: str, uitsplitsing: str, periode: str, factor: int = 1) -> dict[str, int]:
    """Return the published national figures per branche, times `factor`; branches without one are left out."""
    cijfers = {b: published(indicator_id, uitsplitsing, periode, "NL01", b, factor) for b in BRANCHES}
    return {branche: waarde for branche, waarde in cijfers.items() if waarde is not None}


@cache
def pieces() -> Mapping[tuple[str, str], int]:
    """Return the weight of every piece regio × provincie: inwoners times werknemers per 1.000 in the province.

    A region's weight is its share in werknemers before anything is drawn: provinces differ by a factor 1.5
    (CBS, werknemers per 1.000 inwoners, second quarter of 2020).
    """
    per_1000: dict[str, int] = {}
    delen: dict[tuple[str, str], int] = {}
    with (REFERENTIE / "gemeenten.csv").open(encoding="utf-8", newline="") as stroom:
        for rij in csv.DictReader(stroom):
            provincie = rij["pv_code"]
            if not rij["inwoners_2024_01_01"]:
                continue
            if provincie not in per_1000:
                per_1000[provincie] = must(
                    published("werknemers_per_1000", "telling=cbs_breed", _PROVINCIES, provincie, factor=10)
                )
            sleutel = (rij["ra_code"], provincie)
            delen[sleutel] = delen.get(sleutel, 0) + int(rij["inwoners_2024_01_01"]) * per_1000[provincie]
    return delen


@cache
def regions() -> Mapping[str, int]:
    """Return the weight of every arbeidsmarktregio (see pieces), by code; drawn up or down by at most 4 %."""
    gewicht: dict[str, int] = {}
    for (regio, _), deel in sorted(pieces().items()):
        gewicht[regio] = gewicht.get(regio, 0) + deel
    return {regio: deel * draw(96, 104, "werknemers", regio) // 10_000 for regio, deel in gewicht.items()}


def must(waarde: int | None) -> int:
    """Return a figure that the script rests on; the shipped delivery has it."""
    if waarde is None:
        raise LookupError("een gepubliceerd cijfer waar de voorbeelddata op rusten ontbreekt")
    return waarde


def apportion(totaal: int, gewichten: Sequence[int]) -> list[int]:
    """Return totaal in whole parts by weight that add up to it exactly; the largest remainders get one more."""
    som = sum(gewichten)
    delen = [totaal * gewicht // som for gewicht in gewichten]
    rest = sorted(range(len(gewichten)), key=lambda plek: (-(totaal * gewichten[plek] % som), plek))
    for plek in rest[: totaal - sum(delen)]:
        delen[plek] += 1
    return delen


def complete(totaal: int, bekend: Mapping[str, int], gewichten: Mapping[str, int]) -> dict[str, int]:
    """Return a figure per branche that adds up to totaal: the published ones, and the rest by weight."""
    open_ = [branche for branche in gewichten if branche not in bekend]
    rest = apportion(totaal - sum(bekend.values()), [gewichten[branche] for branche in open_])
    return {branche: bekend.get(branche, 0) for branche in gewichten} | dict(zip(open_, rest, strict=True))
