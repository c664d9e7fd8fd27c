"""The way back to an earlier version over a database that the newer one changed: what was written stays."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from commissiebed import Lid

from app.commissie.bank import migreren
from app.commissie.bank.opslag import Opslag
from app.commissie.bank.tabellen import VAN_POST
from app.commissie.model import Inhoud, Onderwerp, OpslagError
from app.commissie.openen import open_opslag
from app.opdrachten.cli import main
from app.post import abonnement as abonnementen
from app.post.abonnement import Wens
from app.rollen.lezer import Lezer

SCORE = Onderwerp("score", "RA0205", 2026, "regiovisie/verstevigen")
JO = Lezer("jo@voorbeeld.nl", account="a" * 64, aanbieder="org", groepen=("lezers",))
Zegt = pytest.CaptureFixture[str]


@pytest.fixture
def warehouse(maak: Callable[[], Opslag]) -> Path:
    """A database of this version with a note in it, and somebody who asked for mail."""
    opslag = maak()
    opslag.save(SCORE, Inhoud("Eerst", 2), gebaseerd_op=0, **Lid)
    with opslag.transaction() as con:
        abonnementen.subscribe(
            con, JO, Wens("jo@voorbeeld.nl", (abonnementen.Postonderwerp.PUBLICATIE,)), datetime.now()
        )
    return Path(os.environ["REGIOMONITOR_WAREHOUSE"])


def go_back(warehouse: Path, stand: str) -> int:
    return main(["committee", "migrate", "--naar", stand, "--warehouse", str(warehouse)])


def texts(opslag: Opslag) -> list[str]:
    return [w.inhoud.tekst for w in opslag.history()]


def subscriptions(opslag: Opslag) -> list[str]:
    with opslag.transaction(schrijf=False) as con:
        return [a.wens.adres for a in abonnementen.everything(con)]


def test_the_version_before_refuses_the_database_and_says_which_way_back_there_is(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migreren, "VERSIE", "0004")
    with pytest.raises(OpslagError, match=r"stand 0005; deze kent 0004.*committee migrate --naar 0004"):
        open_opslag(warehouse)


def test_after_the_way_back_the_version_before_goes_on_and_then_the_newer_one_again(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch, capsys: Zegt
) -> None:
    assert go_back(warehouse, "0004") == 0
    assert "Weg is hoe vaak mail van een adres terugkwam" in capsys.readouterr().out
    with monkeypatch.context() as toen:
        toen.setattr(migreren, "VERSIE", "0004")
        eerder = open_opslag(warehouse)
        assert texts(eerder) == ["Eerst"]
        eerder.save(SCORE, Inhoud("Daarna", 3), gebaseerd_op=1, **Lid)
    nu = open_opslag(warehouse)
    assert texts(nu) == ["Eerst", "Daarna"]
    assert subscriptions(nu) == ["jo@voorbeeld.nl"]
    if nu.soort == "sqlite":
        # What is kept of before has no address in it.
        kopie = sqlite3.connect(warehouse / "commissie-0005.sqlite")
        assert kopie.execute(
            "select (select count(*) from wijziging), (select count(*) from abonnement)"
        ).fetchone() == (1, 0)


def test_further_back_mail_goes_and_the_history_stays_guarded_and_there_is_an_end(
    warehouse: Path, capsys: Zegt
) -> None:
    assert go_back(warehouse, "0002") == 0
    gezegd = capsys.readouterr().out
    assert all(wat in gezegd for wat in ("cookie_secret", "iedereen vraagt het na het bijwerken opnieuw"))
    nu = open_opslag(warehouse)
    assert (texts(nu), subscriptions(nu)) == (["Eerst"], [])
    with pytest.raises((OpslagError, sa.exc.IntegrityError)), nu.transaction() as con:
        con.exec_driver_sql("update wijziging set tekst = 'x'")
    for stand in ("0001", "0005", "0006", "9999", "base", "-1"):
        assert go_back(warehouse, stand) == 1
        assert "Er is niets veranderd" in capsys.readouterr().err
    assert texts(open_opslag(warehouse)) == ["Eerst"]
    assert {t.name for t in VAN_POST} <= tables(nu)


def tables(opslag: Opslag) -> set[str]:
    with opslag.transaction(schrijf=False) as con:
        return set(sa.inspect(con).get_table_names())
