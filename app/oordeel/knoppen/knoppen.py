"""What the eight knoppen could bring: plain arithmetic on published effects, without data or screen.

Persons, not fte: the step from hours to persons is in the published effects already. The effects are one
point each, so they are scaled linearly down from it and never beyond it. The source gives no uncertainty;
what is shown is a range between two ways of adding up, at the two ends of the shortage.
Source of the effects: Actieprogramma Werken in de Zorg (VWS, 2018), §1.5.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from app.taal.opmaak import getal
from pipelines.afspraken.codelijsten import Knop, round_half_up

STAP_LAND = 500
STAP_REGIO = 50


KNOPPEN: dict[str, Knop] = {knop.value: knop for knop in Knop}
# The figures that the page rests on: the published effect per knop, the shortage, and what regions share by.
EFFECT, TEKORT, WERKNEMERS, VERZUIM = "knop_effect", "tekort_verwacht", "aantal_werknemers", "verzuim"


@dataclass(frozen=True, slots=True)
class Opbrengst:
    """What a setting brings against one shortage, in persons: with overlap, without it, and what is left."""

    tekort: float
    met_overlap: float
    zonder_overlap: float

    @property
    def rest_minst(self) -> float:
        """The shortage that is left when nothing overlaps; never below zero."""
        return self.tekort - self.zonder_overlap

    @property
    def rest_meest(self) -> float:
        """The shortage that is left when the knoppen overlap."""
        return self.tekort - self.met_overlap


def effects(
    standen: Mapping[str, float], effect: Mapping[str, float], sleutel: Mapping[str, float]
) -> dict[str, float]:
    """Return the effect per knop in persons: realised share × share of the region × national effect.

    Args:
        standen: realised share per knop, 0 to 1; a knop that is not named is not used.
        effect: published national effect per knop in persons.
        sleutel: share of the region in the Netherlands per knop, 0 to 1.

    Raises:
        ValueError: a realised share lies outside 0 to 1, for which the source gives no effect.
    """
    for knop, stand in standen.items():
        if not 0 <= stand <= 1:
            raise ValueError(f"{knop}: {stand} ligt niet tussen 0 en 1")
    return {knop: standen.get(knop, 0.0) * sleutel[knop] * effect[knop] for knop in effect}


def combine(effecten: Mapping[str, float], tekort: float) -> Opbrengst:
    """Return what effects bring together against a shortage: overlapping, and simply added up.

    Added up is the upper end and stops at the shortage: more people than are needed is no result. Overlapping,
    each knop works on what the others leave: S × (1 − Π(1 − e/S)), a stylised rule and not a model.
    """
    if tekort <= 0:
        return Opbrengst(0.0, 0.0, 0.0)
    rest = math.prod(1 - min(effect / tekort, 1) for effect in effecten.values())
    return Opbrengst(tekort, tekort * (1 - rest), min(sum(effecten.values()), tekort))


def round_persons(personen: float, stap: int) -> int:
    """Round half up to whole steps: 500 for the country, 50 for a region."""
    return int(round_half_up(personen / stap)) * stap


def persons_text(personen: float, stap: int) -> str:
    """Write a rounded number of persons; what rounds to nothing but is something says so."""
    afgerond = round_persons(personen, stap)
    if afgerond == 0 and personen > 0:
        return f"minder dan {stap}"
    return getal(afgerond)


def range_text(van: float, tot: float, stap: int) -> str:
    """Write a range of persons, or one number where both ends round to the same."""
    eerste, laatste = persons_text(van, stap), persons_text(tot, stap)
    return eerste if eerste == laatste else f"{eerste} tot {laatste}"
