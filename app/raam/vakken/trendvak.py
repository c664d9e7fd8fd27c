"""Series over time on a page: the line chart, and under it the same figures as a table to take along."""

from __future__ import annotations

from dataclasses import replace

from app.beeld import cijferrijen
from app.beeld import trend as beeld
from app.beeld.markup import Html, tag
from app.oordeel.trend import Trend, description, table_rows
from app.raam.meenemen.downloads import Download
from app.raam.vakken import onderdelen
from app.raam.vakken.onderdelen import Tabelvak


def show(trend: Trend, *, hoogte: int = 230, alt: str = "", plek: str = "") -> None:
    """Show the series in one chart; they share an axis and never a line. Single figures need no chart.

    A chart that keeps its name on the page (`plek`) takes the figures of another region without being made anew.

    A text alternative that stays the same spares the browser drawing the chart anew when only rows change.
    """
    lijnen = [lijn for lijn in trend.lijnen if any(r.waarde is not None for r in lijn.rijen)]
    if not lijnen:
        onderdelen.notice("Hierover zijn nu geen cijfers.")
        return
    trend = replace(trend, lijnen=lijnen)
    getekend, los = beeld.drawn(trend)
    if not getekend.lijnen:
        onderdelen.show(beeld.figures(los))
        return
    trend = getekend
    if legenda := beeld.legend(trend):
        onderdelen.show(legenda)
    onderdelen.chart(
        lambda thema: beeld.chart_spec(trend, thema, hoogte),
        beeld.table(trend),
        alt=alt or description(trend),
        sleutel=f"grafiek_{plek or trend.sleutel}",
        plaatje=beeld.picture(trend),
    )
    if los.lijnen:
        onderdelen.show(beeld.figures(los))


def in_words(trend: Trend) -> Html | str:
    """Return the chart in words for who hears the page, beside one whose own alternative stays the same."""
    lijnen = [lijn for lijn in trend.lijnen if any(r.waarde is not None for r in lijn.rijen)]
    getekend, _ = beeld.drawn(replace(trend, lijnen=lijnen))
    return tag("span", description(getekend), klasse="rm-gehoord") if getekend.lijnen else ""


def show_with_table(trend: Trend, vak: str, alt: str = "") -> None:
    """Show the chart and under it the same figures as a table with a download; `vak` names both on the page."""
    show(trend, plek=vak, alt=alt)
    rijen = [r for lijn in trend.lijnen for r in lijn.rijen]
    if not rijen:
        return
    onderdelen.show_table(
        Tabelvak(trend.titel, ("Periode", "Reeks", "Cijfer", "Opmerking"), table_rows(trend), getallen=(2,), vak=vak),
        Download(trend.sleutel, cijferrijen.CSV_KOLOMMEN, lambda: cijferrijen.csv_rows(rijen)),
    )
