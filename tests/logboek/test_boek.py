"""The log: nothing in it can be altered unnoticed, and it goes on after a process was killed."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lang import LANG
from schijf import small_disk

from app.logboek import boek, deur, nagaan, namen
from app.logboek.deur import SCHAKELAAR, LogboekError, Wie, record, recorded
from app.logboek.regel import Afloop, Daad, read_line
from pipelines.afspraken.meldingen import AfgekeurdError, Melding

AN, BO = Wie("an@voorbeeld.nl", "commissie"), Wie("bo@voorbeeld.nl", "beheer")
WORTEL = Path(__file__).parents[2]


@pytest.fixture
def map_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(SCHAKELAAR)
    return tmp_path / "logboek"


@pytest.fixture
def vijf(map_: Path) -> Path:
    """A log of eight lines: that it began, which two people are in it, and five of those."""
    for nummer in range(5):
        record(map_.parent, AN if nummer % 2 else BO, Daad.NOTITIES_GELEZEN, f"RA0101 {2020 + nummer}")
    assert nagaan.faults(map_) == []
    return map_


def lines(map_: Path) -> list[bytes]:
    (pad,) = boek.months(map_)
    return pad.read_bytes().splitlines(keepends=True)


def put(map_: Path, regels: list[bytes]) -> None:
    (pad,) = boek.months(map_)
    pad.write_bytes(b"".join(regels))


def _alter(regels: list[bytes]) -> list[bytes]:
    return [*regels[:2], regels[2].replace(b"RA0101", b"RA0102"), *regels[3:]]


def _alter_with_sum(regels: list[bytes]) -> list[bytes]:
    regel = read_line(regels[2][:-1].replace(b"RA0101", b"RA0102"))
    assert regel
    velden = json.loads(regels[2]) | {"waarover": regel.waarover, "som": regel.sum()}
    return [*regels[:2], (json.dumps(velden, separators=(",", ":")) + "\n").encode(), *regels[3:]]


@pytest.mark.parametrize(
    ("doe", "melding"),
    [
        (_alter, "regel 3 (nummer 3): deze regel is veranderd"),
        (_alter_with_sum, "regel 4: nummer 4 volgt niet op nummer 3"),
        (lambda r: [*r[:2], *r[3:]], "regel 3: nummer 4 volgt niet op nummer 2"),
        (lambda r: [*r[:3], r[2], *r[3:]], "regel 4: nummer 3 volgt niet op nummer 3"),
        (lambda r: [*r[:2], r[3], r[2], *r[4:]], "regel 3: nummer 4 volgt niet op nummer 2"),
        (lambda r: r[:-1], "Logregel 8 is weg, die kop.json kent: het einde"),
        (lambda r: r[1:], "Het begin is weg: het logboek begint met nummer 2"),
        (lambda r: [], "Logregel 8 is weg"),
        (lambda r: [*r[:3], b"\n", *r[3:]], "regel 4: dit is geen hele regel"),
        (lambda r: [*r[:3], r[3].replace(b'"nummer":4', b'"nummer": 4'), *r[4:]], "regel 4: dit is geen hele regel"),
        (lambda r: [*r[:3], r[3].replace(b'"nummer":4', b'"nummer":true'), *r[4:]], "geen hele regel"),
        (lambda r: [*r[:-1], r[-1][:-9]], "Logregel 8 is weg"),
    ],
)
def test_whatever_is_changed_is_found_also_after_the_log_went_on(
    vijf: Path, doe: Callable[[list[bytes]], list[bytes]], melding: str
) -> None:
    put(vijf, doe(lines(vijf)))
    assert melding in "\n".join(nagaan.faults(vijf))
    record(vijf.parent, AN, Daad.NOTITIES_GELEZEN)
    assert nagaan.faults(vijf)


def test_a_head_that_is_taken_away_is_missed_now_and_later(vijf: Path) -> None:
    (vijf / boek.KOP).unlink()
    assert "kop.json ontbreekt" in nagaan.faults(vijf)[0]
    record(vijf.parent, AN, Daad.NOTITIES_GELEZEN)
    assert [fout for fout in nagaan.faults(vijf) if "kop.json was weg" in fout]


def test_a_head_that_stayed_behind_is_missed_now_and_later_and_the_chain_goes_on(vijf: Path) -> None:
    for kop in (read_line(lines(vijf)[4][:-1]), None):
        (vijf / boek.KOP).write_text(json.dumps({"nummer": kop.nummer if kop else 0, "som": kop.som if kop else ""}))
        assert "kop.json loopt achter" in nagaan.faults(vijf)[-1]
        record(vijf.parent, AN, Daad.NOTITIES_GELEZEN)
        assert "kop.json was weg of liep achter" in nagaan.faults(vijf)[-1]
    assert len(nagaan.faults(vijf)) == 2


def test_a_head_that_knows_nothing_beside_lines_does_not_hide_that_the_end_is_cut_off(vijf: Path) -> None:
    put(vijf, lines(vijf)[:3])
    (vijf / boek.KOP).write_text('{"nummer":0,"som":""}')
    assert "kop.json loopt achter" in nagaan.faults(vijf)[0]


@pytest.mark.parametrize("kop", ["[" * 100_000, "[]", '{"nummer":true,"som":""}', "\udc00"])
def test_a_head_that_is_none_is_as_good_as_gone(vijf: Path, kop: str) -> None:
    (vijf / boek.KOP).write_bytes(kop.encode("utf-8", "surrogatepass"))
    assert "kop.json ontbreekt" in nagaan.faults(vijf)[0]
    record(vijf.parent, AN, Daad.NOTITIES_GELEZEN)


def test_who_holds_the_log_and_stands_still_does_not_hold_up_the_others(
    vijf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boek, "WACHTTIJD", 0.05)
    with boek.locked(vijf):
        with pytest.raises(LogboekError, match="niet te schrijven"):
            record(vijf.parent, AN, Daad.NOTITIES_GELEZEN)
        # Who checks needs nobody.
        assert nagaan.faults(vijf) == []
    record(vijf.parent, AN, Daad.NOTITIES_GELEZEN)


def test_what_is_written_during_a_check_is_no_fault(vijf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lezen = nagaan.read

    def _read(map_: Path) -> Iterator[nagaan.Plek]:
        for nummer, plek in enumerate(lezen(map_)):
            if nummer == 2:
                for wie in ("nieuw", "ander"):
                    record(map_.parent, Wie(wie, "commissie"), Daad.NOTITIES_GELEZEN)
                (pad,) = boek.months(map_)
                with pad.open("ab") as stroom:
                    stroom.write(b'{"nummer":')
            yield plek

    monkeypatch.setattr(nagaan, "read", _read)
    uitslag = nagaan.examine(vijf)
    assert uitslag.fouten == []
    assert "nog niet af" in uitslag.opmerkingen[0]


def test_an_anchor_kept_elsewhere_finds_a_log_that_was_written_anew_with_its_head(vijf: Path) -> None:
    anker = boek.head(vijf)
    assert anker
    assert nagaan.read_anchor(f" {anker}\n") == anker
    assert nagaan.faults(vijf, anker) == []
    for pad in vijf.iterdir():
        pad.unlink()
    for _ in range(2):
        record(vijf.parent, BO, Daad.NOTITIES_GELEZEN)
    assert nagaan.faults(vijf) == []
    assert "Logregel 8 is weg, die het anker kent" in nagaan.faults(vijf, anker)[0]
    for _ in range(5):
        record(vijf.parent, BO, Daad.NOTITIES_GELEZEN)
    assert nagaan.faults(vijf, anker) == ["Logregel 8 is een andere dan die het anker kent."]


def test_half_a_line_of_a_killed_process_is_put_aside_and_the_chain_goes_on(vijf: Path) -> None:
    (pad,) = boek.months(vijf)
    with pad.open("ab") as stroom:
        stroom.write(b'{"nummer":9,"op":"2026')
    record(vijf.parent, AN, Daad.NOTITIES_GELEZEN)
    (half,) = boek.set_aside(vijf)
    assert half.read_bytes() == b'{"nummer":9,"op":"2026'
    assert nagaan.faults(vijf) == []
    assert json.loads(lines(vijf)[8])["daad"] == Daad.HALVE_REGEL


def test_a_line_that_the_head_was_not_told_of_is_kept(vijf: Path) -> None:
    oud = (vijf / boek.KOP).read_bytes()
    record(vijf.parent, AN, Daad.NOTITIES_GELEZEN)
    (vijf / boek.KOP).write_bytes(oud)
    record(vijf.parent, AN, Daad.NOTITIES_GELEZEN)
    assert nagaan.faults(vijf) == []
    assert len(lines(vijf)) == 10
    assert not any(plek.regel and plek.regel.daad == Daad.KOP_WEG for plek in nagaan.read(vijf))


def test_the_log_is_for_its_owner_alone_and_knows_nobody_by_name(vijf: Path) -> None:
    assert b"an@voorbeeld.nl" not in b"".join(lines(vijf))
    assert all(pad.stat().st_mode & 0o077 == 0 for pad in [vijf, *vijf.iterdir()])


def test_what_is_begun_says_how_it_ended(map_: Path) -> None:
    with recorded(map_.parent, AN, Daad.LEVERING_BEWAARD, "verzuim"):
        pass
    for fout in (AfgekeurdError([Melding("x", "y")]), RuntimeError(), KeyboardInterrupt()):
        with pytest.raises(type(fout)), recorded(map_.parent, AN, Daad.LEVERING_BEWAARD, "verzuim"):
            raise fout
    uitkomsten = [p.regel.uitkomst for p in nagaan.read(map_) if p.regel and p.regel.daad == Daad.LEVERING_BEWAARD]
    einden = uitkomsten[1::2]
    assert einden == [Afloop.GELUKT, Afloop.GEWEIGERD, Afloop.MISLUKT, Afloop.MISLUKT]


def test_what_cannot_be_written_down_does_not_happen(vijf: Path) -> None:
    gedaan = []
    schrijft_op = recorded(vijf.parent, AN, Daad.NOTITIE_GESCHREVEN)
    with small_disk(100), pytest.raises(LogboekError, match="niet te schrijven"), schrijft_op:
        gedaan.append(1)
    assert gedaan == []
    record(vijf.parent, AN, Daad.NOTITIES_GELEZEN)
    assert nagaan.faults(vijf) == []


_SCHRIJVER = """
import sys
from pathlib import Path
from app.logboek.deur import Wie, record
from app.logboek.regel import Daad
print("begonnen", flush=True)
for nummer in range(int(sys.argv[2])):
    record(Path(sys.argv[1]), Wie(f"wie{nummer % 7}", "commissie"), Daad.NOTITIES_GELEZEN, f"RA0101 {nummer}")
    print(nummer, flush=True)
"""


def _write_elsewhere(map_: Path, aantal: int) -> subprocess.Popen[str]:
    opdracht = [sys.executable, "-c", _SCHRIJVER, str(map_.parent), str(aantal)]
    return subprocess.Popen(opdracht, cwd=WORTEL, stdout=subprocess.PIPE, text=True)


def test_processes_that_write_at_once_make_one_chain(map_: Path) -> None:
    processen = [_write_elsewhere(map_, 15) for _ in range(3)]
    assert [proces.communicate()[0].count("\n") for proces in processen] == [16] * 3
    assert nagaan.faults(map_) == []
    # Seven people, each with one pseudonym, whoever wrote of them first.
    assert len(lines(map_)) == 1 + 7 + 45
    assert len(namen.load_names(map_)) == 7


@pytest.mark.lang
def test_killed_at_any_moment_what_was_said_to_be_written_is_there(map_: Path) -> None:
    loten = random.Random(15)
    gemeld = 0
    for _ in range(200 if LANG else 2):
        proces = _write_elsewhere(map_, 1000)
        assert proces.stdout
        for _ in range(loten.randrange(1, 12)):
            gemeld += proces.stdout.readline().strip().isdecimal()
        os.kill(proces.pid, signal.SIGKILL)
        gemeld += sum(regel.strip().isdecimal() for regel in proces.stdout)
        proces.wait()
        record(map_.parent, BO, Daad.LOGBOEK_GELEZEN)
        assert nagaan.faults(map_) == []
    daden = [plek.regel.daad for plek in nagaan.read(map_) if plek.regel]
    assert daden.count(Daad.NOTITIES_GELEZEN) >= gemeld > 0
    assert not list(map_.glob("*.deel"))


def test_the_log_may_be_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SCHAKELAAR, str(tmp_path / "apart"))
    record(tmp_path / "wh", deur.on_command_line(), Daad.KOPIE_GEMAAKT)
    assert boek.months(tmp_path / "apart")
    assert not (tmp_path / "wh").exists()
