"""The columns of open data: the one place that names them, orders them and says what kind of value stands in each.

A row is a figure as the pages show it. Every form is made of these, so a column means the same in all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.beeld.cijferrijen import CSV_KOLOMMEN, csv_rows
from app.lezen import data
from app.lezen.rijen import Kenmerk, Waarneming
from app.taal import kolommen


class Soort(StrEnum):
    """What kind of value stands in a column."""

    TEKST = "tekst"
    GETAL = "getal"
    GEHEEL = "geheel"
    DATUM = "datum"
    JANEE = "janee"


@dataclass(frozen=True, slots=True)
class Veld:
    """One column: its name, the kind of its values, whether each row has one, and what it means in one sentence."""

    naam: str
    soort: Soort = Soort.TEKST
    verplicht: bool = False

    @property
    def betekenis(self) -> str:
        """What the column means, in one sentence."""
        return kolommen.meaning(self.naam)


VELDEN = (
    Veld("indicator_id", verplicht=True),
    Veld("indicator", verplicht=True),
    Veld("categorie"),
    Veld("uitsplitsing"),
    Veld("regio_code", verplicht=True),
    Veld("regio"),
    Veld("niveau", verplicht=True),
    Veld("branche_code", verplicht=True),
    Veld("branche"),
    Veld("periode", verplicht=True),
    Veld("periode_begin", Soort.DATUM, verplicht=True),
    Veld("periode_eind", Soort.DATUM, verplicht=True),
    Veld("peildatum", Soort.DATUM),
    Veld("schatting"),
    Veld("eenheid", verplicht=True),
    Veld("cijfer"),
    *(Veld(naam, Soort.GETAL) for naam in ("waarde", "waarde_tot", "onder", "boven", "teller", "noemer")),
    Veld("n", Soort.GEHEEL),
    Veld("status", verplicht=True),
    Veld("voorlopig", Soort.JANEE, verplicht=True),
    Veld("herkomst", verplicht=True),
    Veld("precisie"),
    Veld("bron"),
    Veld("vindplaats"),
    Veld("publicatie_id", verplicht=True),
)
NAMEN = tuple(veld.naam for veld in VELDEN)
# One row has one of these values together that no other row has.
SLEUTEL = ("indicator_id", "categorie", "uitsplitsing", "regio_code", "niveau", "branche_code", "periode")

Rij = tuple[object, ...]


def rows(merk: Kenmerk, figuren: Iterable[Waarneming]) -> tuple[Rij, ...]:
    """Return figures of a publication as rows of VELDEN, in the same order; empty text and None stand for nothing."""
    getoond = tuple(figuren)
    catalogus, namen = data.indicatoren(merk), data.names(merk)
    publicatie_id = data.publicatie(merk).publicatie_id
    uit = []
    for r, velden in zip(getoond, csv_rows(getoond, catalogus), strict=True):
        waarden: Mapping[str, object] = {
            **dict(zip(CSV_KOLOMMEN, velden, strict=True)),
            "indicator": catalogus[r.indicator_id].titel,
            "regio": namen.get(r.regio_code, ""),
            "branche": namen.get(r.branche_code, ""),
            "periode_begin": r.begin,
            "periode_eind": r.eind,
            "n": r.n,
            "publicatie_id": publicatie_id,
        }
        uit.append(tuple(waarden[naam] for naam in NAMEN))
    return tuple(uit)
