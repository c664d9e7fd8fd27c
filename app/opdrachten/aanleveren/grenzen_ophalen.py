"""Fetch the borders of the map in a process that may fail: `python -m` this module, and the warehouse."""

from __future__ import annotations

import sys
from pathlib import Path

from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.kaart.gebieden import fetch_gebieden

SECONDEN = 10


def main(warehouse: Path) -> int:
    """Return 0 when the borders are there, 1 when they could not be had in time."""
    try:
        fetch_gebieden(warehouse, timeout=SECONDEN)
    except (AfgekeurdError, OSError):
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
