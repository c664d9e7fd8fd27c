"""Worlds tell that a cell is not known: the same cells are found as by looking for the ends of each."""

from __future__ import annotations

import random

from pipelines.aanval import werelden
from pipelines.aanval.aanval import Aanval, Feit, Relatie, find_interval
from pipelines.aanval.gevoelig import TIENDE
from pipelines.aanval.gezien import TIEN, make_feit
from pipelines.aanval.werelden import find_pinned

BRANCHES = ("GGZ", "OZW", "VVT", "ZKH")
REGIOS = ("RA0101", "RA0102", "RA0103", "RA0104")


def table(toeval: random.Random) -> tuple[Aanval, list[tuple[str, str]]]:
    """Return a table of regions by branches with its totals, and the cells of which nothing is shown."""
    noemer = with_totals({(r, b): toeval.choice((15, 120, 4_000)) for r in REGIOS for b in BRANCHES})
    teller = with_totals({(r, b): noemer[r, b] // 3 for r in REGIOS for b in BRANCHES})
    relaties = [Relatie(("NL01", b), tuple((r, b) for r in REGIOS), "land", True) for b in (*BRANCHES, "TOTAAL")]
    relaties += [Relatie((r, "TOTAAL"), tuple((r, b) for b in BRANCHES), "totaal", True) for r in (*REGIOS, "NL01")]
    dicht = toeval.sample([(r, b) for r in REGIOS for b in BRANCHES], toeval.choice((1, 4, 9)))
    feiten = {plek: Feit(aandeel=(0.0, 1.0)) if plek in dicht else shown(teller[plek], noemer[plek]) for plek in noemer}
    return Aanval(feiten, relaties, is_optelbaar=True, heeft_noemer=True), sorted(dicht)


def with_totals(kruis: dict[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    met_land = kruis | {("NL01", b): sum(kruis[r, b] for r in REGIOS) for b in BRANCHES}
    return met_land | {(r, "TOTAAL"): sum(met_land[r, b] for b in BRANCHES) for r in (*REGIOS, "NL01")}


def shown(teller: int, noemer: int) -> Feit:
    """Return what a cell tells that is shown in tens and whole percents."""
    feit = make_feit(round(teller / noemer, 2), *((x + 5) // 10 * 10 for x in (teller, noemer)), is_aandeel=True)
    assert feit is not None
    return feit


def test_the_same_cells_are_known_as_when_the_ends_of_each_are_sought_and_few_are(monkeypatch) -> None:
    toeval, gevonden, gezocht, mogelijk = random.Random(7), 0, [], 0
    monkeypatch.setattr(
        werelden, "find_interval", lambda *delen, **anders: gezocht.append(1) or find_interval(*delen, **anders)
    )
    for _ in range(5):
        aanval, dicht = table(toeval)
        verwacht = []
        for plek in dicht:
            for kant in aanval.kanten:
                laag, hoog = find_interval(aanval, plek, kant)
                mogelijk += 1
                if hoog - laag <= max(TIEN, TIENDE * (laag + hoog) / 2):
                    verwacht.append((plek, kant))
        assert list(find_pinned(aanval, dicht)) == verwacht
        gevonden += len(verwacht)
    assert 0 < gevonden < mogelijk
    assert len(gezocht) < mogelijk
