"""Measure the app with many readers at once, and how soon each page has something to read.

Usage: python bench/bench_sessies.py [--warehouse data/warehouse] [--sessies 50] [--keuzes 6] [--pagina kaart]

The readers are websocket sessions that choose another region every five seconds; a rerun lasts from the choice until
the server says that the page is whole. They keep what they have, as a browser does, so that it is not sent again. On
a busy machine only the processor time per choice says something: it does not wait for others. First content is
measured in Chromium, one page after the other, app warm.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import signal
import statistics
import time
from pathlib import Path

import websockets
from bench_app import FLAGS, WORTEL, free_port, start_server
from playwright.sync_api import sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

TUSSENPOOS = 5.0
REGIOS = ("RA0101", "RA0205", "RA0308", "RA0410", "RA0512", "RA0616", "RA0919", "RA1222", "RA1325", "RA1428")
_GELUKT = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_EARLY_FOR_RERUN)


async def rerun(ws: websockets.ClientConnection, pagina: str, keuze: str, bewaard: set[str]) -> tuple[float, int]:
    """Ask for a page with a selection; seconds until it is whole, and bytes that came with it."""
    vraag = BackMsg()
    vraag.rerun_script.query_string = keuze
    vraag.rerun_script.page_name = pagina
    vraag.rerun_script.cached_message_hashes.extend(bewaard)
    begin, ontvangen = time.perf_counter(), 0
    await ws.send(vraag.SerializeToString())
    while True:
        ruw = await ws.recv()
        ontvangen += len(ruw)
        bericht = ForwardMsg()
        bericht.ParseFromString(ruw if isinstance(ruw, bytes) else ruw.encode())
        if bericht.metadata.cacheable:
            bewaard.add(bericht.hash)
        if bericht.WhichOneof("type") == "script_finished":
            if bericht.script_finished not in _GELUKT:
                raise SystemExit("Een run is mislukt; zie de uitvoer van de app.")
            return time.perf_counter() - begin, ontvangen


async def reader(adres: str, pagina: str, aantal: int, nummer: int, sessies: int) -> list[float]:
    """Be one reader: open the page, then choose another region each time; seconds per choice."""
    kans = random.Random(nummer)
    await asyncio.sleep(TUSSENPOOS * nummer / sessies)
    tijden = []
    async with websockets.connect(f"{adres}/_stcore/stream", subprotocols=["streamlit"], max_size=None) as ws:  # type: ignore[list-item]
        bewaard: set[str] = set()
        await rerun(ws, pagina, "", bewaard)
        for keer in range(aantal):
            await asyncio.sleep(TUSSENPOOS * kans.uniform(0.8, 1.2))
            duur, _ = await rerun(ws, pagina, f"regio={REGIOS[(nummer + keer) % len(REGIOS)]}", bewaard)
            tijden.append(duur * 1000)
    return tijden


async def readers(adres: str, pagina: str, sessies: int, aantal: int) -> list[float]:
    """Be all readers at once; milliseconds of every choice."""
    samen = await asyncio.gather(*(reader(adres, pagina, aantal, nummer, sessies) for nummer in range(sessies)))
    return sorted(tijd for tijden in samen for tijd in tijden)


def processor_time(proces: int) -> float:
    """Return the processor seconds that a process and those it started have used so far."""
    velden = Path(f"/proc/{proces}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    eigen = (int(velden[11]) + int(velden[12])) / os.sysconf("SC_CLK_TCK")
    kinderen = Path(f"/proc/{proces}/task/{proces}/children").read_text(encoding="utf-8").split()
    return eigen + sum(processor_time(int(kind)) for kind in kinderen)


def report(naam: str, tijden: list[float], mag: int) -> None:
    """Print median and p95."""
    p95 = tijden[max(0, int(0.95 * len(tijden)) - 1)]
    print(f"{naam}: mediaan {statistics.median(tijden):.0f} ms, p95 van {len(tijden)} is {p95:.0f} ms (mag {mag})")


def first_content(adres: str) -> None:
    """Print per page how long it takes until its title and first figures stand there, app and browser warm."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as p:
        page = p.chromium.launch(executable_path=chromium, args=FLAGS).new_page(viewport={"width": 1440, "height": 900})
        page.goto(adres)
        page.wait_for_selector(".rm-voet")
        paden = page.eval_on_selector_all('a[data-testid="stTopNavLink"]', "e => e.map(a => new URL(a.href).pathname)")
        for pad in paden:
            tijden = []
            for _ in range(4):
                begin = time.perf_counter()
                page.goto(adres + pad, wait_until="commit")
                page.wait_for_selector("[data-testid=stMain] :is(h2, h3)")
                tijden.append((time.perf_counter() - begin) * 1000)
                page.wait_for_selector(".rm-voet")
            report(f"Eerste inhoud {pad}", sorted(tijden[1:]), 1500)


def main() -> None:
    """Print the measures, and how busy the machine was with other things."""
    vraag = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    vraag.add_argument("--warehouse", type=Path, default=WORTEL / "data" / "warehouse")
    vraag.add_argument("--sessies", type=int, default=50)
    vraag.add_argument("--keuzes", type=int, default=6)
    vraag.add_argument("--pagina", default="kaart")
    vraag.add_argument("--zonder-eerste", action="store_false", dest="eerste", help="meet de eerste inhoud niet")
    keuze = vraag.parse_args()
    port = free_port()
    server = start_server(port, keuze.warehouse.resolve())
    print(f"Belasting van de machine vooraf: {os.getloadavg()[0]:.1f} op {os.cpu_count()} kernen")
    try:
        if keuze.eerste:
            first_content(f"http://127.0.0.1:{port}")
        ws = f"ws://127.0.0.1:{port}"
        report("1 sessie", asyncio.run(readers(ws, keuze.pagina, 1, keuze.keuzes)), 250)
        vooraf = processor_time(server.pid)
        tijden = asyncio.run(readers(ws, keuze.pagina, keuze.sessies, keuze.keuzes))
        report(f"{keuze.sessies} sessies", tijden, 500)
        per_keuze = (processor_time(server.pid) - vooraf) / (len(tijden) + keuze.sessies)
        print(f"Processortijd per keuze: {per_keuze * 1000:.0f} ms; {keuze.sessies} sessies vragen "
              f"{per_keuze * keuze.sessies / TUSSENPOOS:.0%} van één kern")  # fmt: skip
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=10)


if __name__ == "__main__":
    main()
