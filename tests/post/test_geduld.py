"""A mail server that answers late, in drops, without end or not at all: how long it is waited for, what goes again."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from postbed import BASIS, NIEUW, NU, Bus, Post

from app.commissie.bank.tabellen import POSTBERICHT
from app.post import brief, inhoud, wachtrij
from app.post.instellingen import Postinstellingen
from app.post.verbinding import Geduld, Uitslag, Verbinding
from app.post.versturen import _RUN_S, Verslag

Doen = Callable[[socket.socket], None]
# As the real one: what comes after the mail may take far longer than all before.
KORT = Geduld(stil=0.2, gesprek=0.5, antwoord=1.5)


class Server:
    """A mail server that takes every mail, greets by `begroet` and ends each mail by `na`."""

    def __init__(self, na: Doen, begroet: Doen) -> None:
        self.na, self.begroet, self.gekregen = na, begroet, 0
        self.oor = socket.create_server(("127.0.0.1", 0))

    def listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                lijn, _ = self.oor.accept()
                with contextlib.suppress(OSError), lijn:
                    self._talk(lijn)

    def _talk(self, lijn: socket.socket) -> None:
        self.begroet(lijn)
        with lijn.makefile("rb") as regels:
            for regel in regels:
                if regel.lower().startswith(b"data"):
                    lijn.sendall(b"354 go on\r\n")
                    while regels.readline() not in (b".\r\n", b""):
                        pass
                    self.gekregen += 1
                    self.na(lijn)
                else:
                    lijn.sendall(b"250 OK\r\n")


def say(tekst: bytes, na_s: float = 0) -> Doen:
    def doe(lijn: socket.socket) -> None:
        time.sleep(na_s)
        lijn.sendall(tekst)

    return doe


def hang_up(lijn: socket.socket) -> None:
    lijn.shutdown(socket.SHUT_RDWR)


def drip(lijn: socket.socket) -> None:
    """Say one letter at a time: each is a sign of life."""
    for _ in range(200):
        lijn.sendall(b"2")
        time.sleep(0.05)


def go_on(lijn: socket.socket) -> None:
    """Never come to the last line."""
    while True:
        lijn.sendall(b"250-and more\r\n" * 100)


GOED, HALLO = say(b"250 OK\r\n"), say(b"220 hello\r\n")


@contextmanager
def serving(na: Doen = GOED, begroet: Doen = HALLO) -> Iterator[Server]:
    server = Server(na, begroet)
    threading.Thread(target=server.listen, daemon=True).start()
    try:
        yield server
    finally:
        server.oor.close()


def line_to(server: Server) -> Verbinding:
    adres = Postinstellingen("127.0.0.1", server.oor.getsockname()[1], "geen", "m@voorbeeld.nl")
    return Verbinding(adres, geduld=KORT)


def send_one(server: Server) -> Uitslag:
    with line_to(server) as lijn:
        return lijn.send(brief.make(inhoud.trial(), "jo@voorbeeld.nl", "m@voorbeeld.nl", BASIS, NU), "jo@voorbeeld.nl")


@pytest.mark.parametrize(
    ("na", "uitslag"),
    [
        # Later than any other answer may come.
        (say(b"250 OK\r\n", na_s=0.7), Uitslag.VERSTUURD),
        (say(b"252 I think so\r\n"), Uitslag.VERSTUURD),
        (hang_up, Uitslag.ONBEKEND),
        (say(b"what?\r\n"), Uitslag.ONBEKEND),
        (drip, Uitslag.ONBEKEND),
        (go_on, Uitslag.ONBEKEND),
        (say(b"451 4.3.0 not now\r\n"), Uitslag.LATER),
        (say(b"554 5.7.1 Relay access denied\r\n"), Uitslag.LATER),
        (say(b"554 5.6.0 no such mail as a5.7.1b@voorbeeld.nl\r\n"), Uitslag.GEWEIGERD),
    ],
)
def test_what_comes_after_the_mail_is_waited_for_and_what_does_not_come_is_unknown(na: Doen, uitslag: Uitslag) -> None:
    begin = time.monotonic()
    with serving(na) as server:
        assert send_one(server) == uitslag
        assert server.gekregen == 1
    assert time.monotonic() - begin < KORT.antwoord + 1


@pytest.mark.parametrize("begroet", [drip, go_on, say(b"", na_s=3)])
def test_a_server_that_never_comes_to_the_point_is_left(begroet: Doen) -> None:
    begin = time.monotonic()
    with serving(begroet=begroet) as server:
        assert send_one(server) == Uitslag.GEEN_SERVER
    assert time.monotonic() - begin < 1.5


def test_a_mail_is_of_its_sender_for_longer_than_any_conversation_and_a_run_ends_before_it_is_cut_off() -> None:
    langst = timedelta(seconds=Geduld().gesprek + Geduld().antwoord)
    assert langst < wachtrij._BEZET
    assert langst + timedelta(seconds=_RUN_S) < timedelta(minutes=20)


def send_often(post: Post, server: Server) -> list[Verslag]:
    """Let a run go every day for a week."""
    gegaan = []
    for _ in range(7):
        with line_to(server) as lijn:
            gegaan.append(post.sender().send(lijn))
        post.later(days=1)
    return gegaan


def test_of_news_that_may_have_arrived_one_more_goes_and_of_a_request_to_agree_none(jo: Post, bus: Bus) -> None:
    with serving(hang_up) as server:
        jo.publish(NIEUW)
        gegaan = send_often(jo, server)
        assert [v.onbekend for v in gegaan] == [1, 1, 0, 0, 0, 0, 0]
        assert not gegaan[0].is_goed
    assert jo.count(POSTBERICHT) == 1
    with serving(hang_up) as server:
        jo.ask("ander@voorbeeld.nl")
        assert [v.onbekend for v in send_often(jo, server)][:2] == [1, 0]
        assert server.gekregen == 1
