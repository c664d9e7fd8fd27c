"""One side of a balance says nothing by itself: it has a change only where the other side and the saldo have it too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.lezen.rijen import Indicator, Trendbreuk, Waarneming
from app.oordeel.reeksen import Verandering, change

EEN_KANT = "één kant van een balans: de andere kant of het saldo is niet te vergelijken"


def others(catalogus: Mapping[str, Indicator], naam: str) -> list[str]:
    """Return the other side and the saldo of one side of a balance; nothing of what is no side."""
    saldo = catalogus[naam].balans
    return [n for n, i in catalogus.items() if saldo and n != naam and saldo in (n, i.balans)]


def is_alone(stap: Verandering, anderen: Sequence[Sequence[Waarneming]], breuken: Sequence[Trendbreuk]) -> bool:
    """Whether one of the other series has no change between the same two periods."""
    for reeks in anderen:
        per = {r.periode: r for r in reeks}
        tot = per.get(stap.tot.periode)
        if tot is None or not isinstance(change(per.get(stap.van.periode), tot, breuken), Verandering):
            return True
    return False
