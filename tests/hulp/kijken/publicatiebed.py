"""What the pages show in a test: the publication that ships, or that one after a change."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import duckdb
import pytest

from app.lezen import data

# Called with statements: let the pages show the publication after these.
Toon = Callable[..., Path]


@pytest.fixture(scope="session")
def gewijzigd(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return a function that gives a warehouse after these statements: one copy for all who ask for the same.

    A publication that was read before is at hand; a copy of it costs a second more in every test.
    """

    @cache
    def change(*opdrachten: str) -> Path:
        map_ = tmp_path_factory.mktemp("gewijzigd")
        shutil.copyfile(warehouse / data.BESTAND, map_ / data.BESTAND)
        with duckdb.connect(str(map_ / data.BESTAND)) as con:
            for opdracht in opdrachten:
                con.execute(opdracht)
        return map_

    return change


@pytest.fixture
def toon(warehouse: Path, gewijzigd: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Toon:
    """Show what ships, until the test asks for a change."""
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(warehouse))

    def show(*opdrachten: str) -> Path:
        map_ = gewijzigd(*opdrachten)
        monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(map_))
        return map_ / data.BESTAND

    return show
