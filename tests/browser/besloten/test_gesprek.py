"""The committee prepares a talk, two members write at once, a WGO replies, and nothing is lost."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, Page, expect
from stappen import await_run, download, fits, go, settle

from app.commissie.model import Inhoud, Onderwerp
from app.commissie.openen import open_opslag
from app.documenten.omvang import Omvang, formats

pytestmark = pytest.mark.browser
STATISCH = Path(__file__).resolve().parents[3] / "app" / "statisch"
REGIO = "RA0512"
# Of a story that begins where all was written; no other journey writes of it.
BEWAARD = "RA0308"
# On a busy computer.
_HOOGSTENS_S = 60
AFSPRAAK = "Utrechtzorg levert een plan voor zij-instroom."
REACTIE = "Dat plan komt in maart."


def open_part(page: Page, adres: str, deel: str, regio: str = REGIO) -> None:
    go(page, f"{adres}/voortgangsgesprek?regio={regio}&onderdeel={deel}")


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


def write_earlier(warehouse: Path) -> None:
    """Let the committee and the WGO have written what two members scored at once, an agreement and a reply."""
    with pytest.MonkeyPatch.context() as anders:
        anders.delenv("REGIOMONITOR_COMMISSIE_URL", raising=False)
        opslag = open_opslag(warehouse)
    with duckdb.connect(str(warehouse / "publicatie.duckdb"), read_only=True) as con:
        ((jaar,),) = con.execute("select year(gemaakt_op) from publicatie").fetchall()
    score = Onderwerp("score", BEWAARD, jaar, "governance/verbreden")
    for wie, versie, inhoud in (("An de Vries", 0, Inhoud("Tekst van An", 2)), ("Bo Jansen", 0, Inhoud("Van Bo", 4)),
                                ("Bo Jansen", 1, Inhoud("Geldt", 4))):  # fmt: skip
        opslag.save(score, inhoud, wie=wie, rol="commissie", gebaseerd_op=versie)
    afspraak = Inhoud(AFSPRAAK, stand="open", datum=date(2027, 3, 1))
    for soort, inhoud, rol in (("afspraak", afspraak, "commissie"), ("reactie", Inhoud(REACTIE), "regio")):
        opslag.save(Onderwerp(soort, BEWAARD, jaar, "a1"), inhoud, wie="Jo Bakker", rol=rol, gebaseerd_op=0)


def await_publication(page: Page, adres: str, publicatie: str) -> None:
    """Wait until this publication is shown: a new one is read in first."""
    page.goto(f"{adres}/readyz")
    for _ in range(_HOOGSTENS_S):
        if f'"publicatie":"{publicatie}' in page.content():
            return
        # It is looked for once a second.
        page.wait_for_timeout(1_000)
        page.reload()
    raise AssertionError(f"publicatie {publicatie} wordt niet getoond")


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


def test_two_members_score_and_agree_and_the_wgo_replies(browser: Browser, page: Page, adres: str) -> None:
    one_notes_an_agreement(two_members_score_the_same_part(browser, page, adres), adres)
    the_wgo_replies_from_a_phone(browser, adres)
    open_part(page, adres, "afspraken")
    for tekst in (AFSPRAAK, REACTIE):
        expect(page.get_by_text(tekst).first).to_be_visible()


def test_the_signals_of_a_region_are_taken_along_in_every_form(page: Page, adres: str) -> None:
    open_part(page, adres, "signalen")
    expect(page.get_by_role("heading", name="Utrecht en omgeving:")).to_be_visible()
    # Evidence, or how many rules could look.
    expect(page.get_by_text(re.compile("Bewijs|te beoordelen")).first).to_be_visible()
    for formaat in formats(Omvang.HEEL):
        knop = page.get_by_role("button", name=f"Document als {formaat.upper()}")
        inhoud = download(page, knop, f".{formaat}").read_bytes()
        assert inhoud[:4] == (b"%PDF" if formaat == "pdf" else b"PK\x03\x04")
    page.get_by_text("Met scores, notities en afspraken van de commissie").click()
    knop = page.get_by_role("button", name="Document als PDF, vertrouwelijk")
    assert download(page, knop, ".pdf").read_bytes()[:4] == b"%PDF"


def test_all_that_was_written_is_there_after_a_publication_and_a_restore(
    page: Page, adres: str, warehouse: Path, tmp_path: Path
) -> None:
    write_earlier(warehouse)
    # Whoever reads meanwhile has the app open.
    open_part(page, adres, "kader", BEWAARD)
    run_command(warehouse, "backup", "-o", str(tmp_path / "kopie.zip"))
    publish_again(warehouse, "29990101T000000Z-00000000")
    for opdracht, publicatie in ((None, "29990101T000000Z"), (["restore", str(tmp_path / "kopie.zip")], "20")):
        if opdracht:
            run_command(warehouse, *opdracht)
        await_publication(page, adres, publicatie)
        open_part(page, adres, "afspraken", BEWAARD)
        expect(page.get_by_text(f"Regiomonitor, publicatie {publicatie}")).to_be_visible()
        for tekst in (AFSPRAAK, REACTIE):
            expect(page.get_by_text(tekst).first).to_be_visible()
    open_part(page, adres, "kader", BEWAARD)
    expect(page.get_by_role("heading", name=re.compile("1 van 12 onderdelen gescoord"))).to_be_visible()
    page.locator("summary", has_text="Alle wijzigingen").click()
    for tekst in ("Tekst van An", "geldt niet: een ander was eerder"):
        expect(page.get_by_text(tekst).first).to_be_visible()
