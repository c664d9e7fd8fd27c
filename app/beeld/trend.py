"""Series over time as rows for the line chart, with legend, table and description; for a page and for a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import pyarrow as pa

from app.beeld import charts, plaatje, stijl
from app.beeld.markup import Html, join, tag
from app.beeld.plaatje import Plaatje, Teken
from app.lezen.data import Trendbreuk, Waarneming
from app.oordeel import bijschriften, zinnen
from app.oordeel.reeksen import breaks_between, segments
from app.taal.opmaak import hoofdletter, periode_tekst

_KOLOMMEN = pa.schema(
    [
        ("laag", pa.string()), ("dag", pa.date32()), ("waarde", pa.float64()), ("nummer", pa.int8()),
        ("deel", pa.string()), ("reeks", pa.string()), ("periode", pa.string()), ("uitleg", pa.string()),
        ("label", pa.string()), ("onder", pa.bool_()), ("voorlopig", pa.bool_()),
    ]
)  # fmt: skip


@dataclass(frozen=True)
class Lijn:
    """One series of a chart with the name the reader sees."""

    naam: str
    rijen: tuple[Waarneming, ...]

    @property
    def label(self) -> str:
        """Its name in a legend, where a made-up line says that it is."""
        gevuld = [r for r in self.rijen if r.waarde is not None]
        return f"{self.naam} (voorbeelddata)" if gevuld and all(r.is_voorbeeld for r in gevuld) else self.naam


def figures(lijnen: Sequence[Lijn], eenheid: str) -> Html:
    """Return the only figure of each series, with its period."""
    regels = []
    for lijn in lijnen:
        rij = next(r for r in lijn.rijen if r.waarde is not None)
        stempel = [" ", tag("strong", charts.VOORBEELD, klasse="rm-klein-stempel")] if rij.is_voorbeeld else []
        periode = periode_tekst(rij.periode_naam, rij.peildatum)
        cijfer = tag("strong", zinnen.figure_with_unit(rij, eenheid))
        regels.append(tag("li", cijfer, f" {lijn.naam}, {periode}", *stempel))
    return tag("ul", join(regels), klasse="rm-feiten")


def legend(lijnen: Sequence[Lijn]) -> Html:
    """Return which line is which; one line needs no legend."""
    items = [tag("li", tag("i", klasse=f"rm-lijn rm-s{nummer}"), lijn.label) for nummer, lijn in enumerate(lijnen)]
    return tag("ul", join(items), klasse="rm-legenda") if len(lijnen) > 1 else Html()


def table_rows(lijnen: Sequence[Lijn], eenheid: str) -> list[tuple[str, str, str, str]]:
    """Return the figures of the chart: period, series, figure, and what must be known of it."""
    return [
        (periode_tekst(r.periode_naam, r.peildatum), lijn.naam, zinnen.figure(r, eenheid), bijschriften.remark(r))
        for lijn in lijnen
        for r in lijn.rijen
    ]


def as_svg(
    lijnen: Sequence[Lijn],
    eenheid: str,
    breuken: Sequence[Trendbreuk],
    *,
    titel: str,
    onder: str,
    sleutel: str,
    publicatie: str,
) -> bytes:
    """Return the chart of the page as a picture for a document, with title, legend and source in it."""
    return plaatje.svg(
        picture(lijnen, titel, onder, sleutel),
        charts.line_spec("light", eenheid, len(lijnen)),
        table(lijnen, eenheid, breuken),
        publicatie,
        description(lijnen, eenheid, titel=titel),
    )


def description(lijnen: Sequence[Lijn], eenheid: str, *, titel: str) -> str:
    """Return the chart in words: per series its first and last figure."""
    delen = []
    for lijn in lijnen:
        gevuld = [r for r in lijn.rijen if r.waarde is not None]
        eerste, laatste = gevuld[0], gevuld[-1]
        delen.append(
            f"{hoofdletter(lijn.naam)}: {zinnen.figure(eerste, eenheid)} in {eerste.periode_naam}, "
            f"{zinnen.figure(laatste, eenheid)} in {laatste.periode_naam}"
        )
    voorbeeld = "VOORBEELD: verzonnen cijfers. " if any(r.is_voorbeeld for li in lijnen for r in li.rijen) else ""
    return f"Lijngrafiek. {titel}. {voorbeeld}{'. '.join(delen)}."


def table(lijnen: Sequence[Lijn], eenheid: str, breuken: Sequence[Trendbreuk]) -> pa.Table:
    """Return the rows that the chart is drawn from."""
    rows = _rows(lijnen, eenheid, breuken)
    return pa.Table.from_pylist([{n: row.get(n) for n in _KOLOMMEN.names} for row in rows], schema=_KOLOMMEN)


def picture(lijnen: Sequence[Lijn], titel: str, onder: str, sleutel: str) -> Plaatje:
    """Return what a picture of the chart says around it."""
    rijen = [r for lijn in lijnen for r in lijn.rijen]
    tekens = tuple(
        Teken("lijn", kleur, lijn.label, " ".join(map(str, streep)))
        for lijn, kleur, streep in zip(lijnen, stijl.LICHT.reeksen, charts.STREPEN, strict=False)
    )
    return Plaatje(
        bestand=sleutel,
        titel=zinnen.marked(titel, rijen),
        onder=onder,
        bron=bijschriften.all_sources(rijen),
        voorbeeld=bijschriften.example_sentence({lijn.naam: lijn.rijen for lijn in lijnen}),
        tekens=tekens if len(lijnen) > 1 else (),
    )


def _rows(lijnen: Sequence[Lijn], eenheid: str, breuken: Sequence[Trendbreuk]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    dagen: set[object] = set()
    for nummer, lijn in enumerate(lijnen):
        gevuld = [r for r in lijn.rijen if r.waarde is not None]
        laatste_deel = segments(lijn.rijen, breuken)
        for rij, deel in zip(lijn.rijen, laatste_deel, strict=True):
            if rij.waarde is None:
                continue
            rows.append(
                {
                    "laag": "punt",
                    "dag": place(rij),
                    "waarde": rij.waarde,
                    "nummer": nummer,
                    "deel": f"{nummer}-{deel}",
                    "reeks": lijn.naam,
                    "periode": periode_tekst(rij.periode_naam, rij.peildatum),
                    "uitleg": _tooltip(rij, eenheid),
                    "label": zinnen.figure(rij, eenheid).removeprefix("ongeveer ")
                    if rij is gevuld[-1] or (rij is gevuld[0] and len(lijnen) < 3)
                    else "",
                    "onder": _is_below(rij, nummer, lijnen),
                    "voorlopig": rij.is_voorlopig,
                }
            )
        for een, twee in pairwise(gevuld):
            dagen |= {breuk.datum for breuk in breaks_between(een, twee, breuken)}
    rows += [{"laag": "breuk", "dag": dag} for dag in dagen]
    if any(r.is_voorbeeld for lijn in lijnen for r in lijn.rijen):
        rows.append({"laag": "stempel"})
    return rows


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
