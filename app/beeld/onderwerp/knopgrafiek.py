"""The charts of the knoppen: a waterfall of one setting, and per setting the strip from overlap to added up."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

from app.beeld import charts, stijl
from app.beeld.charts import Spec
from app.beeld.later import alt
from app.beeld.stijl import Thema
from app.oordeel.knoppen import knoppen, knopuitkomst
from app.oordeel.knoppen.knoppen import KNOPPEN, range_text
from app.oordeel.knoppen.knopuitkomst import Gebied, Knopuitkomst

# The width of a bold figure of 13 pixels, rather too much than too little.
_TEKEN = 7.6
_GETAL = "replace(format(datum.value, ','), regexp(',', 'g'), '.')"


@functools.cache
def strip_spec(thema: Thema, aantal: int) -> Spec:
    """Return one strip per setting on a shared axis in persons, with the shortage as a band behind them."""
    palet = stijl.PALETTEN[thema]
    y = alt.Y(
        "rij:N",
        sort=alt.SortField("volgorde"),
        title=None,
        scale=alt.Scale(paddingInner=0.66, paddingOuter=0.7, align=0.9),
        axis=alt.Axis(
            ticks=False, domain=False, labelColor=palet.inkt, labelFontSize=13, labelLimit=130,
            description="Standen van de knoppen, onder elkaar",
        ),
    )  # fmt: skip
    x = alt.X(
        "van:Q",
        title=None,
        scale=alt.Scale(zero=True, nice=False),
        axis=alt.Axis(labelExpr=_GETAL, tickCount=5, domain=False, ticks=False, labelFlush=28,
                      description="Personen, vanaf nul"),
    )  # fmt: skip
    basis = alt.Chart()
    strook = basis.transform_filter("datum.laag == 'strook'")
    # Above its strip, and never across the line where the shortage begins.
    begin = f"max(0, min(scale('x', datum.van), scale('x', datum.grens) - 6 - {_TEKEN} * length(datum.tekst)))"
    gelijk: dict[str, Any] = {
        "align": "left", "baseline": "bottom", "dy": -11, "fontSize": 13, "fontWeight": "bold", "aria": False,
        "fill": palet.inkt, "x": alt.ExprRef(begin),
    }  # fmt: skip
    tekst = strook.mark_text(**gelijk).encode(y=y, text="tekst:N")
    achter = _shortage(basis.transform_filter("datum.laag == 'tekort'"), x, palet)
    lagen = [*achter, _bars(strook, x, y, palet), tekst]
    return charts.finish(alt.layer(*lagen).properties(height=24 + 58 * aantal, width="container"), thema)


def _shortage(tekort: alt.Chart, x: alt.X, palet: stijl.Palet) -> list[alt.Chart]:
    """Return the expected shortage: a band between two lines, with its words above."""
    vlak = tekort.mark_rect(fill=palet.leeg, aria=False).encode(x=x, x2="tot:Q")
    grens = tekort.mark_rule(stroke=palet.gedempt, strokeDash=[4, 3], aria=False)
    kop = tekort.mark_text(align="right", baseline="bottom", y=-5, fill=palet.gedempt, fontSize=12, aria=False).encode(
        x="tot:Q", text="tekst:N"
    )
    return [vlak, grens.encode(x="van:Q"), grens.encode(x="tot:Q"), kop]


def _bars(strook: alt.Chart, x: alt.X, y: alt.Y, palet: stijl.Palet) -> alt.Chart:
    """Return the strips."""
    kleur = alt.Scale(domain=["a", "b", "vast"], range=[palet.reeksen[0], palet.reeksen[1], palet.gedempt])
    # The reader's own strips are filled, those to compare with are open.
    band: alt.Chart = strook.mark_bar(cornerRadius=2, opacity=1, minBandSize=4, strokeWidth=1.5).encode(
        x=x,
        x2="tot:Q",
        y=y,
        fill=alt.condition(
            "datum.soort == 'vast'", alt.value(palet.achtergrond), alt.Fill("soort:N", scale=kleur, legend=None)
        ),
        stroke=alt.Stroke("soort:N", scale=kleur, legend=None),
        tooltip=[alt.Tooltip("rij:N", title="Stand van de knoppen"), alt.Tooltip("tekst:N", title="Personen")],
    )
    return band


def strips(gebied: Gebied, uitkomsten: Sequence[Knopuitkomst]) -> list[dict[str, object]]:
    """Return the rows of the chart: one strip per setting, the shortage behind them."""
    laag, hoog = (round_for(gebied, o.tekort) for o in (uitkomsten[0].laag, uitkomsten[0].hoog))
    tekort = range_text(uitkomsten[0].laag.tekort, uitkomsten[0].hoog.tekort, gebied.stap)
    rows: list[dict[str, object]] = [{"laag": "tekort", "van": laag, "tot": hoog, "tekst": f"verwacht tekort {tekort}"}]
    for volgorde, u in enumerate(uitkomsten):
        van, tot = round_for(gebied, u.minst), round_for(gebied, u.meest)
        rows.append(
            {"laag": "strook", "rij": u.naam, "volgorde": volgorde, "soort": u.soort, "van": van, "tot": tot,
             "tekst": range_text(u.minst, u.meest, gebied.stap), "grens": laag}
        )  # fmt: skip
    return rows


@functools.cache
def waterfall_spec(thema: Thema, aantal: int) -> Spec:
    """Return the shortage, what each knop takes off it, and what is left, from top to bottom on one axis in persons."""
    palet = stijl.PALETTEN[thema]
    # A name on the left and a number on the right, each in a column of its own.
    namen = "(width < 430 ? 138 : 190)"
    # On a narrow screen a long name has two lines, in place of its beginning alone.
    naam = "width < 430 ? replace(datum.rij, ' en ', '\\nen ') : datum.rij"
    hoger = "width < 430 && indexof(datum.rij, ' en ') > 0 ? -7 : 0"
    schaal = alt.Scale(zero=True, nice=False, range=[alt.ExprRef(namen), alt.ExprRef("width - 128")])
    basis = alt.Chart().encode(
        y=alt.Y("rij:N", sort=alt.SortField("volgorde"), axis=None, scale=alt.Scale(paddingInner=0.3, paddingOuter=0))
    )
    balk = basis.mark_bar(opacity=1, strokeWidth=1.5, minBandSize=3).encode(
        x=alt.X("van:Q", axis=None, scale=schaal),
        x2="tot:Q",
        fill=alt.Fill("soort:N", legend=None, scale=alt.Scale(
            domain=["tekort", "marge", "knop"], range=[palet.gedempt, palet.leeg, palet.reeksen[0]])),
        stroke=alt.condition("datum.soort == 'marge'", alt.value(palet.gedempt), alt.value("transparent")),
        tooltip=[alt.Tooltip("rij:N", title="Wat"), alt.Tooltip("tekst:N", title="Personen")],
    )  # fmt: skip
    gelijk: dict[str, Any] = {"baseline": "middle", "fontSize": 13, "aria": False, "fill": palet.inkt}
    links: dict[str, Any] = {
        **gelijk,
        "align": "left",
        "x": 0,
        "limit": alt.ExprRef(f"{namen} - 6"),
        "lineBreak": "\n",
        "lineHeight": 14,
    }
    lagen = [balk]
    for teken, dikte in (("==", "normal"), ("!=", "bold")):
        deel = basis.transform_filter(f"datum.laag == 'naam' && datum.soort {teken} 'knop'")
        lagen.append(deel.mark_text(**links, text=alt.ExprRef(naam), dy=alt.ExprRef(hoger), fontWeight=dikte))  # type: ignore[arg-type]
        lagen.append(deel.mark_text(**gelijk, align="right", x="width", fontWeight=dikte).encode(text="tekst:N"))  # type: ignore[arg-type]
    return charts.finish(alt.layer(*lagen).properties(height=30 * (aantal - 2), width="container"), thema)


def waterfall(gebied: Gebied, uitkomst: Knopuitkomst) -> list[dict[str, object]]:
    """Return the rows of the waterfall; its steps begin at the higher end of the shortage and stop at nought."""
    laag, hoog = (round_for(gebied, grens.tekort) for grens in (uitkomst.laag, uitkomst.hoog))
    rows = _ends("Verwacht tekort", 0, laag, hoog, range_text(uitkomst.laag.tekort, uitkomst.hoog.tekort, gebied.stap))
    boven = uitkomst.hoog.tekort
    for nummer, (code, effect) in enumerate(uitkomst.effecten.items(), 1):
        onder = max(boven - effect, 0.0)
        tekst = gebied.text(effect)
        rows.append(
            {"laag": "naam", "rij": KNOPPEN[code].naam, "volgorde": nummer, "soort": "knop",
             "van": round_for(gebied, onder), "tot": round_for(gebied, boven), "tekst": tekst}
        )  # fmt: skip
        boven = onder
    minst, meest = knopuitkomst.left(uitkomst)
    over = range_text(minst, meest, gebied.stap)
    return rows + _ends("Blijft over", len(rows), round_for(gebied, minst), round_for(gebied, meest), over)


def _ends(naam: str, volgorde: int, laag: int, hoog: int, tekst: str) -> list[dict[str, object]]:
    """Return one end of the waterfall: filled up to the lower figure, and open from there to the higher."""
    gelijk: dict[str, object] = {"rij": naam, "volgorde": volgorde, "tekst": tekst}
    return [
        {**gelijk, "laag": "naam", "soort": "tekort", "van": 0, "tot": laag},
        {**gelijk, "laag": "marge", "soort": "marge", "van": laag, "tot": hoog},
    ]


def round_for(gebied: Gebied, personen: float) -> int:
    """Round persons the way this area shows them, so that a picture tells no more than its text."""
    return knoppen.round_persons(personen, gebied.stap)
