"""A supplier drops a file of his own on the page; it is checked, filed and in the publication, and withdrawn.

One story in turn: every step is a fixture, so that each test finds what came before it, also when it is run alone.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from dienst import command, free_port, started
from playwright.sync_api import Page, expect
from stappen import await_run, press

pytestmark = pytest.mark.browser

BESTAND, BOUW = "Levering leden (2022).xlsx", "Maak de nieuwe publicatie"
# A title, columns and labels of their own, a source below; and a sheet that explains.
DEKKING = [
    ["Dekking van onze leden"],
    [],
    ["Jaar", "Stand per", "Gebied", "Soort zorg", "Aangesloten medewerkers", "Alle medewerkers", "Opmerking"],
    ["2022", "2023-06-30", "Heel Nederland", "Hele sector samen", 700, 1000, "voorlopig"],
    [],
    ["Bron: ledenadministratie"],
]


@pytest.fixture(scope="module")
def map_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of what is delivered here, and the file of the supplier."""
    map_ = tmp_path_factory.mktemp("aanleveren")
    (map_ / "raw").mkdir()
    boek = openpyxl.Workbook()
    boek.active.append(["Deze cijfers komen uit onze administratie."])
    blad = boek.create_sheet("Dekking")
    for rij in DEKKING:
        blad.append(rij)
    boek.save(map_ / BESTAND)
    return map_


@pytest.fixture(scope="module")
def app(kleine_publicatie: Path, map_: Path) -> Iterator[str]:
    """Serve a small publication of its own, as `start` does; the address."""
    shutil.copytree(kleine_publicatie, map_ / "warehouse")
    poort = free_port()
    with started(command(poort, map_ / "warehouse", f", raw=Path({str(map_ / 'raw')!r})"), poort):
        yield f"http://127.0.0.1:{poort}"


def open_counter(blad: Page, adres: str) -> None:
    """Open the page for deliveries of this source."""
    blad.goto(f"{adres}/aanleveren")
    expect(blad.get_by_role("heading", name="Data aanleveren")).to_be_visible()
    blad.get_by_role("combobox", name="Bron").click()
    blad.get_by_role("option", name="Dekkingsgraad volgens PFZW").click()


@pytest.fixture(scope="module")
def herkend(blad: Page, app: str, map_: Path) -> Page:
    """The page after the file was dropped and its supplier named: what its columns may be is asked."""
    open_counter(blad, app)
    blad.locator('input[type="file"]').set_input_files(map_ / BESTAND)
    expect(blad.get_by_text("Kies eerst wie dit levert, of typ die naam")).to_be_visible()
    blad.get_by_role("combobox", name="Leverancier").click()
    blad.get_by_role("option", name="Iemand anders").click()
    blad.get_by_label("Naam van de leverancier").fill("Onze Zorgkoepel")
    blad.keyboard.press("Enter")
    expect(blad.get_by_role("heading", name="Wat is wat?")).to_be_visible()
    # What is guessed says so, by its name.
    expect(blad.get_by_role("combobox", name="'Hele sector samen' is · nakijken")).to_be_visible()
    return blad


@pytest.fixture(scope="module")
def gekeurd(herkend: Page, map_: Path) -> list[Path]:
    """What is kept when the file has been found right."""
    press(herkend, herkend.get_by_role("button", name="Controleer"), herkend.get_by_role("heading", name="Goedgekeurd"))
    return list((map_ / "raw").iterdir())


@pytest.fixture(scope="module")
def bewaard(herkend: Page, gekeurd: list[Path], map_: Path) -> Path:
    """The folder in which the delivery was filed."""
    bouw = herkend.get_by_role("button", name=BOUW)
    herkend.get_by_text("Ja, zij gaan over herkenbare personen of werkgevers").click()
    press(herkend, herkend.get_by_role("button", name="Bewaar zonder proef"), bouw)
    (levering,) = (map_ / "raw" / "pfzw_dekking").iterdir()
    return levering


@pytest.fixture(scope="module")
def gebouwd(herkend: Page, bewaard: Path) -> Path:
    """The same folder, once it is in a publication."""
    await_run(herkend)
    herkend.get_by_role("button", name=BOUW).click()
    expect(herkend.get_by_text("De nieuwe publicatie is er")).to_be_visible(timeout=300_000)
    return bewaard


def test_what_columns_of_his_own_may_be_is_guessed_and_asked(herkend: Page) -> None:
    expect(herkend.get_by_role("button", name="Controleer")).to_be_visible()


def test_what_was_found_right_is_not_kept_yet(gekeurd: list[Path]) -> None:
    assert gekeurd == []


def test_what_is_filed_is_the_file_as_it_came(bewaard: Path, map_: Path) -> None:
    assert (bewaard / "dekking.xlsx").read_bytes() == (map_ / BESTAND).read_bytes()


def test_the_next_publication_has_it(blad: Page, app: str, gebouwd: Path) -> None:
    blad.goto(f"{app}/verantwoording?onderdeel=leveringen")
    expect(blad.get_by_role("rowheader", name="Dekkingsgraad volgens PFZW: dekking, 2022")).to_be_visible()
    assert gebouwd.is_dir()


def test_it_is_withdrawn_with_a_reason_and_stays_where_it_is(blad: Page, app: str, gebouwd: Path, map_: Path) -> None:
    open_counter(blad, app)
    expect(blad.get_by_role("cell", name="Onze Zorgkoepel")).to_be_visible()
    blad.get_by_text("Een levering intrekken").click()
    blad.get_by_label("Waarom, in één zin").fill("Het totaal was van een ander jaar")
    blad.get_by_role("button", name="Trek in…").click()
    blad.get_by_role("button", name="Ja, trek in").click()
    expect(blad.get_by_role("cell", name="Het totaal was van een ander jaar")).to_be_visible()
    assert (gebouwd / "dekking.xlsx").read_bytes() == (map_ / BESTAND).read_bytes()
