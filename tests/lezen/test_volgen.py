"""A new publication is read in before it is shown: until then the one before is, if it may."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from gesprekpublicatie import NATIONAL, write

from app.lezen import data
from app.lezen.publicatie import volgen
from app.lezen.publicatie.volgen import Volger
from pipelines.afspraken.warehouse.bewaard import Ingetrokken, announce
from pipelines.afspraken.warehouse.gaaf import record_sum
from pipelines.afspraken.warehouse.verbinding import PUBLICATIE

EEN, TWEE = "20230601T120000Z-00000001", "20240601T120000Z-00000002"


def publish(map_: Path, naam: str) -> None:
    (map_ / "publicaties").mkdir(exist_ok=True)
    pad = map_ / "publicaties" / f"{naam}.duckdb"
    write(pad, NATIONAL, publicatie_id=naam)
    record_sum(pad.parent, naam, pad)
    shutil.copyfile(pad, map_ / "nieuw")
    (map_ / "nieuw").replace(map_ / PUBLICATIE)


@pytest.fixture
def gevolgd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Volger, list[str]]:
    """Follow a warehouse in which one publication is shown; with what is read of each that is read in."""
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path))
    monkeypatch.setattr(volgen, "_VOLGERS", [])
    publish(tmp_path, EEN)
    gezien: list[str] = []
    volger = Volger(tmp_path, lambda *_: gezien.append(shown()), lambda merk: gezien.append(f"weg: {merk[0]}"))  # type: ignore[index]
    assert volger.look()
    volgen.follow(volger)
    gezien.clear()
    return volger, gezien


def shown() -> str:
    return data.publicatie(data.kenmerk()).publicatie_id


def test_readers_see_the_one_before_until_the_new_one_is_read_in(
    gevolgd: tuple[Volger, list[str]], tmp_path: Path
) -> None:
    volger, gezien = gevolgd
    publish(tmp_path, TWEE)
    assert shown() == EEN
    assert volger.look()
    assert (gezien, shown(), volger.look()) == ([EEN], TWEE, False)


def test_reading_in_is_told_which_publication_readers_had_before(
    gevolgd: tuple[Volger, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    volger, _ = gevolgd
    gelezen = []
    monkeypatch.setattr(volger, "_lees_in", lambda merk, eerder: gelezen.append((merk, eerder)))
    een = data.kenmerk()
    publish(tmp_path, TWEE)
    volger.look()
    assert gelezen == [(data.kenmerk(), een)]


def test_what_was_withdrawn_or_takes_too_long_is_not_waited_for(
    gevolgd: tuple[Volger, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    volger, _ = gevolgd
    publish(tmp_path, TWEE)
    with monkeypatch.context() as traag:
        traag.setattr(volgen, "_HOOGSTENS", -1.0)
        traag.setattr(volger, "_lees_in", lambda *_: (_ for _ in ()).throw(OSError("even niet")))
        with pytest.raises(OSError, match="even niet"):
            volger.look()
        assert shown() == TWEE
    assert shown() == EEN
    announce(tmp_path, Ingetrokken(EEN, date(2024, 6, 1), "Er stond iets in dat niet mocht."))
    assert shown() == TWEE


def test_of_the_one_before_nothing_is_kept_once_nobody_is_busy_with_it(
    gevolgd: tuple[Volger, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    volger, gezien = gevolgd
    publish(tmp_path, TWEE)
    volger.look()
    gezien.clear()
    volger.look()
    assert gezien == []
    monkeypatch.setattr(volgen, "_NABLIJVEN", -1.0)
    volger.look()
    assert gezien == [f"weg: {tmp_path / PUBLICATIE}"]


def test_a_damaged_publication_of_now_gives_way_to_the_newest_that_is_whole(
    gevolgd: tuple[Volger, list[str]], tmp_path: Path
) -> None:
    volger, _ = gevolgd
    publish(tmp_path, TWEE)
    volger.look()
    (tmp_path / PUBLICATIE).write_bytes(b"stuk")
    volger.look()
    assert (shown(), data.is_substitute(data.kenmerk())) == (TWEE, True)
