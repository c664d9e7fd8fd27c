"""The survey: which figures may be shown, at their exact boundaries, and what is never crossed."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import duckdb
import pytest

from pipelines.afspraken.contract import Bron, Kolom, Tabel
from pipelines.afspraken.indicatoren import Indicator
from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.afspraken.warehouse.verbinding import insert_rows
from pipelines.bouwen import PUBLICATIE, build
from pipelines.rekenen.steekproef.enquete import compile_enquete

VRAAG = Kolom("amo_geen", "ja_nee")
KEUZE = Kolom("rol_transitie", "code", lijst=("ja", "nee", "weet_niet"))
CIJFER = Kolom("rapportcijfer", "geheel")
OPEN = Kolom("vraag", "code", lijst=("thema_aandacht",))
BRONNEN = {
    "srs_enquete": Bron("srs_enquete", "SRS", "SEOR", {
        "antwoorden": Tabel("antwoorden", "", {k.naam: k for k in (VRAAG, KEUZE, CIJFER)}, ()),
        "open_antwoorden": Tabel("open_antwoorden", "", {"vraag": OPEN}, ()),
    })
}  # fmt: skip

LAND = "schatting = 'ongewogen' and regio_code = 'NL01' and branche_code = 'TOTAAL' and uitsplitsing = ''"


def compute(groepen, uitgenodigd, vragen=("amo_geen",), themas=()) -> duckdb.DuckDBPyConnection:
    """Compute from groups of (wgo, aantal, amo_geen, rol_transitie, rapportcijfer, branche)."""
    con = duckdb.connect()
    con.execute(
        """
        create schema srs_enquete;
        create table srs_enquete.antwoorden (respondent_id varchar, periode varchar, regio_code varchar,
            branche_code varchar, grootteklasse varchar, functie varchar, betrokkenheid varchar,
            amo_geen double, rol_transitie varchar, rapportcijfer double, panel_id varchar);
        create table srs_enquete.uitgenodigd (periode varchar, regio_code varchar, uitgenodigd double);
        create table srs_enquete.open_antwoorden (periode varchar, respondent_id varchar, vraag varchar,
            code varchar);
        create table srs_enquete.randtotalen (periode varchar, kenmerk varchar, waarde varchar, uitgenodigd double);
        create table gebruikt as select 'srs_enquete' as bron, 'antwoorden' as tabel, '2021' as periode,
            'l' as levering_id, 'levering' as herkomst, false as is_voorlopig;
        """
    )
    rijen = [(w, "2021", *groep) for w, aantal, *groep in groepen for _ in range(aantal)]
    antwoorden = [
        (f"r{nr:03}", periode, wgo, branche, "<50", "hr", "actief", geen, rol, cijfer, None)
        for nr, (wgo, periode, geen, rol, cijfer, branche) in enumerate(rijen, 1)
    ]
    insert_rows(con, "srs_enquete.antwoorden", antwoorden)
    insert_rows(con, "srs_enquete.uitgenodigd", [("2021", code, aantal) for code, aantal in uitgenodigd.items()])
    insert_rows(con, "srs_enquete.open_antwoorden", [("2021", wie, "thema_aandacht", code) for wie, code in themas])
    indicatoren = {v: Indicator(v, v, v, "aandeel", "hoger", enquete=True) for v in vragen}
    compile_enquete(con, indicatoren, BRONNEN)
    return con


def figure(con, waar="regio_code = 'NL01' and branche_code = 'TOTAAL' and uitsplitsing = ''", schatting="ongewogen"):
    """Return (waarde, n, status) of one figure of amo_geen."""
    geen = f"indicator_id = 'amo_geen' and schatting = '{schatting}' and {waar}"
    return con.execute(f"select waarde, n, status from enquete where {geen}").fetchone()


def wgo(aantal, uitgenodigd, geen=1):
    """Return the figure of WGO01 with so many answers of so many invited, beside a large WGO02."""
    groepen = [("WGO01", aantal, geen, "ja", 7, "VVT"), ("WGO02", 60, 0, "ja", 7, "VVT")]
    return figure(compute(groepen, {"WGO01": uitgenodigd, "WGO02": 100}), "regio_code = 'WGO01'")


@pytest.mark.parametrize(("n", "status"), [(9, "te_weinig"), (10, "beschikbaar"), (11, "beschikbaar")])
def test_a_wgo_needs_ten_respondents(n, status):
    """Everyone gives the same answer and nearly everyone answered, so the interval is narrow."""
    assert wgo(n, n + 1)[1:] == (n, status)


@pytest.mark.parametrize(("uitgenodigd", "te_weinig"), [(201, True), (200, False)])
def test_a_wgo_needs_a_response_of_twenty_percent(uitgenodigd, te_weinig):
    """40 of 201 is 19,9 %, 40 of 200 is 20,0 %."""
    assert (wgo(40, uitgenodigd)[2] == "te_weinig") is te_weinig


@pytest.mark.parametrize(("basis", "te_weinig"), [(9, True), (10, False)])
def test_a_question_needs_ten_answers(basis, te_weinig):
    groepen = [("WGO01", basis, 1, "ja", 7, "VVT"), ("WGO01", 30, None, "ja", 7, "VVT")]
    waarde, n, status = figure(compute(groepen, {"WGO01": 50}))
    assert (n, status == "te_weinig", waarde is None) == (basis, te_weinig, te_weinig)


def test_too_few_shows_n_and_nothing_else():
    con = compute([("WGO01", 4, 1, "ja", 7, "VVT"), ("WGO02", 40, 0, "ja", 7, "VVT")], {"WGO01": 18, "WGO02": 60})
    rijen = con.execute(
        "select waarde, standaardfout, onder, boven, teller, noemer, n from enquete "
        "where regio_code = 'WGO01' and indicator_id = 'amo_geen'"
    ).fetchall()
    assert set(rijen) == {(None, None, None, None, None, None, 4)}


def test_response_counts_are_never_hidden():
    con = compute([("WGO01", 4, 1, "ja", 7, "VVT"), ("WGO02", 40, 0, "ja", 7, "VVT")], {"WGO01": 18, "WGO02": 60})
    rij = con.execute("select waarde, teller, noemer, status from enquete where indicator_id = 'respons' "
                      "and regio_code = 'WGO01'").fetchone()  # fmt: skip
    assert rij == (pytest.approx(4 / 18), 4, 18, "beschikbaar")


def test_a_wide_interval_is_indicative():
    """6 of 12 out of 60: half-width about 24 points; 30 of 60 out of 70: about 5."""
    half = [("WGO01", 6, 1, "ja", 7, "VVT"), ("WGO01", 6, 0, "ja", 7, "VVT")]
    assert figure(compute(half, {"WGO01": 60}))[2] == "indicatief"
    ruim = [("WGO01", 30, 1, "ja", 7, "VVT"), ("WGO01", 30, 0, "ja", 7, "VVT")]
    assert figure(compute(ruim, {"WGO01": 70}))[2] == "beschikbaar"


@pytest.mark.parametrize(("uitgenodigd", "halve", "status"), [(39, 0.1497, "beschikbaar"), (40, 0.1515, "indicatief")])
def test_indicative_begins_above_fifteen_points(uitgenodigd, halve, status):
    """10 of 20: half-width 1.96 / (2·sqrt(n_eff + 1.96²)), n_eff = 19 / (1 - 20/39) = 39 or 19 / (1 - 20/40) = 38."""
    groepen = [("WGO01", 10, 1, "ja", 7, "VVT"), ("WGO01", 10, 0, "ja", 7, "VVT")]
    vraag = f"select (boven - onder) / 2, status from enquete where indicator_id = 'amo_geen' and {LAND}"
    rij = compute(groepen, {"WGO01": uitgenodigd}).execute(vraag).fetchone()
    assert rij == (pytest.approx(halve, abs=5e-5), status)


def test_a_question_in_small_subgroups_is_hidden_there_and_shown_for_all():
    """Nine VVT and nine GGZ of one WGO: each branche is one short, together they are enough."""
    groepen = [("WGO01", 9, 1, "ja", 7, "VVT"), ("WGO01", 9, 0, "ja", 7, "GGZ")]
    con = compute(groepen, {"WGO01": 20})
    assert figure(con)[1:] == (18, "beschikbaar")
    for branche in ("VVT", "GGZ"):
        assert figure(con, f"branche_code = '{branche}'") == (None, 9, "te_weinig")


def test_weighting_gives_each_wgo_its_own_size():
    """WGO01: 10 of 10 say yes, 20 invited; WGO02: 0 of 10, 80 invited. Unweighted 50 %, weighted 20 %."""
    groepen = [("WGO01", 10, 1, "ja", 7, "VVT"), ("WGO02", 10, 0, "ja", 7, "VVT")]
    con = compute(groepen, {"WGO01": 20, "WGO02": 80})
    assert figure(con)[0] == pytest.approx(0.5)
    assert figure(con, schatting="gewogen")[0] == pytest.approx(0.2)


def test_dont_know_counts_in_the_base():
    groepen = [("WGO01", 20, None, "ja", 7, "VVT"), ("WGO01", 20, None, "weet_niet", 7, "VVT")]
    con = compute(groepen, {"WGO01": 50}, vragen=("rol_transitie",))
    rijen = con.execute(f"select categorie, teller, n from enquete where {LAND} order by 1").fetchall()
    assert rijen == [("ja", 20, 40), ("nee", 0, 40), ("weet_niet", 20, 40)]


def test_subgroups_are_never_crossed():
    con = compute([("WGO01", 30, 1, "ja", 7, "VVT"), ("WGO01", 30, 0, "ja", 7, "GGZ")], {"WGO01": 100})
    gekruist = "select count(*) from enquete where (uitsplitsing <> '')::int + (branche_code <> 'TOTAAL')::int " \
               "+ (regio_code <> 'NL01')::int > 1"  # fmt: skip
    assert con.execute(gekruist).fetchone() == (0,)


def test_mean_mark_and_its_groups():
    groepen = [("WGO01", 10, None, "ja", 4, "VVT"), ("WGO01", 10, None, "ja", 9, "VVT")]
    con = compute(groepen, {"WGO01": 40}, vragen=("rapportcijfer",))
    rijen = dict(con.execute(f"select categorie, waarde from enquete where {LAND}").fetchall())
    assert rijen[""] == 6.5
    assert rijen["cijfer_tm_5"] == rijen["cijfer_9_10"] == 0.5
    assert rijen["cijfer_7"] == 0


def test_a_theme_named_by_two_goes_to_overig():
    themas = [("r001", "imago"), ("r002", "imago"), ("r003", "imago"), ("r001", "zzp"), ("r002", "zzp")]
    con = compute([("WGO01", 20, 1, "ja", 7, "VVT")], {"WGO01": 40}, vragen=("thema_aandacht",), themas=themas)
    rijen = con.execute("select categorie, waarde, n from enquete where indicator_id = 'thema_aandacht' order by 1")
    assert rijen.fetchall() == [("imago", 3, 3), ("overig", 2, 3)]


def test_more_answers_than_invited_is_refused():
    with pytest.raises(AfgekeurdError, match="WGO01 heeft in 2021 12 antwoorden, maar 11 uitgenodigden"):
        compute([("WGO01", 12, 1, "ja", 7, "VVT")], {"WGO01": 11})


def test_without_invitations_there_is_no_response_and_so_no_figure_per_wgo():
    con = compute([("WGO01", 40, 1, "ja", 7, "VVT")], {})
    assert figure(con) == (1.0, 40, "beschikbaar")
    assert figure(con, "regio_code = 'WGO01'")[2] == "te_weinig"
    gewogen_of_respons = "schatting = 'gewogen' or indicator_id = 'respons'"
    assert con.execute(f"select count(*) from enquete where {gewogen_of_respons}").fetchone() == (0,)


def test_a_question_that_does_not_exist_stops_the_build():
    with pytest.raises(AfgekeurdError, match=r"amo_gen: .*Bedoelde u amo_geen\?"):
        compute([("WGO01", 12, 1, "ja", 7, "VVT")], {"WGO01": 20}, vragen=("amo_gen",))


def test_another_order_and_two_files_give_the_same_figures(goedgekeurd, tmp_path):
    """The shipped respondents as they are, and then shuffled and split over two files of one table."""
    raw = tmp_path / "raw"
    shutil.copytree(Path(__file__).parents[3] / "data" / "raw" / "srs_enquete", raw / "srs_enquete")
    build(raw, tmp_path / "wh1")
    map_ = raw / "srs_enquete" / "voorbeeld-2021"
    kop, *rijen = (map_ / "antwoorden.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    random.Random(1).shuffle(rijen)
    (map_ / "antwoorden.csv").unlink()
    (map_ / "antwoorden-1.csv").write_text(kop + "".join(rijen[:100]), encoding="utf-8")
    (map_ / "antwoorden-2.csv").write_text(kop + "".join(rijen[100:]), encoding="utf-8")
    build(raw, tmp_path / "wh2")
    with duckdb.connect(str(tmp_path / "wh1" / PUBLICATIE), read_only=True) as con:
        con.execute(f"attach '{tmp_path / 'wh2' / PUBLICATIE}' as ander (read_only)")
        for tabel in ("waarneming", "verschil"):
            verschil = f"(from {tabel} except from ander.{tabel}) union all (from ander.{tabel} except from {tabel})"
            assert con.execute(f"select count(*) from ({verschil})").fetchone() == (0,)
