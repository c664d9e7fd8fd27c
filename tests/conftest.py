"""Shared by all tests: small deliveries written by hand, and one build of what ships."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from respondenten import margins, wave

from pipelines import bouwen
from pipelines.bouwen import BRONNEN, PUBLICATIE, build

ROOT = Path(__file__).parents[1]

LEVERING = {
    "bron": "pfzw_dekking",
    "leverancier": "PFZW",
    "periode": '"2021"',
    "ontvangen": "2025-06-30",
    "herkomst": "levering",
}

MaakLevering = Callable[..., Path]


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


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the shipped deliveries once; tests only read the result."""
    map_ = tmp_path_factory.mktemp("warehouse")
    build(ROOT / "data" / "raw", map_)
    return map_


@pytest.fixture(scope="session")
def kleine_publicatie(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the smallest publication: the dekkingsgraad of the country and of one region."""
    map_ = tmp_path_factory.mktemp("klein")
    tekst = (
        "periode,peildatum,regio_code,branche_code,medewerkers_aangesloten,medewerkers_totaal\n"
        "2021,2022-06-30,NL01,TOTAAL,680,1000\n"
        "2021,2022-06-30,RA0101,TOTAAL,68,100\n"
    )
    write_delivery(map_ / "raw", {"dekking": tekst}, "l1", LEVERING)
    build(map_ / "raw", map_ / "warehouse")
    return map_ / "warehouse"


@pytest.fixture(scope="session")
def twee_metingen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build two real waves of a small survey, 2021 and 2023, with a margin of size in the second."""
    map_ = tmp_path_factory.mktemp("twee_metingen")
    for jaar in ("2021", "2023"):
        beschrijving = LEVERING | {"bron": "srs_enquete", "periode": f'"{jaar}"'}
        tabellen = wave(jaar) | ({"randtotalen": margins(110)} if jaar == "2023" else {})
        write_delivery(map_ / "raw", tabellen, f"meting-{jaar}", beschrijving)
    build(map_ / "raw", map_ / "warehouse")
    return map_ / "warehouse"


@pytest.fixture(scope="session")
def publicatie(warehouse: Path) -> duckdb.DuckDBPyConnection:
    """Open the shipped publication, read-only."""
    return duckdb.connect(str(warehouse / PUBLICATIE), read_only=True)


@pytest.fixture
def reken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, maak_levering: MaakLevering) -> Callable[..., list[tuple]]:
    """Build from rows of a small made-up source and return (regio, branche, periode, waarde, status) per figure.

    The source `proef.cel` has dagen and verzuim per periode × regio × branche, and may be added up.
    """
    bronnen = tmp_path / "bronnen"
    bronnen.mkdir()
    (bronnen / "proef.yml").write_text(
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
    (bronnen / "proef.sql").write_text(
        """
create table cel as
select periode, regio_code, branche_code, soort, to_getal(verzuim) as verzuim, to_getal(dagen) as dagen,
       to_status([verzuim, dagen]) as celstatus
from raw_cel;
""",
        encoding="utf-8",
    )
    for naam in ("gepubliceerd.yml", "gepubliceerd.sql"):
        (bronnen / naam).write_text((BRONNEN / naam).read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(bouwen, "BRONNEN", bronnen)

    def compute(kaart: str, csv: str) -> list[tuple]:
        catalogus = tmp_path / "indicators.yml"
        catalogus.write_text(f"proef:\n  titel: P\n  vraag: P?\n  eenheid: aandeel\n  richting: lager\n{kaart}")
        maak_levering({"cel": "periode,regio_code,branche_code,soort,verzuim,dagen\n" + csv}, bron="proef")
        bouwen.build(tmp_path / "raw", tmp_path / "wh", catalogus)
        with duckdb.connect(str(tmp_path / "wh" / PUBLICATIE), read_only=True) as con:
            return con.execute(
                "select regio_code, branche_code, periode, waarde, status from waarneming "
                "order by uitsplitsing, niveau, regio_code, branche_code, periode"
            ).fetchall()

    return compute
