"""A supplier drops a file of his own on the page; it is checked, filed and in the publication."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from dienst import command, free_port, started
from playwright.sync_api import Page, expect
from stappen import await_run, press

# A title, columns and labels of their own, a source below; and a sheet that explains.
DEKKING = [
    ["Dekking van onze leden"],
    [],
    ["Jaar", "Stand per", "Gebied", "Soort zorg", "Aangesloten medewerkers", "Alle medewerkers", "Opmerking"],
    ["2022", "2023-06-30", "Heel Nederland", "Hele sector samen", 700, 1000, "voorlopig"],
    [],
    ["Bron: ledenadministratie"],
]


@pytest.fixture
def plek(kleine_publicatie: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Serve a small publication of its own, as `start` does; the address, and the folder of deliveries."""
    shutil.copytree(kleine_publicatie, tmp_path / "warehouse")
    (tmp_path / "raw").mkdir()
    poort = free_port()
    raw = f", raw=Path({str(tmp_path / 'raw')!r})"
    with started(command(poort, tmp_path / "warehouse", raw), poort):
        yield f"http://127.0.0.1:{poort}", tmp_path


@pytest.mark.browser
def test_a_supplier_brings_a_file_of_his_own_into_the_publication(page: Page, plek: tuple[str, Path]) -> None:
    adres, map_ = plek
    bestand = map_ / "Levering leden (2022).xlsx"
    boek = openpyxl.Workbook()
    boek.active.append(["Deze cijfers komen uit onze administratie."])
    blad = boek.create_sheet("Dekking")
    for rij in DEKKING:
        blad.append(rij)
    boek.save(bestand)
    page.goto(f"{adres}/aanleveren")
    expect(page.get_by_role("heading", name="Data aanleveren")).to_be_visible()
    page.get_by_role("combobox", name="Bron").click()
    page.get_by_role("option", name="Dekkingsgraad volgens PFZW").click()
    page.locator('input[type="file"]').set_input_files(bestand)
    expect(page.get_by_text("Kies eerst wie dit levert, of typ die naam")).to_be_visible()
    page.get_by_role("combobox", name="Leverancier").click()
    page.get_by_role("option", name="Iemand anders").click()
    page.get_by_label("Naam van de leverancier").fill("Onze Zorgkoepel")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Wat is wat?")).to_be_visible()
    # What is guessed says so, by its name.
    expect(page.get_by_role("combobox", name="'Hele sector samen' is · nakijken")).to_be_visible()
    goedgekeurd = page.get_by_role("heading", name="Goedgekeurd")
    press(page, page.get_by_role("button", name="Controleer"), goedgekeurd)
    assert list((map_ / "raw").iterdir()) == []
    bouw = page.get_by_role("button", name="Maak de nieuwe publicatie")
    press(page, page.get_by_role("button", name="Bewaar als nieuwe versie"), bouw)
    await_run(page)
    bouw.click()
    expect(page.get_by_text("De nieuwe publicatie is er")).to_be_visible(timeout=300_000)
    (levering,) = (map_ / "raw" / "pfzw_dekking").iterdir()
    assert (levering / "dekking.xlsx").read_bytes() == bestand.read_bytes()
    page.goto(f"{adres}/verantwoording?onderdeel=leveringen")
    expect(page.get_by_role("rowheader", name="Dekkingsgraad volgens PFZW: dekking, 2022")).to_be_visible()
    page.goto(f"{adres}/aanleveren")
    page.get_by_role("combobox", name="Bron").click()
    page.get_by_role("option", name="Dekkingsgraad volgens PFZW").click()
    expect(page.get_by_role("cell", name="Onze Zorgkoepel")).to_be_visible()
    page.get_by_text("Een levering intrekken").click()
    page.get_by_label("Waarom, in één zin").fill("Het totaal was van een ander jaar")
    page.get_by_role("button", name="Trek in…").click()
    page.get_by_role("button", name="Ja, trek in").click()
    expect(page.get_by_role("cell", name="Het totaal was van een ander jaar")).to_be_visible()
    assert (levering / "dekking.xlsx").read_bytes() == bestand.read_bytes()
