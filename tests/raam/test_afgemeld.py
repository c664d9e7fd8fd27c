"""Who logs out is out in every process, also after a restart and when the database was away meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.commissie.bank.opslag import URL
from app.commissie.model import OpslagError
from app.raam.wie.afgemeld import Afgemeld

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
