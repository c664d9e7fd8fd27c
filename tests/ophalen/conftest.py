"""A StatLine of a test, and a raw folder to fetch its tables into."""

from __future__ import annotations

import contextlib
import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from ckan import Onderwijsbestand, Onderwijsdata
from draadserver import serve
from duobed import EERSTEJAARS
from duobed import Bed as Duobed
from statline import Statline, Tabel

from pipelines.afspraken.contract import load_bronnen
from pipelines.openbaar.koppelen.koppeling import load_koppelingen
from pipelines.openbaar.openen import Opdracht
from pipelines.openbaar.ophaler import fetch_mapped

BRONNEN = load_bronnen()
KOPPELINGEN = load_koppelingen(BRONNEN)


class Bed:
    """A StatLine, a raw folder and what was said; `fetch` fetches one mapping from it."""

    def __init__(self, map_: Path, basis: str, statline: Statline, gevraagd: list[str]) -> None:
        self.statline, self.gevraagd, self.basis = statline, gevraagd, basis
        self.gezegd: list[str] = []
        self.opdracht = Opdracht(BRONNEN, map_ / "raw", map_ / "warehouse", basis, self.gezegd.append)
        self.opdracht.raw.mkdir()

    def fetch(self, naam: str = "vacatures_provincie", **anders: object) -> int:
        self.opdracht.fouten.clear()
        koppeling = replace(KOPPELINGEN[naam], **anders) if anders else KOPPELINGEN[naam]
        return fetch_mapped([koppeling], self.opdracht)

    @property
    def fouten(self) -> str:
        return "\n".join(str(melding) for melding in self.opdracht.fouten)

    def rows(self, tabel: str = "vacatures") -> list[dict[str, str]]:
        """Return the rows of the newest delivery."""
        (pad,) = sorted(self.opdracht.raw.glob(f"*/*/{tabel}.csv"))[-1:]
        with pad.open(encoding="utf-8", newline="") as stroom:
            return list(csv.DictReader(stroom))

    def filed(self) -> list[Path]:
        return sorted(self.opdracht.raw.glob("*/*/levering.yml"))


@pytest.fixture
def bed(tmp_path: Path) -> Iterator[Callable[..., Bed]]:
    """Give what starts a StatLine with a table; it stops when the test is over."""
    with contextlib.ExitStack() as stapel:

        def start(*tabellen: Tabel, ander: object = None) -> Bed:
            statline = Statline(list(tabellen), ander=ander)
            basis, gevraagd = stapel.enter_context(serve(statline))
            statline.basis = basis
            return Bed(tmp_path, basis, statline, gevraagd)

        yield start


@pytest.fixture
def onderwijs(tmp_path: Path) -> Iterator[Callable[..., Duobed]]:
    """Give what starts a service of DUO with files; it stops when the test is over."""
    with contextlib.ExitStack() as stapel:

        def start(*bestanden: Onderwijsbestand, pakket: str = EERSTEJAARS.pakket, ander: object = None) -> Duobed:
            dienst = Onderwijsdata({pakket: list(bestanden)}, ander=ander)
            dienst.basis, gevraagd = stapel.enter_context(serve(dienst))
            return Duobed(tmp_path, dienst, gevraagd)

        yield start
