"""The change of a figure of a dossier since the one before it, where there is one that may be told."""

from __future__ import annotations

from collections.abc import Sequence

from app.lezen.rijen import Indicator, Waarneming
from app.oordeel import balans, benaming
from app.oordeel.gesprek.gespreksgegevens import Regiogegevens
from app.oordeel.programma import ambities
from app.oordeel.reeksen import Verandering, change, earlier_partner, no_partner


def last_step(gegevens: Regiogegevens, reeks: Sequence[Waarneming], indicator: Indicator) -> Verandering | str:
    """Return the change between the last figure of a series and its earlier partner, or in words why there is none.

    Of what is not counted only where a test tells the two apart; of one side of a balance only with the other side.
    """
    rij = reeks[-1]
    eerder = earlier_partner(reeks, rij)
    if eerder is None and not rij.is_voorbeeld:
        alle = gegevens.eigen.get(indicator.indicator_id, ())
        return benaming.other_scenarios(rij, alle, indicator.eenheid) or no_partner(reeks, rij)
    stap = change(eerder, rij, gegevens.breuken, gegevens.verschillen)
    if isinstance(stap, Verandering) and not ambities.is_counted(rij):
        stap = ambities.tested_change(stap, gegevens.verschillen)
    if not isinstance(stap, Verandering):
        return stap.reden
    anderen = [
        gegevens.series(n) or gegevens.survey_series(n)
        for n in balans.others(gegevens.indicatoren, indicator.indicator_id)
    ]
    return balans.EEN_KANT if balans.is_alone(stap, anderen, gegevens.breuken) else stap
