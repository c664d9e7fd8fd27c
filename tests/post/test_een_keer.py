"""Each mail once: whatever goes wrong with another, whoever sends beside, and wherever a sender is cut off."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from gesprekpublicatie import REGIOS
from postbed import NIEUW, Bus, Post

from app.commissie.bank.tabellen import ABONNEMENT, POSTBERICHT
from app.commissie.model import Inhoud
from app.commissie.model import Onderwerp as Over
from app.commissie.openen import open_opslag
from app.post.abonnement import Postonderwerp
from app.post.verbinding import Uitslag, Verbinding

PUBLICATIE = "Nieuwe publicatie van 1 juni 2023"


def test_one_mail_that_cannot_be_made_does_not_stop_the_others_and_is_said_without_an_address(
    jo: Post, bus: Bus, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    jo.subscribe(bus, "an@voorbeeld.nl")
    with jo.opslag().transaction() as con:
        con.execute(ABONNEMENT.update().where(ABONNEMENT.c.adres == "an@voorbeeld.nl").values(adres="kapot\r\n"))
    jo.publish(NIEUW)
    verslag = jo.send()
    assert (verslag.verstuurd, verslag.later) == (1, 1)
    assert bus.subjects("jo@voorbeeld.nl") == [PUBLICATIE]
    assert "voorbeeld.nl" not in caplog.text
    assert "kapot" not in caplog.text


def test_two_senders_at_once_send_each_mail_once(jo: Post, bus: Bus) -> None:
    jo.subscribe(bus, "an@voorbeeld.nl")
    jo.publish(NIEUW)
    een, ander = jo.sender(), jo.sender()
    with Verbinding(jo.instellingen) as lijn:
        gedaan = lijn.send

        def send_meanwhile(bericht: object, aan: str) -> Uitslag:
            # The other begins while this one is talking to the mail server.
            lijn.send = gedaan  # type: ignore[method-assign]
            with Verbinding(jo.instellingen) as tweede:
                assert ander.send(tweede).verstuurd == 1
            return gedaan(bericht, aan)  # type: ignore[arg-type]

        lijn.send = send_meanwhile  # type: ignore[method-assign, assignment]
        assert een.send(lijn).verstuurd == 1
    assert sorted(m["To"] for m in bus.gekregen) == ["an@voorbeeld.nl", "jo@voorbeeld.nl"]


STERF = """
import os, sys
from app.opdrachten.cli import main
from app.post import verbinding
def hand_over(self, bericht, aan, _send=verbinding.Verbinding.send):
    if sys.argv[1] == "na":
        _send(self, bericht, aan)
    os._exit(9)
verbinding.Verbinding.send = hand_over
main(["mail", "--verstuur", "--warehouse", sys.argv[2]])
"""


@pytest.mark.parametrize(("wanneer", "keer"), [("voor", 1), ("na", 2)])
def test_killed_around_the_handing_over_a_mail_is_not_lost_and_goes_twice_at_most(
    jo: Post, bus: Bus, wanneer: str, keer: int
) -> None:
    jo.come_by_now()
    jo.publish(NIEUW)
    opdracht = [sys.executable, "-c", STERF, wanneer, str(jo.warehouse)]
    wortel = Path(__file__).parents[2]
    assert subprocess.run(opdracht, cwd=wortel, env={**os.environ, "PYTHONPATH": str(wortel)}).returncode == 9
    # Long enough for who took it to be gone.
    for _ in range(3):
        jo.later(minutes=16)
        with jo.opslag().transaction() as con:
            con.execute(POSTBERICHT.update().where(POSTBERICHT.c.verstuurd_op.is_(None)).values(vanaf=jo.nu))
        jo.send()
    assert bus.subjects() == [PUBLICATIE] * keer


def test_what_is_old_leaves_the_queue(jo: Post, bus: Bus) -> None:
    jo.publish(NIEUW)
    jo.send()
    assert jo.count(POSTBERICHT) == 1
    jo.later(days=31)
    jo.send()
    assert jo.count(POSTBERICHT) == 0
    assert bus.subjects() == [PUBLICATIE]


def test_an_agreement_of_which_a_mail_went_is_not_said_again_after_a_clock_that_was_ahead(
    lege_post: Post, bus: Bus
) -> None:
    lege_post.subscribe(bus, "cora@voorbeeld.nl", Postonderwerp.AFSPRAAK, groep="commissie")
    dag = (lege_post.nu + timedelta(days=3)).date()
    over = Over("afspraak", REGIOS[2], 2026, "a")
    open_opslag(lege_post.warehouse).save(over, Inhoud("x", stand="open", datum=dag), wie="An", rol="commissie",
                                          gebaseerd_op=0)  # fmt: skip
    assert lege_post.send().verstuurd == 1
    for dagen in (400, -400):
        lege_post.later(days=dagen)
        assert lege_post.send().verstuurd == 0
