"""Login as readers meet it: to the provider and back to the page they asked for, as who they are, and out again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from aanbieder import Aanbieder, running, serving
from playwright.sync_api import Browser, Page, expect
from stappen import settle

from app.opdrachten.cli import main

pytestmark = pytest.mark.browser

PERSONEN = {
    "cora": {"email": "cora@voorbeeld.nl", "email_verified": True, "groups": ["srs"]},
    "jan": {"email": "jan@voorbeeld.nl", "email_verified": True, "groups": ["anders"]},
}
ROLLEN = """\
[toegang.org]
titel = "Zorg Groep"
rolveld = "groups"
[toegang.org.groepen]
srs = ["commissie"]
"""


@pytest.fixture
def aanbieder() -> Iterator[Aanbieder]:
    with running(PERSONEN) as aanbieder:
        yield aanbieder


@pytest.fixture
def adres(aanbieder: Aanbieder, warehouse: Path, tmp_path: Path) -> Iterator[str]:
    """Serve as for others: with login at this provider; the address of the app."""
    with serving(aanbieder, ROLLEN, warehouse, tmp_path) as adres:
        yield adres


def log_in(page: Page, wie: str) -> None:
    page.get_by_role("link", name="Aanmelden met Zorg Groep").click()
    page.get_by_role("link", name=wie).click()


def test_a_reader_logs_in_and_comes_to_the_page_that_was_asked_for(
    page: Page, adres: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page.goto(f"{adres}/voortgangsgesprek?onderdeel=afspraken")
    expect(page).to_have_url(f"{adres}/aanmelden")
    log_in(page, "cora")
    expect(page).to_have_url(re.compile(r"/voortgangsgesprek\?onderdeel=afspraken"))
    settle(page)
    expect(page.get_by_text("Aangemeld als cora@voorbeeld.nl.")).to_be_visible()
    expect(page.get_by_text("U schrijft als cora@voorbeeld.nl").first).to_be_attached()
    page.get_by_role("link", name="Afmelden").click()
    expect(page).to_have_url(f"{adres}/aanmelden")
    assert main(["logboek"]) == 0
    gedaan = [regel for regel in capsys.readouterr().out.splitlines() if "cora@voorbeeld.nl (commissie)" in regel]
    for daad in ("aangemeld", "notities gelezen", "afgemeld"):
        assert any(f": {daad} " in regel for regel in gedaan)
    page.goto(f"{adres}/kaart")
    expect(page).to_have_url(f"{adres}/aanmelden")


def test_who_has_no_role_or_finds_no_provider_is_told_so(browser: Browser, adres: str, aanbieder: Aanbieder) -> None:
    with browser.new_context() as bezoek:
        page = bezoek.new_page()
        page.goto(f"{adres}/kaart")
        log_in(page, "jan")
        expect(page.get_by_role("heading", name="U hebt hier nog geen rol")).to_be_visible()
    aanbieder.is_weg = True
    with browser.new_context() as bezoek:
        page = bezoek.new_page()
        page.goto(f"{adres}/kaart")
        page.get_by_role("link", name="Aanmelden met Zorg Groep").click()
        expect(page.get_by_role("alert")).to_contain_text("niet gelukt of afgebroken")
