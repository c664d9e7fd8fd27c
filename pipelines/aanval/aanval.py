"""One attack: which figures agree with all that an attacker has seen of a table of confidential counts.

The unknowns are the numerator and the denominator of every cell. A shown figure lies within its rounding, a
hidden one anywhere. Where figures add up, parts are equal to their margin; persons that are counted once give
bounds: a margin is at least each of its parts and at most their sum. An attacker also sees in the shown figures
how much smaller a margin usually is than the sum of its parts, and supposes the same of the hidden ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.aanval.geheel import Cel, Tegenspraak, tighten

Vector = NDArray[np.float64]
Plek = tuple[str, str]
KANTEN = ("teller", "noemer", "aandeel")
RUIMTE = 1e-4


@dataclass
class Feit:
    """What is known of one cell: bounds of numerator, denominator and ratio; open where nothing is."""

    teller: tuple[float, float] = (0.0, np.inf)
    noemer: tuple[float, float] = (0.0, np.inf)
    aandeel: tuple[float, float] = (0.0, 1.0)

    def sharpen(self, ander: Feit) -> None:
        """Take over what another publication says of the same cell."""
        for naam in KANTEN:
            (a, b), (c, d) = getattr(self, naam), getattr(ander, naam)
            if max(a, c) <= min(b, d):
                setattr(self, naam, (max(a, c), min(b, d)))

    def agrees(self, ander: Feit) -> bool:
        """Return whether both can be said of the same counts."""
        paren = [(getattr(self, naam), getattr(ander, naam)) for naam in KANTEN]
        return all(max(a, c) <= min(b, d) for (a, b), (c, d) in paren)

    def copy(self) -> Feit:
        """Return the same facts apart."""
        return Feit(self.teller, self.noemer, self.aandeel)


class Relatie(NamedTuple):
    """A margin and its parts; `soort` groups relations that overlap alike; complete or perhaps not."""

    rand: Plek
    delen: tuple[Plek, ...]
    soort: str
    is_compleet: bool


class Werkgevers(NamedTuple):
    """How many employers there are, and how many persons the two largest have."""

    aantal: float
    grootste: float
    tweede: float


@dataclass
class Waarheid:
    """The true counts of a cell, and those of its employers (persons; None where unknown), also per side."""

    teller: float
    noemer: float | None
    werkgevers: float | None = None
    grootste: float | None = None
    tweede: float | None = None
    leden: Werkgevers | None = None
    niet_leden: Werkgevers | None = None
    is_aandeel: bool = True


class Doelwit(NamedTuple):
    """A side of a cell that must be able to lie `afstand` from its true value (negative: below)."""

    plek: Plek
    kant: str
    waarde: float
    afstand: float


class Weet(NamedTuple):
    """What an insider knows of a side of a cell: its bounds."""

    plek: Plek
    kant: str
    onder: float
    boven: float


@dataclass
class Aanval:
    """A system of inequalities over the cells of one table; see the module. `is_geheel`: its counts are persons."""

    feiten: Mapping[Plek, Feit]
    relaties: Sequence[Relatie]
    is_optelbaar: bool
    heeft_noemer: bool
    waarheid: Mapping[Plek, Waarheid] = field(default_factory=dict)
    is_aandeel: bool = True
    is_geheel: bool = False

    def __post_init__(self) -> None:
        """Write the system down."""
        self.werelden: list[Mapping[str, Vector]] = []
        self.plekken = sorted(self.feiten)
        self.nummer = {plek: i for i, plek in enumerate(self.plekken)}
        self.aantal = len(self.plekken) * (2 if self.heeft_noemer else 1)
        self.rijen: list[tuple[dict[int, float], float]] = []
        self.gelijk: list[tuple[dict[int, float], float]] = []
        self._add_cells()
        van_cellen = len(self.rijen)
        self._add_relations()
        if self.is_geheel:
            self._count_whole(self.rijen[van_cellen:])
        self.ongelijk = make_matrix(self.rijen, self.aantal)
        self.gelijkheid = make_matrix(self.gelijk, self.aantal)

    @property
    def kanten(self) -> tuple[str, ...]:
        """Return the sides of a cell that can be told."""
        if not self.heeft_noemer:
            return ("teller",)
        return ("teller", "noemer", "rest") if self.is_aandeel else ("teller", "noemer")

    def form(self, plek: Plek, kant: str, maal: float = 1.0) -> dict[int, float]:
        """Return a side of a cell as a sum of unknowns."""
        i = self.nummer[plek]
        helft = len(self.plekken)
        vormen = {"teller": {i: maal}, "noemer": {helft + i: maal}, "rest": {helft + i: maal, i: -maal}}
        return vormen[kant]

    def _add_cells(self) -> None:
        self.onder, self.boven = np.zeros(self.aantal), np.full(self.aantal, np.inf)
        for plek, feit in self.feiten.items():
            for kant in ("teller", "noemer") if self.heeft_noemer else ("teller",):
                (plaats,) = self.form(plek, kant)
                self.onder[plaats], self.boven[plaats] = getattr(feit, kant)
            if self.heeft_noemer:
                teller, noemer = self.form(plek, "teller"), self.form(plek, "noemer")
                laag, hoog = feit.aandeel
                if np.isfinite(hoog):
                    self.rijen.append(({**teller, **{k: -hoog * v for k, v in noemer.items()}}, 0.0))
                if np.isfinite(laag):
                    self.rijen.append(
                        ({**{k: -v for k, v in teller.items()}, **{k: laag * v for k, v in noemer.items()}}, 0.0)
                    )

    def _add_relations(self) -> None:
        overlap = self._learn_overlap()
        for relatie in self.relaties:
            for kant in self.kanten:
                som = self._sum(relatie, kant)
                if self.is_optelbaar and relatie.is_compleet:
                    self.gelijk.append((som, 0.0))
                    continue
                if kant != "rest":
                    for deel in relatie.delen:
                        self.rijen.append((self._add(self.form(deel, kant), self.form(relatie.rand, kant, -1.0)), 0.0))
                if relatie.is_compleet and not self.is_optelbaar:
                    # No margin is more than its parts together, and it is less by about as much as elsewhere.
                    laag, hoog = self._range_of(relatie, kant, overlap)
                    self.rijen.append(
                        (self._add({k: -v for k, v in som.items()}, self.form(relatie.rand, kant, laag)), 0.0)
                    )
                    if np.isfinite(hoog):
                        self.rijen.append((self._add(som, self.form(relatie.rand, kant, -hoog)), 0.0))

    def _count_whole(self, verbanden: Sequence[tuple[dict[int, float], float]]) -> None:
        """Sharpen the bounds by what whole persons leave; not where others round otherwise, and nothing is left."""
        if not self.plekken:
            return
        helft = len(self.plekken) if self.heeft_noemer and self.is_aandeel else 0
        cellen = [Cel(nummer, nummer + helft, self.feiten[p].aandeel) for p, nummer in self.nummer.items() if helft]
        beide = [
            *verbanden, *self.gelijk, *(({k: -v for k, v in rij.items()}, -waarde) for rij, waarde in self.gelijk),
        ]  # fmt: skip
        try:
            grenzen, resten = tighten(list(zip(self.onder, self.boven, strict=True)), beide, cellen)
        except Tegenspraak:
            return
        self.onder, self.boven = (np.array(kant, dtype=float) for kant in zip(*grenzen, strict=True))
        for cel, (laag, hoog) in zip(cellen, resten, strict=True):
            if np.isfinite(hoog):
                self.rijen.append(({cel.noemer: 1.0, cel.teller: -1.0}, hoog))
                self.rijen.append(({cel.noemer: -1.0, cel.teller: 1.0}, -laag))

    def _sum(self, relatie: Relatie, kant: str) -> dict[int, float]:
        """Return the parts together minus the margin."""
        som = self.form(relatie.rand, kant, -1.0)
        for deel in relatie.delen:
            som = self._add(som, self.form(deel, kant))
        return som

    @staticmethod
    def _add(een: Mapping[int, float], ander: Mapping[int, float]) -> dict[int, float]:
        som = dict(een)
        for k, v in ander.items():
            som[k] = som.get(k, 0.0) + v
        return som

    def _learn_overlap(self) -> dict[tuple[str, str], tuple[float, float]]:
        """Return per kind of relation and side how much less shown margins are than their parts: least and most."""
        gezien: dict[tuple[str, str], list[float]] = defaultdict(list)
        for relatie in self.relaties:
            for kant in ("teller", "noemer") if self.heeft_noemer else ("teller",):
                getoond = [getattr(self.feiten[plek], kant) for plek in (relatie.rand, *relatie.delen)]
                if relatie.is_compleet and all(np.isfinite(boven) for _, boven in getoond):
                    rand, *delen = ((onder + boven) / 2 for onder, boven in getoond)
                    if rand > 0:
                        gezien[relatie.soort, kant].append((sum(delen) - rand) / rand)
        return {sleutel: (max(0.0, min(waarden)), max(0.0, max(waarden))) for sleutel, waarden in gezien.items()}

    def _range_of(
        self, relatie: Relatie, kant: str, overlap: Mapping[tuple[str, str], tuple[float, float]]
    ) -> tuple[float, float]:
        """Return between which shares of the margin the overlap is supposed to lie; never so that it is wrong."""
        laag, hoog = overlap.get((relatie.soort, kant), (0.0, np.inf))
        if all(plek in self.waarheid for plek in (relatie.rand, *relatie.delen)):
            rand, *delen = (true_side(self.waarheid[plek], kant) for plek in (relatie.rand, *relatie.delen))
            if rand > 0:
                echt = (sum(delen) - rand) / rand
                return min(laag, echt), max(hoog, echt)
        return (0.0, np.inf) if self.waarheid or kant == "rest" else (laag, hoog)


def true_side(waar: Waarheid, kant: str) -> float:
    """Return the true count of a side of a cell."""
    if kant == "teller":
        return waar.teller
    assert waar.noemer is not None
    return waar.noemer if kant == "noemer" else waar.noemer - waar.teller


def find_interval(
    aanval: Aanval, plek: Plek, kant: str, weet: Sequence[Weet] = (), einden: list[Vector] | None = None
) -> tuple[float, float] | None:
    """Return the interval in which a side of a cell must lie, or None when what is known contradicts itself.

    `einden`: the counts of all cells at each end that there is are added to it.
    """
    uit = []
    for richting in (1.0, -1.0):
        doel = np.zeros(aanval.aantal)
        for k, v in aanval.form(plek, kant, richting).items():
            doel[k] = v
        gevonden = solve(aanval, doel, weet)
        if gevonden.status not in (0, 3):
            return None
        if einden is not None and gevonden.status == 0:
            einden.append(gevonden.x)
        uit.append(np.inf if gevonden.status == 3 else richting * float(gevonden.fun))
    return uit[0], uit[1]


def solve(
    aanval: Aanval,
    doel: Vector,
    weet: Sequence[Weet],
    extra: Sequence[tuple[dict[int, float], float]] = (),
    hulp: Vector | None = None,
) -> Any:  # noqa: ANN401
    """Return what HiGHS finds as the least doel over all worlds; `hulp`: upper ends of helping unknowns."""
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, vstack

    onder, boven = aanval.onder.copy(), aanval.boven.copy()
    rijen = list(extra)
    for kennis in weet:
        vorm = aanval.form(kennis.plek, kennis.kant)
        rijen += [(vorm, kennis.boven), ({k: -v for k, v in vorm.items()}, -kennis.onder)]
    hulp = np.zeros(0) if hulp is None else hulp
    breedte = aanval.aantal + len(hulp)
    tabel, grens = aanval.ongelijk
    nieuw, nieuwe_grens = make_matrix([rij for rij in rijen if np.isfinite(rij[1])], breedte)
    gelijk, waarde = aanval.gelijkheid
    ongelijk = vstack([csr_array((tabel.data, tabel.indices, tabel.indptr), shape=(len(grens), breedte)), nieuw])
    gelijk = csr_array((gelijk.data, gelijk.indices, gelijk.indptr), shape=(len(waarde), breedte))
    grenzen = np.column_stack([np.concatenate([onder, np.full(len(hulp), -np.inf)]), np.concatenate([boven, hulp])])
    return linprog(
        doel,
        A_ub=ongelijk,
        b_ub=np.concatenate([grens, nieuwe_grens]),
        A_eq=gelijk if len(waarde) else None,
        b_eq=waarde if len(waarde) else None,
        bounds=grenzen,
        method="highs",
    )


def make_matrix(rijen: Sequence[tuple[dict[int, float], float]], breedte: int) -> tuple[Any, Vector]:
    """Return rows of (unknown: weight) with their bounds as a sparse matrix and a vector."""
    from scipy.sparse import csr_array

    plaats = [(r, k, v) for r, (rij, _) in enumerate(rijen) for k, v in rij.items()]
    tabel = csr_array((len(rijen), breedte))
    if plaats:
        r, k, v = (np.array(deel) for deel in zip(*plaats, strict=True))
        tabel = csr_array((v, (r, k)), shape=(len(rijen), breedte))
    return tabel, np.array([grens for _, grens in rijen], dtype=float)
