"""When two spellings are the name of one person."""

from __future__ import annotations

import re
import unicodedata

# A mark that belongs to the letter before it, as NFD writes an accent.
_MERKTEKEN = "\u0300-\u036f"


def is_same_name(een: str, ander: str) -> bool:
    """Return whether both name one person: capitals, spaces and how an accent was typed make no difference."""
    return _bare(een) == _bare(ander)


def name_pattern(naam: str) -> re.Pattern[str]:
    """Return what finds a name in a text in every such spelling, but not in another word: An is no part of Anders."""
    woorden = r"\s+".join("".join(map(_letter, woord)) for woord in unicodedata.normalize("NFC", naam).split())
    return re.compile(rf"(?<!\w){woorden}(?![\w{_MERKTEKEN}])", re.IGNORECASE)


def _bare(naam: str) -> str:
    return unicodedata.normalize("NFC", " ".join(naam.split()).casefold())


def _letter(letter: str) -> str:
    return f"(?:{re.escape(letter)}|{re.escape(unicodedata.normalize('NFD', letter))})"
