"""A page as known then: marked, with a way back, and of what was withdrawn it is said when and why."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest
from publicatiebed import Toon
from scherm import open_screen, plain, text

from app.documenten import maken
from app.documenten.omvang import Omvang
from app.lezen.gevraagd import publication_of
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


def test_what_was_revised_is_read_at_once_with_what_it_was_is_and_why(eerder: Path) -> None:
    """The dekkingsgraad of the country was 60% then, and a made-up figure another one: that is no revision."""
    pad, nu = eerder / "publicaties" / f"{OUD}.duckdb", eerder / "publicatie.duckdb"
    with duckdb.connect(str(pad)) as con:
        waar = "indicator_id = 'dekkingsgraad' and regio_code = 'NL01' and branche_code = 'TOTAAL' and periode = '2021'"
        con.execute(f"update waarneming set waarde = 0.6 where {waar} and waarde is not null")
        con.execute(
            "update waarneming set waarde = waarde + 1 where herkomst = 'synthetisch' and regio_code = 'RA0101'"
        )
    with duckdb.connect(str(nu), read_only=True) as con:
        ((huidig,),) = con.execute("select publicatie_id from publicatie").fetchall()
    shutil.copyfile(nu, eerder / "publicaties" / f"{huidig}.duckdb")
    voor = plain(open_screen(SCHERM, onderdeel="publicaties", van=OUD, naar=huidig)).partition("Tabel: ")[0]
    grootste = voor.partition("De grootste herzieningen")[2].partition("Veranderde cijfers")[0]
    assert "andere waarde 60% (gepubliceerd) 68% (gepubliceerd)" in grootste
    assert "(voorbeeld" not in grootste


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
    document = maken.compose(publication_of(eerder, OUD), "NL01", omvang=Omvang.KORT)
    assert any(regel.startswith("Zoals bekend op 1 januari 2020: dit is niet de nieuwste") for regel in document.regels)
    assert document.publicatie.endswith("zoals toen bekend; niet de nieuwste")
    assert not any("Zoals bekend" in r for r in maken.compose(publication_of(eerder, None), "NL01").regels)


def test_open_data_of_then_is_not_that_of_now(eerder: Path) -> None:
    """At the address of all figures in one file is the publication of now: of an earlier one there is a button."""
    toen, nu = (open_screen(SCHERM, onderdeel="opendata", voorbeeld="0", **k) for k in ({"publicatie": OUD}, {}))
    adres = 'href="/data/v1/publicatie.duckdb"'
    knoppen = [[k.proto.label for k in s.get("download_button")] for s in (toen, nu)]
    assert ([adres in text(s) for s in (toen, nu)], knoppen) == ([False, True], [["Download als DuckDB"], []])
    assert "de publicatie van 1 januari 2020, zonder wat nu verborgen is" in plain(toen)
    assert f"Zet ?publicatie={OUD} achter het adres" in plain(toen)
