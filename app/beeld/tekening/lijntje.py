"""A series as a small line without an axis: where its figures lie, and the line as HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.beeld.markup import Html, tag
from app.lezen.rijen import Trendbreuk, Waarneming
from app.oordeel.echt import has_examples
from app.oordeel.reeksen import segments

# Half the thickness of a line in a small picture, and the room kept free at its edges, in percent.
_DIK, _RAND = 5.0, 8.0
_PUNTEN = 3

Stukken = Mapping[int, Sequence[tuple[float, float]]]


@dataclass(frozen=True)
class Schaal:
    """The days and values between which every small picture is drawn."""

    van: int
    tot: int
    laag: float
    hoog: float

    def place(self, rij: Waarneming) -> tuple[float, float]:
        """Return where a figure lies in a small picture: percent from the left and from the top."""
        x = (rij.moment.toordinal() - self.van) / ((self.tot - self.van) or 1)
        y = ((rij.waarde or 0) - self.laag) / ((self.hoog - self.laag) or 1)
        ruim = 100 - 2 * _RAND
        return _RAND + x * ruim, 100 - _RAND - y * ruim


def scale(rijen: Sequence[Waarneming]) -> Schaal:
    """Return the days and values between which these figures are drawn."""
    gevuld = [r for r in rijen if r.waarde is not None]
    dagen = [r.moment.toordinal() for r in gevuld] or [0]
    waarden = [r.waarde for r in gevuld if r.waarde is not None] or [0.0]
    return Schaal(min(dagen), max(dagen), min(waarden), max(waarden))


def pieces(reeks: Sequence[Waarneming], schaal: Schaal, breuken: Sequence[Trendbreuk]) -> Stukken:
    """Return where the figures of a series lie, by unbroken piece: percent from the left and from the top."""
    per_deel: dict[int, list[tuple[float, float]]] = {}
    for rij, deel in zip(reeks, segments(reeks, breuken), strict=True):
        if rij.waarde is not None:
            per_deel.setdefault(deel, []).append(schaal.place(rij))
    return per_deel


def of_series(reeks: Sequence[Waarneming], breuken: Sequence[Trendbreuk]) -> Html | str:
    """Return the course of a real series as a small line; of fewer than three figures there is none to see."""
    if has_examples(reeks) or sum(r.waarde is not None for r in reeks) < _PUNTEN:
        return ""
    return as_html(pieces(reeks, scale(reeks), breuken))


def as_html(stukken: Stukken) -> Html:
    """Return the series as a line with a gap where figures do not follow or may not be compared.

    Each unbroken piece is a strip cut out of a plain block: the browser lets no drawing into a piece of HTML.
    """
    stroken = [
        tag("i", klasse="rm-strook", style=f"clip-path:polygon({_strip(punten)})")
        for punten in stukken.values() if len(punten) > 1
    ]  # fmt: skip
    laatste = [punten[-1] for punten in stukken.values()]
    punten = [tag("i", klasse="rm-eindpunt", style=f"left:{x:.0f}%;top:{y:.0f}%") for x, y in laatste]
    return tag("div", *stroken, *punten, klasse="rm-lijntje", aria_hidden="true")


def _strip(punten: Sequence[tuple[float, float]]) -> str:
    heen = [f"{x:.0f}% {y - _DIK:.0f}%" for x, y in punten]
    terug = [f"{x:.0f}% {y + _DIK:.0f}%" for x, y in reversed(punten)]
    return ",".join([*heen, *terug])
