"""What voorbeelddata of public statistics must add up to: the published figures, and the size of each region.

Published figures come from the shipped deliveries of source gepubliceerd, so that none is typed over. Everything
is in whole numbers: a share in per mille, a count in persons or vacancies.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from pipelines.afspraken.codelijsten import LAND
from pipelines.voorbeelddata.loten import REFERENTIE, draw

RAW = Path(__file__).resolve().parents[2] / "data" / "raw"
# The branches of CBS AZW; revalidatie is part of ziekenhuizen there.
BRANCHES = ("ZKH", "UMC", "GGZ", "GHZ", "VVT", "HAG", "SW", "JZ", "KO", "OZW")
_KWALITEIT = ("primair", "secundair", "afgeleid")
_PRECISIE = ("exact", "afgerond", "circa", "bereik")
_SLEUTEL = ("indicator_id", "uitsplitsing", "regio_code", "branche_code", "periode")
_PROVINCIES = "2020KW02"


@cache
def figures() -> Mapping[tuple[str, ...], Mapping[str, str]]:
    """Return the published figure of every key of all shipped deliveries, the best source first (publiceren.sql)."""
    rijen: list[dict[str, str]] = []
    for pad in sorted((RAW / "gepubliceerd").glob("*/cijfers.csv")):
        with pad.open(encoding="utf-8-sig", newline="") as stroom:
            rijen += csv.DictReader(stroom)
    cijfers: dict[tuple[str, ...], Mapping[str, str]] = {}
    for rij in sorted(rijen, key=_rank):
        if not rij["categorie"]:
            cijfers.setdefault(tuple(rij[naam] for naam in _SLEUTEL), rij)
    return cijfers


@cache
def _tables() -> Mapping[str, str]:
    """Return of every figure that shares its key with another whether it stands in a table (1) or not (0)."""
    with (REFERENTIE / "cijferkenmerken.csv").open(encoding="utf-8", newline="") as stroom:
        return {rij["id"]: rij["is_tabel"] for rij in csv.DictReader(stroom)}


def _rank(rij: Mapping[str, str]) -> tuple[int | str, ...]:
    """Return what puts the figures of one key in order."""
    tekst = _tables().get(rij["id"]) != "1"
    dag = date.fromisoformat(rij.get("gepubliceerd_op") or "0001-01-01")
    return (_KWALITEIT.index(rij["kwaliteit"]), tekst, _PRECISIE.index(rij["precisie"]), -dag.toordinal(),
            rij.get("is_voorlopig") == "1", rij["id"])  # fmt: skip


def published(
    indicator_id: str, uitsplitsing: str, periode: str, regio: str = LAND, branche: str = "TOTAAL", factor: int = 1
) -> int | None:
    """Return a published figure times `factor` (1000 for a share in per mille), or None where there is none."""
    rij = figures().get((indicator_id, uitsplitsing, regio, branche, periode))
    return None if rij is None else int(Decimal(rij["waarde"]) * factor)


def published_branches(indicator_id: str, uitsplitsing: str, periode: str, factor: int = 1) -> dict[str, int]:
    """Return the published national figures per branche, times `factor`; branches without one are left out."""
    cijfers = {b: published(indicator_id, uitsplitsing, periode, LAND, b, factor) for b in BRANCHES}
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
