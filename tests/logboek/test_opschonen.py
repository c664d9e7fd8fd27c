"""Whole months of the log go when their time is over, and nothing else goes in their name."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.logboek import boek, nagaan, namen, opschonen
from app.logboek.boek import Gebeurtenis, Kop, append
from app.logboek.regel import Daad, read_line

BEHEER = Gebeurtenis("", "beheer", Daad.LOGBOEK_OPGESCHOOND)


def clock(maand: int, jaar: int = 2026) -> Callable[[], datetime]:
    return lambda: datetime(jaar, maand, 1, tzinfo=UTC)


@pytest.fixture
def map_(tmp_path: Path) -> Path:
    """A log of January, February and April, with three lines of somebody each."""
    tmp_path.chmod(0o700)
    for maand in (1, 2, 4):
        for _ in range(3):
            append(tmp_path, Gebeurtenis("", "commissie", Daad.NOTITIES_GELEZEN), clock(maand))
    assert nagaan.faults(tmp_path) == []
    return tmp_path


def stems(map_: Path) -> list[str]:
    return [pad.stem for pad in boek.months(map_)]


def test_months_that_are_over_go_and_the_chain_says_where_it_begins_and_why(map_: Path) -> None:
    # A clock that was put back: this line of March stands in April's file.
    append(map_, BEHEER, clock(3))
    assert nagaan.examine(map_).begin == "Het logboek begint met nummer 1: zo is het begonnen."
    assert [pad.stem for pad in opschonen.forget_months(map_, 1, BEHEER, clock(5))] == ["2026-01", "2026-02"]
    uitslag = nagaan.examine(map_)
    assert uitslag.fouten == []
    assert uitslag.begin.startswith(
        "Het logboek begint met nummer 9: wat ouder was dan 1 maand, is opgeschoond op 2026-05-01"
    )
    assert opschonen.forget_months(map_, 1, BEHEER, clock(5)) == []
    (map_ / "2026-04.jsonl").unlink()
    assert "Het begin is weg" in "\n".join(nagaan.faults(map_))


def test_an_anchor_of_before_is_no_alarm_and_that_of_the_begin_is_checked(map_: Path) -> None:
    regels = [plek.regel for plek in nagaan.read(map_) if plek.regel]
    opschonen.forget_months(map_, 1, BEHEER, clock(5))
    oud, grens = (Kop(regel.nummer, regel.som) for regel in (regels[2], regels[7]))
    uitslag = nagaan.examine(map_, oud)
    assert uitslag.fouten == []
    assert "Het anker is van regel 3, die is opgeschoond" in uitslag.opmerkingen[0]
    assert nagaan.faults(map_, grens) == []
    assert nagaan.faults(map_, replace(grens, som=oud.som)) == ["Logregel 8 is een andere dan die het anker kent."]


def test_lines_of_a_month_that_stays_do_not_go_in_the_name_of_retention(map_: Path) -> None:
    pad = boek.months(map_)[-1]
    regels = pad.read_bytes().splitlines(keepends=True)
    weg = read_line(regels[1][:-1])
    assert weg
    grens = opschonen.Grens(Kop(weg.nummer, weg.som), 1)
    append(map_, replace(BEHEER, waarover=str(grens)), clock(5, 2036))
    for maand in boek.months(map_)[:2]:
        maand.unlink()
    pad.write_bytes(b"".join(pad.read_bytes().splitlines(keepends=True)[2:]))
    assert "Het begin is weg: het logboek begint met nummer 11" in "\n".join(nagaan.faults(map_))


@pytest.mark.parametrize(("maanden", "jaar"), [(60, 2026), (2, 2026), (1, 2036)])
def test_months_within_their_term_do_not_go_in_the_name_of_retention(map_: Path, maanden: int, jaar: int) -> None:
    blijft = read_line(boek.months(map_)[-1].read_bytes().splitlines()[0])
    assert blijft
    grens = opschonen.Grens(Kop(blijft.nummer - 1, blijft.vorige), maanden)
    append(map_, replace(BEHEER, waarover=str(grens)), clock(4, jaar))
    for pad in boek.months(map_)[:2]:
        pad.unlink()
    fouten = "\n".join(nagaan.examine(map_, nu=clock(5)).fouten)
    # A clock that was put on for it stays to be seen.
    assert ("Het begin is weg" if jaar == 2026 else "van een maand die nog moet komen") in fouten


def test_a_file_under_another_name_is_found_and_not_removed(map_: Path) -> None:
    (map_ / "2026-01.jsonl").rename(map_ / "1999-01.jsonl")
    (map_ / "2026-02.jsonl").rename(map_ / "1999-02.jsonl")
    assert "1999-01.jsonl, regel 1: deze regel is van 2026-01" in nagaan.faults(map_)[0]
    assert opschonen.forget_months(map_, 60, BEHEER, clock(5)) == []
    assert stems(map_) == ["1999-01", "1999-02", "2026-04"]


def test_files_that_were_put_together_or_cut_in_two_are_found(map_: Path) -> None:
    een, twee, _ = boek.months(map_)
    regels = een.read_bytes() + twee.read_bytes()
    twee.unlink()
    een.write_bytes(regels)
    assert "hier begint een bestand waar geen maand begint" in "\n".join(nagaan.faults(map_))
    delen = regels.splitlines(keepends=True)
    een.write_bytes(b"".join(delen[:2]))
    twee.write_bytes(b"".join(delen[2:]))
    assert "hier begint een bestand waar geen maand begint" in "\n".join(nagaan.faults(map_))


def test_retention_that_was_cut_off_is_no_alarm_and_is_finished(map_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weghalen, geteld = Path.unlink, []

    def _unlink(pad: Path, missing_ok: bool = False) -> None:
        if pad.suffix == ".jsonl":
            geteld.append(pad)
            if len(geteld) == 2:
                raise KeyboardInterrupt
        weghalen(pad, missing_ok=missing_ok)

    with monkeypatch.context() as kapot:
        kapot.setattr(Path, "unlink", _unlink)
        with pytest.raises(KeyboardInterrupt):
            opschonen.forget_months(map_, 1, BEHEER, clock(5))
    assert stems(map_) == ["2026-02", "2026-04", "2026-05"]
    assert nagaan.faults(map_) == []
    assert "Het opschonen is niet af" in nagaan.examine(map_).begin
    opschonen.forget_months(map_, 1, BEHEER, clock(5))
    assert stems(map_) == ["2026-04", "2026-05"]
    assert nagaan.faults(map_) == []


@pytest.mark.parametrize("rest", [b"\n", b"\n\n", b"onzin\n"])
def test_what_stands_after_the_last_line_of_an_expired_month_does_not_keep_it(map_: Path, rest: bytes) -> None:
    with (map_ / "2026-02.jsonl").open("ab") as stroom:
        stroom.write(rest)
    assert len(opschonen.forget_months(map_, 1, BEHEER, clock(5))) == 2
    assert nagaan.faults(map_) == []


def test_who_is_in_what_stays_keeps_a_name_and_who_is_not_has_none_any_more(tmp_path: Path) -> None:
    for maand, wie in ((1, "blijft"), (1, "gaat"), (4, "blijft"), (4, "nieuw")):
        pseudoniem = namen.pseudonym_of(tmp_path, wie, clock(maand))
        append(tmp_path, Gebeurtenis(pseudoniem, "commissie", Daad.NOTITIES_GELEZEN), clock(maand))
    beheer = replace(BEHEER, wie=namen.pseudonym_of(tmp_path, "beheer", clock(4)))
    assert opschonen.forget_months(tmp_path, 1, beheer, clock(5))
    assert {*namen.load_names(tmp_path).values()} == {"blijft", "nieuw", "beheer"}
    assert nagaan.faults(tmp_path) == []
    tabel = json.loads((tmp_path / namen.NAMEN).read_text())
    (tmp_path / namen.NAMEN).write_text(json.dumps(tabel).replace("blijft", "ander"))
    assert "is een andere dan bij het loten" in nagaan.faults(tmp_path)[0]
