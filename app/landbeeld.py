"""The regions laid out like the country, as a picture to take along: the tiles of Landelijk beeld drawn once more."""

from __future__ import annotations

from collections.abc import Sequence

from app import regiostaat, tekening
from app.data import Indicator, Trendbreuk
from app.regiostaat import Staat
from app.tekening import Rij, Tekening

_RUIMTE, _HOOG, _LIJN = 4.0, 74.0, 26.0


def draw(staten: Sequence[Staat], indicator: Indicator, breuken: Sequence[Trendbreuk]) -> Tekening:
    """Return the tiles: name, newest figure with its change, and the series on one scale for all of them."""
    met_plek = [s for s in staten if s.regio.tegel_x is not None and s.regio.tegel_y is not None]
    xs, ys = [s.regio.tegel_x or 0.0 for s in met_plek], [s.regio.tegel_y or 0.0 for s in met_plek]
    breed = tekening.BREEDTE / (max(xs) - min(xs) + 1)
    boven = 20.0
    rijen: list[Rij] = []
    schaal = regiostaat.scale(staten)
    for staat, x, y in zip(met_plek, xs, ys, strict=True):
        links, top = (x - min(xs)) * breed, boven + (y - min(ys)) * (_HOOG + _RUIMTE)
        rijen += _tile(staat, indicator, links, top, breed - _RUIMTE)
        for deel, punten in regiostaat.pieces(staat, schaal, breuken).items():
            rijen += _piece(f"{staat.regio.regio_code}-{deel}", punten, links + 5, top + _HOOG - _LIJN - 3, breed - 16)
    hoogte = boven + (max(ys) - min(ys) + 1) * (_HOOG + _RUIMTE)
    return tekening.drawing(rijen, hoogte, met_voorbeeld=any(regiostaat.is_example(s) for s in met_plek))


def _tile(staat: Staat, indicator: Indicator, x: float, y: float, breed: float) -> list[Rij]:
    vlak: Rij = {"x": x, "y": y, "x2": x + breed, "y2": y + _HOOG}
    return [
        {"laag": "vlak", **vlak},
        *([{"laag": "arcering", **vlak}] if regiostaat.is_example(staat) else []),
        {"laag": "stil", "x": x + 5, "y": y + 11, "tekst": _fit(regiostaat.short_name(staat), breed)},
        {"laag": "waarde", "x": x + 5, "y": y + 28, "tekst": " ".join(regiostaat.figures(staat, indicator))},
    ]


def _fit(naam: str, breed: float) -> str:
    """Return the name as far as the tile has room for it."""
    tekens = int((breed - 8) / 5.8)
    return naam if len(naam) <= tekens else f"{naam[: tekens - 1].rstrip()}…"


def _piece(deel: str, punten: Sequence[tuple[float, float]], x: float, y: float, breed: float) -> list[Rij]:
    """Return an unbroken piece of a series, with a dot at its end."""
    plekken = [(x + px / 100 * breed, y + py / 100 * _LIJN) for px, py in punten]
    lijn: list[Rij] = [
        {"laag": "lijn", "x": px, "y": py, "deel": deel, "volgorde": nummer} for nummer, (px, py) in enumerate(plekken)
    ]
    return [*lijn, {"laag": "stip", "x": plekken[-1][0], "y": plekken[-1][1]}]
