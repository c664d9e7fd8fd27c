"""What a line may be about: codes that exist, and never a text of somebody; nobody can take a line back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from pipelines.afspraken.schrift.perioden import parse_periode
from pipelines.afspraken.warehouse.bewaard import VERZEGELD, withdrawn
from pipelines.afspraken.warehouse.concept import MAP as CONCEPT
from pipelines.afspraken.warehouse.verbinding import ARCHIEF

ONBEKEND = "onbekend"
# What callers say beside a code: of how much, and of which kind.
_WOORDEN = frozenset(
    ("alle", "gebieden", "alles", "map", "begin", "nu", "gesprek", "score", "ambitieniveau", "notitie", "afspraak",
     "advies", "reactie", "concept", "reservekopie", "voor_herstel", "logboek_uit_kopie", "oude_database",
     "proeven")
)  # fmt: skip
_MEESTE_WOORDEN = 60
_ID = re.compile(r"\d{8}T\d{6}Z-[0-9A-Za-z.-]{1,40}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-?\d\d-?\d\dT\d\d:?\d\d(?::?\d\d)?(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_LEVERING = re.compile(r"[a-z0-9_]{1,60}/[A-Za-z0-9_-][A-Za-z0-9_.-]{0,59}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Bekend:
    """The address of a page or the id of a delivery, by who looked whether there is one."""

    code: str


def delivery(raw: Path, levering: str) -> Bekend | str:
    """Return which delivery it is about; as it was typed where there is none."""
    return Bekend(levering) if _LEVERING.fullmatch(levering) and (raw / levering).is_dir() else levering


def as_codes(warehouse: Path, waarover: str | Bekend) -> str:
    """Return what a line may say of this: all of it where each word is a code that exists, else that it is unknown."""
    if isinstance(waarover, Bekend):
        return waarover.code
    woorden = re.split(r"[ ,]+", waarover) if waarover else []
    is_bekend = len(woorden) <= _MEESTE_WOORDEN and all(_is_code(warehouse, woord) for woord in woorden)
    return waarover if is_bekend else ONBEKEND


def _is_code(warehouse: Path, woord: str) -> bool:
    if woord in _WOORDEN or woord in _names() or parse_periode(woord) is not None or _is_moment(woord):
        return True
    return _ID.fullmatch(woord) is not None and _is_publication(warehouse, woord)


@cache
def _names() -> frozenset[str]:
    # Every command may write a line, and few do.
    from pipelines.afspraken.contract import BRONNEN
    from pipelines.afspraken.regio import region_codes

    return region_codes() | {pad.stem for pad in BRONNEN.glob("*.yml")}


def _is_moment(woord: str) -> bool:
    try:
        return _MOMENT.fullmatch(woord) is not None and bool(datetime.fromisoformat(woord))
    except ValueError:
        return False


def _is_publication(warehouse: Path, publicatie_id: str) -> bool:
    plekken = (f"{ARCHIEF}/{publicatie_id}.duckdb", f"{VERZEGELD}/{publicatie_id}.duckdb", f"{CONCEPT}/{publicatie_id}")
    return any((warehouse / plek).exists() for plek in plekken) or publicatie_id in withdrawn(warehouse)
