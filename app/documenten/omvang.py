"""How much goes into a document, and in which formats there is one of that size; known without making any."""

from __future__ import annotations

from enum import StrEnum

MIME = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


class Omvang(StrEnum):
    """How much of a region or of the country goes into a document."""

    HEEL = "heel"
    KORT = "kort"
    BLAD = "factsheet"


# A presentation is short already, and one sheet of A4 is one to print.
_FORMATEN = {Omvang.HEEL: tuple(MIME), Omvang.KORT: ("pdf", "docx"), Omvang.BLAD: ("pdf",)}


def formats(omvang: Omvang) -> tuple[str, ...]:
    """Return in which formats there is a document of this size, the usual one first."""
    return _FORMATEN[omvang]
