"""The dekkingsgraad per branche at two moments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.lezen.rijen import Branche, Waarneming
from app.oordeel.reeksen import select_series
from app.oordeel.vergelijken.twee_momenten import Paar, moment_name
from pipelines.afspraken.codelijsten import LAND

INDICATOR = "dekkingsgraad"


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
    namen = [moment_name(landelijk, periode) for periode in (eerste, laatste)]
    return paren, (namen[0], namen[1])
