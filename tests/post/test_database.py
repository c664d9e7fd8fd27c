"""Mail in the committee's database: on both kinds, from the schema of before, and with the rights of the app alone."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from commissiebed import Lid
from postbed import EERST, NIEUW, NU, Bus, Post

from app.commissie.bank.afgemeldbank import Afgemeldbank
from app.commissie.bank.opslag import BESTAND, URL, Opslag
from app.commissie.bank.tabellen import ABONNEMENT, METADATA, POSTBUS, VAN_POST
from app.commissie.bank.verbinden import BEHEER_URL
from app.commissie.model import Inhoud, Onderwerp, OpslagError
from app.commissie.openen import open_opslag
from app.opdrachten.cli import main
from app.post import abonnement as abonnementen
from app.post import wachtrij
from app.post.abonnement import Postonderwerp as Over
from app.post.abonnement import Wens
from app.rollen.lezer import Lezer

SCORE = Onderwerp("score", "RA0205", 2026, "regiovisie/verstevigen")
JO = Lezer("jo@voorbeeld.nl", account="a" * 64, aanbieder="org", groepen=("lezers",))


def ask(opslag: Opslag, adres: str = "jo@voorbeeld.nl", wie: Lezer = JO) -> str:
    """Let somebody ask for mail; returns what was asked for, confirmed."""
    with opslag.transaction() as con:
        abonnementen.subscribe(con, wie, Wens(adres, (Over.PUBLICATIE,)), NU)
        kenmerk = next(a.kenmerk for a in abonnementen.everything(con) if a.wens.adres == adres)
        token = abonnementen.new_link(con, kenmerk, NU)
        assert abonnementen.confirm(con, token, NU, lambda _p, _w: True, EERST) is not None
    return kenmerk


def test_from_the_schema_of_before_everything_stays_and_mail_is_there(maak: Callable[[], Opslag]) -> None:
    opslag = maak()
    warehouse = Path(os.environ["REGIOMONITOR_WAREHOUSE"])
    opslag.save(SCORE, Inhoud("Toelichting", 2), gebaseerd_op=0, **Lid)
    Afgemeldbank(warehouse).end({"a" * 64: 1_800_000_000.0})
    with opslag.transaction() as con:
        for tabel in VAN_POST:
            con.exec_driver_sql(f"drop table {tabel.name}")
        con.exec_driver_sql("update alembic_version set version_num = '0003'")
    opnieuw = open_opslag(warehouse)
    assert [w.inhoud.tekst for w in opnieuw.history()] == ["Toelichting"]
    assert Afgemeldbank(warehouse).since(1_799_999_999.0) == {"a" * 64}
    with opnieuw.transaction(schrijf=False) as con:
        assert compare_metadata(MigrationContext.configure(con), METADATA) == []
    if opnieuw.soort == "sqlite":
        assert (warehouse / f"{Path(BESTAND).stem}-0003.sqlite").exists()
    assert ask(opnieuw)


def test_an_occasion_is_in_the_queue_once_and_of_one_sender(maak: Callable[[], Opslag]) -> None:
    opslag = maak()
    kenmerk = ask(opslag)
    with opslag.transaction() as con:
        abonnementen.add_message(con, kenmerk, "publicatie", f"publicatie:{NIEUW}", NU)
    with pytest.raises(sa.exc.IntegrityError), opslag.transaction() as con:
        abonnementen.add_message(con, kenmerk, "publicatie", f"publicatie:{NIEUW}", NU)
    gegrepen = []

    def take() -> None:
        with opslag.transaction() as con:
            gegrepen.append(wachtrij.take(con, NU))

    draden = [threading.Thread(target=take) for _ in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    (een,) = [g for g in gegrepen if g is not None]
    assert een.aanleidingen == (f"publicatie:{NIEUW}",)
    with opslag.transaction() as con:
        wachtrij.done(con, een, NU)
        assert wachtrij.take(con, NU) is None


def test_two_requests_at_once_for_one_mailbox_are_one_mail(maak: Callable[[], Opslag]) -> None:
    opslag = maak()

    def request(nummer: int) -> None:
        wie = Lezer(f"p{nummer}", account=str(nummer) * 64, aanbieder="org")
        with opslag.transaction() as con:
            abonnementen.subscribe(con, wie, Wens(f"jo+{nummer}@voorbeeld.nl", (Over.PUBLICATIE,)), NU)

    draden = [threading.Thread(target=request, args=(nummer,)) for nummer in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    with opslag.transaction() as con:
        assert len(con.execute(ABONNEMENT.select()).all()) == 4
        assert len(con.execute(POSTBUS.select()).all()) == 1
        # In a trial too one would go.
        assert len(wachtrij.waiting(con, NU)) == 1
        assert [wachtrij.take(con, NU) is None for _ in range(4)] == [False, True, True, True]


def test_forget_reaches_all_of_it_on_either_database(maak: Callable[[], Opslag]) -> None:
    opslag = maak()
    warehouse = Path(os.environ["REGIOMONITOR_WAREHOUSE"])
    ask(opslag)
    assert main(["forget", "jo+x@VOORBEELD.nl", "--warehouse", str(warehouse)]) == 0
    with opslag.transaction(schrijf=False) as con:
        assert not [t.name for t in VAN_POST if "jo@" in str(con.execute(t.select()).all())]
        assert con.execute(ABONNEMENT.select()).all() == []


def test_the_role_of_the_app_can_do_what_mail_asks_and_no_more_with_the_history(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = sa.create_engine(sa.make_url(server).set(drivername="postgresql+psycopg"), poolclass=sa.NullPool)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as con:
        for opdracht in ("create role posteigenaar login", "create role postapp login",
                         "create database postrollen owner posteigenaar template template0"):  # fmt: skip
            con.exec_driver_sql(opdracht)
    monkeypatch.setenv(URL, server.replace("proef@", "postapp@").replace("/postgres", "/postrollen"))
    monkeypatch.setenv(BEHEER_URL, server.replace("proef@", "posteigenaar@").replace("/postgres", "/postrollen"))
    assert main(["committee", "migrate", "--warehouse", str(tmp_path)]) == 0
    opslag = open_opslag(tmp_path)
    opslag.save(SCORE, Inhoud("Van de app", 2), gebaseerd_op=0, **Lid)
    ask(opslag)
    with opslag.transaction() as con:
        assert abonnementen.stop_all(con, JO)
    for daad in ("delete from wijziging", "drop table abonnement", "truncate postbericht"):
        with pytest.raises(OpslagError, match="mag dit niet"), opslag.transaction() as con:
            con.exec_driver_sql(daad)


def test_mail_goes_out_with_postgresql_too(
    lege_post: Post, bus: Bus, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = sa.create_engine(sa.make_url(server).set(drivername="postgresql+psycopg"), poolclass=sa.NullPool)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as con:
        con.exec_driver_sql("create database postvol template template0")
    monkeypatch.setenv(URL, server.replace("/postgres", "/postvol"))
    lege_post.send()
    lege_post.ask("jo@voorbeeld.nl")
    lege_post.send()
    assert lege_post.confirm(bus.link("bevestig"))
    lege_post.publish(NIEUW)
    assert (lege_post.send().verstuurd, lege_post.send().verstuurd) == (1, 0)
