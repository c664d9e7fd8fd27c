"""What the project ships in data/raw, by content: as long as there is nothing else, `start` begins with examples.

`python -m pipelines.afspraken.warehouse.meegeleverd` brings the list up to date after a change in what is shipped.
"""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

LIJST = Path(__file__).with_name("meegeleverd.txt")
RAW = Path(__file__).resolve().parents[3] / "data" / "raw"
# Set by `start` for the app; `serve` leaves it out.
SCHAKELAAR = "REGIOMONITOR_VOORBEELD"


@functools.cache
def shipped() -> frozenset[str]:
    """Return the sha256 of every file that the project ships in data/raw."""
    return frozenset(LIJST.read_text(encoding="utf-8").split())


def is_as_shipped(raw: Path) -> bool:
    """Return whether a raw folder holds nothing but what the project ships."""
    return set(_sums(raw)) <= shipped()


def _sums(raw: Path) -> list[str]:
    """Return the sha256 of every file of a raw folder, hidden ones left out."""
    bestanden = (pad for pad in raw.rglob("*") if pad.is_file() and not pad.name.startswith("."))
    return sorted({hashlib.sha256(pad.read_bytes()).hexdigest() for pad in bestanden})


def listing(raw: Path) -> str:
    """Return the list for a raw folder: one sum a line."""
    return "".join(f"{som}\n" for som in _sums(raw))


if __name__ == "__main__":
    LIJST.write_text(listing(RAW), encoding="utf-8")
