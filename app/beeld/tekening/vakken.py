"""What a picture of boxes is: which boxes lie where, and which words, marks and lines stand in each of them.

A picture is described here once. `pagina` writes it as HTML, which wraps on a phone and carries links; `pixels` writes
the same boxes as a picture to take along. Neither of the two knows what a picture is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from app.beeld.tekening.lijntje import Stukken
from app.beeld.tekening.sporen import Merk

Soort: TypeAlias = Literal["kop", "naam", "getal", "waarde", "stil"]


@dataclass(frozen=True, slots=True)
class Tekst:
    """Words of one kind; with an address they are a link on the page, which `label` calls by its full name."""

    soort: Soort
    tekst: str
    adres: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Paar:
    """A text with a muted one at the right of it; below each other where there is no room for that."""

    links: Tekst
    rechts: str


@dataclass(frozen=True, slots=True)
class Lijn:
    """A series as a small line without an axis; it takes the same room when there is nothing to draw."""

    stukken: Stukken


@dataclass(frozen=True, slots=True)
class Spoor:
    """Marks on a line from 0 to 1."""

    merken: tuple[Merk, ...]


Deel: TypeAlias = Tekst | Paar | Lijn | Spoor


@dataclass(frozen=True, slots=True)
class Vak:
    """One box: in which column it begins and how many it takes, in which row, and what stands in it, top down."""

    kolom: int
    breed: int
    rij: int
    delen: tuple[Deel, ...]
    is_voorbeeld: bool = False


@dataclass(frozen=True, slots=True)
class Tekening:
    """A picture: its boxes on a grid of so many columns, with a line around each of them or not."""

    vakken: tuple[Vak, ...]
    kolommen: int
    met_voorbeeld: bool
    is_omlijnd: bool = False


@dataclass(frozen=True)
class Tekenregel:
    """One line of a list: what it is about, its figures in words piece by piece, its marks; a `kop` opens a group.

    With an address its name is a link on the page, which `label` calls by its full name. `achter` stands behind its
    first words, less loud.
    """

    naam: str
    woorden: tuple[str, ...]
    merken: tuple[Merk, ...] = ()
    kop: str = ""
    adres: str = ""
    label: str = ""
    achter: str = ""

    @property
    def tekst(self) -> str:
        """Its figures in words, on one line."""
        eerste, *rest = self.woorden
        return "; ".join([", ".join(filter(None, [eerste, self.achter])), *rest])


def lines(regels: Sequence[Tekenregel], *, met_voorbeeld: bool) -> Tekening:
    """Return lines under each other: at the left what it is about, at the right its figures above its line."""
    vakken: list[Vak] = []
    rij = 0
    for regel in regels:
        if regel.kop:
            vakken.append(Vak(0, 2, rij, (Tekst("kop", regel.kop),)))
            rij += 1
        rechts: list[Deel] = [Tekst("waarde", regel.tekst)]
        if regel.merken:
            rechts.append(Spoor(regel.merken))
        vakken += [
            Vak(0, 1, rij, (Tekst("naam", regel.naam, regel.adres, regel.label),)),
            Vak(1, 1, rij, tuple(rechts)),
        ]
        rij += 1
    return Tekening(tuple(vakken), 2, met_voorbeeld)
