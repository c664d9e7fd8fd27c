"""The database of the committee: SQLite in the warehouse, or PostgreSQL by URL; nothing in it is ever changed.

Every edit is a new row with who and when. Two people at once: the first one holds, the second one's text is
kept as well but does not hold, and the second one gets to see what the first wrote. No error of this module
carries a text, a name or an address.
"""

from __future__ import annotations

import os
import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from app.commissie.model import Inhoud, InvoerError, Onderwerp, OpslagError, Wijziging, clean, faults, holding

BESTAND = "commissie.sqlite"
URL = "REGIOMONITOR_COMMISSIE_URL"
_WACHT_S = 15

_METADATA = sa.MetaData()
# One row per change; `nummer` is the order in which they were written.
WIJZIGING = sa.Table(
    "wijziging",
    _METADATA,
    sa.Column("nummer", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("kenmerk", sa.String(36), nullable=False, unique=True),
    sa.Column("soort", sa.String(20), nullable=False),
    sa.Column("regio_code", sa.String(6), nullable=False),
    sa.Column("jaar", sa.Integer, nullable=False),
    sa.Column("sleutel", sa.String(60), nullable=False),
    sa.Column("versie", sa.Integer),
    sa.Column("gebaseerd_op", sa.Integer, nullable=False),
    sa.Column("score", sa.Integer),
    sa.Column("stand", sa.String(20), nullable=False),
    sa.Column("datum", sa.Date),
    sa.Column("publicatie_id", sa.String(80), nullable=False),
    sa.Column("tekst", sa.Text, nullable=False),
    sa.Column("wie", sa.String(80), nullable=False),
    sa.Column("rol", sa.String(20), nullable=False),
    sa.Column("op", sa.DateTime, nullable=False),
    sa.UniqueConstraint("soort", "regio_code", "jaar", "sleutel", "versie"),
)
_ONDERWERP = [WIJZIGING.c[naam] for naam in ("soort", "regio_code", "jaar", "sleutel")]
_BEWAAR = {
    "sqlite": [
        f"create trigger if not exists bewaar_{daad} before {daad} on wijziging "
        "begin select raise(abort, 'wijzigingen blijven staan'); end"
        for daad in ("update", "delete")
    ],
    "postgresql": [
        "create or replace function bewaar_wijziging() returns trigger language plpgsql as "
        "$$ begin raise exception 'wijzigingen blijven staan'; end $$",
        "create or replace trigger bewaar before update or delete or truncate on wijziging "
        "for each statement execute function bewaar_wijziging()",
    ],
}


@dataclass(frozen=True, slots=True)
class Bewaard:
    """What became of a change; `ander` is what holds instead, where somebody else was first."""

    eigen: Wijziging
    ander: Wijziging | None = None


class Opslag:
    """One database of the committee; safe to use from several threads and processes at once."""

    def __init__(self, url: sa.URL) -> None:
        self.url = url
        self.soort = url.get_backend_name()
        self._engine = sa.create_engine(url, poolclass=sa.NullPool, hide_parameters=True)
        if self.soort == "sqlite":
            _prepare_sqlite(self._engine, Path(str(url.database)))
        self._make_tables()

    def save(self, onderwerp: Onderwerp, inhoud: Inhoud, *, wie: str, rol: str, gebaseerd_op: int) -> Bewaard:
        """Keep one change; it holds when nobody changed the subject since the version it is based on (0 = new).

        Raises:
            InvoerError: something is missing or not allowed; nothing was kept.
            OpslagError: the database did not answer; nothing was acknowledged.
        """
        inhoud = Inhoud(clean(inhoud.tekst), inhoud.score, inhoud.stand, inhoud.datum, inhoud.publicatie_id)
        wie = clean(wie)
        if fouten := faults(onderwerp, inhoud, wie, rol, gebaseerd_op):
            raise InvoerError(fouten)
        nieuw = Wijziging(
            str(uuid.uuid4()), onderwerp, inhoud, gebaseerd_op + 1, gebaseerd_op, wie, rol,
            datetime.now(UTC).replace(tzinfo=None),
        )  # fmt: skip
        for poging in (nieuw, _not_holding(nieuw)):
            try:
                with self.transaction() as con:
                    nu = _current(con, onderwerp)
                    if (nu.versie if nu else 0) != gebaseerd_op:
                        poging = _not_holding(nieuw)
                    con.execute(WIJZIGING.insert(), [as_row(poging)])
                return Bewaard(poging, nu if poging.versie is None else None)
            except IntegrityError:
                # Somebody else took this version between our look and our write.
                continue
        raise OpslagError("Bewaren lukt nu niet. Probeer het opnieuw.")

    def current(self, regio_code: str, *, soorten: Sequence[str] = ()) -> dict[Onderwerp, Wijziging]:
        """Return what holds for a region, by subject, in the order in which the subjects were first written."""
        return holding(self.history(regio_code, soorten=soorten))

    def history(self, *regio_codes: str, soorten: Sequence[str] = ()) -> list[Wijziging]:
        """Return every change in the order in which it was written: of these regions together, or of all."""
        vraag = sa.select(WIJZIGING).order_by(WIJZIGING.c.nummer)
        if regio_codes:
            vraag = vraag.where(WIJZIGING.c.regio_code.in_(regio_codes))
        if soorten:
            vraag = vraag.where(WIJZIGING.c.soort.in_(soorten))
        with self.transaction(schrijf=False) as con:
            return [from_row(rij._mapping) for rij in con.execute(vraag)]

    @contextmanager
    def transaction(self, *, schrijf: bool = True) -> Iterator[sa.Connection]:
        """Give a connection in a transaction that is whole or not at all.

        Raises:
            OpslagError: the database cannot be reached or refuses.
        """
        try:
            with self._engine.connect().execution_options(rm_schrijf=schrijf) as con, con.begin():
                yield con
        except IntegrityError:
            raise
        except (SQLAlchemyError, DBAPIError, OSError):
            raise OpslagError(
                "De gegevens van de commissie zijn nu niet te lezen of te schrijven. Er is niets verloren; "
                "probeer het over een minuut opnieuw."
            ) from None

    def copy_to(self, pad: Path) -> None:
        """Copy a SQLite database whole into a new file, while others go on writing."""
        os.close(os.open(pad, os.O_CREAT | os.O_RDWR, 0o600))
        bron, doel = sqlite3.connect(str(self.url.database), timeout=_WACHT_S), sqlite3.connect(pad)
        try:
            bron.backup(doel)
        except sqlite3.Error:
            raise OpslagError("De gegevens van de commissie zijn niet te kopiëren. Er is niets veranderd.") from None
        finally:
            bron.close()
            doel.close()

    def set_aside(self, con: sa.Connection, naam: str) -> None:
        """Keep the table under another name and make an empty one, within a transaction."""
        con.exec_driver_sql(f'alter table wijziging rename to "{naam}"')
        if self.soort == "sqlite":
            # A trigger goes along with its table but keeps its name, and a name can be used once.
            for daad in ("update", "delete"):
                con.exec_driver_sql(f"drop trigger bewaar_{daad}")
        self._create(con)

    def _make_tables(self) -> None:
        try:
            with self.transaction(schrijf=False) as con:
                con.execute(sa.select(WIJZIGING.c.nummer).limit(1))
        except OpslagError:
            with self.transaction() as con:
                if self.soort == "postgresql":
                    # Two servers that start together make the table once.
                    con.exec_driver_sql("select pg_advisory_xact_lock(20181031)")
                self._create(con)

    def _create(self, con: sa.Connection) -> None:
        _METADATA.create_all(con)
        for opdracht in _BEWAAR[self.soort]:
            con.exec_driver_sql(opdracht)


def open_opslag(warehouse: Path) -> Opslag:
    """Open the database: PostgreSQL where the environment names one, else SQLite in the warehouse.

    Raises:
        OpslagError: the address is wrong or the database does not answer.
    """
    return Opslag(_address(warehouse))


def sqlite_url(pad: Path) -> sa.URL:
    """Return the address of a SQLite file."""
    return sa.URL.create("sqlite", database=str(pad.resolve()))


def _address(warehouse: Path) -> sa.URL:
    gegeven = os.environ.get(URL, "")
    if not gegeven:
        return sqlite_url(Path(warehouse) / BESTAND)
    try:
        url = sa.make_url(gegeven)
        if url.get_backend_name() == "postgresql":
            return url.set(drivername="postgresql+psycopg")
    except (SQLAlchemyError, ValueError):
        pass
    raise OpslagError(
        f"{URL} is geen adres van een PostgreSQL-database. Verwacht: postgresql://naam@computer/database."
    )


def _prepare_sqlite(engine: sa.Engine, pad: Path) -> None:
    """Make a file that only its owner can read, and let a reader never wait for a writer."""
    try:
        os.close(os.open(pad, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError:
        raise OpslagError("In de map van de publicatie kan niet worden geschreven. Controleer de rechten.") from None

    @sa.event.listens_for(engine, "connect")
    def _connect(dbapi: sqlite3.Connection, _: object) -> None:
        dbapi.isolation_level = None
        dbapi.execute(f"pragma busy_timeout = {_WACHT_S * 1000}")
        dbapi.execute("pragma journal_mode = wal")
        dbapi.execute("pragma synchronous = full")

    @sa.event.listens_for(engine, "begin")
    def _begin(con: sa.Connection) -> None:
        # A writer takes its turn at once: a reader that becomes a writer half way would be refused.
        schrijf = con.get_execution_options().get("rm_schrijf", True)
        con.exec_driver_sql("begin immediate" if schrijf else "begin")


def _current(con: sa.Connection, onderwerp: Onderwerp) -> Wijziging | None:
    """Return the version of a subject that holds."""
    waarden = (onderwerp.soort, onderwerp.regio_code, onderwerp.jaar, onderwerp.sleutel)
    vraag = sa.select(WIJZIGING).where(
        WIJZIGING.c.versie.is_not(None), *(k == w for k, w in zip(_ONDERWERP, waarden, strict=True))
    )
    rij = con.execute(vraag.order_by(WIJZIGING.c.versie.desc()).limit(1)).first()
    return from_row(rij._mapping) if rij else None


def _not_holding(w: Wijziging) -> Wijziging:
    return Wijziging(w.kenmerk, w.onderwerp, w.inhoud, None, w.gebaseerd_op, w.wie, w.rol, w.op)


def as_row(w: Wijziging) -> dict[str, Any]:
    """Return a change as the columns of its row, without its number."""
    return {
        "kenmerk": w.kenmerk, "soort": w.onderwerp.soort, "regio_code": w.onderwerp.regio_code,
        "jaar": w.onderwerp.jaar, "sleutel": w.onderwerp.sleutel, "versie": w.versie,
        "gebaseerd_op": w.gebaseerd_op, "score": w.inhoud.score, "stand": w.inhoud.stand, "datum": w.inhoud.datum,
        "publicatie_id": w.inhoud.publicatie_id, "tekst": w.inhoud.tekst, "wie": w.wie, "rol": w.rol, "op": w.op,
    }  # fmt: skip


def from_row(rij: Any) -> Wijziging:  # noqa: ANN401
    """Return a row as a change."""
    onderwerp = Onderwerp(rij["soort"], rij["regio_code"], rij["jaar"], rij["sleutel"])
    inhoud = Inhoud(rij["tekst"], rij["score"], rij["stand"], rij["datum"], rij["publicatie_id"])
    return Wijziging(
        rij["kenmerk"], onderwerp, inhoud, rij["versie"], rij["gebaseerd_op"], rij["wie"], rij["rol"], rij["op"]
    )
