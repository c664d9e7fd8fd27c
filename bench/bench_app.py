"""Measure the app in Chromium: how soon a page has something to read, reruns after a selection, bytes for Kaart.

Usage: python bench/bench_app.py [--warehouse data/warehouse] [--pagina alle|kaart|pijlers|regio|inhoud]

With 'alle' every page is opened in turn, app and browser warm: how long until its finding stands there (the first
heading under the title, with its figures), and until everything does. On a busy machine times mean little; the load is
printed, and the processor time of the app. What does not come within ten seconds is named, and the exit code is 1.
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
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, sync_playwright
from playwright.sync_api import TimeoutError as KwamNietError

from app.raam.paginas import PADEN

WORTEL = Path(__file__).resolve().parent.parent
AANTAL = 50
KEREN = 5
EERSTE_MAG = 1000
KEUZE_MAG = 200
# What a page answers with: a heading with figures; a list on Cijfers, and who may bring data on Data aanleveren.
INHOUD = "h2, h3, .rm-tabel, .rm-melding"
# What has not come by then does not come.
WACHT_MS = 10_000
# Per page the list of which one option after the other is chosen, and what is new with each.
LIJSTEN = {"pijlers": ("groep", ".rm-vergelijking"), "regio": ("regio", "[data-testid=stMain] h2")}
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
# Resolves with the milliseconds from the click until the watched text is new and the run has ended; null if it stays.
_METER = """
([waar, wacht]) => { window.rmMeting = new Promise((klaar) => {
    const kop = () => document.querySelector(waar)?.textContent;
    const rust = () => document.querySelector('[data-test-script-state]')?.dataset.testScriptState === 'notRunning';
    const oud = kop(); let begin = null;
    const kijk = new MutationObserver(() => {
        if (begin !== null && kop() !== oud && rust()) { kijk.disconnect(); klaar(performance.now() - begin); }
    });
    setTimeout(() => { kijk.disconnect(); klaar(null); }, wacht);
    addEventListener('pointerdown', () => { begin = performance.now(); }, {capture: true, once: true});
    kijk.observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true});
}); }
"""


class Meter:
    """Counts what comes in over the websocket, before it was compressed, and over HTTP where it is data."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        cdp = page.context.new_cdp_session(page)
        cdp.send("Network.enable")
        cdp.on("Network.webSocketFrameReceived", self._frame)
        cdp.on("Network.requestWillBeSent", self._request)
        cdp.on("Network.loadingFinished", self._finished)
        self._lagen: set[str] = set()

    def _frame(self, gebeurtenis: dict[str, Any]) -> None:
        frame = gebeurtenis["response"]
        tekst = frame["payloadData"]
        self.bytes += len(base64.b64decode(tekst)) if frame["opcode"] == 2 else len(tekst)

    def _request(self, gebeurtenis: dict[str, Any]) -> None:
        if gebeurtenis["request"]["url"].endswith(".topojson"):
            self._lagen.add(gebeurtenis["requestId"])

    def _finished(self, gebeurtenis: dict[str, Any]) -> None:
        if gebeurtenis["requestId"] in self._lagen:
            self.bytes += int(gebeurtenis["encodedDataLength"])

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
    code = (
        "from pathlib import Path; from app.dienst.server import serve; "
        f"serve({port}, warehouse=Path({str(warehouse)!r}))"
    )
    omgeving = {**os.environ, "PYTHONPATH": str(WORTEL), "REGIOMONITOR_GEBIEDEN": "uit"}
    proces = subprocess.Popen([sys.executable, "-c", code], cwd=WORTEL, env=omgeving)
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


def await_new(page: Page, waar: str, wat: str, kies: Callable[[], None]) -> float:
    """Do something; milliseconds from the click until the watched text is new. Stop where it stays, and say what."""
    page.evaluate(_METER, [waar, WACHT_MS])
    kies()
    ms = page.evaluate("() => window.rmMeting")
    if ms is None:
        raise SystemExit(f"{wat}: na {WACHT_MS / 1000:.0f} s staat er bij {waar} nog hetzelfde ({page.url}).")
    page.wait_for_timeout(60)
    return float(ms)


def rerun_times(page: Page) -> list[float]:
    """Click regions of the map one after the other; milliseconds until the page shows the new region."""
    vormen = page.locator(".st-key-rm-kaart .tegels_marks path, .st-key-rm-kaart .vlakken_marks path")
    aantal, tijden = vormen.count(), []
    for nummer in range(AANTAL + 3):
        vorm = vormen.nth(nummer % aantal)

        def _click(vorm: Locator = vorm) -> None:
            # The middle of a region of odd shape may lie in another one.
            vorm.dispatch_event("pointerdown")
            vorm.dispatch_event("click")

        tijden.append(await_new(page, ".st-key-rm-detail h3", f"Kaart, regio {nummer % aantal + 1}", _click))
    return tijden[3:]


def option_times(page: Page, veld: str, waar: str) -> list[float]:
    """Choose one option of a list after the other; milliseconds until the page shows what goes with it."""
    tijden = []
    for nummer in range(AANTAL + 3):
        page.locator(f".st-key-kies_{veld} input").click()
        keuze = page.get_by_role("option").nth((nummer + 1) % 4)
        keuze.wait_for()
        tijden.append(await_new(page, waar, f"{veld}, keuze {(nummer + 1) % 4 + 1}", keuze.click))
    return tijden[3:]


def report_times(tijden: list[float]) -> None:
    """Print median and p95 of the reruns."""
    tijden = sorted(tijden)
    p95 = tijden[int(0.95 * len(tijden)) - 1]
    print(
        f"Na een keuze: mediaan {statistics.median(tijden):.0f} ms, p95 van {AANTAL} is {p95:.0f} ms (mag {KEUZE_MAG})"
    )


def measure_map(page: Page, meter: Meter, adres: str) -> None:
    """Print bytes and reruns of Kaart."""
    page.goto(f"{adres}/kaart?voorbeeld=1")
    settle(page)
    heeft_grenzen = page.locator(".vlakken_marks").count() > 0
    soort, mag = ("met grenzen", 250) if heeft_grenzen else ("met tegels", 120)
    print(f"Kaart {soort}, eerste keer: {meter.bytes / 1000:.1f} kB (mag {mag})")
    maten = period_bytes(page, meter)
    print(f"Kaart, andere periode: hoogste van {len(maten)} is {max(maten) / 1000:.1f} kB (mag 16)")
    meter.reset()
    tijden = rerun_times(page)
    print(f"Kaart, andere regio: gemiddeld {meter.bytes / (AANTAL + 3) / 1000:.1f} kB (mag 16)")
    report_times(tijden)


def measure_options(page: Page, meter: Meter, adres: str, pagina: str) -> None:
    """Print bytes and reruns of a page on which one group or region is chosen after the other, all with figures."""
    veld, waar = LIJSTEN[pagina]
    meter.reset()
    page.goto(f"{adres}/{pagina}?voorbeeld=1")
    settle(page)
    print(f"{pagina.capitalize()}, eerste keer: {meter.bytes / 1000:.1f} kB")
    meter.reset()
    tijden = option_times(page, veld, waar)
    print(f"{pagina.capitalize()}, per keuze: {meter.bytes / (AANTAL + 3) / 1000:.1f} kB")
    report_times(tijden)


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


def measure_first_content(page: Page, adres: str) -> list[str]:
    """Print per page how long until its finding stands there, and until all of it does; the pages that fail."""
    page.goto(adres)
    settle(page)
    mis = []
    for pad in sorted(PADEN):
        eerste, alles = [], []
        try:
            for _ in range(KEREN + 1):
                begin = time.perf_counter()
                page.goto(adres + pad, wait_until="commit", timeout=WACHT_MS)
                page.wait_for_selector(f"[data-testid=stMain] :is({INHOUD})", timeout=WACHT_MS)
                eerste.append((time.perf_counter() - begin) * 1000)
                page.wait_for_selector(".rm-voet", timeout=WACHT_MS)
                alles.append((time.perf_counter() - begin) * 1000)
        except KwamNietError:
            wat = "bevinding" if len(eerste) == len(alles) else "voet"
            mis.append(f"{pad}: na {WACHT_MS / 1000:.0f} s was er geen {wat}.")
            continue
        # The first time warms up.
        midden, heel = statistics.median(eerste[1:]), statistics.median(alles[1:])
        print(f"{pad:20} eerste inhoud: mediaan {midden:.0f} ms, hoogste {max(eerste[1:]):.0f} ms (mag {EERSTE_MAG}); "
              f"alles: mediaan {heel:.0f} ms")  # fmt: skip
    return mis


def processor_time(proces: int) -> float:
    """Return the processor seconds that a process and those it started have used so far."""
    velden = Path(f"/proc/{proces}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    eigen = (int(velden[11]) + int(velden[12])) / os.sysconf("SC_CLK_TCK")
    kinderen = Path(f"/proc/{proces}/task/{proces}/children").read_text(encoding="utf-8").split()
    return eigen + sum(processor_time(int(kind)) for kind in kinderen)


def main() -> None:
    """Print the measures."""
    vraag = argparse.ArgumentParser(description=__doc__)
    vraag.add_argument("--warehouse", type=Path, default=WORTEL / "data" / "warehouse")
    vraag.add_argument("--pagina", choices=["alle", "kaart", *LIJSTEN, "inhoud"], default="alle")
    keuze = vraag.parse_args()
    # Whoever breaks this off leaves no app behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    browser_pad = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    port, mis = free_port(), []
    server = start_server(port, keuze.warehouse.resolve())
    try:
        with sync_playwright() as p:
            browser = p.chromium.launch(executable_path=browser_pad, args=FLAGS)
            page = browser.new_page(viewport={"width": 1440, "height": 1200})
            meter = Meter(page)
            adres = f"http://127.0.0.1:{port}"
            print(f"Belasting van de machine vooraf: {os.getloadavg()[0]:.1f} op {os.cpu_count()} kernen")
            if keuze.pagina in ("alle", "kaart"):
                measure_map(page, meter, adres)
            for pagina in LIJSTEN:
                if keuze.pagina in ("alle", pagina):
                    measure_options(page, meter, adres, pagina)
            if keuze.pagina in ("alle", "inhoud"):
                mis = measure_first_content(page, adres)
            browser.close()
        print(
            f"Processortijd van de app: {processor_time(server.pid):.1f} s; belasting achteraf {os.getloadavg()[0]:.1f}"
        )
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=10)
    if mis:
        raise SystemExit("\n".join(mis))


if __name__ == "__main__":
    main()
