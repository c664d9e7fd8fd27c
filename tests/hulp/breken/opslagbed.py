"""A computer that builds, an object store, and a computer that serves."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import s3
from gesprekpublicatie import NATIONAL, write

from app.dienst.bewaking import toestand
from app.lezen import data
from app.opdrachten.cli import main
from pipelines.afspraken.warehouse.bewaard import kept
from pipelines.afspraken.warehouse.gaaf import record_sum
from pipelines.afspraken.warehouse.opslagstand import Hapering
from pipelines.afspraken.warehouse.verbinding import PUBLICATIE
from pipelines.objectopslag import verbinding
from pipelines.objectopslag.verbinding import GEHEIM, NAAR, SLEUTEL, UIT

EEN, TWEE, DRIE = "20230601T120000Z-00000001", "20240601T120000Z-00000002", "20250601T120000Z-00000003"
LIJST = "monitor/lijst.json"


def publish(map_: Path, naam: str) -> None:
    """Put a small publication in place as a build does."""
    (map_ / "publicaties").mkdir(parents=True, exist_ok=True)
    pad = map_ / "publicaties" / f"{naam}.duckdb"
    write(pad, NATIONAL, publicatie_id=naam)
    record_sum(pad.parent, naam, pad)
    shutil.copyfile(pad, map_ / PUBLICATIE)


@pytest.fixture(scope="session")
def opslagvoorbeeld(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write three publications once; every test gets copies."""
    map_ = tmp_path_factory.mktemp("voorbeeld")
    for naam in (EEN, TWEE, DRIE):
        publish(map_ / naam, naam)
    return map_


class Opstelling:
    """A computer that builds, a store, and a computer that serves."""

    def __init__(self, voorbeeld: Path, map_: Path, winkel: s3.Winkel, monkeypatch: pytest.MonkeyPatch) -> None:
        self.bouw, self.dienst, self.winkel = map_ / "bouw", map_ / "dienst", winkel
        self._voorbeeld, self._zet = voorbeeld, monkeypatch
        self._zet.setenv(SLEUTEL, s3.SLEUTEL)
        self._zet.setenv(GEHEIM, s3.GEHEIM)
        self._zet.setenv("REGIOMONITOR_WAREHOUSE", str(self.dienst))
        self.bouw.mkdir()

    def publish(self, naam: str) -> None:
        """Put one in place where is built, as a build does."""
        shutil.copytree(self._voorbeeld / naam, self.bouw, dirs_exist_ok=True)

    def send(self, *woorden: str) -> int:
        """Do something where is built; with no words `publications --naar-opslag`."""
        return self._run(NAAR, UIT, *(woorden or ("publications", "--naar-opslag")), "--warehouse", str(self.bouw))

    def fetch(self) -> int:
        """Fetch where is served."""
        return self._run(UIT, NAAR, "publications", "--uit-opslag", "--warehouse", str(self.dienst))

    def _run(self, naam: str, niet: str, *woorden: str) -> int:
        self._zet.delenv(niet, raising=False)
        self._zet.setenv(naam, self.winkel.adres)
        return main(woorden)

    def shown(self) -> str:
        """Return the publication that readers get."""
        return data.publicatie(data.kenmerk()).publicatie_id

    def ready(self) -> dict[str, object]:
        """Return what the service says of the store."""
        return json.loads(bytes(toestand.ready(None).body))["opslag"]  # type: ignore[arg-type]

    def stored(self, naam: str) -> str:
        """Return the name that a publication has in the store."""
        lijst = json.loads(self.winkel.dingen[LIJST])
        return next(f"monitor/{u['sha256']}.duckdb" for u in lijst["uitgaven"] if u["id"] == naam)

    def relist(self, naam: str, inhoud: bytes) -> None:
        """Put other bytes in the store under a publication, with a list that says it has to be so."""
        oud = json.loads(self.winkel.dingen[LIJST])
        som = hashlib.sha256(inhoud).hexdigest()
        for uitgave in oud["uitgaven"]:
            if uitgave["id"] == naam:
                uitgave |= {"sha256": som, "bytes": len(inhoud)}
        self.winkel.dingen |= {f"monitor/{som}.duckdb": inhoud, LIJST: json.dumps(oud).encode()}


@pytest.fixture
def opslagnet(opslagvoorbeeld: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opstelling]:
    with s3.serve() as winkel:
        yield Opstelling(opslagvoorbeeld, tmp_path, winkel, monkeypatch)


@pytest.fixture(scope="session")
def opslagstand(opslagvoorbeeld: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """Publication EEN is where readers are, and TWEE is in the store: the folders, and what is in the store."""
    map_ = tmp_path_factory.mktemp("stand")
    with pytest.MonkeyPatch.context() as zet, s3.serve() as winkel:
        net = Opstelling(opslagvoorbeeld, map_, winkel, zet)
        net.publish(EEN)
        assert (net.send(), net.fetch(), net.shown()) == (0, 0, EEN)
        net.publish(TWEE)
        assert net.send() == 0
        return map_, winkel.dingen


@pytest.fixture
def gehaald(opslagnet: Opstelling, opslagstand: tuple[Path, dict[str, bytes]]) -> Opstelling:
    for map_ in (opslagnet.bouw, opslagnet.dienst):
        shutil.copytree(opslagstand[0] / map_.name, map_, dirs_exist_ok=True)
    opslagnet.winkel.dingen |= opslagstand[1]
    return opslagnet


def cut_line(verzoek: s3.Verzoek) -> bool:
    verzoek.close_connection = True
    verzoek.connection.close()
    return True


def answer(code: int) -> s3.Breuk:
    def _answer(verzoek: s3.Verzoek) -> bool:
        verzoek.send(f"<Error><Code>Fout</Code><AWSAccessKeyId>{s3.SLEUTEL}</AWSAccessKeyId></Error>".encode(), code)
        return True

    return _answer


@pytest.fixture
def gauw(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up in a moment what otherwise is waited for."""
    monkeypatch.setattr(verbinding, "_LANGSTE_STILTE", timedelta(seconds=0.3))
    monkeypatch.setattr(verbinding, "_OPNIEUW", {**verbinding._OPNIEUW, "max_retries": 0})


def assert_stays(net: Opstelling, hapering: Hapering, gezegd: str) -> None:
    """Readers have EEN, it is said what is in the way in those words alone, and nothing lies about."""
    assert net.shown() == EEN
    assert (net.ready()["loopt_achter"], net.ready()["reden"]) == (True, hapering.value)
    # Counted from what is written, as another process reads it.
    assert toestand._is_behind() == 1
    assert f"uit de opslag gehaald: {hapering}" in gezegd
    rest = [pad.name for pad in net.dienst.rglob("*") if pad.name.startswith(".") and pad.name != ".bouw.lock"]
    assert rest == []
    assert TWEE not in kept(net.dienst)
