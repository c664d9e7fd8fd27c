"""Secondary suppression: which cells go with the sensitive ones, so that none can be computed back (A3, A4).

The choice is one mixed integer programme per group of linked tables, solved by HiGHS: the cheapest set of cells
in which every eis has a stroom, whichever contributor takes away the cell that it knows. It starts from what
every relation asks (a hidden cell is never alone in it) and adds a snede wherever a stroom is missing. A large
group stops after some rounds; what is missing then is hidden as well, and what turns out not to be needed is
shown again. Every choice has been checked: it may hide more than the best one does, never less.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, partial

import numpy as np

from pipelines.onthulling.stromen import TOLERANTIE, Eis, Getallen, Masker, Vlak, find_snede, find_stroom, protection

# Up to this many places the best choice is sought to the end; above, for so many rounds.
KLEINE_GROEP = 100
RONDES_KLEIN = 200
RONDES_GROOT = 4
# What a choice may cost above the best of its round, and how long HiGHS may search: the same on every machine.
SPELING = 0.01
KNOPEN = 5000
# A hidden cell costs next to nothing to use again.
AL_VERBORGEN = 0.001

# How many times as large a stroom is made, and the room for arithmetic when it is made smaller, in persons.
VERSTE = 1e4
SPELING_STROOM = 1e-9

# A condition on the hidden places: their weights together are at least this.
Voorwaarde = tuple[Getallen, float]


@dataclass
class Groep:
    """Linked tables that hide the same places: what hiding each costs, and which are hidden in any case.

    `extra`: what the hidden places must meet besides. Hiding more places of positive weight is always enough.
    """

    vlakken: list[Vlak]
    kosten: Getallen
    gevoelig: Masker
    extra: list[Voorwaarde] = field(default_factory=list)

    def meets_extra(self, verborgen: Masker) -> bool:
        """Return whether these hidden places meet what is asked besides."""
        return all(float(gewichten @ verborgen) >= minstens for gewichten, minstens in self.extra)


@dataclass
class Verbergkeuze:
    """Which places are hidden, whether that is the best choice, and which eisen no choice can meet."""

    verborgen: Masker
    is_beste: bool
    onhaalbaar: list[Eis] = field(default_factory=list)


def choose_hidden(groep: Groep) -> Verbergkeuze:
    """Return a cheap set of places to hide in which every sensitive cell is protected."""
    verborgen = groep.gevoelig.copy()
    bewijzen = [_Bewijs(nummer, vlak) for nummer, vlak in enumerate(groep.vlakken)]
    voorwaarden = [*_first_conditions(groep), *groep.extra] if verborgen.any() else []
    is_klein = len(verborgen) - verborgen.sum() <= KLEINE_GROEP
    for _ in range(RONDES_KLEIN if is_klein else RONDES_GROOT):
        verborgen = _solve_master(groep, voorwaarden)
        nieuw = [snede for bewijs in bewijzen for snede in bewijs.cuts(verborgen)]
        if not nieuw:
            return Verbergkeuze(verborgen, True, _unmet(bewijzen))
        voorwaarden += nieuw
    extra = _hide_more(groep, bewijzen, verborgen)
    _show_again(groep, bewijzen, verborgen, extra)
    return Verbergkeuze(verborgen, False, _unmet(bewijzen))


class _Bewijs:
    """The stromen found for one table so far: one over hidden cells stays one when more cells are hidden.

    Made smaller it still is one, so that each is kept as far as it goes, and the other way around as well.
    """

    def __init__(self, nummer: int, vlak: Vlak) -> None:
        self.nummer, self.vlak = nummer, vlak
        self.stromen: list[Getallen] = []
        self.onhaalbaar: set[Eis] = set()
        self._afstanden = cache(partial(_distances, vlak))

    def learn(self, stroom: Getallen) -> list[Getallen]:
        """Keep what one stroom shows to be possible, and return that."""
        nieuw = [ver for richting in (stroom, -stroom) if (ver := _as_far_as_it_goes(self.vlak, richting)) is not None]
        self.stromen += nieuw
        return nieuw

    def cuts(self, verborgen: Masker) -> list[Voorwaarde]:
        """Return a snede per missing stroom: first for outsiders; for insiders when those have theirs."""
        uit = []
        for insiders in (False, True):
            for eis in self.missing(verborgen, insiders=insiders):
                snede = find_snede(self.vlak, verborgen, eis)
                if snede.sum() < 1:
                    self.onhaalbaar.add(eis)
                else:
                    uit.append((snede, 1.0))
            if uit:
                break
        return uit

    def missing(self, verborgen: Masker, *, insiders: bool = True) -> Iterator[Eis]:
        """Yield the eisen without a stroom when these places are hidden."""
        wie: list[int | None] = [None]
        if insiders:
            wie += [int(cel) for cel in np.flatnonzero(_has_insider(self.vlak) & verborgen)]
        geldig = _Geldig(self.vlak, verborgen, self.stromen)
        for plek in (int(p) for p in np.flatnonzero(self.vlak.gevoelig & ~self.vlak.bekend)):
            for insider in wie:
                for afstand in self._afstanden(plek, insider):
                    eis = Eis(self.nummer, plek, afstand, insider)
                    if eis not in self.onhaalbaar and not geldig.has(eis):
                        stroom = find_stroom(self.vlak, verborgen, eis)
                        if stroom is None:
                            yield eis
                        else:
                            geldig.add(self.learn(stroom))


def _as_far_as_it_goes(vlak: Vlak, stroom: Getallen) -> Getallen | None:
    """Return a stroom as large as the cells that fall allow, and its rounding; None where one of them cannot fall."""
    valt = stroom < 0
    ver = float(np.min(vlak.omlaag[valt] / -stroom[valt], initial=VERSTE))
    # What does not add up grows with it, and may not come to count.
    scheef = float(np.abs(vlak.relaties @ stroom).max(initial=0.0))
    ver = min(ver, TOLERANTIE / scheef) if scheef > 0 else ver
    return stroom * ver if ver > TOLERANTIE else None


class _Geldig:
    """The stromen of a table that move hidden cells only; what they show of one place is looked up once."""

    def __init__(self, vlak: Vlak, verborgen: Masker, stromen: list[Getallen]) -> None:
        self.vlak = vlak
        # What a contributor leaves room for in a cell of its own.
        self.ruimte = vlak.waarde - vlak.eigen + SPELING_STROOM
        alle = np.array(stromen) if stromen else np.zeros((0, len(verborgen)))
        self.stromen = alle[~(alle[:, ~verborgen] != 0).any(axis=1)]
        self.plek = -1
        self._van = self.stromen
        self._gezien: dict[float, tuple[bool, Masker]] = {}

    def add(self, stromen: list[Getallen]) -> None:
        """Add those that were found for these hidden cells."""
        self.stromen = np.vstack([self.stromen, *stromen])
        self.plek = -1

    def has(self, eis: Eis) -> bool:
        """Return whether one of them, made smaller or not, is a stroom for this eis."""
        if eis.plek != self.plek:
            self._look_up(eis.plek)
        if eis.afstand not in self._gezien:
            self._gezien[eis.afstand] = self._seen(eis.plek, eis.afstand)
        buiten, per_insider = self._gezien[eis.afstand]
        return buiten if eis.insider is None else bool(per_insider[eis.insider])

    def _look_up(self, plek: int) -> None:
        """Take those that move this place, and no other one that moves by itself alone."""
        van = self.stromen[self.stromen[:, plek] != 0]
        anderen = self.vlak.verankerd.copy()
        anderen[plek] = False
        self.plek, self._gezien = plek, {}
        self._van = van[~(van[:, anderen] != 0).any(axis=1)]

    def _seen(self, plek: int, afstand: float) -> tuple[bool, Masker]:
        """Return whether they move a place so far for an outsider, and for the contributor of each cell."""
        ver = self._van[:, plek] * np.sign(afstand) >= abs(afstand)
        stromen = self._van[ver] * (afstand / self._van[ver, plek])[:, None]
        kan = np.where(self.vlak.doorzien, stromen == 0, stromen >= -self.ruimte)
        return bool(ver.any()), kan.any(axis=0)


def _has_insider(vlak: Vlak) -> Masker:
    """Return the cells of which a contributor knows more than others do."""
    masker: Masker = vlak.doorzien | (vlak.waarde - vlak.eigen < vlak.omlaag)
    return masker


def _distances(vlak: Vlak, plek: int, insider: int | None) -> list[float]:
    """Return how far a cell must be able to move, up and down, for this insider; empty if it is all his own.

    Of a cell with his own persons in it only the others are secret.
    """
    rest = float(vlak.waarde[plek])
    if insider is not None:
        samen = vlak.relaties[:, plek] * vlak.relaties[:, insider] < 0
        is_deel = bool((samen & (vlak.relaties[:, plek] > 0)).any())
        if plek == insider or (is_deel and vlak.doorzien[insider]):
            return []
        if samen.any():
            # What does not fit in the rest of the larger cell is here.
            elders = max(0.0, float(vlak.waarde[insider]) - rest) if is_deel else 0.0
            rest -= max(0.0, float(vlak.eigen[insider]) - elders)
            if rest <= 0:
                return []
    op, neer = protection(rest)
    return [op, -neer] if neer > 0 else [op]


def _first_conditions(groep: Groep) -> list[Voorwaarde]:
    """Return what every relation asks: a sensitive cell has company there, whoever takes its own cell away."""
    aantal = len(groep.gevoelig)
    uit: dict[bytes, Voorwaarde] = {}
    for vlak in groep.vlakken:
        los = ~vlak.bekend & ~vlak.verankerd
        for relatie in vlak.relaties:
            leden = np.flatnonzero(relatie)
            for cel in (int(c) for c in leden if vlak.gevoelig[c] and not vlak.bekend[c]):
                wie = [int(v) for v in leden if vlak.doorzien[v] and groep.gevoelig[v]]
                for insider in (None, *(v for v in wie if _distances(vlak, cel, v))):
                    anderen = [c for c in leden if los[c] and c not in (cel, insider)]
                    if anderen and not groep.gevoelig[anderen].any():
                        snede = np.zeros(aantal)
                        snede[anderen] = 1.0
                        uit[snede.tobytes()] = (snede, 1.0)
    return [*uit.values(), *_bridges(groep)]


def _bridges(groep: Groep) -> Iterator[Voorwaarde]:
    """Yield, per place and relation: if hidden, then not the only one. Of one margin the widest relations count."""
    per_rand: dict[int, list[Masker]] = defaultdict(list)
    for relatie in {relatie.tobytes(): relatie for vlak in groep.vlakken for relatie in vlak.relaties}.values():
        per_rand[int(np.argmin(relatie))].append(relatie != 0)
    for relaties in per_rand.values():
        breed = [a for a in relaties if not any(a is not b and not (a & ~b).any() for b in relaties)]
        for leden in breed:
            for lid in np.flatnonzero(leden & ~groep.gevoelig):
                samen = leden.astype(float)
                samen[lid] = -1.0
                yield samen, 0.0


def _solve_master(groep: Groep, voorwaarden: list[Voorwaarde]) -> Masker:
    """Return the cheapest places that meet the conditions; all of them when HiGHS finds none."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    aantal = len(groep.kosten)
    eisen = []
    if voorwaarden:
        tabel = csr_array(np.vstack([gewichten for gewichten, _ in voorwaarden]))
        eisen = [LinearConstraint(tabel, np.array([minstens for _, minstens in voorwaarden]), np.inf)]
    uit = milp(
        groep.kosten,
        constraints=eisen,
        integrality=np.ones(aantal),
        bounds=Bounds(groep.gevoelig.astype(float), np.ones(aantal)),
        options={"mip_rel_gap": SPELING, "node_limit": KNOPEN},
    )
    verborgen: Masker = np.ones(aantal, dtype=bool) if uit.x is None else uit.x > 0.5
    return verborgen


def _hide_more(groep: Groep, bewijzen: list[_Bewijs], verborgen: Masker) -> list[int]:
    """Hide, in place, what every missing stroom needs, the cheapest first; return which places those are."""
    voor = verborgen.copy()
    alles = np.ones(len(verborgen), dtype=bool)
    for bewijs in bewijzen:
        for eis in bewijs.missing(verborgen):
            per_persoon = np.clip(bewijs.vlak.omlaag, 1.0, abs(eis.afstand))
            prijs = np.where(verborgen, AL_VERBORGEN, groep.kosten) / per_persoon
            stroom = find_stroom(bewijs.vlak, alles, eis, prijs)
            if stroom is None:
                bewijs.onhaalbaar.add(eis)
            else:
                bewijs.learn(stroom)
                verborgen |= stroom != 0
    while not groep.meets_extra(verborgen):
        for gewichten, minstens in groep.extra:
            if float(gewichten @ verborgen) < minstens:
                verborgen |= gewichten > 0
    return [int(plek) for plek in np.flatnonzero(verborgen & ~voor)]


def _show_again(groep: Groep, bewijzen: list[_Bewijs], verborgen: Masker, extra: list[int]) -> None:
    """Show, in place, each of these places without which all eisen still have a stroom, the dearest first."""
    for plek in sorted(extra, key=lambda i: (-groep.kosten[i], i)):
        verborgen[plek] = False
        mist = any(next(bewijs.missing(verborgen), None) is not None for bewijs in bewijzen)
        verborgen[plek] = mist or not groep.meets_extra(verborgen)


def _unmet(bewijzen: list[_Bewijs]) -> list[Eis]:
    return sorted((eis for bewijs in bewijzen for eis in bewijs.onhaalbaar), key=str)
