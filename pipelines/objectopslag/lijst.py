"""The list in the store: which publications there are, which one is of now, and which were withdrawn.

The list is the one thing in the store that changes. A publication is a file under the sum of its bytes, and never
changes; whoever has the list knows what each file has to be.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from pipelines.afspraken.schrift.tekens import check_reden
from pipelines.afspraken.warehouse.bewaard import Ingetrokken

NAAM = "lijst.json"
GROOTSTE_LIJST = 2_000_000
# Far above what a publication is (15 MB), and far under what a disk of a server has.
GROOTSTE_PUBLICATIE = 4_000_000_000
_STRENG = ConfigDict(extra="forbid", strict=True)
# As a build names one, with the number of a version after it; what is a path or an option is none.
_Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,59}(\.[0-9]{1,4})?$")]
_Som = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


@checked(frozen=True, config=_STRENG)
class Uitgave:
    """One publication: its id, the SHA-256 of its file, and how many bytes that has."""

    id: _Id
    sha256: _Som
    bytes: Annotated[int, Field(ge=1, le=GROOTSTE_PUBLICATIE)]

    @property
    def naam(self) -> str:
        """What its file is called in the store."""
        return f"{self.sha256}.duckdb"


@checked(frozen=True, config=_STRENG)
class Bericht:
    """That a publication was withdrawn, as its message says it; '' where the message says nothing."""

    id: _Id
    op: str
    reden: Annotated[str, Field(max_length=2000)]
    vervangen_door: _Id | Annotated[str, Field(pattern="^$")]
    gezien: bool

    def as_message(self) -> Ingetrokken:
        """Return it as a message.

        Raises:
            ValueError: its day is none, or its reason is no text of one line.
        """
        op = date.fromisoformat(self.op) if self.op else None
        return Ingetrokken(self.id, op, check_reden(self.reden), self.vervangen_door, self.gezien)


@checked(frozen=True, config=_STRENG)
class Opslaglijst:
    """All there is in the store."""

    nu: _Id
    uitgaven: Annotated[tuple[Uitgave, ...], Field(min_length=1, max_length=5000)]
    ingetrokken: Annotated[tuple[Bericht, ...], Field(max_length=5000)]


_LIJST = TypeAdapter(Opslaglijst)


@dataclass(frozen=True)
class OngeldigError(Exception):
    """The list is none, or contradicts itself."""


def read_list(ruw: bytes) -> Opslaglijst:
    """Return the list that is written there.

    Raises:
        OngeldigError: it is no list, or contradicts itself.
    """
    try:
        # Text in JSON is where a tuple comes from: strict takes its list for one.
        lijst = _LIJST.validate_json(ruw)
        berichten = [bericht.as_message().publicatie_id for bericht in lijst.ingetrokken]
    except (ValidationError, ValueError):
        raise OngeldigError from None
    namen = [uitgave.id for uitgave in lijst.uitgaven]
    # A file system may not tell one case from another.
    if len({naam.lower() for naam in (*namen, *berichten)}) != len(namen) + len(berichten) or lijst.nu not in namen:
        raise OngeldigError
    return lijst


def write_list(lijst: Opslaglijst) -> bytes:
    """Return the list as it is written."""
    return _LIJST.dump_json(lijst, indent=1)
