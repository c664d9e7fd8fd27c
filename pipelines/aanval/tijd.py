"""What changes tell: of an area that another area joined, and of one employer that came or went between publications.

Who knows that sizes drift a few percent a year, knows an area that joined another one from how much the other grew.
The attacker supposes that what did not join grew as the country did in that branche, at most 15 % either way, or not
at all. One employer is known from a correction in which every total changes by the same number of persons, and from
one of a whole table in which a cell changes by far more, or otherwise, than cells do in that correction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations
from statistics import median

from pipelines.aanval.aanval import Feit, Plek, true_side
from pipelines.aanval.audit_tabellen import Aanvalstabel
from pipelines.aanval.bevinding import Bevinding, name_of
from pipelines.aanval.gevoelig import safe_distance
from pipelines.aanval.gezien import TIEN, Reeks
from pipelines.afspraken.codelijsten import LAND, TOTAAL

# A5: how much an attacker thinks that an area can grow or shrink between two moments.
GROEI = 0.15
# A figure is known where it lies within so much.
BEKEND = 2 * TIEN
# A correction is one of the whole table from so many cells without parts, of which half or more changed.
HELE_TABEL = 8
# So many times the usual distance from the usual change stands out.
VER = 5.0
Leden = Mapping[date, Mapping[str, frozenset[str]]]
Tabellen = Mapping[Reeks, Aanvalstabel]


def find_by_area(tabellen: Tabellen, gevoelig: Mapping[Reeks, set[Plek]], leden: Leden) -> list[Bevinding]:
    """Return the hidden cells that follow from how an area grew when another joined or left it."""
    series: dict[tuple[str, str, str], list[Reeks]] = defaultdict(list)
    for reeks in tabellen:
        series[reeks[:3]].append(reeks)
    gevonden: dict[tuple[tuple[str, ...], Plek, str], Bevinding] = {}
    for reeksen in series.values():
        op_dag = sorted(reeksen, key=lambda r: (tabellen[r].dag, r))
        for vroeg, laat in combinations(op_dag, 2):
            for bevinding in _compare(vroeg, laat, tabellen, gevoelig, leden):
                gevonden.setdefault((bevinding.reeks, bevinding.plek, bevinding.kant), bevinding)
    return [gevonden[sleutel] for sleutel in sorted(gevonden)]


def _compare(
    vroeg: Reeks, laat: Reeks, tabellen: Tabellen, gevoelig: Mapping[Reeks, set[Plek]], leden: Leden
) -> Iterator[Bevinding]:
    toen, nu = tabellen[vroeg], tabellen[laat]
    daar, hier = leden[toen.dag], leden[nu.dag]
    for regio in sorted(daar.keys() & hier.keys()):
        erbij, eraf = hier[regio] - daar[regio], daar[regio] - hier[regio]
        if bool(erbij) == bool(eraf):
            continue
        for plek in sorted(p for p in toen.feiten.keys() & nu.feiten.keys() if p[0] == regio):
            for kant in ("teller", "noemer", "rest"):
                maten = _estimates(toen, nu, plek, kant, 1.0 if erbij else -1.0)
                for reeks, tabel, gebieden in ((vroeg, toen, daar), (laat, nu, hier)):
                    for doel in sorted(tabel.verborgen):
                        if doel[1] == plek[1] and gebieden.get(doel[0]) == (erbij or eraf):
                            maat = _hits(tabel, doel, kant, maten, gevoelig[reeks])
                            if maat is not None:
                                tekst = f"is ongeveer {maat:.0f}: zoveel veranderde {regio} met haar gebied"
                                yield Bevinding(
                                    name_of(reeks, tabel), doel, kant, f"{tekst} (buitenstaander)",
                                    is_nieuw=plek not in toen.verborgen | nu.verborgen, steunt_op=frozenset({plek}),
                                )  # fmt: skip


def _estimates(toen: Aanvalstabel, nu: Aanvalstabel, plek: Plek, kant: str, teken: float) -> list[float]:
    """Return how large the area that joined (or left) must be, if the rest did not grow, or grew as the country did."""
    voor, na = _find_side(toen, plek, kant), _find_side(nu, plek, kant)
    if voor is None or na is None:
        return []
    groei = [1.0]
    land = (LAND, plek[1])
    if land in toen.feiten and land in nu.feiten:
        was, werd = known_side(toen.feiten[land], kant), known_side(nu.feiten[land], kant)
        if was and werd is not None:
            groei.append(min(max(werd / was, 1 - GROEI), 1 + GROEI))
    return [maat for g in groei if (maat := teken * (na - voor * g)) > 0]


def _find_side(tabel: Aanvalstabel, plek: Plek, kant: str) -> float | None:
    """Return a side of a cell as shown, or added up from its parts, or as what its margin leaves."""
    getoond = known_side(tabel.feiten[plek], kant)
    if getoond is not None:
        return getoond
    for relatie in tabel.relaties:
        if not relatie.is_compleet or plek not in (relatie.rand, *relatie.delen):
            continue
        rand, *delen = (known_side(tabel.feiten[p], kant) for p in (relatie.rand, *relatie.delen) if p != plek)
        if plek == relatie.rand and None not in (rand, *delen):
            return sum(deel for deel in (rand, *delen) if deel is not None)
        if plek != relatie.rand and rand is not None and None not in delen:
            return rand - sum(deel for deel in delen if deel is not None)
    return None


def known_side(feit: Feit, kant: str) -> float | None:
    """Return the middle of what is known of a side, or None where it is not known as well as a shown figure."""
    if kant == "rest":
        teller, noemer = known_side(feit, "teller"), known_side(feit, "noemer")
        return None if teller is None or noemer is None else noemer - teller
    onder, boven = getattr(feit, kant)
    return (onder + boven) / 2 if boven - onder <= BEKEND else None


def _hits(tabel: Aanvalstabel, doel: Plek, kant: str, maten: list[float], gevoelig: set[Plek]) -> float | None:
    """Return the estimate that comes too near to the true count; nothing where that is not known."""
    waar = tabel.waarheid.get(doel)
    if waar is None:
        return None
    if doel not in gevoelig or (waar.noemer is None and kant != "teller"):
        return None
    echt = true_side(waar, kant)
    return next((maat for maat in maten if abs(maat - echt) < safe_distance(echt)), None)


def find_by_revision(tabellen: Tabellen) -> list[Bevinding]:
    """Return the changes between publications that are those of one cell, and so may be those of one employer.

    That is so when cells inside the table did not change, and every figure that did changed by the same number; and
    when most of them changed, and one stands out.
    """
    uit = []
    for reeks, tabel in sorted(tabellen.items()):
        is_stil = any(regio != LAND and branche != TOTAAL for regio, branche in tabel.gelijk)
        per_bron: dict[str, dict[Plek, dict[str, float]]] = defaultdict(dict)
        for plek, keren in tabel.veranderd.items():
            for keer in keren:
                per_bron[keer.publicatie][plek] = _steps(keer.toen, keer.nu)
        for publicatie, stappen in sorted(per_bron.items()):
            for kant in ("noemer", "teller"):
                alle = {plek: stap[kant] for plek, stap in stappen.items() if kant in stap}
                if is_stil and alle and max(alle.values()) - min(alle.values()) <= BEKEND:
                    plek = max(sorted(alle), key=lambda p: (p[0] != LAND) + (p[1] != TOTAAL))
                    tekst = (
                        f"verschilt {abs(alle[plek]):.0f} met publicatie {publicatie}, en niets anders verandert: "
                        "dat kan één werkgever zijn"
                    )
                    uit.append(
                        Bevinding(
                            name_of(reeks, tabel), plek, kant, tekst, publicatie=publicatie, steunt_op=frozenset(alle)
                        )
                    )
                    break
            uit += [
                Bevinding(
                    name_of(reeks, tabel), plek, kant, publicatie=publicatie, steunt_op=frozenset({plek}),
                    tekst=f"verschilt {stap:.0f} met publicatie {publicatie}, en alles anders veel minder: "
                    "dat kan één werkgever zijn",
                )
                for plek, kant, stap in _standing_out(tabel, publicatie)
            ]  # fmt: skip
    return uit


def _standing_out(tabel: Aanvalstabel, publicatie: str) -> list[tuple[Plek, str, float]]:
    """Return (cell, side, persons) of every change that lies far from how this whole table was corrected."""
    randen = {relatie.rand for relatie in tabel.relaties}
    uit: dict[Plek, tuple[str, float]] = {}
    for kant in ("noemer", "teller", "rest"):
        paren = {
            plek: (was, werd)
            for plek, keren in tabel.veranderd.items() for keer in keren
            if keer.publicatie == publicatie and plek not in randen
            and (was := known_side(keer.toen, kant)) and (werd := known_side(keer.nu, kant)) is not None
        }  # fmt: skip
        stil = {plek for plek in tabel.gelijk - paren.keys() - randen if known_side(tabel.eigen[plek], kant)}
        groei = sorted([*(werd / was - 1 for was, werd in paren.values()), *(0.0 for _ in stil)])
        if len(groei) < HELE_TABEL or len(paren) < len(stil):
            continue
        midden = median(groei)
        gewoon = median(abs(g - midden) for g in groei)
        for plek, (was, werd) in sorted(paren.items()):
            if abs(werd - was - midden * was) > max(VER * gewoon * was, BEKEND):
                uit.setdefault(plek, (kant, abs(werd - was)))
    return [(plek, *gevonden) for plek, gevonden in uit.items()]


def _steps(toen: Feit, nu: Feit) -> dict[str, float]:
    """Return by how much each count changed; nothing where it is the same within its rounding."""
    uit = {}
    for kant in ("teller", "noemer"):
        was, werd = known_side(toen, kant), known_side(nu, kant)
        if was is not None and werd is not None and was != werd:
            uit[kant] = werd - was
    return uit
