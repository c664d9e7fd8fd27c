"""How it stands with the object store: what was sent or fetched last, and what is in the way; one file a warehouse."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value
from pipelines.afspraken.warehouse.schrijven import write_whole

OPSLAGSLEUTELS = ("REGIOMONITOR_OPSLAG_SLEUTEL", "REGIOMONITOR_OPSLAG_GEHEIM")
BESTAND = "opslag.json"
# A timer asks each minute; who heard nothing for this long may show what is no longer the newest.
_LANGSTE_STILTE = timedelta(minutes=10)


class Richting(StrEnum):
    """Which way publications go here."""

    NAAR = "naar"
    UIT = "uit"


class Hapering(StrEnum):
    """What is in the way, in words that name no address and nothing of what an answer said."""

    GEEN = ""
    ONBEREIKBAAR = "niet te bereiken"
    GEWEIGERD = "toegang geweigerd"
    LEEG = "er staat niets"
    ONGELDIG = "niet wat er hoort te staan"
    HIER = "lezen of schrijven op deze computer lukt niet"


@dataclass(frozen=True)
class Opslagstand:
    """What is known since the last try; moments are those of this computer, in UTC."""

    richting: Richting
    hapering: Hapering = Hapering.GEEN
    gelukt_op: str = ""
    # A sum of what was sent: while nothing changed there is nothing to ask.
    gezonden: str = ""

    def after(self, hapering: Hapering, nu: datetime, gezonden: str = "") -> Opslagstand:
        """Return how it stands after a try."""
        if hapering:
            return replace(self, hapering=hapering)
        return replace(self, hapering=hapering, gelukt_op=nu.isoformat(timespec="seconds"), gezonden=gezonden)

    def age(self, nu: datetime) -> float:
        """Return the seconds since it went well; NaN where it never did."""
        try:
            return max(0.0, (nu - datetime.fromisoformat(self.gelukt_op)).total_seconds())
        except (ValueError, TypeError):
            return float("nan")

    def is_behind(self, nu: datetime) -> bool:
        """Return whether there may be something newer than what is here, or there."""
        # Who sends does so when there is something to send; only who fetches can be behind without a fault.
        is_stil = not self.age(nu) <= _LANGSTE_STILTE.total_seconds()
        return bool(self.hapering) or (self.richting is Richting.UIT and is_stil)

    def as_dict(self, nu: datetime) -> Mapping[str, object]:
        """Return what may be told to anybody who asks how the service is doing."""
        return {
            "richting": self.richting,
            "gelukt_op": self.gelukt_op or None,
            "loopt_achter": self.is_behind(nu),
            "reden": self.hapering or None,
        }


def read_state(warehouse: Path) -> Opslagstand | None:
    """Return how it stands; nothing where no store was ever used, or the file says nothing that can be read."""
    try:
        ruw = json.loads((warehouse / BESTAND).read_bytes())
        return Opslagstand(
            Richting(ruw["richting"]), Hapering(ruw["hapering"]), str(ruw["gelukt_op"]), str(ruw["gezonden"])
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def write_state(warehouse: Path, stand: Opslagstand) -> None:
    """Write how it stands.

    Raises:
        OSError: it cannot be written.
    """
    write_whole(warehouse / BESTAND, json.dumps(asdict(stand), indent=1).encode())


def follows_store(warehouse: Path) -> bool:
    """Return whether what stands in this warehouse comes out of a store, and nothing is made in it."""
    stand = read_state(warehouse)
    return stand is not None and stand.richting is Richting.UIT


def refuse_following(warehouse: Path) -> None:
    """Refuse to change the publications of a warehouse that follows a store: the next fetch would undo it.

    Raises:
        AfgekeurdError: it follows one.
    """
    if follows_store(warehouse):
        tekst = "De publicaties hier komen uit de opslag; hier wordt niets gemaakt of ingetrokken."
        advies = "Doe dit op de computer die bouwt, of wijs met --warehouse een andere map aan."
        raise AfgekeurdError([Melding(show_value(warehouse), tekst, advies=advies)])


def now() -> datetime:
    """Return the moment of now, as states are compared by."""
    return datetime.now(UTC)
