"""A committee database to write in, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from postgres import find_postgres, running_postgres

from app.commissie.bank.opslag import URL, Opslag
from app.commissie.openen import open_opslag

Lid = {"wie": "An de Vries", "rol": "commissie"}


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """One server for all: each test has a database of its own in it."""
    programmas = find_postgres()
    if programmas is None:
        reden = "geen PostgreSQL gevonden: deze tests zijn daarop NIET gelopen (Debian: postgresql)"
        if os.environ.get("CI"):
            pytest.fail(reden)
        pytest.skip(reden)
    with running_postgres(programmas) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def maak(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Opslag]:
    """Return a function that makes a new, empty database and points the environment at it."""
    teller = iter(range(100))

    def _make() -> Opslag:
        if request.param == "postgresql":
            url, naam = request.getfixturevalue("server"), f"proef_{uuid.uuid4().hex[:12]}"
            engine = sa.create_engine(sa.make_url(url).set(drivername="postgresql+psycopg"))
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as con:
                con.exec_driver_sql(f"create database {naam} template template0")
            engine.dispose()
            monkeypatch.setenv(URL, url.replace("/postgres", f"/{naam}"))
        map_ = tmp_path / str(next(teller))
        map_.mkdir()
        monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(map_))
        return open_opslag(map_)

    return _make
