"""The chart of the budget: one bar per pijler."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from app.beeld import charts, stijl
from app.beeld.charts import Spec
from app.beeld.later import alt
from app.beeld.stijl import Thema
from app.lezen.rijen import Waarneming
from app.oordeel import zinnen
from app.oordeel.programma.pijlers import short_name
from app.taal.opmaak import PIJLER_WOORD


@functools.cache
def split_spec(thema: Thema, aantal: int) -> Spec:
    """Return one bar per pijler, from 0%, in the colour of the pijler and with its share behind it."""
    palet = stijl.PALETTEN[thema]
    y = alt.Y(
        "rij:N",
        sort=[short_name(pijler) for pijler in PIJLER_WOORD],
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelColor=palet.inkt, labelFontSize=13, labelLimit=150,
                      description="Pijlers, onder elkaar"),
    )  # fmt: skip
    x = alt.X(
        "waarde:Q",
        title=None,
        scale=alt.Scale(domainMin=0, nice=True),
        axis=alt.Axis(format="%", tickCount=4, domain=False, ticks=False, description="Aandeel van het budget"),
    )
    balken = alt.Chart().transform_filter("datum.laag == 'balk'").encode(x=x, y=y)
    balk = balken.mark_bar(height=18, cornerRadiusEnd=2, opacity=1).encode(
        fill=alt.Fill(
            "pijler:N",
            scale=alt.Scale(domain=list(palet.pijlers), range=list(palet.pijlers.values())),
            legend=None,
        ),
        tooltip=[alt.Tooltip("rij:N", title="Pijler"), alt.Tooltip("tekst:N", title="Aandeel")],
    )
    woord = balken.mark_text(align="left", dx=6, fontSize=13, fontWeight="bold", fill=palet.inkt, aria=False).encode(
        text="tekst:N"
    )
    stempel = charts.stamp(palet, x="width", y="height", align="right").transform_filter("datum.laag == 'stempel'")
    kaart = alt.layer(balk, woord, stempel).properties(height=34 * aantal, width="container")
    spec = charts.finish(kaart, thema)
    for laag in spec["layer"][:2]:
        # Room at the right for the share behind the longest bar.
        laag["encoding"]["x"]["scale"] = {"domainMin": 0, "nice": True, "range": [0, {"expr": "width - 44"}]}
    return spec


def bar_rows(verdeling: Sequence[Waarneming]) -> list[dict[str, object]]:
    """Return the rows of the chart."""
    rows: list[dict[str, object]] = [
        {"laag": "balk", "rij": short_name(r.categorie), "waarde": r.waarde,
         "pijler": r.categorie, "tekst": zinnen.figure(r, "aandeel")}
        for r in verdeling
    ]  # fmt: skip
    return rows + ([{"laag": "stempel"}] if any(r.is_voorbeeld for r in verdeling) else [])
