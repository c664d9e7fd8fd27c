"""One rule for delivered text: characters that can be read, in the order they are read, and not without end.

A lone surrogate or a non-character cannot be written to a database or a document; a control character steers a
terminal; a bidi mark shows another text than the one that is there.
"""

from __future__ import annotations

import re

# Longer than any story or answer: what is longer is no text but a file.
LANGSTE_TEKST = 5000
# A name, a licence: what stands on one line.
LANGSTE_REGEL = 500
_NOOIT = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters, but for tab and line ends
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks that turn the direction of reading
    "\ud800-\udfff"  # halves of a character
    "\ufdd0-\ufdef" + "".join(f"{chr(vlak + 0xFFFE)}{chr(vlak + 0xFFFF)}" for vlak in range(0, 0x110000, 0x10000))
)
_FOUT = re.compile(f"[{_NOOIT}]")
_FOUT_OP_EEN_REGEL = re.compile(f"[{_NOOIT}\t\n\r\u2028\u2029]")


def find_unreadable(tekst: str, *, een_regel: bool = False) -> str:
    """Return the first character that may not be in a text as U+XXXX, or ''; `een_regel` refuses line ends too."""
    gevonden = (_FOUT_OP_EEN_REGEL if een_regel else _FOUT).search(tekst)
    return f"U+{ord(gevonden[0]):04X}" if gevonden else ""


def check_reden(reden: str) -> str:
    """Return a reason that a person gave, without spaces around it.

    Raises:
        ValueError: it is empty, too long, or holds a character that has no place on one line.
    """
    reden = reden.strip()
    if not reden:
        raise ValueError("Er staat geen reden.")
    if len(reden) > LANGSTE_REGEL:
        raise ValueError(f"De reden is langer dan {LANGSTE_REGEL} tekens.")
    if teken := find_unreadable(reden, een_regel=True):
        raise ValueError(f"De reden bevat een teken dat op één regel niet kan ({teken}).")
    return reden
