"""What helps on the way: the first visit, a term that is explained, a link to share."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from stappen import go, settle

pytestmark = pytest.mark.browser


def test_a_first_visit_a_term_and_a_link_to_share(page: Page, adres: str) -> None:
    go(page, f"{adres}/pijlers")
    nieuw = page.get_by_role("button", name="Nieuw hier?")
    nieuw.click()
    page.get_by_role("button", name="Niet meer tonen").click()
    expect(nieuw).to_be_hidden()
    woord = page.locator(".rm-begrip", has_text=re.compile("^SRS$"))
    woord.focus()
    expect(woord).to_have_attribute("aria-description", re.compile("^Samen Regionaal Sterk: "))
    page.get_by_role("button", name="Delen").click()
    expect(page.get_by_label("Link die zo blijft, ook na een nieuwe publicatie")).to_have_value(
        re.compile(r"/pijlers\?.*publicatie=\d{8}T")
    )
    expect(page.get_by_label(re.compile("^Grafiek op een andere site"))).to_be_hidden()
    page.locator("#rm-deelvak").get_by_role("button", name="Sluiten").click()
    page.reload()
    settle(page)
    expect(nieuw).to_be_hidden()
    page.get_by_role("link", name="Nieuw hier?").click()
    page.get_by_role("link", name=re.compile("^Wie bereiken wij")).click()
    expect(page.locator("h1")).to_have_text("Dekkingsgraad")
    page.get_by_role("button", name="Delen").click()
    expect(page.get_by_label(re.compile("^Grafiek op een andere site"))).to_have_value(
        re.compile("^<iframe src=.*/insluiten/dekkingsgraad")
    )
