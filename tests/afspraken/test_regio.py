"""Regions through time: which exist on a day, and in which larger one each lies."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from pipelines.afspraken.regio import load_regio


@pytest.fixture(scope="module")
def con():
    con = duckdb.connect()
    load_regio(con)
    return con


def valid_on(con, niveau: str, dag: date) -> int:
    rij = con.execute(
        "select count(*) from regio where niveau = ? and ? between coalesce(geldig_van, ?) and coalesce(geldig_tot, ?)",
        [niveau, dag, dag, dag],
    ).fetchone()
    return int(rij[0])


def parent(con, regio: str, niveau: str, dag: date) -> list[str]:
    return [
        rij[0]
        for rij in con.execute(
            "select distinct v.ouder_code from voorouder v join regio r on r.regio_code = v.ouder_code "
            "where v.regio_code = ? and r.niveau = ? and ? between v.van and v.tot order by 1",
            [regio, niveau, dag],
        ).fetchall()
    ]


def test_every_code_stands_there_once(con):
    assert con.execute("select count(*) = count(distinct regio_code) from regio").fetchone() == (True,)


@pytest.mark.parametrize(
    ("niveau", "dag", "aantal"),
    [
        ("land", date(2021, 1, 1), 1),
        ("landsdeel", date(2021, 1, 1), 4),
        ("provincie", date(2021, 1, 1), 12),
        ("arbeidsmarktregio", date(2015, 1, 1), 28),
        ("wgo", date(2018, 12, 31), 14),
        ("wgo", date(2019, 1, 1), 13),
        ("wgo", date(2022, 6, 30), 13),
        ("wgo", date(2022, 7, 1), 12),
        ("gemeente", date(2022, 6, 30), 345),
    ],
)
def test_number_of_regions_per_day(con, niveau, dag, aantal):
    assert valid_on(con, niveau, dag) == aantal


@pytest.mark.parametrize(
    ("regio", "dag", "wgo"),
    [
        ("RA0717", date(2022, 6, 30), "WGO07"),
        ("RA0717", date(2022, 7, 1), "WGO06"),
        ("RA0818", date(2018, 12, 31), "WGO08"),
        ("RA0818", date(2019, 1, 1), "WGO10"),
        ("RA0818", date(2015, 1, 1), "WGO08"),
        ("GM0363", date(2021, 1, 1), "WGO06"),
    ],
)
def test_a_region_moves_to_another_employers_organisation_on_the_day(con, regio, dag, wgo):
    assert parent(con, regio, "wgo", dag) == [wgo]


@pytest.mark.parametrize(
    "dag", [date(2012, 1, 1), date(2018, 12, 31), date(2019, 1, 1), date(2022, 7, 1), date(2024, 1, 1)]
)
def test_each_labour_market_region_lies_in_one_employers_organisation_on_any_day(con, dag):
    ras = [rij[0] for rij in con.execute("select regio_code from regio where niveau = 'arbeidsmarktregio'").fetchall()]
    assert {ra: len(parent(con, ra, "wgo", dag)) for ra in ras} == dict.fromkeys(ras, 1)


@pytest.mark.parametrize("niveau", ["arbeidsmarktregio", "provincie", "landsdeel", "land"])
def test_each_municipality_lies_in_one_larger_region_while_it_exists(con, niveau):
    anders = con.execute(
        "select g.regio_code, count(distinct v.ouder_code) from regio g "
        "left join (select v.* from voorouder v join regio o on o.regio_code = v.ouder_code and o.niveau = ?) v "
        "on v.regio_code = g.regio_code and coalesce(g.geldig_tot, date '2024-01-01') between v.van and v.tot "
        "where g.niveau = 'gemeente' group by 1 having count(distinct v.ouder_code) <> 1",
        [niveau],
    ).fetchall()
    assert anders == []


def test_a_merged_municipality_ends_the_day_before_its_successor_begins(con):
    rijen = con.execute(
        "select regio_code, geldig_van, geldig_tot from regio where regio_code in ('GM0003', 'GM1979') order by 1"
    ).fetchall()
    assert rijen == [("GM0003", date(2019, 1, 1), date(2020, 12, 31)), ("GM1979", date(2021, 1, 1), None)]


def test_wgo10_shows_its_name_of_now_and_the_one_before(con):
    assert con.execute("select naam, naam_eerder from regio where regio_code = 'WGO10'").fetchone() == (
        "ZWconnect",
        "ZorgZijn Werkt (tot en met 31-12-2018)",
    )


def test_rehabilitation_is_a_branche_from_2021(con):
    assert con.execute("select branche_code from branche where geldig_van is not null").fetchall() == [("REV",)]
    assert con.execute("select geldig_van from branche where branche_code = 'REV'").fetchone() == (date(2021, 1, 1),)
