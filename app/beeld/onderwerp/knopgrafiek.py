"""The strips of the knoppen: per setting the range from overlap to added up, against the expected shortage."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import altair as alt

from app.beeld import charts, stijl
from app.beeld.charts import Spec
from app.beeld.stijl import Thema
from app.oordeel.knoppen import knoppen
from app.oordeel.knoppen.knoppen import range_text
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
            description="Instellingen, onder elkaar",
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
    return charts.finish(alt.layer(*lagen).properties(height=24 + 46 * aantal, width="container"), thema)


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
        tooltip=[alt.Tooltip("rij:N", title="Instelling"), alt.Tooltip("tekst:N", title="Personen")],
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


def round_for(gebied: Gebied, personen: float) -> int:
    """Round persons the way this area shows them, so that a picture tells no more than its text."""
    return knoppen.round_persons(personen, gebied.stap)
