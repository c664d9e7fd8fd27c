"""A figure that is not what it was, in words: what, of where and when, what it was and what it is."""

from __future__ import annotations

from collections.abc import Iterable

from app.lezen import data
from app.lezen.onderwerp import bewijs
from app.lezen.rijen import Kenmerk
from app.lezen.verschil.publicatieverschil import SOORTEN, Cijferwijziging
from app.oordeel import zinnen
from app.taal.opmaak import (
    HERKOMST_WOORD,
    STATUS_WOORD,
    categorie_tekst,
    cijfer_tekst,
    hoofdletter,
    uitsplitsing_tekst,
)

KOLOMMEN = ("Wat", "Gebied", "Branche", "Periode", "Verandering", "Was", "Is nu", "Oorzaak")


def largest(cijfers: Iterable[Cijferwijziging], hoogstens: int) -> list[Cijferwijziging]:
    """Return the figures that change most for what they were, the largest change first."""
    anders = [
        (abs(c.waarde_nieuw - c.waarde_oud) / max(abs(c.waarde_oud), 1e-9), c) for c in cijfers
        if c.waarde_oud is not None and c.waarde_nieuw is not None and c.waarde_oud != c.waarde_nieuw
    ]  # fmt: skip
    return [cijfer for _, cijfer in sorted(anders, key=lambda paar: -paar[0])[:hoogstens]]


def count_by_indicator(cijfers: Iterable[Cijferwijziging]) -> dict[str, dict[str, int]]:
    """Return per indicator how many figures there are of each kind of change that it has."""
    tellingen: dict[str, dict[str, int]] = {}
    for c in cijfers:
        eigen = tellingen.setdefault(c.indicator_id, {})
        eigen[c.soort] = eigen.get(c.soort, 0) + 1
    return tellingen


def line(merk: Kenmerk, c: Cijferwijziging) -> tuple[str, ...]:
    """Return the cells of one change, under KOLOMMEN."""
    catalogus, regios, branches = data.indicatoren(merk), data.regios(merk), data.branches(merk)
    indicator = catalogus.get(c.indicator_id)
    eenheid = zinnen.unit_of_part(indicator.eenheid if indicator else "", c.categorie)
    soort = (merk, c.indicator_id, c.categorie, c.uitsplitsing)
    wat = [indicator.titel if indicator else c.indicator_id, categorie_tekst(c.categorie)]
    wat += [uitsplitsing_tekst(c.uitsplitsing), c.schatting]
    return (
        ", ".join(filter(None, wat)),
        regios[c.regio_code].naam if c.regio_code in regios else c.regio_code,
        branches[c.branche_code].naam_kort if c.branche_code in branches else c.branche_code,
        c.periode,
        SOORTEN[c.soort],
        _figure(c.waarde_oud, c.status_oud, c.herkomst_oud, eenheid, bewijs.decimals(*soort, c.herkomst_oud)),
        _figure(c.waarde_nieuw, c.status_nieuw, c.herkomst_nieuw, eenheid, bewijs.decimals(*soort, c.herkomst_nieuw)),
        hoofdletter(c.oorzaak),
    )


def _figure(waarde: float | None, status: str | None, herkomst: str | None, eenheid: str, cijfers: int | None) -> str:
    if status is None:
        return ""
    soort = HERKOMST_WOORD.get(herkomst or "", "")
    if waarde is None:
        return STATUS_WOORD.get(status) or f"getoond ({soort})"
    tekst = cijfer_tekst(waarde, eenheid, cijfers=cijfers)
    return f"{tekst} ({soort})" if soort else tekst
