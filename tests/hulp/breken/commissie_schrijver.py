"""One writer for the test with four: saves notes until it is told to stop, and says what was acknowledged."""

from __future__ import annotations

import sys
from pathlib import Path

from app.commissie.model import Inhoud, Onderwerp
from app.commissie.openen import open_opslag


def main(warehouse: str, wie: str, aantal: int) -> None:
    """Save so many edits of one shared and one own subject, in turn."""
    opslag = open_opslag(Path(warehouse))
    versies = {"samen": 0, wie: 0}
    for nummer in range(aantal):
        sleutel = "samen" if nummer % 2 else wie
        onderwerp = Onderwerp("notitie", "RA0101", 2026, sleutel)
        uitkomst = opslag.save(
            onderwerp, Inhoud(f"{wie} {nummer}"), wie=f"Lid {wie}", rol="commissie", gebaseerd_op=versies[sleutel]
        )
        houdt = uitkomst.ander or uitkomst.eigen
        versies[sleutel] = houdt.versie or 0
        print(uitkomst.eigen.kenmerk, uitkomst.eigen.versie or 0, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
