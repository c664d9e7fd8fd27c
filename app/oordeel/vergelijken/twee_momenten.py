"""Figures of two moments side by side: their changes, and the same as rows of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.lezen.rijen import Trendbreuk, Waarneming
from app.oordeel import zinnen
from app.oordeel.reeksen import Verandering, change
from app.taal.opmaak import datum, hoofdletter
from pipelines.afspraken.codelijsten import Status

# The figure of the first moment and that of the last.
Paar = tuple[Waarneming | None, Waarneming | None]


def moment_name(rijen: Sequence[Waarneming], periode: str) -> str:
    """Return what a period is called in these figures, with its peildatum where it has one."""
    rij = next(r for r in rijen if r.periode == periode)
    return f"{rij.periode_naam} ({datum(rij.peildatum)})" if rij.peildatum else rij.periode_naam


def changes(paren: Mapping[str, Paar], breuken: Sequence[Trendbreuk]) -> dict[str, Verandering]:
    """Return the changes that may be computed, by the code of the row."""
    stappen = {}
    for code, (van, tot) in paren.items():
        stap = change(van, tot, breuken) if tot is not None else None
        if isinstance(stap, Verandering):
            stappen[code] = stap
    return stappen


def both_without_change(paren: Mapping[str, Paar], breuken: Sequence[Trendbreuk]) -> bool:
    """Return whether some row has two figures that may not be compared."""
    stappen = changes(paren, breuken)
    heeft_beide = (c for c, paar in paren.items() if all(r is not None and r.waarde is not None for r in paar))
    return any(code not in stappen for code in heeft_beide)


def figures(paren: Mapping[str, Paar]) -> list[Waarneming]:
    """Return every figure of the two moments."""
    return [r for paar in paren.values() for r in paar if r is not None]


def table_rows(
    paren: Mapping[str, Paar], namen: Mapping[str, str], breuken: Sequence[Trendbreuk], eenheid: str = "aandeel"
) -> list[tuple[str, ...]]:
    """Return the same as a table: name, first figure, last figure, change, and why there is no change."""
    stappen = changes(paren, breuken)
    regels: list[tuple[str, ...]] = []
    for code, (van, tot) in paren.items():
        stap = stappen.get(code)
        uitkomst = change(van, tot, breuken) if tot is not None else None
        waarom = "" if stap or uitkomst is None or isinstance(uitkomst, Verandering) else uitkomst.reden
        regels.append(
            (
                namen[code],
                *(zinnen.figure(r, eenheid) if r is not None else Status.ONTBREEKT.naam for r in (van, tot)),
                zinnen.step_text(stap, eenheid) if stap else "",
                hoofdletter(waarom) or ("Mogelijke trendbreuk" if stap and stap.twijfel else ""),
            )
        )
    return regels
