"""200,000 rows in 20 pages from a server on this computer, beside curl: `python bench/bench_ophalen.py [seconds]`.

curl fetches the same pages one after another over one line, to disk where we keep what came, and packed where we ask
for that. The first server has its answers ready and is as fast as memory: what is measured there is our own work. The
last one takes a while for each page (`seconds`), as a service does that makes its answer out of a database; how long
CBS takes is not known to us.
"""

from __future__ import annotations

import gzip
import json
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "hulp" / "diensten"))

from draadserver import Antwoord, serve

from pipelines.openbaar.tabellen.bewaarplek import Bewaarplek
from pipelines.openbaar.tabellen.lezer import Lezer
from pipelines.openbaar.tabellen.snel import one_frame

PAGINAS, RIJEN, KEREN = 20, 10_000, 9
KOLOMMEN = ["ID", "BedrijfstakkenBranchesSBI2008", "RegioS", "Perioden", "OpenstaandeVacatures_1"]
REGIOS = ["NL01  ", *(f"LD0{n}  " for n in range(1, 5)), *(f"PV{n}  " for n in range(20, 32))]


class Soort(NamedTuple):
    """One kind of server: what its pages look like, and how it sends them."""

    naam: str
    figure: Callable[[random.Random], str]
    ingepakt: bool = False
    traag: float = 0


def main() -> None:
    """Print per kind of server how long reading takes, and reading and keeping, beside curl."""
    traag = float(sys.argv[1]) if len(sys.argv) > 1 else 0.1
    soorten = [
        Soort("cijfers even breed", lambda gok: f"{gok.random() * 1000:8.1f}"),
        Soort("hier en daar een cijfer leeg", lambda gok: f"{gok.random() * 1000:8.1f}" if gok.random() > 0.05 else ""),
        Soort("cijfers zo breed als zij zijn", lambda gok: f"{gok.random() * 10_000:.1f}"),
        Soort("even breed, ingepakt (gzip)", lambda gok: f"{gok.random() * 1000:8.1f}", ingepakt=True),
        Soort(f"even breed, {traag:g} s per pagina", lambda gok: f"{gok.random() * 1000:8.1f}", traag=traag),
    ]
    for soort in soorten:
        basis_van, klaar = Pipe()
        # A server of its own: in this process it would take turns with what is measured.
        server = Process(target=answer, args=(klaar, soort), daemon=True)
        server.start()
        measure(basis_van.recv(), soort)
        server.kill()


def measure(basis: str, soort: Soort) -> None:
    """Print the medians of runs that take turns, so that whatever else this computer does falls on all of them."""
    with tempfile.TemporaryDirectory() as map_:
        pak = ["--compressed"] if soort.ingepakt else []
        weg = ["curl", "-s", *pak, f"{basis}/p[0-{PAGINAS - 1}]"]
        paren = {
            "gelezen": (lambda: subprocess.run(weg, check=True, stdout=subprocess.DEVNULL), lambda: read(basis)),
            "gelezen en bewaard": (
                lambda: subprocess.run([*weg, "-o", f"{map_}/#1"], check=True),
                lambda: read(basis, bewaren=True),
            ),
        }
        for naam, (curl, eigen) in paren.items():
            keren = [(clocked(curl), clocked(eigen)) for _ in range(KEREN if not soort.traag else 3)]
            hun, ons = (Duur(*(median(keer[wie][deel] for keer in keren) for deel in range(2))) for wie in range(2))
            keer = median(eigen.klok / curl.klok for curl, eigen in keren)
            print(
                f"{soort.naam}; {naam}: {ons.klok:.3f} s (processor {ons.processor:.3f} s), "
                f"curl {hun.klok:.3f} s (processor {hun.processor:.3f} s): {keer:.1f} keer"
            )


def answer(klaar: Connection, soort: Soort) -> None:
    """Serve the pages until this process is ended."""
    gok = random.Random(1)
    antwoorden: dict[str, bytes] = {}
    koppen = {"Content-Encoding": "gzip"} if soort.ingepakt else {}

    def say(pad: str) -> Antwoord:
        time.sleep(soort.traag)
        return Antwoord(antwoorden.get(pad, pack(b'{"value": []}')), koppen=koppen)

    def pack(inhoud: bytes) -> bytes:
        return gzip.compress(inhoud, 6) if soort.ingepakt else inhoud

    with serve(say) as (basis, _):
        for nummer in range(PAGINAS):
            rijen = [
                {"ID": nummer * RIJEN + n, "BedrijfstakkenBranchesSBI2008": gok.choice(("422400 ", "T001081")),
                 "RegioS": gok.choice(REGIOS), "Perioden": f"{gok.randint(2010, 2026)}KW0{gok.randint(1, 4)}",
                 "OpenstaandeVacatures_1": soort.figure(gok)}
                for n in range(RIJEN)
            ]  # fmt: skip
            document: dict[str, object] = {"value": rijen}
            if nummer + 1 < PAGINAS:
                document["odata.nextLink"] = f"{basis}/p{nummer + 1}"
            antwoorden[f"/p{nummer}"] = pack(json.dumps(document).encode())
        klaar.send(basis)
        threading.Event().wait()


def read(basis: str, *, bewaren: bool = False) -> None:
    """Read every page into one table; a page that is missing is an error."""
    with tempfile.TemporaryDirectory() as map_:
        lezer = Lezer(basis, "proef", Bewaarplek(Path(map_)) if bewaren else None)
        bladen = list(lezer.frames("p0", KOLOMMEN, "ID"))
        assert len(one_frame(bladen)) == PAGINAS * RIJEN
        if lezer.bewaar:
            lezer.bewaar.seal()


class Duur(NamedTuple):
    """Seconds on the clock and of the processor, of this process and of what it started."""

    klok: float
    processor: float


def clocked(werk: Callable[[], object]) -> Duur:
    """Return how long something takes."""
    begin, toen = time.perf_counter(), spent()
    werk()
    return Duur(time.perf_counter() - begin, spent() - toen)


def spent() -> float:
    """Return the seconds of processor so far, without those of the server."""
    delen = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(deel.ru_utime + deel.ru_stime for deel in delen)


if __name__ == "__main__":
    main()
