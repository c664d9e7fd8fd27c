"""Areas that change, simulated: employers drift by one or five per cent, WGO07 joins WGO06, and nobody is recovered."""

from __future__ import annotations

import random

import pytest
from lang import alleen_lang, some_of
from onthulbed import protect

from pipelines.aanval.aanval import Waarheid, Werkgevers
from pipelines.aanval.gevoelig import is_sensitive, safe_distance

VOOR = {
    "WGO01": ("RA0101", "RA0102"), "WGO03": ("RA0308", "RA0309"),
    "WGO06": ("RA0614", "RA0615", "RA0616"), "WGO07": ("RA0717",),
}  # fmt: skip
NA = {"WGO01": VOOR["WGO01"], "WGO03": VOOR["WGO03"], "WGO06": (*VOOR["WGO06"], "RA0717")}
BRANCHES = ("ZKH", "GGZ", "GHZ", "VVT", "SW", "JZ")
JAREN = {"2021": VOOR, "2022": NA}

Plek = tuple[str, str]
# (member, persons) per employer.
Bed = dict[Plek, list[tuple[bool, int]]]


def employers(toeval: random.Random) -> Bed:
    """Return the employers of each region × branche: eight to twenty, one in six cells one or two large ones."""
    uit: Bed = {}
    for regio in (regio for regios in VOOR.values() for regio in regios):
        for branche in BRANCHES:
            groot = (regio, branche) == ("RA0717", "ZKH") or toeval.random() < 1 / 6
            personen = (
                [toeval.randint(300, 1500) for _ in range(toeval.randint(1, 2))]
                if groot
                else [toeval.randint(40, 160) for _ in range(toeval.randint(8, 20))]
            )
            uit[regio, branche] = [(toeval.random() < 0.7, aantal) for aantal in personen]
    return uit


def drift(bed: Bed, toeval: random.Random, deel: float) -> Bed:
    return {plek: [(lid, round(p * (1 + toeval.uniform(-deel, deel)))) for lid, p in w] for plek, w in bed.items()}


def cells(bed: Bed, gebieden: dict[str, tuple[str, ...]], *, met_regios: bool) -> dict[Plek, Waarheid]:
    """Return the true cells of a year; everybody has one job."""
    alle = {"NL01": tuple(r for regios in gebieden.values() for r in regios), **gebieden}
    alle |= {r: (r,) for r in alle["NL01"]} if met_regios else {}
    uit = {}
    for gebied, regios in alle.items():
        for branche in ("TOTAAL", *BRANCHES):
            takken = BRANCHES if branche == "TOTAAL" else (branche,)
            wie = [w for regio in regios for tak in takken for w in bed[regio, tak]]
            groepen = [sorted((p for lid, p in wie if lid in kant), reverse=True)
                       for kant in ((True, False), (True,), (False,))]  # fmt: skip
            samen, leden, rest = (Werkgevers(len(g), *([*g, 0, 0][:2])) for g in groepen)
            uit[gebied, branche] = Waarheid(sum(groepen[1]), sum(groepen[0]), *samen, leden, rest)
    return uit


def hide(jaren: dict[str, dict[Plek, Waarheid]]) -> dict[str, set[Plek]]:
    """Return per year which cells the pipeline leaves open."""
    rijen = [
        (*plek, jaar, w.teller, w.noemer, w.werkgevers, w.grootste, w.tweede, *w.leden, *w.niet_leden)
        for jaar, cellen in jaren.items() for plek, w in cellen.items()
    ]  # fmt: skip
    status = protect(*rijen)
    return {jaar: {p for p in cellen if status[(*p, jaar)] == "beschikbaar"} for jaar, cellen in jaren.items()}


def side(waar: Waarheid, kant: str) -> float:
    return {"teller": waar.teller, "noemer": waar.noemer, "rest": waar.noemer - waar.teller}[kant]


def known(cellen: dict[Plek, Waarheid], open_: set[Plek], plek: Plek, kant: str) -> float | None:
    """Return a side of a WGO × branche as shown, or as what the country or the branches around it leave."""
    if plek in open_:
        return side(cellen[plek], kant)
    buren = {
        ("NL01", plek[1]): [p for p in cellen if p[1] == plek[1] and p[0].startswith("WGO") and p != plek],
        (plek[0], "TOTAAL"): [p for p in cellen if p[0] == plek[0] and p[1] != "TOTAAL" and p != plek],
    }
    for rand, anderen in buren.items():
        if {rand, *anderen} <= open_:
            return side(cellen[rand], kant) - sum(side(cellen[p], kant) for p in anderen)
    return None


def recovered(jaren: dict[str, dict[Plek, Waarheid]], open_: dict[str, set[Plek]]) -> set[tuple[Plek, str]]:
    """Return the hidden sensitive sides of WGO07 that come within a tenth as the change of WGO06, as it is or grown."""
    uit = set()
    for branche in BRANCHES:
        doel = ("WGO07", branche)
        waar = jaren["2021"][doel]
        for kant in ("teller", "noemer", "rest") if is_sensitive(doel, waar) else ():
            voor, na = (known(jaren[j], open_[j], ("WGO06", branche), kant) for j in JAREN)
            groei = [1.0]
            if all(("NL01", branche) in open_[j] for j in JAREN):
                toen, nu = (side(jaren[j]["NL01", branche], kant) for j in JAREN)
                groei.append(nu / toen)
            echt = side(waar, kant)
            if voor is not None and na is not None and echt > 0:
                uit |= {(doel, kant) for g in groei if abs(na - g * voor - echt) < safe_distance(echt)}
    return uit


def simulate(zaad: int, deel: float, *, met_regios: bool) -> dict[str, dict[Plek, Waarheid]]:
    toeval = random.Random(zaad)
    toen = employers(toeval)
    bedden = {"2021": toen, "2022": drift(toen, toeval, deel)}
    return {jaar: cells(bedden[jaar], gebieden, met_regios=met_regios) for jaar, gebieden in JAREN.items()}


PROEVEN = [(zaad, deel) for zaad in range(20) for deel in (0.01, 0.05)]


@pytest.mark.lang
@pytest.mark.parametrize(("zaad", "deel"), some_of(PROEVEN, 3))
def test_nobody_is_recovered_when_areas_join_and_employers_drift(zaad, deel):
    jaren = simulate(zaad, deel, met_regios=False)
    assert recovered(jaren, hide(jaren)) == set()


@pytest.mark.lang
@alleen_lang
@pytest.mark.parametrize(("zaad", "deel"), PROEVEN[:8])
def test_nor_where_the_regions_are_delivered_too(zaad, deel):
    jaren = simulate(zaad, deel, met_regios=True)
    assert recovered(jaren, hide(jaren)) == set()


@pytest.mark.parametrize("deel", [0.01, 0.05])
def test_with_only_the_sensitive_cells_hidden_the_hospital_is_recovered_in_every_bed(deel):
    """What the beds are worth: without protection who subtracts is near enough, twenty times out of twenty."""
    for zaad in range(20):
        jaren = simulate(zaad, deel, met_regios=False)
        open_ = {j: {p for p, w in cellen.items() if not is_sensitive(p, w)} for j, cellen in jaren.items()}
        assert ("WGO07", "ZKH") in {plek for plek, _ in recovered(jaren, open_)}
