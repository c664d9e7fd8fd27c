"""Linked tables of confidential cells: what adds up to what, and what each sensitive cell needs.

The attacker that is guarded against knows every shown figure exactly, and how many persons count in two places:
then figures of unique persons add up as all others do. A real attacker knows less (rounded figures, a margin
between the largest part and the sum of the parts), so for him every interval is wider. A table that lacks parts
is treated as if he knew those too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import duckdb
import numpy as np

from pipelines.afspraken.codelijsten import GEHELEN, GETELD, TOTAAL, Niveau, sql_list
from pipelines.afspraken.indicatoren import Indicator
from pipelines.afspraken.schrift.perioden import parse_periode
from pipelines.onthulling.stromen import BESCHERMING_KLEIN, KLEIN, Getallen, Masker, Vlak
from pipelines.onthulling.verbergen import Groep

# How far an attacker thinks that a count of unique persons can fall: less, and a total could be below its parts.
VAL_UNIEK = 0.5
# What hiding a cell costs: margins stay while there is another way (A3). A large cell costs up to a fifth more.
KOSTEN = {"kruis": 1.0, "regiorand": 8.0, "brancherand": 25.0, "totaal": 100.0}
OPSLAG_WGO = 0.1
OPSLAG_GROOT = 0.2
# Counts are shown in tens (A7).
TIENTAL = 10
# A5: a place is shown again after so many safe periods.
VEILIGE_PERIODEN = 2

Plek = tuple[str, str]
Voorouders = Mapping[str, Collection[str]]
Werkgevers = tuple[float | None, float | None, float | None]


class Cel(NamedTuple):
    """One confidential cell, unprotected."""

    indicator_id: str
    uitsplitsing: str
    regio_code: str
    niveau: str
    branche_code: str
    periode: str
    peildatum: date | None
    herkomst: str
    teller: float | None
    noemer: float | None
    werkgevers: float | None
    grootste: float | None
    tweede: float | None
    deel: str
    primair: bool
    # Employers, and the two largest, of the members and of the others; None where they were not delivered.
    leden: Werkgevers = (None, None, None)
    niet_leden: Werkgevers = (None, None, None)
    # Numerator and rest against an earlier publication, where that may be one employer's (see eerder.py).
    verschil: tuple[float, float] | None = None
    # Of another indicator that counts the same persons (see tellingen.py).
    gekoppeld: bool = False


Sleutel = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Kennis:
    """What an attacker knows besides the tables that are about to be published.

    `gezien`: (indicator, uitsplitsing, regio, branche, periode) shown in an earlier publication that is kept.
    `verhouding`: the same of ratios that others publish.
    """

    gezien: frozenset[Sleutel] = frozenset()
    verhouding: frozenset[Sleutel] = frozenset()


def load_cellen(con: duckdb.DuckDBPyConnection) -> list[Cel]:
    """Return every confidential cell that has a figure, or one that the supplier hides, in a fixed order."""
    rijen = con.execute(
        f"""
        select indicator_id, uitsplitsing, regio_code, niveau, branche_code, periode, peildatum, herkomst, teller,
               noemer, werkgevers, grootste_werkgever, tweede_werkgever, deel_van(niveau, branche_code), primair,
               werkgevers_leden, grootste_lid, tweede_lid, werkgevers_niet_leden, grootste_niet_lid, tweede_niet_lid
        from cel
        where (indicator_id in (select indicator_id from vertrouwelijk)
               or levering_id in (select levering_id from geheime_levering))
              and status in {sql_list(GETELD)}
        order by all
        """
    ).fetchall()
    return [Cel(*rij[:15])._replace(leden=rij[15:18], niet_leden=rij[18:]) for rij in rijen]


def load_voorouders(con: duckdb.DuckDBPyConnection, dag: date) -> dict[str, set[str]]:
    """Return per region the regions it lies in on this day."""
    lid: dict[str, set[str]] = defaultdict(set)
    vraag = "select regio_code, ouder_code from voorouder where ? between van and tot and regio_code <> ouder_code"
    for regio, ouder in con.execute(vraag, [dag]).fetchall():
        lid[regio].add(ouder)
    return lid


def day_of(cel: Cel) -> date:
    """Return the day a cell is about: its peildatum, or the last day of its period."""
    if cel.peildatum is not None:
        return cel.peildatum
    periode = parse_periode(cel.periode)
    assert periode is not None, cel.periode
    return periode.eind


def make_groep(
    cellen: list[Cel],
    indicatoren: Mapping[str, Indicator],
    voorouders: Mapping[date, Voorouders],
    kennis: Kennis,
) -> tuple[list[Plek], Groep]:
    """Return the places of one group of linked cells, and its tables: one per indicator, period and side.

    The sides are the numerator and the rest (denominator − numerator); the denominator moves with both.
    """
    plekken = sorted({(cel.regio_code, cel.branche_code) for cel in cellen})
    nummer = {plek: i for i, plek in enumerate(plekken)}
    vrijgegeven = find_released(cellen)
    gevoelig = np.zeros(len(plekken), dtype=bool)
    gevoelig[[nummer[cel.regio_code, cel.branche_code] for cel in cellen if cel.primair or cel.verschil]] = True
    tabellen: dict[tuple[str, str, str], list[Cel]] = defaultdict(list)
    for cel in cellen:
        tabellen[cel.indicator_id, cel.uitsplitsing, cel.periode].append(cel)
    vlakken: dict[bytes, Vlak] = {}
    for (indicator_id, *_), tabel in sorted(tabellen.items()):
        relaties = find_relations(tabel, nummer, voorouders[day_of(tabel[0])])
        samenhang = _Samenhang(nummer, relaties, indicatoren[indicator_id].optelbaar)
        for kant in ("teller", "rest") if any(cel.noemer is not None for cel in tabel) else ("teller",):
            vlak = _make_vlak(tabel, kant, samenhang, gevoelig, vrijgegeven, kennis)
            vlakken[vlak.as_bytes()] = vlak
    return plekken, Groep(list(vlakken.values()), _costs(cellen, nummer), gevoelig)


def key_of(cel: Cel) -> Sleutel:
    """Return by what a cell is known in every publication."""
    return cel.indicator_id, cel.uitsplitsing, cel.regio_code, cel.branche_code, cel.periode


def find_released(cellen: list[Cel]) -> set[tuple[str, str, str]]:
    """Return (regio, branche, periode) to show although the place was sensitive before (A5).

    A place stays hidden in all its periods until two of them in a row are safe; those, and later ones, are shown.
    What is hidden for its difference from an earlier publication alone, is so in its own period alone.
    """
    reeksen: dict[Plek, dict[date, list[Cel]]] = defaultdict(lambda: defaultdict(list))
    for cel in (cel for cel in cellen if not cel.gekoppeld):
        reeksen[cel.regio_code, cel.branche_code][day_of(cel)].append(cel)
    vrij, sinds = set(), {}
    for (regio, branche), reeks in reeksen.items():
        gevoelig = [dag for dag, groep in reeks.items() if any(cel.primair for cel in groep)]
        later = [dag for dag in reeks if gevoelig and dag > max(gevoelig)]
        if len(later) >= VEILIGE_PERIODEN:
            vrij |= {(regio, branche, cel.periode) for dag in later for cel in reeks[dag]}
            sinds[regio, branche] = min(later)
        elif not gevoelig and any(cel.verschil for groep in reeks.values() for cel in groep):
            vrij |= {(regio, branche, cel.periode) for groep in reeks.values() for cel in groep}
    vrij |= {
        (*plek, cel.periode) for cel in cellen
        if cel.gekoppeld and (plek := (cel.regio_code, cel.branche_code)) in sinds and day_of(cel) >= sinds[plek]
    }  # fmt: skip
    return vrij - {(cel.regio_code, cel.branche_code, cel.periode) for cel in cellen if cel.verschil}


def find_relations(tabel: Sequence[Cel], nummer: Mapping[Plek, int], voorouders: Voorouders) -> Getallen:
    """Return what adds up to what: branches to TOTAAL, and regions of each level to every region around them."""
    delen: dict[tuple[int, str], list[int]] = defaultdict(list)
    aanwezig = {(cel.regio_code, cel.branche_code) for cel in tabel}
    for cel in tabel:
        plek = nummer[cel.regio_code, cel.branche_code]
        if cel.branche_code not in GEHELEN and (cel.regio_code, TOTAAL) in aanwezig:
            delen[nummer[cel.regio_code, TOTAAL], ""].append(plek)
        for ouder in voorouders.get(cel.regio_code, ()):
            if (ouder, cel.branche_code) in aanwezig:
                delen[nummer[ouder, cel.branche_code], cel.niveau].append(plek)
    relaties = np.zeros((len(delen), len(nummer)))
    for rij, ((rand, _), plekken) in enumerate(sorted(delen.items())):
        relaties[rij, plekken] = 1.0
        relaties[rij, rand] = -1.0
    return relaties


class _Samenhang(NamedTuple):
    """How the cells of one table hang together: their numbers, what adds up to what, and whether totals are sums."""

    nummer: Mapping[Plek, int]
    relaties: Getallen
    is_optelbaar: bool


def _make_vlak(
    tabel: list[Cel],
    kant: str,
    samenhang: _Samenhang,
    gevoelig: Masker,
    vrijgegeven: Collection[tuple[str, str, str]],
    kennis: Kennis,
) -> Vlak:
    """Return one side of one table: the counts, what protects the sensitive ones, and what is known anyway."""
    nummer, relaties, is_optelbaar = samenhang
    aantal = len(nummer)
    x, eigen, is_gevoelig, verankerd, doorzien = (np.zeros(aantal, t) for t in (float, float, bool, bool, bool))
    bekend = np.ones(aantal, dtype=bool)
    onbekend = []
    for cel in tabel:
        i = nummer[cel.regio_code, cel.branche_code]
        is_vrij = (cel.regio_code, cel.branche_code, cel.periode) in vrijgegeven
        waarde = _side(cel, kant)
        is_gevoelig[i] = gevoelig[i] and not is_vrij
        bekend[i] = is_vrij or key_of(cel) in kennis.gezien
        verankerd[i] = key_of(cel) in kennis.verhouding
        if waarde is None:
            onbekend.append(i)
            continue
        # A balance may be negative: what is secret is how large it is.
        x[i] = waarde = abs(waarde)
        if cel.verschil is not None:
            # Of the count itself the earlier one is known: what is secret is the difference.
            x[i] = abs(cel.verschil[kant == "rest"])
            is_gevoelig[i] = x[i] > 0
            bekend[i] = not is_gevoelig[i]
            continue
        aantal_werkgevers, *groten = _employers(cel, kant)
        doorzien[i] = aantal_werkgevers == 1 or (waarde > 0 and waarde in groten)
        # An employer knows on which side it stands, and that this is at least its own.
        eigen[i] = waarde if doorzien[i] else max((w for w in groten if w is not None and w < waarde), default=0.0)
    x[onbekend] = [_estimate(i, x, relaties, onbekend) for i in onbekend]
    val = x if is_optelbaar else np.maximum(VAL_UNIEK * x, np.minimum(x, BESCHERMING_KLEIN))
    return Vlak(relaties, x, val, is_gevoelig, bekend, verankerd, eigen, doorzien)


def _employers(cel: Cel, kant: str) -> Werkgevers:
    """Return the employers and the two largest of a side; of the whole cell where those of the side are unknown."""
    eigen = cel.leden if kant == "teller" else cel.niet_leden
    return (cel.werkgevers, cel.grootste, cel.tweede) if cel.noemer is None or eigen[1] is None else eigen


def _side(cel: Cel, kant: str) -> float | None:
    if kant == "teller" or cel.teller is None:
        return cel.teller
    return None if cel.noemer is None else cel.noemer - cel.teller


def _estimate(plek: int, x: Getallen, relaties: Getallen, onbekend: list[int]) -> float:
    """Return about how large a cell is that is hidden: what its parts are together, or what they leave, shared out."""
    for relatie in relaties[relaties[:, plek] < 0]:
        if not relatie[[i for i in onbekend if i != plek]].any():
            return float(relatie @ x)
    for relatie in relaties[relaties[:, plek] > 0]:
        rest = -float(relatie @ x)
        if rest > 0:
            return rest / int((relatie[onbekend] > 0).sum())
    return float(KLEIN)


def _costs(cellen: list[Cel], nummer: Mapping[Plek, int]) -> Getallen:
    omvang: dict[Plek, float] = defaultdict(float)
    for cel in cellen:
        plek = (cel.regio_code, cel.branche_code)
        omvang[plek] = max(omvang[plek], cel.noemer or cel.teller or 0.0)
    grootste = max([*omvang.values(), 1.0])
    kosten = np.zeros(len(nummer))
    for cel in cellen:
        plek = (cel.regio_code, cel.branche_code)
        basis = KOSTEN[cel.deel] + (OPSLAG_WGO if cel.niveau == Niveau.WGO else 0.0)
        kosten[nummer[plek]] = basis * (1 + OPSLAG_GROOT * (omvang[plek] / grootste) ** 0.5)
    return kosten
