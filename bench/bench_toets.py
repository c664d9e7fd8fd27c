"""How often the test of a WGO against the rest says 'hoger' or 'lager' where there is nothing.

Populations as large as were invited for the nulmeting, in which every WGO has the same share; samples as large as
answered. Prints, per share: tests with p < 0.05 (5 % is meant), and questions with any verdict after correction.

    python bench/bench_toets.py
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from pipelines.afspraken.contract import Bron, Kolom, Tabel
from pipelines.afspraken.indicatoren import Indicator
from pipelines.rekenen.meting import Meting
from pipelines.rekenen.schatten import Ontwerp
from pipelines.rekenen.verschil import compile_verschillen, judge_differences

SRS = Path(__file__).parents[1] / "data" / "raw" / "srs_enquete"
PIPELINES = Path(__file__).parents[1] / "pipelines"
HERHALINGEN = 200


def main() -> None:
    """Print the share of false alarms for a few shares."""
    uitgenodigd = {r["wgo_code"]: int(r["uitgenodigd"]) for r in _read(SRS / "nulmeting-2021" / "uitgenodigd.csv")}
    geantwoord = Counter(r["wgo_code"] for r in _read(SRS / "voorbeeld-2021" / "antwoorden.csv"))
    rng = np.random.default_rng(2021)
    print("aandeel  p < 0.05  vragen met een oordeel")
    for aandeel in (0.05, 0.15, 0.3, 0.5):
        kolommen = {f"v{nr}": Kolom(f"v{nr}", "ja_nee") for nr in range(HERHALINGEN)}
        antwoorden = {"regio_code": np.repeat(list(geantwoord), list(geantwoord.values()))}
        for naam in kolommen:
            delen = [_sample(rng, uitgenodigd[w], n, aandeel) for w, n in geantwoord.items()]
            antwoorden[naam] = np.concatenate(delen)
        print("{:7.0%}  {:8.1%}  {:.1%}".format(aandeel, *_false_alarms(kolommen, antwoorden, uitgenodigd)))


def _read(pad: Path) -> list[dict[str, str]]:
    with pad.open(encoding="utf-8", newline="") as stroom:
        return list(csv.DictReader(stroom))


def _sample(rng: np.random.Generator, populatie: int, n: int, aandeel: float) -> np.ndarray:
    """Draw n of a population with this share; a share that is no whole number is rounded up or down by chance."""
    ja = int(aandeel * populatie + rng.random())
    return rng.permutation(np.arange(populatie) < ja)[:n].astype(float)


def _false_alarms(
    kolommen: dict[str, Kolom], antwoorden: dict[str, np.ndarray], uitgenodigd: dict[str, int]
) -> tuple[float, float]:
    frame = pd.DataFrame(antwoorden)
    wgos = tuple(sorted(uitgenodigd))
    stratum = frame["regio_code"].map({code: nr for nr, code in enumerate(wgos)}).to_numpy(dtype=np.intp)
    aantallen = np.bincount(stratum, minlength=len(wgos)).astype(float)
    ontwerp = Ontwerp(stratum, np.array([float(uitgenodigd[w]) for w in wgos]), aantallen)
    bron = Bron("srs_enquete", "", "", {"antwoorden": Tabel("antwoorden", "", kolommen, ())})
    con = duckdb.connect()
    con.execute("attach ':memory:' as pub; use pub")
    con.execute((PIPELINES / "publicatie" / "publicatie.sql").read_text(encoding="utf-8"))
    con.execute("use memory")
    con.execute((PIPELINES / "rekenen" / "enquete.sql").read_text(encoding="utf-8"))
    con.execute("create table periode (periode varchar, soort varchar, eind date)")
    indicatoren = {naam: Indicator(naam, "", "", "aandeel", "geen", enquete=True) for naam in kolommen}
    compile_verschillen(con, indicatoren, {"srs_enquete": bron}, [Meting("2021", "levering", frame, ontwerp, wgos)])
    judge_differences(con)
    rij = con.execute(
        """
        select count(*) filter (where p < 0.05) / count(p),
               count(distinct case when oordeel in ('hoger', 'lager') then indicator_id end)
                   / count(distinct indicator_id)
        from pub.verschil
        """
    ).fetchone()
    assert rij is not None
    return float(rij[0]), float(rij[1])


if __name__ == "__main__":
    main()
