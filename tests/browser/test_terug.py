"""Going back a page, and a server that is gone: the reader is where he thinks he is, and loses nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from dienst import running
from playwright.sync_api import Browser, Page, expect
from stappen import choose, go, settle

pytestmark = pytest.mark.browser
VELD = "Toelichting: Regiovisie, verstevigen"


def test_one_press_of_back_goes_to_the_page_before_whatever_was_chosen_since(page: Page, adres: str) -> None:
    go(page, adres)
    begin = page.url
    page.keyboard.press("/")
    page.keyboard.type("verzuim")
    expect(page.locator("#rm-vondsten a").first).to_contain_text("Ziekteverzuim")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Ziekteverzuim")
    settle(page)
    page.go_back()
    expect(page.locator("h1")).to_have_text("Landelijk beeld")
    settle(page)
    # What was found is of the page that was left.
    expect(page).to_have_url(begin)
    bladzijden = page.evaluate("history.length") - 1
    page.get_by_role("link", name="Kaart", exact=True).first.click()
    expect(page.locator("h1")).to_have_text("Kaart")
    for regio in ("Twente", "Drenthe"):
        choose(page, "regio", regio)
        expect(page.locator(".st-key-rm-detail h3")).to_have_text(regio)
    settle(page)
    assert page.evaluate("history.length") == bladzijden + 1
    page.go_back()
    expect(page.locator("h1")).to_have_text("Landelijk beeld")
    expect(page.locator(".rm-voorop").first).to_be_visible()
    page.go_forward()
    expect(page.locator("h1")).to_have_text("Kaart")
    expect(page.locator(".st-key-rm-detail h3")).to_have_text("Drenthe")
    expect(page).to_have_url(re.compile("regio=RA0102"))


def test_a_lost_connection_says_what_to_do_and_keeps_what_was_typed(
    browser: Browser, warehouse: Path, tmp_path: Path
) -> None:
    # Streamlit has another text for a reader on the computer that serves, by the name of localhost.
    namen = {"127.0.0.1": "Kijk of u verbinding hebt", "localhost": "make start"}
    with running(tmp_path, warehouse) as dienst:
        lezers = {naam: browser.new_page() for naam in namen}
        for naam, lezer in lezers.items():
            go(lezer, f"http://{naam}:{dienst.poort}/voortgangsgesprek?regio=RA0512&onderdeel=kader")
            lezer.get_by_label(VELD, exact=True).fill("Dit is nog niet bewaard")
        dienst.proces.kill()
        for naam, lezer in lezers.items():
            melding = lezer.get_by_role("dialog")
            expect(melding.get_by_role("heading")).to_have_text("Geen verbinding")
            expect(melding).to_contain_text("Wat u typte, staat er nog.")
            expect(melding).to_contain_text(namen[naam])
            expect(lezer.get_by_label(VELD, exact=True)).to_have_value("Dit is nog niet bewaard")
            lezer.close()
