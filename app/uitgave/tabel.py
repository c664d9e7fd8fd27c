"""A table of open data: all figures of one indicator or of one region, as one publication shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.lezen import data
from app.lezen.rijen import Kenmerk, Waarneming
from app.taal.cellen import Verzonnen
from app.taal.opmaak import publicatie_tekst
from app.uitgave.velden import NAMEN, Rij, rows

TITEL = "Regiomonitor Zorg en Welzijn"
OMSCHRIJVING = (
    "De arbeidsmarkt in zorg en welzijn en het programma Samen Regionaal Sterk, per regio: elk cijfer met "
    "zijn status, herkomst en bron."
)
# What a file may be used for; no figure in it has other conditions than its source.
VOORWAARDEN = "Noem de bron en de publicatie als u cijfers overneemt. Cijfers van het CBS vallen onder CC BY 4.0."
VOORBEELD = "VOORBEELD: hierin staan verzonnen cijfers; per rij zegt de kolom herkomst welke."


@dataclass(frozen=True, slots=True)
class Cijfertabel:
    """Rows of `velden.VELDEN` with what they are about; `naam` is that of a file without its extension."""

    naam: str
    titel: str
    omschrijving: str
    publicatie_id: str
    gemaakt_op: datetime
    rijen: tuple[Rij, ...]

    @property
    def citaat(self) -> str:
        """How to cite it: title, monitor, publication and day."""
        return f"{self.titel}. {publicatie_tekst(self.publicatie_id, self.gemaakt_op)}."

    @property
    def is_voorbeeld(self) -> bool:
        """Whether a row in it is made up."""
        plek = NAMEN.index("herkomst")
        return any(isinstance(rij[plek], Verzonnen) for rij in self.rijen)

    @property
    def opmerkingen(self) -> tuple[str, ...]:
        """What whoever uses it must know: conditions, and first of all whether there are made-up figures in it."""
        return (VOORBEELD, VOORWAARDEN) if self.is_voorbeeld else (VOORWAARDEN,)

    def column(self, naam: str) -> list[object]:
        """Return the values of one column, in the order of the rows."""
        plek = NAMEN.index(naam)
        return [rij[plek] for rij in self.rijen]

    def only(self, rijen: Sequence[Rij]) -> Cijfertabel:
        """Return the same table with these rows."""
        return replace(self, rijen=tuple(rijen))


def of_indicator(merk: Kenmerk, indicator_id: str, *, voorbeeld: bool = False) -> Cijfertabel:
    """Return all figures of one indicator: the best one per key, in geographic order.

    Raises:
        KeyError: there is no such indicator in this publication.
    """
    kaart = data.indicatoren(merk)[indicator_id]
    tekst = " ".join(filter(None, (kaart.vraag, kaart.definitie)))
    return _table(merk, indicator_id, kaart.titel, tekst, data.waarnemingen(merk, indicator_id, voorbeeld))


def of_region(merk: Kenmerk, regio_code: str, *, voorbeeld: bool = False) -> Cijfertabel:
    """Return all figures of one region: every indicator in the order of the catalogue.

    Raises:
        KeyError: there is no such region above gemeente in this publication.
    """
    regio = data.regios(merk)[regio_code]
    figuren = [
        r
        for naam in data.indicatoren(merk)
        for r in data.waarnemingen(merk, naam, voorbeeld)
        if r.regio_code == regio_code
    ]
    tekst = f"Alle cijfers over {regio.naam} ({regio_code}) in deze publicatie."
    return _table(merk, regio_code, regio.naam, tekst, figuren)


def _table(merk: Kenmerk, naam: str, titel: str, tekst: str, figuren: Sequence[Waarneming]) -> Cijfertabel:
    publicatie = data.publicatie(merk)
    return Cijfertabel(naam, titel, tekst, publicatie.publicatie_id, publicatie.gemaakt_op, rows(merk, figuren))
