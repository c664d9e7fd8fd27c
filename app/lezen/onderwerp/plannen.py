"""What the regions set out to do, the rules of the budget, and which figures there are."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import TypeVar

from app.lezen.data import haal_tabel
from app.lezen.geheugen import remember
from app.lezen.rijen import Kenmerk
from pipelines.afspraken.codelijsten import Herkomst

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Actie:
    """One action of a regional plan."""

    actie_id: str
    regio_code: str
    actielijn: str
    soort: str
    titel: str
    indicator_id: str
    beoogd_effect: float | None
    trekker: str
    start: date | None
    eind: date | None
    status: str


@dataclass(frozen=True, slots=True)
class Regeltoets:
    """One rule of the programme held against one year of one region."""

    regel_id: str
    jaar: int
    regio_code: str
    norm: float | None
    uitkomst: float | None
    oordeel: str
    toelichting: str
    titel: str = ""
    soort: str = ""
    som: str = ""
    berekening: str = ""
    herkomst: str = ""


@dataclass(frozen=True, slots=True)
class Gat:
    """One cell of the gap map: what there is of an indicator at one level, and who could deliver the rest."""

    indicator_id: str
    titel: str
    niveau: str
    heeft: str
    periode_laatste: str
    leverancier: str
    toelichting: str
    # Commands that fetch it where it is public; of the second kind nobody has seen the table yet.
    openbaar: str = ""
    openbaar_onbevestigd: str = ""

    def commands(self, *, bevestigd: bool = True) -> tuple[str, ...]:
        """Return by which commands public tables fill it, of which someone has confirmed the mapping or nobody yet."""
        return tuple(filter(None, (self.openbaar if bevestigd else self.openbaar_onbevestigd).split(", ")))


@remember(6)
def acties(merk: Kenmerk) -> tuple[Actie, ...]:
    """Return every action, per region in order of due date."""
    return _read(merk, Actie, "actie", "regio_code, eind, actie_id")


@remember(6)
def regeltoetsen(merk: Kenmerk) -> tuple[Regeltoets, ...]:
    """Return every rule that was held against real budgets, newest year first; publications of before judged others."""
    rijen = _read(merk, Regeltoets, "regeltoets", "regio_code, jaar desc, regel_id")
    return tuple(rij for rij in rijen if rij.herkomst != Herkomst.SYNTHETISCH)


@remember(6)
def gaten(merk: Kenmerk) -> tuple[Gat, ...]:
    """Return the gap map: one row per indicator and level, in the order of the catalogue."""
    tabel = """(
        select b.* exclude (periode_laatste), coalesce(i.titel, indicator_id) as titel, i.volgorde,
               coalesce(p.naam, b.periode_laatste) as periode_laatste
        from beschikbaarheid b
        left join indicator i using (indicator_id)
        left join periode p on p.periode = b.periode_laatste
    )"""
    return _read(merk, Gat, tabel, "volgorde, indicator_id, niveau")


def _read(merk: Kenmerk, soort: type[T], tabel: str, volgorde: str) -> tuple[T, ...]:
    """Return a table as objects whose fields are its columns; empty text where there is no text."""
    velden = fields(soort)  # type: ignore[arg-type]
    kolommen = ", ".join(f"coalesce({v.name}, '') as {v.name}" if v.type == "str" else v.name for v in velden)
    # A publication of before a column was added has nothing there.
    leeg = ", ".join(f"null as {v.name}" for v in velden)
    bron = f"(from {tabel} union all by name select {leeg} where false)"
    rijen = haal_tabel(merk, f"select {kolommen} from {bron} order by {volgorde}").rijen
    return tuple(soort(*rij) for rij in rijen)
