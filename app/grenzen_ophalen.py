"""Fetch the borders of the map, in a process of its own that may fail: `python -m app.grenzen_ophalen MAP`."""

from __future__ import annotations

import sys
from pathlib import Path

from pipelines.gebieden import fetch_gebieden
from pipelines.meldingen import AfgekeurdError

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
