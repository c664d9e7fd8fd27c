"""Text that a spreadsheet leaves alone: one rule for every file that can be opened in one."""

from __future__ import annotations

import re
import unicodedata

_FORMULE = ("=", "+", "-", "@")
# A figure below zero runs nothing, and with an apostrophe in front it is no figure.
_GETAL = re.compile(r"-[0-9]+([.,][0-9]+)*%?")
# A program may drop these at the beginning of a cell, so that what follows comes first.
_REGEL = ("\t", "\r", "\n")
# Invisible, but to Unicode a letter, a symbol or a mark.
_VULLING = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5")


def is_live(tekst: str) -> bool:
    """Whether a spreadsheet might run this as a formula: by its first mark that anyone sees, in whatever width."""
    if _GETAL.fullmatch(tekst):
        return False
    for teken in tekst:
        if teken in _REGEL:
            return True
        if not _is_unseen(teken):
            return unicodedata.normalize("NFKC", teken).startswith(_FORMULE)
    return False


def make_inert(tekst: str) -> str:
    """Return the text as it may stand in a cell: with an apostrophe in front where it might be run."""
    return f"'{tekst}" if is_live(tekst) else tekst


def _is_unseen(teken: str) -> bool:
    is_wijziger = (
        "\ufe00" <= teken <= "\ufe0f" or "\u180b" <= teken <= "\u180f" or "\U000e0100" <= teken <= "\U000e01ef"
    )
    return teken.isspace() or unicodedata.category(teken)[0] in "CZ" or teken in _VULLING or is_wijziger
