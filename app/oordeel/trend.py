"""Series over time in words: the lines of one chart, their names, their figures and what the chart shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.lezen.rijen import Trendbreuk, Waarneming
from app.oordeel import bijschriften, zinnen
from app.oordeel.reeksen import breaks_between
from app.oordeel.vergelijken.regelgrens import Grensvlak
from app.taal.opmaak import hoofdletter, periode_tekst


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


@dataclass(frozen=True)
class Trend:
    """One chart of series over time: its lines and their breaks, what it is called, and the line under its title.

    Where the first line is long enough, also how much its newest figure usually changes.
    """

    sleutel: str
    titel: str
    onder: str
    eenheid: str
    lijnen: Sequence[Lijn]
    breuken: Sequence[Trendbreuk]
    grens: Grensvlak | None = field(default=None, kw_only=True)

    @property
    def is_helling(self) -> bool:
        """Whether no line has more than two figures: then the chart is a slope between named moments.

        Where a break lies between the two there is no slope to draw.
        """
        gevuld = [[r for r in lijn.rijen if r.waarde is not None] for lijn in self.lijnen]
        gebroken = any(breaks_between(rijen[0], rijen[1], self.breuken) for rijen in gevuld if len(rijen) == 2)
        return max(map(len, gevuld), default=0) == 2 and not gebroken


def description(trend: Trend) -> str:
    """Return the chart in words: per series its first and last figure."""
    delen = []
    for lijn in trend.lijnen:
        gevuld = [r for r in lijn.rijen if r.waarde is not None]
        eerste, laatste = gevuld[0], gevuld[-1]
        delen.append(
            f"{hoofdletter(lijn.naam)}: {zinnen.figure(eerste, trend.eenheid)} in {eerste.periode_naam}, "
            f"{zinnen.figure(laatste, trend.eenheid)} in {laatste.periode_naam}"
        )
    voorbeeld = "VOORBEELD: verzonnen cijfers. " if any(r.is_voorbeeld for li in trend.lijnen for r in li.rijen) else ""
    delen += [trend.grens.uitleg] if trend.grens else []
    return f"Lijngrafiek. {trend.titel}. {voorbeeld}{'. '.join(delen)}."


def table_rows(trend: Trend) -> list[tuple[str, str, str, str]]:
    """Return the figures of the chart: period, series, figure, and what must be known of it."""
    return [
        (periode_tekst(r.periode_naam, r.peildatum), lijn.naam, zinnen.figure(r, trend.eenheid),
         bijschriften.remark(r) if r is lijn.rijen[-1] else bijschriften.series_remark(r))
        for lijn in trend.lijnen
        for r in lijn.rijen
    ]  # fmt: skip
