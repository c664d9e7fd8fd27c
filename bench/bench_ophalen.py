"""200,000 rows in 20 pages from a server on this computer, beside curl: `python bench/bench_ophalen.py`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "hulp" / "diensten"))

from draadserver import Antwoord, serve

from pipelines.openbaar.tabellen.lezer import Bewaarplek, Lezer

PAGINAS, RIJEN, KEREN = 20, 10_000, 5
KOLOMMEN = ["ID", "BedrijfstakkenBranchesSBI2008", "RegioS", "Perioden", "OpenstaandeVacatures_1"]


def main() -> None:
    """Print how long reading takes, on the clock and of the processor, without and with keeping the raw answers."""
    basis_van, klaar = Pipe()
    # A server of its own: in this process it would take turns with what is measured.
    server = Process(target=answer, args=(klaar,), daemon=True)
    server.start()
    basis = basis_van.recv()
    adressen = [f"{basis}/p{nummer}" for nummer in range(PAGINAS)]
    curl = fastest(lambda: subprocess.run(["curl", "-s", *adressen], check=True, stdout=subprocess.DEVNULL))
    for naam, bewaren in (("gelezen", False), ("gelezen en bewaard", True)):
        duur = fastest(lambda bewaren=bewaren: read(basis, bewaren=bewaren))
        print(
            f"{naam}: {PAGINAS * RIJEN} rijen in {duur.klok:.2f} s (processor {duur.processor:.2f} s); "
            f"curl {curl.klok:.2f} s (processor {curl.processor:.2f} s); {duur.klok / curl.klok:.1f} keer"
        )


def answer(klaar: Connection) -> None:
    """Serve the pages until this process is ended."""
    antwoorden: dict[str, bytes] = {}
    with serve(lambda pad: Antwoord(antwoorden.get(pad, b'{"value": []}'))) as (basis, _):
        for nummer in range(PAGINAS):
            rijen = [
                {"ID": nummer * RIJEN + n, "BedrijfstakkenBranchesSBI2008": "422400 ", "RegioS": "PV20  ",
                 "Perioden": "2026KW01", "OpenstaandeVacatures_1": "     4.5"}
                for n in range(RIJEN)
            ]  # fmt: skip
            document: dict[str, object] = {"value": rijen}
            if nummer + 1 < PAGINAS:
                document["odata.nextLink"] = f"{basis}/p{nummer + 1}"
            antwoorden[f"/p{nummer}"] = json.dumps(document).encode()
        klaar.send(basis)
        threading.Event().wait()


def read(basis: str, *, bewaren: bool) -> None:
    """Read every page; a page that is missing is an error."""
    with tempfile.TemporaryDirectory() as map_:
        lezer = Lezer(basis, "proef", Bewaarplek(Path(map_)) if bewaren else None)
        assert sum(len(pagina) for pagina in lezer.frames("p0", KOLOMMEN, "ID")) == PAGINAS * RIJEN
        if lezer.bewaar:
            lezer.bewaar.seal()


class Duur(NamedTuple):
    """Seconds on the clock and of the processor."""

    klok: float
    processor: float


def fastest(werk: Callable[[], object]) -> Duur:
    """Return the fastest time out of five, each apart: what else this computer does comes and goes."""
    duren = []
    for _ in range(KEREN):
        begin, toen = time.perf_counter(), os.times()
        werk()
        nu = os.times()
        duren.append(Duur(time.perf_counter() - begin, sum(nu[:4]) - sum(toen[:4])))
    return Duur(min(duur.klok for duur in duren), min(duur.processor for duur in duren))


if __name__ == "__main__":
    main()
