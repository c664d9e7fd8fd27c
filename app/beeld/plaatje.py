"""Pictures to take along: a chart with its title, legend and source in it, as SVG and as PNG.

The chart is drawn by the same Vega as in the browser, here and without a network; the frame around it is our own.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from app.beeld import gebieden, stijl
from app.beeld.charts import Spec
from app.beeld.later import pa
from app.beeld.markup import Html, join, tag

_BREEDTE = 720
_MARGE = 24
_BINNEN = _BREEDTE - 2 * _MARGE
# The mean width of a character in the fonts that draw text without being asked, as a share of its size.
_TEKEN_BREED = 0.53
_SCHERPTE = 2.0
_ARCERING = Path(__file__).parents[1] / "statisch" / "arcering.svg"
# The outline of a text lies behind its letters, as the stylesheet has it in the browser.
_ACHTER = ".mark-text text{paint-order:stroke;stroke-linejoin:round}"
_LETTER = "'Liberation Sans', Arial, Helvetica, sans-serif"


@dataclass(frozen=True)
class Teken:
    """One entry of a legend: a mark and what it stands for."""

    vorm: Literal["lijn", "punt", "open_punt", "ruit", "vlak", "rand"]
    kleur: str
    tekst: str
    streep: str = ""


@dataclass(frozen=True)
class Plaatje:
    """What a picture says around its chart; `voorbeeld` says which of its figures are made up, if any are."""

    bestand: str
    titel: str
    onder: str
    bron: str
    voorbeeld: str
    tekens: tuple[Teken, ...] = field(default=())


def svg(plaatje: Plaatje, spec: Spec, rijen: pa.Table, publicatie: str, alt: str) -> bytes:
    """Return the picture as SVG: UTF-8, all geometry inside, nothing fetched."""
    grafiek = _draw(spec, rijen)
    palet = stijl.LICHT
    delen: list[Html] = []
    y = float(_MARGE)
    for regels, grootte, vet, kleur in (
        (plaatje.titel, 19, True, palet.inkt), (plaatje.onder, 13, False, palet.gedempt),
    ):  # fmt: skip
        tekst, y = _paragraph(regels, y, grootte, kleur, vet=vet)
        delen += tekst
        y += 6
    tekens, y = _legend(plaatje.tekens, y)
    delen += tekens
    breed, hoog = _size(grafiek)
    schaal = min(1.0, _BINNEN / breed) if breed > _BINNEN else min(1.5, _BINNEN / breed)
    delen.append(_nested(grafiek, y + 6, breed * schaal, hoog * schaal))
    y += hoog * schaal + 20
    voet = [
        (f"Bron: {plaatje.bron}." if plaatje.bron else "", palet.gedempt, False),
        (publicatie, palet.gedempt, False),
    ]
    voet.insert(0, (f"{plaatje.voorbeeld}." if plaatje.voorbeeld else "", palet.voorbeeld, True))
    for zin, kleur, vet in voet:
        tekst, y = _paragraph(zin, y, 12, kleur, vet=vet)
        delen += tekst
    return _document(delen, y + _MARGE - 8, plaatje.titel, alt)


def png(inhoud: bytes) -> bytes:
    """Return an SVG picture as PNG, at twice its size for paper."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(inhoud.decode("utf-8"), scale=_SCHERPTE))


def _draw(spec: Spec, rijen: pa.Table) -> str:
    """Return the bare chart as SVG; a map gets its geometry inline, so that no address is asked."""
    import vl_convert

    eigen = {k: v for k, v in spec.items() if k != "usermeta"}
    if eigen.get("width") == "container":
        eigen["width"] = _BINNEN - 60
    eigen["data"] = {"name": "source"}
    eigen["datasets"] = {"source": [_plain(rij) for rij in rijen.to_pylist()]}
    eigen["config"] = {**eigen.get("config", {}), "font": _LETTER}
    eigen["transform"] = [_inline(stap) for stap in eigen.get("transform", [])]
    beeld = vl_convert.vegalite_to_svg(eigen, allowed_base_urls=[], format_locale="nl-NL", time_format_locale="nl-NL")
    return str(beeld)


def _plain(rij: dict[str, object]) -> dict[str, object]:
    return {k: v.isoformat() + "T12:00" if isinstance(v, date) else v for k, v in rij.items() if v is not None}


def _inline(stap: dict[str, object]) -> dict[str, object]:
    """Return a step of the spec with the layer of the map in it instead of its address."""
    bron = stap.get("from")
    gegevens = bron.get("data") if isinstance(bron, dict) else None
    if not isinstance(bron, dict) or not isinstance(gegevens, dict) or "url" not in gegevens:
        return stap
    gevonden = gebieden.content(str(gegevens["url"]).rsplit("/", 1)[-1])
    if gevonden is None:
        raise FileNotFoundError("de grenzen van de kaart zijn er niet meer")
    vorm = {"values": json.loads(gevonden[0].kaal), "format": gegevens["format"]}
    return {**stap, "from": {**bron, "data": vorm}}


def _paragraph(tekst: str, y: float, grootte: int, kleur: str, *, vet: bool) -> tuple[list[Html], float]:
    """Return the text as lines that fit, and where the next thing may begin."""
    if not tekst:
        return [], y
    delen = []
    for regel in textwrap.wrap(tekst, int(_BINNEN / (grootte * _TEKEN_BREED * (1.08 if vet else 1)))):
        y += grootte * 1.3
        delen.append(_text(regel, _MARGE, y - grootte * 0.3, grootte, kleur, vet=vet))
    return delen, y


def _text(tekst: str, x: float, y: float, grootte: int, kleur: str, *, vet: bool = False) -> Html:
    return tag("text", tekst, x=f"{x:.1f}", y=f"{y:.1f}", font_size=str(grootte), fill=kleur,
               font_weight="bold" if vet else "normal")  # fmt: skip


def _legend(tekens: Sequence[Teken], y: float) -> tuple[list[Html], float]:
    if not tekens:
        return [], y
    x, delen = float(_MARGE), list[Html]()
    y += 20
    for teken in tekens:
        breed = 26 + len(teken.tekst) * 13 * _TEKEN_BREED + 18
        if x + breed > _BREEDTE - _MARGE and x > _MARGE:
            x, y = float(_MARGE), y + 20
        delen += _mark(teken, x, y)
        delen.append(_text(teken.tekst, x + 26, y, 13, stijl.LICHT.inkt))
        x += breed
    return delen, y + 6


def _mark(teken: Teken, x: float, y: float) -> Iterator[Html]:
    """Yield the mark itself; without content an element would not close itself, so each has an empty one."""
    midden, rand = f"{y - 4.5:.1f}", {"stroke": stijl.LICHT.gedempt, "stroke_width": "0.8"}
    if teken.vorm == "lijn":
        yield tag("line", x1=f"{x}", x2=f"{x + 20}", y1=midden, y2=midden, stroke=teken.kleur, stroke_width="3",
                  stroke_dasharray=teken.streep or "none")  # fmt: skip
    elif teken.vorm == "vlak":
        vak = {"x": f"{x}", "y": f"{y - 12:.1f}", "width": "18", "height": "14"}
        yield tag("rect", **vak, fill=teken.kleur if not teken.kleur.startswith("url") else "#ffffff", **rand)
        if teken.kleur.startswith("url"):
            yield tag("rect", **vak, fill=teken.kleur, **rand)
    elif teken.vorm == "rand":
        yield tag("rect", x=f"{x + 1}", y=f"{y - 11:.1f}", width="16", height="12", fill=stijl.LICHT.achtergrond,
                  stroke=teken.kleur, stroke_width="3")  # fmt: skip
    elif teken.vorm == "ruit":
        ruit = f"M{x + 9},{y - 10.5}L{x + 15},{y - 4.5}L{x + 9},{y + 1.5}L{x + 3},{y - 4.5}Z"
        yield tag("path", d=ruit, fill=stijl.LICHT.achtergrond, stroke=teken.kleur, stroke_width="2")
    else:
        vulling = teken.kleur if teken.vorm == "punt" else stijl.LICHT.achtergrond
        yield tag("circle", cx=f"{x + 9}", cy=midden, r="5.5", fill=vulling, stroke=teken.kleur, stroke_width="2")


def _size(grafiek: str) -> tuple[float, float]:
    """Return width and height of a chart from its own viewBox."""
    kader = grafiek.split('viewBox="', 1)[1].split('"', 1)[0].split()
    return float(kader[2]), float(kader[3])


def _nested(grafiek: str, y: float, breed: float, hoog: float) -> Html:
    """Return the chart as a part of the picture, without what belongs to a document of its own."""
    begin = grafiek.index("<svg")
    binnen = grafiek[grafiek.index(">", begin) + 1 : grafiek.rindex("</svg>")]
    kader = grafiek.split('viewBox="', 1)[1].split('"', 1)[0]
    x = max(_MARGE, (_BREEDTE - breed) / 2) if breed < _BINNEN * 0.8 else _MARGE
    return Html(
        f'<svg x="{x:.1f}" y="{y:.1f}" width="{breed:.1f}" height="{hoog:.1f}" viewBox="{kader}">{binnen}</svg>'
    )


def _document(delen: Sequence[Html], hoogte: float, titel: str, alt: str) -> bytes:
    patronen = _ARCERING.read_text(encoding="utf-8").strip()
    defs = Html(patronen[patronen.index("<defs>") : patronen.index("</defs>") + len("</defs>")])
    inhoud = join([
        tag("title", titel), tag("desc", alt), tag("style", _ACHTER), defs,
        tag("rect", width=str(_BREEDTE), height=f"{hoogte:.0f}", fill=stijl.LICHT.achtergrond), *delen,
    ])  # fmt: skip
    kop = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{_BREEDTE}" '
        f'height="{hoogte:.0f}" viewBox="0 0 {_BREEDTE} {hoogte:.0f}" xml:lang="nl" role="img" '
        f'font-family="{_LETTER}">'
    )
    return f"{kop}{inhoud}</svg>".encode()
