"""Publications that are kept count as known: laid over the new one they may not give more than either alone."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path

import duckdb
import numpy as np
import pytest
from conftest import LEVERING, write_delivery
from proefbed import BRANCHES, GEVOELIG, WGO, employers, make_csv
from scipy.optimize import linprog

from pipelines.afspraken.warehouse.concept import concepts
from pipelines.bouwen import build
from pipelines.onthulling.eerder import join_earlier
from pipelines.onthulling.verbanden import Cel
from pipelines.publicatie.plaatsen.wisselen import discard

pytestmark = pytest.mark.usefixtures("hier_gelezen", "goedgekeurd")

Plek = tuple[str, str]
OUDERS = {regio: wgo for wgo, regios in WGO.items() for regio in regios}


def select(tekst: str, *niveaus: str) -> str:
    """Return the rows of these levels, by the first letters of their code."""
    kop, *rijen = tekst.splitlines(keepends=True)
    return kop + "".join(rij for rij in rijen if rij.split(",")[2].startswith(niveaus))


def figures(warehouse: Path) -> dict[Plek, tuple[float, float] | None]:
    """Return per cell of 2021 what the publication of now shows of members and all; None where it hides them."""
    cel = "select regio_code, branche_code, teller, noemer from waarneming where periode = '2021'"
    with duckdb.connect(str(warehouse / "publicatie.duckdb"), read_only=True) as con:
        return {(r, b): None if t is None else (t, n) for r, b, t, n in con.execute(cel).fetchall()}


def remarks(warehouse: Path) -> list[str]:
    with duckdb.connect(str(warehouse / "publicatie.duckdb"), read_only=True) as con:
        return [m for (m,) in con.execute("select melding from kwaliteit where melding is not null").fetchall()]


def sums(plekken: set[Plek]) -> list[tuple[Plek, list[Plek]]]:
    """Return every margin with its parts, of one level of regions or of branches, where all are there."""
    delen: dict[tuple[Plek, str], list[Plek]] = defaultdict(list)
    for regio, branche in sorted(plekken):
        if branche != "TOTAAL":
            delen[(regio, "TOTAAL"), "branches"].append((regio, branche))
        for ouder in {OUDERS.get(regio), "NL01" if regio != "NL01" else None} - {None}:
            delen[(ouder, branche), regio[:2]].append((regio, branche))
    return [(rand, groep) for (rand, _), groep in delen.items() if rand in plekken]


def too_narrow(plekken: set[Plek], open_: set[Plek], waar: dict[Plek, float]) -> set[Plek]:
    """Return the sensitive cells that cannot be a tenth more and less, for who knows the open ones and all overlap."""
    dicht = sorted(plekken - open_)
    nummer = {plek: i for i, plek in enumerate(dicht)}
    tabel = np.zeros((len(sums(plekken)), len(dicht)))
    for rij, (rand, groep) in enumerate(sums(plekken)):
        for plek, teken in ((rand, -1), *((deel, 1) for deel in groep)):
            if plek in nummer:
                tabel[rij, nummer[plek]] = teken
    uit = set()
    for plek in GEVOELIG & set(dicht):
        for teken in (1, -1):
            doel = np.zeros(len(dicht))
            doel[nummer[plek]] = -teken
            grenzen = [(-waar[p], None) for p in dicht]
            ver = linprog(doel, A_eq=tabel, b_eq=np.zeros(len(tabel)), bounds=grenzen)
            if ver.status == 0 and -ver.fun < 0.1 * waar[plek] - 1e-6:
                uit.add(plek)
    return uit


@pytest.fixture(scope="module")
def eerste(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, bool], Path]:
    """Return a function that gives the folder after the first build of a table: made once, and never written in."""

    @cache
    def make(tekst: str, als_concept: bool) -> Path:
        map_ = tmp_path_factory.mktemp("eerste")
        write_delivery(map_ / "raw", {"dekking": tekst}, "l1", LEVERING | {"ontvangen": "2025-06-01"})
        build(map_ / "raw", map_ / "wh", als_concept=als_concept)
        return map_

    return make


@pytest.fixture
def bouw(
    eerste: Callable[[str, bool], Path], maak_levering: Callable[..., Path], tmp_path: Path
) -> Callable[..., dict[Plek, tuple[float, float] | None]]:
    """Return a function that files a table, received on a later day each time, builds, and gives the figures."""
    nummers = iter(range(1, 9))

    def make(tekst: str, *, als_concept: bool = False) -> dict[Plek, tuple[float, float] | None]:
        if (nummer := next(nummers)) == 1:
            shutil.copytree(eerste(tekst, als_concept), tmp_path, dirs_exist_ok=True)
        else:
            maak_levering({"dekking": tekst}, naam=f"l{nummer}", ontvangen=f"2025-06-0{nummer}")
            build(tmp_path / "raw", tmp_path / "wh", als_concept=als_concept)
        if not als_concept:
            return figures(tmp_path / "wh")
        (*_, nieuwste) = concepts(tmp_path / "wh")
        return figures(tmp_path / "wh" / "concept" / nieuwste)

    return make


def test_per_wgo_before_and_per_region_now_gives_no_more_than_either(bouw):
    """RA0101, RA0102 and RA0103 are WGO01: with two of them shown its total would give the hospital of the third."""
    tekst = make_csv("2021")
    per_wgo = bouw(select(tekst, "NL01", "WGO"))
    per_regio = bouw(select(tekst, "NL01", "RA"))
    waar = {(r, b): float(n) for _, _, r, b, _, n, *_ in (rij.split(",") for rij in tekst.splitlines()[1:])}
    plekken = per_wgo.keys() | per_regio.keys()
    open_ = {plek for cijfers in (per_wgo, per_regio) for plek, cijfer in cijfers.items() if cijfer}
    assert ("RA0102", "ZKH") in plekken - open_
    assert too_narrow(plekken, open_, waar) == set()


@pytest.mark.parametrize("is_weg", [True, False])
def test_what_areas_saw_of_a_concept_counts_as_known_in_the_next(bouw, tmp_path, is_weg):
    """The same as with two publications, whether the first concept still waits or was thrown away."""
    tekst = make_csv("2021")
    per_wgo = bouw(select(tekst, "NL01", "WGO"), als_concept=True)
    if is_weg:
        (eerste,) = concepts(tmp_path / "wh")
        discard(tmp_path / "wh", eerste)
    per_regio = bouw(select(tekst, "NL01", "RA"), als_concept=True)
    waar = {(r, b): float(n) for _, _, r, b, _, n, *_ in (rij.split(",") for rij in tekst.splitlines()[1:])}
    plekken = per_wgo.keys() | per_regio.keys()
    open_ = {plek for cijfers in (per_wgo, per_regio) for plek, cijfer in cijfers.items() if cijfer}
    assert ("RA0102", "ZKH") in plekken - open_
    assert too_narrow(plekken, open_, waar) == set()


def without(tekst: str, regio: str, branche: str, personen: int) -> str:
    """Return the table as it is when one employer that is a member was never there: fewer persons in every total."""
    kop, *rijen = tekst.splitlines(keepends=True)
    uit = []
    for rij in rijen:
        velden = rij.split(",")
        if velden[2] in (regio, OUDERS[regio], "NL01") and velden[3] in (branche, "TOTAAL"):
            velden[4:7] = (str(int(velden[i]) - minder) for i, minder in ((4, personen), (5, personen), (6, 1)))
            velden[9] = str(int(velden[9]) - 1)
        uit.append(",".join(velden))
    return kop + "".join(uit)


def test_an_employer_that_withdraws_is_not_the_difference_of_two_publications(bouw, tmp_path):
    """The third member of RA0309 × VVT leaves: no total that holds it is shown with so many persons less."""
    tekst = make_csv("2021")
    eerst = bouw(tekst)
    personen = sorted(personen for lid, personen in employers("RA0309", "VVT", "2021") if lid)[-3]
    assert personen > 20
    dan = bouw(without(tekst, "RA0309", "VVT", personen))
    anders = {plek for plek, cijfer in dan.items() if cijfer and eerst[plek] and cijfer != eerst[plek]}
    assert anders == set()
    keten = {(r, b) for r in ("RA0309", "WGO03", "NL01") for b in ("VVT", "TOTAAL")}
    assert all(dan[plek] is None for plek in keten)
    assert any("het verschil van één werkgever kan zijn" in melding for melding in remarks(tmp_path / "wh"))
    # What nobody left is shown as it was.
    assert sum(cijfer is not None for cijfer in dan.values()) > 0.6 * len(dan)


def test_a_count_that_changes_everywhere_is_no_employer(bouw):
    """Half of the regions' employers grow by a tenth: the margins differ by many, and are shown."""
    kop, *rijen = make_csv("2021").splitlines(keepends=True)
    eerst = bouw(kop + "".join(rijen))
    nieuw = []
    for rij in rijen:
        velden = rij.split(",")
        velden[4:6] = (str(int(int(veld) * 1.1)) for veld in velden[4:6])
        nieuw.append(",".join(velden))
    dan = bouw(kop + "".join(nieuw))
    for branche in ("TOTAAL", *BRANCHES[:2]):
        assert dan["NL01", branche] is not None
        assert dan["NL01", branche] != eerst["NL01", branche]
    # All were corrected alike, so none of them is anybody's: what was shown is shown, but for what tens make of it.
    nog = {plek for plek, cijfer in dan.items() if cijfer}
    assert nog <= (eerst_getoond := {plek for plek, cijfer in eerst.items() if cijfer})
    assert len(nog) > 0.9 * len(eerst_getoond)


LANDELIJK = ("ZKH", "REV", "GGZ", "GHZ", "VVT", "HAG", "SW", "JZ", "KO")


def told(nieuw: dict[str, int], *, oud: int = 1000) -> set[str]:
    """Return the national branches whose new members tell an employer, next to so many of 2,000 in each before."""

    def cel(branche: str, leden: int, deel: str) -> Cel:
        kop = ("dekkingsgraad", "", "NL01", "land", branche, "2021", date(2022, 6, 30), "levering")
        return Cel(*kop, leden, 2000 if branche != "TOTAAL" else 18_000, None, None, None, deel, False)

    tabellen = [
        [*(cel(b, n, "brancherand") for b, n in leden.items()), cel("TOTAAL", sum(leden.values()), "totaal")]
        for leden in (dict.fromkeys(LANDELIJK, oud), dict.fromkeys(LANDELIJK, oud) | nieuw)
    ]
    samen = join_earlier(tabellen[1], [tuple(tabellen[0])], {date(2022, 6, 30): {}})
    return {c.branche_code for c in samen if c.verschil}


def test_one_branche_that_is_corrected_may_be_one_employer():
    """GGZ goes from 1,000 to 1,120 members, and so does the total by 120: of whom is not known."""
    assert told({"GGZ": 1120}) == {"GGZ", "TOTAAL"}


def test_of_a_table_that_is_corrected_whole_only_what_stands_out_is_told():
    """All about 4 per cent up, usually 1 per cent more or less: 7 is usual too, and 12, or 15 down, is not."""
    wel = dict(zip(LANDELIJK, (1030, 1040, 1050, 1040, 1030, 1050, 1040, 1060, 1020), strict=True))
    assert told(wel) == told(wel | {"GGZ": 1070}) == set()
    assert told(wel | {"GGZ": 1120}) == {"GGZ"}
    assert told(wel | {"GGZ": 850}) == {"GGZ"}


def test_all_up_by_the_same_part_but_one_is_no_cover_for_that_one():
    """Exactly 4 per cent up everywhere: who does so knows what 2 per cent less is, and only tens are left to guess."""
    alle = dict.fromkeys(LANDELIJK, 1040)
    assert told(alle) == set()
    assert told(alle | {"JZ": 1050}) == set()
    assert told(alle | {"JZ": 1020}) == {"JZ"}


def test_the_same_delivery_built_again_hides_the_same(bouw):
    tekst = make_csv("2021")
    assert [len(list(groep)) for _, groep in groupby([bouw(tekst), bouw(tekst)])] == [2]
