"""Fetching a public table into a delivery, to be killed at: what was filed is whole, and the next fetch goes on."""

from __future__ import annotations

import hashlib
from pathlib import Path

from draadserver import serve
from statline import Statline, vacatures

from pipelines.afspraken.contract import load_bronnen
from pipelines.openbaar.koppelen.koppeling import load_koppelingen
from pipelines.openbaar.openen import Opdracht
from pipelines.openbaar.ophaler import fetch_mapped

_NAAM = "vacatures_provincie"


def lay(map_: Path) -> None:
    """Make a folder for deliveries in which there is none yet."""
    (map_ / "raw").mkdir()


def take(map_: Path) -> None:
    """Fetch one table from a StatLine of our own."""
    bronnen, gezegd = load_bronnen(), list[str]()
    statline = Statline([vacatures()])
    with serve(statline) as (basis, _):
        statline.basis = basis
        opdracht = Opdracht(bronnen, map_ / "raw", map_ / "wh", basis, gezegd.append)
        fetch_mapped([load_koppelingen(bronnen)[_NAAM]], opdracht)
    assert opdracht.fouten == []


def look(map_: Path) -> object:
    """Return what is filed: nothing, or all the files of one delivery."""
    return [sorted(pad.name for pad in map_.iterdir()) for map_ in sorted((map_ / "raw").glob("*/*")) if map_.is_dir()]


def read(map_: Path) -> object:
    """Return what is filed once it was fetched again: one delivery, with the rows of the table."""
    take(map_)
    return [hashlib.sha256(pad.read_bytes()).hexdigest() for pad in sorted((map_ / "raw").glob("*/*/*.csv"))]
