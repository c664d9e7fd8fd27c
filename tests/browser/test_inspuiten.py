"""A delivery, a note and an address that try to be a page: in a real browser they are text on one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from dienst import command, free_port, started
from kwaadbed import KWAAD, bad, marks
from playwright.sync_api import Page
from stappen import settle

from app.raam import paginas

pytestmark = pytest.mark.browser

# What would be there if a text had become part of the page.
_GERAAKT = """() => [
  ...document.querySelectorAll('img[src="x"], img[src*="kwaad"], a[href*="kwaad"], a[href^="javascript:"], [onerror]'),
  ...[...document.querySelectorAll('body script')].filter(s => s.textContent.includes('geraakt')),
  ...document.querySelectorAll('.katex'),
].map(e => e.outerHTML).concat(window.geraakt ? ['geraakt'] : [])"""
_VRAGEN = ("regio", "indicator", "branche", "zoek", "publicatie", "periode", "pijler")
_OPEN = {
    "/verhalen": {"titel", "samenvatting", "verhaalbron"},
    "/regio?regio=RA0101": {"actie"},
    "/voortgangsgesprek?regio=RA0101": {"actie", "notitie"},
    "/indicator?indicator=vacaturegraad&regio=RA0101": {"cijferbron"},
    # Why a delivery was withdrawn, and who delivers.
    "/verantwoording?onderdeel=controles": {"reden"},
    "/verantwoording?onderdeel=leveringen": {"leverancier"},
}


@dataclass(frozen=True)
class Kwaad:
    """A server of the deliveries that try: its address, and what it wrote down."""

    adres: str
    log: Path


@pytest.fixture(scope="module")
def dienst(kwaad: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kwaad]:
    poort, log = free_port(), tmp_path_factory.mktemp("inspuiten") / "log"
    opdracht = [sys.executable, "-c", "import os, sys; f = os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY, 0o600); "
                "os.dup2(f, 1); os.dup2(f, 2); os.execv(sys.argv[2], sys.argv[2:])", str(log)]  # fmt: skip
    with started([*opdracht, *command(poort, kwaad)], poort):
        yield Kwaad(f"http://127.0.0.1:{poort}", log)


@pytest.fixture(autouse=True)
def niets_geraakt(page: Page, dienst: Kwaad) -> Iterator[None]:
    """Nothing is asked elsewhere, refused by the policy of the pages, or written down, whatever a journey opens."""
    gevraagd: list[str] = []
    geweigerd: list[str] = []
    page.on("request", lambda verzoek: gevraagd.append(verzoek.url))
    page.on("console", lambda regel: geweigerd.append(regel.text) if "Content Security Policy" in regel.text else None)
    yield
    assert [url for url in gevraagd if "127.0.0.1" not in url and not url.startswith(("data:", "blob:"))] == []
    assert gevraagd
    assert geweigerd == []
    assert marks(dienst.log.read_text()) == set()
    assert not Path("/tmp/geraakt").exists()


def test_whatever_was_delivered_or_written_a_page_shows_it_as_text(page: Page, dienst: Kwaad) -> None:
    for pad, kolommen in _OPEN.items():
        page.goto(f"{dienst.adres}{pad}")
        settle(page)
        # Also what is folded away.
        tekst = (page.text_content("body") or "") + "".join(
            veld.input_value() for veld in page.locator("textarea").all()
        )
        assert kolommen <= {kolom for _, kolom in marks(tekst)}, pad
        assert page.evaluate(_GERAAKT) == [], pad


@pytest.mark.parametrize("helft", [0, 1])
def test_whatever_an_address_asks_its_page_shows_it_as_text(page: Page, dienst: Kwaad, helft: int) -> None:
    for nummer, pad in [*enumerate(sorted(paginas.PADEN))][helft::2]:
        vraag = "&".join(
            f"{naam}={quote(bad([*KWAAD][(nummer + plek) % len(KWAAD)], 'vraag'))}" for plek, naam in enumerate(_VRAGEN)
        )
        page.goto(f"{dienst.adres}{pad}?{vraag}")
        settle(page)
        assert page.evaluate(_GERAAKT) == [], pad
        assert "Traceback" not in page.inner_text("body")
