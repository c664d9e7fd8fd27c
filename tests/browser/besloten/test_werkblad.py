"""Twelve scores, an agreement and three documents, as a member of the committee does them: in fifteen clicks."""

from __future__ import annotations

import re
import zipfile

import pytest
from playwright.sync_api import Page, expect
from stappen import download, go, settle

pytestmark = pytest.mark.browser
# Each press of a button of the mouse, whoever makes it and on whatever: what a person does beside the typing.
TEL = "window.rmDrukken = 0; document.addEventListener('pointerdown', () => { window.rmDrukken += 1; }, true);"

# As when a page that is drawn anew is shorter for a moment: what was in view no longer is.
ELDERS = (
    """addEventListener("click", () => document.querySelector("[data-testid=stMain]").scrollTo(0, 0), { once: true })"""
)


@pytest.fixture(scope="module")
def ingevuld(blad: Page, gedeeld: str) -> Page:
    """The page with all filled in, and nothing of it kept."""
    go(blad, f"{gedeeld}/voortgangsgesprek?regio=RA0205")
    blad.evaluate(TEL)
    blad.get_by_label("Uw naam", exact=True).click()
    blad.keyboard.type("An de Vries")
    vakken = blad.locator("[class*=rm-concept-score]")
    expect(vakken).to_have_count(12)
    vakken.first.get_by_role("radio").first.focus()
    blad.keyboard.press("4")
    expect(vakken.first.get_by_role("radio").nth(3)).to_be_checked()
    for nummer in range(12):
        vakken.nth(nummer).locator("label", has_text="3").click()
        # A click on a score leads on to its explanation.
        expect(vakken.nth(nummer).get_by_role("textbox")).to_be_focused()
        blad.keyboard.insert_text(f"Zie bladzijde {nummer}.")
    blad.keyboard.press("Tab")
    blad.keyboard.type("Er komt een plan.")
    blad.keyboard.press("Tab")
    blad.keyboard.type("1 maart 2027")
    return blad


@pytest.fixture(scope="module")
def drukken(ingevuld: Page) -> int:
    """How often the mouse was pressed until then."""
    return ingevuld.evaluate("window.rmDrukken")


@pytest.fixture(scope="module")
def bewaard(ingevuld: Page, drukken: int) -> Page:
    """The page after the one button that keeps all of it, which lay elsewhere while it was drawn anew."""
    ingevuld.evaluate(ELDERS)
    ingevuld.get_by_role("button", name="Alles bewaren").click()
    expect(ingevuld.get_by_text("12 scores en de afspraak.")).to_be_in_viewport()
    settle(ingevuld)
    return ingevuld


def test_all_is_filled_in_with_a_click_for_each(drukken: int) -> None:
    # The name, and twelve scores; nothing else asks for the mouse.
    assert drukken == 13


def test_all_is_kept_and_three_documents_are_made_in_fifteen_clicks(bewaard: Page) -> None:
    # The documents are one more; a click that is lost on a busy machine is made again.
    assert bewaard.evaluate("window.rmDrukken") + 1 == 15
    pakket = download(bewaard, bewaard.get_by_role("button", name="Alle documenten (ZIP)"))
    with zipfile.ZipFile(pakket) as inhoud:
        assert [naam.rsplit(".", 1)[1] for naam in inhoud.namelist()] == ["pdf", "docx", "pptx"]


def test_who_opens_the_page_again_finds_it(bewaard: Page) -> None:
    bewaard.reload()
    settle(bewaard)
    expect(bewaard.get_by_role("heading", name=re.compile("12 van 12 onderdelen gescoord"))).to_be_visible()
    expect(bewaard.get_by_label("Wat is afgesproken, en wie doet het?")).to_have_value("")
    bewaard.emulate_media(media="print")
    expect(bewaard.get_by_role("button", name="Alles bewaren")).to_be_hidden()
    bewaard.emulate_media(media="screen")
    bewaard.get_by_role("radio", name="Notities en afspraken").click()
    settle(bewaard)
    expect(bewaard.get_by_text("1 maart 2027").first).to_be_visible()
