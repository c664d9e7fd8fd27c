"""Measure the app in Chromium: rerun after a selection, and bytes to the browser for Kaart.

Usage: python bench/bench_app.py [--warehouse data/warehouse]
"""

from __future__ import annotations

import argparse
import base64
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

WORTEL = Path(__file__).resolve().parent.parent
AANTAL = 50
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
# Resolves with the milliseconds from the click until the new region stands there and the run has ended.
_METER = """
() => { window.rmMeting = new Promise((klaar) => {
    const kop = () => document.querySelector('.st-key-rm-detail h3')?.textContent;
    const rust = () => document.querySelector('[data-test-script-state]')?.dataset.testScriptState === 'notRunning';
    const oud = kop(); let begin = null;
    const kijk = new MutationObserver(() => {
        if (begin !== null && kop() !== oud && rust()) { kijk.disconnect(); klaar(performance.now() - begin); }
    });
    addEventListener('pointerdown', () => { begin = performance.now(); }, {capture: true, once: true});
    kijk.observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true});
}); }
"""


class Meter:
    """Counts what comes in over the websocket, and over HTTP where it is data."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        cdp = page.context.new_cdp_session(page)
        cdp.send("Network.enable")
        cdp.on("Network.webSocketFrameReceived", self._frame)

    def _frame(self, gebeurtenis: dict[str, Any]) -> None:
        frame = gebeurtenis["response"]
        tekst = frame["payloadData"]
        self.bytes += len(base64.b64decode(tekst)) if frame["opcode"] == 2 else len(tekst)

    def reset(self) -> None:
        """Start counting anew."""
        self.bytes = 0


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as sok:
        sok.bind(("127.0.0.1", 0))
        return int(sok.getsockname()[1])


def start_server(port: int, warehouse: Path) -> subprocess.Popen[bytes]:
    """Start the app and wait until it answers."""
    code = f"from pathlib import Path; from app.server import serve; serve({port}, warehouse=Path({str(warehouse)!r}))"
    proces = subprocess.Popen([sys.executable, "-c", code], cwd=WORTEL, env={**os.environ, "PYTHONPATH": str(WORTEL)})
    for _ in range(120):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1)
            return proces
        except OSError:
            time.sleep(0.25)
    raise SystemExit("De app start niet.")


def settle(page: Page) -> None:
    """Wait until the run has ended and the picture is drawn."""
    page.wait_for_selector(".rm-voet")
    page.wait_for_selector("[data-test-script-state=notRunning]")
    page.wait_for_timeout(600)


def rerun_times(page: Page) -> list[float]:
    """Click tiles of the map one after the other; milliseconds until the page shows the new region."""
    tegels = page.locator(".st-key-rm-kaart .tegels_marks path")
    tijden = []
    for nummer in range(AANTAL + 3):
        page.evaluate(_METER)
        tegels.nth(nummer % 28).click(force=True)
        tijden.append(float(page.evaluate("() => window.rmMeting")))
        page.wait_for_timeout(60)
    return tijden[3:]


def period_bytes(page: Page, meter: Meter) -> list[int]:
    """Change the period to and fro; bytes per change."""
    maten = []
    for nummer in range(6):
        meter.reset()
        page.locator(".st-key-kies_periode input").click()
        page.get_by_role("option").nth(nummer % 2 if nummer % 2 else 0).wait_for()
        page.get_by_role("option").nth(1 - nummer % 2).click()
        settle(page)
        maten.append(meter.bytes)
    return maten


def main() -> None:
    """Print the measures."""
    vraag = argparse.ArgumentParser(description=__doc__)
    vraag.add_argument("--warehouse", type=Path, default=WORTEL / "data" / "warehouse")
    keuze = vraag.parse_args()
    browser_pad = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    port = free_port()
    server = start_server(port, keuze.warehouse.resolve())
    try:
        with sync_playwright() as p:
            browser = p.chromium.launch(executable_path=browser_pad, args=FLAGS)
            page = browser.new_page(viewport={"width": 1440, "height": 1200})
            meter = Meter(page)
            page.goto(f"http://127.0.0.1:{port}/kaart")
            settle(page)
            print(f"Kaart, eerste keer: {meter.bytes / 1000:.1f} kB (mag 120)")
            maten = period_bytes(page, meter)
            print(f"Kaart, andere periode: hoogste van {len(maten)} is {max(maten) / 1000:.1f} kB (mag 16)")
            tijden = sorted(rerun_times(page))
            p95 = tijden[int(0.95 * len(tijden)) - 1]
            print(
                f"Na een keuze: mediaan {statistics.median(tijden):.0f} ms, p95 van {AANTAL} is {p95:.0f} ms (mag 250)"
            )
            browser.close()
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=10)


if __name__ == "__main__":
    main()
