"""Charts: each kind is built by Altair once per theme, kept as a dict, and fed rows.

Rows carry ready-made texts (labels, tooltips), so a spec holds no number format of its own.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Iterable
from typing import Any, Literal

from app.beeld import beknopt, stijl
from app.beeld.beknopt import Spec as Spec
from app.beeld.later import alt
from app.beeld.stijl import Thema
from app.taal.cellen import VOORBEELD

_Zij = Literal["left", "right"]
_Lijn = Literal["top", "bottom"]

_VORMEN = ["circle", "square", "triangle-up", "diamond"]
# From so many lines on their labels stand beside the ends, for above and below there is no room.
VEEL = 3
HOOGTE = 230
# What a chart of lines may have besides them: what is usual, and where figures are no longer the same.
GRENS, BREUK = "grens", "breuk"
STREPEN = [[1, 0], [5, 3], [2, 2], [7, 2, 2, 2]]
# On a phone there is room for the change only.
_IS_SMAL = "width < 340"
# Vega writes numbers the English way and Streamlit does not pass it another locale.
_AS_TEKST = {
    "aandeel": "replace(format(datum.value * 100, '.12~g'), '.', ',') + '%'",
    "cijfer": "replace(format(datum.value, '.12~g'), '.', ',')",
    "": "replace(format(datum.value, ','), regexp(',', 'g'), '.')",
}


def _config(thema: Thema) -> dict[str, Any]:
    palet = stijl.PALETTEN[thema]
    return {
        "background": "transparent",
        "font": stijl.LETTERTYPE_GRAFIEK,
        "view": {"stroke": None},
        "axis": {
            "labelColor": palet.gedempt,
            "gridColor": palet.rooster,
            "domainColor": palet.lijn,
            "tickColor": palet.lijn,
            "labelFontSize": 12,
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


def finish(kaal: alt.LayerChart | alt.FacetChart, thema: Thema) -> Spec:
    """Return the spec without its data, in the visual system, drawn as SVG."""
    spec: Spec = kaal.to_dict(context={"pre_transform": False})
    # The browser knows what kind of spec it gets.
    for overbodig in ("datasets", "$schema"):
        spec.pop(overbodig, None)
    for laag in spec["layer"]:
        laag.pop("data", None)
    beknopt.say_once(spec["layer"])
    beknopt.drop_usual(spec["layer"])
    # The name under which Streamlit hands over rows.
    spec["data"] = {"name": "source"}
    spec["config"] = _config(thema)
    if '"legend": {' not in json.dumps(spec["layer"]):
        del spec["config"]["legend"]
    spec["usermeta"] = {"embedOptions": {"renderer": "svg"}}
    return spec


def stamp(palet: stijl.Palet, *, x: object, y: object, align: _Zij, baseline: _Lijn = "top") -> alt.Chart:
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
    return stamp(palet, x=x, y=y, align=align, baseline=baseline).transform_filter("datum.laag == 'stempel'")


def top_of_axis(waarden: Iterable[float], eenheid: str = "aandeel") -> float:
    """Return where an axis from zero ends, after four steps that can be written short.

    Shares end at 100%, or nearer to small shares; anything else at four times 1, 2, 2.5 or 5 with noughts.
    """
    hoogste = max(waarden, default=1.0)
    if eenheid == "aandeel":
        return 1.0 if hoogste > 0.5 else max(math.ceil(round(hoogste / 0.04, 6)), 1) * 0.04
    orde = 10.0 ** math.floor(math.log10(hoogste / 4)) if hoogste > 0 else 1.0
    return 4 * next(orde * maat for maat in (1, 2, 2.5, 5, 10) if 4 * orde * maat >= hoogste)


@functools.cache
def dumbbell_spec(
    thema: Thema,
    aantal: int,
    hoogste: float = 1.0,
    heeft_eerste: bool = True,
    *,
    eenheid: str = "aandeel",
    wie: str = "Branche",
) -> Spec:
    """Return two figures per row: a line between them where they may be compared, a gap where not.

    Where no row has the first of the two it has no layer: one without marks is a picture without a text.
    """
    palet = stijl.PALETTEN[thema]
    x, y = _dumbbell_axes(palet, hoogste, eenheid, wie)
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
    eerst, laatst = _dumbbell_ends(basis.transform_filter("datum.laag == 'punt'").encode(x=x, y=y), palet, wie)
    label = _dumbbell_text(basis, y, palet)
    onder = _stamp_where_asked(palet, x=4, y=2, align="left")
    punten = (eerst, laatst) if heeft_eerste else (laatst,)
    kaart = alt.layer(lijn, *punten, label, onder).properties(height=34 * aantal, width="container")
    return beknopt.share(finish(kaart, thema))


def _dumbbell_axes(palet: stijl.Palet, hoogste: float, eenheid: str, wie: str) -> tuple[alt.X, alt.Y]:
    y = alt.Y(
        "rij:N",
        sort=alt.SortField("volgorde"),
        title=None,
        axis=alt.Axis(
            ticks=False, domain=False, labelColor=palet.inkt, labelFontSize=13,
            labelLimit=alt.ExprRef(f"{_IS_SMAL} ? 120 : 230"),
            description=f"{wie}, onder elkaar",
        ),
    )  # fmt: skip
    x = alt.X(
        "waarde:Q",
        title=None,
        # Room at the right for the texts, which would otherwise lie on top of high shares.
        scale=alt.Scale(domain=[0, hoogste], range=[0, alt.ExprRef(f"width - ({_IS_SMAL} ? 44 : 124)")]),
        axis=alt.Axis(
            labelExpr=_AS_TEKST[eenheid if eenheid in _AS_TEKST else ""],
            values=[round(i * hoogste / 4, 4) for i in range(5)],
            description="Waarde, vanaf nul",
        ),
    )
    return x, y


def _dumbbell_ends(punten: alt.Chart, palet: stijl.Palet, wie: str) -> tuple[alt.Chart, alt.Chart]:
    """Return the first figure, an open point, and the last one, a filled point."""
    tip = [
        alt.Tooltip("rij:N", title=wie),
        alt.Tooltip("moment:N", title="Punt"),
        alt.Tooltip("uitleg:N", title="Cijfer"),
    ]
    punten = punten.encode(tooltip=tip)
    eerst = punten.transform_filter("datum.is_eerste").mark_point(
        size=90, filled=True, fill=palet.achtergrond, stroke=palet.reeksen[0], strokeWidth=2, opacity=1
    )
    laatst = punten.transform_filter("!datum.is_eerste").mark_point(
        size=110, filled=True, fill=palet.reeksen[0], opacity=1
    )
    return eerst, laatst


def _dumbbell_text(basis: alt.Chart, y: alt.Y, palet: stijl.Palet) -> alt.Chart:
    label: alt.Chart = (
        basis.transform_filter("datum.laag == 'label'")
        .transform_calculate(past=f"{_IS_SMAL} ? datum.kort : datum.tekst")
        .mark_text(
            align="right", baseline="middle", fontSize=12, x="width", dx=0, aria=False, lineBreak="\n", lineHeight=14,
            dy=alt.ExprRef("indexof(datum.past, '\\n') > 0 ? -7 : 0"),
        )
        .encode(
            y=y,
            text="past:N",
            fill=alt.condition("datum.gedempt", alt.value(palet.gedempt), alt.value(palet.inkt)),
        )
    )  # fmt: skip
    return label


@functools.cache
def line_spec(
    thema: Thema, eenheid: str, aantal_reeksen: int, hoogte: int = HOOGTE, *, is_helling: bool = False,
    erbij: frozenset[str] = frozenset(),
) -> Spec:  # fmt: skip
    """Return a series over time: joined where periods follow each other, open points where provisional.

    Two points of measurement are a slope: each moment has its name and each figure its label. Its axis begins at nought
    as every other does: without that a point more or less is as steep as a doubling. What it has besides lines is in
    `erbij`: GRENS, BREUK.
    """
    palet = stijl.PALETTEN[thema]
    x, y = _moments() if is_helling else _years(aantal_reeksen), _from_nought(eenheid)
    lagen = [
        *([_usual_area(x, y, palet)] if GRENS in erbij else []),
        *(_breaks(x, palet) if BREUK in erbij else []),
        *_series(x, y, aantal_reeksen, palet),
        _stamp_where_asked(palet, x="width", y="height", align="right", baseline="bottom"),
    ]
    return beknopt.share(finish(alt.layer(*lagen).properties(height=hoogte, width="container"), thema))


def _moments() -> alt.X:
    return alt.X(
        "moment:O",
        title=None,
        sort=alt.EncodingSortField("dag", op="min"),
        scale=alt.Scale(padding=0.35),
        axis=alt.Axis(grid=False, labelAngle=0, domain=False, ticks=False, labelLimit=190, description="Momenten"),
    )


def _years(aantal_reeksen: int) -> alt.X:
    # At the right there is room for the labels of many lines.
    schaal = alt.Scale(padding=30)
    if aantal_reeksen >= VEEL:
        schaal = alt.Scale(padding=30, range=[0, alt.ExprRef("width - 56")])
    return alt.X(
        "dag:T",
        title=None,
        scale=schaal,
        axis=alt.Axis(
            format="%Y",
            tickCount="year",
            grid=False,
            labelOverlap=True,
            labelSeparation=8,
            description="Tijd, in jaren",
        ),
    )


def _from_nought(eenheid: str) -> alt.Y:
    return alt.Y(
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


def _series(x: alt.X, y: alt.Y, aantal_reeksen: int, palet: stijl.Palet) -> list[alt.Chart]:
    """Return the lines, their points and the figures at them; a series is told by colour, dashes and shape."""
    nummers, kleuren = list(range(aantal_reeksen)), list(palet.reeksen[:aantal_reeksen])
    basis, is_een = alt.Chart().transform_filter("datum.laag == 'punt'").encode(x=x, y=y), aantal_reeksen == 1
    if not is_een:
        basis = basis.transform_calculate(kleur=f"{kleuren}[datum.nummer]")
    kleur: dict[str, Any] = {
        naam: alt.value(kleuren[0]) if is_een else kanaal("kleur:N", scale=None)
        for naam, kanaal in (("stroke", alt.Stroke), ("fill", alt.Fill))
    }
    lijn = basis.mark_line(strokeWidth=2.5, aria=False).encode(detail="deel:N", stroke=kleur["stroke"])
    punt = (
        basis.transform_calculate(gesproken="datum.reeks + ', ' + datum.periode + ': ' + datum.uitleg")
        .mark_point(filled=True, size=60, strokeWidth=2, opacity=1)
        .encode(
            stroke=kleur["stroke"],
            fill=alt.condition("datum.voorlopig", alt.value(palet.achtergrond), kleur["fill"]),
            description=alt.Description("gesproken:N"),
            tooltip=[
                alt.Tooltip("reeks:N", title="Reeks"),
                alt.Tooltip("periode:N", title="Periode"),
                alt.Tooltip("uitleg:N", title="Cijfer"),
            ],
        )
    )
    if not is_een:
        strepen, vormen = (
            alt.Scale(domain=nummers, range=van[:aantal_reeksen]) for van in (STREPEN, _VORMEN)
        )  # fmt: skip
        lijn = lijn.encode(strokeDash=alt.StrokeDash("nummer:N", scale=strepen, legend=None))
        punt = punt.encode(shape=alt.Shape("nummer:N", scale=vormen, legend=None))
    return [lijn, punt, _figures(basis, aantal_reeksen, palet).encode(fill=kleur["fill"])]


def _figures(basis: alt.Chart, aantal_reeksen: int, palet: stijl.Palet) -> alt.Chart:
    """Return the figures at points; those of many lines stand beside where these end."""
    ernaast: dict[str, Any] = {"dx": 8, "align": "left"} if aantal_reeksen >= VEEL else {}
    # Outlined, so that a line behind it does not run through it.
    tekst: alt.Chart = basis.transform_filter("datum.label").mark_text(
        dy=alt.ExprRef("datum.dy"), fontWeight="bold", baseline="middle", stroke=palet.achtergrond, strokeWidth=4,
        aria=False, **ernaast,
    ).encode(text="label:N")  # fmt: skip
    return tekst


def _usual_area(x: alt.X, y: alt.Y, palet: stijl.Palet) -> alt.Chart:
    """Return the area that widens from the figure of a year before to where the newest usually lies."""
    vlak = alt.Chart().transform_filter("datum.laag == 'grens'").encode(x=x, y=y, y2="boven:Q")
    gevuld: alt.Chart = vlak.mark_area(fill=palet.lijn, stroke=palet.gedempt, strokeDash=[2, 2], aria=False)
    return gevuld


def _breaks(x: alt.X, palet: stijl.Palet) -> list[alt.Chart]:
    breuk = alt.Chart().transform_filter("datum.laag == 'breuk'").encode(x=x)
    streep = breuk.mark_rule(stroke=palet.gedempt, strokeDash=[4, 3], aria=False)
    woord = breuk.mark_text(
        align="left", baseline="top", dx=5, y=0, fill=palet.gedempt, fontSize=11, text="trendbreuk", aria=False
    )
    return [streep, woord]
