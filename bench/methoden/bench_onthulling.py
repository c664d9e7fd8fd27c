"""Print what disclosure control costs: seconds, memory, and how many figures are lost.

python bench/methoden/bench_onthulling.py [--drie] [--insider]

Everything shipped is built, and built again with nothing changed; choosing what to hide and the outsider's attack are
timed apart, as processor time too, for a machine that does other things. With a third year (the persons of 2021 a year
earlier) and the insider's attack only when asked.
"""

from __future__ import annotations

import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from pipelines import bouwen
from pipelines.aanval.audit import audit_warehouse
from pipelines.afspraken.warehouse.verbinding import PUBLICATIE
from pipelines.onthulling import onthulling

RAW = Path(__file__).parents[2] / "data" / "raw"
_VERLIES = """
select niveau, if(branche_code = 'TOTAAL', 'totaal', 'branche') as deel, periode,
       count(*) filter (where status = 'onderdrukt') as weg, count(*) as alle
from waarneming join indicator i using (indicator_id)
where i.vertrouwelijk is not null and herkomst <> 'gepubliceerd' and status <> 'nvt'
group by all order by all
"""


def timed(naam: str, doe: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function, that also prints what a call costs."""

    def call(*args: object, **opties: object) -> Any:  # noqa: ANN401
        begin, processor = time.perf_counter(), time.process_time()
        uit = doe(*args, **opties)
        print(f"{naam:28} {time.perf_counter() - begin:6.1f} s   processor {time.process_time() - processor:6.1f} s")
        return uit

    return call


def add_year(raw: Path) -> Path:
    """Return the deliveries with one more year of the same size."""
    shutil.copytree(RAW, raw)
    bron = raw / "pfzw_dekking"
    shutil.copytree(bron / "voorbeeld-2021", bron / "voorbeeld-2020")
    for bestand in ("dekking.csv", "levering.yml"):
        pad = bron / "voorbeeld-2020" / bestand
        tekst = pad.read_text(encoding="utf-8").replace("2022-", "2021-")
        pad.write_text(tekst.replace("2021,2021-", "2020,2021-").replace('periode: "2021"', 'periode: "2020"'), "utf-8")
    return raw


def main() -> None:
    """Build once into a temporary warehouse, attack it, and print the figures."""
    print(f"belasting bij het begin {os.getloadavg()[0]:.1f}")
    onthulling.suppress = timed("verbergen", onthulling.suppress)
    bouwen.audit = timed("aanval door buitenstaander", bouwen.audit)
    with tempfile.TemporaryDirectory() as map_:
        raw, warehouse = RAW, Path(map_) / "warehouse"
        if "--drie" in sys.argv:
            raw = add_year(Path(map_) / "raw")
        bouwen.build(raw, warehouse)
        print("nog eens, niets veranderd")
        bouwen.build(raw, warehouse)
        with duckdb.connect(str(warehouse / PUBLICATIE), read_only=True) as con:
            for niveau, deel, periode, weg, alle in con.execute(_VERLIES).fetchall():
                print(f"  {niveau:18} {deel:8} {periode}  {weg:4} van {alle:4} verborgen")
        if "--insider" in sys.argv:
            attack = timed("aanval door werkgevers", audit_warehouse)
            _, geheim, bevindingen = attack(warehouse, None, insider=True)
            print(f"{len(bevindingen)} bevindingen bij {geheim} geheime cijfers")
    per_mb = 1_000_000 if sys.platform == "darwin" else 1_000
    print(f"piekgeheugen {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / per_mb:.0f} MB")
    print("grenzen, als er verder niets loopt: verbergen 60 s, buitenstaander 30 s, werkgevers 60 s, 1500 MB")


if __name__ == "__main__":
    main()
