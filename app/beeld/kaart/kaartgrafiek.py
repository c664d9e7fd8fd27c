"""The two maps, as tiles and with real borders; both get the same kind of rows and look the same."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

from app.beeld import stijl, tegels
from app.beeld.charts import Spec, finish, stamp
from app.beeld.gebieden import Ligging
from app.beeld.later import alt
from app.beeld.stijl import Thema

KEUZE = "keuze"
# The patterns of the map by number: what is said of such a tile besides its figure.
PATRONEN = ("", ", voorbeeld", ", indicatief", ", voorbeeld, indicatief", "")
# Which pattern of the page lies on a region, by the ink of its class.
ARCERING = "'url(#rm-arc-' + min(datum.patroon, 3) + '-' + '{tinten}'[datum.klasse + 1] + ')'"
# What the browser can work out from a row itself need not travel with it.
_GEBIED = {
    "vlak": "{vlakken}[datum.klasse + 1]",
    "inkt": "{inkten}[datum.klasse + 1]",
    "arcering": ARCERING,
    "cijfer": "replace(datum.label, '\\n', ' ') + {patronen}[datum.patroon]",
    "gesproken": "datum.naam + ': ' + datum.cijfer",
}
_TEGEL = _GEBIED | {
    "y_naam": "datum.y - (indexof(datum.kort || '', '\\n') > 0 ? 0.46 : 0.26) * {straal}",
    "letter": "(datum.klasse < 0 ? 9 : 13.5) * {letter}",
}


@functools.cache
def map_spec(
    thema: Thema, straal: float, hoogte: float, is_tweezijdig: bool, met_voorbeeld: bool, met_randen: bool
) -> Spec:
    """Return the tile map: one hexagon per region, its name and value in it, pattern by kind of figure.

    It travels to the browser at every change of period, so spec and rows are kept small.
    """
    palet = stijl.PALETTEN[thema]
    breedte = tegels.BREEDTE
    tegel = alt.Chart().transform_filter("datum.naam") if met_randen else alt.Chart()
    vlakken, inkten = stijl.class_colours(thema, is_tweezijdig)
    maten: dict[str, Any] = {
        "straal": straal,
        "letter": min(round(straal / 34.5, 2), 1.25),
        "vlakken": vlakken,
        "inkten": inkten,
        "patronen": list(PATRONEN),
        "tinten": hatch_tints(inkten, thema),
    }
    tegelvlak, arcering, gekozen = _tile_shapes(tegel, straal, palet)
    randen = (
        alt.Chart()
        .transform_filter("datum.x2")
        .mark_rule(stroke=palet.inkt, strokeWidth=2, strokeCap="round", aria=False)
        .encode(x2="x2:Q", y2="y2:Q")
    )
    lagen = [tegelvlak, arcering, *([randen] if met_randen else []), gekozen]
    lagen += _tile_text(tegel, maten["letter"], straal)
    if met_voorbeeld:
        # One row, whatever the data: the word must be drawn once.
        lagen.append(stamp(palet, x=breedte - 2, y=2, align="right").transform_aggregate(n="count()"))
    kaart = alt.layer(*lagen)
    rekenwerk = [{"calculate": rekensom.format(**maten), "as": naam} for naam, rekensom in _TEGEL.items()]
    spec = finish(kaart.properties(width=breedte, height=hoogte, padding=0), thema)
    spec["encoding"] = {
        naam: {
            "field": naam,
            "type": "quantitative",
            "axis": None,
            "scale": {"domain": bereik, "nice": False},
        }
        for naam, bereik in (("x", [0, breedte]), ("y", [hoogte, 0]))
    }
    spec["transform"] = rekenwerk
    klaar = _slim(spec)
    # All that is drawn as a point is a tile.
    klaar["config"]["point"] = {"shape": tegels.hexagon_path(), "opacity": 1}
    return klaar


def hatch_tints(inkten: Sequence[str], thema: Thema) -> str:
    """Return the letters of the hatching that shows where each ink does, one after the other."""
    return "".join(stijl.hatch_tint(inkt, thema)[-1] for inkt in inkten)


def _tile_shapes(tegel: alt.Chart, straal: float, palet: stijl.Palet) -> tuple[alt.Chart, alt.Chart, alt.Chart]:
    """Return the hexagons, the hatching on them, and the outline of the chosen ones."""
    grootte = (2 * straal) ** 2
    keuze = alt.selection_point(name=KEUZE, fields=["regio_code"], on="click", toggle="true", empty=False, clear=False)
    tegelvlak = (
        tegel.properties(name="tegels")
        .mark_point(size=round(grootte * 0.97), stroke=palet.lijn, strokeWidth=0.8, cursor="pointer")
        .encode(
            fill=alt.Fill("vlak:N", scale=None),
            tooltip=[alt.Tooltip("naam:N", title="Regio"), alt.Tooltip("cijfer:N", title="Cijfer")],
            description=alt.Description("gesproken:N"),
        )
        .add_params(keuze)
    )
    arcering = (
        tegel.properties(name="arcering")
        .transform_filter("datum.patroon > 0")
        .mark_point(size=round(grootte * 0.97), strokeWidth=0, aria=False)
        .encode(fill=alt.Fill("arcering:N", scale=None))
    )
    gekozen = tegel.properties(name="gekozen").mark_point(
        size=round(grootte * 0.9), stroke=palet.reeksen[1], strokeWidth=4, strokeOpacity=0, aria=False
    )
    return tegelvlak, arcering, gekozen


def _slim(spec: Spec) -> Spec:
    """Leave out what a map has no use for: axes, their config, and a font that the stylesheet gives as well."""
    spec["config"] = {deel: spec["config"][deel] for deel in ("background", "view")}
    spec["autosize"] = {"type": "none"}
    return spec


def _tile_text(tegel: alt.Chart, letter: float, straal: float) -> list[alt.Chart]:
    """Return name and value of each tile, outlined in the tile's own colour so that hatching stays behind."""
    gelijk: dict[str, Any] = {"lineBreak": "\n", "strokeWidth": 3.2, "aria": False}
    tegel = tegel.encode(
        fill=alt.Fill("inkt:N", scale=None),
        stroke=alt.Stroke("vlak:N", scale=None),
    )
    naam = (
        tegel.transform_filter("datum.kort")
        .mark_text(**gelijk, baseline="middle", fontSize=round(8.9 * letter, 1), lineHeight=round(10 * letter, 1))
        .encode(text="kort:N", y="y_naam:Q")
    )
    waarde = (
        tegel.transform_filter("datum.kort")
        .mark_text(**gelijk, baseline="middle", fontWeight="bold", dy=round(0.28 * straal, 1))
        .encode(text="label:N", size=alt.Size("letter:Q", scale=None))
    )
    return [naam, waarde]


# The text of a region: a symbol where there is no figure; the name above it where there is room for both.
_VLAK = _GEBIED | {
    "teken": "datum.patroon > 3 ? '×' : datum.klasse < 0 ? '–' : datum.label",
    "op": "6 * ((datum.kort ? 1 : 0) + (indexof(datum.kort || '', '\\n') > 0 ? 1 : 0))",
    "over": "indexof(datum.teken, '\\n') > 0 ? 6 : 0",
    "y_naam": "datum.y - datum.op - datum.over",
    "y_teken": "datum.y + datum.op - datum.over",
}


@functools.lru_cache(maxsize=64)
def area_spec(thema: Thema, ligging: Ligging, is_tweezijdig: bool, is_wgo: bool, met_voorbeeld: bool) -> Spec:
    """Return the map with real borders; the browser fetches the geometry once and joins it to the rows."""
    palet = stijl.PALETTEN[thema]
    vlakken, inkten = stijl.class_colours(thema, is_tweezijdig)
    maten = {
        "vlakken": vlakken, "inkten": inkten, "patronen": list(PATRONEN), "tinten": hatch_tints(inkten, thema),
    }  # fmt: skip
    gebied = alt.Chart().encode(shape=alt.Shape("geo:G"))
    keuze = alt.selection_point(name=KEUZE, fields=["regio_code"], on="click", toggle="true", empty=False, clear=False)
    rand: dict[str, Any] = {"stroke": palet.inkt if is_wgo else palet.gedempt, "strokeWidth": 1.3 if is_wgo else 0.7}
    vorm = (
        gebied.properties(name="vlakken")
        .mark_geoshape(**rand, strokeJoin="round", opacity=1, cursor="pointer")
        .encode(
            fill=alt.Fill("vlak:N", scale=None),
            tooltip=[alt.Tooltip("naam:N", title="Regio"), alt.Tooltip("cijfer:N", title="Cijfer")],
            description=alt.Description("gesproken:N"),
        )
        .add_params(keuze)
    )
    arcering = (
        gebied.properties(name="arcering")
        .transform_filter("datum.patroon > 0")
        .mark_geoshape(**rand, aria=False)
        .encode(fill=alt.Fill("arcering:N", scale=None))
    )
    gekozen = gebied.properties(name="gekozen").mark_geoshape(
        filled=False, stroke=palet.reeksen[1], strokeWidth=3, strokeJoin="round", strokeOpacity=0, aria=False
    )
    lagen = [vorm, arcering, gekozen, *_area_text(ligging.hoogte)]
    if met_voorbeeld:
        lagen.append(stamp(palet, x=2, y=2, align="left").transform_aggregate(n="count()"))
    spec = finish(alt.layer(*lagen).properties(width=tegels.BREEDTE, height=ligging.hoogte, padding=0), thema)
    spec["projection"] = {"type": "mercator", "scale": ligging.schaal, "translate": list(ligging.verschuiving)}
    geometrie = {"url": ligging.url, "format": {"type": "topojson", "feature": "gebieden"}}
    spec["transform"] = [
        {"lookup": "regio_code", "from": {"data": geometrie, "key": "properties.regio_code"}, "as": "geo"},
        *({"calculate": rekensom.format(**maten), "as": naam} for naam, rekensom in _VLAK.items()),
    ]
    return _slim(spec)


def _area_text(hoogte: int) -> list[alt.Chart]:
    """Return name and value of each region that has room for them, outlined in its own colour."""
    gelijk: dict[str, Any] = {"lineBreak": "\n", "strokeWidth": 2.4, "aria": False}
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, tegels.BREEDTE], nice=False))
    as_y: dict[str, Any] = {"axis": None, "scale": alt.Scale(domain=[hoogte, 0], nice=False)}
    tekst = alt.Chart().encode(
        x=x, fill=alt.Fill("inkt:N", scale=None), stroke=alt.Stroke("vlak:N", scale=None)
    )  # fmt: skip
    naam = (
        tekst.transform_filter("datum.kort")
        .mark_text(**gelijk, baseline="middle", fontSize=9.5, lineHeight=12)
        .encode(text="kort:N", y=alt.Y("y_naam:Q", **as_y))
    )
    waarde = (
        tekst.transform_filter("datum.letter > 0")
        .mark_text(**gelijk, baseline="middle", fontWeight="bold", lineHeight=12)
        .encode(text="teken:N", y=alt.Y("y_teken:Q", **as_y), size=alt.Size("letter:Q", scale=None))
    )
    return [naam, waarde]
