"""Take a picture of every page at 1440 and 390 wide, light and dark, to look at. Used by `make screenshots`.

Usage: python bench/schermen.py [--warehouse data/warehouse] [--uit schermafdrukken] [--alleen kaart]
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
from pathlib import Path

from bench_app import FLAGS, WORTEL, free_port, start_server
from playwright.sync_api import Page, sync_playwright

BREEDTES = {1440: 900, 390: 844}
# Parts of a page that are pages in themselves.
ONDERDELEN = ("indicatoren", "leveringen", "controles", "aansluiting", "niet_opgenomen", "gaten", "publicaties",
              "publicatie")  # fmt: skip
_HOOGSTE = 8000


def settle(page: Page) -> None:
    """Wait until the page is whole and its pictures are drawn."""
    page.wait_for_selector(".rm-voet, .rm-leeg", timeout=60_000)
    page.wait_for_selector("[data-test-script-state=notRunning]")
    page.wait_for_timeout(700)


def page_paths(page: Page, adres: str) -> list[str]:
    """Return every page of the menu, and every part of Verantwoording."""
    page.goto(adres)
    settle(page)
    paden = page.eval_on_selector_all('a[data-testid="stTopNavLink"]', "e => e.map(a => new URL(a.href).pathname)")
    return [*paden, *(f"/verantwoording?onderdeel={naam}" for naam in ONDERDELEN)]


def take(page: Page, url: str, bestand: Path, breed: int) -> None:
    """Take the first screen, and the whole page below it."""
    page.set_viewport_size({"width": breed, "height": BREEDTES[breed]})
    page.goto(url)
    settle(page)
    page.screenshot(path=bestand.with_name(f"{bestand.stem}-eerste.png"))
    hoogte = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight") + 80
    page.set_viewport_size({"width": breed, "height": min(hoogte, _HOOGSTE)})
    page.wait_for_timeout(700)
    page.screenshot(path=bestand)


def main() -> None:
    """Take all pictures and say where they are."""
    vraag = argparse.ArgumentParser(description=__doc__)
    vraag.add_argument("--warehouse", type=Path, default=WORTEL / "data" / "warehouse")
    vraag.add_argument("--uit", type=Path, default=WORTEL / "schermafdrukken")
    vraag.add_argument("--alleen", default="", help="alleen pagina's met dit in hun adres")
    keuze = vraag.parse_args()
    keuze.uit.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    port = free_port()
    adres = f"http://127.0.0.1:{port}"
    server = start_server(port, keuze.warehouse.resolve())
    try:
        with sync_playwright() as p:
            browser = p.chromium.launch(executable_path=chromium, args=FLAGS)
            paden = page_paths(browser.new_page(viewport={"width": 1440, "height": 900}), adres)
            for thema in ("light", "dark"):
                page = browser.new_page(color_scheme=thema)
                for pad in (pad for pad in paden if keuze.alleen in pad):
                    naam = pad.strip("/").replace("?onderdeel=", "-") or "landelijk"
                    for breed in BREEDTES:
                        take(page, adres + pad, keuze.uit / f"{naam}-{breed}-{thema}.png", breed)
                page.close()
            browser.close()
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=10)
    print(f"{len(list(keuze.uit.glob('*.png')))} schermen in {keuze.uit}")


if __name__ == "__main__":
    main()
