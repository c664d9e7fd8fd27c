"""A WGO reads its own figures before release, in a real browser: from the first page to the file it takes along."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from aanbieder import running, serving
from playwright.sync_api import Browser, expect
from stappen import download, settle
from voorafbed import VAN_ANDEREN, write_waiting

pytestmark = pytest.mark.browser

PERSONEN = {
    naam: {"email": f"{naam}@voorbeeld.nl", "email_verified": True, "groups": [groep]}
    for naam, groep in (("wil", "wgo1"), ("kees", "lezers"))
}
ROLLEN = """\
[toegang.org]
rolveld = "groups"
[toegang.org.groepen]
wgo1 = ["wgo:WGO01"]
lezers = ["kijker"]
"""


@pytest.fixture
def adres(tmp_path: Path) -> Iterator[str]:
    """Serve what is published, and a concept that waits, with login; the address of the app."""
    with pytest.MonkeyPatch.context() as hier:
        hier.setattr("pipelines.levering.toets.leesproces.is_small", lambda _levering: True)
        warehouse = write_waiting(tmp_path)
    with running(PERSONEN) as aanbieder, serving(aanbieder, ROLLEN, warehouse, tmp_path) as adres:
        yield adres


def test_a_wgo_finds_its_figures_and_takes_them_along_and_a_reader_finds_nothing(browser: Browser, adres: str) -> None:
    with browser.new_context(accept_downloads=True) as bezoek:
        page = bezoek.new_page()
        page.goto(adres)
        page.get_by_role("link", name="Aanmelden met org").click()
        page.get_by_role("link", name="wil").click()
        settle(page)
        expect(page.get_by_role("button", name="Delen")).to_be_visible()
        page.get_by_role("link", name="Uw cijfers vóór publicatie").first.click()
        expect(page.get_by_text("Zij zijn niet vrijgegeven: verspreid ze niet.")).to_be_visible()
        expect(page.get_by_role("button", name="Delen")).to_be_hidden()
        page.get_by_text("Tabel: wat er verandert voor ZorgpleinNoord").click()
        tabel = page.get_by_role("region", name="wat er verandert voor ZorgpleinNoord")
        expect(tabel.get_by_role("cell", name="230 (geleverd)")).to_be_visible()
        knop = page.get_by_role("button", name="Download als CSV", exact=True).first
        inhoud = download(page, knop, ".csv").read_text(encoding="utf-8-sig")
        assert all(regel.endswith("concept, niet verspreiden") for regel in inhoud.splitlines()[1:])
        assert not [tekst for tekst in VAN_ANDEREN if tekst in inhoud + page.content()]
    with browser.new_context() as bezoek:
        page = bezoek.new_page()
        page.goto(f"{adres}/vooraf")
        page.get_by_role("link", name="Aanmelden met org").click()
        page.get_by_role("link", name="kees").click()
        settle(page)
        expect(page.get_by_text("Hier staat nu niets voor u.")).to_be_visible()
