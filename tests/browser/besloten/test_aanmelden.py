"""Login as readers meet it: to the provider and back to the page they asked for, as who they are, and out again."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from aanbieder import Aanbieder, running, serving
from axe import violations
from playwright.sync_api import Browser, Page, expect
from postbed import Bus, mail_server, text_of
from stappen import settle

from app.opdrachten.cli import main
from app.rollen.lezer import SCHAKELAAR

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
def eigen(warehouse: Path, tmp_path: Path) -> Path:
    """Return a warehouse in which this journey may publish."""
    return shutil.copytree(warehouse, tmp_path / "warehouse")


@pytest.fixture
def adres(
    aanbieder: Aanbieder, eigen: Path, tmp_path: Path, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """Serve as for others: with login at this provider, and with a mail server; the address of the app."""
    with mail_server(bus) as poort:
        monkeypatch.setenv("REGIOMONITOR_POST", f"127.0.0.1:{poort}")
        monkeypatch.setenv("REGIOMONITOR_POST_TLS", "geen")
        monkeypatch.setenv("REGIOMONITOR_POST_AFZENDER", "monitor@voorbeeld.nl")
        with serving(aanbieder, ROLLEN, eigen, tmp_path) as adres:
            # What the command reads that sends.
            monkeypatch.setenv(SCHAKELAAR, str(tmp_path / "toegang.toml"))
            yield adres


def publish(warehouse: Path, dag: int) -> str:
    """Let readers see another publication from now on; returns its id."""
    publicatie_id, nieuw = f"209901{dag:02d}T000000Z-{dag:08x}", warehouse / "nieuw.duckdb"
    shutil.copyfile(warehouse / "publicatie.duckdb", nieuw)
    with duckdb.connect(str(nieuw)) as con:
        con.execute("update publicatie set publicatie_id = ?", [publicatie_id])
    nieuw.replace(warehouse / "publicatie.duckdb")
    return publicatie_id


def log_in(page: Page, wie: str) -> None:
    page.get_by_role("link", name="Aanmelden met Zorg Groep").click()
    page.get_by_role("link", name=wie).click()


def test_a_reader_logs_in_and_comes_to_the_page_that_was_asked_for(
    page: Page, adres: str, eigen: Path, bus: Bus, capsys: pytest.CaptureFixture[str]
) -> None:
    page.goto(f"{adres}/voortgangsgesprek?onderdeel=afspraken")
    expect(page).to_have_url(f"{adres}/aanmelden")
    log_in(page, "cora")
    expect(page).to_have_url(re.compile(r"/voortgangsgesprek\?onderdeel=afspraken"))
    settle(page)
    expect(page.get_by_text("Aangemeld als cora@voorbeeld.nl.")).to_be_visible()
    expect(page.get_by_text("U schrijft als cora@voorbeeld.nl").first).to_be_attached()
    get_mail_and_stop(page, adres, eigen, bus)
    page.goto(f"{adres}/kaart")
    page.get_by_role("link", name="Afmelden").click()
    expect(page).to_have_url(f"{adres}/aanmelden")
    capsys.readouterr()
    assert main(["logboek"]) == 0
    gedaan = [regel for regel in capsys.readouterr().out.splitlines() if "cora@voorbeeld.nl (commissie)" in regel]
    for daad in ("aangemeld", "notities gelezen", "berichten gevraagd", "afgemeld"):
        assert any(f": {daad} " in regel for regel in gedaan)
    page.goto(f"{adres}/kaart")
    expect(page).to_have_url(f"{adres}/aanmelden")


def get_mail_and_stop(page: Page, adres: str, warehouse: Path, bus: Bus) -> None:
    """Ask for mail, agree by the link in it, get one on a publication, and stop with one click; then no more comes."""
    verstuur = ["mail", "--verstuur", "--warehouse", str(warehouse)]
    assert main(verstuur) == 0
    page.get_by_role("link", name="Berichten per mail").click()
    expect(page).to_have_title("Berichten per mail | Regiomonitor")
    page.get_by_label("Mailadres").fill("geen adres")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_label("Mailadres")).to_have_attribute("aria-invalid", "true")
    assert violations(page) == set()
    page.get_by_label("Mailadres").fill("cora@elders.nl")
    page.get_by_label("een afspraak met een regio").check()
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("status")).to_contain_text("Uw keuze is bewaard.")
    assert violations(page) == set()
    assert main(verstuur) == 0
    page.goto(f"{adres}/berichten/bevestig/{bus.link('bevestig')}")
    assert violations(page) == set()
    page.get_by_role("button", name="Ja, stuur mij berichten").click()
    expect(page.get_by_role("heading", name="U krijgt voortaan berichten")).to_be_visible()
    nieuw = publish(warehouse, 1)
    assert main(verstuur) == 0
    assert [nieuw in text_of(m) for m in bus.gekregen if m["To"] == "cora@elders.nl"] == [False, True]
    uit = f"{adres}/berichten/uit/{bus.link('uit')}"
    page.goto(uit)
    expect(page.get_by_role("button", name="Stop alle berichten")).to_be_visible()
    assert violations(page) == set()
    assert page.request.post(uit, form={"List-Unsubscribe": "One-Click"}).ok
    publish(warehouse, 2)
    assert main(verstuur) == 0
    assert len(bus.gekregen) == 2


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
