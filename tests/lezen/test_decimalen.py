"""One figure has one number of decimals, on whatever page it stands and whatever stands beside it."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from app.lezen import data
from app.lezen.publicatie import decimalen
from app.oordeel import zinnen

SCHEMA = """
create table indicator (indicator_id varchar, eenheid varchar);
create table waarneming (indicator_id varchar, categorie varchar, uitsplitsing varchar, schatting varchar,
    herkomst varchar, waarde double, teller double, noemer double);
create table gepubliceerd_cijfer (indicator_id varchar, categorie varchar, uitsplitsing varchar, bron varchar,
    waarde double);
"""


def decide(eenheid: str, *, berekend: list[float] = (), bronnen: dict[str, list[float]] | None = None,
           schatting: str = "", noemer: float | None = None) -> dict[str | None, int]:  # fmt: skip
    """Return the decimals per source of one indicator; those of its computed figures under None."""
    con = duckdb.connect()
    con.execute(SCHEMA)
    con.execute("insert into indicator values ('x', ?)", [eenheid])
    for w in berekend:
        rij = ["x", "", "", schatting, "levering", w, w * noemer if noemer else None, noemer]
        con.execute("insert into waarneming values (?, ?, ?, ?, ?, ?, ?, ?)", rij)
    for bron, waarden in (bronnen or {}).items():
        for w in waarden:
            con.execute("insert into gepubliceerd_cijfer values ('x', '', '', ?, ?)", [bron, w])
    con.execute(decimalen.TABEL)
    return dict(con.execute("select bron, decimalen from decimalen").fetchall())


def test_a_source_that_writes_7_3_also_wrote_8_0_and_another_wrote_76() -> None:
    # Of 8,0% only 0.08 is left: the source's other figure tells that it writes a decimal.
    assert decide("aandeel", bronnen={"CBS": [0.073, 0.08], "VWS": [0.49, 0.34]}) == {"CBS": 1, "VWS": 0}


@pytest.mark.parametrize(
    ("eenheid", "waarden", "verwacht"),
    [
        ("aandeel", [1 / 3, 0.2, 0.9], 0),  # from counts: its decimals say nothing
        ("aandeel", [0.0764, 0.0841, 0.35], 1),  # mostly small: 7,6% and 8,4%, not twice 8%
        ("aandeel", [0.07, 0.09], 0),  # whole percents, as confidential shares are
        ("aandeel", [0.417, 0.536], 1),  # delivered as a percentage with one decimal
        ("per_1000", [43.21, 44.9], 1),
        ("cijfer", [7.0, 8.0], 1),
        ("personen", [1.5], 0),
    ],
)
def test_a_computed_figure_has_the_decimals_of_its_indicator(eenheid: str, waarden: list[float], verwacht: int) -> None:
    assert decide(eenheid, berekend=waarden) == {None: verwacht}


def test_three_eighths_from_counts_gets_no_decimal_because_it_happens_to_end() -> None:
    assert decide("aandeel", berekend=[0.375], noemer=8) == {None: 0}


def test_shares_of_a_survey_have_none_however_small() -> None:
    assert decide("aandeel", berekend=[0.0764, 0.0841], schatting="gewogen") == {None: 0}


def test_a_figure_reads_the_same_alone_and_in_a_series(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(warehouse))
    rijen = data.waarnemingen(data.kenmerk(), "medewerkerstevredenheid", True)
    rond = [r for r in rijen if r.waarde is not None and (r.waarde * 100) % 1 == 0 and r.herkomst == "gepubliceerd"]
    teksten = {(r.bron, zinnen.figure(r, "aandeel")) for r in rond}
    assert ("Actieprogramma Werken in de Zorg (VWS, 2018)", "83%") in teksten
    assert ("CBS (uit de tweede hand, geciteerd door staatvenz.nl)", "85,0%") in teksten
