"""The committee prepares a talk, two members write at once, a WGO replies, and nothing is lost."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, Page, expect
from stappen import await_run, download, fits, go, settle

from app.documenten.omvang import Omvang, formats

pytestmark = pytest.mark.browser
STATISCH = Path(__file__).resolve().parents[3] / "app" / "statisch"
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


def give_score(page: Page, wie: str, score: int, tekst: str) -> None:
    """Score the first part and save; nothing of it is with the server before."""
    write(page, "Uw naam", wie)
    vak = page.locator("[class*=rm-concept-score]").first
    vak.locator("label", has_text=str(score)).click()
    vak.get_by_role("textbox").fill(tekst)
    page.get_by_role("button", name="Alles bewaren").click()


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
    give_score(page, "An de Vries", 2, "Tekst van An")
    expect(page.get_by_text("Bewaard om")).to_be_visible()
    give_score(ander, "Bo Jansen", 4, "Tekst van Bo")
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
    write(page, "Uiterlijk", "1 maart 2027")
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


def _await_publication(page: Page, adres: str, publicatie: str) -> None:
    """Open the page until it is of this publication: a new one is read in before it is shown."""
    for _ in range(30):
        open_part(page, adres, "afspraken")
        if page.get_by_text(f"Regiomonitor, publicatie {publicatie}").count():
            return
    raise AssertionError(f"publicatie {publicatie} wordt niet getoond")


def all_is_there_after_a_publication_and_a_restore(page: Page, adres: str, warehouse: Path, kopie: Path) -> None:
    """Another session finds everything after a new publication, and after a backup is put back while the app runs."""
    run_command(warehouse, "backup", "-o", str(kopie))
    publish_again(warehouse, "29990101T000000Z-00000000")
    for opdracht, publicatie in ((None, "29990101T000000Z"), (["restore", str(kopie)], "20")):
        if opdracht:
            run_command(warehouse, *opdracht)
        _await_publication(page, adres, publicatie)
        for tekst in (AFSPRAAK, REACTIE):
            expect(page.get_by_text(tekst).first).to_be_visible()
    open_part(page, adres, "kader")
    expect(page.get_by_role("heading", name=re.compile("1 van 12 onderdelen gescoord"))).to_be_visible()
    page.locator("summary", has_text="Alle wijzigingen").click()
    for tekst in ("Tekst van An", "geldt niet: een ander was eerder"):
        expect(page.get_by_text(tekst).first).to_be_visible()


# Each press of a button of the mouse, whoever makes it and on whatever: what a person does beside the typing.
TEL = "window.rmDrukken = 0; document.addEventListener('pointerdown', () => { window.rmDrukken += 1; }, true);"


def test_twelve_scores_an_agreement_and_three_documents_take_fifteen_clicks(page: Page, adres: str) -> None:
    go(page, f"{adres}/voortgangsgesprek?regio=RA0205")
    page.evaluate(TEL)
    page.get_by_label("Uw naam", exact=True).click()
    page.keyboard.type("An de Vries")
    vakken = page.locator("[class*=rm-concept-score]")
    expect(vakken).to_have_count(12)
    vakken.first.get_by_role("radio").first.focus()
    page.keyboard.press("4")
    expect(vakken.first.get_by_role("radio").nth(3)).to_be_checked()
    for nummer in range(12):
        vakken.nth(nummer).locator("label", has_text="3").click()
        # A click on a score leads on to its explanation.
        expect(vakken.nth(nummer).get_by_role("textbox")).to_be_focused()
        page.keyboard.type(f"Zie bladzijde {nummer}.")
    page.keyboard.press("Tab")
    page.keyboard.type("Er komt een plan.")
    page.keyboard.press("Tab")
    page.keyboard.type("1 maart 2027")
    page.get_by_role("button", name="Alles bewaren").click()
    expect(page.get_by_text("12 scores en de afspraak.")).to_be_in_viewport()
    settle(page)
    # The documents are one more; a click that is lost on a busy machine is made again.
    assert page.evaluate("window.rmDrukken") + 1 == 15
    pakket = download(page, page.get_by_role("button", name="Alle documenten (ZIP)"))
    with zipfile.ZipFile(pakket) as inhoud:
        assert [naam.rsplit(".", 1)[1] for naam in inhoud.namelist()] == ["pdf", "docx", "pptx"]
    page.reload()
    settle(page)
    expect(page.get_by_role("heading", name=re.compile("12 van 12 onderdelen gescoord"))).to_be_visible()
    expect(page.get_by_label("Wat is afgesproken, en wie doet het?")).to_have_value("")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Alles bewaren")).to_be_hidden()
    page.emulate_media(media="screen")
    open_part_of(page, "Notities en afspraken")
    expect(page.get_by_text("1 maart 2027").first).to_be_visible()


def open_part_of(page: Page, deel: str) -> None:
    page.get_by_role("radio", name=deel).click()
    settle(page)


def test_what_is_typed_survives_another_part_another_page_and_a_reload_and_is_nowhere_else(
    page: Page, adres: str
) -> None:
    gezonden: list[str] = []
    page.on("websocket", lambda ws: ws.on("framesent", lambda f: gezonden.append(str(f))))
    page.on("request", lambda vraag: gezonden.append(f"{vraag.url} {vraag.post_data or ''}"))
    go(page, f"{adres}/voortgangsgesprek?regio=RA0101")
    vak = page.locator("[class*=rm-concept-score]").nth(4)
    vak.locator("label", has_text="2").click()
    vak.get_by_role("textbox").fill("Geheim gefluister")
    page.get_by_label("Wat is afgesproken, en wie doet het?").fill("Geheim plan")
    for weg in (lambda: open_part_of(page, "Verhalen"), lambda: page.get_by_role("link", name="Kaart").click()):
        weg()
        settle(page)
        page.go_back() if "kaart" in page.url else open_part_of(page, "Werkblad")
        expect(vak.get_by_role("textbox")).to_have_value("Geheim gefluister")
        expect(vak.get_by_role("radio").nth(1)).to_be_checked()
    page.reload()
    settle(page)
    expect(vak.get_by_role("textbox")).to_have_value("Geheim gefluister")
    expect(vak.get_by_role("radio").nth(1)).to_be_checked()
    expect(page.get_by_label("Wat is afgesproken, en wie doet het?")).to_have_value("Geheim plan")
    assert not [regel for regel in gezonden if "Geheim" in regel]


def test_fields_that_come_one_by_one_are_filled_again_when_all_are_there(page: Page, adres: str) -> None:
    bewaard = json.dumps({"afspraak": {"basis": "0", "stand": ["Geheim plan", "1 maart 2027"]}})
    vooraf = f"<script>sessionStorage.setItem('rm-concepten', {json.dumps(bewaard)})</script>"
    script = (STATISCH / "concept.js").read_text(encoding="utf-8")
    vak = '<div id="root"><div class="st-key-rm-concept-afspraak--0"></div></div>'
    page.route(f"{adres}/proef", lambda weg: weg.fulfill(
        content_type="text/html", body=f"{vooraf}{vak}<script>{script}</script>"
    ))  # fmt: skip
    page.goto(f"{adres}/proef")
    for veld in ("<textarea></textarea>", '<input type="text">'):
        page.evaluate(
            """(veld) => {
                document.querySelector("#root > div").insertAdjacentHTML("beforeend", veld);
                return new Promise((klaar) => requestAnimationFrame(() => requestAnimationFrame(klaar)));
            }""",
            veld,
        )
    expect(page.locator("textarea")).to_have_value("Geheim plan")
    expect(page.locator("input")).to_have_value("1 maart 2027")
    expect(page.locator(".rm-concept")).to_have_count(0)


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
    for formaat in formats(Omvang.HEEL):
        knop = page.get_by_role("button", name=f"Document als {formaat.upper()}")
        inhoud = download(page, knop, f".{formaat}").read_bytes()
        assert inhoud[:4] == (b"%PDF" if formaat == "pdf" else b"PK\x03\x04")
    page.get_by_text("Met scores, notities en afspraken van de commissie").click()
    knop = page.get_by_role("button", name="Document als PDF, vertrouwelijk")
    assert download(page, knop, ".pdf").read_bytes()[:4] == b"%PDF"
    all_is_there_after_a_publication_and_a_restore(page, adres, warehouse, tmp_path / "kopie.zip")
