"""Which cells go: against the best choice there is, on tables small enough to try them all."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import linprog

from pipelines.afspraken.indicatoren import Indicator
from pipelines.afspraken.schrift.perioden import parse_periode
from pipelines.onthulling import onthulling, verbergen
from pipelines.onthulling.stromen import Eis, find_snede, find_stroom
from pipelines.onthulling.verbanden import Cel, Kennis, make_groep
from pipelines.onthulling.verbergen import Groep, Verbergkeuze, choose_hidden

INDICATOR = Indicator("w", "W", "W?", "personen", "hoger", bron="x.y", teller="sum(w)")
REGIOS = ("RA0101", "RA0102", "RA0103")
BRANCHES = ("ZKH", "VVT", "GGZ", "JZ")
DAG = parse_periode("2021").eind
NIETS = Kennis()
OUDERS = {DAG: {regio: {"NL01"} for regio in REGIOS}}


def cells(kruis: np.ndarray, gevoelig: set[tuple[int, int]]) -> list[Cel]:
    """Return the cells of a table of counts, regions down and branches across, with its totals."""
    regios, branches = REGIOS[: len(kruis)], BRANCHES[: len(kruis[0])]
    waarden = {(r, b): float(kruis[i, j]) for i, r in enumerate(regios) for j, b in enumerate(branches)}
    waarden |= {(r, "TOTAAL"): float(kruis[i].sum()) for i, r in enumerate(regios)}
    waarden |= {("NL01", b): float(kruis[:, j].sum()) for j, b in enumerate(branches)}
    waarden["NL01", "TOTAAL"] = float(kruis.sum())
    primair = {(regios[i], branches[j]) for i, j in gevoelig}
    return [
        Cel("w", "", r, "land" if r == "NL01" else "arbeidsmarktregio", b, "2021", None, "levering", x, None, 20, None,
            None, "kruis" if r != "NL01" and b != "TOTAAL" else "regiorand", (r, b) in primair)
        for (r, b), x in sorted(waarden.items())
    ]  # fmt: skip


def make(kruis: np.ndarray, gevoelig: set[tuple[int, int]], kennis: Kennis = NIETS):
    """Return the places and the group of such a table."""
    return make_groep(cells(kruis, gevoelig), {"w": INDICATOR}, OUDERS, kennis)


def is_protected(kruis: np.ndarray, gevoelig: set[tuple[int, int]], weg: set[tuple[int, int]]) -> bool:
    """Return whether every sensitive cell can be a tenth more and less, worked out with rows and columns alone."""
    cellen = sorted(weg)
    rijen = [[float(c[0] == i) for c in cellen] for i in range(len(kruis))]
    rijen += [[float(c[1] == j) for c in cellen] for j in range(len(kruis[0]))]
    x = [float(kruis[c]) for c in cellen]
    for cel in gevoelig:
        for teken in (1, -1):
            doel = [-float(teken) if c == cel else 0.0 for c in cellen]
            uit = linprog(doel, A_eq=rijen, b_eq=np.zeros(len(rijen)), bounds=[(-v, None) for v in x])
            if uit.status == 0 and -uit.fun < 0.1 * kruis[cel] - 1e-6:
                return False
    return True


def fewest(kruis: np.ndarray, gevoelig: set[tuple[int, int]]) -> int:
    """Return how many other cells must be hidden at least, by trying every set of them."""
    anderen = [c for c in np.ndindex(kruis.shape) if c not in gevoelig]
    for aantal in range(len(anderen) + 1):
        if any(is_protected(kruis, gevoelig, gevoelig | set(keuze)) for keuze in combinations(anderen, aantal)):
            return aantal
    raise AssertionError("geen keuze beschermt")


@pytest.mark.parametrize("zaad", range(6))
def test_no_more_than_one_and_a_half_times_the_fewest(zaad):
    toeval = np.random.default_rng(zaad)
    kruis = toeval.integers(20, 2000, (3, 4))
    gevoelig = {tuple(map(int, c)) for c in toeval.permutation(list(np.ndindex(3, 4)))[: 1 + zaad % 3]}
    plekken, groep = make(kruis, gevoelig)
    keuze = choose_hidden(groep)
    weg = {plek for plek, is_weg in zip(plekken, keuze.verborgen, strict=True) if is_weg}
    assert keuze.is_beste
    assert all(regio != "NL01" and branche != "TOTAAL" for regio, branche in weg)
    weg_nummers = {(REGIOS.index(r), BRANCHES.index(b)) for r, b in weg}
    assert is_protected(kruis, gevoelig, weg_nummers)
    assert len(weg) - len(gevoelig) <= 1.5 * fewest(kruis, gevoelig)


KRUIS = np.array([[100, 500, 500], [500, 500, 500], [500, 500, 500]])


def test_a_stroom_goes_round_and_a_snede_says_what_is_missing():
    """With (0,0), (0,1) and (1,0) hidden only (1,1) would close the circle; nothing else in row or column would."""
    plekken, groep = make(KRUIS[:2, :2], {(0, 0)})
    (vlak,) = groep.vlakken
    weg = np.array([plek in {("RA0101", "ZKH"), ("RA0101", "VVT"), ("RA0102", "ZKH")} for plek in plekken])
    eis = Eis(0, plekken.index(("RA0101", "ZKH")), 10.0, None)
    assert find_stroom(vlak, weg, eis) is None
    snede = find_snede(vlak, weg, eis)
    assert snede[weg].sum() < 1 <= snede.sum()
    weg[plekken.index(("RA0102", "VVT"))] = True
    assert list(find_stroom(vlak, weg, eis) != 0) == list(weg)


def known_in_part(kruis: np.ndarray, gevoelig: set[tuple[int, int]], toeval: np.random.Generator) -> Groep:
    """Return a table of which contributors know a part, with cells that are known, or move by themselves alone."""
    _, groep = make(kruis, gevoelig)
    (vlak,) = groep.vlakken
    doorzien = toeval.random(len(vlak.waarde)) < 0.15
    groep.vlakken = [
        replace(
            vlak, doorzien=doorzien, omlaag=vlak.waarde * toeval.choice([0.5, 1.0]),
            eigen=np.where(doorzien, vlak.waarde, np.floor(vlak.waarde * toeval.random(len(doorzien)))),
            verankerd=toeval.random(len(doorzien)) < 0.05,
            bekend=vlak.bekend | (~vlak.gevoelig & (toeval.random(len(doorzien)) < 0.05)),
        )
    ]  # fmt: skip
    return groep


def solve_each(self: object, eis: Eis) -> bool:
    """Know of no stroom, so that every one is sought."""
    return False


@pytest.mark.parametrize("rondes", [verbergen.RONDES_KLEIN, 1])
@pytest.mark.parametrize("zaad", range(20))
def test_what_one_stroom_shows_of_other_cells_is_what_would_be_found(zaad, rondes, monkeypatch):
    """The choice is the same as where a stroom is sought for every cell, every contributor and both directions."""
    toeval = np.random.default_rng(zaad)
    kruis = np.floor(np.exp(toeval.normal(4, 2, (3, 4)))) + 1
    gevoelig = {tuple(map(int, c)) for c in toeval.permutation(list(np.ndindex(3, 4)))[: 1 + zaad % 4]}
    groep = known_in_part(kruis, gevoelig, toeval)
    monkeypatch.setattr(verbergen, "RONDES_KLEIN", rondes)
    snel = choose_hidden(groep)
    monkeypatch.setattr(verbergen._Geldig, "has", solve_each)
    heel = choose_hidden(groep)
    assert (list(snel.verborgen), snel.is_beste, snel.onhaalbaar) == (
        list(heel.verborgen),
        heel.is_beste,
        heel.onhaalbaar,
    )


def test_what_was_shown_before_hides_nothing():
    """RA0102 × VVT was shown in a publication that is kept: the circle goes round it."""
    kennis = Kennis(frozenset({("w", "", "RA0102", "VVT", "2021")}))
    plekken, groep = make(KRUIS, {(0, 0)}, kennis)
    verborgen = dict(zip(plekken, choose_hidden(groep).verborgen, strict=True))
    assert not verborgen["RA0102", "VVT"]
    assert sum(verborgen.values()) == 4


def test_what_is_remembered_is_what_would_be_found(monkeypatch):
    """Whatever was shown before, a warehouse that lost its memory makes the same choice and says the same of it."""

    def search(groep: Groep) -> Verbergkeuze:
        """Have it be sure of the best choice only where what was shown leaves less to choose from."""
        return replace(choose_hidden(groep), is_beste=any(vlak.bekend.any() for vlak in groep.vlakken))

    monkeypatch.setattr(onthulling, "choose_hidden", search)
    cellen = cells(KRUIS, {(0, 0)})
    geheugen: dict = {}
    eerst, melding = onthulling._choose(cellen, {"w": INDICATOR}, OUDERS, NIETS, geheugen)
    weg = {(REGIOS.index(r), BRANCHES.index(b)) for r, b in eerst}
    assert is_protected(KRUIS, {(0, 0)}, weg)
    assert melding == "Elke gevoelige cel is beschermd; misschien kan dat met minder verborgen cellen."
    getoond = set(np.ndindex(3, 3)) - weg
    for gezien in (getoond, {max(weg)}):
        kennis = Kennis(frozenset(("w", "", REGIOS[i], BRANCHES[j], "2021") for i, j in gezien))
        opnieuw = onthulling._choose(cellen, {"w": INDICATOR}, OUDERS, kennis, {})
        assert opnieuw == onthulling._choose(cellen, {"w": INDICATOR}, OUDERS, kennis, geheugen)
        assert (opnieuw == (eerst, melding)) == (gezien == getoond)


def test_a_choice_beside_what_was_shown_is_remembered_for_just_that(monkeypatch):
    """One was shown, then another besides: the second choice is made anew, though the first hides neither."""
    cellen, geheugen, gevraagd = cells(KRUIS, {(0, 0)}), {}, []

    def search(groep: Groep) -> Verbergkeuze:
        gevraagd.append(sorted({int(plek) for vlak in groep.vlakken for plek in np.flatnonzero(vlak.bekend)}))
        return choose_hidden(groep)

    monkeypatch.setattr(onthulling, "choose_hidden", search)
    eerst, _ = onthulling._choose(cellen, {"w": INDICATOR}, OUDERS, NIETS, geheugen)
    een = ("w", "", *max(eerst - {("RA0101", "ZKH")}), "2021")
    tweede, _ = onthulling._choose(cellen, {"w": INDICATOR}, OUDERS, Kennis(frozenset({een})), geheugen)
    ander = next(key for cel in cellen if (key := onthulling.key_of(cel))[2:4] not in tweede)
    for _ in range(2):
        onthulling._choose(cellen, {"w": INDICATOR}, OUDERS, Kennis(frozenset({een, ander})), geheugen)
    assert [len(bekend) for bekend in gevraagd] == [0, 1, 2]


def test_what_was_shown_all_around_cannot_be_hidden_any_more():
    gezien = {("w", "", r, b, "2021") for r in (*REGIOS, "NL01") for b in ("ZKH", "VVT", "GGZ", "TOTAAL")}
    plekken, groep = make(KRUIS, {(0, 0)}, Kennis(frozenset(gezien - {("w", "", "RA0101", "ZKH", "2021")})))
    keuze = choose_hidden(groep)
    assert {eis.plek for eis in keuze.onhaalbaar} == {plekken.index(("RA0101", "ZKH"))}


def test_margins_give_way_only_where_nothing_else_can():
    """One branche: the region is its branche, and the country the sum of two such; both margins go too."""
    plekken, groep = make(np.array([[100], [500]]), {(0, 0)})
    weg = {plek for plek, is_weg in zip(plekken, choose_hidden(groep).verborgen, strict=True) if is_weg}
    assert weg == {("RA0101", "ZKH"), ("RA0101", "TOTAAL"), ("RA0102", "ZKH"), ("RA0102", "TOTAAL")}
