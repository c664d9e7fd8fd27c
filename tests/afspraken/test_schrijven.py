"""A file is there whole or not at all, and what a killed process leaves is gone after the next command."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from schijf import small_disk

from app.opdrachten.cli import main
from pipelines.afspraken.warehouse.schrijven import (
    HERSTEL_DAGBOEK,
    VERTROUWELIJK,
    clear_warehouse,
    lock_warehouse,
    remove_leftovers,
    scratch,
    write_whole,
)


@pytest.mark.parametrize("inhoud", [b"x" * 5000, lambda stroom: stroom.write(b"x" * 5000)])
def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path, inhoud: bytes | Callable[[BinaryIO], object]) -> None:
    doel = tmp_path / "dossier.pdf"
    for oud in ([], [b"oud"]):
        for tekst in oud:
            doel.write_bytes(tekst)
        with small_disk(1000), pytest.raises(OSError, match=r"dossier\.pdf"):
            write_whole(doel, inhoud)
        assert [p.read_bytes() for p in tmp_path.iterdir()] == oud
    write_whole(doel, inhoud)
    assert doel.read_bytes() == b"x" * 5000


def test_a_confidential_file_is_for_its_owner_also_where_another_stood(tmp_path: Path) -> None:
    doel = tmp_path / "notities.pdf"
    doel.write_bytes(b"oud")
    doel.chmod(0o644)
    write_whole(doel, b"nieuw", mode=VERTROUWELIJK)
    assert doel.stat().st_mode & 0o777 == 0o600


def test_what_may_not_be_replaced_stays(tmp_path: Path) -> None:
    doel = tmp_path / "kopie.zip"
    doel.write_bytes(b"oud")
    with pytest.raises(FileExistsError):
        write_whole(doel, b"nieuw", overschrijf=False)
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [b"oud"]


def test_a_device_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pijp = tmp_path / "pijp"
    os.mkfifo(pijp)
    lezer = os.open(pijp, os.O_RDONLY | os.O_NONBLOCK)
    write_whole(pijp, b"inhoud")
    assert os.read(lezer, 100) == b"inhoud"
    assert pijp.is_fifo()
    os.close(lezer)


# Runs in a process of its own, which waits to be killed with everything in hand.
BEZIG = """
import sys, time
from pathlib import Path
from pipelines.afspraken.warehouse.schrijven import scratch, write_whole

wh, raw = map(Path, sys.argv[1:])

def write(stroom):
    stroom.write(b"persoon")
    stroom.flush()
    print("klaar", flush=True)
    time.sleep(60)

with scratch(wh, ".bouw-") as a, scratch(wh, ".kopie-") as b, scratch(raw / "pfzw_personen", ".aannemen-") as c:
    for map_ in (a, b, c):
        (map_ / "personen.parquet").write_bytes(b"persoon")
    write_whole(wh / "uit.csv", write)
"""


@pytest.fixture
def mappen(tmp_path: Path) -> tuple[Path, Path]:
    warehouse, raw = tmp_path / "wh", tmp_path / "raw"
    warehouse.mkdir()
    (raw / "pfzw_personen").mkdir(parents=True)
    with lock_warehouse(warehouse):
        pass
    return warehouse, raw


def _left(*mappen: Path) -> list[str]:
    bestanden = [p for map_ in mappen for p in map_.rglob("*") if p.is_file()]
    return sorted(str(p) for p in bestanden if b"persoon" in p.read_bytes())


def test_leftovers_of_a_killed_process_go_and_those_of_a_running_one_stay(
    mappen: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse, raw = mappen
    monkeypatch.setenv("REGIOMONITOR_RAW", str(raw))
    with subprocess.Popen([sys.executable, "-c", BEZIG, str(warehouse), str(raw)], stdout=subprocess.PIPE) as proces:
        assert proces.stdout is not None
        assert proces.stdout.readline() == b"klaar\n"
        remove_leftovers(warehouse, raw)
        clear_warehouse(warehouse)
        assert len(_left(*mappen)) == 4
        proces.kill()
    assert len(_left(*mappen)) == 4
    assert main(["publications", "--warehouse", str(warehouse)]) == 0
    assert _left(*mappen) == []


def test_a_build_that_runs_keeps_its_warehouse_from_being_cleared(mappen: tuple[Path, Path]) -> None:
    warehouse, raw = mappen
    # As an older version makes them: without a lock of their own.
    (warehouse / ".kopie-abc").mkdir()
    with lock_warehouse(warehouse):
        (warehouse / ".herstel-abc").mkdir()
        remove_leftovers(warehouse, raw)
        assert {p.name for p in warehouse.glob(".*-*")} == {".herstel-abc"}
    remove_leftovers(warehouse, raw)
    assert not list(warehouse.glob(".*-*"))


def test_a_restore_that_can_be_finished_is_left_alone(mappen: tuple[Path, Path]) -> None:
    warehouse, raw = mappen
    herstel = warehouse / ".herstel-abc"
    herstel.mkdir()
    (herstel / HERSTEL_DAGBOEK).write_text("{}")
    remove_leftovers(warehouse, raw)
    assert herstel.is_dir()


def test_a_folder_that_is_cleared_away_before_it_is_locked_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    gemaakt: list[str] = []
    maak = tempfile.mkdtemp

    def make(**waar: str) -> str:
        gemaakt.append(maak(**waar))
        if len(gemaakt) == 1:
            os.rmdir(gemaakt[0])
        return gemaakt[-1]

    monkeypatch.setattr(tempfile, "mkdtemp", make)
    with scratch(tmp_path, ".bouw-") as map_:
        assert [str(map_)] == gemaakt[1:]
    assert not list(tmp_path.iterdir())


def test_leftovers_go_as_well_where_nothing_was_ever_built(tmp_path: Path) -> None:
    (tmp_path / "wh" / ".kopie-oud").mkdir(parents=True)
    remove_leftovers(tmp_path / "wh", tmp_path / "raw")
    assert list((tmp_path / "wh").iterdir()) == []
    remove_leftovers(tmp_path / "nergens", tmp_path / "raw")
    assert not (tmp_path / "nergens").exists()
