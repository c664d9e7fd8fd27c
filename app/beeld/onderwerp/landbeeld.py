"""The regions laid out like the country: one set of tiles, as HTML for the page and as a picture to take along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.beeld import lijntje, tekening
from app.beeld.fragmenten import Verwijzer
from app.beeld.markup import Html, join, tag
from app.beeld.tekening import Rij, Tekening
from app.lezen.rijen import Indicator, Trendbreuk
from app.oordeel import regiostaat, zinnen
from app.oordeel.regiostaat import Staat
from app.taal.korte_namen import breekbare_naam, korte_naam

# In pixels: the room between tiles, how high they and the lines in them are, and what stays free above all.
_RUIMTE, _HOOG, _LIJN, _BOVEN = 4.0, 74.0, 26.0, 20.0


@dataclass(frozen=True, slots=True)
class Tegel:
    """What stands in the tile of one region, on the page and in the picture of it."""

    staat: Staat
    naam: str
    teksten: tuple[str, ...]
    stukken: Mapping[int, Sequence[tuple[float, float]]]
    is_voorbeeld: bool

    @property
    def x(self) -> float:
        """In which column it stands, from the left."""
        return self.staat.regio.tegel_x or 0.0

    @property
    def y(self) -> float:
        """In which row it stands, from the top."""
        return self.staat.regio.tegel_y or 0.0


def _tiles(staten: Sequence[Staat], indicator: Indicator, breuken: Sequence[Trendbreuk]) -> list[Tegel]:
    """Return the regions that have a place: name, newest figure with its change, and the series on one scale."""
    schaal = lijntje.scale([r for s in staten for r in s.reeks])
    return [
        Tegel(
            s, _short_name(s), tuple(_figures(s, indicator)), lijntje.pieces(s.reeks, schaal, breuken), _is_example(s)
        )
        for s in staten
        if s.regio.tegel_x is not None
    ]


def draw(staten: Sequence[Staat], indicator: Indicator, breuken: Sequence[Trendbreuk]) -> Tekening:
    """Return the tiles as a picture to take along."""
    tegels = _tiles(staten, indicator, breuken)
    links, boven = min(t.x for t in tegels), min(t.y for t in tegels)
    breed = tekening.BREEDTE / (max(t.x for t in tegels) - links + 1)
    rijen: list[Rij] = []
    for tegel in tegels:
        x, y = (tegel.x - links) * breed, _BOVEN + (tegel.y - boven) * (_HOOG + _RUIMTE)
        rijen += _tile(tegel, x, y, breed - _RUIMTE)
        for deel, punten in tegel.stukken.items():
            code = tegel.staat.regio.regio_code
            rijen += _piece(f"{code}-{deel}", punten, x + 5, y + _HOOG - _LIJN - 3, breed - 16)
    hoogte = _BOVEN + (max(t.y for t in tegels) - boven + 1) * (_HOOG + _RUIMTE)
    return tekening.drawing(rijen, hoogte, met_voorbeeld=any(t.is_voorbeeld for t in tegels))


def _tile(tegel: Tegel, x: float, y: float, breed: float) -> list[Rij]:
    vlak: Rij = {"x": x, "y": y, "x2": x + breed, "y2": y + _HOOG}
    return [
        {"laag": "vlak", **vlak},
        *([{"laag": "arcering", **vlak}] if tegel.is_voorbeeld else []),
        {"laag": "stil", "x": x + 5, "y": y + 11, "tekst": _fit(tegel.naam, breed)},
        {"laag": "waarde", "x": x + 5, "y": y + 28, "tekst": " ".join(tegel.teksten)},
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


def as_html(staten: Sequence[Staat], indicator: Indicator, breuken: Sequence[Trendbreuk], wijzer: Verwijzer) -> Html:
    """Return the regions as tiles in the shape of the country; all of them on one scale."""
    tegels = [_tile_html(tegel, indicator, wijzer) for tegel in _tiles(staten, indicator, breuken)]
    stempel = [tag("p", "VOORBEELD", klasse="rm-stempel")] if any(_is_example(s) for s in staten) else []
    return tag("div", *stempel, tag("ul", join(tegels), klasse="rm-land"), klasse="rm-beeld")


def _is_example(staat: Staat) -> bool:
    """Whether any of its figures is made up."""
    return any(r.is_voorbeeld for r in staat.reeks)


def _tile_html(tegel: Tegel, indicator: Indicator, wijzer: Verwijzer) -> Html:
    regio = tegel.staat.regio
    adres = wijzer.address("kaart", indicator=indicator.indicator_id, niveau=regiostaat.NIVEAU, regio=regio.regio_code)
    waarde, *stap = tegel.teksten
    delen = [
        tag("a", breekbare_naam(regio.regio_code, tegel.naam), href=adres, target="_self", aria_label=regio.naam),
        tag("strong", waarde, klasse="" if tegel.staat.laatste else "rm-geen"),
        *(tag("span", tekst) for tekst in stap),
        lijntje.as_html(tegel.stukken),
    ]
    klasse = "rm-landtegel rm-landtegel-voorbeeld" if tegel.is_voorbeeld else "rm-landtegel"
    plek = f"grid-column:{round(tegel.x * 2) + 1}/span 2;grid-row:{round(tegel.y)}"
    return tag("li", *delen, klasse=klasse, style=plek)


def _short_name(staat: Staat) -> str:
    """Return what a region is called in its tile."""
    naam = korte_naam(staat.regio.regio_code, staat.regio.naam)
    return naam.replace("-\n", "-").replace("\n", " ")


def _figures(staat: Staat, indicator: Indicator) -> list[str]:
    """Return the newest figure of a region, or why there is none, and its change where one may be computed."""
    waarde = zinnen.figure(staat.laatste, indicator.eenheid) if staat.laatste else _missing(staat)
    return [waarde, *([zinnen.short_step(staat.stap, indicator.eenheid)] if staat.stap is not None else [])]


def _missing(staat: Staat) -> str:
    return zinnen.figure(staat.reeks[-1], "") if staat.reeks else "geen cijfer"
