"""One line of the log: what happened, by whom, how it ended, and its place in the chain.

In a line stand codes and a pseudonym, never a text, a figure, a file name or an address of anybody.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from enum import StrEnum

BEGIN = ""
_LANGSTE = 160
# What can be a code, a moment, a sum or the address of a page; anything else was typed by somebody.
_ANDERS = re.compile(r"[^A-Za-z0-9 _.,/:=+@-]")


class Daad(StrEnum):
    """What may happen to something confidential."""

    AANGEMELD = "aangemeld"
    AFGEMELD = "afgemeld"
    GEWEIGERD = "toegang geweigerd"
    NOTITIES_GELEZEN = "notities gelezen"
    NOTITIE_GESCHREVEN = "notitie geschreven"
    NOTITIES_UITGEVOERD = "notities uitgevoerd"
    NOTITIES_INGEVOERD = "notities ingevoerd"
    LEVERING_GEKEURD = "levering gekeurd"
    LEVERING_BEPROEFD = "levering beproefd"
    LEVERING_BEWAARD = "levering bewaard"
    LEVERING_INGETROKKEN = "levering ingetrokken"
    PUBLICATIE_GEBOUWD = "publicatie gebouwd"
    CONCEPT_GEZIEN = "concept gezien"
    EIGEN_CONCEPT_GEZIEN = "eigen cijfers voor publicatie gezien"
    VRIJGAVE_GEVRAAGD = "vrijgave gevraagd"
    VRIJGAVE_GEGEVEN = "vrijgave gegeven"
    CONCEPT_VRIJGEGEVEN = "concept vrijgegeven"
    PUBLICATIE_INGETROKKEN = "publicatie ingetrokken"
    PUBLICATIE_HERSCHREVEN = "publicatie herschreven"
    CONCEPT_WEGGEGOOID = "concept weggegooid"
    KOPIE_GEMAAKT = "reservekopie gemaakt"
    KOPIE_TERUGGEZET = "reservekopie teruggezet"
    BERICHTEN_GEVRAAGD = "berichten gevraagd"
    BERICHTEN_BEVESTIGD = "berichten bevestigd"
    BERICHTEN_GESTOPT = "berichten gestopt"
    BERICHTEN_VERSTUURD = "berichten verstuurd"
    PERSOON_VERGETEN = "persoon vergeten"
    PERSOON_GEZOCHT = "persoon gezocht"
    DATABASE_VERNIEUWD = "database van de commissie vernieuwd"
    OPGERUIMD = "na de termijn verwijderd"
    LOGBOEK_BEGONNEN = "logboek begonnen"
    MAAND_BEGONNEN = "maand begonnen"
    PSEUDONIEM_GELOOT = "pseudoniem geloot"
    NAAM_VERGETEN = "naam vergeten"
    LOGBOEK_GELEZEN = "logboek gelezen"
    LOGBOEK_OPGESCHOOND = "logboek opgeschoond"
    HALVE_REGEL = "halve regel opzij gezet"
    KOP_WEG = "kop van het logboek was weg of liep achter"


class Afloop(StrEnum):
    """How it ended; of what takes a while there is a line before it as well."""

    BEGONNEN = "begonnen"
    GELUKT = "gelukt"
    GEWEIGERD = "geweigerd"
    MISLUKT = "mislukt"


@dataclass(frozen=True, slots=True)
class Logregel:
    """One line; `vorige` is the sum of the line before it, `som` that of all else in this one."""

    nummer: int
    op: str
    wie: str
    rol: str
    daad: str
    waarover: str
    uitkomst: str
    vorige: str
    som: str = ""

    def sum(self) -> str:
        """Return the sum that belongs to what the line says."""
        velden = [waarde for naam, waarde in asdict(self).items() if naam != "som"]
        tekst = json.dumps(velden, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(tekst.encode("ascii")).hexdigest()

    def follows(self, nummer: int, som: str) -> bool:
        """Return whether this is the line after the one with this number and this sum."""
        return (self.nummer, self.vorige) == (nummer + 1, som)

    def as_bytes(self) -> bytes:
        """Return the line as it is written, with its end."""
        return (json.dumps(asdict(self), ensure_ascii=True, separators=(",", ":")) + "\n").encode("ascii")


def read_line(ruw: bytes) -> Logregel | None:
    """Return the line that is written there; nothing where that is none."""
    try:
        velden = json.loads(ruw)
        regel = Logregel(**velden)
    except (ValueError, TypeError, RecursionError):
        return None
    teksten = [waarde for naam, waarde in velden.items() if naam != "nummer"]
    is_regel = type(regel.nummer) is int and all(isinstance(tekst, str) for tekst in teksten)
    # One spelling for each line: what was added between the quotes and means nothing was added all the same.
    return regel if is_regel and regel.as_bytes() == ruw + b"\n" else None


def as_code(tekst: str) -> str:
    """Return a text as it may stand in a line: short, and nothing but what can be a code."""
    return _ANDERS.sub("?", tekst)[:_LANGSTE]
