"""Where the tiles of the map lie, and the borders between groups of tiles."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from app.lezen.rijen import Regio

BREEDTE = 360.0
_MARGE = 3.0
# Room above the tiles for the word that marks made-up figures.
_BOVEN = 18.0
_HOEK = math.sqrt(3) / 2
HOEKEN = ((0.0, -1.0), (_HOEK, -0.5), (_HOEK, 0.5), (0.0, 1.0), (-_HOEK, 0.5), (-_HOEK, -0.5))

Punt = tuple[float, float]


@dataclass(frozen=True)
class Indeling:
    """The drawing positions of one set of tiles, in pixels of the drawing."""

    straal: float
    hoogte: float
    plaats: dict[str, Punt]


def lay_out(regios: list[Regio]) -> Indeling:
    """Place hexagons so that they fill the width of the drawing."""
    plekken = {r.regio_code: (r.tegel_x, r.tegel_y) for r in regios}
    bekend = {code: (x, y) for code, (x, y) in plekken.items() if x is not None and y is not None}
    x_min = min(x for x, _ in bekend.values())
    y_min = min(y for _, y in bekend.values())
    kolommen = max(x for x, _ in bekend.values()) - x_min + 1
    stap = (BREEDTE - 2 * _MARGE) / kolommen
    straal = stap / (2 * _HOEK)
    plaats = {
        code: (
            round(_MARGE + (x - x_min + 0.5) * stap, 1),
            round(_BOVEN + straal + (y - y_min) * 1.5 * straal, 1),
        )
        for code, (x, y) in bekend.items()
    }
    onderkant = max(y for _, y in plaats.values()) + straal + _MARGE
    return Indeling(straal, math.ceil(onderkant), plaats)


def borders(indeling: Indeling, groep: Mapping[str, str]) -> list[dict[str, float]]:
    """Return the sides of tiles that separate one group from another, or from nothing."""
    zijden: dict[tuple[Punt, Punt], list[str]] = {}
    for code, (x, y) in indeling.plaats.items():
        punten = [(round(x + dx * indeling.straal), round(y + dy * indeling.straal)) for dx, dy in HOEKEN]
        for van, tot in zip(punten, punten[1:] + punten[:1], strict=True):
            sleutel = _same_side(zijden, van, tot)
            zijden.setdefault(sleutel, []).append(groep.get(code, code))
    return [
        {"x": van[0], "y": van[1], "x2": tot[0], "y2": tot[1]}
        for (van, tot), groepen in zijden.items()
        if len(groepen) == 1 or groepen[0] != groepen[1]
    ]


def _same_side(zijden: Mapping[tuple[Punt, Punt], object], van: Punt, tot: Punt) -> tuple[Punt, Punt]:
    """Return the key under which this side is known already; rounding may have moved it a pixel or two."""
    for a, b in zijden:
        if max(math.dist(a, tot), math.dist(b, van)) < 4 or max(math.dist(a, van), math.dist(b, tot)) < 4:
            return a, b
    return van, tot


def label_tile(indeling: Indeling, codes: list[str]) -> str:
    """Return the tile that carries the name of a group: the one nearest to its middle."""
    x = sum(indeling.plaats[c][0] for c in codes) / len(codes)
    y = sum(indeling.plaats[c][1] for c in codes) / len(codes)
    return min(codes, key=lambda c: (round(math.dist(indeling.plaats[c], (x, y)), 1), c))


def hexagon_path() -> str:
    """Return the outline of a tile with radius 1 as an SVG path."""
    return "M" + "L".join(f"{round(x, 3):g},{round(y, 3):g}" for x, y in HOEKEN) + "Z"
