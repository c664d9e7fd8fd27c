"""How often the test of a WGO against the rest says 'hoger' or 'lager' where there is nothing, and where there is.

Populations in which every WGO has the same share, and samples without replacement from them. Two designs: as many
invited and answered as in the nulmeting, and ten to a hundred answers of three times as many invited. Prints per
share: tests with p < 0.05 (5 % is meant) and questions with any verdict after correction, by Newcombe's interval and
by the t of the whole design that went before it; and how often a WGO that is 20 points higher is found by either.

    nice python bench/methoden/bench_toets.py
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from scipy import stats

from pipelines.afspraken.codelijsten import MINSTE_RESPONDENTEN
from pipelines.rekenen.steekproef.mover import difference_p
from pipelines.rekenen.steekproef.schatten import GEEN_FOUT, Ontwerp, Rij, state_share

SRS = Path(__file__).parents[2] / "data" / "raw" / "srs_enquete"
HERHALINGEN = 1500
AANDELEN = (0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95)
HOGER = 0.2
# Per WGO (uitgenodigd, geantwoord).
Aantallen = Mapping[str, tuple[int, int]]


def main() -> None:
    """Print false alarms and power per design and share."""
    rng = np.random.default_rng(2021)
    kop = (
        "aandeel  p < 0,05  vragen met een oordeel  gevonden bij +20   (t van het ontwerp: p < 0,05, vragen, gevonden)"
    )
    for naam, aantallen in _designs().items():
        print(f"\n{naam}\n{kop}")
        antwoorden = np.array([n for _, n in aantallen.values()])
        midden = int(np.argsort(antwoorden)[len(antwoorden) // 2])
        plek = int((antwoorden[:midden] >= MINSTE_RESPONDENTEN).sum())
        for aandeel in AANDELEN:
            niets = _p_values(rng, aantallen, np.full(len(aantallen), aandeel))
            regels = [f"{aandeel:7.0%}"]
            echt: tuple[Rij, ...] | None = None
            if aandeel + HOGER < 1:
                echt = _p_values(rng, aantallen, aandeel + HOGER * (np.arange(len(aantallen)) == midden))
            for nummer, p in enumerate(niets):
                vragen = (_corrected(p) < 0.05).any(axis=0).mean()
                gevonden = "-" if echt is None else f"{(_corrected(echt[nummer])[plek] < 0.05).mean():.1%}"
                regels.append(f"{(p < 0.05).mean():8.1%}  {vragen:8.1%}  {gevonden:>8}")
            print("    ".join(regels), flush=True)


def _designs() -> dict[str, Aantallen]:
    uitgenodigd = {r["wgo_code"]: int(r["uitgenodigd"]) for r in _read(SRS / "nulmeting-2021" / "uitgenodigd.csv")}
    geantwoord = Counter(r["wgo_code"] for r in _read(SRS / "voorbeeld-2021" / "antwoorden.csv"))
    tien_tot_honderd = (10, 10, 12, 14, 16, 18, 20, 25, 30, 40, 50, 75, 100)
    return {
        "nulmeting": {wgo: (uitgenodigd[wgo], n) for wgo, n in geantwoord.items()},
        "10 tot 100 antwoorden per WGO, een derde van de genodigden": {
            f"WGO{nr:02}": (3 * n, n) for nr, n in enumerate(tien_tot_honderd, 1)
        },
    }


def _read(pad: Path) -> list[dict[str, str]]:
    with pad.open(encoding="utf-8", newline="") as stroom:
        return list(csv.DictReader(stroom))


def _sample(rng: np.random.Generator, populatie: int, n: int, aandeel: float) -> Rij:
    """Draw n of populations with this share, a column each; what is no whole number is rounded by chance."""
    ja = np.floor(aandeel * populatie + rng.random(HERHALINGEN)).astype(int)
    getrokken = rng.hypergeometric(ja, populatie - ja, n)
    return (np.arange(n)[:, None] < getrokken).astype(float)


def _p_values(rng: np.random.Generator, aantallen: Aantallen, aandelen: Rij) -> tuple[Rij, Rij]:
    """Return p per WGO × repetition, by Newcombe's interval and by t with the freedom of the whole design."""
    uitgenodigd, geantwoord = (np.array(reeks) for reeks in zip(*aantallen.values(), strict=True))
    stratum = np.repeat(np.arange(len(geantwoord)), geantwoord)
    ontwerp = Ontwerp(stratum, uitgenodigd.astype(float), geantwoord.astype(float))
    ja = np.vstack([_sample(rng, *plek) for plek in zip(uitgenodigd, geantwoord, aandelen, strict=True)])
    nieuw, oud = [], []
    for nummer in np.flatnonzero(geantwoord >= MINSTE_RESPONDENTEN):
        leden = np.broadcast_to((stratum == nummer)[:, None], ja.shape)
        een, ander = state_share(ja, leden, ontwerp), state_share(ja, ~leden, ontwerp)
        nieuw.append(difference_p(een, ander))
        fout = np.maximum(np.hypot(een.spread(), ander.spread()), GEEN_FOUT)
        oud.append(2 * stats.t.sf(np.abs(een.waarde - ander.waarde) / fout, ontwerp.vrijheid))
    return np.array(nieuw), np.array(oud)


def _corrected(p: Rij) -> Rij:
    """Return p after Benjamini-Hochberg over the WGO's of one question (`verschil.sql` does the same)."""
    return np.asarray(stats.false_discovery_control(p, axis=0))


if __name__ == "__main__":
    main()
