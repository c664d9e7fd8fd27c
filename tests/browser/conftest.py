"""A real server on a free port, against a publication built once, and a real Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from lagen import write_layers
from playwright.sync_api import Browser, Page, expect, sync_playwright

WORTEL = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
# On a busy computer; what is there sooner is not waited for.
_GEDULD_MS = 45_000
expect.set_options(timeout=_GEDULD_MS)
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
def adres(warehouse: Path) -> Iterator[str]:
    """Serve the publication as a fresh `start` does, in voorbeeldmodus; the address of the app."""
    omgeving = {**os.environ, "PYTHONPATH": str(WORTEL), "REGIOMONITOR_GEBIEDEN": "uit"}
    with socket.socket() as sok:
        sok.bind(("127.0.0.1", 0))
        port = sok.getsockname()[1]
    code = (
        "from pathlib import Path; from app.dienst.server import serve; "
        f"serve({port}, warehouse=Path({str(warehouse)!r}), voorbeeld=True)"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=WORTEL, env=omgeving) as proces:
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            proces.terminate()


def _wait(adres: str) -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(adres, timeout=1).close()
            return
        except OSError:
            time.sleep(0.25)
    raise AssertionError("De app start niet.")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all journeys."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own for each journey, as wide as a laptop."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.set_default_timeout(_GEDULD_MS)
    yield context.new_page()
    context.close()
