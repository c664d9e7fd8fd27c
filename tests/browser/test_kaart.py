"""The map and its bars point at each other, and time is stepped through by hand or by itself."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from stappen import await_run, go

pytestmark = pytest.mark.browser

# What the style says of one part, wherever the pointer is.
_DEKKING = "(e, wat) => getComputedStyle(e)[wat]"


def test_pointing_at_a_bar_marks_its_region_and_the_other_way_round(page: Page, adres: str) -> None:
    go(page, f"{adres}/kaart?indicator=dekkingsgraad&niveau=arbeidsmarktregio&volgorde=naam")
    op_kaart, staven = page.locator(".st-key-rm-kaart"), page.locator(".st-key-rm-staven .regels_marks path")
    # By name: Achterhoek first, on the map the seventh.
    rand = op_kaart.locator(".gekozen_marks path").nth(6)
    assert rand.evaluate(_DEKKING, "strokeOpacity") == "0"
    staven.first.hover()
    expect(rand).to_have_css("stroke-opacity", "1")
    op_kaart.get_by_label("Twente:").hover()
    expect(rand).to_have_css("stroke-opacity", "0")
    twente = page.locator(".st-key-rm-staven").get_by_label("Twente:")
    expect(twente).to_have_css("fill-opacity", "0.14")
    twente.click()
    expect(page.locator(".st-key-rm-detail h3")).to_have_text("Twente")
    expect(page).to_have_url(re.compile("regio=RA0205"))


def test_time_is_played_to_the_newest_period_and_stepped_by_the_keyboard(page: Page, adres: str) -> None:
    # Of 2019 and 2021: from the oldest there is one step.
    go(page, f"{adres}/kaart?indicator=dekkingsgraad&niveau=arbeidsmarktregio&periode=2019")
    speel = page.get_by_role("button", name="Afspelen")
    await_run(page)
    speel.click()
    expect(page).to_have_url(re.compile("periode=2021"))
    expect(speel).to_be_visible()
    await_run(page)
    page.locator(".st-key-kaart_vorige button").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("periode=2019"))


def test_nothing_plays_for_who_asked_for_rest(page: Page, adres: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    go(page, f"{adres}/kaart?indicator=dekkingsgraad&niveau=arbeidsmarktregio")
    expect(page.locator(".rm-afspelen")).to_be_hidden()
    expect(page.locator(".st-key-kaart_volgende button")).to_be_visible()
