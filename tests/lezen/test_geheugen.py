"""What is remembered: made once however many ask, kept as long as there is room, and let go after that."""

from __future__ import annotations

import shutil
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.lezen import data
from app.lezen.geheugen import asked_about, let_go, remember, remember_once


class Antwoord:
    """Something that can be seen to be let go."""


def test_fifty_who_ask_at_once_wait_for_one_answer() -> None:
    gemaakt = []
    samen = threading.Barrier(50)
    bezig, verder = threading.Event(), threading.Event()

    @remember_once(2)
    def make(naam: str) -> Antwoord:
        gemaakt.append(naam)
        bezig.set()
        verder.wait(5)
        return Antwoord()

    def ask(_: int) -> Antwoord:
        samen.wait(5)
        return make("publicatie")

    with ThreadPoolExecutor(50) as lezers:
        antwoorden = [lezers.submit(ask, nummer) for nummer in range(50)]
        assert bezig.wait(5)
        verder.set()
        assert len({antwoord.result() for antwoord in antwoorden}) == 1
    assert gemaakt == ["publicatie"]


def test_a_slow_answer_keeps_nobody_from_another() -> None:
    bezig, verder = threading.Event(), threading.Event()

    @remember_once(2)
    def make(naam: str) -> str:
        if naam == "traag":
            bezig.set()
            assert verder.wait(5)
        return naam

    with ThreadPoolExecutor(1) as lezer:
        traag = lezer.submit(make, "traag")
        assert bezig.wait(5)
        assert make("snel") == "snel"
        verder.set()
        assert traag.result() == "traag"


def test_what_failed_is_asked_again() -> None:
    pogingen = []

    @remember_once(2)
    def make(naam: str) -> str:
        pogingen.append(naam)
        if len(pogingen) == 1:
            raise OSError("even niet")
        return naam

    with pytest.raises(OSError, match="even niet"):
        make("a")
    assert make("a") == make("a") == "a"
    assert pogingen == ["a", "a"]


def test_the_answer_asked_longest_ago_is_let_go() -> None:
    @remember_once(2)
    def make(naam: str) -> Antwoord:
        return Antwoord()

    een, twee = weakref.ref(make("een")), weakref.ref(make("twee"))
    make("een")
    make("drie")
    assert een() is not None
    assert twee() is None


@pytest.mark.parametrize("onthoud", [remember, remember_once])
def test_what_was_remembered_of_a_publication_goes_with_it_and_of_another_stays(onthoud) -> None:
    @onthoud(9)
    def make(merk: str, vraag: int) -> Antwoord:
        return Antwoord()

    oud, nieuw = [[weakref.ref(make(merk, vraag)) for vraag in range(3)] for merk in ("oud", "nieuw")]
    let_go("oud")
    assert [antwoord() for antwoord in oud] == [None] * 3
    assert all(make("nieuw", vraag) is antwoord() for vraag, antwoord in enumerate(nieuw))


def test_of_publications_that_somebody_looks_back_at_only_the_last_few_are_remembered() -> None:
    @remember(9)
    def make(merk: int) -> Antwoord:
        return Antwoord()

    antwoorden = [weakref.ref(make(merk)) for merk in range(6)]
    assert [antwoord() is None for antwoord in antwoorden] == [True, True, False, False, False, False]


def test_who_looks_back_through_old_publications_does_not_take_that_of_now_from_the_others() -> None:
    gemaakt = []

    @remember(9)
    def make(merk: int) -> None:
        gemaakt.append(merk)

    for merk in (0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0):
        make(merk)
    assert gemaakt == [0, 1, 2, 3, 4, 5]


def test_what_was_asked_of_a_publication_can_be_asked_of_the_next_one_the_last_questions_alone() -> None:
    gemaakt = []

    @remember(2)
    def make(merk: str, regio: str, *, is_echt: bool = True) -> None:
        gemaakt.append((merk, regio, is_echt))

    for regio in ("RA01", "RA02", "RA02", "RA03"):
        make("oud", regio, is_echt=False)
    make("ander", "RA09")
    vragen = asked_about("oud")
    gemaakt.clear()
    for vraag in vragen:
        vraag("nieuw")
    assert gemaakt == [("nieuw", "RA02", False), ("nieuw", "RA03", False)]
    make("nieuw", "RA03", is_echt=False)
    assert len(gemaakt) == 2


def test_memory_of_a_replaced_publication_is_freed_but_not_under_a_reader(
    kleine_publicatie: Path, tmp_path: Path
) -> None:
    merken = []
    for naam in ("een", "twee", "drie"):
        pad = tmp_path / naam / data.BESTAND
        pad.parent.mkdir()
        shutil.copy(kleine_publicatie / data.BESTAND, pad)
        merken.append(data.kenmerk(pad))
    oud = weakref.ref(data._open(merken[0]))
    lezer = data._query(merken[0], "select count(*) from indicator")
    for merk in merken[1:]:
        data.publicatie(merk)
    assert oud() is None
    assert lezer.fetchone() is not None
