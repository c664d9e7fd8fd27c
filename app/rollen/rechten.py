"""Who may do what: all of it, on one page. What is not granted here is not allowed.

A role is written as in the settings: `kijker`, `commissie`, `meelezer`, `beheer`, or with what it is about:
`wgo:WGO01`, `regio:RA0101`, `leverancier:<bron>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipelines.afspraken.codelijsten import Niveau


class Recht(StrEnum):
    """What one may be allowed to do; every page, download and address asks for one of these."""

    # The publication: pages, documents, open data.
    LEZEN = "lezen"
    # What the committee wrote down, and writing in it.
    GESPREK = "gesprek"
    # Having a delivery of one source checked, filing and withdrawing it.
    AANLEVEREN = "aanleveren"
    # Making a publication of all deliveries, of whomever they are.
    PUBLICEREN = "publiceren"
    # A publication that is not released yet, whole; and having it released.
    CONCEPT = "concept"
    # What one area sees of it: its own figures and the checks on its own rows.
    EIGEN_CONCEPT = "eigen_concept"
    VRIJGEVEN = "vrijgeven"


class Soort(StrEnum):
    """The kinds of roles."""

    KIJKER = "kijker"
    WGO = str(Niveau.WGO)
    REGIO = "regio"
    COMMISSIE = "commissie"
    LEVERANCIER = "leverancier"
    MEELEZER = "meelezer"
    BEHEER = "beheer"


# What a manager keeps running is not his to read: the committee's notes are the committee's.
_MAG: Mapping[Soort, frozenset[Recht]] = {
    Soort.KIJKER: frozenset({Recht.LEZEN}),
    Soort.WGO: frozenset({Recht.LEZEN, Recht.EIGEN_CONCEPT}),
    Soort.REGIO: frozenset({Recht.LEZEN, Recht.EIGEN_CONCEPT}),
    Soort.COMMISSIE: frozenset({Recht.LEZEN, Recht.GESPREK}),
    Soort.LEVERANCIER: frozenset({Recht.LEZEN, Recht.AANLEVEREN}),
    Soort.MEELEZER: frozenset({Recht.LEZEN, Recht.CONCEPT}),
    Soort.BEHEER: frozenset({Recht.LEZEN, Recht.AANLEVEREN, Recht.PUBLICEREN, Recht.CONCEPT, Recht.VRIJGEVEN}),
}
# Roles that are about one thing, and how it is named.
_WAARVAN: Mapping[Soort, re.Pattern[str]] = {
    Soort.WGO: re.compile(r"WGO\d{2}", re.ASCII),
    Soort.REGIO: re.compile(r"RA\d{4}", re.ASCII),
    Soort.LEVERANCIER: re.compile(r"[a-z][a-z0-9_]{0,40}", re.ASCII),
}
# What is of one thing alone, for a role that is about one; without a name it is asked whether there is any.
_VAN_EEN = frozenset({Recht.AANLEVEREN, Recht.EIGEN_CONCEPT})


@dataclass(frozen=True)
class Rol:
    """One role, and what it is about where it is about one thing."""

    soort: Soort
    waarvan: str = ""

    def __str__(self) -> str:
        """Return the role as it is written."""
        return f"{self.soort}:{self.waarvan}" if self.waarvan else str(self.soort)

    def grants(self, recht: Recht, voorwerp: str = "") -> bool:
        """Return whether this role allows it; of its own source or area alone, when one is named."""
        if recht not in _MAG[self.soort]:
            return False
        return not self.waarvan or recht not in _VAN_EEN or voorwerp in ("", self.waarvan)


def read_role(tekst: str) -> Rol:
    """Return the role that is written.

    Raises:
        ValueError: this is no role; the message says what is.
    """
    naam, streep, waarvan = tekst.partition(":")
    soort = next((s for s in Soort if s == naam), None)
    vorm = _WAARVAN.get(soort) if soort else None
    is_goed = bool(vorm.fullmatch(waarvan)) if vorm else not streep
    if soort is None or not is_goed:
        soorten = ", ".join(f"{s}:…" if s in _WAARVAN else str(s) for s in Soort)
        raise ValueError(f"'{tekst[:60]}' is geen rol. Een rol is: {soorten}.")
    return Rol(soort, waarvan)


def may(rollen: Iterable[Rol], recht: Recht, voorwerp: str = "") -> bool:
    """Return whether any of these roles allows it; nobody without a role may do anything."""
    return any(rol.grants(recht, voorwerp) for rol in rollen)


def areas(rollen: Iterable[Rol]) -> tuple[str, ...]:
    """Return the areas of which these roles see their own figures before release."""
    return tuple(dict.fromkeys(rol.waarvan for rol in rollen if rol.waarvan and rol.grants(Recht.EIGEN_CONCEPT)))
