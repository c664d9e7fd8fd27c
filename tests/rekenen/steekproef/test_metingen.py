"""Two waves of the survey from delivery to publication: raked figures, tested differences, and nothing mixed up."""

from __future__ import annotations

import random
from pathlib import Path

import duckdb
import pytest
from respondenten import margins, wave

from pipelines.bouwen import PUBLICATIE, WERK, build


@pytest.fixture(scope="module")
def con(twee_metingen: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(twee_metingen / PUBLICATIE), read_only=True)


def figures(con, waar: str) -> dict[str, tuple]:
    """Return per schatting (waarde, n, status) of one figure of rol_transitie = ja."""
    vraag = f"""select schatting, waarde, n, status from waarneming
                where indicator_id = 'rol_transitie' and categorie = 'ja' and {waar}"""
    return {schatting: rest for schatting, *rest in con.execute(vraag).fetchall()}


def verdict(con, soort: str, regio: str, indicator: str = "rol_transitie", categorie: str = "ja"):
    vraag = """select verschil, oordeel, periode_vorig, herkomst from verschil where soort = ? and regio_code = ?
               and indicator_id = ? and categorie = ? and periode = '2023'"""
    return con.execute(vraag, [soort, regio, indicator, categorie]).fetchone()


def test_raked_only_in_the_year_that_has_a_margin(con):
    land = "regio_code = 'NL01' and branche_code = 'TOTAAL' and uitsplitsing = ''"
    assert set(figures(con, f"{land} and periode = '2021'")) == {"ongewogen", "gewogen"}
    nu = figures(con, f"{land} and periode = '2023'")
    assert set(nu) == {"ongewogen", "gewogen", "geraakt"}
    # (16/20·40 + 15/30·60 + 3/5·30 + 11/25·50) / 180
    assert nu["gewogen"][0] == pytest.approx((32 + 30 + 18 + 22) / 180)
    assert nu["geraakt"][0] != nu["gewogen"][0]
    noten = con.execute("select gelukt, melding from kwaliteit where tabel = 'randtotalen' and controle like 'raken%'")
    assert noten.fetchall() == [(True, None)]


def test_too_few_is_too_few_raked_as_well(con):
    flevo = figures(con, "regio_code = 'WGO03' and periode = '2023'")
    assert flevo == {s: [None, 5, "te_weinig"] for s in ("ongewogen", "gewogen", "geraakt")}


def test_the_best_figure_is_weighted_before_raked(con):
    vraag = "select distinct schatting from beste_waarneming where indicator_id = 'rol_transitie' and niveau = 'land'"
    assert con.execute(vraag).fetchall() == [("gewogen",)]


def test_what_rose_and_what_stayed(con):
    """WGO01 went from 4 to 16 of 20, WGO02 stayed at 15 of 30, WGO03 has five answers."""
    assert verdict(con, "verandering", "WGO01") == (pytest.approx(0.6), "hoger", "2021", "levering")
    assert verdict(con, "verandering", "WGO02")[:2] == (pytest.approx(0), "geen_verschil")
    assert verdict(con, "verandering", "WGO03")[:2] == (None, "niet_te_bepalen")
    assert verdict(con, "verandering", "WGO01", "rapportcijfer", "")[:2] == (pytest.approx(2), "hoger")
    assert verdict(con, "regio_rest", "WGO01")[1] == "hoger"


def test_the_panel_is_known_by_the_name_it_had(con):
    """The same 30 of 60 of WGO02 answered the same twice: no spread in the change; the 25 of WGO05 were others."""
    vraag = """select standaardfout from verschil where soort = 'verandering' and regio_code = ?
               and indicator_id = 'rol_transitie' and categorie = 'ja'"""
    panel, los = (con.execute(vraag, [regio]).fetchone()[0] for regio in ("WGO02", "WGO05"))
    # sqrt((1 - 25/50)·(0.24 + 0.2464)/24), from 10 and 11 of 25.
    assert (panel, los) == (None, pytest.approx(0.1007, abs=1e-4))


def test_an_open_answer_belongs_to_its_own_wave(con):
    """Both waves name their respondents alike; 2021 named imago three times and 2023 zzp four times."""
    vraag = "select periode, categorie, waarde, n from waarneming where indicator_id = 'thema_aandacht' order by 1"
    assert con.execute(vraag).fetchall() == [("2021", "imago", 3, 3), ("2023", "zzp", 4, 4)]


def test_another_order_and_a_split_give_the_same_differences(con, goedgekeurd, maak_levering, tmp_path):
    for jaar in ("2021", "2023"):
        tabellen = wave(jaar)
        kop, *rijen = tabellen.pop("antwoorden").splitlines(keepends=True)
        random.Random(7).shuffle(rijen)
        delen = {"antwoorden-1": kop + "".join(rijen[:30]), "antwoorden-2": kop + "".join(rijen[30:])}
        randtotalen = {"randtotalen": margins(110)} if jaar == "2023" else {}
        maak_levering(tabellen | delen | randtotalen, f"meting-{jaar}", bron="srs_enquete", periode=f'"{jaar}"')
    build(tmp_path / "raw", tmp_path / "wh")
    con.execute(f"attach '{tmp_path / 'wh' / PUBLICATIE}' as ander (read_only)")
    for tabel in ("waarneming", "verschil"):
        ongelijk = f"(from {tabel} except from ander.{tabel}) union all (from ander.{tabel} except from {tabel})"
        assert con.execute(f"select count(*) from ({ongelijk})").fetchone() == (0,)


def test_names_of_respondents_stay_in_the_work_database(twee_metingen, con):
    with duckdb.connect(str(twee_metingen / WERK), read_only=True) as werk:
        assert werk.execute("select count(*) from srs_enquete.antwoorden where panel_id = 'WGO02-07'").fetchone() == (
            2,
        )
    assert b"WGO02-07" not in (twee_metingen / PUBLICATIE).read_bytes()
