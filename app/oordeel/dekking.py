"""The dekkingsgraad per branche at two moments, as figures and as rows of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.lezen.data import Branche, Trendbreuk, Waarneming
from app.oordeel import zinnen
from app.oordeel.reeksen import Verandering, change, select_series
from app.taal.opmaak import datum, hoofdletter
from pipelines.afspraken.codelijsten import LAND

INDICATOR = "dekkingsgraad"
Paar = tuple[Waarneming | None, Waarneming | None]


def pairs(rijen: Sequence[Waarneming], branches: Mapping[str, Branche]) -> tuple[dict[str, Paar], tuple[str, str]]:
    """Return, per branche, its figures of the first and the last period, and what those moments are called."""
    landelijk = [r for r in rijen if r.regio_code == LAND and not r.categorie and not r.uitsplitsing]
    momenten = sorted({(r.eind, r.periode) for r in landelijk})
    if len(momenten) < 2:
        return {}, ("", "")
    eerste, laatste = momenten[0][1], momenten[-1][1]
    paren: dict[str, Paar] = {}
    for code in branches:
        reeks = {r.periode: r for r in select_series(landelijk, branche=code)}
        if eerste in reeks or laatste in reeks:
            paren[code] = (reeks.get(eerste), reeks.get(laatste))
    namen = [_moment(landelijk, periode) for periode in (eerste, laatste)]
    return paren, (namen[0], namen[1])


def _moment(rijen: Sequence[Waarneming], periode: str) -> str:
    rij = next(r for r in rijen if r.periode == periode)
    return f"{rij.periode_naam} ({datum(rij.peildatum)})" if rij.peildatum else rij.periode_naam


def changes(paren: Mapping[str, Paar], breuken: Sequence[Trendbreuk]) -> dict[str, Verandering]:
    """Return the changes that may be computed, by branche."""
    stappen = {}
    for code, (van, tot) in paren.items():
        stap = change(van, tot, breuken) if tot is not None else None
        if isinstance(stap, Verandering):
            stappen[code] = stap
    return stappen


def figures(paren: Mapping[str, Paar]) -> list[Waarneming]:
    """Return every figure that is on the chart."""
    return [r for paar in paren.values() for r in paar if r is not None]


def table_rows(
    paren: Mapping[str, Paar], branches: Mapping[str, Branche], breuken: Sequence[Trendbreuk]
) -> list[tuple[str, ...]]:
    """Return the same as a table: one row per branche."""
    stappen = changes(paren, breuken)
    regels: list[tuple[str, ...]] = []
    for code, (van, tot) in paren.items():
        stap = stappen.get(code)
        uitkomst = change(van, tot, breuken) if tot is not None else None
        waarom = "" if stap or uitkomst is None or isinstance(uitkomst, Verandering) else uitkomst.reden
        regels.append(
            (
                branches[code].naam,
                *(zinnen.figure(r, "aandeel") if r is not None else "geen cijfer" for r in (van, tot)),
                zinnen.step_text(stap, "aandeel") if stap else "",
                hoofdletter(waarom) or ("Mogelijke trendbreuk" if stap and stap.twijfel else ""),
            )
        )
    return regels
