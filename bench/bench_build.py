"""Print what one build of the shipped deliveries costs: seconds per step and peak memory.

python bench/bench_build.py

The import of Great Expectations is timed apart: it is paid once per process, whatever is built.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from pipelines.bouwen import build
from pipelines.levering.toets import keuring

RAW = Path(__file__).parents[1] / "data" / "raw"


def main() -> None:
    """Build once into a temporary warehouse and print the figures."""
    begin = time.perf_counter()
    keuring.warm_up()
    print(f"import Great Expectations  {time.perf_counter() - begin:6.2f} s")
    stappen: list[tuple[str, float]] = []
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory() as map_:
        gebouwd = build(RAW, Path(map_), stap=lambda naam: stappen.append((naam, time.perf_counter())))
    einde = time.perf_counter()
    for (naam, van), (_, tot) in zip(stappen, [*stappen[1:], ("", einde)], strict=True):
        print(f"{naam:26} {tot - van:6.2f} s")
    print(f"{'bouw na de import':26} {einde - begin:6.2f} s   (grens 15 s, en 45 s voor onthulling en aanval)")
    per_mb = 1_000_000 if sys.platform == "darwin" else 1_000
    piek = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / per_mb
    print(f"{'piekgeheugen':26} {piek:6.0f} MB  (grens 1500 MB)")
    print(f"{gebouwd.aantal_waarnemingen} waarnemingen, {gebouwd.aantal_onderdrukt} onderdrukt")


if __name__ == "__main__":
    main()
