"""What a command says when the disk is full, the terminal knows no é, or its reader goes away: never a traceback."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from gesprekpublicatie import NATIONAL, write
from schijf import small_disk

from app.logboek.deur import SCHAKELAAR as LOGBOEK
from app.opdrachten.cli import main
from app.opdrachten.terminal.fouten import LEZER_WEG
from app.opdrachten.terminal.uitvoer import build_command
from pipelines import bouwen
from pipelines.afspraken.meldingen import Melding
from pipelines.afspraken.warehouse import gaaf
from pipelines.bouwen import PUBLICATIE
from pipelines.levering import onthouden

ID = "20230601T120000Z-00000000"
GEHEIM = "notitie over Jansen, 4711"
KOP = "periode,peildatum,regio_code,branche_code,medewerkers_aangesloten,medewerkers_totaal\n"


@pytest.fixture(autouse=True)
def log_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log of all tests together may be longer than what a small disk takes."""
    monkeypatch.setenv(LOGBOEK, str(tmp_path / "logboek"))


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """Return a warehouse with one small publication, as a build leaves it."""
    map_ = tmp_path / "wh"
    (map_ / "publicaties").mkdir(parents=True)
    write(map_ / PUBLICATIE, NATIONAL, publicatie_id=ID)
    gaaf.record_sum(map_ / "publicaties", ID, map_ / PUBLICATIE)
    (map_ / "publicaties" / f"{ID}.duckdb").write_bytes((map_ / PUBLICATIE).read_bytes())
    return map_


@pytest.mark.parametrize(
    ("fout", "zin"),
    [
        (duckdb.IOException(GEHEIM), "lezen of schrijven van een databestand lukt niet"),
        (duckdb.OutOfMemoryException(GEHEIM), "te weinig geheugen"),
        (MemoryError(GEHEIM), "te weinig geheugen"),
        (duckdb.ConversionException(GEHEIM), "De gegevens zijn niet te verwerken"),
        (pa.ArrowInvalid(GEHEIM), "De gegevens zijn niet te verwerken"),
        (OSError(28, GEHEIM, "uit.csv"), "uit.csv: lezen of schrijven lukt niet (de schijf is vol)"),
        (OSError(27, GEHEIM, "uit.csv"), "uit.csv: lezen of schrijven lukt niet (de schijf is vol)"),
        (UnicodeEncodeError("ascii", GEHEIM, 0, 1, GEHEIM), "tekens die hier niet kunnen"),
        (KeyError(GEHEIM), "Dit liep onverwacht vast (KeyError in publicaties.py, regel "),
    ],
)
def test_any_failure_is_a_sentence_without_what_was_confidential(
    fout: Exception, zin: str, warehouse: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def _fail(_: Path) -> None:
        raise fout

    monkeypatch.setattr(bouwen, "list_publications", _fail)
    assert main(["publications", "--warehouse", str(warehouse)]) == 1
    uit = capsys.readouterr().err
    assert zin in uit
    assert GEHEIM not in uit
    assert "Traceback" not in uit


def test_a_build_on_a_full_disk_leaves_the_publication_and_no_traces(
    maak_levering, tmp_path: Path, warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    maak_levering({"dekking": f"{KOP}2021,2022-06-30,NL01,TOTAAL,680,1000\n"})
    voor = {p: p.read_bytes() for p in warehouse.rglob("*") if p.is_file()}
    with small_disk(20_000):
        assert main(["build", "--raw", str(tmp_path / "raw"), "--warehouse", str(warehouse), "--quiet"]) == 1
    uit = capsys.readouterr().err
    assert "ruimte is op de schijf" in uit
    assert "Traceback" not in uit
    # What was found right stays known; it is not of this build alone.
    na = {p: p.read_bytes() for p in warehouse.rglob("*") if p.is_file() and p.parent.name != onthouden.MAP}
    assert na == voor | {warehouse / ".bouw.lock": b""}


def test_a_document_with_notes_is_for_its_owner_and_a_full_disk_leaves_none(
    warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    uit = tmp_path / "uit"
    aanroep = ["report", "RA9001", "--notities", "--format", "docx", "-o", str(uit), "--warehouse", str(warehouse)]
    assert main(aanroep) == 0
    (document,) = uit.iterdir()
    assert document.stat().st_mode & 0o777 == 0o600
    document.unlink()
    with small_disk(5_000):
        assert main(aanroep) == 1
    assert "de schijf is vol" in capsys.readouterr().err
    assert not list(uit.iterdir())


def test_a_terminal_without_utf_8_gets_plain_letters(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def _tell(_: Path) -> list[Melding]:
        return [Melding("caf\udce9", "één … → ‘x’ € 5 日")]

    monkeypatch.setattr(gaaf, "damage_kept", _tell)
    fout = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stderr", fout)
    assert main(["publications", "--warehouse", str(warehouse)]) == 0
    fout.flush()
    assert fout.buffer.getvalue() == b"caf?: een ... -> 'x' EUR 5 ?\n"


def test_a_reader_that_goes_away_is_no_failure(warehouse: Path, monkeypatch: pytest.MonkeyPatch, capfd) -> None:
    lees, schrijf = os.pipe()
    os.close(lees)
    with open(schrijf, "w", encoding="utf-8") as pijp:
        monkeypatch.setattr(sys, "stdout", pijp)
        assert main(["publications", "--warehouse", str(warehouse)]) == LEZER_WEG
    assert capfd.readouterr().err == ""


def test_what_cannot_be_written_to_a_full_disk_is_said(warehouse: Path, monkeypatch: pytest.MonkeyPatch, capfd) -> None:
    with open("/dev/full", "w", encoding="utf-8") as vol:
        monkeypatch.setattr(sys, "stdout", vol)
        assert main(["publications", "--warehouse", str(warehouse)]) == 1
    assert "de schijf is vol" in capfd.readouterr().err


def test_the_build_that_is_advised_is_of_the_same_deliveries(tmp_path, monkeypatch):
    monkeypatch.delenv("REGIOMONITOR_RAW", raising=False)
    assert build_command(Path("data/raw")) == ".venv/bin/regiomonitor build"
    elders = tmp_path / "van ons"
    assert build_command(elders) == f".venv/bin/regiomonitor build --raw '{elders}'"
    monkeypatch.setenv("REGIOMONITOR_RAW", str(elders))
    assert build_command(elders) == ".venv/bin/regiomonitor build"
