"""The command `mail`: what it says and ends with, and that what went is written down whatever happens after."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from gesprekpublicatie import REGIOS, action
from postbed import NIEUW, Bus, Post

from app.logboek import boek, deur
from app.opdrachten.cli import main
from app.post import aanleiding
from app.post import instellingen as post
from app.post.abonnement import Postonderwerp
from app.post.verbinding import Uitslag, Verbinding
from app.rollen.lezer import SCHAKELAAR
from pipelines.afspraken.meldingen import AfgekeurdError

Zegt = pytest.CaptureFixture[str]


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A log of this test alone."""
    monkeypatch.setenv(deur.SCHAKELAAR, str(tmp_path / "log"))
    return tmp_path / "log"


def run(bed: Post, *hoe: str) -> int:
    return main(["mail", *(hoe or ("--verstuur",)), "--warehouse", str(bed.warehouse)])


def sent(log: Path) -> list[tuple[str, str]]:
    """Return the lines of what was sent, each with how it ended."""
    regels = [json.loads(r) for p in boek.months(log) for r in p.read_text(encoding="utf-8").splitlines()]
    return [(r["waarover"], r["uitkomst"]) for r in regels if r["daad"] == "berichten verstuurd"]


def test_where_nothing_goes_it_says_by_which_answer(jo: Post, bus: Bus, capsys: Zegt) -> None:
    jo.publish(NIEUW)
    bus.antwoorden["jo@"] = "554 5.7.1 <jo@voorbeeld.nl>: Relay access denied"
    assert run(jo) == 0
    gezegd = "".join(capsys.readouterr())
    assert "1 later opnieuw" in gezegd
    assert "Er ging niets weg; de mailserver zei: 554 5.7.1." in gezegd
    assert "jo@" not in gezegd


def test_a_server_that_wants_to_see_a_mail_twice_is_no_fault_and_one_that_takes_none_for_hours_is(
    jo: Post, bus: Bus, capsys: Zegt
) -> None:
    jo.publish(NIEUW)
    bus.antwoorden["jo@"] = "451 4.7.1 Greylisted"
    goed = []
    for minuten in (0, 10, 20, 40, 80, 160):
        jo.later(minutes=minuten)
        goed.append(jo.send().is_goed)
    assert goed == [True, True, True, True, True, False]
    # One that goes is enough: the other is tried again.
    jo.later(hours=6)
    jo.ask("an@voorbeeld.nl", wie=jo.reader("an@voorbeeld.nl"))
    assert jo.send().is_goed


def test_a_fault_in_making_a_mail_and_a_damaged_publication_are_said_and_end_with_1(
    jo: Post, bus: Bus, capsys: Zegt, monkeypatch: pytest.MonkeyPatch
) -> None:
    jo.subscribe(bus, "an@voorbeeld.nl")
    jo.publish(NIEUW)
    with monkeypatch.context() as anders:
        from app.post import brief

        maak = brief.make
        anders.setattr("app.post.brief.make", lambda b, aan, *rest: 1 / 0 if "an@" in aan else maak(b, aan, *rest))  # type: ignore[func-returns-value]
        assert run(jo) == 1
    gezegd = capsys.readouterr()
    assert "1 bericht verstuurd, 1 later opnieuw" in gezegd.out
    assert "Een bericht is niet gemaakt: ZeroDivisionError" in gezegd.err
    (jo.warehouse / "publicatie.duckdb").write_bytes(b"stuk")
    assert run(jo) == 1
    assert "De publicatie van nu is beschadigd" in capsys.readouterr().err


def test_what_went_is_in_the_log_also_where_the_run_breaks_off(
    jo: Post, bus: Bus, log: Path, monkeypatch: pytest.MonkeyPatch, capsys: Zegt
) -> None:
    jo.subscribe(bus, "an@voorbeeld.nl")
    jo.publish(NIEUW)
    gedaan, keren = Verbinding.send, []

    def send_then_break(zelf: Verbinding, bericht: object, aan: str) -> Uitslag:
        keren.append(aan)
        if len(keren) == 2:
            raise KeyboardInterrupt
        return gedaan(zelf, bericht, aan)  # type: ignore[arg-type]

    monkeypatch.setattr(Verbinding, "send", send_then_break)
    assert run(jo) == 130
    assert sent(log) == [("verstuurd 1", "mislukt")]
    assert "1 bericht verstuurd" in capsys.readouterr().out


def test_a_log_that_cannot_be_written_does_not_say_that_nothing_went(
    jo: Post, bus: Bus, monkeypatch: pytest.MonkeyPatch, capsys: Zegt
) -> None:
    jo.publish(NIEUW)

    def is_full(*_: object) -> None:
        raise deur.LogboekError("Maak ruimte.")

    monkeypatch.setattr("app.logboek.deur.record", is_full)
    assert run(jo) == 1
    gezegd = capsys.readouterr()
    assert "1 bericht verstuurd" in gezegd.out
    assert "de berichten zijn wel weg. Maak ruimte." in gezegd.err
    assert "publicatie" not in gezegd.err


def test_a_trial_of_a_monitor_without_a_database_makes_none(lege_post: Post, tmp_path: Path, capsys: Zegt) -> None:
    leeg = tmp_path / "leeg"
    leeg.mkdir()
    assert main(["mail", "--proef", "--warehouse", str(leeg)]) == 0
    assert "Geen berichten zouden nu gaan" in capsys.readouterr().out
    assert list(leeg.iterdir()) == []


@pytest.mark.parametrize("hoe", ["--verstuur", "--proef", "--test=jo@voorbeeld.nl", "--test=jo"])
def test_settings_that_are_not_there_are_said_and_nothing_else(
    lege_post: Post, hoe: str, monkeypatch: pytest.MonkeyPatch, capsys: Zegt
) -> None:
    monkeypatch.setenv(SCHAKELAAR, str(lege_post.warehouse / "weg.toml"))
    assert run(lege_post, hoe) == 1
    gezegd = capsys.readouterr().err
    assert ("weg.toml" in gezegd) is (hoe != "--test=jo")
    assert "vorige publicatie" not in gezegd


def test_a_password_that_the_service_may_not_read_is_said_as_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pad = tmp_path / "wachtwoord"
    pad.write_text("x")

    def refuse(*_: object, **__: object) -> str:
        raise PermissionError

    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(AfgekeurdError, match=r"niet te lezen\.\n  .*chown regiomonitor"):
        post._read_password(pad)


def test_signals_are_looked_for_while_others_may_write(
    lege_post: Post, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    lege_post.subscribe(bus, "jo@voorbeeld.nl", Postonderwerp.SIGNAAL, gebied=REGIOS[0])
    lege_post.publish(NIEUW, {REGIOS[0]: {"acties": [action(REGIOS[0], eind=date(2023, 1, 1))]}})
    gezocht, zoek = [], aanleiding._signals

    def find_beside_a_writer(*wat: object) -> object:
        with sqlite3.connect(lege_post.warehouse / "commissie.sqlite", timeout=0) as con:
            con.execute("begin immediate")
        gezocht.append(wat)
        return zoek(*wat)  # type: ignore[arg-type]

    monkeypatch.setattr(aanleiding, "_signals", find_beside_a_writer)
    assert lege_post.send().verstuurd == 1
    assert gezocht
