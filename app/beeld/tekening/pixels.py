"""A picture of boxes to take along: every word and mark at its place in pixels, drawn by the Vega of every chart.

Rows carry places in pixels and ready-made texts; the spec only says how a mark looks.
"""

from __future__ import annotations

import functools
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from app.beeld import stijl
from app.beeld.charts import Spec, finish, stamp
from app.beeld.later import alt, pa
from app.beeld.plaatje import Teken
from app.beeld.stijl import Thema
from app.beeld.tekening.lijntje import Stukken
from app.beeld.tekening.sporen import Merk
from app.beeld.tekening.vakken import Deel, Lijn, Paar, Soort, Spoor, Tekening, Tekst, Vak

_BREEDTE = 672.0
# The room between boxes and within them: with a line around them, and without.
_TUSSEN, _RAND = {True: 4.0, False: 14.0}, {True: 5.0, False: 0.0}
# How high a small line is, and a line with marks, and what stays free for the stamp.
_LIJN_HOOG, _SPOOR_HOOG, _STEMPEL_HOOG = 26.0, 16.0, 18.0
# How thick a band is, and the hatching of what is made up, which every picture has.
_BAND, _ARCERING = 9.0, "url(#rm-arc-1-d)"
VERZONNEN = Teken("vlak", _ARCERING, "voorbeelddata (verzonnen)")
# What a band looks like in a legend.
_DEKKING = 0.35
BAND = stijl.faded(stijl.LICHT.reeksen[0], _DEKKING)
# The kinds of text: size, weight and whether it is muted. A line of it is so much higher, a character so much narrower.
_TEKSTEN: dict[Soort, tuple[int, str, bool]] = {
    "kop": (13, "bold", False), "naam": (12, "normal", False), "getal": (16, "bold", False),
    "waarde": (12, "bold", False), "stil": (11, "normal", True),
}  # fmt: skip
_REGEL, _TEKEN = 1.34, 0.56
Rij = dict[str, object]


@functools.cache
def _columns() -> pa.Schema:
    """Return what a row of the drawing holds."""
    return pa.schema(
        [
            ("laag", pa.string()), ("x", pa.float64()), ("y", pa.float64()), ("x2", pa.float64()), ("y2", pa.float64()),
            ("tekst", pa.string()), ("deel", pa.string()), ("volgorde", pa.int16()),
        ]
    )  # fmt: skip


@dataclass(frozen=True)
class Geplaatst:
    """A picture with everything at its place: its rows, and how high it is."""

    rijen: pa.Table
    hoogte: float


def place(tekening: Tekening) -> Geplaatst:
    """Return where everything lies; one with made-up figures says so in the picture itself."""
    tussen, kolom = _TUSSEN[tekening.is_omlijnd], _BREEDTE / tekening.kolommen
    rand = _RAND[tekening.is_omlijnd]
    rijen: list[Rij] = [{"laag": "stempel"}] if tekening.met_voorbeeld else []
    y = _STEMPEL_HOOG if tekening.met_voorbeeld else 0.0
    for _, groep in groupby(sorted(tekening.vakken, key=lambda vak: vak.rij), key=lambda vak: vak.rij):
        vakken = list(groep)
        inhoud = [
            _contents(vak, f"{nummer}-{vak.rij}", y + rand, vak.breed * kolom - tussen - 2 * rand)
            for nummer, vak in enumerate(vakken)
        ]
        onder = max(hoogste for _, hoogste in inhoud) + rand
        for vak, (delen, _) in zip(vakken, inhoud, strict=True):
            x = vak.kolom * kolom
            if tekening.is_omlijnd:
                rijen += _frame(vak, {"x": x, "x2": x + vak.breed * kolom - tussen, "y": y, "y2": onder})
            rijen += [_moved(rij, x + rand) for rij in delen]
        y = onder + tussen
    return Geplaatst(pa.Table.from_pylist(rijen, schema=_columns()), y)


def _frame(vak: Vak, vlak: Rij) -> list[Rij]:
    return [{"laag": "vlak", **vlak}, *([{"laag": "arcering", **vlak}] if vak.is_voorbeeld else [])]


def _moved(rij: Rij, x: float) -> Rij:
    return {naam: waarde + x if naam in ("x", "x2") else waarde for naam, waarde in rij.items()}  # type: ignore[operator]


def _contents(vak: Vak, naam: str, y: float, breed: float) -> tuple[list[Rij], float]:
    """Return what stands in a box, from its left side, and where that ends."""
    rijen: list[Rij] = []
    for deel in vak.delen:
        nieuw, y = _part(deel, naam, y, breed)
        rijen += nieuw
    return rijen, y


def _part(deel: Deel, naam: str, y: float, breed: float) -> tuple[list[Rij], float]:
    match deel:
        case Tekst():
            return _texts(deel, y, breed)
        case Paar(links, rechts):
            return _pair(links, rechts, y, breed)
        case Lijn(stukken):
            return list(_line(stukken, naam, y, breed)), y + _LIJN_HOOG
        case Spoor(merken):
            return list(_marks(merken, y + _SPOOR_HOOG / 2, breed)), y + _SPOOR_HOOG


def _texts(deel: Tekst, y: float, breed: float) -> tuple[list[Rij], float]:
    grootte = _TEKSTEN[deel.soort][0]
    hoog = grootte * _REGEL
    # 'n = 301' stays on one line; where a word may be broken on the page shows only there.
    tekst = deel.tekst.replace("n = ", "n\u00a0=\u00a0").replace("\u00ad", "")
    regels = textwrap.wrap(tekst, int(breed / (grootte * _TEKEN)))
    rijen: list[Rij] = [
        {"laag": deel.soort, "x": 0.0, "y": y + (nummer + 0.5) * hoog, "tekst": regel}
        for nummer, regel in enumerate(regels)
    ]
    return rijen, y + len(regels) * hoog


def _pair(links: Tekst, rechts: str, y: float, breed: float) -> tuple[list[Rij], float]:
    eerste, onder = _texts(links, y, breed)
    if (len(links.tekst) * _TEKSTEN[links.soort][0] + len(rechts) * _TEKSTEN["stil"][0]) * _TEKEN > breed:
        tweede, onder = _texts(Tekst("stil", rechts), onder, breed)
        return eerste + tweede, onder
    return [*eerste, {"laag": "rechts", "x": breed, "y": (y + onder) / 2, "tekst": rechts}], onder


def _line(stukken: Stukken, naam: str, y: float, breed: float) -> Iterator[Rij]:
    """Yield the unbroken pieces of a series, each with a dot at its end."""
    for stuk, punten in stukken.items():
        plekken = [(px / 100 * breed, y + py / 100 * _LIJN_HOOG) for px, py in punten]
        for nummer, (px, py) in enumerate(plekken):
            yield {"laag": "lijn", "x": px, "y": py, "deel": f"{naam}-{stuk}", "volgorde": nummer}
        yield {"laag": "eindpunt", "x": plekken[-1][0], "y": plekken[-1][1]}


def _marks(merken: Sequence[Merk], y: float, breed: float) -> Iterator[Rij]:
    """Yield the line from 0 to 1 with its marks, bands first."""
    yield {"laag": "spoor", "x": 0.0, "x2": breed, "y": y}
    for merk in sorted(merken, key=lambda m: m.soort != "marge"):
        x, tot = merk.plek * breed, merk.tot * breed
        yield {"laag": merk.soort, "x": x, "y": y, "x2": tot, "y2": y}
        if merk.is_voorbeeld and merk.soort == "marge":
            yield {"laag": "arcering", "x": x, "x2": tot, "y": y - _BAND / 2, "y2": y + _BAND / 2}


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
        _layer("vlak").mark_rect(fill=palet.achtergrond, stroke=palet.lijn, cornerRadius=5)
        .encode(x2="x2:Q", y2="y2:Q"),
        _layer("spoor").mark_rule(stroke=palet.lijn, strokeWidth=2).encode(x2="x2:Q"),
        _layer("marge").mark_rule(stroke=kleur, strokeWidth=_BAND, opacity=_DEKKING).encode(x2="x2:Q"),
        _layer("arcering").mark_rect(fill=_ARCERING, cornerRadius=5).encode(x2="x2:Q", y2="y2:Q"),
        _layer("lijn").mark_line(stroke=kleur, strokeWidth=2).encode(detail="deel:N", order="volgorde:Q"),
        _layer("ander").mark_point(shape="stroke", angle=90, stroke=palet.gedempt, strokeWidth=1.5, size=90),
        _layer("stip").mark_point(filled=True, fill=kleur, size=70, opacity=1),
        _layer("eindpunt").mark_point(filled=True, fill=kleur, size=36, opacity=1),
        _layer("ruit").mark_point(shape="diamond", filled=True, fill=palet.achtergrond, stroke=palet.inkt,
                                  strokeWidth=2, size=80, opacity=1),
    ]  # fmt: skip
    teksten: list[tuple[str, Soort]] = [*((soort, soort) for soort in _TEKSTEN), ("rechts", "stil")]
    for laag, soort in teksten:
        grootte, dikte, is_stil = _TEKSTEN[soort]
        lagen.append(
            _layer(laag).mark_text(
                align="right" if laag == "rechts" else "left", baseline="middle", fontSize=grootte,
                fontWeight=dikte, fill=palet.gedempt if is_stil else palet.inkt,  # type: ignore[arg-type]
                stroke=palet.achtergrond, strokeWidth=3,
            ).encode(text="tekst:N")
        )  # fmt: skip
    lagen.append(stamp(palet, x=_BREEDTE - 2, y=0, align="right").transform_filter("datum.laag == 'stempel'"))
    return finish(alt.layer(*lagen).properties(width=_BREEDTE, height=hoogte), thema)
