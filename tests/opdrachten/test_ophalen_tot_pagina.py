"""From a public service to a page: fetched by the command, filed, built into a publication, and read by a reader."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from ckan import Onderwijsbestand, Onderwijsdata
from draadserver import serve
from duobed import ELDERS
from scherm import plain, run
from statline import Statline, sectorrendement, vacatures

from app.opdrachten.cli import main
from pipelines.afspraken.contract import load_bronnen
from pipelines.openbaar.duo.koppelbestand import load_duokoppelingen
from pipelines.openbaar.koppelen.gemeenten import expected_regions

EERSTEJAARS = load_duokoppelingen(load_bronnen())["eerstejaars_hbo"]
KOP = "GEMEENTENUMMER;ONDERDEEL;OPLEIDINGSCODE ACTUEEL;OPLEIDINGSVORM;GESLACHT;2024;2025"
# Groningen: 1.200 and 34 nurses, 5 of another education of care; 7 who study something else do not count.
RIJEN = (
    "0014;gezondheidszorg;34560;voltijd onderwijs;vrouw;1100;1200",
    "0014;gezondheidszorg;34560;voltijd onderwijs;man;30;34",
    "0014;gezondheidszorg;40000;duaal onderwijs;man;5;5",
    "0014;techniek;34267;voltijd onderwijs;man;7;7",
    # A file of which a provincie has no row is not taken for whole.
    *(f"{gm};techniek;34267;voltijd onderwijs;man;1;1" for gm in (*ELDERS, "0106")),
)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a publication of what two services gave, by the commands as they are typed."""
    map_ = tmp_path_factory.mktemp("openbaar")
    inhoud = ("\r\n".join([KOP, *RIJEN]) + "\r\n").encode()
    onderwijs = Onderwijsdata({EERSTEJAARS.pakket: [Onderwijsbestand("b1", EERSTEJAARS.bestand, inhoud)]})
    azw = sectorrendement(sorted(expected_regions("arbeidsmarktregio")), ("Aandeel_1", "Werkt in de zorg", "%"))
    diensten = (
        (Statline([vacatures()]), ("cbs", "vacatures_provincie")),
        (Statline([azw]), ("azw", "mbo_sectorrendement")),
        (onderwijs, ("duo", "eerstejaars_hbo")),
    )
    for dienst, args in diensten:
        with serve(dienst) as (basis, _):
            dienst.basis = basis
            mappen = ["--raw", str(map_ / "raw"), "--warehouse", str(map_ / "wh")]
            assert main(["fetch", *args, *mappen, "--base-url", basis]) == 0
    assert main(["build", "--raw", str(map_ / "raw"), "--warehouse", str(map_ / "wh")]) == 0
    return map_ / "wh"


@pytest.fixture(autouse=True)
def omgeving(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(warehouse))


def test_a_table_of_cbs_is_the_figure_of_the_country_that_readers_see_first():
    # 60.0 (x 1 000) in the whole country in the newest quarter.
    assert "60.000" in plain(run("landelijk"))


def test_a_file_of_duo_is_the_figure_of_a_region_as_the_region_page_shows_it():
    # 1200 + 34 + 5: all of the onderdeel gezondheidszorg.
    assert "1.239" in plain(run("mijn_regio", regio="RA0101"))


def test_a_percentage_per_course_stands_per_course_and_that_of_one_is_not_that_of_all():
    tekst = plain(run("indicator", indicator="sectorrendement", regio="RA0101"))
    assert "Sectorrendement, mbo, waar de student woont in Groningen: 60,0%" in tekst
    assert "per opleiding in Groningen" in tekst
    assert "Alle samen 60,0%" in tekst
    assert "Verpleegkundige 68,5%" in tekst


def test_what_was_fetched_says_where_it_came_from_and_reaches_the_levels_above(warehouse):
    with duckdb.connect(str(warehouse / "publicatie.duckdb"), read_only=True) as con:
        vraag = """select regio_code, waarde, herkomst from waarneming where indicator_id = 'instroom_opleidingen'
                   and uitsplitsing = 'maat=eerstejaars;opleiding=verpleegkundige_hbo' and periode = '2025/26'
                   and waarde > 0 order by regio_code"""
        assert con.execute(vraag).fetchall() == [
            (code, 1234.0, "levering") for code in ("LD01", "NL01", "PV20", "RA0101", "WGO01")
        ]
        vraag = "select verwijzing from levering where tabel <> 'rendement_percentage' order by bron"
        verwijzingen = [rij[0] for rij in con.execute(vraag).fetchall()]
    assert verwijzingen[0].startswith(f"DUO {EERSTEJAARS.pakket} {EERSTEJAARS.bestand}, bijgewerkt 2026-03-02 [")
    assert verwijzingen[1].startswith("CBS 83599NED Openstaande vacatures; SBI 2008, regio, bijgewerkt 2026-05-15 [")
