"""Shared by all tests: small deliveries written by hand, and one build of what ships."""

from __future__ import annotations

import gc
import subprocess
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import pandas as pd
import pytest
from eenmalig import make_once
from respondenten import margins, wave
from werk import deliver, figures

from app.logboek import deur as logboek
from app.rollen.lezer import OP_LOOPBACK, SCHAKELAAR
from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.indicatoren import load_indicatoren
from pipelines.afspraken.warehouse.verbinding import DUCKDB_CONFIG, quote_path
from pipelines.bouwen import PUBLICATIE, build, input_sha256
from pipelines.levering.toets.keuring import Controle, Controleuitkomst

# A committee database to write in, and a publication for pages to show, wherever a test asks for one; and for every
# test what a check found before.
pytest_plugins = ["commissiebed", "controlegeheugen", "kwaadbed", "opslagbed", "postbed", "publicatiebed"]

ROOT = Path(__file__).parents[1]

LEVERING = {
    "bron": "pfzw_dekking",
    "leverancier": "PFZW",
    "periode": '"2021"',
    "ontvangen": "2025-06-30",
    "herkomst": "levering",
}

MaakLevering = Callable[..., Path]

# Files of few tests that take long: begun first, so that no process is left alone with one of them.
VOORAAN = ("test_readme.py", "test_bouwen.py", "test_herstel_breken.py", "test_eerder.py")
# A module that has one of these at hand starts something: a build, a command, a process, a screen, a server.
BEGINT = {"pipelines.bouwen.build", "app.opdrachten.cli.main", "streamlit.testing.v1.app_test.AppTest"}
DIENSTEN = {pad.stem for pad in (ROOT / "tests" / "hulp" / "diensten").glob("*.py")}


@cache
def starts(module: ModuleType) -> bool:
    """Whether the tests of a module start something."""
    return any(
        wat is subprocess
        or getattr(wat, "__module__", "") in DIENSTEN
        or f"{getattr(wat, '__module__', '')}.{getattr(wat, '__name__', '')}" in BEGINT
        for wat in vars(module).values()
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what reads a publication or starts something; put the long files first, the others in their order."""
    for item in items:
        # All others are units.
        if "bouw_eens" in item.fixturenames or starts(item.module):  # type: ignore[attr-defined]
            item.add_marker("groot")
    items.sort(key=lambda item: VOORAAN.index(item.path.name) if item.path.name in VOORAAN else len(VOORAAN))


@pytest.fixture
def maak_levering(tmp_path: Path) -> MaakLevering:
    """Write a delivery under tmp_path/raw: the text of each table by name, and changes to levering.yml."""

    def make(tabellen: dict[str, str], naam: str = "l1", **anders: str) -> Path:
        return write_delivery(tmp_path / "raw", tabellen, naam, LEVERING | anders)

    return make


def write_delivery(raw: Path, tabellen: dict[str, str], naam: str, beschrijving: dict[str, str]) -> Path:
    """Write one delivery: levering.yml and the text of each table by name."""
    map_ = raw / beschrijving["bron"] / naam
    map_.mkdir(parents=True)
    (map_ / "levering.yml").write_text("".join(f"{k}: {v}\n" for k, v in beschrijving.items()), encoding="utf-8")
    for tabel, tekst in tabellen.items():
        (map_ / f"{tabel}.csv").write_text(tekst, encoding="utf-8")
    return map_


def pytest_collection_finish(session: pytest.Session) -> None:
    """Set apart all that the tests begin with: to go through it at each collection is a fourteenth of their time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True, scope="session")
def op_deze_computer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let pages be of who sits at this computer, as with `start`; without a word of it they are for reading alone.

    What is confidential is written down in a log of these tests, not in that of the project.
    """
    with pytest.MonkeyPatch.context() as omgeving:
        omgeving.setenv(SCHAKELAAR, OP_LOOPBACK)
        omgeving.setenv(logboek.SCHAKELAAR, str(tmp_path_factory.mktemp("logboek")))
        yield


@pytest.fixture(autouse=True, scope="session")
def een_draad() -> Iterator[None]:
    """Let DuckDB work in one thread: the tests run side by side, and of a few rows threads cost more than they win.

    Of a database in memory that a test makes for itself too: with more a few rows took half as long again.
    """
    connect = duckdb.connect

    def alone(*args: Any, **kwargs: Any) -> duckdb.DuckDBPyConnection:
        return connect(*args, **kwargs) if args or kwargs else connect(config={"threads": 1})

    with pytest.MonkeyPatch.context() as anders:
        anders.setitem(DUCKDB_CONFIG, "threads", 1)
        anders.setattr(duckdb, "connect", alone)
        yield


@pytest.fixture
def hier_gelezen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read every delivery in this process: to start another takes seconds."""
    monkeypatch.setattr("pipelines.levering.toets.leesproces.is_small", lambda _levering: True)


def approve(frame: pd.DataFrame, controles: Sequence[Controle]) -> list[Controleuitkomst]:
    """Pass every check unasked."""
    return [Controleuitkomst(controle, len(frame), ()) for controle in controles]


@pytest.fixture
def goedgekeurd(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every check of rows pass unasked: what is made of right rows is the subject, and checks take half of it."""
    monkeypatch.setattr("pipelines.levering.toets.valideren.run_controles", approve)


@pytest.fixture(scope="session")
def bouw_eens(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Path], Path]:
    """Return a function that gives a warehouse built from deliveries: built once while these and the code stay."""

    geheugen = getattr(pytestconfig, "cache", None)
    # Without the memory of earlier runs (-p no:cacheprovider) it is built for this run alone.
    bewaarplaats = geheugen.mkdir("gebouwd") if geheugen else tmp_path_factory.mktemp("gebouwd")

    def give(naam: str, raw: Path) -> Path:
        doel = tmp_path_factory.mktemp(naam) / "warehouse"
        return make_once(bewaarplaats, naam, input_sha256(raw), lambda map_: build(raw, map_), doel)

    return give


@pytest.fixture(scope="session")
def warehouse(bouw_eens: Callable[[str, Path], Path]) -> Path:
    """Return what the shipped deliveries make; tests only read it."""
    return bouw_eens("meegeleverd", ROOT / "data" / "raw")


@pytest.fixture(scope="session")
def kleine_publicatie(bouw_eens: Callable[[str, Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the smallest publication: the dekkingsgraad of the country and of one region."""
    raw = tmp_path_factory.mktemp("klein") / "raw"
    tekst = (
        "periode,peildatum,regio_code,branche_code,medewerkers_aangesloten,medewerkers_totaal\n"
        "2021,2022-06-30,NL01,TOTAAL,680,1000\n"
        "2021,2022-06-30,RA0101,TOTAAL,68,100\n"
    )
    write_delivery(raw, {"dekking": tekst}, "l1", LEVERING)
    return bouw_eens("klein", raw)


@pytest.fixture(scope="session")
def twee_metingen(bouw_eens: Callable[[str, Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return two real waves of a small survey, 2021 and 2023, with a margin of size in the second."""
    raw = tmp_path_factory.mktemp("twee_metingen") / "raw"
    for jaar in ("2021", "2023"):
        beschrijving = LEVERING | {"bron": "srs_enquete", "periode": f'"{jaar}"'}
        tabellen = wave(jaar) | ({"randtotalen": margins(110)} if jaar == "2023" else {})
        write_delivery(raw, tabellen, f"meting-{jaar}", beschrijving)
    return bouw_eens("twee_metingen", raw)


@pytest.fixture(scope="session")
def publicatie(warehouse: Path) -> duckdb.DuckDBPyConnection:
    """Open the shipped publication, read-only.

    Attached, for of a file that is opened as such nothing else in the process can set how it is opened.
    """
    con = duckdb.connect()
    con.execute(f"attach {quote_path(warehouse / PUBLICATIE)} as publicatie (read_only); use publicatie")
    return con


@pytest.fixture
def reken(tmp_path: Path) -> Callable[..., list[tuple]]:
    """Return (regio, branche, periode, waarde, status) per figure of rows of a small made-up source.

    The source `proef.cel` has dagen and verzuim per periode × regio × branche, and may be added up.
    """
    (tmp_path / "proef.yml").write_text(
        """
titel: Proef
leverancier: Proef
tabellen:
  cel:
    rij: één rij per periode, regio, branche en soort
    kolommen:
      periode: {type: periode}
      regio_code: {type: regio}
      branche_code: {type: code, verwijst: branche}
      soort: {type: tekst}
      verzuim: {type: geheel}
      dagen: {type: geheel}
    sleutel: [periode, regio_code, branche_code, soort]
""",
        encoding="utf-8",
    )
    (tmp_path / "proef.sql").write_text(
        """
create table cel as
select periode, regio_code, branche_code, soort, to_getal(verzuim) as verzuim, to_getal(dagen) as dagen,
       to_status([verzuim, dagen]) as celstatus
from raw_cel;
""",
        encoding="utf-8",
    )
    bronnen = load_bronnen(tmp_path)
    orde = "order by uitsplitsing, niveau, regio_code, branche_code, periode"
    vraag = f"select regio_code, branche_code, periode, waarde, status from getoonde_cel {orde}"

    def compute(kaart: str, csv: str) -> list[tuple]:
        catalogus = tmp_path / "indicators.yml"
        catalogus.write_text(f"proef:\n  titel: P\n  vraag: P?\n  eenheid: aandeel\n  richting: lager\n{kaart}")
        rijen = "periode,regio_code,branche_code,soort,verzuim,dagen\n" + csv
        return figures(
            [deliver(bronnen["proef"], {"cel": rijen})], bronnen, load_indicatoren(catalogus, bronnen), vraag
        )

    return compute
