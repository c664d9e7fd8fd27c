"""Persons are whole: what that tells beside rounding, by hand, and that it never denies what is true."""

from __future__ import annotations

import random
from datetime import date
from itertools import pairwise
from math import inf

import pytest

from pipelines.aanval import tabelaanval
from pipelines.aanval.aanval import Aanval, Relatie, Waarheid, find_interval
from pipelines.aanval.audit_tabellen import Aanvalstabel
from pipelines.aanval.geheel import Cel, Tegenspraak, tighten
from pipelines.aanval.gezien import Reeks, make_feit
from pipelines.aanval.tabelaanval import attack

WGO, OPEN, DICHT = ("WGO03", "OZW"), ("RA0308", "OZW"), ("RA0309", "OZW")


def test_count_share_and_denominator_of_one_cell_by_hand():
    """20 of 100 and 16 %: 15 of 95 or 96, 16 of 97 to 103, 17 of 104. The rest is 80 (95 - 15) to 87."""
    grenzen, resten = tighten([(15, 24), (95, 104)], [], [Cel(0, 1, (0.155, 0.165))])
    assert grenzen == [(15, 17), (95, 104)]
    assert resten == [(80, 87)]


def test_bounds_are_carried_to_the_margin_and_to_the_parts():
    """a + b ≤ 10 and a + b ≥ 10, with 3.2 ≤ a ≤ 4.9: a is 4, so b is 6."""
    rijen = [({0: 1.0, 1: 1.0}, 10.0), ({0: -1.0, 1: -1.0}, -10.0)]
    assert tighten([(3.2, 4.9), (0, inf)], rijen, [])[0] == [(4, 4), (6, 6)]


def test_no_whole_count_is_a_contradiction_and_leaves_the_attack_as_it_was():
    with pytest.raises(Tegenspraak):
        tighten([(3.2, 3.9)], [], [])
    feiten = {WGO: make_feit(0.5, 3, 7, is_aandeel=True)}  # 3 of 7 is no 50 %
    aanval = Aanval(feiten, [], True, True, is_geheel=True)
    assert (aanval.onder.tolist(), aanval.boven.tolist()) == ([3, 7], [3, 7])


def bed(getoond: dict[tuple[str, str], tuple[int, int]], dicht: tuple[int, int], *, telt: bool = True) -> Aanvalstabel:
    """Return the table of a WGO of two regions, of which one is hidden; counts in tens, shares in whole percents."""
    tabel = Aanvalstabel(date(2021, 12, 31), "2021", is_optelbaar=True, heeft_noemer=True, verborgen={DICHT})
    for plek, (teller, noemer) in getoond.items():
        aandeel = (200 * teller + noemer) // (2 * noemer) / 100
        tien = [(getal + 5) // 10 * 10 for getal in (teller, noemer)]
        tabel.feiten[plek] = make_feit(aandeel, *tien, is_aandeel=True)
        tabel.waarheid[plek] = Waarheid(teller + (not telt) / 2, noemer)
    tabel.feiten[DICHT] = tabel.empty()
    tabel.waarheid[DICHT] = Waarheid(*dicht)
    tabel.relaties = [Relatie(WGO, (OPEN, DICHT), "wgo uit arbeidsmarktregio", True)]
    tabel.getoond = set(getoond)
    return tabel


@pytest.mark.parametrize(("telt", "gevonden"), [(True, ["ligt tussen 28 en 34 (buitenstaander)"]), (False, [])])
def test_a_hidden_count_that_only_whole_persons_give_away(telt, gevonden):
    """61 of 171 (36 %) less 30 of 130 (23 %): 59 to 63 less 29 to 31, where fractions leave 27.1 to 35.4.

    31 must be able to be 27.9 and 34.1. Where half persons occur, nothing is counted in whole ones.
    """
    tabel = bed({WGO: (61, 171), OPEN: (30, 130)}, (31, 41), telt=telt)
    bevindingen = attack(Reeks("dekkingsgraad", "", "levering", "2021"), tabel, {DICHT}, insider=False)
    assert [b.tekst for b in bevindingen if b.kant == "teller"] == gevonden


def test_what_was_known_before_is_worked_out_only_where_something_was(monkeypatch):
    """Nothing was shown before: a second system of the whole table would say nothing."""
    gemaakt = []
    monkeypatch.setattr(tabelaanval, "Aanval", lambda *delen: gemaakt.append(delen) or Aanval(*delen))
    tabel = bed({WGO: (61, 171), OPEN: (30, 130)}, (31, 41))
    (bevinding, *_) = attack(Reeks("dekkingsgraad", "", "levering", "2021"), tabel, {DICHT}, insider=False)
    assert (bevinding.is_nieuw, len(gemaakt)) == (True, 1)


def test_the_truth_is_never_excluded():
    """Three hundred tables drawn with a fixed seed: whole persons leave less, and always the true counts."""
    toeval, smaller = random.Random(2021), 0
    for _ in range(300):
        open_, dicht = ((toeval.randint(0, n), n) for n in (toeval.randint(20, 400), toeval.randint(20, 400)))
        wgo = (open_[0] + dicht[0], open_[1] + dicht[1])
        tabel = bed({WGO: wgo, OPEN: open_}, dicht)
        breuk, heel = (Aanval(tabel.feiten, tabel.relaties, True, True, is_geheel=g) for g in (False, True))
        for plek, waar in tabel.waarheid.items():
            for nummer, echt in ((breuk.nummer[plek], waar.teller), (breuk.nummer[plek] + 3, waar.noemer)):
                assert heel.onder[nummer] <= echt <= heel.boven[nummer]
        ruim, krap = (find_interval(aanval, DICHT, "rest") for aanval in (breuk, heel))
        grenzen = [ruim[0], krap[0], dicht[1] - dicht[0], krap[1], ruim[1]]
        assert all(een <= ander + 1e-6 for een, ander in pairwise(grenzen))
        smaller += krap[1] - krap[0] < ruim[1] - ruim[0] - 0.5
    assert smaller > 100
