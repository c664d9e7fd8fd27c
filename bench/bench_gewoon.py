"""Lay the app beside the same page built the plain way (`gewoon.py`): one publication, one load, each as a ratio.

Usage: python bench/bench_gewoon.py [--warehouse data/warehouse] [--sessies 50] [--keuzes 12] [--rondes 2]

Both are started as a manager does and asked in turns, so that what else the machine does comes to both. Told are: from
the start of the command to the first finding on the page in a fresh browser, how long until it stands there for who
comes back in a new tab, and under readers who choose something every five seconds a choice, its bytes and processor
time, and the memory of all processes together (PSS). Bytes are those of the websocket before it compresses; over the
line, what remains of them where the server compresses, which ours does and Streamlit's own command does not.
"""

from __future__ import annotations

import argparse
import asyncio
import compileall
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from bench_app import FLAGS, WORTEL, free_port, processor_time
from bench_sessies import TUSSENPOOS, Bewaard, Lezers, choices, rerun
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as BrowserError

KEREN = 7
_BEVINDING = "[data-testid=stMain] h2"
_LANGST = 60.0


@dataclass
class Maten:
    """What was measured of one of the two, a list a measure: one for each round, or for each choice."""

    start: list[float] = field(default_factory=list)
    terug: list[float] = field(default_factory=list)
    keuze: list[float] = field(default_factory=list)
    bytes_: list[float] = field(default_factory=list)
    lijn: list[float] = field(default_factory=list)
    rekentijd: list[float] = field(default_factory=list)
    geheugen: list[float] = field(default_factory=list)
    geheugen_leeg: list[float] = field(default_factory=list)


NAMEN = {
    "start": "start tot de eerste bevinding, ms", "terug": "eerste inhoud bij terugkomst, ms",
    "keuze": "een keuze onder lezers, ms", "bytes_": "bytes per keuze", "lijn": "bytes per keuze, over de lijn",
    "rekentijd": "rekentijd per keuze, ms",
    "geheugen_leeg": "geheugen na de eerste pagina, MB", "geheugen": "geheugen na al die lezers, MB",
}  # fmt: skip


@dataclass(frozen=True)
class Soort:
    """One of the two: how it is started, and where its page is."""

    naam: str
    opdracht: tuple[str, ...]
    pad: str


def kinds(warehouse: Path, poort: int) -> tuple[Soort, Soort]:
    """Return the app and the plain page, to be started on this port."""
    ons = (str(Path(sys.executable).with_name("regiomonitor")), "serve", "--warehouse", str(warehouse),
           "--port", str(poort))  # fmt: skip
    script = str(WORTEL / "bench" / "gewoon.py")
    gewoon = (sys.executable, "-m", "streamlit", "run", script, "--server.headless", "true",
              "--server.port", str(poort),
              "--server.address", "127.0.0.1", "--browser.gatherUsageStats", "false",
              "--server.fileWatcherType", "none")  # fmt: skip
    return Soort("app", ons, "kaart"), Soort("gewoon", gewoon, "")


def pss(proces: int) -> float:
    """Return the MB that a process and those it started hold, what they share counted once."""
    regels = Path(f"/proc/{proces}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    eigen = next(int(regel.split()[1]) for regel in regels if regel.startswith("Pss:")) / 1000
    kinderen = Path(f"/proc/{proces}/task/{proces}/children").read_text(encoding="utf-8").split()
    return eigen + sum(pss(int(kind)) for kind in kinderen)


def first_finding(browser: Browser, adres: str, vanaf: float) -> float:
    """Open the page in a browser that knows nothing yet, as soon as it answers; milliseconds from the start."""
    page = browser.new_page(viewport={"width": 1440, "height": 1200})
    while time.perf_counter() - vanaf < _LANGST:
        try:
            page.goto(adres, wait_until="commit", timeout=5000)
            break
        except BrowserError:
            time.sleep(0.02)
    page.wait_for_selector(_BEVINDING, timeout=60_000)
    duur = (time.perf_counter() - vanaf) * 1000
    page.close()
    return duur


def returns(browser: Browser, adres: str) -> list[float]:
    """Come back in a tab of its own, in a browser that was here before; milliseconds until the finding stands there."""
    context, tijden = browser.new_context(viewport={"width": 1440, "height": 1200}), []
    for _ in range(KEREN + 1):
        page = context.new_page()
        begin = time.perf_counter()
        page.goto(adres, wait_until="commit")
        page.wait_for_selector(_BEVINDING, timeout=60_000)
        tijden.append((time.perf_counter() - begin) * 1000)
        page.wait_for_selector("[data-test-script-state=notRunning]", timeout=60_000)
        page.wait_for_timeout(500)
        page.close()
    return tijden[1:]


class Tellers(Lezers):
    """Readers of one page who count what they get."""

    async def load(self, pad: str, keuzes: list[str], sessies: int, aantal: int) -> list[tuple[float, int, int]]:
        """Be all readers at once; of every choice the milliseconds, its bytes, and how many of them travelled."""
        samen = await asyncio.gather(*(self._one(pad, keuzes, n, sessies, aantal) for n in range(sessies)))
        return [keuze for van in samen for keuze in van]

    async def _one(
        self, pad: str, keuzes: list[str], nummer: int, sessies: int, aantal: int
    ) -> list[tuple[float, int, int]]:
        kans, uit = random.Random(nummer), []
        await asyncio.sleep(TUSSENPOOS * nummer / sessies)
        async with self._connect(nummer) as ws:
            bewaard = Bewaard()
            geteld = op_lijn = 0
            ontvang, lees = ws.recv, ws.protocol.receive_data

            async def _count(*args: object, **kwargs: object) -> object:
                nonlocal geteld
                ruw = await ontvang(*args, **kwargs)  # type: ignore[arg-type]
                geteld += len(ruw)
                return ruw

            def _count_line(ruw: bytes) -> None:
                nonlocal op_lijn
                op_lijn += len(ruw)
                lees(ruw)

            ws.recv = _count  # type: ignore[method-assign, assignment]
            ws.protocol.receive_data = _count_line  # type: ignore[method-assign]
            await rerun(ws, pad, "", bewaard)
            for _ in range(aantal):
                await asyncio.sleep(TUSSENPOOS * kans.uniform(0.8, 1.2))
                geteld = op_lijn = 0
                ms = await rerun(ws, pad, kans.choice(keuzes), bewaard)
                uit.append((ms, geteld, op_lijn))
        return uit


def measure(soort: Soort, poort: int, browser: Browser, vraag: argparse.Namespace, maten: Maten) -> None:
    """Start one of the two, measure it all once, and end it."""
    omgeving = {**os.environ, "PYTHONPATH": str(WORTEL), "REGIOMONITOR_GEBIEDEN": "uit",
                "REGIOMONITOR_WAREHOUSE": str(vraag.warehouse.resolve())}  # fmt: skip
    adres, begin = f"http://127.0.0.1:{poort}/{soort.pad}", time.perf_counter()
    with subprocess.Popen(soort.opdracht, cwd=WORTEL, env=omgeving, stdout=subprocess.DEVNULL) as proces:
        try:
            maten.start.append(first_finding(browser, adres, begin))
            time.sleep(4)
            maten.geheugen_leeg.append(pss(proces.pid))
            maten.terug.extend(returns(browser, adres))
            vooraf = processor_time(proces.pid)
            # With examples, so that there is as much to show as on the plain page, which tells none of them apart.
            keuzes = [f"{keuze}&voorbeeld=1" for keuze in choices(vraag.warehouse)["kaart"]]
            lezers = Tellers([f"127.0.0.1:{poort}"], {"kaart": keuzes})
            # The browser keeps a loop of its own in this thread.
            with ThreadPoolExecutor(1) as draad:
                taak = lezers.load(soort.pad, keuzes, vraag.sessies, vraag.keuzes)
                gedaan = draad.submit(asyncio.run, taak).result()
            rekentijd = (processor_time(proces.pid) - vooraf) * 1000 / (len(gedaan) + vraag.sessies)
            maten.rekentijd.append(rekentijd)
            maten.keuze.extend(ms for ms, _, _ in gedaan)
            maten.bytes_.extend(float(aantal) for _, aantal, _ in gedaan)
            maten.lijn.extend(float(aantal) for _, _, aantal in gedaan)
            maten.geheugen.append(pss(proces.pid))
        finally:
            proces.send_signal(signal.SIGINT)
            try:
                proces.wait(timeout=10)
            except subprocess.TimeoutExpired:
                proces.kill()


def main() -> None:
    """Print per measure both, and the app as a part of the plain page."""
    vraag = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    vraag.add_argument("--warehouse", type=Path, default=WORTEL / "data" / "warehouse")
    vraag.add_argument("--sessies", type=int, default=50)
    vraag.add_argument("--keuzes", type=int, default=12)
    vraag.add_argument("--rondes", type=int, default=2)
    gevraagd = vraag.parse_args()
    browser_pad = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    maten = {"app": Maten(), "gewoon": Maten()}
    # As an installation does; packages come compiled, and what is measured need not be the compiling of ours.
    for map_ in ("app", "pipelines"):
        compileall.compile_dir(str(WORTEL / map_), quiet=1)
    print(f"Belasting van de machine vooraf: {os.getloadavg()[0]:.1f} op {os.cpu_count()} kernen", flush=True)
    with sync_playwright() as p:
        for _ in range(gevraagd.rondes):
            for nummer in range(2):
                poort = free_port()
                browser = p.chromium.launch(executable_path=browser_pad, args=FLAGS)
                soort = kinds(gevraagd.warehouse.resolve(), poort)[nummer]
                measure(soort, poort, browser, gevraagd, maten[soort.naam])
                browser.close()
    for naam, tekst in NAMEN.items():
        app, gewoon = (statistics.median(getattr(maten[soort], naam)) for soort in ("app", "gewoon"))
        print(f"{tekst:38} app {app:9.0f}   gewoon {gewoon:9.0f}   verhouding {app / gewoon:.2f} (mag 1,00)")
    for soort, van in maten.items():
        p95 = sorted(van.keuze)[max(0, int(0.95 * len(van.keuze)) - 1)]
        print(f"{soort}: p95 van {len(van.keuze)} keuzes {p95:.0f} ms")
    print(f"Belasting van de machine achteraf: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
