"""Measure the app with many readers at once: seconds per choice, and what a choice costs in processor time.

Usage: python bench/bench_sessies.py [--warehouse MAP] [--sessies 50] [--processen 1] [--keuzes 12] [--pagina kaart]

The readers are websocket sessions that choose something else every five seconds, most of them on the pages that are
read most, and now and then go to another page. What they choose is drawn from the publication: regions, indicators,
periods, groups. A rerun lasts from the choice until the server says that the page is whole, with all of it received.
They keep what they have, as a browser does, so that it is not sent again. 'Nieuw' is a choice that nobody made before:
no cache of the app knows it. On a busy machine only the processor time per choice says something: it does not wait for
others. Drawing in the browser is not in it, see `bench_app.py`.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import statistics
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import duckdb
import websockets
from bench_app import WORTEL, free_port, processor_time, start_server
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

TUSSENPOOS = 5.0
MAG = 500
# How often a reader is on each page, and stays there for the next choice.
DRUKTE = {
    "kaart": 4, "regio": 4, "": 3, "pijlers": 3, "verantwoording": 1, "knoppen": 1, "verhalen": 1, "budget": 1,
    "voortgangsgesprek": 1,
}  # fmt: skip
_BLIJFT = 0.8
# maxCachedMessageAge in .streamlit/config.toml.
_RUNS = 5
_GELUKT = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_EARLY_FOR_RERUN)


@dataclass(frozen=True)
class Meting:
    """One choice: where it was made, how long it lasted, and whether anybody had made it before."""

    pagina: str
    ms: float
    is_nieuw: bool


def choices(warehouse: Path) -> dict[str, list[str]]:
    """Return, per page, what a reader may choose there, as the query of the page."""
    with duckdb.connect(str(warehouse / "publicatie.duckdb"), read_only=True) as con:

        def column(sql: str) -> list[str]:
            return [str(rij[0]) for rij in con.execute(sql).fetchall()]

        regios = column("from regio select regio_code where niveau = 'arbeidsmarktregio' order by all")
        wgos = column("from regio select regio_code where niveau = 'wgo' and geldig_tot is null order by all")
        per_regio = """select distinct indicator_id, periode from waarneming
                       where niveau = 'arbeidsmarktregio' and waarde is not null order by all"""
        cijfers = [f"indicator={i}&periode={p}" for i, p in con.execute(per_regio).fetchall()]
        indicatoren = column("from indicator select indicator_id order by all")
        branches = column("from branche select branche_code order by all")
    regionaal = sorted({cijfer.split("&")[0] for cijfer in cijfers})
    return {
        "kaart": _joined(cijfers, [f"regio={r}" for r in regios]),
        "regio": _joined([f"regio={r}" for r in wgos + regios], regionaal),
        "": _joined(regionaal, ["voorbeeld=1", "voorbeeld=0"]),
        "pijlers": _joined(
            [f"groep={g}" for g in ["NL01", *wgos, *branches]],
            [f"pijler={p}" for p in ("basis", "kiezen_toeleiden", "leren_opleiden", "werken_behoud", "innoveren")],
            ["schatting=gewogen", "schatting=ongewogen"],
        ),
        "verantwoording": _joined(["onderdeel=indicatoren"], [f"indicator={i}" for i in indicatoren]),
        "knoppen": [f"regio={r}" for r in regios + wgos],
        "verhalen": [f"soort={s}" for s in ("goed_voorbeeld", "inzicht", "signaal", "aanbeveling")],
        "budget": [f"regio={r}" for r in wgos],
        "voortgangsgesprek": _joined(
            [f"regio={r}" for r in regios], [f"onderdeel={d}" for d in ("signalen", "plannen", "kader", "afspraken")]
        ),
    }


def _joined(*delen: Iterable[str]) -> list[str]:
    return ["&".join(paar) for paar in product(*delen)]


class Bewaard:
    """What a browser keeps of what it got: the messages of its last runs, as many as the app asks it to."""

    def __init__(self) -> None:
        self._run = 0
        self._laatst: dict[str, int] = {}

    def __iter__(self) -> Iterator[str]:
        """Yield what is named as kept with a question."""
        return iter(self._laatst)

    def note(self, bericht: ForwardMsg) -> None:
        """Keep a message that may be kept, or keep it longer where only its name was sent."""
        if naam := bericht.ref_hash or (bericht.hash if bericht.metadata.cacheable else ""):
            self._laatst[naam] = self._run

    def end_run(self) -> None:
        """Drop what was of no use in the last runs."""
        self._run += 1
        self._laatst = {naam: run for naam, run in self._laatst.items() if self._run - run <= _RUNS}


async def rerun(ws: websockets.ClientConnection, pagina: str, keuze: str, bewaard: Bewaard) -> float:
    """Ask for a page with a selection; milliseconds until it is whole."""
    vraag = BackMsg()
    vraag.rerun_script.query_string = keuze
    vraag.rerun_script.page_name = pagina
    vraag.rerun_script.cached_message_hashes.extend(bewaard)
    begin = time.perf_counter()
    await ws.send(vraag.SerializeToString())
    while True:
        ruw = await ws.recv()
        bericht = ForwardMsg()
        bericht.ParseFromString(ruw if isinstance(ruw, bytes) else ruw.encode())
        bewaard.note(bericht)
        if bericht.WhichOneof("type") == "script_finished":
            if bericht.script_finished not in _GELUKT:
                raise SystemExit(f"Een run is mislukt ({pagina}?{keuze}); zie de uitvoer van de app.")
            bewaard.end_run()
            return (time.perf_counter() - begin) * 1000


class Lezers:
    """All readers of one measurement, and what they have chosen so far."""

    def __init__(self, adressen: list[str], keuzes: dict[str, list[str]]) -> None:
        self._adressen = adressen
        self._keuzes = keuzes
        self._drukte = {pagina: DRUKTE[pagina] for pagina in keuzes}
        self._gedaan: set[tuple[str, str]] = set()

    def _connect(self, nummer: int) -> websockets.connect:
        """Return a connection as a page of the app itself makes it; a reader stays at one process."""
        adres = self._adressen[nummer % len(self._adressen)]
        return websockets.connect(
            f"ws://{adres}/_stcore/stream",
            origin=f"http://{adres}",  # type: ignore[arg-type]
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=None,
        )

    async def _read(self, aantal: int, nummer: int, sessies: int) -> list[Meting]:
        """Be one reader: open a page, then choose something else each time."""
        kans = random.Random(nummer)
        await asyncio.sleep(TUSSENPOOS * nummer / sessies)
        metingen = []
        pagina = self._other_page(kans)
        async with self._connect(nummer) as ws:
            bewaard = Bewaard()
            await rerun(ws, pagina, "", bewaard)
            for _ in range(aantal):
                await asyncio.sleep(TUSSENPOOS * kans.uniform(0.8, 1.2))
                pagina = pagina if kans.random() < _BLIJFT else self._other_page(kans)
                keuze = kans.choice(self._keuzes[pagina])
                is_nieuw = (pagina, keuze) not in self._gedaan
                self._gedaan.add((pagina, keuze))
                metingen.append(Meting(pagina, await rerun(ws, pagina, keuze, bewaard), is_nieuw))
        return metingen

    def _other_page(self, kans: random.Random) -> str:
        return kans.choices(list(self._drukte), list(self._drukte.values()))[0]

    async def measure(self, sessies: int, aantal: int) -> list[Meting]:
        """Be all readers at once; every choice of all of them."""
        samen = await asyncio.gather(*(self._read(aantal, nummer, sessies) for nummer in range(sessies)))
        return [meting for metingen in samen for meting in metingen]

    async def open_all(self) -> None:
        """Open every page once in every process, so that what is cold is the choice and not the app."""
        for nummer in range(len(self._adressen)):
            async with self._connect(nummer) as ws:
                for pagina in self._keuzes:
                    await rerun(ws, pagina, "", Bewaard())


def report(naam: str, tijden: Iterable[float]) -> None:
    """Print median and p95."""
    op_volgorde = sorted(tijden)
    if not op_volgorde:
        return
    p95 = op_volgorde[max(0, int(0.95 * len(op_volgorde)) - 1)]
    print(f"{naam}: mediaan {statistics.median(op_volgorde):.0f} ms, p95 van {len(op_volgorde)} is {p95:.0f} ms")


def main() -> None:
    """Print the measures, and how busy the machine was with other things."""
    vraag = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    vraag.add_argument("--warehouse", type=Path, default=WORTEL / "data" / "warehouse")
    vraag.add_argument("--sessies", type=int, default=50)
    vraag.add_argument("--processen", type=int, default=1)
    vraag.add_argument("--keuzes", type=int, default=12)
    vraag.add_argument("--pagina", choices=["alle", *filter(None, DRUKTE), "landelijk"], default="alle")
    gevraagd = vraag.parse_args()
    poorten = [free_port() for _ in range(gevraagd.processen)]
    servers = [start_server(poort, gevraagd.warehouse.resolve()) for poort in poorten]
    keuzes = choices(gevraagd.warehouse)
    if gevraagd.pagina != "alle":
        pagina = gevraagd.pagina if gevraagd.pagina != "landelijk" else ""
        keuzes = {pagina: keuzes[pagina]}
    lezers = Lezers([f"127.0.0.1:{poort}" for poort in poorten], keuzes)
    print(f"Belasting van de machine vooraf: {os.getloadavg()[0]:.1f} op {os.cpu_count()} kernen")
    try:
        asyncio.run(lezers.open_all())
        vooraf = sum(processor_time(server.pid) for server in servers)
        metingen = asyncio.run(lezers.measure(gevraagd.sessies, gevraagd.keuzes))
        gebruikt = sum(processor_time(server.pid) for server in servers) - vooraf
        per_keuze = gebruikt / (len(metingen) + gevraagd.sessies)
        for pagina in keuzes:
            report(f"  {pagina or 'landelijk'}", [m.ms for m in metingen if m.pagina == pagina])
        nieuw = [m.ms for m in metingen if m.is_nieuw]
        report(f"{gevraagd.sessies} sessies, nieuw ({len(nieuw) / len(metingen):.0%})", nieuw)
        report(f"{gevraagd.sessies} sessies, alles (p95 mag {MAG})", [m.ms for m in metingen])
        print(f"Processortijd per keuze: {per_keuze * 1000:.0f} ms; {gevraagd.sessies} sessies vragen "
              f"{per_keuze * gevraagd.sessies / TUSSENPOOS:.0%} van één kern")  # fmt: skip
        print(f"Belasting van de machine achteraf: {os.getloadavg()[0]:.1f}")
    finally:
        for server in servers:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=10)


if __name__ == "__main__":
    main()
