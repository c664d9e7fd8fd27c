"""Why a share changed, as the publication has it: what the mix of branches did, and what happened within them."""

from __future__ import annotations

from dataclasses import dataclass

from app.lezen.data import haal_tabel
from app.lezen.geheugen import remember
from app.lezen.rijen import Kenmerk, Waarneming


@dataclass(frozen=True, slots=True)
class Bijdrage:
    """One part of a change, in parts of 1: of a branche (`samenstelling` or `binnen`), or the overlap of them all."""

    branche_code: str
    term: str
    bijdrage: float


@remember(64)
def contributions(merk: Kenmerk, van: Waarneming, tot: Waarneming) -> tuple[Bijdrage, ...]:
    """Return what the change between two figures of one series is made of; nothing where that cannot be told."""
    tabel = haal_tabel(
        merk,
        """
        select branche_code, term, bijdrage from ontleding
        where (indicator_id, uitsplitsing, regio_code, niveau, periode, periode_vorig, herkomst) = (?, ?, ?, ?, ?, ?, ?)
        order by all
        """,
        [tot.indicator_id, tot.uitsplitsing, tot.regio_code, tot.niveau, tot.periode, van.periode, tot.herkomst],
    )
    return tuple(Bijdrage(str(branche), str(term), float(deel)) for branche, term, deel in tabel.rijen)
