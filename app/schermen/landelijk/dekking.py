"""The dekkingsgraad per branche on Landelijk beeld: its chart, why a line is missing, and its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.beeld import charts, cijferrijen
from app.beeld.onderwerp import dekkingsgrafiek
from app.lezen.data import Branche, Trendbreuk
from app.oordeel import dekking
from app.oordeel.dekking import Paar
from app.raam import onderdelen


def show(
    paren: Mapping[str, Paar],
    momenten: tuple[str, str],
    branches: Mapping[str, Branche],
    breuken: Sequence[Trendbreuk],
    titel: str,
    onder: str,
) -> None:
    """Show the chart, why a line is missing, and the table."""
    onderdelen.show(dekkingsgrafiek.legend(momenten))
    onderdelen.chart(
        lambda thema: charts.dumbbell_spec(thema, len(paren)),
        dekkingsgrafiek.chart_rows(paren, momenten, branches, breuken),
        alt=f"Puntgrafiek per branche. {titel}. De tabel onder de grafiek heeft dezelfde cijfers.",
        sleutel="grafiek_dekkingsgraad",
        plaatje=dekkingsgrafiek.picture(paren, momenten, branches, titel, onder),
    )
    onderdelen.show(dekkingsgrafiek.notes(paren, branches, breuken))
    onderdelen.table_and_download(
        titel,
        ("Branche", *momenten, "Verandering", "Opmerking"),
        dekking.table_rows(paren, branches, breuken),
        bestand="dekkingsgraad_per_branche",
        csv_kolommen=cijferrijen.CSV_KOLOMMEN,
        csv_rijen=lambda: cijferrijen.csv_rows(dekking.figures(paren)),
        getallen=(1, 2, 3),
        vak="dekking",
    )
