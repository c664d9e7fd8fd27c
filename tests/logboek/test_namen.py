"""Who is behind a pseudonym is tied to the chain, and can be forgotten without breaking it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.logboek import deur, nagaan, namen
from app.logboek.deur import SCHAKELAAR, LogboekError, Wie, record
from app.logboek.regel import Daad

AN, BO = Wie("an@voorbeeld.nl", "commissie"), Wie("bo@voorbeeld.nl", "beheer")
Tabel = dict[str, Any]


@pytest.fixture
def map_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(SCHAKELAAR)
    for wie in (AN, BO, AN):
        record(tmp_path, wie, Daad.NOTITIES_GELEZEN)
    assert nagaan.faults(tmp_path / "logboek") == []
    return tmp_path / "logboek"


def pseudonym(map_: Path, wie: Wie) -> str:
    (gevonden,) = [p for p, naam in namen.load_names(map_).items() if naam == wie.naam]
    return gevonden


def written(map_: Path) -> bytes:
    return b"".join(pad.read_bytes() for pad in sorted(map_.glob("*.jsonl")))


def _swap(tabel: Tabel) -> Tabel:
    (een, ander) = tabel
    return {een: tabel[ander], ander: tabel[een]}


def _rename(tabel: Tabel) -> Tabel:
    return {p: rij | {"naam": "onschuldig@voorbeeld.nl"} for p, rij in tabel.items()}


@pytest.mark.parametrize(
    ("doe", "melding"),
    [
        (_rename, "is een andere dan bij het loten"),
        (_swap, "is een andere dan bij het loten"),
        (lambda _: {}, "is weg, en geen regel zegt dat zij is vergeten"),
        (lambda t: dict(list(t.items())[1:]), "is weg, en geen regel zegt"),
        (lambda t: t | {"p-0000000000000000": {"naam": "x", "zout": ""}}, "staat niets in de keten"),
        (lambda t: {p: rij["naam"] for p, rij in t.items()}, "namen.json is niet te lezen"),
        (lambda _: [], "namen.json is niet te lezen"),
    ],
)
def test_a_name_that_is_altered_or_gone_is_found(map_: Path, doe: Callable[[Tabel], object], melding: str) -> None:
    pad = map_ / namen.NAMEN
    pad.write_text(json.dumps(doe(json.loads(pad.read_text()))))
    assert melding in "\n".join(nagaan.faults(map_))


def test_a_table_that_is_gone_is_found(map_: Path) -> None:
    (map_ / namen.NAMEN).unlink()
    assert len(nagaan.faults(map_)) == 2


@pytest.mark.parametrize("inhoud", ["[]", '{"a":', "[" * 100_000, '{"p-1": "an"}'])
def test_a_table_that_cannot_be_read_is_not_written_over(map_: Path, inhoud: str) -> None:
    (map_ / namen.NAMEN).write_text(inhoud)
    with pytest.raises(LogboekError):
        record(map_.parent, AN, Daad.NOTITIES_GELEZEN)
    assert (map_ / namen.NAMEN).read_text() == inhoud


def test_a_second_name_for_a_pseudonym_is_found(map_: Path) -> None:
    pseudoniem = pseudonym(map_, AN)
    nieuw = namen.Persoon("onschuldig@voorbeeld.nl", "00")
    namen.bind(map_, pseudoniem, nieuw)
    namen.save(map_, namen.load_persons(map_) | {pseudoniem: nieuw})
    assert "staat hier voor een andere naam dan eerder" in nagaan.faults(map_)[0]


def test_the_chain_does_not_give_a_name_away(map_: Path) -> None:
    zouten = [persoon.zout for persoon in namen.load_persons(map_).values()]
    assert len({*zouten}) == 2
    assert all(len(zout) == 32 and zout.encode() not in written(map_) for zout in zouten)


def test_who_is_forgotten_is_no_longer_to_be_found_and_the_chain_stays_whole(map_: Path) -> None:
    voor, pseudoniem = written(map_), pseudonym(map_, AN)
    zout = namen.load_persons(map_)[pseudoniem].zout
    assert deur.forget(map_, BO, "AN@voorbeeld.nl") == [pseudoniem]
    tabel = (map_ / namen.NAMEN).read_text()
    assert "an@voorbeeld.nl" not in tabel
    assert zout not in tabel
    assert written(map_).startswith(voor)
    (_, regel) = [p.regel for p in nagaan.read(map_)][-2:]
    assert regel
    assert (regel.daad, regel.waarover, regel.wie) == (Daad.NAAM_VERGETEN, pseudoniem, pseudonym(map_, BO))
    record(map_.parent, AN, Daad.NOTITIES_GELEZEN)
    assert nagaan.faults(map_) == []
    assert pseudonym(map_, AN) != pseudoniem


def test_a_forgetting_or_a_drawing_that_was_cut_off_is_done_by_doing_it_again(
    map_: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as kapot:
        kapot.setattr(namen, "save", lambda *_: (_ for _ in ()).throw(OSError()))
        with pytest.raises(LogboekError):
            deur.forget(map_, BO, AN.naam)
        assert "is vergeten en staat er nog; voer forget opnieuw uit" in nagaan.faults(map_)[0]
        with pytest.raises(LogboekError):
            record(map_.parent, Wie("nieuw", "commissie"), Daad.NOTITIES_GELEZEN)
    deur.forget(map_, BO, AN.naam)
    record(map_.parent, Wie("nieuw", "commissie"), Daad.NOTITIES_GELEZEN)
    assert nagaan.faults(map_) == []
