"""200,000 rows in 20 pages from a server on this computer, beside curl: `python bench/bench_ophalen.py`."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "hulp"))

from draadserver import Antwoord, serve

from pipelines.openbaar.lezer import Bewaarplek, Lezer

PAGINAS, RIJEN, KEREN = 20, 10_000, 5
KOLOMMEN = ["ID", "BedrijfstakkenBranchesSBI2008", "RegioS", "Perioden", "OpenstaandeVacatures_1"]


def main() -> None:
    """Print how long reading takes, without and with keeping the raw answers."""
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
        adressen = [f"{basis}/p{nummer}" for nummer in range(PAGINAS)]
        curl = fastest(lambda: subprocess.run(["curl", "-s", *adressen], check=True, stdout=subprocess.DEVNULL))
        for naam, bewaren in (("gelezen", False), ("gelezen en bewaard", True)):
            duur = fastest(lambda bewaren=bewaren: read(basis, bewaren=bewaren))
            print(f"{naam}: {PAGINAS * RIJEN} rijen in {duur:.2f} s; curl {curl:.2f} s; {duur / curl:.1f} keer")


def read(basis: str, *, bewaren: bool) -> None:
    """Read every page; a page that is missing is an error."""
    with tempfile.TemporaryDirectory() as map_:
        lezer = Lezer(basis, "proef", Bewaarplek(Path(map_)) if bewaren else None)
        assert sum(len(pagina) for pagina in lezer.frames("p0", KOLOMMEN, "ID")) == PAGINAS * RIJEN


def fastest(werk: Callable[[], object]) -> float:
    """Return the seconds of the fastest time out of five: what else this computer does comes and goes."""
    duur = []
    for _ in range(KEREN):
        begin = time.perf_counter()
        werk()
        duur.append(time.perf_counter() - begin)
    return min(duur)


if __name__ == "__main__":
    main()
