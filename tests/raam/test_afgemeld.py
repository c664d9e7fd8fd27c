"""Who logs out is out in every process, also after a restart and when the database was away meanwhile."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from app.commissie.bank.opslag import URL
from app.commissie.model import OpslagError
from app.raam.wie.afgemeld import WACHTMAP, Afgemeld

NU = 1_800_000_000.0


def test_other_processes_hear_of_it_and_so_does_one_that_starts_later(tmp_path: Path) -> None:
    hier, daar = Afgemeld(), Afgemeld()
    daar.sync(tmp_path, NU)
    hier.end("a" * 64, NU)
    assert hier.has("a" * 64, NU)
    assert not daar.has("a" * 64, NU)
    hier.sync(tmp_path, NU)
    daar.end("a" * 64, NU + 1)
    daar.sync(tmp_path, NU + 1)
    later = Afgemeld()
    later.sync(tmp_path, NU + 2)
    assert all(van.has("a" * 64, NU) and not van.has("b" * 64, NU) for van in (hier, daar, later))


def test_a_session_that_is_over_by_itself_is_forgotten(tmp_path: Path) -> None:
    hier = Afgemeld()
    hier.end("a" * 64, NU)
    hier.sync(tmp_path, NU + 24 * 3600)
    assert hier.has("a" * 64, NU)
    hier.sync(tmp_path, NU + 26 * 3600)
    assert not hier.has("a" * 64, NU)


def test_what_was_ended_while_the_database_was_away_is_written_when_it_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hier, daar = Afgemeld(), Afgemeld()
    monkeypatch.setenv(URL, "postgresql://niemand@127.0.0.1:1/geen")
    hier.end("a" * 64, NU)
    with pytest.raises(OpslagError):
        hier.sync(tmp_path, NU)
    assert hier.has("a" * 64, NU)
    monkeypatch.delenv(URL)
    hier.sync(tmp_path, NU)
    daar.sync(tmp_path, NU)
    assert daar.has("a" * 64, NU)


def test_until_it_is_known_who_logged_out_only_who_logged_in_since_is_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hier = Afgemeld()
    hier.end("a" * 64, NU)
    hier.sync(tmp_path, NU)
    # The process starts anew while the database is away.
    monkeypatch.setattr(Afgemeld, "_go_on", lambda *_: None)
    monkeypatch.setattr("app.raam.wie.afgemeld.time.time", lambda: NU + 60)
    monkeypatch.setenv(URL, "postgresql://niemand@127.0.0.1:1/geen")
    nieuw = Afgemeld()
    nieuw.share(tmp_path)
    assert nieuw.has("a" * 64, NU)
    assert nieuw.has("b" * 64, NU + 59)
    assert not nieuw.has("b" * 64, NU + 61)
    monkeypatch.delenv(URL)
    # It is back, and known again who logged out.
    later = Afgemeld()
    later.share(tmp_path)
    assert later.has("a" * 64, NU)
    assert not later.has("b" * 64, NU)


@pytest.fixture
def weg(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path, float], Afgemeld]:
    """Return a function that starts a process at a moment; what runs beside it is done by hand here."""
    monkeypatch.setattr(Afgemeld, "_go_on", lambda *_: None)
    monkeypatch.setenv(URL, "postgresql://niemand@127.0.0.1:1/geen")

    def start(map_: Path, op: float) -> Afgemeld:
        monkeypatch.setattr("app.raam.wie.afgemeld.time.time", lambda: op)
        proces = Afgemeld()
        proces.share(map_)
        return proces

    return start


def test_what_was_ended_while_the_database_was_away_holds_after_a_restart(
    tmp_path: Path, weg: Callable[[Path, float], Afgemeld], monkeypatch: pytest.MonkeyPatch
) -> None:
    hier = weg(tmp_path, NU - 60)
    hier.end("a" * 64, NU)
    (wacht,) = (tmp_path / WACHTMAP).iterdir()
    assert wacht.stat().st_mode & 0o077 == 0
    # It is gone, and another one starts while the database still is.
    nieuw = weg(tmp_path, NU + 1)
    assert nieuw.has("a" * 64, NU - 10)
    monkeypatch.delenv(URL)
    nieuw.sync(tmp_path, NU + 2)
    assert nieuw.has("a" * 64, NU - 10)
    assert not nieuw.has("b" * 64, NU - 10)
    assert [*(tmp_path / WACHTMAP).iterdir()] == []
    later = weg(tmp_path, NU + 3)
    later.sync(tmp_path, NU + 3)
    assert later.has("a" * 64, NU - 10)


def test_while_the_database_is_there_nothing_waits(
    tmp_path: Path, weg: Callable[[Path, float], Afgemeld], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(URL)
    hier = weg(tmp_path, NU)
    hier.end("a" * 64, NU)
    hier.sync(tmp_path, NU)
    assert [*(tmp_path / WACHTMAP).iterdir()] == []


@pytest.mark.parametrize("inhoud", [b"", b"{", b"[]", b'{"x": 1}', b'{"' + b"a" * 64 + b'": "nu"}', b"[" * 100_000])
def test_what_waits_and_cannot_be_read_lets_nobody_of_before_it_in(
    inhoud: bytes, tmp_path: Path, weg: Callable[[Path, float], Afgemeld], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / WACHTMAP).mkdir()
    stuk = tmp_path / WACHTMAP / "x.json"
    stuk.write_bytes(inhoud)
    os.utime(stuk, (NU, NU))
    hier = weg(tmp_path, NU + 1)
    monkeypatch.delenv(URL)
    hier.sync(tmp_path, NU + 2)
    assert hier.has("b" * 64, NU - 1)
    assert not hier.has("b" * 64, NU + 1)


def test_a_disk_that_is_full_ends_a_session_all_the_same(
    tmp_path: Path, weg: Callable[[Path, float], Afgemeld], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    hier = weg(tmp_path, NU)
    monkeypatch.setattr("app.raam.wie.afgemeld.write_whole", full)
    hier.end("a" * 64, NU)
    assert hier.has("a" * 64, NU + 1)
