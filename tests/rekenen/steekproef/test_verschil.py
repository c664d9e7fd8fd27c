"""Differences: worked by hand, and the traps that would make one out of chance, of a break or of made-up data."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from pipelines.afspraken.codelijsten import add_macros, fill_codelijst
from pipelines.afspraken.contract import Bron, Kolom, Tabel
from pipelines.afspraken.indicatoren import Indicator
from pipelines.rekenen.steekproef.meting import Meting
from pipelines.rekenen.steekproef.schatten import Ontwerp
from pipelines.rekenen.steekproef.verschil import compile_verschillen, judge_differences

VRAAG = Kolom("amo_geen", "ja_nee")
CIJFER = Kolom("rapportcijfer", "geheel")
SQL = Path(__file__).parents[3] / "pipelines" / "rekenen" / "steekproef" / "enquete.sql"


@dataclass(frozen=True)
class Verschil:
    verschil: float | None
    standaardfout: float | None
    onder: float | None
    boven: float | None
    p: float | None
    p_bh: float | None
    oordeel: str


def wave(jaar, groepen, uitgenodigd, herkomst="levering", panel=()):
    """Return one wave from groups (wgo, ja, nee, niet gevraagd); respondents are <wgo>-<nummer>."""
    rijen = []
    for wgo, ja, nee, leeg in groepen:
        antwoorden = [1.0] * ja + [0.0] * nee + [None] * leeg
        rijen += [(f"{wgo}-{nr:03}", wgo, antwoord) for nr, antwoord in enumerate(antwoorden)]
    frame = pd.DataFrame(rijen, columns=["respondent_id", "regio_code", "amo_geen"])
    frame["panel_id"] = [dict(panel).get(naam) for naam in frame["respondent_id"]]
    frame["rapportcijfer"] = 7.0
    stratum = frame["regio_code"].map({code: nr for nr, code in enumerate(uitgenodigd)}).to_numpy(dtype=np.intp)
    aantallen = np.bincount(stratum, minlength=len(uitgenodigd)).astype(float)
    ontwerp = Ontwerp(stratum, np.array(list(uitgenodigd.values()), dtype=float), aantallen)
    return Meting(jaar, herkomst, frame, ontwerp, tuple(uitgenodigd))


def database(breuken=()) -> duckdb.DuckDBPyConnection:
    """Return a work database with the tables that a verdict needs, and the years 2021 and 2023."""
    con = duckdb.connect()
    con.execute("attach ':memory:' as pub")
    con.execute("use pub")
    con.execute((SQL.parents[2] / "publicatie" / "publicatie.sql").read_text(encoding="utf-8"))
    fill_codelijst(con, "codelijst")
    con.execute("use memory")
    add_macros(con)
    con.execute(SQL.read_text(encoding="utf-8"))
    con.execute("create table periode as select * from (values ('2021', date '2021-12-31'), ('2023', "
                "date '2023-12-31')) p(periode, eind)")  # fmt: skip
    con.execute("alter table periode add column soort varchar default 'jaar'")
    for regio, datum in breuken:
        con.execute("insert into pub.trendbreuk values ('amo_geen', ?, null, ?, 'anders', null, true)", [regio, datum])
    return con


def compare(*metingen, kolom=VRAAG, breuken=()) -> dict[tuple[str, str], Verschil]:
    """Return the tested differences per soort × region."""
    con = database(breuken)
    bronnen = {"srs_enquete": Bron("srs_enquete", "", "", {"antwoorden": Tabel("", "", {kolom.naam: kolom}, ())})}
    indicator = Indicator(kolom.naam, "", "", "aandeel", "hoger", enquete=True)
    compile_verschillen(con, {kolom.naam: indicator}, bronnen, list(metingen))
    judge_differences(con)
    rijen = con.execute("select soort, regio_code, verschil, standaardfout, onder, boven, p, p_bh, oordeel "
                        "from pub.verschil where categorie = ''").fetchall()  # fmt: skip
    return {rij[:2]: Verschil(*rij[2:]) for rij in rijen}


def test_a_region_against_the_rest_by_hand():
    """8 of 10 (20 invited) against 8 of 20 (40 invited): 0.8 - 0.4 = 0.4.

    Variance (1 - 10/20)·0.16/9 + (1 - 20/40)·0.24/19 = 0.015205, SE 0.12331. Wilson on 18 is
    0.5714 to 0.9231, on 38 it is 0.2605 to 0.5579: 0.4 - sqrt(0.2286² + 0.1579²) = 0.1222, and
    0.4 + sqrt(0.1231² + 0.1395²) = 0.5861.
    """
    uit = compare(wave("2021", [("WGO01", 8, 2, 0), ("WGO02", 8, 12, 0)], {"WGO01": 20, "WGO02": 40}))
    een, ander = uit["regio_rest", "WGO01"], uit["regio_rest", "WGO02"]
    assert (een.verschil, een.standaardfout) == pytest.approx((0.4, math.sqrt(0.0152047)), abs=1e-5)
    assert (een.onder, een.boven) == pytest.approx((0.1222, 0.5861), abs=1e-4)
    assert een.p < 0.05
    # Two regions are each other's rest: one and the same test, so the correction leaves it as it is.
    assert een.p_bh == pytest.approx(een.p)
    assert (een.oordeel, ander.oordeel, ander.verschil) == ("hoger", "lager", pytest.approx(-0.4))


def test_the_rest_is_weighed_by_how_many_were_invited():
    """The rest of WGO01: 20 of 20 among 40 invited and 0 of 20 among 120; that is 25 %, not 50 %."""
    groepen = [("WGO01", 10, 30, 0), ("WGO02", 20, 0, 0), ("WGO03", 0, 20, 0)]
    uit = compare(wave("2021", groepen, {"WGO01": 50, "WGO02": 40, "WGO03": 120}))
    assert uit["regio_rest", "WGO01"].verschil == pytest.approx(0.25 - 40 / 160)
    assert uit["regio_rest", "WGO01"].oordeel == "geen_verschil"


def test_change_between_two_waves_by_hand():
    """10 of 20 then 16 of 20, 40 invited, nobody answered twice: 0.3; SE sqrt(0.5·0.25/19 + 0.5·0.16/19) = 0.10387.

    df = min(20, 20) - 1 = 19, t = 2.889, p = 0.0094; the country is this one region and has 20 - 1 too.
    """
    toen, nu = (wave(jaar, [("WGO01", ja, 20 - ja, 0)], {"WGO01": 40}) for jaar, ja in (("2021", 10), ("2023", 16)))
    uit = compare(toen, nu)
    for regio in ("WGO01", "NL01"):
        stap = uit["verandering", regio]
        assert (stap.verschil, stap.standaardfout) == pytest.approx((0.3, 0.10387), abs=1e-5)
        assert (stap.p, stap.oordeel) == (pytest.approx(0.0094, abs=1e-4), "hoger")


def test_the_newest_wave_is_the_one_that_is_higher():
    toen, nu = (wave(jaar, [("WGO01", ja, 20 - ja, 0)], {"WGO01": 40}) for jaar, ja in (("2021", 16), ("2023", 10)))
    assert compare(toen, nu)["verandering", "WGO01"].oordeel == "lager"


@pytest.mark.parametrize("panel_eerder", [True, False])
def test_the_same_organisations_twice_make_a_change_more_certain(panel_eerder):
    """All 20 answer twice, six of them another thing: every difference is 0 or 1, 6 of 20 changed.

    SE² = (1 - 20/40)·s²/20 with s² of the differences = (6·0.7² + 14·0.3²)/19 = 0.22105, so SE = 0.07434.
    A panel_id points at the earlier panel_id, or else at the earlier respondent_id.
    """
    namen = [f"WGO01-{nr:03}" for nr in range(20)]
    eerder = [(naam, f"org-{naam}") for naam in namen] if panel_eerder else []
    toen = wave("2021", [("WGO01", 10, 10, 0)], {"WGO01": 40}, panel=eerder)
    nu = wave("2023", [("WGO01", 16, 4, 0)], {"WGO01": 40}, panel=eerder or [(naam, naam) for naam in namen])
    stap = compare(toen, nu)["verandering", "WGO01"]
    assert (stap.verschil, stap.standaardfout) == pytest.approx((0.3, 0.07434), abs=1e-5)


def test_a_panel_that_answers_the_same_has_no_change():
    toen = wave("2021", [("WGO01", 10, 10, 0)], {"WGO01": 40})
    nu = wave("2023", [("WGO01", 10, 10, 0)], {"WGO01": 40}, panel=[(n, n) for n in toen.antwoorden["respondent_id"]])
    assert compare(toen, nu)["verandering", "WGO01"] == Verschil(0, None, None, None, 1, 1, "geen_verschil")


def test_an_overlap_as_large_as_chance_gives_adds_no_certainty():
    """Two samples of 20 of 40 share 10 by chance: then the two waves are independent, however alike the ten are."""
    twee_keer = [(f"WGO01-{nr:03}", f"WGO01-{nr:03}") for nr in (*range(5), *range(15, 20))]
    toen = wave("2021", [("WGO01", 10, 10, 0)], {"WGO01": 40})
    nu = wave("2023", [("WGO01", 16, 4, 0)], {"WGO01": 40}, panel=twee_keer)
    assert compare(toen, nu)["verandering", "WGO01"].standaardfout == pytest.approx(0.10387, abs=1e-5)


def test_nobody_of_ten_is_no_proof():
    """0 of 10 against 10 of 100: a sample without spread has a standard error of 0, which would be 'lager'."""
    uit = compare(wave("2021", [("WGO01", 0, 10, 0), ("WGO02", 10, 90, 0)], {"WGO01": 40, "WGO02": 400}))
    assert uit["regio_rest", "WGO01"].oordeel == "geen_verschil"
    assert uit["regio_rest", "WGO01"].standaardfout > 0.1


def test_everyone_of_ten_against_nobody_is_a_difference():
    uit = compare(wave("2021", [("WGO01", 10, 0, 0), ("WGO02", 0, 100, 0)], {"WGO01": 40, "WGO02": 400}))
    assert uit["regio_rest", "WGO01"].oordeel == "hoger"


@pytest.mark.parametrize(
    ("rest", "verwacht"),
    [
        (8.0, Verschil(*[None] * 6, "niet_te_bepalen")),
        (7.0, Verschil(0, None, None, None, 1, 1, "geen_verschil")),
    ],
)
def test_means_without_any_spread_give_no_test(rest, verwacht):
    """Everyone of WGO01 gives a 7, everyone else the same mark: nothing says how certain that is."""
    meting = wave("2021", [("WGO01", 10, 0, 0), ("WGO02", 20, 0, 0)], {"WGO01": 40, "WGO02": 60})
    meting.antwoorden.loc[meting.antwoorden["regio_code"] == "WGO02", "rapportcijfer"] = rest
    assert compare(meting, kolom=CIJFER)["regio_rest", "WGO01"] == verwacht


@pytest.mark.parametrize(
    ("eigen", "uitgenodigd", "oordeel"),
    [
        ((9, 0, 0), 10, "niet_te_bepalen"),  # nine respondents
        ((10, 0, 0), 11, "hoger"),
        ((9, 0, 1), 11, "niet_te_bepalen"),  # nine answers to this question
        ((40, 0, 0), 201, "niet_te_bepalen"),  # response of 19,9 %
        ((40, 0, 0), 200, "hoger"),
    ],
)
def test_a_side_that_may_not_be_shown_is_not_compared(eigen, uitgenodigd, oordeel):
    uit = compare(wave("2021", [("WGO01", *eigen), ("WGO02", 5, 55, 0)], {"WGO01": uitgenodigd, "WGO02": 100}))
    assert uit["regio_rest", "WGO01"].oordeel == oordeel
    assert (uit["regio_rest", "WGO01"].verschil is None) == (oordeel == "niet_te_bepalen")


def test_a_rest_that_may_not_be_shown_is_nothing_to_compare_with():
    """WGO02 is the rest of WGO01, and has a response of 10 %."""
    uit = compare(wave("2021", [("WGO01", 20, 0, 0), ("WGO02", 0, 20, 0)], {"WGO01": 40, "WGO02": 200}))
    assert {rij.oordeel for rij in uit.values()} == {"niet_te_bepalen"}


def test_a_wide_interval_is_tested_all_the_same():
    """6 of 12 is indicative (half-width 24 points), but the test knows how uncertain it is."""
    uit = compare(wave("2021", [("WGO01", 6, 6, 0), ("WGO02", 0, 60, 0)], {"WGO01": 60, "WGO02": 100}))
    assert uit["regio_rest", "WGO01"].oordeel == "hoger"


def test_made_up_answers_are_not_tested_and_never_compared_with_real_ones():
    toen = wave("2021", [("WGO01", 2, 18, 0)], {"WGO01": 40}, herkomst="synthetisch")
    nu = wave("2023", [("WGO01", 18, 2, 0)], {"WGO01": 40})
    assert compare(toen, replace(nu, herkomst="synthetisch")) == {}
    assert ("verandering", "WGO01") not in compare(toen, nu)
    assert compare(replace(toen, herkomst="levering"), nu)["verandering", "WGO01"].oordeel == "hoger"


def test_provisional_answers_are_not_compared():
    toen, nu = (wave(jaar, [("WGO01", ja, 20 - ja, 0)], {"WGO01": 40}) for jaar, ja in (("2021", 2), ("2023", 18)))
    for metingen in ((toen, replace(nu, is_voorlopig=True)), (replace(toen, is_voorlopig=True), nu)):
        assert compare(*metingen)["verandering", "WGO01"] == Verschil(*[None] * 6, "niet_te_bepalen")
    los = wave("2021", [("WGO01", 8, 2, 0), ("WGO02", 8, 12, 0)], {"WGO01": 20, "WGO02": 40})
    assert compare(replace(los, is_voorlopig=True))["regio_rest", "WGO01"].oordeel == "niet_te_bepalen"


@pytest.mark.parametrize(
    ("breuk", "wgo", "land"),
    [
        ((None, "2022-01-01"), "niet_te_bepalen", "niet_te_bepalen"),
        (("WGO01", "2022-07-01"), "niet_te_bepalen", "hoger"),  # another area, but the same country
        (("WGO02", "2022-07-01"), "hoger", "hoger"),
        ((None, "2021-12-31"), "hoger", "hoger"),  # before the end of the first wave
        ((None, "2024-01-01"), "hoger", "hoger"),
    ],
)
def test_no_change_across_a_break(breuk, wgo, land):
    toen, nu = (wave(jaar, [("WGO01", ja, 20 - ja, 0)], {"WGO01": 40}) for jaar, ja in (("2021", 2), ("2023", 18)))
    uit = compare(toen, nu, breuken=[breuk])
    assert (uit["verandering", "WGO01"].oordeel, uit["verandering", "NL01"].oordeel) == (wgo, land)
    assert (uit["verandering", "WGO01"].verschil is None) == (wgo == "niet_te_bepalen")


def test_a_wgo_that_is_new_has_no_change():
    toen = wave("2021", [("WGO01", 2, 18, 0)], {"WGO01": 40})
    nu = wave("2023", [("WGO01", 18, 2, 0), ("WGO02", 10, 10, 0)], {"WGO01": 40, "WGO02": 40})
    assert compare(toen, nu)["verandering", "WGO02"].oordeel == "niet_te_bepalen"


def correct(*ps, niveau="wgo") -> list[tuple[float | None, str]]:
    """Return (p_bh, oordeel) per region for these p's of one indicator."""
    con = database()
    con.executemany(
        "insert into toets values ('x', '', 'regio_rest', ?, ?, '2021', null, 0.1, 0.1, 0, 0.2, ?, 'levering')",
        [(f"WGO{nr:02}", niveau, p) for nr, p in enumerate(ps)],
    )
    judge_differences(con)
    return con.execute("select p_bh, oordeel from pub.verschil order by regio_code").fetchall()


def test_benjamini_hochberg_by_hand():
    """0.01·4/1 = 0.04, 0.02·4/2 = 0.04, 0.03·4/3 = 0.04, 0.2·4/4: each takes the smallest at or above its own."""
    assert correct(0.03, 0.01, 0.2, 0.02) == [
        (pytest.approx(0.04), "hoger"), (pytest.approx(0.04), "hoger"), (0.2, "geen_verschil"),
        (pytest.approx(0.04), "hoger"),
    ]  # fmt: skip


def test_one_low_p_among_many_is_no_difference():
    assert correct(0.03, 0.5, 0.6, 0.7)[0] == (pytest.approx(0.12), "geen_verschil")


def test_equal_p_get_equal_corrections_and_never_above_1():
    assert [p for p, _ in correct(0.04, 0.04, 0.9, 1.0)] == [pytest.approx(p) for p in (0.08, 0.08, 1.0, 1.0)]


def test_what_was_not_tested_does_not_count_in_the_correction():
    """One test beside three regions that are not shown stays one test."""
    assert correct(0.03, None, None, None) == [(pytest.approx(0.03), "hoger"), *[(None, "niet_te_bepalen")] * 3]


def margin_change(*figuren) -> list[tuple]:
    """Return (periode_vorig, verschil, p, oordeel) of figures (periode, waarde, marge, herkomst, voorlopig, status)."""
    con = database()
    con.execute("insert into steekproef values ('werkdruk')")
    con.execute("insert into periode select * from (values ('2021KW02', date '2021-06-30', 'kwartaal'), ('2021KW04', "
                "date '2021-12-31', 'kwartaal'), ('2022KW02', date '2022-06-30', 'kwartaal'))")  # fmt: skip
    for periode, waarde, marge, herkomst, is_voorlopig, status in figuren:
        grenzen = (None, None) if marge is None or waarde is None else (max(waarde - marge, 0), waarde + marge)
        con.execute(
            "insert into pub.waarneming values ('werkdruk', '', '', 'NL01', 'land', 'TOTAAL', ?, '', ?, null, ?, null, "
            "null, ?, ?, null, null, null, ?, ?, 'l')",
            [periode, herkomst, waarde, *grenzen, status, is_voorlopig],
        )
    judge_differences(con)
    return con.execute("select periode_vorig, verschil, p, oordeel from pub.verschil order by periode").fetchall()


NU = ("2023", 0.46, 0.03, "levering", False, "beschikbaar")
TOEN = ("2021", 0.40, 0.04, "levering", False, "beschikbaar")


def test_a_change_from_delivered_margins_by_hand():
    """6 points, margins of 4 and 3 are together 5: 6/5·1.96 = 2.352, p = 0.0187."""
    assert margin_change(TOEN, NU) == [("2021", pytest.approx(0.06), pytest.approx(0.0187, abs=1e-4), "hoger")]


@pytest.mark.parametrize(
    "anders",
    [
        (*TOEN[:2], None, *TOEN[3:]),  # no margin
        (*TOEN[:3], "gepubliceerd", *TOEN[4:]),
        (*TOEN[:4], True, "beschikbaar"),
        ("2021", None, None, "levering", False, "onderdrukt"),
    ],
)
def test_without_two_margins_of_one_kind_there_is_no_verdict(anders):
    assert margin_change(anders, NU) == [("2021", None, None, "niet_te_bepalen")]


def test_a_margin_cut_off_at_zero_is_read_from_its_other_side():
    """1 % give or take 3 is shown as 0 to 4: the margin stays 3."""
    laag = ("2021", 0.01, 0.03, "levering", False, "beschikbaar")
    hoog = ("2023", 0.06, 0.04, "levering", False, "beschikbaar")
    assert margin_change(laag, hoog)[0][2] == pytest.approx(0.05, abs=0.001)


def test_quarters_are_compared_with_the_same_quarter_of_a_year_before():
    kwartalen = [
        (periode, 0.4, 0.01, "levering", False, "beschikbaar") for periode in ("2021KW02", "2021KW04", "2022KW02")
    ]
    assert [rij[0] for rij in margin_change(*kwartalen)] == ["2021KW02"]


def test_an_indicator_of_counts_has_no_test(publicatie):
    """A count has no sampling error: its change is a fact, and stands in no row of verschil."""
    getoetst = {naam for (naam,) in publicatie.execute("select distinct indicator_id from verschil").fetchall()}
    assert "medewerkerstevredenheid" in getoetst
    assert not getoetst & {"dekkingsgraad", "aantal_werknemers", "respons", "respondenten", "thema_aandacht"}
