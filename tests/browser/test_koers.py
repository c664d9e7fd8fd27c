"""VWS asks whether verzuim is on course, checks the evidence, and passes on what it saw."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from stappen import choose, go, settle

pytestmark = pytest.mark.browser


def test_what_is_known_leads_and_whether_verzuim_is_on_course_stands_below(page: Page, adres: str) -> None:
    go(page, adres)
    # Nothing of what ships can be judged: what is known leads, with its period, and the verdicts say that they cannot.
    kop = page.locator("[data-testid=stMain] h2").first
    for breed in (1440, 390):
        page.set_viewport_size({"width": breed, "height": 900})
        expect(kop).to_be_in_viewport()
    expect(kop).to_have_text(re.compile(r"\d.* \d{4}"))
    page.get_by_text("Wat er per actielijn en pijler wel bekend is").click()
    kaart = page.locator(".rm-koers", has_text="Werken in zorg en welzijn")
    regel = kaart.locator("li", has_text="Ziekteverzuim").first
    expect(regel.get_by_role("img")).to_have_attribute("aria-label", re.compile("koers|Niet te zeggen"))
    expect(regel).to_contain_text(re.compile(r"\d,\d% in het .* kwartaal \d{4}"))


def test_the_evidence_leads_to_the_source(page: Page, adres: str) -> None:
    go(page, adres)
    page.get_by_text("Wat er per actielijn en pijler wel bekend is").click()
    page.locator(".rm-koers").get_by_role("link", name="Ziekteverzuim").first.click()
    settle(page)
    expect(page.locator("h1")).to_have_text("Ziekteverzuim")
    expect(page.get_by_role("heading", name="Waar het vandaan komt")).to_be_visible()


def test_two_maps_that_one_reader_chose_are_what_another_sees(page: Page, browser: Browser, adres: str) -> None:
    go(page, f"{adres}/kaart?indicator=dekkingsgraad&regio=RA0205")
    page.get_by_text("Meer keuzes").click()
    choose(page, "vergelijk", "Kaart ernaast: 2019")
    expect(page.locator(".st-key-rm-kaart_b svg.marks")).to_be_visible()
    settle(page)
    ander = browser.new_page()
    go(ander, page.url)
    titels = [p.locator("[data-testid=stMain] h3").all_inner_texts() for p in (page, ander)]
    assert len(titels[0]) == 2
    assert titels[0] == titels[1]
    ander.close()
