"""A reader on the page Pijlers: from the national picture to one pijler, and to a group that is too small."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from stappen import choose, download, settle

pytestmark = pytest.mark.browser


def test_from_the_national_picture_to_one_pijler_and_one_group(page: Page, adres: str) -> None:
    page.goto(adres)
    settle(page)
    page.get_by_text("Wat er per actielijn en pijler wel bekend is").click()
    page.locator(".rm-pijlerkoers").get_by_role("link", name="Werken en behoud").click()
    expect(page).to_have_url(re.compile("/pijlers.*pijler=werken_behoud"))
    expect(page.get_by_role("heading", name="Werken en behoud: 51%")).to_be_visible()
    expect(page.locator(".rm-vergelijking .rm-pijler")).to_have_count(5)
    # Of the country what was published stands here, and nothing made up beside it.
    expect(page.locator(".rm-beeld .rm-stempel")).to_have_count(0)
    choose(page, "groep", "Flever")
    expect(page.get_by_text("Flever: 4 organisaties deden mee; te weinig voor een uitkomst")).to_be_visible()
    expect(page).to_have_url(re.compile("groep=WGO04"))
    page.reload()
    settle(page)
    expect(page.get_by_text("Flever: 4 organisaties deden mee")).to_be_visible()


def test_a_phone_reads_the_chain_and_opens_its_table(page: Page, adres: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{adres}/pijlers?pijler=innoveren&groep=WGO01")
    settle(page)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    page.get_by_text("Tabel: Innoveren").click()
    expect(page.get_by_role("rowheader", name="Leidden de pilots tot nieuwe inzichten?").first).to_be_visible()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    bestand = download(
        page,
        page.locator(".st-key-csv_enquete_pijler_innoveren_WGO01").get_by_role(
            "button", name="Download als CSV", exact=True
        ),
    )
    assert "VOORBEELD" in bestand.read_text(encoding="utf-8-sig")
