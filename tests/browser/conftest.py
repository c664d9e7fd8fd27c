"""A real server on a free port, against a publication built once, and a real Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from dienst import command, free_port, started
from lagen import write_layers
from playwright.sync_api import Browser, Page, expect, sync_playwright

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
# On a busy computer; what is there sooner is not waited for.
_GEDULD_MS = 45_000
expect.set_options(timeout=_GEDULD_MS)
# What turns, fades or slides while something is awaited is drawn sixty times a second, by the processor.
_STIL = """
  const stil = new CSSStyleSheet();
  stil.replaceSync('*, *::before, *::after { animation: none !important; transition: none !important; }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, stil];
"""
_MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def find_chromium() -> str | None:
    """Return the browser to use, if there is one."""
    if pad := os.environ.get("CHROMIUM"):
        return pad
    for naam in ("chromium", "chromium-browser", "google-chrome"):
        if gevonden := shutil.which(naam):
            return gevonden
    return _MAC if Path(_MAC).exists() else None


@pytest.fixture(autouse=True)
def need_browser(request: pytest.FixtureRequest) -> None:
    """Say which journey does not run when there is no browser; in CI that is a failure."""
    if find_chromium() is None:
        reden = f"geen Chromium gevonden, reis niet gelopen: {request.node.name}"
        if os.environ.get("CI"):
            pytest.fail(reden)
        pytest.skip(reden)


@pytest.fixture
def grenzen(warehouse: Path) -> Iterator[Path]:
    """Put borders beside the publication for one journey; the server notices by itself."""
    map_ = write_layers(warehouse)
    yield map_
    shutil.rmtree(map_)


@pytest.fixture(scope="session")
def gedeeld(warehouse: Path) -> Iterator[str]:
    """Serve the publication as a fresh `start` does, in voorbeeldmodus; the address of the app."""
    poort = free_port()
    with started(command(poort, warehouse, ", voorbeeld=True"), poort):
        yield f"http://127.0.0.1:{poort}"


@pytest.fixture
def adres(gedeeld: str) -> str:
    """Return the address of the app that journeys share; some have one of their own."""
    return gedeeld


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all journeys."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def begin(browser: Browser, gedeeld: str) -> Iterator[Page]:
    """The page that all others are opened from, and that stays: of one reader, as wide as a laptop.

    What was opened from it is in its process, where the megabytes of script that every page has are compiled already:
    in a browser of its own a page takes twice the processor.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.set_default_timeout(_GEDULD_MS)
    context.add_init_script(_STIL)
    blad = context.new_page()
    blad.goto(f"{gedeeld}/_stcore/health")
    yield blad
    context.close()


@pytest.fixture
def page(begin: Page) -> Iterator[Page]:
    """A page of its own for each journey; what was kept by the browser for the app is gone after it."""
    with _opened(begin) as geopend:
        yield geopend


@pytest.fixture(scope="module")
def blad(begin: Page) -> Iterator[Page]:
    """One page for the tests of a file that tell a story in turn: what the first did, the next one has before it."""
    with _opened(begin) as geopend:
        yield geopend


@contextmanager
def _opened(begin: Page) -> Iterator[Page]:
    andere = begin.context.pages
    with begin.context.expect_page() as geopend:
        begin.evaluate("() => { window.open('about:blank') }")
    yield geopend.value
    for blad in begin.context.pages:
        if blad not in andere:
            blad.evaluate("() => { try { localStorage.clear() } catch { /* a page of no address has none */ } }")
            blad.close()
    begin.context.clear_cookies()


@pytest.fixture(scope="session")
def kijker(browser: Browser) -> Iterator[Page]:
    """One page to look at every path with axe; what each has in common is loaded once."""
    # The strict policy of the pages would keep axe out as well. Here things move: a colour that glides is waited for.
    context = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
    yield context.new_page()
    context.close()
