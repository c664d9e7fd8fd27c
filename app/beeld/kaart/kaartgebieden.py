"""Which regions a map has: those of one level, as they were at the time of its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from app.beeld.kaart.kaartgrafiek import KEUZE as KEUZE
from app.lezen import data
from app.lezen.rijen import Kenmerk, Regio, Waarneming
from pipelines.afspraken.codelijsten import Niveau


def regions_of_level(merk: Kenmerk, niveau: str, rijen: Sequence[Waarneming]) -> dict[str, Regio]:
    """Return the regions of one level in code order; WGO's as they were at the time of the figures."""
    alle = {code: regio for code, regio in data.regios(merk).items() if regio.niveau == niveau}
    if niveau != Niveau.WGO or not rijen:
        return alle
    toen = set(data.wgo_van_regio(merk, rijen[0].moment).values()) | {r.regio_code for r in rijen}
    return {code: regio for code, regio in alle.items() if code in toen}


def moment_of(rijen: Mapping[str, Waarneming], alle_perioden: Sequence[Waarneming]) -> date:
    """Return the day that the picture stands for, which decides on the regions there were."""
    return next(iter(rijen.values())).moment if rijen else alle_perioden[-1].moment
