"""How fast open data is served, alone and beside Datasette with the same rows: one reader warm, and a hundred at once.

    .venv/bin/python bench/bench_opendata.py --warehouse data/warehouse [--datasette PAD/NAAR/datasette]

It starts a server of its own on this computer with one worker, and one of Datasette after it; both are asked for the
rows of one indicator as CSV, by the same client. Only open data is asked: what readers of pages notice of it is
measured with `--paginas`, the address of a page beside it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import csv
import io
import os
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

# As the app itself is served.
SERVER = [sys.executable, "-m", "app.dienst.web"]


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@contextlib.contextmanager
def running(opdracht: list[str], poort: int, pad: str, omgeving: dict[str, str]) -> Iterator[int]:
    """Run a server until it answers, give the number of its process, and end it afterwards."""
    stil = subprocess.DEVNULL
    proces = subprocess.Popen(opdracht, env=os.environ | omgeving, stdout=stil, stderr=stil)
    try:
        einde = time.monotonic() + 120
        while time.monotonic() < einde:
            with contextlib.suppress(OSError):
                if asyncio.run(ask(poort, pad))[0] == 200:
                    break
            time.sleep(0.2)
        else:
            raise SystemExit(f"{opdracht[0]} geeft geen antwoord op {pad}")
        settle(proces.pid)
        yield proces.pid
    finally:
        proces.terminate()
        proces.wait(20)


def settle(proces: int) -> None:
    """Wait until a server is done with what it does beside its first answers: it computes next to nothing then."""
    for _ in range(90):
        eerder = cpu(proces)
        time.sleep(1)
        if cpu(proces) - eerder < 0.03:
            return


async def ask(poort: int, pad: str) -> tuple[int, bytes]:
    """Ask once as a client that takes gzip; returns the status and the bytes behind the heads, as they came."""
    lezer, schrijver = await asyncio.open_connection("127.0.0.1", poort)
    kop = f"GET {pad} HTTP/1.1\r\nHost: 127.0.0.1:{poort}\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
    schrijver.write(kop.encode())
    await schrijver.drain()
    heel = await lezer.read()
    schrijver.close()
    koppen, _, inhoud = heel.partition(b"\r\n\r\n")
    return int(koppen.split(b" ", 2)[1]), inhoud


async def burst(poort: int, pad: str, lezers: int, keren: int) -> tuple[list[float], float, int, int]:
    """Let readers ask at once, each several times; returns seconds per answer, all seconds, faults and bytes of one."""
    tijden: list[float] = []
    fouten = omvang = 0

    async def _reader() -> None:
        nonlocal fouten, omvang
        for _ in range(keren):
            begin = time.perf_counter()
            status, inhoud = await ask(poort, pad)
            tijden.append(time.perf_counter() - begin)
            fouten += status != 200
            omvang = len(inhoud)

    begin = time.perf_counter()
    await asyncio.gather(*(_reader() for _ in range(lezers)))
    return tijden, time.perf_counter() - begin, fouten, omvang


def cpu(proces: int) -> float:
    """Return the seconds that a process has computed: what it costs whatever else the computer does; 0 unknown."""
    try:
        velden = Path(f"/proc/{proces}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(velden[11]) + int(velden[12])) / os.sysconf("SC_CLK_TCK")


def measure(naam: str, poort: int, pad: str, proces: int) -> tuple[float, int]:
    """Print what one reader and a hundred notice; returns requests per second and bytes of one answer."""
    warm, _, fouten, omvang = asyncio.run(burst(poort, pad, 1, 50))
    rekende = cpu(proces)
    veel, duur, ook_fout, _ = asyncio.run(burst(poort, pad, 100, 5))
    per_vraag = (cpu(proces) - rekende) / len(veel) * 1000
    p95 = statistics.quantiles(veel, n=20)[-1]
    print(f"{naam}: één lezer {statistics.median(warm) * 1000:.1f} ms (hoogste {max(warm) * 1000:.1f}), "
          f"honderd lezers p95 {p95 * 1000:.0f} ms, {len(veel) / duur:.0f} per seconde, "
          f"{per_vraag:.1f} ms rekentijd per vraag, {omvang} bytes, "
          f"{fouten + ook_fout} fouten")  # fmt: skip
    return len(veel) / duur, omvang


def to_sqlite(inhoud: str, doel: Path) -> None:
    """Write the rows of a CSV as one table, as Datasette reads it."""
    koppen, *rijen = csv.reader(io.StringIO(inhoud))
    with contextlib.closing(sqlite3.connect(doel)) as con, con:
        con.execute(f"create table cijfers ({', '.join(f'{kop} text' for kop in koppen)})")
        con.executemany(f"insert into cijfers values ({', '.join('?' * len(koppen))})", rijen)


def main() -> None:
    """Measure both and print the ratio."""
    argumenten = argparse.ArgumentParser()
    argumenten.add_argument("--warehouse", default="data/warehouse")
    argumenten.add_argument("--indicator", default="instroom_opleidingen")
    argumenten.add_argument("--datasette", default="")
    argumenten.add_argument("--paginas", action="store_true", help="ook: een pagina, alleen en naast honderd lezers")
    a = argumenten.parse_args()
    print(f"belasting van de computer: {os.getloadavg()[0]:.1f}, kernen: {os.cpu_count()}")
    poort, pad = free_port(), f"/data/v1/indicatoren/{a.indicator}.csv"
    omgeving = {"REGIOMONITOR_WAREHOUSE": str(Path(a.warehouse).resolve())}
    with running([*SERVER, str(poort), "127.0.0.1"], poort, pad, omgeving) as proces:
        eigen = measure("regiomonitor", poort, pad, proces)
        if a.paginas:
            asyncio.run(beside(poort, pad))
        _, inhoud = asyncio.run(ask(poort, f"{pad}?per_pagina=10000"))
    if not a.datasette:
        return
    import gzip

    with tempfile.TemporaryDirectory() as map_:
        tekst = gzip.decompress(inhoud) if inhoud[:2] == b"\x1f\x8b" else inhoud
        to_sqlite(tekst.decode(), Path(map_) / "cijfers.db")
        poort, pad = free_port(), "/cijfers/cijfers.csv?_size=max"
        opdracht = [a.datasette, "serve", f"{map_}/cijfers.db", "--port", str(poort), "--setting", "max_returned_rows",
                    "100000", "--setting", "max_csv_mb", "100"]  # fmt: skip
        with running(opdracht, poort, pad, {}) as proces:
            ander = measure("datasette", poort, pad, proces)
    print(f"verhouding: {eigen[0] / ander[0]:.1f} keer zoveel vragen per seconde, {ander[1] / eigen[1]:.1f} keer "
          f"zo weinig bytes")  # fmt: skip


async def beside(poort: int, pad: str) -> None:
    """Print how long a page takes alone, and while a hundred readers ask for open data."""
    alleen, _, _, _ = await burst(poort, "/", 1, 100)
    (ernaast, _, _, _), _ = await asyncio.gather(burst(poort, "/", 1, 100), burst(poort, pad, 100, 10))
    for naam, tijden in (("alleen", alleen), ("naast honderd lezers van open data", ernaast)):
        print(f"pagina, {naam}: p95 {statistics.quantiles(tijden, n=20)[-1] * 1000:.0f} ms")


if __name__ == "__main__":
    main()
