"""What the pages show in HTML, as a picture to take along: the same marks, figures and words, placed in pixels.

Rows carry places in pixels and ready-made texts; the spec only says how a mark looks.
"""

from __future__ import annotations

import functools
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pyarrow as pa

from app.beeld import stijl
from app.beeld.charts import Spec, finish, stamp
from app.beeld.plaatje import Teken
from app.beeld.sporen import Merk
from app.beeld.stijl import Thema

BREEDTE = 672
# Of a list of lines: where the second half begins, and how many characters fit in each half.
_HELFT, _TEKENS = 322.0, 48
_REGEL, _TUSSEN = 16.0, 14.0
_SCHEMA = pa.schema(
    [
        ("laag", pa.string()), ("x", pa.float64()), ("y", pa.float64()), ("x2", pa.float64()), ("y2", pa.float64()),
        ("tekst", pa.string()), ("deel", pa.string()), ("volgorde", pa.int16()),
    ]
)  # fmt: skip
# How thick a band is, and the hatching of what is made up, which every picture has.
_BAND, _ARCERING = 9.0, "url(#rm-arc-1-d)"
VERZONNEN = Teken("vlak", _ARCERING, "voorbeelddata (verzonnen)")
# What a band looks like in a legend.
_DEKKING = 0.35
BAND = stijl.faded(stijl.LICHT.reeksen[0], _DEKKING)
# The kinds of text: size, weight and whether it is muted.
_TEKSTEN: dict[str, tuple[int, str, bool]] = {
    "kop": (13, "bold", False), "naam": (12, "normal", False), "waarde": (12, "bold", False),
    "stil": (11, "normal", True),
}  # fmt: skip
Rij = dict[str, object]


@dataclass(frozen=True)
class Tekenregel:
    """One line of a list: what it is about, its figures in words, and its marks; a `kop` opens a group."""

    naam: str
    tekst: str
    merken: tuple[Merk, ...] = ()
    kop: str = ""


@dataclass(frozen=True)
class Tekening:
    """A drawing: its rows and how high it is."""

    rijen: pa.Table
    hoogte: float


def drawing(rijen: Sequence[Mapping[str, object]], hoogte: float, *, met_voorbeeld: bool) -> Tekening:
    """Return a drawing; one with made-up figures says so in the picture itself."""
    alle = [*rijen, *([{"laag": "stempel"}] if met_voorbeeld else [])]
    return Tekening(pa.Table.from_pylist([{n: r.get(n) for n in _SCHEMA.names} for r in alle], schema=_SCHEMA), hoogte)


def lines(regels: Sequence[Tekenregel], *, met_voorbeeld: bool) -> Tekening:
    """Return lines under each other: at the left what it is about, at the right its figures above its line."""
    rijen: list[Rij] = []
    y = 18.0 if met_voorbeeld else 4.0
    for regel in regels:
        if regel.kop:
            rijen.append({"laag": "kop", "x": 0.0, "y": y + 12, "tekst": regel.kop})
            y += 26
        # 'n = 301' stays on one line.
        links, rechts = (
            textwrap.wrap(tekst.replace("n = ", "n\u00a0=\u00a0"), _TEKENS) for tekst in (regel.naam, regel.tekst)
        )
        rijen += _texts("naam", links, 0.0, y)
        rijen += _texts("waarde", rechts, _HELFT, y)
        rijen += _marks(regel.merken, y + len(rechts) * _REGEL + 8)
        hoog_rechts = len(rechts) * _REGEL + (16 if regel.merken else 0)
        y += max(len(links) * _REGEL, hoog_rechts) + _TUSSEN
    return drawing(rijen, y, met_voorbeeld=met_voorbeeld)


def _texts(laag: str, regels: Sequence[str], x: float, y: float) -> list[Rij]:
    return [{"laag": laag, "x": x, "y": y + nummer * _REGEL + 10, "tekst": t} for nummer, t in enumerate(regels)]


def _marks(merken: Sequence[Merk], y: float) -> list[Rij]:
    if not merken:
        return []
    lang = BREEDTE - _HELFT - 8
    rijen: list[Rij] = [{"laag": "spoor", "x": _HELFT, "x2": _HELFT + lang, "y": y}]
    for merk in sorted(merken, key=lambda m: m.soort != "marge"):
        x = _HELFT + merk.plek * lang
        tot = _HELFT + merk.tot * lang
        rijen.append({"laag": merk.soort, "x": x, "y": y, "x2": tot, "y2": y})
        if merk.is_voorbeeld and merk.soort == "marge":
            rijen.append({"laag": "arcering", "x": x, "x2": tot, "y": y - _BAND / 2, "y2": y + _BAND / 2})
    return rijen


@functools.cache
def spec(thema: Thema, hoogte: float) -> Spec:
    """Return how every kind of mark is drawn; places are pixels."""
    palet = stijl.PALETTEN[thema]
    plek: dict[str, Any] = {"x": alt.X("x:Q", scale=None, axis=None), "y": alt.Y("y:Q", scale=None, axis=None)}

    def _layer(laag: str) -> alt.Chart:
        gekozen: alt.Chart = alt.Chart().transform_filter(f"datum.laag == '{laag}'").encode(**plek)
        return gekozen

    kleur = palet.reeksen[0]
    lagen = [
        _layer("vlak").mark_rect(fill=palet.vlak, stroke=palet.lijn, cornerRadius=3).encode(x2="x2:Q", y2="y2:Q"),
        _layer("spoor").mark_rule(stroke=palet.lijn, strokeWidth=2).encode(x2="x2:Q"),
        _layer("marge").mark_rule(stroke=kleur, strokeWidth=_BAND, opacity=_DEKKING).encode(x2="x2:Q"),
        _layer("arcering").mark_rect(fill=_ARCERING).encode(x2="x2:Q", y2="y2:Q"),
        _layer("lijn").mark_line(stroke=kleur, strokeWidth=2).encode(detail="deel:N", order="volgorde:Q"),
        _layer("ander").mark_point(shape="stroke", angle=90, stroke=palet.gedempt, strokeWidth=1.5, size=90),
        _layer("stip").mark_point(filled=True, fill=kleur, size=70, opacity=1),
        _layer("ruit").mark_point(shape="diamond", filled=True, fill=palet.achtergrond, stroke=palet.inkt,
                                  strokeWidth=2, size=80, opacity=1),
    ]  # fmt: skip
    for laag, (grootte, dikte, is_stil) in _TEKSTEN.items():
        lagen.append(
            _layer(laag).mark_text(
                align="left", baseline="middle", fontSize=grootte, fontWeight=dikte,  # type: ignore[arg-type]
                fill=palet.gedempt if is_stil else palet.inkt, stroke=palet.achtergrond, strokeWidth=3,
            ).encode(text="tekst:N")
        )  # fmt: skip
    lagen.append(stamp(palet, x=BREEDTE - 2, y=0, align="right").transform_filter("datum.laag == 'stempel'"))
    return finish(alt.layer(*lagen).properties(width=BREEDTE, height=hoogte), thema)
