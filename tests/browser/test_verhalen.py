"""A reader finds a story by pijler and by word, and passes the link on."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from stappen import settle

pytestmark = pytest.mark.browser


def test_a_story_is_found_by_pijler_and_by_word(page: Page, adres: str) -> None:
    page.goto(f"{adres}/verhalen?pijler=kiezen_toeleiden")
    settle(page)
    expect(page.get_by_role("heading", name="22 verhalen van 109")).to_be_visible()
    page.get_by_role("textbox", name="Zoek op woord").fill("LOOPBÁANCOACHES")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ik Zorg Shop: een winkel waar je de zorg leert kennen")).to_be_visible()
    expect(page.get_by_role("heading", name="1 verhaal van 109")).to_be_visible()
    expect(page).to_have_url(re.compile("zoek="))
    expect(page.get_by_text("Volgens bestuurders. Bron: Nulmeting Samen Regionaal Sterk")).to_be_visible()
    page.reload()
    settle(page)
    expect(page.get_by_role("heading", name="1 verhaal van 109")).to_be_visible()
