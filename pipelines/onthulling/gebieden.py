"""Areas that change: what a period before and one after it tell of each other.

When WGO07 joins WGO06, the new WGO06 is the two of before; who subtracts the old WGO06 from it has about the old
WGO07. About, for areas grow. A difference between before and after of up to GROEI of the area counts as growth
that an attacker expects, and then the subtraction as a good estimate; a larger one misleads him.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations

import numpy as np

from pipelines.onthulling.verbanden import Cel, Plek, Voorouders, day_of
from pipelines.onthulling.verbergen import Groep, Voorwaarde

# What an attacker supposes that an area grows or shrinks at most between two periods.
GROEI = 0.15
# Areas are told apart by the regions they are made of.
_DEEL = "RA"


def link_areas(
    groep: Groep, plekken: Sequence[Plek], cellen: Sequence[Cel], voorouders: Mapping[date, Voorouders]
) -> None:
    """Add to a group what its changes of area ask: a place is not hidden where the others give it away.

    Places that make up a new area, or a part of one, with a sensitive place are sensitive as well.
    """
    nummer = {plek: i for i, plek in enumerate(plekken)}
    for leden in dict.fromkeys(_changes(cellen, voorouders)):
        plaatsen = [nummer[plek] for plek in leden]
        keren = {plek: plaatsen.count(plek) for plek in plaatsen}
        for plek in (p for p, aantal in keren.items() if aantal == 1):
            anderen = [ander for ander in keren if ander != plek]
            if groep.gevoelig[plek]:
                _make_sensitive(groep, anderen)
            else:
                groep.extra.append(_never_alone(len(plekken), plek, anderen))


def _make_sensitive(groep: Groep, plekken: Sequence[int]) -> None:
    groep.gevoelig[plekken] = True
    for vlak in groep.vlakken:
        vlak.gevoelig[plekken] = (vlak.waarde[plekken] > 0) & ~vlak.bekend[plekken]


def _never_alone(aantal: int, plek: int, anderen: Sequence[int]) -> Voorwaarde:
    gewichten = np.zeros(aantal)
    gewichten[anderen] = 1.0
    gewichten[plek] = -1.0
    return gewichten, 0.0


def _changes(cellen: Sequence[Cel], voorouders: Mapping[date, Voorouders]) -> Iterator[tuple[Plek, ...]]:
    """Yield the places that are the same regions before and after a change; one that stays comes twice."""
    reeksen: dict[tuple[str, str, str], dict[date, dict[Plek, Cel]]] = defaultdict(lambda: defaultdict(dict))
    for cel in cellen:
        reeks = reeksen[cel.indicator_id, cel.uitsplitsing, cel.niveau]
        reeks[day_of(cel)][cel.regio_code, cel.branche_code] = cel
    for reeks in reeksen.values():
        for eerst, dan in combinations(sorted(reeks), 2):
            gebieden = [_areas(reeks[dag], voorouders[dag]) for dag in (eerst, dan)]
            for voor, na in _same_regions(*gebieden):
                for branche in sorted({branche for _, branche in reeks[dan]}):
                    oud, nieuw = [(r, branche) for r in voor], [(r, branche) for r in na]
                    is_geleverd = reeks[eerst].keys() >= set(oud) and reeks[dan].keys() >= set(nieuw)
                    if is_geleverd and _grew_little([reeks[eerst][p] for p in oud], [reeks[dan][p] for p in nieuw]):
                        yield (*oud, *nieuw)


def _areas(cellen: Collection[Plek], voorouders: Voorouders) -> dict[str, frozenset[str]]:
    """Return the regions of each area that was delivered."""
    geleverd = {regio for regio, _ in cellen}
    delen = defaultdict(set)
    for regio, ouders in voorouders.items():
        if regio.startswith(_DEEL):
            for ouder in geleverd & set(ouders):
                delen[ouder].add(regio)
    return {gebied: frozenset(regios) for gebied, regios in delen.items()}


def _same_regions(
    voor: Mapping[str, frozenset[str]], na: Mapping[str, frozenset[str]]
) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the smallest sets of areas before and after that are the same regions, where an area changed."""
    over = {gebied for gebied in {*voor, *na} if voor.get(gebied) != na.get(gebied)}
    while over:
        regios: frozenset[str] = frozenset()
        nieuw = next(deel[gebied] for gebied in sorted(over) for deel in (voor, na) if gebied in deel)
        while nieuw != regios:
            regios = nieuw
            raakt = [deel for kaart in (voor, na) for deel in kaart.values() if deel & regios]
            nieuw = regios.union(*raakt)
        oud, later = (sorted(g for g, deel in kaart.items() if deel <= regios) for kaart in (voor, na))
        over -= {*oud, *later}
        if all(regios == frozenset().union(*(kaart[g] for g in deel)) for kaart, deel in ((voor, oud), (na, later))):
            yield oud, later


def _grew_little(voor: Sequence[Cel], na: Sequence[Cel]) -> bool:
    """Return whether an attacker's subtraction comes near; where counts are not known it is supposed to."""
    if any(cel.teller is None for cel in (*voor, *na)):
        return True
    som_voor, som_na = (sum(cel.noemer or cel.teller or 0.0 for cel in cellen) for cellen in (voor, na))
    return abs(som_na - som_voor) <= GROEI * som_voor
