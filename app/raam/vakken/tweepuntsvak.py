"""Figures of two moments on a page: the chart, how to read it, and under it the same figures as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.beeld import charts, cijferrijen
from app.beeld.onderwerp import tweepunts
from app.lezen.rijen import Trendbreuk
from app.oordeel.vergelijken import twee_momenten
from app.oordeel.vergelijken.twee_momenten import Paar
from app.raam.meenemen.downloads import Download
from app.raam.vakken import onderdelen
from app.raam.vakken.onderdelen import Tabelvak
from app.taal.opmaak import hoofdletter


@dataclass(frozen=True)
class Tweepunts:
    """One chart: a row per code of `paren`, called as in `namen`, and in the table as in `voluit` where that differs.

    `wie` is what a row is: 'branche', 'gebied'.
    """

    sleutel: str
    titel: str
    onder: str
    wie: str
    paren: Mapping[str, Paar]
    momenten: tuple[str, str]
    namen: Mapping[str, str]
    breuken: Sequence[Trendbreuk]
    eenheid: str = "aandeel"
    voluit: Mapping[str, str] = field(default_factory=dict)
    # What the chart is called on the page, where another of its kind takes its place.
    plek: str = ""
    # In place of its own text alternative, where its title stands above it and another of its kind takes its place.
    alt: str = ""


def show(vak: Tweepunts, *, top: float = 1.0) -> None:
    """Show the chart from 0 to `top`, why a line is missing, and the table."""
    onderdelen.show(tweepunts.legend(vak.momenten))
    draw(vak, top=top)
    onderdelen.show(tweepunts.notes(vak.paren, vak.namen, vak.breuken, vak.eenheid))
    show_table(vak)


def draw(vak: Tweepunts, *, top: float = 1.0) -> None:
    """Show the chart alone, from 0 to `top`."""
    heeft_eerste = any(van is not None and van.waarde is not None for van, _ in vak.paren.values())
    onderdelen.chart(
        lambda thema: charts.dumbbell_spec(
            thema, len(vak.paren), top, heeft_eerste, eenheid=vak.eenheid, wie=hoofdletter(vak.wie)
        ),
        tweepunts.chart_rows(vak.paren, vak.momenten, vak.namen, vak.breuken, vak.eenheid),
        alt=vak.alt or f"Puntgrafiek per {vak.wie}. {vak.titel}. De tabel onder de grafiek heeft dezelfde cijfers.",
        sleutel=f"grafiek_{vak.plek or vak.sleutel}",
        plaatje=replace(
            tweepunts.picture(vak.sleutel, vak.paren, vak.momenten, vak.namen), titel=vak.titel, onder=vak.onder
        ),
    )


def show_table(vak: Tweepunts) -> None:
    """Show the same figures as a table to take along."""
    onderdelen.show_table(
        Tabelvak(
            f"per {vak.wie}: {vak.titel}",
            (hoofdletter(vak.wie), *vak.momenten, "Verandering", "Opmerking"),
            twee_momenten.table_rows(vak.paren, {**vak.namen, **vak.voluit}, vak.breuken, vak.eenheid),
            getallen=(1, 2, 3),
            vak=vak.sleutel,
        ),
        Download(vak.sleutel, cijferrijen.CSV_KOLOMMEN, lambda: cijferrijen.csv_rows(twee_momenten.figures(vak.paren))),
    )
