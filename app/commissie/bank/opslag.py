"""The database of the committee: SQLite in the warehouse, or PostgreSQL by URL; nothing in it is ever changed.

Every edit is a new row with who and when. Two people at once: the first one holds, the second one's text is
kept as well but does not hold, and the second one gets to see what the first wrote. No error of this module
carries a text, a name or an address.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from app.commissie.bank import keten, migreren
from app.commissie.bank.tabellen import BEWAAR, LAAT_LOS, METADATA, OORSPRONG, VAN_POST, WIJZIGING
from app.commissie.bank.tabellen import as_row as as_row
from app.commissie.bank.tabellen import from_row as from_row
from app.commissie.bank.verbinden import BEHEER_URL, WACHT_S, address, make_engine
from app.commissie.bank.verbinden import BESTAND as BESTAND
from app.commissie.bank.verbinden import KOP as KOP
from app.commissie.bank.verbinden import URL as URL
from app.commissie.bank.verbinden import sqlite_url as sqlite_url
from app.commissie.model import Inhoud, InvoerError, Onderwerp, OpslagError, Wijziging, clean, faults, holding
from pipelines.afspraken.warehouse.schrijven import scratch

_ONDERWERP = [WIJZIGING.c[naam] for naam in ("soort", "regio_code", "jaar", "sleutel")]
_GEEN_RECHT, _GEEN_ROL = "42501", "42704"
_MELDING = (
    "De gegevens van de commissie zijn nu niet te lezen of te schrijven. Er is niets verloren; "
    "probeer het over een minuut opnieuw."
)


@dataclass(frozen=True, slots=True)
class Bewaard:
    """What became of a change; `ander` is what holds instead, where somebody else was first."""

    eigen: Wijziging
    ander: Wijziging | None = None


class Opslag:
    """One database of the committee; safe to use from several threads and processes at once."""

    def __init__(self, url: sa.URL, kop: Path | None = None, *, app_rol: str = "", keur: bool = True) -> None:
        """Open it in the schema of this version, with its chain checked unless `keur` says otherwise.

        `kop` is the file that knows the newest change; `app_rol` the role that may add and read, for the owner.
        """
        self.url = url
        self.soort = url.get_backend_name()
        self._kop, self._app_rol = kop, app_rol
        self._engine = make_engine(url)
        self._migrate()
        if keur:
            self.verify()

    def verify(self) -> None:
        """Check the chain through all changes.

        Raises:
            KetenError: a change does not fit.
        """
        database = self.url.render_as_string()
        gezien = keten.seen(database, self._kop)
        with self.transaction(schrijf=False) as con:
            keten.verify(con, database, self._kop, gezien)

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
                    if nu and _is_same(nu, nieuw):
                        # Kept before, when the line broke before we heard of it: it is there once.
                        return Bewaard(nu)
                    if (nu.versie if nu else 0) != gebaseerd_op:
                        poging = _not_holding(nieuw)
                    keten.append(con, [poging])
                # What is kept is kept, also when it cannot be looked at again just now.
                with contextlib.suppress(OpslagError):
                    self.verify()
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
        except (SQLAlchemyError, DBAPIError, OSError, ValueError) as fout:
            raise OpslagError(_explain(fout)) from None

    def copy_to(self, pad: Path) -> None:
        """Copy a SQLite database whole into a new file, while others go on writing."""
        os.close(os.open(pad, os.O_CREAT | os.O_RDWR, 0o600))
        bron, doel = sqlite3.connect(str(self.url.database), timeout=WACHT_S), sqlite3.connect(pad)
        try:
            bron.backup(doel)
        except sqlite3.Error:
            raise OpslagError("De gegevens van de commissie zijn niet te kopiëren. Er is niets veranderd.") from None
        finally:
            bron.close()
            doel.close()

    def set_aside(self, con: sa.Connection, naam: str) -> None:
        """Keep the table under another name and make an empty one, within a transaction."""
        # A trigger goes along with its table but keeps its name, and a name can be used once.
        for opdracht in LAAT_LOS[self.soort]:
            con.exec_driver_sql(opdracht)
        con.exec_driver_sql(f'alter table wijziging rename to "{naam}"')
        METADATA.create_all(con)
        for opdracht in BEWAAR[self.soort]:
            con.exec_driver_sql(opdracht)
        self._grant(con)

    def begin_anew(self, con: sa.Connection, merk: str) -> None:
        """Note, within the transaction that puts a backup back, that the history begins here under this mark."""
        con.execute(OORSPRONG.insert(), [{"kenmerk": merk, "op": datetime.now(UTC).replace(tzinfo=None)}])

    def began_at(self, merk: str) -> bool:
        """Whether the transaction with this mark was kept."""
        with self.transaction(schrijf=False) as con:
            return bool(con.scalar(sa.select(OORSPRONG.c.nummer).where(OORSPRONG.c.kenmerk == merk)))

    def owns_tables(self) -> bool:
        """Whether the role of this connection could switch off what keeps the history as it is."""
        if self.soort == "sqlite":
            return True
        vraag = sa.text("select pg_has_role(current_user, relowner, 'member') from pg_class "
                        "where oid = to_regclass('wijziging')")  # fmt: skip
        with self.transaction(schrijf=False) as con:
            return bool(con.scalar(vraag))

    def _migrate(self) -> None:
        """Bring the schema up to date once, whoever comes first; of SQLite a copy is kept of how it was."""
        with self.transaction(schrijf=False) as con:
            stand = migreren.version(con)
        if stand == migreren.VERSIE:
            return
        with self.transaction() as con:
            stand = migreren.version(con)
            if stand > migreren.VERSIE:
                raise OpslagError(
                    f"De gegevens van de commissie zijn van een nieuwere versie van Regiomonitor (stand {stand}; deze "
                    f"kent {migreren.VERSIE}). Werk Regiomonitor op deze computer bij, of draai met die nieuwere "
                    f"versie: .venv/bin/regiomonitor committee migrate --naar {migreren.VERSIE}. Er is niets veranderd."
                )
            if stand == migreren.VERSIE:
                return
            if stand and self.soort == "sqlite":
                self._keep_copy(stand)
            migreren.upgrade(con)
            self._grant(con)

    def go_back(self, versie: str) -> list[str]:
        """Give an earlier version its schema back, with every change that was written; returns what that took away.

        Raises:
            OpslagError: there is no way back to that version; nothing changed.
        """
        with self.transaction() as con:
            stand = migreren.version(con)
            weg = migreren.lost(stand, versie)
            if self.soort == "sqlite":
                self._keep_copy(stand, vervang=True)
            migreren.downgrade(con, versie)
        return weg

    def _keep_copy(self, stand: str, *, vervang: bool = False) -> None:
        """Keep how it was, without mail: a copy does not go along when somebody stops or is forgotten."""
        pad = Path(str(self.url.database))
        bewaard = pad.with_name(f"{pad.stem}-{stand}{pad.suffix}")
        if vervang or not bewaard.exists():
            with scratch(pad.parent, ".kopie-") as map_:
                self.copy_to(map_ / pad.name)
                without_mail(map_ / pad.name)
                os.replace(map_ / pad.name, bewaard)

    def grant(self) -> None:
        """Give the app's own role what it needs, and no more."""
        with self.transaction() as con:
            self._grant(con)

    def _grant(self, con: sa.Connection) -> None:
        if self.soort != "postgresql" or not self._app_rol:
            return
        rol = con.dialect.identifier_preparer.quote_identifier(self._app_rol)
        reeks = con.scalar(sa.text("select pg_get_serial_sequence('wijziging', 'nummer')"))
        for recht in (
            "insert, select on wijziging, afgemeld",
            f"insert, select, update, delete on {', '.join(tabel.name for tabel in VAN_POST)}",
            "select on oorsprong, alembic_version",
            f"usage on sequence {reeks}",
        ):
            con.exec_driver_sql(f"grant {recht} to {rol}")


def open_as_owner(warehouse: Path, *, keur: bool = True) -> Opslag:
    """Open the database as its owner, who may make and rename tables; where there is no owner apart, as the app.

    Raises:
        OpslagError: as with `open_opslag`.
    """
    url, app = address(warehouse, beheer=True), address(warehouse)
    app_rol = (
        app.username if os.environ.get(URL) and os.environ.get(BEHEER_URL) and app.username != url.username else ""
    )
    return Opslag(url, Path(warehouse) / KOP, app_rol=app_rol or "", keur=keur)


def without_mail(pad: Path) -> None:
    """Take everything of mail out of a copy of a SQLite database: who stopped since would be back with it."""
    with closing(sqlite3.connect(pad, isolation_level=None)) as con:
        aanwezig = {naam for (naam,) in con.execute("select name from sqlite_master where type = 'table'")}
        for tabel in VAN_POST:
            if tabel.name in aanwezig:
                con.execute(f'delete from "{tabel.name}"')
        con.execute("vacuum")


def _explain(fout: Exception) -> str:
    """Return what a reader can do about a failure; nothing of the failure itself, which may hold texts."""
    oorzaak = getattr(fout, "orig", None)
    if getattr(oorzaak, "sqlite_errorcode", None) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return (
            "De database van de commissie is beschadigd en niet te lezen. Zet een reservekopie terug met: "
            ".venv/bin/regiomonitor restore PAD. Wat er nu staat, blijft daarbij bewaard."
        )
    reden = getattr(oorzaak, "sqlstate", None)
    if reden == _GEEN_RECHT:
        return (
            "De rol waarmee Regiomonitor de database van de commissie opent, mag dit niet. Laat de eigenaar het doen: "
            f"zet {BEHEER_URL} op het adres van de eigenaar en draai .venv/bin/regiomonitor committee migrate "
            "(of restore)."
        )
    if reden == _GEEN_ROL:
        return f"De rol in {URL} bestaat niet in de database. Maak haar eerst aan; zie docs/handleiding/beheer.md."
    return _MELDING


def _current(con: sa.Connection, onderwerp: Onderwerp) -> Wijziging | None:
    """Return the version of a subject that holds."""
    waarden = (onderwerp.soort, onderwerp.regio_code, onderwerp.jaar, onderwerp.sleutel)
    vraag = sa.select(WIJZIGING).where(
        WIJZIGING.c.versie.is_not(None), *(k == w for k, w in zip(_ONDERWERP, waarden, strict=True))
    )
    rij = con.execute(vraag.order_by(WIJZIGING.c.versie.desc()).limit(1)).first()
    return from_row(rij._mapping) if rij else None


def _is_same(nu: Wijziging, nieuw: Wijziging) -> bool:
    """Whether what holds is this very change: of the same person, on the same version, with the same in it."""
    ene, ander = ((w.inhoud, w.versie, w.gebaseerd_op, w.wie, w.rol) for w in (nu, nieuw))
    return ene == ander


def _not_holding(w: Wijziging) -> Wijziging:
    return Wijziging(w.kenmerk, w.onderwerp, w.inhoud, None, w.gebaseerd_op, w.wie, w.rol, w.op)
