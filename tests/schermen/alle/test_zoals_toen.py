"""A page as known then: marked, with a way back, and of what was withdrawn it is said when and why."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest
from publicatiebed import Toon
from scherm import open_screen, plain

from app.documenten import maken
from app.documenten.omvang import Omvang
from pipelines.publicatie.herschrijven import withdraw

OUD = "20200101T000000Z-aaaaaaaa"
SCHERM = """
from app.lezen import data; from app.raam.vakken import onderdelen, voet; from app.raam.keuze import selectie
from app.schermen.verantwoording import pagina
selectie.start_run()
selectie.choose_publication()
merk = data.kenmerk()
onderdelen.then_banner(data.publicatie(merk))
pagina.show(merk)
voet.show(data.publicatie(merk))
for tekst in selectie.messages():
    onderdelen.notice(tekst)
"""


@pytest.fixture
def eerder(toon: Toon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep an earlier publication beside the shipped one; its titles are other than now."""
    nu = toon("update indicator set titel = titel")
    shutil.copyfile(nu, tmp_path / nu.name)
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path))
    pad = tmp_path / "publicaties" / f"{OUD}.duckdb"
    pad.parent.mkdir()
    shutil.copyfile(nu, pad)
    with duckdb.connect(str(pad)) as con:
        con.execute("update publicatie set publicatie_id = ?, gemaakt_op = '2020-01-01'", [OUD])
        con.execute("update indicator set titel = 'Zoals het heette' where indicator_id = 'dekkingsgraad'")
    return tmp_path


def test_a_page_as_known_then_says_so_and_leads_back(eerder: Path) -> None:
    scherm = open_screen(SCHERM, publicatie=OUD, onderdeel="indicatoren")
    assert "Zoals bekend op 1 januari 2020. U ziet een eerdere publicatie" in plain(scherm)
    assert f"publicatie {OUD} van 1 januari 2020, zoals toen bekend; niet de nieuwste" in plain(scherm)
    assert "Zoals het heette" in plain(scherm)
    scherm.button(key="toen_uit").click().run()
    assert "Zoals bekend op" not in plain(scherm)
    assert "Zoals het heette" not in plain(scherm)
    assert "publicatie" not in scherm.query_params


def test_a_link_to_a_withdrawn_publication_says_when_and_why(eerder: Path) -> None:
    withdraw(eerder, OUD, "een werkgever was te herkennen", date(2026, 11, 29))
    tekst = plain(open_screen(SCHERM, publicatie=OUD, onderdeel="publicaties", van=OUD))
    assert "ingetrokken op 29-11-2026: een werkgever was te herkennen. U ziet de publicatie van nu." in tekst
    assert "Zoals bekend op" not in tekst


@pytest.mark.parametrize("vreemd", ["../publicatie", "<script>alert(1)</script>", f"{OUD}.2"])
def test_a_link_to_no_publication_shows_that_of_now(eerder: Path, vreemd: str) -> None:
    tekst = plain(open_screen(SCHERM, publicatie=vreemd, onderdeel="publicaties"))
    assert "De link noemt voor de publicatie iets dat hier niet bestaat" in tekst
    assert "Zoals bekend op" not in tekst
    assert "alert(1)" not in tekst


def test_a_document_of_an_earlier_publication_says_so_on_its_cover_and_on_every_page(eerder: Path) -> None:
    document = maken.compose(maken.publication_of(eerder, OUD), "NL01", omvang=Omvang.KORT)
    assert any(regel.startswith("Zoals bekend op 1 januari 2020: dit is niet de nieuwste") for regel in document.regels)
    assert document.publicatie.endswith("zoals toen bekend; niet de nieuwste")
    assert not any("Zoals bekend" in r for r in maken.compose(maken.publication_of(eerder, None), "NL01").regels)
