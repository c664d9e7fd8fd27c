"""Where a concept has what each area may see of it before its release: a publication of its own, with no row of others.

`concept/<id>/eigen/<code>.duckdb` is written when the concept is: whoever shows it opens no file that holds more.
"""

from __future__ import annotations

from pathlib import Path

MAP = "eigen"


def own_file(concept: Path, code: str) -> Path:
    """Return where in the folder of a concept the publication of one area is."""
    return concept / MAP / f"{code}.duckdb"


def is_own(bestand: Path) -> bool:
    """Return whether this is the file of one area."""
    return bestand.parent.name == MAP


def own_files(concept: Path) -> list[Path]:
    """Return the publications of all areas in the folder of a concept."""
    return sorted((concept / MAP).glob("*.duckdb"))
