"""The map layers on disk: which one belongs to a level and a day, where it is served, where its texts fit.

The layers are static and may be absent; the app then shows tiles. Nothing here writes or fetches.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app.beeld.tegels import BREEDTE
from app.lezen import data
from app.lezen.rijen import Kenmerk
from pipelines.afspraken.codelijsten import LANDDEKKEND, Niveau

MAP = "gebieden"
PAD = "/regiomonitor/gebieden"
NAAMSVERMELDING = "CBS gebiedsindelingen, © CBS / Kadaster, via PDOK, CC BY 4.0"
REGEL = 12.0
_MARGE = 4.0
_OBJECT = "gebieden"
# The day on which the membership of each layer of WGO's holds.
_WGO_LAGEN = {"wgo_2018": date(2018, 12, 31), "wgo_2021": date(2021, 12, 31), "wgo_2022": date(2022, 7, 1)}
NAMEN = frozenset((*LANDDEKKEND, *_WGO_LAGEN))
_BESTAND = re.compile(r"([a-z_0-9]+)\.([0-9a-f]{12})\.topojson", re.ASCII)

Versie = tuple[str, int, int, int]


@dataclass(frozen=True)
class Plek:
    """Where the text of one region stands in the drawing, and how wide one, two or three lines may be there."""

    x: float
    y: float
    ruimte: tuple[float, float, float]


@dataclass(frozen=True)
class Ligging:
    """Where one layer is found and how it lies on the picture: its address, its projection and its height."""

    url: str
    schaal: float
    verschuiving: tuple[float, float]
    hoogte: int


@dataclass(frozen=True)
class Vlakken:
    """One layer as it is drawn, with the place of each text."""

    ligging: Ligging
    plekken: Mapping[str, Plek]


@dataclass(frozen=True)
class Inhoud:
    """One layer as it is served: bytes, the same compressed, and what tells it from an earlier one."""

    kaal: bytes
    ingepakt: bytes
    hash: str


def layer_name(merk: Kenmerk, niveau: str, moment: date) -> str:
    """Return the layer that shows a level as it was on a day; empty when none does."""
    if niveau != Niveau.WGO:
        return niveau if niveau in LANDDEKKEND else ""
    toen = data.wgo_van_regio(merk, moment)
    return next((naam for naam, dag in _WGO_LAGEN.items() if data.wgo_van_regio(merk, dag) == toen), "")


def find(merk: Kenmerk, niveau: str, moment: date) -> Vlakken | None:
    """Return the layer to draw; nothing when it is absent or cannot be drawn."""
    versie = _version(layer_name(merk, niveau, moment))
    return _lay_out(versie) if versie else None


def content(bestand: str) -> tuple[Inhoud, bool] | None:
    """Return the layer behind the last part of an address, and whether it is the very one that was asked for."""
    gevraagd = _BESTAND.fullmatch(bestand)
    versie = _version(gevraagd[1]) if gevraagd else None
    inhoud = _read(versie) if versie else None
    return (inhoud, inhoud.hash == gevraagd[2]) if gevraagd and inhoud else None


def _version(naam: str) -> Versie | None:
    """Return what tells this file from another at the same path; only for the layers there are."""
    if naam not in NAMEN:
        return None
    pad = data.pad().parent / MAP / f"{naam}.topojson"
    try:
        stat = pad.stat()
    except OSError:
        return None
    return str(pad), stat.st_ino, stat.st_mtime_ns, stat.st_size


@functools.lru_cache(maxsize=10)
def _read(versie: Versie) -> Inhoud | None:
    try:
        kaal = Path(versie[0]).read_bytes()
    except OSError:
        return None
    return Inhoud(kaal, gzip.compress(kaal, 9, mtime=0), hashlib.sha256(kaal).hexdigest()[:12])


@functools.lru_cache(maxsize=10)
def _lay_out(versie: Versie) -> Vlakken | None:
    inhoud = _read(versie)
    if inhoud is None:
        return None
    try:
        return _fit(Path(versie[0]).stem, inhoud)
    except (ValueError, KeyError, TypeError, IndexError, ZeroDivisionError):
        return None


def _fit(naam: str, inhoud: Inhoud) -> Vlakken:
    """Fit the layer in the drawing: mercator, over its full width."""
    import shapely  # type: ignore[import-untyped]

    topologie = json.loads(inhoud.kaal)
    bogen = _arcs(topologie)
    vormen = {
        gebied["properties"]["regio_code"]: _rings(gebied, bogen)
        for gebied in topologie["objects"][_OBJECT]["geometries"]
    }
    punten = [punt for delen in vormen.values() for ringen in delen for punt in ringen[0]]
    west, oost = min(x for x, _ in punten), max(x for x, _ in punten)
    noord, zuid = min(y for _, y in punten), max(y for _, y in punten)
    schaal = (BREEDTE - 2 * _MARGE) / (oost - west)
    verschuiving = (_MARGE - west * schaal, _MARGE - noord * schaal)
    hoogte = math.ceil((zuid - noord) * schaal + 2 * _MARGE)
    plekken = {}
    for code, delen in vormen.items():
        geschaald = [
            [[(x * schaal + verschuiving[0], y * schaal + verschuiving[1]) for x, y in ring] for ring in ringen]
            for ringen in delen
        ]
        plekken[code] = _place(max((shapely.Polygon(r[0], r[1:]) for r in geschaald), key=lambda vlak: vlak.area))
    ligging = Ligging(f"{PAD}/{naam}.{inhoud.hash}.topojson", round(schaal, 3), verschuiving, hoogte)
    return Vlakken(ligging, plekken)


def _arcs(topologie: Mapping[str, Any]) -> list[list[tuple[float, float]]]:
    """Return every arc as points on the plane of the mercator projection with radius 1; south is down."""
    (sx, sy), (tx, ty) = topologie["transform"]["scale"], topologie["transform"]["translate"]
    bogen = []
    for boog in topologie["arcs"]:
        x = y = 0
        punten = []
        for dx, dy in boog:
            x, y = x + dx, y + dy
            lengte, breedte = math.radians(x * sx + tx), math.radians(y * sy + ty)
            punten.append((lengte, -math.log(math.tan(math.pi / 4 + breedte / 2))))
        bogen.append(punten)
    return bogen


def _rings(gebied: Mapping[str, Any], bogen: Sequence[list[tuple[float, float]]]) -> list[list[Any]]:
    """Return the parts of one region, each as rings of points; a negative number is an arc walked backwards."""
    delen = [gebied["arcs"]] if gebied["type"] == "Polygon" else gebied["arcs"]
    return [
        [
            [punt for nummer in ring for punt in (bogen[nummer] if nummer >= 0 else bogen[~nummer][::-1])]
            for ring in deel
        ]
        for deel in delen
    ]


def _place(vlak: Any) -> Plek:  # noqa: ANN401 - shapely is not typed
    """Return the middle of the widest part of a region, and the room for text there."""
    import shapely

    heel = vlak if vlak.is_valid else shapely.make_valid(vlak)
    x, y = shapely.maximum_inscribed_circle(heel, tolerance=1).coords[0]
    # A text may touch the border.
    ruim = heel.buffer(1.5)
    shapely.prepare(ruim)

    def _fits(breed: int, regels: int) -> bool:
        half = regels * REGEL / 2
        return bool(ruim.contains(shapely.box(x - breed / 2, y - half, x + breed / 2, y + half)))

    een, twee, drie = (
        float(next((breed for breed in range(90, 9, -2) if _fits(breed, regels)), 0)) for regels in (1, 2, 3)
    )
    return Plek(round(x, 1), round(y, 1), (een, twee, drie))
