"""Series over time on a page: the line chart, and under it the same figures as a table to take along."""

from __future__ import annotations

from collections.abc import Sequence

from app.beeld import charts, cijferrijen, trend
from app.beeld.trend import Lijn
from app.lezen.data import Trendbreuk
from app.raam import onderdelen


def show(
    lijnen: Sequence[Lijn],
    eenheid: str,
    breuken: Sequence[Trendbreuk],
    *,
    titel: str,
    sleutel: str,
    hoogte: int = 230,
    alt: str = "",
    onder: str = "",
) -> None:
    """Show the series in one chart; they share an axis and never a line. Single figures need no chart.

    A text alternative that stays the same spares the browser drawing the chart anew when only rows change.
    """
    lijnen = [lijn for lijn in lijnen if any(r.waarde is not None for r in lijn.rijen)]
    if not lijnen:
        onderdelen.notice("Hierover zijn nu geen cijfers.")
        return
    if all(sum(r.waarde is not None for r in lijn.rijen) == 1 for lijn in lijnen):
        onderdelen.show(trend.figures(lijnen, eenheid))
        return
    tabel = trend.table(lijnen, eenheid, breuken)
    if legenda := trend.legend(lijnen):
        onderdelen.show(legenda)
    onderdelen.chart(
        lambda thema: charts.line_spec(thema, eenheid, len(lijnen), hoogte),
        tabel,
        alt=alt or trend.description(lijnen, eenheid, titel=titel),
        sleutel=f"grafiek_{sleutel}",
        plaatje=trend.picture(lijnen, titel, onder, sleutel),
    )


def show_with_table(
    lijnen: Sequence[Lijn],
    eenheid: str,
    breuken: Sequence[Trendbreuk],
    *,
    titel: str,
    sleutel: str,
    vak: str,
    onder: str = "",
) -> None:
    """Show the chart and under it the same figures as a table with a download, see `table_and_download`."""
    show(lijnen, eenheid, breuken, titel=titel, sleutel=sleutel, onder=onder)
    rijen = [r for lijn in lijnen for r in lijn.rijen]
    if not rijen:
        return
    onderdelen.table_and_download(
        titel,
        ("Periode", "Reeks", "Cijfer", "Opmerking"),
        trend.table_rows(lijnen, eenheid),
        bestand=sleutel,
        csv_kolommen=cijferrijen.CSV_KOLOMMEN,
        csv_rijen=lambda: cijferrijen.csv_rows(rijen),
        getallen=(2,),
        vak=vak,
    )
