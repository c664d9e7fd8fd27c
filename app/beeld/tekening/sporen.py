"""Marks on a line from 0 to 1: the same ones on the page, as HTML, and in the picture of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from app.beeld.markup import Html, join, tag
from app.lezen.rijen import Waarneming
from app.oordeel.enquete import Cijfer
from pipelines.afspraken.codelijsten import to_decimal


@dataclass(frozen=True)
class Merk:
    """One mark on a line from 0 to 1: a dot, a diamond, a thin mark, or a band from one place to another."""

    soort: Literal["stip", "ruit", "ander", "marge"]
    plek: float
    tot: float = 0.0
    is_voorbeeld: bool = False
    is_indicatief: bool = False


def marks(cijfer: Cijfer, anderen: Iterable[Waarneming] = ()) -> tuple[Merk, ...]:
    """Return the marks of one share: band for the interval, dot computed, diamond published, and the others thinly."""
    merken = [Merk("ander", rij.waarde) for rij in anderen if rij.waarde is not None]
    rij = cijfer.berekend
    if rij is not None and rij.waarde is not None:
        if rij.onder is not None and rij.boven is not None:
            merken.append(Merk("marge", rij.onder, rij.boven, rij.is_voorbeeld, rij.is_indicatief))
        merken.append(Merk("stip", rij.waarde))
    if cijfer.gepubliceerd is not None and cijfer.gepubliceerd.waarde is not None:
        merken.append(Merk("ruit", cijfer.gepubliceerd.waarde))
    return tuple(merken)


def track(merken: Iterable[Merk]) -> Html:
    """Return the line with its marks, for the eye only."""
    delen = []
    for merk in merken:
        plek = f"left:{to_decimal(merk.plek) * 100:.1f}%"
        if merk.soort == "marge":
            plek += f";width:{(to_decimal(merk.tot) - to_decimal(merk.plek)) * 100:.1f}%"
        patroon = pattern(is_voorbeeld=merk.is_voorbeeld, is_indicatief=merk.is_indicatief)
        delen.append(tag("i", klasse=f"rm-{merk.soort} {patroon}".strip(), style=plek))
    return tag("div", tag("div", join(delen)), klasse="rm-spoor", aria_hidden="true")


def pattern(*, is_voorbeeld: bool, is_indicatief: bool) -> str:
    """Return the hatching of a band as a class of the stylesheet; empty for a plain, real one."""
    if is_voorbeeld:
        return "rm-marge-kruis" if is_indicatief else "rm-marge-voorbeeld"
    return "rm-marge-indicatief" if is_indicatief else ""
