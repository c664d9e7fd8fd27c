"""From a public service to a page: fetched by the command, filed, built into a publication, and read by a reader."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from ckan import Onderwijsbestand, Onderwijsdata
from draadserver import serve
from scherm import plain, run
from statline import Statline, vacatures

from app.opdrachten.cli import main
from pipelines.afspraken.contract import load_bronnen
from pipelines.openbaar.duo.koppelbestand import load_duokoppelingen

EERSTEJAARS = load_duokoppelingen(load_bronnen())["eerstejaars_hbo"]
KOP = "GEMEENTENUMMER;ONDERDEEL;OPLEIDINGSCODE ACTUEEL;OPLEIDINGSVORM;GESLACHT;2024;2025"
# Groningen: 1.200 and 34 nurses, 5 of another education of care; 7 who study something else do not count.
RIJEN = (
    "0014;gezondheidszorg;34560;voltijd onderwijs;vrouw;1100;1200",
    "0014;gezondheidszorg;34560;voltijd onderwijs;man;30;34",
    "0014;gezondheidszorg;40000;duaal onderwijs;man;5;5",
    "0014;techniek;34267;voltijd onderwijs;man;7;7",
)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a publication of what two services gave, by the commands as they are typed."""
    map_ = tmp_path_factory.mktemp("openbaar")
    inhoud = ("\r\n".join([KOP, *RIJEN]) + "\r\n").encode()
    statline, onderwijs = Statline([vacatures()]), Onderwijsdata({
        EERSTEJAARS.pakket: [Onderwijsbestand("b1", EERSTEJAARS.bestand, inhoud)]
    })  # fmt: skip
    for dienst, args in ((statline, ("cbs", "vacatures_provincie")), (onderwijs, ("duo", "eerstejaars_hbo"))):
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


def test_what_was_fetched_says_where_it_came_from_and_reaches_the_levels_above(warehouse):
    with duckdb.connect(str(warehouse / "publicatie.duckdb"), read_only=True) as con:
        vraag = """select regio_code, waarde, herkomst from waarneming where indicator_id = 'instroom_opleidingen'
                   and uitsplitsing = 'maat=eerstejaars;opleiding=verpleegkundige_hbo' and periode = '2025/26'
                   and waarde > 0 order by regio_code"""
        assert con.execute(vraag).fetchall() == [
            (code, 1234.0, "levering") for code in ("LD01", "NL01", "PV20", "RA0101", "WGO01")
        ]
        verwijzingen = [rij[0] for rij in con.execute("select verwijzing from levering order by bron").fetchall()]
    assert verwijzingen[0].startswith(f"DUO {EERSTEJAARS.pakket} {EERSTEJAARS.bestand}, bijgewerkt 2026-03-01 [")
    assert verwijzingen[1].startswith("CBS 83599NED Openstaande vacatures; SBI 2008, regio, bijgewerkt 2026-05-15 [")
