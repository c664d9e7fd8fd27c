"""Charts: each kind is built by Altair once per theme, kept as a dict, and fed rows.

Rows carry ready-made texts (labels, tooltips), so a spec holds no number format of its own.
"""

from __future__ import annotations

import functools
from typing import Any, Literal

import altair as alt

from app import stijl, tegels
from app.stijl import Thema

Spec = dict[str, Any]
_Zij = Literal["left", "right"]
_Lijn = Literal["top", "bottom"]

VOORBEELD = "VOORBEELD"
KEUZE = "keuze"
_VORMEN = ["circle", "square", "triangle-up", "diamond"]
_STREPEN = [[1, 0], [5, 3], [2, 2], [7, 2, 2, 2]]
# On a phone there is room for the change only.
_IS_SMAL = "width < 340"
# Vega writes numbers the English way and Streamlit does not pass it another locale.
_AS_TEKST = {
    "aandeel": "replace(format(datum.value * 100, '.12~g'), '.', ',') + '%'",
    "cijfer": "replace(format(datum.value, '.12~g'), '.', ',')",
    "": "replace(format(datum.value, ','), regexp(',', 'g'), '.')",
}
# Patterns of the map: direction of the lines and how close they lie.
_ARCERING = {
    1: tegels.hatch_path((135,), 3),
    2: tegels.hatch_path((45,), 3),
    3: tegels.hatch_path((45, 135), 3),
}
# The patterns of the map by number: what is said of such a tile besides its figure.
PATRONEN = ("", ", voorbeeld", ", indicatief", ", voorbeeld, indicatief", "")
# What the browser can work out from a row itself need not travel with it.
_TEGEL = {
    "y_naam": "datum.y - (indexof(datum.kort || '', '\\n') > 0 ? 0.46 : 0.26) * {straal}",
    "letter": "(datum.klasse < 0 ? 9 : 13.5) * {letter}",
    "vlak": "{vlakken}[datum.klasse + 1]",
    "inkt": "{inkten}[datum.klasse + 1]",
    "cijfer": "replace(datum.label, '\\n', ' ') + {patronen}[datum.patroon]",
    "gesproken": "datum.naam + ': ' + datum.cijfer",
}


def _config(thema: Thema) -> dict[str, Any]:
    palet = stijl.PALETTEN[thema]
    return {
        "background": "transparent",
        "font": stijl.LETTERTYPE,
        "view": {"stroke": None},
        "axis": {
            "labelColor": palet.gedempt,
            "titleColor": palet.gedempt,
            "gridColor": palet.rooster,
            "domainColor": palet.lijn,
            "tickColor": palet.lijn,
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
        },
        "legend": {
            "labelColor": palet.inkt,
            "labelFontSize": 13,
            "labelLimit": 260,
            "symbolSize": 90,
            "orient": "top",
            "title": None,
            "padding": 0,
            "offset": 12,
        },
        "text": {"fontSize": 12, "fill": palet.inkt},
    }


def _finish(kaal: alt.LayerChart | alt.FacetChart, thema: Thema) -> Spec:
    """Return the spec without its data, in the visual system, drawn as SVG."""
    spec: Spec = kaal.to_dict(context={"pre_transform": False})
    spec.pop("datasets", None)
    for laag in spec["layer"]:
        laag.pop("data", None)
    # The name under which Streamlit hands over rows.
    spec["data"] = {"name": "source"}
    spec["config"] = _config(thema)
    spec["usermeta"] = {"embedOptions": {"renderer": "svg"}}
    return spec


def _stamp(palet: stijl.Palet, *, x: object, y: object, align: _Zij, baseline: _Lijn = "top") -> alt.Chart:
    """Return the word that marks a picture with made-up figures, so that a screenshot carries it."""
    woord = alt.Chart().mark_text(
        align=align,
        baseline=baseline,
        fontSize=13,
        fontWeight="bold",
        fill=palet.voorbeeld,
        text=VOORBEELD,
        aria=False,
    )
    geplaatst: alt.Chart = woord.encode(x=alt.value(x), y=alt.value(y))
    return geplaatst


def _stamp_where_asked(palet: stijl.Palet, *, x: object, y: object, align: _Zij, baseline: _Lijn = "top") -> alt.Chart:
    """Return the same word, drawn only when the rows hold a row for it."""
    return _stamp(palet, x=x, y=y, align=align, baseline=baseline).transform_filter("datum.laag == 'stempel'")


@functools.cache
def map_spec(thema: Thema, straal: float, hoogte: float, is_tweezijdig: bool, met_voorbeeld: bool) -> Spec:
    """Return the tile map: one hexagon per region, its name and value in it, pattern by kind of figure.

    It travels to the browser at every change of period, so spec and rows are kept small.
    """
    palet = stijl.PALETTEN[thema]
    breedte = tegels.BREEDTE
    tegel = alt.Chart().transform_filter("datum.naam")
    vlakken, inkten = stijl.class_colours(thema, is_tweezijdig)
    maten: dict[str, Any] = {
        "straal": straal,
        "letter": min(round(straal / 34.5, 2), 1.25),
        "vlakken": vlakken,
        "inkten": inkten,
    }
    maten["patronen"] = list(PATRONEN)
    zeshoek: dict[str, Any] = {"shape": tegels.hexagon_path(), "opacity": 1}
    grootte = (2 * straal) ** 2
    keuze = alt.selection_point(name=KEUZE, fields=["regio_code"], on="click", empty=False, clear=False)
    tegelvlak = (
        tegel.properties(name="tegels")
        .mark_point(**zeshoek, size=round(grootte * 0.97), stroke=palet.lijn, strokeWidth=0.8, cursor="pointer")
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
        .transform_calculate(arcering="min(datum.patroon, 3)")
        .mark_point(size=round(grootte * 0.97), filled=False, strokeWidth=0.9, opacity=0.42, aria=False)
        .encode(
            shape=alt.Shape(
                "arcering:N",
                scale=alt.Scale(domain=list(_ARCERING), range=list(_ARCERING.values())),
                legend=None,
            ),
            stroke=alt.Stroke("inkt:N", scale=None),
        )
    )
    gekozen = (
        tegel.properties(name="gekozen")
        .transform_filter("datum.gekozen")
        .mark_point(**zeshoek, size=round(grootte * 0.9), stroke=palet.reeksen[1], strokeWidth=4, aria=False)
    )
    randen = (
        alt.Chart()
        .transform_filter("datum.x2")
        .mark_rule(stroke=palet.inkt, strokeWidth=2, strokeCap="round", aria=False)
        .encode(x2="x2:Q", y2="y2:Q")
    )
    lagen = [tegelvlak, arcering, randen, gekozen, *_tile_text(tegel, maten["letter"], straal)]
    if met_voorbeeld:
        # One row, whatever the data: the word must be drawn once.
        lagen.append(_stamp(palet, x=breedte - 2, y=2, align="right").transform_aggregate(n="count()"))
    kaart = alt.layer(*lagen)
    rekenwerk = [{"calculate": rekensom.format(**maten), "as": naam} for naam, rekensom in _TEGEL.items()]
    spec = _finish(kaart.properties(width=breedte, height=hoogte, padding=0), thema)
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
    spec["config"] = {deel: spec["config"][deel] for deel in ("background", "font", "view")}
    spec["autosize"] = {"type": "none"}
    return spec


def _tile_text(tegel: alt.Chart, letter: float, straal: float) -> list[alt.Chart]:
    """Return name and value of each tile, outlined in the tile's own colour so that hatching stays behind."""
    gelijk: dict[str, Any] = {"lineBreak": "\n", "strokeWidth": 3.2, "strokeJoin": "round", "aria": False}
    tegel = tegel.encode(
        fill=alt.Fill("inkt:N", scale=None),
        stroke=alt.Stroke("vlak:N", scale=None),
    )
    naam = (
        tegel.transform_filter("datum.kort")
        .mark_text(**gelijk, baseline="middle", fontSize=round(9.6 * letter, 1), lineHeight=round(10.4 * letter, 1))
        .encode(text="kort:N", y="y_naam:Q")
    )
    waarde = (
        tegel.transform_filter("datum.kort")
        .mark_text(**gelijk, baseline="middle", fontWeight="bold", dy=round(0.28 * straal, 1))
        .encode(text="label:N", size=alt.Size("letter:Q", scale=None))
    )
    return [naam, waarde]


@functools.cache
def dumbbell_spec(thema: Thema, aantal: int) -> Spec:
    """Return two moments per row: a line between them where they may be compared, a gap where not."""
    palet = stijl.PALETTEN[thema]
    y = alt.Y(
        "rij:N",
        sort=alt.SortField("volgorde"),
        title=None,
        axis=alt.Axis(
            ticks=False, domain=False, labelColor=palet.inkt, labelFontSize=13, labelLimit=130,
            description="Branches, onder elkaar",
        ),
    )  # fmt: skip
    x = alt.X(
        "waarde:Q",
        title=None,
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1], description="Aandeel, van 0% tot 100%"),
    )
    tip = [
        alt.Tooltip("rij:N", title="Branche"),
        alt.Tooltip("moment:N", title="Moment"),
        alt.Tooltip("uitleg:N", title="Cijfer"),
    ]
    basis = alt.Chart()
    lijn = (
        basis.transform_filter("datum.laag == 'lijn'")
        .mark_rule(strokeWidth=3, stroke=palet.lijn, aria=False)
        .encode(
            x=x,
            x2="waarde2:Q",
            y=y,
            strokeDash=alt.condition("datum.twijfel", alt.value([3, 3]), alt.value([1, 0])),
        )
    )
    punten = basis.transform_filter("datum.laag == 'punt'").encode(x=x, y=y, tooltip=tip)
    eerst = punten.transform_filter("datum.is_eerste").mark_point(
        size=90, filled=True, fill=palet.achtergrond, stroke=palet.reeksen[0], strokeWidth=2, opacity=1
    )
    laatst = punten.transform_filter("!datum.is_eerste").mark_point(
        size=110, filled=True, fill=palet.reeksen[0], opacity=1
    )
    label = (
        basis.transform_filter("datum.laag == 'label'")
        .transform_calculate(past=f"{_IS_SMAL} ? datum.kort : datum.tekst")
        .mark_text(align="right", baseline="middle", fontSize=12, x="width", dx=0, aria=False)
        .encode(
            y=y,
            text="past:N",
            fill=alt.condition("datum.gedempt", alt.value(palet.gedempt), alt.value(palet.inkt)),
        )
    )
    onder = _stamp_where_asked(palet, x=4, y=2, align="left")
    kaart = alt.layer(lijn, eerst, laatst, label, onder).properties(height=34 * aantal, width="container")
    spec = _finish(kaart, thema)
    # Room at the right for the texts, which would otherwise lie on top of high shares.
    for laag in spec["layer"]:
        kanaal = laag.get("encoding", {}).get("x")
        if kanaal:
            kanaal["scale"] = {"domain": [0, 1], "range": [0, {"expr": f"width - ({_IS_SMAL} ? 44 : 124)"}]}
    return spec


@functools.cache
def line_spec(thema: Thema, eenheid: str, aantal_reeksen: int, hoogte: int = 230) -> Spec:
    """Return a series over time: joined where periods follow each other, open points where provisional."""
    palet = stijl.PALETTEN[thema]
    nummers = list(range(aantal_reeksen))
    kleur = alt.Scale(domain=nummers, range=list(palet.reeksen[:aantal_reeksen]))
    x = alt.X(
        "dag:T",
        title=None,
        scale=alt.Scale(padding=30),
        axis=alt.Axis(format="%Y", tickCount="year", grid=False, labelOverlap=True, description="Tijd, in jaren"),
    )
    y = alt.Y(
        "waarde:Q",
        title=None,
        scale=alt.Scale(zero=True, nice=True),
        axis=alt.Axis(
            labelExpr=_AS_TEKST[eenheid if eenheid in _AS_TEKST else ""],
            tickCount=5,
            domain=False,
            ticks=False,
            description="Waarde, vanaf nul",
        ),
    )
    tip = [
        alt.Tooltip("reeks:N", title="Reeks"),
        alt.Tooltip("periode:N", title="Periode"),
        alt.Tooltip("uitleg:N", title="Cijfer"),
    ]
    basis = alt.Chart().transform_filter("datum.laag == 'punt'").encode(x=x, y=y)
    lijn = basis.mark_line(strokeWidth=2.5, aria=False).encode(
        detail="deel:N",
        stroke=alt.Stroke("nummer:N", scale=kleur, legend=None),
        strokeDash=alt.StrokeDash(
            "nummer:N", scale=alt.Scale(domain=nummers, range=_STREPEN[:aantal_reeksen]), legend=None
        ),
    )
    punt = basis.mark_point(filled=True, size=60, strokeWidth=2, opacity=1).encode(
        stroke=alt.Stroke("nummer:N", scale=kleur, legend=None),
        fill=alt.condition(
            "datum.voorlopig", alt.value(palet.achtergrond), alt.Fill("nummer:N", scale=kleur, legend=None)
        ),
        shape=alt.Shape("nummer:N", scale=alt.Scale(domain=nummers, range=_VORMEN[:aantal_reeksen]), legend=None),
        tooltip=tip,
    )
    halo = basis.transform_filter("datum.label").mark_text(
        dy=alt.ExprRef("datum.onder ? 16 : -14"), strokeWidth=4, stroke=palet.achtergrond, fill=palet.achtergrond,
        strokeJoin="round", fontWeight="bold", aria=False,
    ).encode(text="label:N")  # fmt: skip
    tekst = basis.transform_filter("datum.label").mark_text(
        dy=alt.ExprRef("datum.onder ? 16 : -14"), fontWeight="bold", aria=False
    ).encode(text="label:N", fill=alt.Fill("nummer:N", scale=kleur, legend=None))  # fmt: skip
    breuk = alt.Chart().transform_filter("datum.laag == 'breuk'").encode(x=x)
    streep = breuk.mark_rule(stroke=palet.gedempt, strokeDash=[4, 3], aria=False)
    woord = breuk.mark_text(
        align="left",
        baseline="top",
        dx=5,
        y=0,
        fill=palet.gedempt,
        fontSize=11,
        text="trendbreuk",
        aria=False,
    )
    lagen = [
        streep,
        woord,
        lijn,
        punt,
        halo,
        tekst,
        _stamp_where_asked(palet, x="width", y="height", align="right", baseline="bottom"),
    ]
    return _finish(alt.layer(*lagen).properties(height=hoogte, width="container"), thema)
