"""A command that is given as somebody else, or without the settings of the service, does nothing and says what is."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from app.commissie.bank.verbinden import KOP, URL
from app.opdrachten.cli import main

Zegt = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def als_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests is root here."""
    monkeypatch.delenv(URL, raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 0)


def of_the_service(pad: Path) -> None:
    pad.write_text("{}")
    if os.getuid() == 0:
        os.chown(pad, 10001, 10001)


def test_root_makes_nothing_in_the_folder_of_the_service(tmp_path: Path, capsys: Zegt) -> None:
    of_the_service(tmp_path / KOP)
    assert main(["committee", "check", "--warehouse", str(tmp_path)]) == 1
    gezegd = capsys.readouterr().err
    assert "als root maakt u er bestanden die de dienst niet kan lezen" in gezegd
    assert "docs/handleiding/installeren.md" in gezegd
    assert [pad.name for pad in tmp_path.iterdir()] == [KOP]


def test_without_the_address_of_the_database_no_empty_history_takes_its_place(tmp_path: Path, capsys: Zegt) -> None:
    if os.getuid():
        pytest.skip("alleen root heeft hier een map van root")
    (tmp_path / KOP).write_text(json.dumps({"oorsprong": "x", "nummer": 5, "keten": "a" * 64, "soort": "postgresql"}))
    for opdracht in (["committee", "check"], ["committee", "export", str(tmp_path / "alles.csv")]):
        assert main([*opdracht, "--warehouse", str(tmp_path)]) == 1
        assert f"staat in PostgreSQL (5 wijzigingen), en {URL} noemt die database hier niet" in capsys.readouterr().err
    assert not (tmp_path / "alles.csv").exists()
