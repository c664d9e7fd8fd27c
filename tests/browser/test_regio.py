"""Journeys of a WGO: compare with Nederland and take the table along; pass on a setting of the knoppen."""

from __future__ import annotations

import csv
import re

import pytest
from playwright.sync_api import Page, expect
from stappen import choose, download, go, settle

pytestmark = pytest.mark.browser


def test_a_wgo_begins_with_what_is_real_of_it_and_takes_the_table_along(page: Page, adres: str) -> None:
    go(page, f"{adres}/regio")
    choose(page, "regio", "Utrechtzorg")
    expect(page).to_have_url(re.compile("regio=WGO05"))
    kop = page.locator("h2").first
    expect(kop).to_have_text(re.compile(r"^Utrechtzorg: .*\d"))
    expect(kop).not_to_have_text(re.compile("dekkingsgraad"))
    settle(page)
    # What is real leads, and stands on the first screen.
    kaartje = page.locator(".rm-regiokern .rm-tekenvak").first
    expect(kaartje.get_by_text("VOORBEELD", exact=True)).to_have_count(0)
    expect(kaartje).to_be_visible()
    onderkant = kaartje.bounding_box()
    assert onderkant is not None
    assert onderkant["y"] < 900
    bestand = download(
        page, page.locator(".st-key-csv_kerncijfers").get_by_role("button", name="Download als CSV", exact=True)
    )
    rijen = list(csv.DictReader(bestand.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    eigen = next(r for r in rijen if r["regio_code"] == "WGO05")
    assert kaartje.locator(".rm-tekst-getal").inner_text().startswith(eigen["cijfer"])
    assert eigen["herkomst"] in ("gepubliceerd", "levering")
    # The region goes along through the menu, to a page that has it and back from one that has not.
    menu = page.get_by_role("navigation", name="Menu")
    menu.get_by_role("link", name="Kaart").click()
    expect(page.locator(".st-key-rm-detail h3")).to_have_text("Utrechtzorg")
    expect(page).to_have_url(re.compile(r"/kaart\?.*regio=WGO05"))
    settle(page)
    menu.get_by_role("link", name="Programma").click()
    page.get_by_role("navigation", name="Programma").get_by_role("link", name="Budget").click()
    expect(page.get_by_text("Utrechtzorg is er hier niet; deze pagina toont")).to_be_visible()
    settle(page)
    menu.get_by_role("link", name="Regio").click()
    expect(kop).to_have_text(re.compile("^Utrechtzorg: "))


def test_a_setting_of_the_knoppen_is_passed_on_with_its_caveat_in_view(page: Page, adres: str) -> None:
    go(page, f"{adres}/knoppen")
    page.get_by_role("button", name="Alles op 100%").click()
    settle(page)
    expect(page.locator("h2").first).to_contain_text("82.500 tot 125.000")
    schuif = page.get_by_role("slider", name="Verzuim")
    schuif.focus()
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile("knoppen=100-100-100-100-100-95-100-100"))
    adres_van_nu = page.url
    ander = page.context.new_page()
    go(ander, adres_van_nu)
    expect(ander.get_by_role("slider", name="Verzuim")).to_have_value("95")
    expect(ander.locator("h2").first).to_have_text(page.locator("h2").first.inner_text())
    for plek in (0, 1_500):
        ander.locator('[data-testid="stMain"]').evaluate("(el, y) => el.scrollTo(0, y)", plek)
        expect(ander.get_by_text("Dit is geen voorspelling.")).to_be_in_viewport()
