"""Why a share changed, worked by hand, and everything that leaves a change unexplained."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipelines.afspraken.codelijsten import add_macros, fill_codelijst
from pipelines.afspraken.contract import Bron, Kolom, Tabel
from pipelines.rekenen.ontleden import explain_changes

SCHEMA = Path(__file__).parents[2] / "pipelines" / "publicatie" / "publicatie.sql"
KOLOM = Kolom("branche_code", "code", behalve=("TOTAAL", "ALLE", "UMC"))
BRONNEN = {"los": Bron("los", "", "", {"cijfers": Tabel("cijfers", "", {"branche_code": KOLOM}, ())})}
# VVT 50 of 100 and GGZ 80 of 100 make 130 of 200; then VVT 66 of 110 and GGZ 72 of 90 make 138 of 200.
TOEN = {"VVT": (50, 100), "GGZ": (80, 100), "TOTAAL": (130, 200)}
NU = {"VVT": (66, 110), "GGZ": (72, 90), "TOTAAL": (138, 200)}


def explain(toen=TOEN, nu=NU, *, optelbaar=True, breuk=None, anders="", voorlopig=False):
    """Return {(branche, term): bijdrage} of the change from 2021 to 2022; `anders` is SQL on pub.waarneming."""
    con = duckdb.connect()
    con.execute("attach ':memory:' as pub; use pub")
    con.execute(SCHEMA.read_text(encoding="utf-8"))
    fill_codelijst(con, "codelijst")
    con.execute("use memory")
    add_macros(con)
    con.execute("create table periode as select * from (values ('2021', 'jaar', date '2021-12-31'), ('2022', 'jaar', "
                "date '2022-12-31')) p(periode, soort, eind)")  # fmt: skip
    con.execute("create table branche as select * from (values ('VVT', 1, null), ('GGZ', 2, null), ('UMC', 3, null), "
                "('REV', 4, date '2022-06-01')) b(branche_code, volgorde, geldig_van)")  # fmt: skip
    con.execute("create table catalogus as select 'dekking' as indicator_id, 'aandeel' as eenheid, 'los.cijfers' as "
                "bron, cast(? as bool) as optelbaar, 1 as volgorde", [optelbaar])  # fmt: skip
    for periode, cijfers in (("2021", toen), ("2022", nu)):
        for branche, (teller, noemer) in cijfers.items():
            con.execute(
                "insert into pub.waarneming values ('dekking', '', '', 'NL01', 'land', ?, ?, '', 'levering', null, "
                "?, null, null, null, null, ?, ?, null, 'beschikbaar', ?, 'l')",
                [branche, periode, teller / noemer, teller, noemer, voorlopig],
            )
    if breuk:
        con.execute("insert into pub.trendbreuk values ('dekking', null, ?, ?, 'anders', null, false)", breuk)
    if anders:
        con.execute(anders)
    explain_changes(con, BRONNEN)
    rijen = con.execute("select branche_code, term, bijdrage from pub.ontleding").fetchall()
    return {(branche, term): bijdrage for branche, term, bijdrage in rijen}


def test_the_mix_and_what_happened_within_the_branches_by_hand():
    """65 % became 69 %. VVT rose from 50 to 60 % at a weight of (0.5 + 0.55) / 2: 5.25 points; GGZ stayed at 80 %.

    The mean of the branches is (0.65 + 0.69) / 2 = 0.67: 5 % more of VVT at 0.55 is 0.05·-0.12, 5 % less of GGZ at
    0.80 is -0.05·0.13; together -1.25 points, and 5.25 - 1.25 = 4.
    """
    uit = explain()
    assert uit == pytest.approx({
        ("VVT", "binnen"): 0.0525, ("GGZ", "binnen"): 0, ("VVT", "samenstelling"): -0.006,
        ("GGZ", "samenstelling"): -0.0065, ("TOTAAL", "overlap"): 0,
    })  # fmt: skip
    assert sum(uit.values()) == pytest.approx(0.04)


def test_persons_in_two_branches_are_a_term_of_their_own():
    """20 persons work in both in 2021 and 10 in 2022, all of them members: 110 of 180 became 128 of 190.

    Branches: 130/200 = 65 % and 138/200 = 69 %; persons: 61.11 % and 67.37 %. The overlap went from -3.89 to -1.63.
    """
    uit = explain({**TOEN, "TOTAAL": (110, 180)}, {**NU, "TOTAAL": (128, 190)}, optelbaar=False)
    assert uit["TOTAAL", "overlap"] == pytest.approx((128 / 190 - 0.69) - (110 / 180 - 0.65))
    assert sum(uit.values()) == pytest.approx(128 / 190 - 110 / 180)


HIDE = "update pub.waarneming set status = 'onderdrukt', waarde = null, teller = null, noemer = null where "


@pytest.mark.parametrize(
    "omstandigheid",
    [
        {"anders": f"{HIDE} branche_code = 'VVT' and periode = '2021'"},
        {"anders": f"{HIDE} branche_code = 'VVT'"},
        {"anders": f"{HIDE} branche_code = 'TOTAAL' and periode = '2022'"},
        {"anders": "delete from pub.waarneming where branche_code = 'GGZ'"},
        {"anders": "delete from pub.waarneming where branche_code = 'GGZ' and periode = '2022'"},
        {"anders": "update pub.waarneming set herkomst = 'synthetisch'"},
        {"anders": "update pub.waarneming set herkomst = 'synthetisch' where branche_code = 'VVT'"},
        {"anders": "update pub.waarneming set teller = null, noemer = null where branche_code = 'GGZ'"},
        {"voorlopig": True},
        {"breuk": [None, "2022-06-01"]},
        {"breuk": ["GGZ", "2022-06-01"]},
        # 400 persons who are in no branche: what is left out could be the whole explanation.
        {"nu": {**NU, "TOTAAL": (338, 600)}, "optelbaar": False},
        {"nu": {**NU, "TOTAAL": (110, 160)}},
    ],
)
def test_a_change_is_explained_whole_or_not_at_all(omstandigheid):
    assert explain(**omstandigheid) == {}


def test_a_break_before_the_first_moment_is_no_matter():
    assert explain(breuk=[None, "2021-12-31"])


def test_a_branche_that_came_apart_leaves_the_change_unexplained():
    """REV stands apart from June 2022: what it was in 2021 nobody knows."""
    assert explain(nu={**NU, "GGZ": (40, 50), "REV": (32, 40)}) == {}


def test_a_hidden_year_is_not_skipped():
    """Without 2022 the change from 2021 to 2023 would be one over two years, beside a chart with a gap."""
    later = "select * replace ('2023' as periode) from pub.waarneming where periode = '2022'"
    drie = (
        "insert into periode values ('2023', 'jaar', date '2023-12-31');"
        f"insert into pub.waarneming by name {later}; {HIDE} periode = '2022'"
    )
    assert explain(anders=drie) == {}
