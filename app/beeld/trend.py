"""The picture of series over time: the rows of the line chart and its legend, for a page and for a document."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from app.beeld import charts, plaatje, stijl
from app.beeld.later import pa
from app.beeld.markup import Html, join, tag
from app.beeld.plaatje import Plaatje, Teken
from app.beeld.stijl import Thema
from app.lezen.rijen import Waarneming
from app.oordeel import bijschriften, zinnen
from app.oordeel.reeksen import breaks_between, segments
from app.oordeel.trend import Lijn, Trend, description
from app.taal.cellen import VOORBEELD
from app.taal.opmaak import periode_tekst

# How far apart, in pixels, two labels can both be read.
_REGEL = 15.0
# More parts of a line than any has.
_DELEN = 1000


@functools.cache
def _columns() -> pa.Schema:
    """Return what a row of the chart holds."""
    return pa.schema(
        [
            ("laag", pa.string()), ("dag", pa.date32()), ("waarde", pa.float64()), ("nummer", pa.int8()),
            ("deel", pa.int16()), ("reeks", pa.string()), ("periode", pa.string()), ("uitleg", pa.string()),
            ("label", pa.string()), ("moment", pa.string()), ("dy", pa.float32()), ("voorlopig", pa.bool_()),
            ("boven", pa.float64()),
        ]
    )  # fmt: skip


def drawn(trend: Trend) -> tuple[Trend, Trend]:
    """Return the series that make a line, and those of one figure: a loose dot among lines says nothing."""
    lijnen = [lijn for lijn in trend.lijnen if sum(r.waarde is not None for r in lijn.rijen) > 1]
    return replace(trend, lijnen=lijnen), replace(trend, lijnen=[li for li in trend.lijnen if li not in lijnen])


def figures(trend: Trend) -> Html:
    """Return the only figure of each series, with its period."""
    regels = []
    for lijn in trend.lijnen:
        rij = next(r for r in lijn.rijen if r.waarde is not None)
        stempel = [" ", tag("strong", VOORBEELD, klasse="rm-klein-stempel")] if rij.is_voorbeeld else []
        periode = bijschriften.when(rij)
        cijfer = tag("strong", zinnen.figure_with_unit(rij, trend.eenheid))
        regels.append(tag("li", cijfer, f" {lijn.naam}, {periode}", *stempel))
    return tag("ul", join(regels), klasse="rm-feiten")


def legend(trend: Trend) -> Html:
    """Return which line is which, and what an area means; one line by itself needs no legend."""
    lijnen = trend.lijnen
    items = [tag("li", tag("i", klasse=f"rm-lijn rm-s{nummer}"), lijn.label) for nummer, lijn in enumerate(lijnen)]
    if trend.grens:
        items.append(tag("li", tag("i", klasse="rm-grens"), trend.grens.uitleg))
    return tag("ul", join(items), klasse="rm-legenda") if len(items) > 1 else Html()


def as_svg(trend: Trend, publicatie: str) -> bytes:
    """Return the chart of the page as a picture for a document, with title, legend and source in it."""
    spec = chart_spec(trend, "light")
    return plaatje.svg(picture(trend), spec, table(trend), publicatie, description(trend))


def chart_spec(trend: Trend, thema: Thema, hoogte: int = charts.HOOGTE) -> charts.Spec:
    """Return how the chart is drawn."""
    erbij = {charts.GRENS} if trend.grens else set()
    if not trend.is_helling and _days_of_breaks(trend):
        erbij.add(charts.BREUK)
    return charts.line_spec(
        thema, trend.eenheid, len(trend.lijnen), hoogte, is_helling=trend.is_helling, erbij=frozenset(erbij)
    )


def table(trend: Trend) -> pa.Table:
    """Return the rows that the chart is drawn from."""
    rows = _rows(trend)
    if vlak := trend.grens:
        for rij, speling in ((vlak.toen, 0.0), (vlak.nu, vlak.hoogstens)):
            onder = max(0.0, vlak.midden - speling)
            rows.append({"laag": "grens", "dag": place(rij), "waarde": onder, "boven": vlak.midden + speling})
    # A column that nothing is drawn of would travel to every reader.
    leeg = ([] if trend.is_helling else ["moment"]) + ([] if trend.grens else ["boven"])
    leeg += [] if any(rij["voorlopig"] for rij in rows if "voorlopig" in rij) else ["voorlopig"]
    return pa.Table.from_pylist(rows, schema=_columns()).drop_columns(leeg)


def picture(trend: Trend) -> Plaatje:
    """Return what a picture of the chart says around it."""
    lijnen = trend.lijnen
    rijen = [r for lijn in lijnen for r in lijn.rijen]
    tekens = tuple(
        Teken("lijn", kleur, lijn.label, " ".join(map(str, streep)))
        for lijn, kleur, streep in zip(lijnen, stijl.LICHT.reeksen, charts.STREPEN, strict=False)
    )
    tekens = tekens if len(lijnen) > 1 or trend.grens else ()
    if trend.grens:
        tekens += (Teken("vlak", stijl.LICHT.lijn, trend.grens.uitleg),)
    return Plaatje(
        bestand=trend.sleutel,
        titel=zinnen.marked(trend.titel, rijen),
        onder=trend.onder,
        bron=bijschriften.all_sources(rijen),
        voorbeeld=bijschriften.example_sentence({lijn.naam: lijn.rijen for lijn in lijnen}),
        tekens=tekens,
    )


def _days_of_breaks(trend: Trend) -> list[date]:
    """Return the days from which figures of a line are no longer the same, where that lies between two of them."""
    paren = (paar for lijn in trend.lijnen for paar in pairwise([r for r in lijn.rijen if r.waarde is not None]))
    return sorted({breuk.datum for paar in paren for breuk in breaks_between(*paar, trend.breuken)})


def _rows(trend: Trend) -> list[dict[str, object]]:
    lijnen, rows = trend.lijnen, list[dict[str, object]]()
    for nummer, lijn in enumerate(lijnen):
        gevuld = [r for r in lijn.rijen if r.waarde is not None]
        laatste_deel = segments(lijn.rijen, trend.breuken)
        for rij, deel in zip(lijn.rijen, laatste_deel, strict=True):
            if rij.waarde is None:
                continue
            rows.append(
                {
                    "laag": "punt",
                    "dag": place(rij),
                    "waarde": rij.waarde,
                    "nummer": nummer,
                    "deel": nummer * _DELEN + deel,
                    "reeks": lijn.naam,
                    "periode": periode_tekst(rij.periode_naam, rij.peildatum),
                    "uitleg": _tooltip(rij, trend.eenheid),
                    "label": zinnen.bare_figure(rij, trend.eenheid)
                    if rij is gevuld[-1] or (rij is gevuld[0] and len(lijnen) < charts.VEEL)
                    else None,
                    "moment": rij.periode_naam,
                    "dy": 16.0 if _is_below(rij, nummer, lijnen) else -14.0,
                    "voorlopig": rij.is_voorlopig,
                }
            )
    if len(lijnen) >= charts.VEEL:
        _beside_the_ends(rows)
    rows += [{"laag": "breuk", "dag": dag} for dag in _days_of_breaks(trend)]
    if any(r.is_voorbeeld for lijn in lijnen for r in lijn.rijen):
        rows.append({"laag": "stempel"})
    return rows


def _beside_the_ends(rows: Sequence[dict[str, object]]) -> None:
    """Put the labels of many lines to the right of where these end, and so far apart that each can be read."""
    waarden = [float(str(row["waarde"])) for row in rows]
    laag, hoog = min(0.0, *waarden), max(0.0, *waarden)
    onderste = float("-inf")
    for row in sorted((row for row in rows if row["label"]), key=lambda row: -float(str(row["waarde"]))):
        punt = (hoog - float(str(row["waarde"]))) / ((hoog - laag) or 1.0) * charts.HOOGTE
        onderste = max(punt, onderste + _REGEL)
        row["dy"] = onderste - punt


def _is_below(rij: Waarneming, nummer: int, lijnen: Sequence[Lijn]) -> bool:
    """Whether a label goes under its point: where the other line is above, so that no label lies on a line."""
    andere = [r.waarde for n, li in enumerate(lijnen) if n != nummer for r in li.rijen if r.periode == rij.periode]
    boven = [w for w in andere if w is not None and rij.waarde is not None and w > rij.waarde]
    onder = [w for w in andere if w is not None and rij.waarde is not None and w < rij.waarde]
    return bool(boven) if boven or onder else nummer > 0


def place(rij: Waarneming) -> date:
    """Return where a figure lies on the time axis: its peildatum, else the middle of its period."""
    return rij.peildatum or rij.begin + (rij.eind - rij.begin) / 2


def _tooltip(rij: Waarneming, eenheid: str) -> str:
    delen = [zinnen.figure_with_unit(rij, eenheid)]
    delen += ["voorlopig"] if rij.is_voorlopig else []
    delen += ["voorbeelddata"] if rij.is_voorbeeld else []
    return ", ".join(delen)
