"""Connections to the committee's database: the address, and how long anybody ever waits for an answer."""

from __future__ import annotations

import os
import re
import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from app.commissie.model import BESTAND as BESTAND
from app.commissie.model import URL as URL
from app.commissie.model import OpslagError
from pipelines.afspraken.meldingen import show_path

# Beside the database: the newest change that was seen.
KOP = "commissie.kop.json"
BEHEER_URL = "REGIOMONITOR_COMMISSIE_BEHEER_URL"
WACHT_S = 8
# Together less than ten seconds: a page that finds a server that hangs says so in time.
_VERBIND_S = 3
# Of several each gets this long, the least that the library waits; with two it is less than ten all the same.
_VERBIND_ELK_S = 2
_OPDRACHT_S = 5
_STIL_S = 6
# As PostgreSQL itself writes an address with more computers than one.
_MEER = re.compile(r"(?P<begin>[a-z+]+://(?:[^@/?]*@)?)(?P<computers>[^@/?]*,[^@/?]*)(?P<rest>.*)", re.DOTALL)
_ROL = "target_session_attrs"
# The server keeps to these itself; when it has stopped as a whole, our side of the line does.
_OPTIES = f"-c statement_timeout={_OPDRACHT_S * 1000} -c lock_timeout={_OPDRACHT_S * 1000}"


def sqlite_url(pad: Path) -> sa.URL:
    """Return the address of a SQLite file."""
    return sa.URL.create("sqlite", database=str(pad.resolve()))


def address(warehouse: Path, *, beheer: bool = False) -> sa.URL:
    """Return where the database is; with `beheer` the address of its owner, where there is one.

    Raises:
        OpslagError: what the environment says is no address.
    """
    naam = BEHEER_URL if beheer and os.environ.get(BEHEER_URL) else URL
    gegeven = os.environ.get(naam, "")
    if not gegeven:
        return sqlite_url(Path(warehouse) / BESTAND)
    try:
        url = _read_address(gegeven)
        if url.get_backend_name() == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
            # What cannot be read further on is said here.
            url.get_dialect()().create_connect_args(url)
            return url
    except (SQLAlchemyError, ValueError):
        pass
    raise OpslagError(
        f"{naam} is geen adres van een PostgreSQL-database. Verwacht: postgresql://naam@computer/database, of met meer "
        "computers postgresql://naam@een:5432,twee:5432/database."
    )


def _read_address(gegeven: str) -> sa.URL:
    """Return an address; of several computers that one is asked which takes changes now, unless it says otherwise."""
    gevonden = _MEER.fullmatch(gegeven)
    if gevonden is None:
        return sa.make_url(gegeven)
    url = sa.make_url(gevonden["begin"] + gevonden["rest"])
    # The library wants a port with each or with none.
    computers = [c if re.search(r":\d+$", c, re.ASCII) else f"{c}:5432" for c in gevonden["computers"].split(",")]
    return url.update_query_dict({"host": computers, **({} if _ROL in url.query else {_ROL: "read-write"})})


def make_engine(url: sa.URL) -> sa.Engine:
    """Return an engine that opens a connection per transaction and waits for nothing without end.

    Raises:
        OpslagError: the SQLite file cannot be made.
    """
    engine = sa.create_engine(url, poolclass=sa.NullPool, hide_parameters=True)
    if url.get_backend_name() == "sqlite":
        _prepare_sqlite(engine, Path(str(url.database)))
    else:
        _prepare_postgres(engine)
    return engine


def _prepare_sqlite(engine: sa.Engine, pad: Path) -> None:
    """Make a file that only its owner can read, and let a reader never wait for a writer."""
    if not pad.parent.is_dir():
        raise OpslagError(f"De map van de publicatie bestaat niet ({show_path(pad.parent)}). Noem een andere map.")
    try:
        os.close(os.open(pad, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError:
        raise OpslagError("In de map van de publicatie kan niet worden geschreven. Controleer de rechten.") from None

    @sa.event.listens_for(engine, "connect")
    def _connect(dbapi: sqlite3.Connection, _: object) -> None:
        dbapi.isolation_level = None
        dbapi.execute(f"pragma busy_timeout = {WACHT_S * 1000}")
        dbapi.execute("pragma journal_mode = wal")
        dbapi.execute("pragma synchronous = full")

    @sa.event.listens_for(engine, "begin")
    def _begin(con: sa.Connection) -> None:
        # A writer takes its turn at once: a reader that becomes a writer half way would be refused.
        schrijf = con.get_execution_options().get("rm_schrijf", True)
        con.exec_driver_sql("begin immediate" if schrijf else "begin")


def _prepare_postgres(engine: sa.Engine) -> None:
    from psycopg import Connection, errors

    class Begrensd(Connection[Any]):
        """A connection that gives up on a server that has gone silent; a cancel would not be heard either."""

        def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:  # noqa: ANN401
            try:
                return super().wait(gen, interval, _STIL_S if timeout is None else timeout)
            except errors._WaitTimeout:
                self.pgconn.finish()
                raise errors.OperationalError("geen antwoord") from None

    @sa.event.listens_for(engine, "do_connect")
    def _connect(_dialect: object, _record: object, cargs: list[Any], cparams: dict[str, Any]) -> Any:  # noqa: ANN401
        opties = f"{cparams.get('options', '')} {_OPTIES}".strip()
        wacht = _VERBIND_ELK_S if "," in str(cparams.get("host", "")) else _VERBIND_S
        return Begrensd.connect(*cargs, **(cparams | {"connect_timeout": wacht, "options": opties}))

    @sa.event.listens_for(engine, "begin")
    def _begin(con: sa.Connection) -> None:
        # The chain has one order: writers go one after another.
        if con.get_execution_options().get("rm_schrijf", True):
            con.exec_driver_sql("select pg_advisory_xact_lock(20181031)")
