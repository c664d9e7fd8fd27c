"""The rows of a publication as small immutable objects, and the words that go with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.lezen.catalogus import Indicator as Indicator
from app.taal.opmaak import publicatie_tekst
from pipelines.afspraken.codelijsten import AFWEZIG, Herkomst, Status
from pipelines.afspraken.schrift.uitsplitsing import PROGNOSE, parts

Kenmerk = tuple[str, int, int, int]


@dataclass(frozen=True, slots=True)
class Waarneming:
    """One figure to show: key, value, status and where it comes from."""

    indicator_id: str
    categorie: str
    uitsplitsing: str
    regio_code: str
    niveau: str
    branche_code: str
    periode: str
    schatting: str
    herkomst: str
    peildatum: date | None
    waarde: float | None
    waarde_tot: float | None
    onder: float | None
    boven: float | None
    teller: float | None
    noemer: float | None
    n: int | None
    status: str
    is_voorlopig: bool
    levering_id: str
    precisie: str
    populatie: str
    bron: str
    vindplaats: str
    periode_naam: str
    periode_soort: str
    begin: date
    eind: date
    # Whether it rests on a sample: then only a test makes a difference of two figures.
    is_steekproef: bool = False
    # With how many decimals it is written wherever it stands; None: as its own value has it.
    decimalen: int | None = None
    # How many months old it was when it was published, where that is more than its rhythm allows; 0: it is fresh.
    verouderd: int = 0
    # Whether it is of the core series of its indicator at its level: the one that is meant where no other is named.
    is_kern: bool = False
    # The unit of this figure; that of a categorie of a mean is a share.
    eenheid: str = ""
    # What a published figure counts, where its uitsplitsing does not tell.
    afbakening: str = ""
    # Whether it is about all of a programme, and not about its period.
    is_over_looptijd: bool = False

    @property
    def delen(self) -> Mapping[str, str]:
        """The parts of its uitsplitsing by name."""
        return parts(self.uitsplitsing)

    @property
    def is_prognose(self) -> bool:
        """Whether it was expected, not counted."""
        return PROGNOSE in self.delen

    @property
    def moment(self) -> date:
        """The day the figure stands for."""
        return self.peildatum or self.eind

    @property
    def is_voorbeeld(self) -> bool:
        """Whether this is voorbeelddata; that a figure does not exist is true of the real data too."""
        return self.herkomst == Herkomst.SYNTHETISCH and self.status not in AFWEZIG

    @property
    def is_indicatief(self) -> bool:
        """Whether the figure is shown with the warning that its interval is wide."""
        return self.status == Status.INDICATIEF


# Gives the figures of an indicator, whichever of them a page shows.
Haal = Callable[[str], tuple[Waarneming, ...]]


@dataclass(frozen=True, slots=True)
class Regio:
    """One region, with its tile where it has one."""

    regio_code: str
    niveau: str
    naam: str
    naam_eerder: str
    geldig_van: date | None
    geldig_tot: date | None
    zekerheid: str
    tegel_x: float | None
    tegel_y: float | None


@dataclass(frozen=True, slots=True)
class Branche:
    """One branch, in the order in which branches are shown."""

    branche_code: str
    naam: str
    naam_kort: str
    toelichting: str


@dataclass(frozen=True, slots=True)
class Trendbreuk:
    """One break: from this day on figures are not comparable with earlier ones."""

    indicator_id: str
    regio_code: str
    branche_code: str
    datum: date
    tekst: str
    uitsplitsing: str
    # No: the source leaves open whether there is a break at all.
    zeker: bool = True


@dataclass(frozen=True, slots=True)
class Doel:
    """One ambition: from a baseline to a value in a later year."""

    indicator_id: str
    regio_code: str
    nuljaar: int
    nulwaarde: float | None
    doeljaar: int
    doelwaarde: float
    bron: str


@dataclass(frozen=True, slots=True)
class Verschil:
    """The verdict of one test: a region against the rest, or a change between two waves of the survey."""

    indicator_id: str
    categorie: str
    soort: str
    regio_code: str
    periode: str
    periode_vorig: str
    verschil: float | None
    oordeel: str
    onder: float | None = None
    boven: float | None = None
    herkomst: str = ""
    vorige_naam: str = ""


@dataclass(frozen=True, slots=True)
class Publicatie:
    """What this publication is and when it was made."""

    publicatie_id: str
    gemaakt_op: datetime
    code_versie: str
    invoer_sha256: str
    aantal_waarnemingen: int
    aantal_onderdrukt: int
    aantal_indicatoren: int
    aantal_leveringen: int
    # The publication of now, where this is an earlier one that is read as it was known then.
    nu: str = ""
    # Not released: what is taken along of it says so.
    is_concept: bool = False

    @property
    def tekst(self) -> str:
        """Which publication this is, in words."""
        return publicatie_tekst(self.publicatie_id, self.gemaakt_op, self.nu, is_concept=self.is_concept)


@dataclass(frozen=True, slots=True)
class Resultaat:
    """One result set for a plain table: column names and rows."""

    kolommen: tuple[str, ...]
    rijen: tuple[tuple[Any, ...], ...]
