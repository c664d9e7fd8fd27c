"""The committee prepares a talk, two members write at once, a WGO replies, and nothing is lost."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, Page, expect
from stappen import await_run, download, fits, go, settle

from app.documenten import maken

pytestmark = pytest.mark.browser
REGIO = "RA0512"
AFSPRAAK = "Utrechtzorg levert een plan voor zij-instroom."
REACTIE = "Dat plan komt in maart."


def open_part(page: Page, adres: str, deel: str) -> None:
    go(page, f"{adres}/voortgangsgesprek?regio={REGIO}&onderdeel={deel}")


def write(page: Page, label: str, tekst: str) -> None:
    """Fill in a field and wait until the server has it."""
    page.get_by_label(label, exact=True).fill(tekst)
    page.keyboard.press("Tab")
    await_run(page)


def unfold(page: Page, titel: str) -> None:
    """Open the form that is folded away under this title."""
    page.locator("summary", has_text=titel).click()
    settle(page)


def give_score(page: Page, wie: str, score: str, tekst: str) -> None:
    write(page, "Uw naam", wie)
    page.locator("[data-testid=stRadio] label", has_text=score).first.click()
    write(page, "Toelichting op de score", tekst)
    page.get_by_role("button", name="Score bewaren").click()


def run_command(warehouse: Path, *opdracht: str) -> None:
    subprocess.run([sys.executable, "-m", "app.opdrachten.cli", *opdracht, "--warehouse", str(warehouse)], check=True)


def publish_again(warehouse: Path, publicatie_id: str) -> None:
    """Swap in the same figures as a publication of another day, in one step as a build does."""
    nieuw = warehouse / "nieuw.duckdb"
    shutil.copyfile(warehouse / "publicatie.duckdb", nieuw)
    with duckdb.connect(str(nieuw)) as con:
        con.execute("update publicatie set publicatie_id = ?", [publicatie_id])
    os.replace(nieuw, warehouse / "publicatie.duckdb")


def two_members_score_the_same_part(browser: Browser, page: Page, adres: str) -> Page:
    """Let two members have the same field before them; the second sees what the first wrote, and lets her own count."""
    open_part(page, adres, "kader")
    ander = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    open_part(ander, adres, "kader")
    give_score(page, "An de Vries", "2: deels op orde", "Tekst van An")
    expect(page.get_by_text("Bewaard om")).to_be_visible()
    give_score(ander, "Bo Jansen", "4: op orde", "Tekst van Bo")
    expect(ander.get_by_text("An de Vries was u om")).to_be_visible()
    expect(ander.get_by_text("Tekst van An").first).to_be_visible()
    ander.get_by_role("button", name="Laat mijn tekst gelden").click()
    expect(ander.get_by_text("Bewaard om")).to_be_visible()
    expect(ander.get_by_role("heading", name=re.compile("1 van 12 onderdelen gescoord"))).to_be_visible()
    assert "Bo" not in ander.url
    return ander


def one_notes_an_agreement(page: Page, adres: str) -> None:
    open_part(page, adres, "afspraken")
    write(page, "Uw naam", "Bo Jansen")
    unfold(page, "Afspraak toevoegen of wijzigen")
    write(page, "Wat is afgesproken, en wie doet het?", AFSPRAAK)
    write(page, "Uiterlijk", "01-03-2027")
    page.get_by_role("button", name="Afspraak bewaren").click()
    expect(page.get_by_role("heading", name=re.compile("1 afspraak, waarvan 1 open"))).to_be_visible()
    page.context.close()


def the_wgo_replies_from_a_phone(browser: Browser, adres: str) -> None:
    wgo = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    open_part(wgo, adres, "afspraken")
    unfold(wgo, "Reageren namens de regio")
    write(wgo, "Uw naam en organisatie", "Jo Bakker, Utrechtzorg")
    write(wgo, "Reactie", f"{REACTIE} https://voorbeeld.nl/{'plan' * 40}")
    wgo.get_by_role("button", name="Reactie bewaren").click()
    expect(wgo.get_by_role("heading", name=re.compile("Jo Bakker, Utrechtzorg"))).to_be_visible()
    fits(wgo, 390)
    wgo.context.close()


def all_is_there_after_a_publication_and_a_restore(page: Page, adres: str, warehouse: Path, kopie: Path) -> None:
    """Another session finds everything after a new publication, and after a backup is put back while the app runs."""
    run_command(warehouse, "backup", "-o", str(kopie))
    publish_again(warehouse, "29990101T000000Z-00000000")
    for opdracht, publicatie in ((None, "29990101T000000Z"), (["restore", str(kopie)], "20")):
        if opdracht:
            run_command(warehouse, *opdracht)
        open_part(page, adres, "afspraken")
        expect(page.get_by_text(f"Regiomonitor, publicatie {publicatie}")).to_be_visible()
        for tekst in (AFSPRAAK, REACTIE):
            expect(page.get_by_text(tekst).first).to_be_visible()
    open_part(page, adres, "kader")
    expect(page.get_by_role("heading", name=re.compile("1 van 12 onderdelen gescoord"))).to_be_visible()
    page.locator("summary", has_text="Alle wijzigingen").click()
    for tekst in ("Tekst van An", "geldt niet: een ander was eerder"):
        expect(page.get_by_text(tekst).first).to_be_visible()


def test_the_committee_prepares_scores_and_agrees_and_finds_it_all_back(
    browser: Browser, page: Page, adres: str, warehouse: Path, tmp_path: Path
) -> None:
    open_part(page, adres, "signalen")
    expect(page.get_by_role("heading", name="Utrecht en omgeving:")).to_be_visible()
    # Evidence, or how many rules could look.
    expect(page.get_by_text(re.compile("Bewijs|te beoordelen")).first).to_be_visible()
    one_notes_an_agreement(two_members_score_the_same_part(browser, page, adres), adres)
    the_wgo_replies_from_a_phone(browser, adres)
    open_part(page, adres, "signalen")
    for formaat in maken.FORMATEN:
        inhoud = download(page, page.get_by_role("button", name=f"Document als {formaat.upper()}")).read_bytes()
        assert inhoud[:4] == (b"%PDF" if formaat == "pdf" else b"PK\x03\x04")
    all_is_there_after_a_publication_and_a_restore(page, adres, warehouse, tmp_path / "kopie.zip")
