"""The chain through the committee's history, its migrations, and a server that hangs."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from commissiebed import Lid
from commissiebreken import forget, tamper

from app.commissie.bank import keten, migreren
from app.commissie.bank import opslag as opslag_
from app.commissie.bank.afgemeldbank import Afgemeldbank
from app.commissie.bank.keten import KetenError, link, links
from app.commissie.bank.opslag import BESTAND, KOP, Opslag, open_as_owner
from app.commissie.bank.tabellen import METADATA, VAN_POST
from app.commissie.bank.verbinden import BEHEER_URL, URL
from app.commissie.model import Inhoud, Onderwerp, OpslagError, Wijziging
from app.commissie.openen import open_opslag
from app.commissie.uitwisselen import export_csv, import_changes, read_csv
from app.opdrachten.cli import main
from pipelines.afspraken.meldingen import AfgekeurdError

SCORE = Onderwerp("score", "RA0205", 2026, "regiovisie/verstevigen")
# The schema as it was before there were versions, to the letter.
OUD = """
create table wijziging (
    nummer integer not null, kenmerk varchar(36) not null, soort varchar(20) not null, regio_code varchar(6) not null,
    jaar integer not null, sleutel varchar(60) not null, versie integer, gebaseerd_op integer not null, score integer,
    stand varchar(20) not null, datum date, publicatie_id varchar(80) not null, tekst text not null,
    wie varchar(80) not null, rol varchar(20) not null, op {tijd} not null,
    primary key (nummer), unique (kenmerk), unique (soort, regio_code, jaar, sleutel, versie)
)
"""
RIJ = (
    "insert into wijziging (nummer, kenmerk, soort, regio_code, jaar, sleutel, versie, gebaseerd_op, stand, "
    "publicatie_id, tekst, wie, rol, op) values ({n}, '00000000-0000-4000-8000-00000000000{n}', 'notitie', 'RA0205', "
    "2026, 'n{n}', 1, 0, '', '', 'Tekst {n}: één & ''twee''', 'An de Vries', 'commissie', "
    "'2026-03-0{n} 10:00:00.00{n}000')"
)


@pytest.fixture
def vol(maak: Callable[[], Opslag]) -> Opslag:
    opslag = maak()
    for nummer in range(3):
        opslag.save(SCORE, Inhoud(f"Toelichting {nummer}", 2), gebaseerd_op=nummer, **Lid)
    return opslag


def warehouse() -> Path:
    return Path(os.environ["REGIOMONITOR_WAREHOUSE"])


@pytest.mark.parametrize(
    ("daad", "nummer"),
    [
        ("update wijziging set wie = 'Bo Jansen' where nummer = 2", 2),
        ("update wijziging set op = '2020-01-01 00:00:00' where nummer = 1", 1),
        ("delete from wijziging where nummer = 2", 3),
        ("update wijziging set keten = repeat_ where nummer = 3", 3),
    ],
)
def test_a_change_behind_the_app_is_noticed_at_the_next_start(vol: Opslag, daad: str, nummer: int) -> None:
    tamper(vol, daad.replace("repeat_", f"'{'0' * 64}'"))
    forget()
    with pytest.raises(KetenError, match=f"Wijziging {nummer} van de commissie") as fout:
        open_opslag(warehouse())
    assert "Toelichting" not in str(fout.value)
    assert main(["committee", "check", "--warehouse", str(warehouse())]) == 1


def test_a_history_written_anew_from_some_point_or_cut_off_is_noticed_by_the_file_beside_it(vol: Opslag) -> None:
    alles, punt = vol.history(), 3
    tamper(vol, f"delete from wijziging where nummer = {punt}")
    forget()
    with pytest.raises(KetenError, match=f"na wijziging 2 hoort er meer te staan.*{KOP}"):
        open_opslag(warehouse())
    nieuw = Wijziging(alles[2].kenmerk, alles[2].onderwerp, Inhoud("Anders", 4), 3, 2, "Bo", "commissie", alles[2].op)
    engine = sa.create_engine(vol.url, poolclass=sa.NullPool)
    with engine.begin() as con:
        keten.append(con, [nieuw])
    with pytest.raises(KetenError):
        open_opslag(warehouse())
    (warehouse() / KOP).unlink()
    forget()
    assert len(open_opslag(warehouse()).history()) == 3


def test_a_running_process_notices_what_was_changed_since_it_looked(vol: Opslag) -> None:
    open_opslag(warehouse())
    tamper(vol, "update wijziging set keten = kenmerk where nummer = 3")
    with pytest.raises(KetenError):
        open_opslag(warehouse())


@pytest.mark.parametrize("vorm", ["replace into", "insert or replace into"])
@pytest.mark.parametrize("zelfde", ["nummer", "kenmerk", "versie"])
def test_sqlite_replaces_no_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, vorm: str, zelfde: str) -> None:
    monkeypatch.delenv(URL, raising=False)
    opslag = open_opslag(tmp_path)
    opslag.save(SCORE, Inhoud("Blijft staan", 2), gebaseerd_op=0, **Lid)
    con = sqlite3.connect(tmp_path / BESTAND)
    con.row_factory = sqlite3.Row
    rij = dict(con.execute("select * from wijziging").fetchone()) | {"tekst": "Herschreven", "wie": "Bo Jansen"}
    anders = {"nummer": 99, "kenmerk": "een ander kenmerk", "versie": 9}
    rij |= {kolom: waarde for kolom, waarde in anders.items() if kolom != zelfde}
    with pytest.raises(sqlite3.IntegrityError, match="wijzigingen blijven staan"):
        con.execute(f"{vorm} wijziging ({', '.join(rij)}) values ({', '.join('?' * len(rij))})", tuple(rij.values()))
    con.close()
    assert [w.inhoud.tekst for w in opslag.history()] == ["Blijft staan"]


def test_the_chain_is_the_same_on_every_database_and_after_an_exchange(maak: Callable[[], Opslag]) -> None:
    van = maak()
    for nummer in range(2):
        van.save(SCORE, Inhoud(f"Tekst {nummer}", 2), gebaseerd_op=nummer, **Lid)
    bestand = export_csv(van.history())
    naar = maak()
    import_changes(naar, read_csv(bestand, "a.csv"), "a.csv")
    ketens = []
    for opslag in (van, naar):
        with opslag.transaction(schrijf=False) as con:
            ketens.append(list(con.scalars(sa.text("select keten from wijziging order by nummer"))))
    assert ketens[0] == ketens[1] == links(van.history())
    assert link(ketens[0][0], van.history()[1]) == ketens[0][1]


def test_an_export_that_was_changed_names_the_row_that_does_not_fit(vol: Opslag) -> None:
    bestand = export_csv(vol.history())
    for oud, nieuw in (("Toelichting 1", "Toelichting x"), ("An de Vries", "Bo Jansen")):
        with pytest.raises(AfgekeurdError, match=r"rij [23], kolom keten: Deze rij past niet in de keten"):
            read_csv(bestand.replace(oud.encode(), nieuw.encode()), "a.csv")
    zonder_tweede = b"\r\n".join(regel for n, regel in enumerate(bestand.split(b"\r\n")) if n != 2)
    with pytest.raises(AfgekeurdError, match="rij 3, kolom keten"):
        read_csv(zonder_tweede, "a.csv")


def test_what_was_written_with_the_clock_ahead_comes_back_on_import(
    maak: Callable[[], Opslag],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Vooruit(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime(2036, 1, 1, tzinfo=tz)  # type: ignore[arg-type]

    opslag = maak()
    with monkeypatch.context() as klok:
        klok.setattr(opslag_, "datetime", Vooruit)
        opslag.save(SCORE, Inhoud("De klok liep voor", 2), gebaseerd_op=0, **Lid)
    opslag.save(SCORE, Inhoud("De klok liep gelijk", 3), gebaseerd_op=1, **Lid)
    bestand = export_csv(opslag.history())
    assert import_changes(opslag, read_csv(bestand, "a.csv"), "a.csv") == 0
    naar = maak()
    assert import_changes(naar, read_csv(bestand, "a.csv"), "a.csv") == 2
    assert naar.history() == opslag.history()


def old_database(opslag_url: sa.URL, soort: str) -> None:
    engine = sa.create_engine(opslag_url, poolclass=sa.NullPool)
    with engine.begin() as con:
        serieel = "nummer serial" if soort == "postgresql" else "nummer integer"
        tijd = "timestamp" if soort == "postgresql" else "datetime"
        con.exec_driver_sql(OUD.format(tijd=tijd).replace("nummer integer", serieel, 1))
        for nummer in (1, 2, 3):
            con.exec_driver_sql(RIJ.format(n=nummer))
        if soort == "postgresql":
            con.exec_driver_sql("select setval('wijziging_nummer_seq', 3)")
        oud = migreren_module("v0001_wijziging")._BEWAAR[soort]
        for opdracht in oud:
            con.exec_driver_sql(opdracht)


def migreren_module(naam: str) -> object:
    import importlib

    return importlib.import_module(f"app.commissie.bank.migraties.versions.{naam}")


@pytest.fixture
def oud(maak: Callable[[], Opslag]) -> sa.URL:
    """A database as the version before had it, with three rows and no versions."""
    opslag = maak()
    if opslag.soort == "sqlite":
        for pad in warehouse().glob("commissie*"):
            pad.unlink()
    else:
        namen = ", ".join(["wijziging", "oorsprong", "afgemeld", "alembic_version", *(t.name for t in VAN_POST)])
        tamper(opslag, f"drop table {namen}", "drop function bewaar_wijziging")
    forget()
    old_database(opslag.url, opslag.soort)
    return opslag.url


def test_the_schema_of_before_gets_its_chain_with_every_row_as_it_was(oud: sa.URL) -> None:
    opslag = open_opslag(warehouse())
    assert [(w.inhoud.tekst, w.op.microsecond) for w in opslag.history()] == [
        (f"Tekst {n}: één & 'twee'", n * 1000) for n in (1, 2, 3)
    ]
    with opslag.transaction(schrijf=False) as con:
        assert list(con.scalars(sa.text("select keten from wijziging order by nummer"))) == links(opslag.history())
        assert migreren.version(con) == migreren.VERSIE
    opslag.save(SCORE, Inhoud("Verder", 2), gebaseerd_op=0, **Lid)
    with pytest.raises((OpslagError, sa.exc.IntegrityError)), opslag.transaction() as con:
        con.exec_driver_sql("update wijziging set tekst = 'x'")
    if opslag.soort == "sqlite":
        kopie = warehouse() / "commissie-0001.sqlite"
        assert kopie.stat().st_mode & 0o077 == 0
        assert sqlite3.connect(kopie).execute("select count(*) from wijziging").fetchone() == (3,)


def test_the_migrations_lead_to_the_tables_that_the_code_knows(maak: Callable[[], Opslag]) -> None:
    with maak().transaction(schrijf=False) as con:
        assert compare_metadata(MigrationContext.configure(con), METADATA) == []


def test_servers_that_start_together_migrate_once(oud: sa.URL) -> None:
    klaar, fouten = threading.Barrier(4), list[Exception]()

    def _start() -> None:
        klaar.wait()
        try:
            open_opslag(warehouse())
        except OpslagError as fout:
            fouten.append(fout)

    draden = [threading.Thread(target=_start) for _ in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert fouten == []
    with open_opslag(warehouse()).transaction(schrijf=False) as con:
        assert con.scalar(sa.text("select count(*) from oorsprong")) == 1


def test_a_newer_schema_is_left_alone_with_a_message(vol: Opslag) -> None:
    tamper(vol, "update alembic_version set version_num = '0099'")
    with pytest.raises(OpslagError, match="van een nieuwere versie van Regiomonitor"):
        open_opslag(warehouse())


def test_the_role_of_the_app_can_add_and_read_and_nothing_else(
    server: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    engine = sa.create_engine(sa.make_url(server).set(drivername="postgresql+psycopg"), poolclass=sa.NullPool)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as con:
        con.exec_driver_sql("create role eigenaar login")
        con.exec_driver_sql("create role regioapp login")
        con.exec_driver_sql("create database rollen owner eigenaar template template0")
    monkeypatch.setenv(URL, server.replace("proef@", "regioapp@").replace("/postgres", "/rollen"))
    plek = ["--warehouse", str(tmp_path)]
    with pytest.raises(OpslagError, match="regiomonitor committee migrate"):
        open_opslag(tmp_path)
    monkeypatch.setenv(BEHEER_URL, server.replace("proef@", "eigenaar@").replace("/postgres", "/rollen"))
    assert main(["committee", "migrate", *plek]) == 0
    opslag = open_opslag(tmp_path)
    opslag.save(SCORE, Inhoud("Van de app", 2), gebaseerd_op=0, **Lid)
    Afgemeldbank(tmp_path).end({"a" * 64: 1_800_000_000.0})
    assert Afgemeldbank(tmp_path).since(1_799_999_999.0) == {"a" * 64}
    for daad in (
        "alter table wijziging disable trigger all", "drop trigger bewaar on wijziging", "truncate wijziging",
        "update wijziging set tekst = 'x'", "delete from wijziging", "drop table wijziging",
        "set session_replication_role = replica", "insert into oorsprong (kenmerk, op) values ('x', now())",
    ):  # fmt: skip
        with pytest.raises(OpslagError, match="mag dit niet"), opslag.transaction() as con:
            con.exec_driver_sql(daad)
    assert [w.inhoud.tekst for w in opslag.history()] == ["Van de app"]
    assert main(["committee", "check", *plek]) == 0
    assert "Let op" not in capsys.readouterr().err
    monkeypatch.setenv(URL, os.environ[BEHEER_URL])
    assert main(["committee", "check", *plek]) == 0
    assert "als eigenaar" in capsys.readouterr().err
    assert open_as_owner(tmp_path).owns_tables()


def test_ten_thousand_changes_are_followed_once_and_a_page_begins_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(URL, raising=False)
    opslag = open_opslag(tmp_path)
    opslag.save(SCORE, Inhoud("Een", 2), gebaseerd_op=0, **Lid)
    gevolgd: list[int] = []
    echt = keten.link
    monkeypatch.setattr(keten, "link", lambda vorige, w: gevolgd.append(w.versie or 0) or echt(vorige, w))
    open_opslag(tmp_path)
    assert gevolgd == []
    forget()
    open_opslag(tmp_path)
    assert gevolgd == [1]


def test_a_page_needs_no_alembic_once_the_schema_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(URL, raising=False)
    open_opslag(tmp_path)
    vraag = (
        "import sys; from pathlib import Path; from app.commissie.openen import open_opslag; "
        f"open_opslag(Path({str(tmp_path)!r})); sys.exit('alembic' in sys.modules or 'duckdb' in sys.modules)"
    )
    wortel = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", vraag], cwd=wortel).returncode == 0
