"""What every script of voorbeelddata draws with: regions, lots that fall the same everywhere, and a fitted table.

A draw is a hash of SEED and the name of what is drawn, and all arithmetic is in whole numbers.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

SEED = "nulmeting"
REFERENTIE = Path(__file__).resolve().parents[1] / "referentie"
# Fitting: rounds, and the parts of one person in which it is done.
RONDES = 60
FIJN = 1_000_000
Kruistabel = list[list[int]]


@dataclass(frozen=True)
class Regio:
    """One arbeidsmarktregio with the WGO it belongs to on the peildatum."""

    code: str
    wgo: str
    inwoners: int


def lot(seed: str, laag: int, hoog: int, *naam: str) -> int:
    """Return a whole number from laag to hoog that depends on the seed and the name only."""
    tekst = ":".join((seed, *naam))
    return laag + int.from_bytes(hashlib.sha256(tekst.encode()).digest()) % (hoog - laag + 1)


def draw(laag: int, hoog: int, *naam: str) -> int:
    """Return a whole number from laag to hoog that depends on SEED and the name only."""
    return lot(SEED, laag, hoog, *naam)


def shuffle(regios: Iterable[Regio], doel: str) -> list[Regio]:
    """Return the regions in a drawn order, one order per purpose."""
    return sorted(regios, key=lambda r: draw(0, 10**12, doel, r.code))


def load_regios(peildatum: str) -> list[Regio]:
    """Return the regions on the peildatum, those of one WGO side by side."""
    with (REFERENTIE / "wgo_geldigheid.csv").open(encoding="utf-8", newline="") as stroom:
        wgo = {
            rij["ra_code"]: rij["wgo_code"]
            for rij in csv.DictReader(stroom)
            if rij["geldig_van"] <= peildatum <= (rij["geldig_tot"] or peildatum)
        }
    with (REFERENTIE / "arbeidsmarktregios.csv").open(encoding="utf-8", newline="") as stroom:
        regios = [
            Regio(rij["ra_code"], wgo[rij["ra_code"]], int(rij["inwoners_2024_01_01"]))
            for rij in csv.DictReader(stroom)
        ]
    return sorted(regios, key=lambda r: (r.wgo, r.code))


def fit(tabel: Kruistabel, rijdoel: Sequence[int], kolomdoel: Sequence[int]) -> Kruistabel:
    """Return the table scaled to these margins (persons): rows exact but for rounding, columns very nearly.

    A zero stays zero. The rounds are fixed and the arithmetic whole, so the outcome is the same everywhere.
    """
    fijn = [[waarde * FIJN for waarde in rij] for rij in tabel]
    for _ in range(RONDES):
        for kolom, doel in enumerate(kolomdoel):
            som = sum(rij[kolom] for rij in fijn)
            for rij in fijn:
                rij[kolom] = rij[kolom] * doel * FIJN // som
        for rij, doel in zip(fijn, rijdoel, strict=True):
            som = sum(rij)
            rij[:] = [waarde * doel * FIJN // som for waarde in rij]
    return [[(waarde + FIJN // 2) // FIJN for waarde in rij] for rij in fijn]
