"""Search by the keyboard alone, from any page, in light and dark."""

from __future__ import annotations

import re

import pytest
from axe import violations
from playwright.sync_api import Page, expect
from stappen import await_run, fits, go, settle

pytestmark = pytest.mark.browser


def test_search_opens_with_a_key_finds_as_one_types_and_goes_there(page: Page, adres: str) -> None:
    go(page, f"{adres}/kaart")
    page.keyboard.press("/")
    veld = page.get_by_role("searchbox")
    expect(veld).to_be_focused()
    page.keyboard.type("personeelstekort")
    eerste = page.locator("#rm-vondsten a").first
    expect(eerste).to_contain_text("Verwacht tekort")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#rm-vondsten a").nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#rm-zoekvak")).to_be_hidden()
    page.keyboard.press("Control+k")
    veld.fill("verzium")
    expect(page.get_by_text("Niets gevonden.")).to_be_visible()
    expect(eerste).to_contain_text("Ziekteverzuim")
    page.set_viewport_size({"width": 320, "height": 640})
    fits(page, 320)
    veld.press("Enter")
    settle(page)
    expect(page).to_have_url(re.compile("indicator=verzuim.*voorbeeld=1"))
    # A stroke in a field of the page is a stroke; a field of the page before is gone with it.
    expect(page.locator("h1")).to_have_text("Ziekteverzuim")
    await_run(page)
    keuze = page.locator("[data-testid=stSelectbox] input").first
    keuze.focus()
    expect(keuze).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#rm-zoekvak")).to_be_hidden()


@pytest.mark.parametrize("schema", ["light", "dark"])
def test_axe_finds_nothing_in_the_search_field(kijker: Page, adres: str, schema: str) -> None:
    page = kijker
    page.emulate_media(color_scheme=schema)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 1280, "height": 720})
    go(page, f"{adres}/toegankelijkheid")
    page.get_by_role("button", name="Zoeken").click()
    expect(page.locator("#rm-vondsten a").first).to_be_visible()
    assert not {v for v in violations(page) if "rm-" in v}
