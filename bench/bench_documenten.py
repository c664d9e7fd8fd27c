"""Measure the documents: one region in each format after imports, and all regions as PDF in one call.

Usage: python bench/bench_documenten.py [--warehouse data/warehouse] [--regio RA0512]
"""

from __future__ import annotations

import argparse
import logging
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

KEREN = 5


def main() -> None:
    """Measure and print, with the limit and the load of the machine beside it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--warehouse", type=Path, default=Path("data/warehouse"))
    parser.add_argument("--regio", default="RA0512")
    args = parser.parse_args()
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    from app.documenten import maken
    from app.documenten.regio import region_names
    from app.lezen.gevraagd import publication_of

    merk = publication_of(args.warehouse, None)
    print(f"belasting {os.getloadavg()[0]:.1f} op {os.cpu_count()} kernen")
    for formaat in maken.FORMATEN:
        eerste = seconds(lambda f=formaat: maken.write(maken.compose(merk, args.regio), f))
        keren = [seconds(lambda f=formaat: maken.write(maken.compose(merk, args.regio), f)) for _ in range(KEREN)]
        print(f"{formaat}: mediaan {statistics.median(keren):.2f} s, eerste keer {eerste:.2f} s (grens 3 s)")
    codes = list(region_names(merk))
    alle = seconds(lambda: [maken.write(maken.compose(merk, code), "pdf") for code in codes])
    print(f"pdf van alle {len(codes)} regio's: {alle:.1f} s (grens 60 s)")


def seconds(doe: Callable[[], object]) -> float:
    """Return how long something takes."""
    begin = time.perf_counter()
    doe()
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
