"""A public table as its publisher describes it, whatever the wire form: dimensions with categories, and measures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pipelines.afspraken.meldingen import show_value

# The word for a kind of figure: what is published of it, and where.
REGIO, TIJD, GEWOON = "regio", "tijd", "gewoon"
_STERREN = re.compile(r"[\s*]+$")
_VEELVOUD = re.compile(r"(?:x )?(1(?: \d{3})+)(?: \D.*)?")
_GROOT = re.compile(r"\b(mln|miljoen|mld|miljard|duizend)\b|\d", re.IGNORECASE)


@dataclass(frozen=True)
class Categorie:
    """One category: its code and title without padding, the code as it is on the wire, and a period's status."""

    code: str
    titel: str
    ruw: str
    status: str = ""


@dataclass(frozen=True)
class Dimensie:
    """One dimension with its categories; `soort` says whether it is regions, periods or anything else."""

    sleutel: str
    titel: str
    soort: str
    categorieen: tuple[Categorie, ...]


@dataclass(frozen=True)
class Maat:
    """One measure: its key, its title, the headings above it, and its unit as stated."""

    sleutel: str
    titel: str
    pad: tuple[str, ...]
    eenheid: str

    @property
    def naam(self) -> str:
        """Return the title with the headings above it."""
        return " / ".join((*self.pad, self.titel))


@dataclass(frozen=True)
class Kenmerken:
    """What a table says of itself: identifier, title, when it was changed, and how its figures are divided."""

    catalogus: str
    tabel: str
    titel: str
    bijgewerkt: str
    dimensies: tuple[Dimensie, ...]
    maten: tuple[Maat, ...]

    @property
    def plek(self) -> str:
        """Return the table's name in messages."""
        return show_value(f"{self.catalogus} {self.tabel}")


def look_at(plek: str) -> str:
    """Return the command that shows a table as it is now, by the name that it has in messages."""
    catalogus, _, tabel = plek.partition(" ")
    return f".venv/bin/regiomonitor fetch {catalogus.lower()} --toon {tabel}"


def further(plek: str) -> str:
    """Return what to do about a table that is not what it was."""
    return f"Kijk met {look_at(plek)} hoe de tabel er nu uitziet, en pas haar koppelbestand aan."


def tidy(tekst: object) -> str:
    """Return text on one line, without padding and without the star that says a figure is provisional."""
    return _STERREN.sub("", " ".join(str(tekst or "").split()))


def multiple_of(eenheid: str) -> Decimal | None:
    """Return by how much figures in this unit are multiplied: `x 1 000` is 1000, `%` is 1; None where it is unclear."""
    if veelvoud := _VEELVOUD.fullmatch(tidy(eenheid)):
        return Decimal(veelvoud[1].replace(" ", ""))
    return None if _GROOT.search(eenheid) else Decimal(1)


def list_some(waarden: Iterable[str], meeste: int = 8) -> str:
    """Return names for a message: the first few, and how many more there are."""
    namen = [show_value(waarde) for waarde in waarden]
    meer = f" en nog {len(namen) - meeste}" if len(namen) > meeste else ""
    return (", ".join(namen[:meeste]) + meer) or "niets"


def by_name(categorieen: Iterable[Categorie]) -> Mapping[str, list[Categorie]]:
    """Return categories by code and by title; a title that two share leads to both."""
    gevonden: dict[str, list[Categorie]] = {}
    for categorie in categorieen:
        for naam in {categorie.code, categorie.titel}:
            gevonden.setdefault(naam, []).append(categorie)
    return gevonden
