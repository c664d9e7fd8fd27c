"""Reading a publication in before readers ask for it, in small steps: meanwhile they are answered as before."""

from __future__ import annotations

from app.lezen import data
from app.lezen.rijen import Kenmerk
from app.oordeel.overzicht import uitersten
from app.raam.zoeken import index


def read_in(merk: Kenmerk) -> None:
    """Read what every page begins with: real figures first, for most readers see those."""
    for voorbeeld in (False, True):
        data.niveaus_per_indicator(merk, voorbeeld)
        for indicator_id in data.indicatoren(merk):
            data.waarnemingen(merk, indicator_id, voorbeeld)
    index.places(merk)
    # Landelijk names the ends of every figure: too long a sum for who opens it first.
    uitersten.named(merk)
