"""Print how many cells are hidden here and by tau-Argus, on the same three tables, and whether both protect.

PYTHONPATH=<folder with pytauargus> python bench/methoden/bench_argus.py --argus

The tables count persons per regio × branche and add up. Primary rules are the same: fewer than three employers, the
largest over half, the two largest over four fifths, p% with p = 10. `beschermd` is judged alike for both: can every
sensitive cell be a tenth more and less, for an outsider and for every employer that is alone in a hidden cell?
"""

from __future__ import annotations

import contextlib
import importlib
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from pipelines.afspraken.indicatoren import Indicator
from pipelines.afspraken.schrift.perioden import parse_periode
from pipelines.onthulling.stromen import Eis, find_stroom
from pipelines.onthulling.verbanden import Cel, Kennis, Plek, make_groep
from pipelines.onthulling.verbergen import Groep, _distances, _has_insider, choose_hidden

REGELS = "NK(1,50)|NK(2,80)|P(10,1)|FREQ(3,10)"
BRANCHES = ("ZKH", "GGZ", "GHZ", "VVT", "HAG", "SW", "JZ", "KO")
INDICATOR = Indicator("w", "W", "W?", "personen", "hoger", bron="x.y", teller="sum(w)")
# (regio, branche, persons) per employer.
Werkgevers = list[tuple[str, str, int]]


def make_bed(wgos: Mapping[str, Sequence[str]], branches: Sequence[str], zaad: int) -> Werkgevers:
    """Return employers: most cells have twenty, one in seven one to three large ones."""
    toeval = random.Random(zaad)
    uit: Werkgevers = []
    for regio in (r for delen in wgos.values() for r in delen):
        for branche in branches:
            klein = toeval.random() < 1 / 7
            aantal, hoogst = (toeval.randint(1, 3), 1500) if klein else (20, 120)
            uit += [(regio, branche, toeval.randint(40, hoogst)) for _ in range(aantal)]
    return uit


def is_sensitive(groten: Sequence[int]) -> bool:
    """Return whether a cell of these employers, the largest first, is sensitive by the primary rules."""
    totaal, (een, twee) = sum(groten), (*groten, 0)[:2]
    return len(groten) < 3 or een > 0.5 * totaal or een + twee > 0.8 * totaal or totaal - een - twee < 0.1 * een


def make_table(bed: Werkgevers, wgos: Mapping[str, Sequence[str]]) -> tuple[list[Plek], Groep]:
    """Return the places and the group of the table that these employers make, margins and WGO's included."""
    ouders = {regio: {"NL01", wgo} if len(wgos) > 1 else {"NL01"} for wgo, delen in wgos.items() for regio in delen}
    per_cel: dict[Plek, list[int]] = defaultdict(list)
    for regio, branche, personen in bed:
        for gebied in (regio, *ouders[regio]):
            for tak in (branche, "TOTAAL"):
                per_cel[gebied, tak].append(personen)
    cellen = []
    for (regio, branche), groten in sorted(per_cel.items()):
        groten.sort(reverse=True)
        niveau = {"NL": "land", "WG": "wgo"}.get(regio[:2], "arbeidsmarktregio")
        deel = "totaal" if (regio, branche) == ("NL01", "TOTAAL") else "brancherand" if regio == "NL01" else (
            "regiorand" if branche == "TOTAAL" else "kruis")  # fmt: skip
        werkgevers = (float(len(groten)), float(groten[0]), float((*groten, 0)[1]))
        cellen.append(
            Cel("w", "", regio, niveau, branche, "2021", None, "levering", float(sum(groten)), None, *werkgevers, deel,
                is_sensitive(groten))
        )  # fmt: skip
    periode = parse_periode("2021")
    assert periode is not None
    boven = {**ouders, **({wgo: {"NL01"} for wgo in wgos} if len(wgos) > 1 else {})}
    return make_groep(cellen, {"w": INDICATOR}, {periode.eind: boven}, Kennis())


def unprotected(groep: Groep, verborgen: np.ndarray, *, insiders: bool) -> int:
    """Return how many sensitive cells cannot be a tenth more and less when these places are hidden."""
    (vlak,) = groep.vlakken
    wie = [None, *(int(c) for c in np.flatnonzero(_has_insider(vlak) & verborgen))] if insiders else [None]
    fout = set()
    for plek in (int(p) for p in np.flatnonzero(vlak.gevoelig)):
        for insider in wie:
            for afstand in _distances(vlak, plek, insider):
                if find_stroom(vlak, verborgen, Eis(0, plek, afstand, insider)) is None:
                    fout.add(plek)
    return len(fout)


def run_argus(bed: Werkgevers, wgos: Mapping[str, Sequence[str]], methode: str) -> set[Plek]:
    """Return the places that tau-Argus hides."""
    protect = importlib.import_module("pytauargus").protect
    # It leaves logs where it runs.
    with tempfile.TemporaryDirectory() as map_, contextlib.chdir(map_):
        hrc = {}
        if len(wgos) > 1:
            pad = Path(map_) / "regio.hrc"
            pad.write_text("".join(f"{wgo}\n" + "".join(f"@{r}\n" for r in delen) for wgo, delen in wgos.items()))
            hrc = {"Regio": str(pad)}
        micro = {"Regio": [r for r, _, _ in bed], "Branche": [b for _, b, _ in bed], "Personen": [p for *_, p in bed]}
        uit = protect(micro, ["Regio", "Branche"], response="Personen", safety_rules=REGELS, suppress=methode,
                      hrc=hrc or None, hierleadstring="@", workdir=map_)  # fmt: skip
        cellen = uit.tables[0].dataframe()
        dicht = [w == "x" for w in uit.tables[0].safe()]
        kolommen = zip(list(cellen["Regio"]), list(cellen["Branche"]), dicht, strict=True)
        return {(_code(r, "NL01"), _code(b, "TOTAAL")) for r, b, is_dicht in kolommen if is_dicht}


def _code(waarde: object, geheel: str) -> str:
    return geheel if str(waarde).strip() in ("", "Total", "nan") else str(waarde).strip()


def main() -> None:
    """Print one line per table and method; tau-Argus only with --argus."""
    plat = {"WGO01": [f"RA01{n:02}" for n in range(1, 5)]}
    breed = {"WGO01": [f"RA01{n:02}" for n in range(1, 13)]}
    diep = {f"WGO0{w}": [f"RA0{w}{n:02}" for n in range(1, 4)] for w in range(1, 5)}
    bedden = (("4 regio's x 5 branches", plat, 5, 3), ("12 regio's x 8 branches", breed, 8, 5),
              ("12 regio's in 4 WGO's x 8", diep, 8, 7))  # fmt: skip
    for naam, wgos, aantal, zaad in bedden:
        bed = make_bed(wgos, BRANCHES[:aantal], zaad)
        plekken, groep = make_table(bed, wgos)
        keuzes: dict[str, tuple[np.ndarray, float]] = {}
        begin = time.process_time()
        keuzes["hier"] = choose_hidden(groep).verborgen, time.process_time() - begin
        for methode in ("OPT(1)", "MOD(1)") if "--argus" in sys.argv else ():
            begin = time.process_time()
            try:
                weg = run_argus(bed, wgos, methode)
            except Exception as fout:
                print(f"{naam:28} argus {methode}: {fout}")
                continue
            keuzes[f"argus {methode}"] = np.array([p in weg for p in plekken]), time.process_time() - begin
        for wie, (verborgen, seconden) in keuzes.items():
            buiten, binnen = (unprotected(groep, verborgen, insiders=ook) for ook in (False, True))
            print(
                f"{naam:28} {wie:12} gevoelig {groep.gevoelig.sum():3} (getoond {(groep.gevoelig & ~verborgen).sum()}) "
                f"verborgen {verborgen.sum():3} van {len(plekken)}; onbeschermd {buiten} voor buitenstaanders, "
                f"{binnen} ook voor werkgevers; {seconden:.1f} s"
            )


if __name__ == "__main__":
    main()
