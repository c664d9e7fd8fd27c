"""Persons in, cells out: every person once per cell, memberships by date, and nothing of anyone kept."""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from datetime import date, datetime
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from banen import ALMERE, EMMEN, GRONINGEN, KOP, LEDEN, check, jobs
from werk import shipped

from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.afspraken.regio import load_regio
from pipelines.bouwen import PUBLICATIE, build
from pipelines.laden.laden import load_werk
from pipelines.levering.leveringen import read_levering
from pipelines.levering.toets.valideren import validate_here

# What a file does to the process that reads it is tried in test_leesproces; here it is this one.
pytestmark = pytest.mark.usefixtures("hier_gelezen")

DEKKING = "periode,peildatum,regio_code,branche_code,medewerkers_aangesloten,medewerkers_totaal\n"
BRONNEN = load_bronnen()


def load(*mappen: Path) -> duckdb.DuckDBPyConnection:
    """Return a work database in memory with these deliveries in it; they are in order."""
    leveringen = [read_levering(map_, BRONNEN) for map_ in mappen]
    keuringen = [validate_here(levering, BRONNEN[levering.bron], {}) for levering in leveringen]
    assert [melding for keuring in keuringen for melding in keuring.meldingen] == []
    con = duckdb.connect()
    load_werk(con, keuringen, *shipped("pfzw_dekking", "pfzw_personen"))
    return con


def cells(con: duckdb.DuckDBPyConnection, periode: str = "2021") -> list[tuple]:
    return con.execute(
        "select regio_code, branche_code, medewerkers_aangesloten::int, medewerkers_totaal::int, werkgevers::int, "
        "grootste_werkgever::int, tweede_werkgever::int, werkgevers_leden::int, grootste_lid::int, tweede_lid::int, "
        "werkgevers_niet_leden::int, grootste_niet_lid::int, tweede_niet_lid::int "
        "from pfzw_dekking.dekking where periode = ? order by all",
        [periode],
    ).fetchall()


@pytest.fixture
def lever(maak_levering):
    """Write a delivery of jobs and memberships, or of one of the two."""

    def write(banen: str | None, leden: str | None = "w9,WGO01,2019-01-01,\n", **anders: str) -> Path:
        tabellen = {"dienstverbanden": (KOP, banen), "leden": (LEDEN, leden)}
        inhoud = {tabel: kop + rijen for tabel, (kop, rijen) in tabellen.items() if rijen is not None}
        return maak_levering(inhoud, bron="pfzw_personen", **anders)

    return write


@pytest.fixture
def tel(lever, goedgekeurd):
    """Return {(regio, branche): (aangesloten, totaal)} of jobs and memberships."""

    def count(banen: str, leden: str = "w9,WGO01,2019-01-01,\n") -> dict[tuple[str, str], tuple[int, int]]:
        return {(regio, branche): (a, t) for regio, branche, a, t, *_ in cells(load(lever(banen, leden)))}

    return count


def test_two_employers_in_two_branches_make_one_person_of_the_total(tel):
    """Of the two employers only the hospital is a member: covered there and in the total, not in home care."""
    cel = tel(jobs(f"p1 w1 ZKH {GRONINGEN}", f"p1 w2 VVT {GRONINGEN}"), "w1,WGO01,2019-01-01,\n")
    assert cel["NL01", "ZKH"] == (1, 1)
    assert cel["NL01", "VVT"] == (0, 1)
    assert cel["NL01", "TOTAAL"] == (1, 1)


def test_a_person_in_two_regions_counts_in_both_and_once_in_their_wgo_and_the_country(tel):
    cel = tel(jobs(f"p1 w1 VVT {GRONINGEN}", f"p1 w1 VVT {EMMEN}", f"p2 w1 VVT {EMMEN}", f"p1 w2 VVT {ALMERE}"))
    assert {regio: totaal for (regio, branche), (_, totaal) in cel.items() if branche == "VVT"} == {
        "RA0101": 1, "RA0102": 2, "WGO01": 2, "RA0410": 1, "WGO04": 1, "NL01": 2,
    }  # fmt: skip


def test_two_contracts_at_one_employer_are_one_person(tel):
    assert tel(jobs(f"p1 w1 VVT {GRONINGEN}", f"p1 w1 VVT {GRONINGEN}"))["NL01", "TOTAAL"] == (0, 1)


def test_a_membership_counts_from_its_first_to_its_last_day(tel):
    """On 30 June: one ended the day before, one ends today, one begins today and one begins tomorrow."""
    leden = (
        "w1,WGO01,2019-01-01,2022-06-29\nw2,WGO01,2019-01-01,2022-06-30\nw3,WGO01,2022-06-30,\nw4,WGO01,2022-07-01,\n"
    )
    cel = tel(jobs(*(f"p{nr} w{nr} {b} {GRONINGEN}" for nr, b in enumerate(("VVT", "GGZ", "GHZ", "KO"), 1))), leden)
    assert {b: c for (regio, b), c in cel.items() if regio == "NL01"} == {
        "VVT": (0, 1), "GGZ": (1, 1), "GHZ": (1, 1), "KO": (0, 1), "TOTAAL": (2, 4),
    }  # fmt: skip


def test_a_member_of_another_wgo_than_that_of_the_workplace_is_a_member(tel):
    """Else the country would have more covered persons than its regions together."""
    cel = tel(jobs(f"p1 w1 VVT {ALMERE}"), "w1,WGO01,2019-01-01,\n")
    assert cel["WGO04", "TOTAAL"] == cel["NL01", "TOTAAL"] == (1, 1)


def test_umc_jobs_are_left_out_and_do_not_make_a_second_job(tel):
    cel = tel(
        jobs(f"p1 w1 UMC {GRONINGEN}", f"p1 w2 VVT {GRONINGEN}", f"p2 w1 UMC {GRONINGEN}"), "w1,WGO01,2019-01-01,\n"
    )
    assert cel == {(regio, branche): (0, 1) for regio in ("NL01", "WGO01", "RA0101") for branche in ("VVT", "TOTAAL")}


def test_a_wgo_of_one_region_has_the_cells_of_that_region(tel):
    cel = tel(jobs(f"p1 w1 VVT {ALMERE}", f"p2 w2 GGZ {ALMERE}", f"p3 w3 VVT {GRONINGEN}"), "w1,WGO04,2019-01-01,\n")
    wgo, regio = ({b: c for (r, b), c in cel.items() if r == code} for code in ("WGO04", "RA0410"))
    assert wgo == regio == {"GGZ": (0, 1), "VVT": (1, 1), "TOTAAL": (1, 2)}


def test_a_region_counts_for_the_wgo_of_its_day(lever):
    """Haarlem (RA0717) belonged to samen Voor Betere Zorg (WGO07) until July 2022, and then to Sigra (WGO06)."""
    con = load(lever(jobs("p1 w1 VVT GM0392") + jobs("p1 w1 VVT GM0392", periode="2022", dag="2022-12-31")))
    assert {regio for regio, *_ in cells(con)} == {"NL01", "WGO07", "RA0717"}
    assert {regio for regio, *_ in cells(con, "2022")} == {"NL01", "WGO06", "RA0717"}


def test_a_merged_municipality_counts_until_it_merged_and_is_an_error_after(lever):
    """Appingedam (GM0003) became part of Eemsdelta in 2021."""
    con = load(lever(jobs("p1 w1 VVT GM0003", dag="2020-06-30", periode="2020")))
    assert ("RA0101", "VVT", 0, 1, 1, 1, 0) in [rij[:7] for rij in cells(con, "2020")]
    assert [melding.splitlines()[0] for melding in check(lever(jobs("p1 w1 VVT GM0003"), naam="l2"))] == [
        "dienstverbanden.csv, rij 2, kolom gm_code: 'GM0003' bestaat niet op de datum van deze rij."
    ]


def test_employers_are_counted_by_their_persons_not_by_their_jobs(lever):
    """w1 has p1 (two jobs) and p2, w2 has p2 and p3, w3 has p4: 3 employers, the largest two have 2 persons each.

    Only w1 is a member: one member of 2 persons, and two others of 2 (p2 among them, who is covered) and of 1.
    """
    banen = jobs(
        f"p1 w1 VVT {GRONINGEN}", f"p1 w1 VVT {EMMEN}", f"p2 w1 VVT {GRONINGEN}",
        f"p2 w2 VVT {GRONINGEN}", f"p3 w2 VVT {EMMEN}", f"p4 w3 VVT {ALMERE}",
    )  # fmt: skip
    cel = {rij[0]: rij[2:] for rij in cells(load(lever(banen, "w1,WGO01,2019-01-01,\n"))) if rij[1] == "VVT"}
    assert cel["NL01"] == (2, 4, 3, 2, 2, 1, 2, 0, 2, 2, 1)
    assert cel["RA0101"] == (2, 2, 2, 2, 1, 1, 2, 0, 1, 1, 0)
    assert cel["WGO04"] == (0, 1, 1, 1, 0, 0, 0, 0, 1, 1, 0)


# Thousands of persons at once, counted a second time in plain Python.

LIDMAATSCHAPPEN = {f"w{nr}": nr % 3 != 0 for nr in range(60)}


def random_jobs(seed: int) -> list[tuple[str, str, str, str]]:
    """Return (persoon, werkgever, branche, gemeente): one in eight has more jobs, and w0 dominates Almere."""
    toeval = random.Random(seed)
    gemeenten = [GRONINGEN, EMMEN, ALMERE, "GM0363", "GM0599", "GM0344", "GM0479", "GM0772", "GM0935"]
    banen = []
    for persoon in range(6000):
        for _ in range(toeval.choice([1] * 14 + [2, 3])):
            nr = min(int(toeval.expovariate(0.2)), 59)
            gemeente = toeval.choice(gemeenten) if nr else ALMERE
            banen.append((f"p{persoon}", f"w{nr}", ["VVT", "GGZ", "ZKH", "UMC"][nr % 4], gemeente))
    return banen


def count_by_hand(banen: list[tuple[str, str, str, str]], dag: date) -> list[tuple]:
    """Return the rows of pfzw_dekking.dekking, from sets of persons per cell."""
    con = duckdb.connect()
    load_regio(con)
    ouders = defaultdict(list)
    for gm, ouder in con.execute(
        "select v.regio_code, v.ouder_code from voorouder v join regio r on r.regio_code = v.ouder_code "
        "where r.niveau in ('wgo', 'arbeidsmarktregio') and ? between van and tot",
        [dag],
    ).fetchall():
        ouders[gm].append(ouder)
    allen, leden, per_werkgever = defaultdict(set), defaultdict(set), defaultdict(lambda: defaultdict(set))
    for persoon, werkgever, branche, gm in banen:
        if branche == "UMC":
            continue
        for cel in itertools.product(["NL01", *ouders[gm]], ["TOTAAL", branche]):
            allen[cel].add(persoon)
            per_werkgever[cel][werkgever].add(persoon)
            if LIDMAATSCHAPPEN[werkgever]:
                leden[cel].add(persoon)
    rijen = []
    for cel in sorted(allen):
        werkgevers = []
        for wie in ((True, False), (True,), (False,)):
            per = per_werkgever[cel].items()
            groottes = sorted((len(personen) for w, personen in per if LIDMAATSCHAPPEN[w] in wie), reverse=True)
            werkgevers += [len(groottes), *[*groottes, 0, 0][:2]]
        rijen.append((*cel, len(leden[cel]), len(allen[cel]), *werkgevers))
    return rijen


def test_persons_and_the_table_made_from_them_give_the_same_publication(lever, maak_levering, tmp_path):
    banen, dag = random_jobs(1), date(2022, 6, 30)
    leden = "".join(f"{w},WGO01,2019-01-01,{'' if lid else '2022-06-29'}\n" for w, lid in LIDMAATSCHAPPEN.items())
    map_ = lever(jobs(*map(" ".join, banen)), leden)
    met_de_hand = count_by_hand(banen, dag)
    assert cells(load(map_)) == met_de_hand

    build(tmp_path / "raw", tmp_path / "personen")
    map_.parent.rename(tmp_path / "elders")
    werkgevers = "werkgevers,grootste_werkgever,tweede_werkgever,werkgevers_leden,grootste_lid,tweede_lid"
    tekst = f"{DEKKING.strip()},{werkgevers},werkgevers_niet_leden,grootste_niet_lid,tweede_niet_lid\n"
    maak_levering({"dekking": tekst + "".join(f"2021,{dag},{','.join(map(str, rij))}\n" for rij in met_de_hand)})
    build(tmp_path / "raw", tmp_path / "tabel")
    personen, tabel = (figures(tmp_path / naam) for naam in ("personen", "tabel"))
    assert personen == tabel
    assert {status for *_, status in personen} == {"beschikbaar", "onderdrukt"}


def figures(warehouse: Path) -> list[tuple]:
    with duckdb.connect(str(warehouse / PUBLICATIE), read_only=True) as con:
        return con.execute(
            "select regio_code, branche_code, periode, peildatum, herkomst, teller, noemer, waarde, status "
            "from waarneming where indicator_id = 'dekkingsgraad' order by all"
        ).fetchall()


# Which delivery counts.


@pytest.mark.parametrize(
    ("personen", "tabel", "winnaar"),
    [
        ({"ontvangen": "2023-01-01"}, {"ontvangen": "2022-09-15"}, "pfzw_personen/p"),
        ({"ontvangen": "2022-09-15"}, {"ontvangen": "2023-01-01"}, "pfzw_dekking/t"),
        ({"ontvangen": "2022-09-15"}, {"ontvangen": "2022-09-15"}, "pfzw_personen/p"),
        ({"ontvangen": "2022-09-15"}, {"ontvangen": "2026-01-01", "herkomst": "synthetisch"}, "pfzw_personen/p"),
        ({"ontvangen": "2026-01-01", "herkomst": "synthetisch"}, {"ontvangen": "2022-09-15"}, "pfzw_dekking/t"),
    ],
)
def test_persons_and_a_table_of_one_period_compete_as_deliveries_do(
    goedgekeurd, lever, maak_levering, personen, tabel, winnaar
):
    rij = "2021,2022-06-30,NL01,TOTAAL,600,1000\n"
    con = load(
        lever(jobs(f"p1 w1 VVT {GRONINGEN}"), naam="p", **personen),
        maak_levering({"dekking": DEKKING + rij}, naam="t", **tabel),
    )
    assert cells(con)[0][:4] == ("NL01", "TOTAAL", *((0, 1) if "personen" in winnaar else (600, 1000)))
    assert con.execute("select distinct levering_id from gebruikt").fetchall() == [(winnaar,)]


def test_memberships_come_from_the_newest_delivery_of_the_same_period(goedgekeurd, lever):
    """The register of 2023 may leave out who left before; 2021 keeps its own, in its last version."""
    con = load(
        lever(jobs(f"p1 w1 VVT {GRONINGEN}"), "w2,WGO01,2019-01-01,\n", naam="a", ontvangen="2022-09-15"),
        lever(None, "w1,WGO01,2019-01-01,\n", naam="b", ontvangen="2022-10-01"),
        lever(None, "w3,WGO01,2019-01-01,\n", naam="c", ontvangen="2024-10-01", periode='"2023"'),
    )
    assert cells(con)[0][:4] == ("NL01", "TOTAAL", 1, 1)
    gebruikt = con.execute("select levering_id from gebruikt where tabel = 'leden'").fetchall()
    assert gebruikt == [("pfzw_personen/b",)]


def test_persons_without_memberships_are_refused(lever, tmp_path):
    lever(jobs(f"p1 w1 VVT {GRONINGEN}"), None)
    with pytest.raises(AfgekeurdError, match="pfzw_personen/l1: Bij deze dienstverbanden ontbreekt tabel leden"):
        build(tmp_path / "raw", tmp_path / "wh")


# Parquet, in the types that suppliers write.


def test_parquet_in_parts_counts_as_the_csv_does(lever):
    """A period spread over two files; dates as dates or as midnight, numbers of persons as numbers."""
    map_ = lever(None, "5,WGO01,2019-01-01,\n")
    rij = {"periode": 2021, "werkgever_id": 5, "branche_code": "VVT"}
    een = [{**rij, "peildatum": date(2022, 6, 30), "persoon_id": 1, "gm_code": GRONINGEN}]
    twee = [
        {**rij, "peildatum": datetime(2022, 6, 30), "persoon_id": 1, "gm_code": EMMEN},
        {**rij, "peildatum": datetime(2022, 6, 30), "persoon_id": 2, "gm_code": EMMEN},
    ]
    for nummer, rijen in enumerate((een, twee), start=1):
        pd.DataFrame(rijen).to_parquet(map_ / f"dienstverbanden-{nummer}.parquet")
    assert [rij[:4] for rij in cells(load(map_)) if rij[1] == "VVT"] == [
        ("NL01", "VVT", 2, 2), ("RA0101", "VVT", 1, 1), ("RA0102", "VVT", 2, 2), ("WGO01", "VVT", 2, 2),
    ]  # fmt: skip
