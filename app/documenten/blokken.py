"""What a document is made of, whatever it is written as: headings, paragraphs, lists, tables and charts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from app.beeld import trend
from app.lezen.rijen import Waarneming
from app.oordeel import zinnen
from app.oordeel.trend import Trend, description
from pipelines.afspraken.codelijsten import Status

_INHOUD_OP_VOORKANT = 10


@dataclass(frozen=True)
class Kop:
    """A heading; level 1 opens a chapter. `is_voorbeeld`, here and below: a made-up figure stands in it."""

    tekst: str
    niveau: int = 1
    is_voorbeeld: bool = False


@dataclass(frozen=True)
class Alinea:
    """A paragraph; a `melding` is framed, a `klein` one is an aside."""

    tekst: str
    toon: Literal["gewoon", "melding", "klein", "vet"] = "gewoon"
    is_voorbeeld: bool = False


@dataclass(frozen=True)
class Lijstblok:
    """A list of points."""

    punten: tuple[str, ...]
    is_voorbeeld: bool = False


@dataclass(frozen=True)
class Tabelblok:
    """A table with a caption; `breedtes` are shares of the width of the page."""

    bijschrift: str
    kolommen: tuple[str, ...]
    rijen: tuple[tuple[str, ...], ...]
    breedtes: tuple[int, ...]
    is_voorbeeld: bool = False


@dataclass(frozen=True)
class Grafiek(Trend):
    """A line chart, drawn as on the pages of the app, and what it is called among others.

    `omvang` is of whom or what it is where that is not the usual, `zin` what its title says of it: apart for where
    there is no room for both.
    """

    naam: str
    omvang: str = ""
    zin: str = ""

    def svg(self, publicatie: str) -> bytes:
        """Return the chart with its title, legend and source in it."""
        return trend.as_svg(self, publicatie)

    @property
    def alt(self) -> str:
        """The chart in words."""
        return description(self)

    @property
    def is_voorbeeld(self) -> bool:
        """Whether made-up figures are drawn."""
        return any(r.is_voorbeeld for lijn in self.lijnen for r in lijn.rijen)


@dataclass(frozen=True)
class Staven:
    """A bar chart of shares: per group (what was asked) one bar for each series, as wide as its share."""

    titel: str
    groepen: tuple[str, ...]
    reeksen: tuple[tuple[str, tuple[Waarneming | None, ...]], ...]

    @property
    def alt(self) -> str:
        """The chart in words: every group with the figure of every series."""
        delen = [
            f"{groep}: {', '.join(f'{naam} {bar_text(rijen[plek])}' for naam, rijen in self.reeksen)}"
            for plek, groep in enumerate(self.groepen)
        ]
        voorbeeld = "VOORBEELD: verzonnen cijfers. " if self.is_voorbeeld else ""
        return f"Staafgrafiek. {self.titel}. {voorbeeld}{'. '.join(delen)}."

    @property
    def is_voorbeeld(self) -> bool:
        """Whether made-up figures are drawn."""
        return any(r is not None and r.is_voorbeeld for _, rijen in self.reeksen for r in rijen)


@dataclass(frozen=True)
class Kaart:
    """A map of one figure with the area of the document in it; `svg` draws it for the name of a publication."""

    naam: str
    alt: str
    svg: Callable[[str], bytes]
    rijen: tuple[Waarneming, ...]
    is_voorbeeld: bool = False


def bar_text(rij: Waarneming | None) -> str:
    """Write what stands beside a bar: the share with its interval, or why there is none."""
    if rij is None:
        return Status.ONTBREEKT.naam
    if rij.waarde is None:
        return zinnen.hidden_reason(rij, "aandeel")
    interval = zinnen.interval_text(rij, "aandeel")
    return zinnen.figure(rij, "aandeel") + (f" ({interval})" if interval else "")


Blok = Kop | Alinea | Lijstblok | Tabelblok | Grafiek | Kaart


@dataclass(frozen=True)
class Dia:
    """One slide: its title states the finding, its notes say where the figures come from and what they mean."""

    titel: str
    onder: str
    delen: tuple[Alinea | Lijstblok | Tabelblok | Grafiek | Staven, ...]
    bron: str
    notities: tuple[str, ...]

    @property
    def is_voorbeeld(self) -> bool:
        """Whether made-up figures stand on it."""
        return any(deel.is_voorbeeld for deel in self.delen)


@dataclass(frozen=True)
class Document:
    """A whole document: what stands on its cover, its blocks in reading order, and the slides of a presentation."""

    soort: str
    titel: str
    regels: tuple[str, ...]
    melding: str
    publicatie_id: str
    gemaakt_op: datetime
    publicatie: str
    blokken: tuple[Blok, ...]
    dias: tuple[Dia, ...] = ()
    vertrouwelijk: str = ""
    # One sheet of A4: no cover and no table of contents.
    is_blad: bool = False

    @property
    def diepte(self) -> int:
        """How deep its contents go: to the chapters alone where all headings would not fit on the cover."""
        return 2 if sum(isinstance(blok, Kop) for blok in self.blokken) <= _INHOUD_OP_VOORKANT else 1

    @property
    def is_kort(self) -> bool:
        """Whether its contents fit on the cover."""
        koppen = [b for b in self.blokken if isinstance(b, Kop) and b.niveau <= self.diepte]
        return len(koppen) <= _INHOUD_OP_VOORKANT

    @property
    def merken(self) -> tuple[str, ...]:
        """What every page says of the whole."""
        merken = ("Vertrouwelijk" if self.vertrouwelijk else "", "Met VOORBEELD-cijfers" if self.melding else "")
        return tuple(filter(None, merken))


def clean(tekst: str) -> str:
    """Return a text without the characters that no document can hold."""
    return "".join(t if t.isprintable() or t == "\n" else " " for t in tekst)
