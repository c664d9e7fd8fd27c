"""What kept publications add to what an attacker knows of the tables that are about to be published.

A cell is the same in every publication by what it counts: indicator, uitsplitsing, regio, branche and periode,
whatever delivery it came from. Cells that only an earlier publication has join the table as they were: shown, and
so known, or hidden, and to be protected still. A period that was delivered per WGO before and per region now is
one table, in which WGO's are made of regions.

A cell that is shown with other counts than before shows a difference, which is a cell of its own: persons of one
employer, unless it is made of the differences of three parts or more of which none has over half, or is one among
many: where a supplier corrects a whole table, a difference that lies no further from the usual one than differences
usually lie tells no employer apart from all that changed besides. Where it may be one employer's the new counts are
hidden, for the old ones cannot be.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb
import numpy as np

from pipelines.afspraken.codelijsten import GETELD, sql_list
from pipelines.afspraken.warehouse.verbinding import open_alone
from pipelines.onthulling.stromen import Getallen, Masker
from pipelines.onthulling.verbanden import (  # fmt: skip
    TIENTAL,
    Cel,
    Sleutel,
    Voorouders,
    day_of,
    find_relations,
    key_of,
)

# A difference is not one employer's when it has so many parts, and none of more than this share.
MINSTE_DELEN = 3
GROOTSTE_DEEL = 0.5
# A table is corrected as a whole when it has so many cells without parts, and this part of them changed or more.
MINSTE_CELLEN = 8
DEEL_ANDERS = 0.5
# A difference is usual up to so many times the median distance to the median. That is two standard deviations: who
# takes all of it for one employer is half off, and a tenth is what a figure needs (A4).
GEWONE_AFSTAND = 3.0


Publicatie = tuple[Cel, ...]


def load_earlier(paden: Sequence[Path], indicatoren: Sequence[str], herkomst: str) -> list[Publicatie]:
    """Return per publication the cells of these indicators as it shows or hides them; those that are alike once.

    A publication that is damaged has none: nobody can read it.
    """
    uit: dict[Publicatie, None] = {}
    for pad in paden:
        with (
            contextlib.suppress(duckdb.Error),
            open_alone(pad) as oud,
        ):
            rijen = oud.execute(_CELLEN, [herkomst, list(indicatoren)]).fetchall()
            uit[tuple(Cel(*rij) for rij in rijen)] = None
    return list(uit)


def join_earlier(cellen: list[Cel], eerdere: Sequence[Publicatie], voorouders: Mapping[date, Voorouders]) -> list[Cel]:
    """Return the cells with what their differences tell, and after them those of the same tables published earlier."""
    tabellen: dict[tuple[str, str, str], list[Cel]] = defaultdict(list)
    for cel in cellen:
        tabellen[_table(cel)].append(cel)
    alleen_eerder: dict[Sleutel, Cel] = {}
    verschillen: dict[Sleutel, tuple[float, float]] = {}
    nieuw = {key_of(cel) for cel in cellen}
    for publicatie in eerdere:
        oud = {key_of(cel): cel for cel in publicatie if _table(cel) in tabellen}
        for tabel in tabellen.values():
            verschillen |= _telling_differences(tabel, oud, voorouders[day_of(tabel[0])])
        # A cell that is left out now was shown all the same; one that was hidden everywhere is so still.
        alleen_eerder |= {
            sleutel: cel for sleutel, cel in oud.items()
            if sleutel not in nieuw and not (cel.primair and sleutel in alleen_eerder)
        }  # fmt: skip
    return [
        *(cel._replace(verschil=verschillen.get(key_of(cel))) for cel in cellen),
        *(alleen_eerder[sleutel] for sleutel in sorted(alleen_eerder)),
    ]


def _table(cel: Cel) -> tuple[str, str, str]:
    return cel.indicator_id, cel.uitsplitsing, cel.periode


def _telling_differences(
    tabel: Sequence[Cel], oud: Mapping[Sleutel, Cel], voorouders: Voorouders
) -> dict[Sleutel, tuple[float, float]]:
    """Return per cell of one table how much numerator and rest differ from before, where that may be one employer's.

    Differences are those of what is shown, in tens: of one ten it may be a single person.
    """
    nummer = {(cel.regio_code, cel.branche_code): i for i, cel in enumerate(tabel)}
    per_kant, was = np.zeros((2, len(tabel))), np.zeros((2, len(tabel)))
    for i, cel in enumerate(tabel):
        eerder = oud.get(key_of(cel))
        if eerder is not None and not eerder.primair and eerder.teller is not None and cel.teller is not None:
            per_kant[:, i] = _difference(cel, eerder)
            was[:, i] = eerder.teller, (eerder.noemer or eerder.teller) - eerder.teller
    relaties = find_relations(tabel, nummer, voorouders)
    is_deel: Masker = np.logical_not((relaties < 0).any(axis=0))
    verraadt = np.zeros(len(tabel), dtype=bool)
    for kant, eerst, afgerond in zip(per_kant, was, (TIENTAL, 2 * TIENTAL), strict=True):
        verraadt |= (kant != 0) & ~_of_more(relaties, kant) & ~_usual(kant, eerst, is_deel, afgerond)
    return {key_of(cel): (float(per_kant[0, i]), float(per_kant[1, i])) for i, cel in enumerate(tabel) if verraadt[i]}


def _usual(verschil: Getallen, was: Getallen, is_deel: Masker, afgerond: float) -> Masker:
    """Return per place whether it changed about as all others did; never where few of the parts changed at all.

    `afgerond`: how far a difference of shown counts can be from the true one, for all who only see those.
    """
    vergeleken = is_deel & (was > 0)
    uit = np.zeros(len(verschil), dtype=bool)
    if vergeleken.sum() < MINSTE_CELLEN or (verschil[vergeleken] != 0).mean() < DEEL_ANDERS:
        return uit
    groei = verschil[vergeleken] / was[vergeleken]
    midden = float(np.median(groei))
    spreiding = float(np.median(np.abs(groei - midden)))
    ruimte = np.maximum(GEWONE_AFSTAND * spreiding * was, afgerond * (1 + abs(midden)))
    uit[:] = (was > 0) & (np.abs(verschil - midden * was) <= ruimte)
    return uit


def _difference(cel: Cel, oud: Cel) -> tuple[float, float]:
    """Return how much the shown numerator and rest of a cell would differ from before."""
    assert cel.teller is not None
    teller = _in_tens(cel.teller) - (oud.teller or 0.0)
    return teller, 0.0 if cel.noemer is None else _in_tens(cel.noemer) - (oud.noemer or 0.0) - teller


def _in_tens(aantal: float) -> float:
    return float(np.floor((aantal + TIENTAL / 2) / TIENTAL) * TIENTAL)


def _of_more(relaties: Getallen, verschil: Getallen) -> Masker:
    """Return per place whether its difference is made of those of enough parts, along any relation."""
    uit = np.zeros(len(verschil), dtype=bool)
    for relatie in relaties:
        delen = np.abs(verschil[relatie > 0])
        if (delen > 0).sum() >= MINSTE_DELEN and delen.max() <= GROOTSTE_DEEL * delen.sum():
            uit[int(np.argmin(relatie))] = True
    return uit


_CELLEN = f"""
select indicator_id, uitsplitsing, regio_code, niveau, branche_code, periode, peildatum, herkomst, teller, noemer,
       null, null, null,
       case when niveau = 'land' and branche_code = 'TOTAAL' then 'totaal' when niveau = 'land' then 'brancherand'
            when branche_code = 'TOTAAL' then 'regiorand' else 'kruis' end,
       status = 'onderdrukt' or teller is null
from waarneming
where herkomst = ? and list_contains(?, indicator_id) and categorie = '' and status in {sql_list(GETELD)}
order by all
"""
