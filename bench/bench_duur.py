"""Hold the app under many readers for long, while publication after publication is built and put in place.

Usage: make load, or python bench/bench_duur.py [--minuten 60] [--sessies 50] [--elke 120] [--raw MAP]

Readers choose as in `bench_sessies.py`. Each two minutes `build --force` runs beside them, in a process of its own, as
on a server. Told are the memory of the app from the fifth minute on, the slowest choice while a publication was built
or had just come, and otherwise, and every error. The first five minutes fill what is remembered, and count for errors
alone. The exit code is 1 where more than may be was measured. What else the machine does is in all of it: look at the
load that is printed.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import websockets
from bench_app import WORTEL, free_port, start_server
from bench_sessies import TUSSENPOOS, Bewaard, Lezers, choices, report, rerun

GROEI_MAG, KEUZE_MAG = 0.05, 1000
_AANLOOP = 300.0
# So long after a build a publication is still being read in.
_NASLEEP = 10.0


@dataclass
class Verloop:
    """What was measured, with the seconds since the beginning."""

    begin: float = field(default_factory=time.monotonic)
    keuzes: list[tuple[float, float, str]] = field(default_factory=list)
    fouten: list[str] = field(default_factory=list)
    geheugen: list[tuple[float, float]] = field(default_factory=list)
    # From when to when a publication was built and read in.
    bouwen: list[tuple[float, float]] = field(default_factory=list)

    def now(self) -> float:
        """Return the seconds since the beginning."""
        return time.monotonic() - self.begin


class Blijvers(Lezers):
    """Readers who go on until it is over, and begin anew where something went wrong."""

    async def stay(self, sessies: int, verloop: Verloop, eind: float) -> None:
        """Be all readers at once until this many seconds from the beginning."""
        await asyncio.gather(*(self._stay(nummer, sessies, verloop, eind) for nummer in range(sessies)))

    async def _stay(self, nummer: int, sessies: int, verloop: Verloop, eind: float) -> None:
        kans = random.Random(nummer)
        await asyncio.sleep(TUSSENPOOS * nummer / sessies)
        while verloop.now() < eind:
            try:
                await self._visit(nummer, kans, verloop, eind)
            except (OSError, SystemExit, websockets.WebSocketException) as fout:
                verloop.fouten.append(f"{verloop.now():.0f} s: {type(fout).__name__}")
                await asyncio.sleep(TUSSENPOOS)

    async def _visit(self, nummer: int, kans: random.Random, verloop: Verloop, eind: float) -> None:
        pagina = self._other_page(kans)
        async with self._connect(nummer) as ws:
            bewaard = Bewaard()
            await rerun(ws, pagina, "", bewaard)
            while verloop.now() < eind:
                await asyncio.sleep(TUSSENPOOS * kans.uniform(0.8, 1.2))
                pagina = pagina if kans.random() < 0.8 else self._other_page(kans)
                begin = verloop.now()
                duur = await rerun(ws, pagina, kans.choice(self._keuzes[pagina]), bewaard)
                verloop.keuzes.append((begin, duur, pagina))


async def publish(raw: Path, warehouse: Path, verloop: Verloop, elke: float, eind: float) -> None:
    """Build one publication after another, as the timer of a server does."""
    opdracht = [sys.executable, "-m", "app.opdrachten.ingang", "build", "--force", "--quiet", "--raw", str(raw),
                "--warehouse", str(warehouse)]  # fmt: skip
    while verloop.now() + elke < eind:
        await asyncio.sleep(elke)
        begin = verloop.now()
        proces = await asyncio.create_subprocess_exec(*opdracht, cwd=WORTEL)
        if await proces.wait():
            verloop.fouten.append(f"{begin:.0f} s: een bouw mislukte")
        verloop.bouwen.append((begin, verloop.now() + _NASLEEP))


async def weigh(proces: int, verloop: Verloop, eind: float) -> None:
    """Note every five seconds how much memory the app holds."""
    while verloop.now() < eind:
        with contextlib.suppress(OSError):
            bladen = int(Path(f"/proc/{proces}/statm").read_text(encoding="utf-8").split()[1])
            verloop.geheugen.append((verloop.now(), bladen * os.sysconf("SC_PAGE_SIZE") / 1e6))
        await asyncio.sleep(5)


def tell(verloop: Verloop, eind: float) -> bool:
    """Print what was measured; returns whether all of it may be."""
    minuut = [
        statistics.median(mb) for van in range(0, int(eind), 60)
        if (mb := [w for op, w in verloop.geheugen if van <= op < van + 60])
    ]  # fmt: skip
    print("Geheugen per minuut, MB: " + " ".join(f"{mb:.0f}" for mb in minuut))
    na = minuut[int(_AANLOOP // 60) :]
    # The middle of the last three minutes beside that of the first three after the run-up.
    groei = statistics.median(na[-3:]) / statistics.median(na[:3]) - 1 if na else 0.0
    print(f"Geheugen na vijf minuten {na[0] if na else 0:.0f} MB, meest {max(na, default=0):.0f} MB")
    print(f"Groei daarna {groei:+.1%} (mag {GROEI_MAG:.0%})")
    geteld = [keuze for keuze in verloop.keuzes if keuze[0] >= _AANLOOP or not na]
    tijdens, buiten = [], []
    for keuze in geteld:
        klaar = keuze[0] + keuze[1] / 1000
        is_erbij = any(van <= klaar and keuze[0] <= tot for van, tot in verloop.bouwen)
        (tijdens if is_erbij else buiten).append(keuze)
    for naam, keuzes in ((f"tijdens {len(verloop.bouwen)} bouwen en wissels", tijdens), ("daarbuiten", buiten)):
        report(f"Keuzes {naam}", [ms for _, ms, _ in keuzes])
        for op, ms, pagina in sorted(keuzes, key=lambda k: -k[1])[:3]:
            print(f"  traagste: {ms:.0f} ms op {pagina or 'landelijk'}, na {op:.0f} s")
    traagste = max((ms for _, ms, _ in geteld), default=0.0)
    print(f"Traagste keuze {traagste:.0f} ms (mag {KEUZE_MAG}), fouten: {len(verloop.fouten)}")
    for fout in verloop.fouten[:10]:
        print(f"  {fout}")
    return groei <= GROEI_MAG and traagste <= KEUZE_MAG and not verloop.fouten


async def hold(lezers: Blijvers, server: subprocess.Popen[bytes], vraag: argparse.Namespace, wh: Path) -> Verloop:
    """Let it all happen side by side, and return what was measured."""
    await lezers.open_all()
    verloop, eind = Verloop(), vraag.minuten * 60.0
    await asyncio.gather(
        lezers.stay(vraag.sessies, verloop, eind),
        publish(vraag.raw, wh, verloop, vraag.elke, eind),
        weigh(server.pid, verloop, eind),
    )
    return verloop


def main() -> int:
    """Print the measures; 1 where more than may be was measured."""
    vraag = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    vraag.add_argument("--warehouse", type=Path, default=WORTEL / "data" / "warehouse")
    vraag.add_argument("--raw", type=Path, default=WORTEL / "data" / "raw")
    vraag.add_argument("--minuten", type=float, default=60)
    vraag.add_argument("--sessies", type=int, default=50)
    vraag.add_argument("--elke", type=float, default=120, help="seconden tussen twee publicaties")
    gevraagd = vraag.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="rm-duur-") as map_:
        # Publications that nobody asked for do not belong among those of the project.
        warehouse = Path(map_) / "warehouse"
        shutil.copytree(gevraagd.warehouse, warehouse, ignore=shutil.ignore_patterns("commissie*", "logboek"))
        poort = free_port()
        print(f"Belasting van de machine vooraf: {os.getloadavg()[0]:.1f} op {os.cpu_count()} kernen", flush=True)
        server = start_server(poort, warehouse)
        try:
            lezers = Blijvers([f"127.0.0.1:{poort}"], choices(warehouse))
            verloop = asyncio.run(hold(lezers, server, gevraagd, warehouse))
            is_goed = tell(verloop, gevraagd.minuten * 60)
            print(f"Belasting van de machine achteraf: {os.getloadavg()[0]:.1f}")
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=10)
    return 0 if is_goed else 1


if __name__ == "__main__":
    sys.exit(main())
