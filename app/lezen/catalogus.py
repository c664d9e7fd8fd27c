"""The catalogue as published: each indicator with its place in every set, and as a question of the survey."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from pipelines.afspraken.codelijsten import Plek

# One row per indicator; a question of the survey has its kind, who was asked, and its answers.
INDICATOREN = """
select i.*, p.plekken, e.soort as vraagsoort, e.rol, e.basis_woorden as basis, e.volgorde as vraagvolgorde,
       e.antwoorden
from indicator i
left join enquetevraag e using (indicator_id)
left join (
    select indicator_id, map_from_entries(list(row(plek, volgorde) order by volgorde)) as plekken
    from kaartplek group by indicator_id
) p using (indicator_id)
order by i.volgorde, indicator_id
"""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One card of the catalogue."""

    indicator_id: str
    volgorde: int
    titel: str
    vraag: str
    definitie: str
    formule: str
    eenheid: str
    richting: str
    actielijn: str
    pijler: str
    schakel: str
    bron: str
    optelbaar: bool
    vertrouwelijk: str
    te_bevestigen: bool
    # The knop that works on what this counts.
    knop: str = ""
    # How often there is a new figure; empty where nobody said.
    ritme: str = ""
    # Of one side of a balance: the indicator of what is left of both sides.
    balans: str = ""
    # Why it says nothing of the course of what runs: a forecast, or a programme that has ended.
    buiten_koers: str = ""
    # Its number in each set with an order; None: kept out of that set.
    plekken: Mapping[str, int | None] | None = field(default=None, hash=False)
    # Of a question of the survey: its kind, its part, who was asked in words (empty: everyone), and its answers.
    vraagsoort: str = ""
    rol: str = ""
    basis: str = ""
    vraagvolgorde: int | None = None
    antwoorden: Sequence[str] | None = field(default=None, hash=False)

    def place(self, plek: Plek) -> int | None:
        """Return its number in a set; None where it has none."""
        return (self.plekken or {}).get(plek.value)

    def is_kept_out(self, plek: Plek) -> bool:
        """Whether the catalogue says that it has no business in a set."""
        return plek.value in (self.plekken or {}) and self.place(plek) is None

    @property
    def is_afsluiter(self) -> bool:
        """Whether it is the last of a list to tick: another effect, or none."""
        return self.rol == "afsluiter"

    @property
    def is_open(self) -> bool:
        """Whether it counts what was written in answer to an open question, so not of everyone who was asked."""
        return self.vraagsoort == "open"

    @property
    def is_uitkomst(self) -> bool:
        """Whether it can stand for a pijler: what the programme is for."""
        return not self.rol


def in_order(catalogus: Mapping[str, Indicator], plek: Plek) -> list[str]:
    """Return the indicators that have a place in a set, in the order of that set."""
    plaatsen = {naam: nummer for naam, i in catalogus.items() if (nummer := i.place(plek)) is not None}
    return sorted(plaatsen, key=plaatsen.__getitem__)


def first_of(catalogus: Mapping[str, Indicator], plek: Plek, namen: Collection[str]) -> str | None:
    """Return which of these names stands first in a set; None where none of them has a place in it."""
    return next((naam for naam in in_order(catalogus, plek) if naam in namen), None)


def open_questions(catalogus: Mapping[str, Indicator]) -> list[str]:
    """Return the open questions of the survey, in the order of the survey."""
    namen = [naam for naam, i in catalogus.items() if i.is_open]
    return sorted(namen, key=lambda naam: catalogus[naam].vraagvolgorde or 0)
