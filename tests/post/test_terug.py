"""Mail that came back: a report counts by the link to stop of the mailbox alone, and nothing else counts."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path

import pytest
from postbed import NIEUW, Bus, Post

from app.opdrachten.cli import main
from app.post import terug

UIT = "u" * 43
RAPPORT = """\
From: MAILER-DAEMON@mx.voorbeeld.nl
To: monitor@voorbeeld.nl
Content-Type: multipart/report; report-type=delivery-status;
 boundary="grens/1"

--grens/1
Content-Type: text/plain

Uw bericht aan jo@voorbeeld.nl is niet afgeleverd.
--grens/1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.voorbeeld.nl

Original-Recipient: rfc822;jo@voorbeeld.nl
Final-Recipient: rfc822;jo@elders.nl
Action: {daad}
Status: {status}

--grens/1
Content-Type: text/rfc822-headers

To: jo@voorbeeld.nl
List-Unsubscribe:
 <https://monitor.voorbeeld.nl/berichten/uit/{uit}>
Subject: Er is een nieuwe publicatie

--grens/1--
"""


def report(uit: str = UIT, status: str = "5.1.1", daad: str = "failed") -> bytes:
    return RAPPORT.format(uit=uit, status=status, daad=daad).replace("\n", "\r\n").encode()


def take_back(bed: Post, pad: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("app.post.versturen.now", lambda: bed.nu)
    return main(["mail", "--terug", str(pad), "--warehouse", str(bed.warehouse)])


def test_a_report_of_a_mail_that_failed_for_good_is_read_by_its_link() -> None:
    assert terug.read_report(report()) == UIT
    assert terug.read_report(report().replace(b"\r\n", b"\n")) == UIT
    heel = report().replace(b"text/rfc822-headers", b"message/rfc822")
    assert terug.read_report(heel.replace(b"\r\n\r\n--grens/1--", b"\r\n\r\nLijf\r\n")) == UIT


@pytest.mark.parametrize(
    "ruw",
    [
        report(status="4.4.1"),
        report(status="2.0.0"),
        report(daad="delayed"),
        # About who sends, not about the address.
        report(status="5.7.1"),
        report(status="5.1.1.9"),
        report(uit="u" * 42),
        report(uit="u" * 44),
        report().replace(b"multipart/report", b"multipart/mixed"),
        report().replace(b"message/delivery-status", b"text/plain"),
        # Another who only writes the link down in the text of a mail.
        report().replace(b"List-Unsubscribe:\r\n ", b"X-Anders: "),
        report().replace(b"List-Unsubscribe:", b"X-Anders:").replace(b"Uw bericht", f"/berichten/uit/{UIT}".encode()),
        report().replace(b"grens/1--", b"grens/1").replace(b'"grens/1"', b'"anders"'),
        b"",
        b"\x00\xff" * 1000,
        b"Content-Type: multipart/report; boundary=" + b"a" * 100_000,
        report() + b" " * terug.GROOTSTE,
    ],
)  # fmt: skip
def test_whatever_else_comes_in_counts_not(ruw: bytes) -> None:
    assert terug.read_report(ruw) == ""


@pytest.mark.parametrize(
    "lijf",
    [
        b"\n" * 450_000,
        b"a:\n" * 150_000,
        b"a:b\n " * 90_000,
        b"--g\nContent-Type: message/delivery-status\n\n" * 10_000,
        b"--g\nContent-Type: message/delivery-status\n\n" + b"\n" * 450_000,
        b"--g\nContent-Type: message/delivery-status\n\n" + b"a: b\n\n" * 70_000,
        b"--g\nContent-Type: message/rfc822\n\nList-Unsubscribe: " + b"/berichten/uit/" * 30_000,
    ],
)
def test_a_report_that_is_made_to_keep_us_busy_is_read_in_a_moment(lijf: bytes) -> None:
    begin = time.process_time()
    assert terug.read_report(b"Content-Type: multipart/report; boundary=g\n\n" + lijf) == ""
    assert terug.read_report(b"Content-Type: multipart/report; boundary=g\n" + lijf) == ""
    assert time.process_time() - begin < 2


def test_after_three_days_on_which_mail_came_back_an_address_is_left_alone_until_its_reader_asks(
    jo: Post, bus: Bus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    jo.publish(NIEUW)
    jo.send()
    pad = tmp_path / "terug.eml"
    pad.write_bytes(report(bus.link("uit")))
    # The same day once, however often it comes.
    for _ in range(4):
        assert take_back(jo, pad, monkeypatch) == 0
    jo.later(days=100)
    take_back(jo, pad, monkeypatch)
    assert jo.wacht() == 1
    jo.later(days=100)
    capsys.readouterr()
    take_back(jo, pad, monkeypatch)
    assert capsys.readouterr().out == (
        "1 bericht gelezen, 1 van een adres van ons dat niet bereikt wordt; 1 adres gepauzeerd.\n"
    )
    assert jo.wacht() == 0
    # Who still wants it is not shut out by what came back before.
    jo.ask("jo@voorbeeld.nl")
    jo.later(days=1)
    take_back(jo, pad, monkeypatch)
    assert jo.wacht() == 1


def test_what_is_new_in_a_maildir_counts_once_and_what_is_no_file_leads_nowhere(
    jo: Post, bus: Bus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    jo.publish(NIEUW)
    jo.send()
    map_ = tmp_path / "terug"
    for deel in ("new", "cur", "tmp"):
        (map_ / deel).mkdir(parents=True)
    (map_ / "new" / "1.a").write_bytes(report(bus.link("uit")))
    (map_ / "new" / "2.b").write_bytes(b"Een reclame")
    geheim = tmp_path / "geheim"
    geheim.write_bytes(report(bus.link("uit")))
    (map_ / "new" / "3.c").symlink_to(geheim)
    os.mkfifo(map_ / "new" / "4.d")
    (map_ / "new" / "5.e").mkdir()
    assert take_back(jo, map_, monkeypatch) == 0
    assert sorted(os.listdir(map_ / "cur")) == ["1.a:2,S", "2.b:2,S", "3.c:2,S", "4.d:2,S", "5.e:2,S"]
    assert take_back(jo, map_, monkeypatch) == 0
    assert [regel[:33] for regel in capsys.readouterr().out.splitlines()] == [
        "2 berichten gelezen, 1 van een ad", "0 berichten gelezen, 0 van een ad",
    ]  # fmt: skip
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(report("x" * 43))))
    assert take_back(jo, Path("-"), monkeypatch) == 0
    assert take_back(jo, tmp_path / "is er niet", monkeypatch) == 1
    assert "Noem een bestand, een Maildir" in capsys.readouterr().err


def test_mail_leaves_with_the_address_where_it_is_to_come_back(
    jo: Post, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGIOMONITOR_POST_TERUG", "terug@voorbeeld.nl")
    jo.publish(NIEUW)
    assert main(["mail", "--verstuur", "--warehouse", str(jo.warehouse)]) == 0
    assert bus.van[-1] == "terug@voorbeeld.nl"
    assert bus.gekregen[0]["From"].addresses[0].addr_spec == "monitor@voorbeeld.nl"
    monkeypatch.setenv("REGIOMONITOR_POST_TERUG", "geen adres")
    assert main(["mail", "--verstuur", "--warehouse", str(jo.warehouse)]) == 1
