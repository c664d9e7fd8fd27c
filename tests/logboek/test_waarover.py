"""In a line that nobody can take back stand codes that exist, and no text of anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.logboek import deur, nagaan
from app.logboek.deur import SCHAKELAAR, Wie, record, recorded
from app.logboek.regel import Daad, Logregel
from app.logboek.waarover import ONBEKEND, Bekend, as_codes, delivery
from app.opdrachten.cli import main
from app.raam import loket

ID = "20240601T120000Z-bbbbbbbb"


@pytest.fixture
def wh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(SCHAKELAAR)
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path))
    monkeypatch.setenv("REGIOMONITOR_RAW", str(tmp_path / "raw"))
    (tmp_path / "publicaties").mkdir()
    (tmp_path / "publicaties" / f"{ID}.duckdb").touch()
    return tmp_path


def written(wh: Path) -> list[Logregel]:
    return [plek.regel for plek in nagaan.read(deur.folder(wh)) if plek.regel]


@pytest.mark.parametrize(
    "waarover",
    ["", "RA0101", "RA0101 2023", "RA0101,WGO01,NL01", "alle gebieden", "verzuim 2023KW01", "verzuim 2020/21", ID,
     "score RA0101 2023", "2026-11-01 nu",
     f"{ID} 2026-12-31T05:00:00+00:00", "voor_herstel 20200101T000000"],
)  # fmt: skip
def test_what_exists_is_named(wh: Path, waarover: str) -> None:
    assert as_codes(wh, waarover) == waarover


@pytest.mark.parametrize(
    "waarover",
    ["Jo Zwaluwstaart is overspannen", "jo@x.nl", "123456789", "2023 wachtwoord", "RA9999", "verzuim Geheim", "/jo",
     "verzuim/jo-2022-09-15", "jo/2021-2022-09-15", "20240601T120000Z-jo", "../geheim", ".", "2023\n2024", "２０２３",
     "RA0101;2023", " ".join(["2023"] * 100), "20249901T120000", "verzuim/2021-2022-09-15-123456789"],
)  # fmt: skip
def test_what_does_not_exist_is_unknown_and_nothing_else(wh: Path, waarover: str) -> None:
    record(wh, Wie("jo", "commissie"), Daad.GEWEIGERD, waarover)
    assert written(wh)[-1].waarover == ONBEKEND


def test_the_address_of_a_page_is_named_by_who_knows_that_there_is_one(wh: Path) -> None:
    record(wh, Wie("jo", "commissie"), Daad.GEWEIGERD, Bekend("/kaart"))
    assert written(wh)[-1].waarover == "/kaart"


def test_a_delivery_is_named_where_there_is_one(wh: Path) -> None:
    (wh / "verzuim" / "voorbeeld-2021").mkdir(parents=True)
    (wh / "verzuim" / "jo is ziek").mkdir()
    assert as_codes(wh, delivery(wh, "verzuim/voorbeeld-2021")) == "verzuim/voorbeeld-2021"
    for geen in ("verzuim/jo-is-ziek", "verzuim/jo is ziek", "verzuim/..", "verzuim/../verzuim", f"{wh}/verzuim"):
        assert as_codes(wh, delivery(wh, geen)) == ONBEKEND


def test_what_is_thrown_away_has_its_name_at_the_end_as_well(wh: Path) -> None:
    with recorded(wh, Wie("jo", "beheer"), Daad.PUBLICATIE_INGETROKKEN, ID):
        (wh / "publicaties" / f"{ID}.duckdb").unlink()
    assert [regel.waarover for regel in written(wh)[-2:]] == [ID, ID]


@pytest.mark.parametrize(
    "opdracht",
    [
        ["withdraw", "Jo is overspannen", "--reden", "x"],
        ["accept", "weg.csv", "--bron", "Jo is overspannen", "--periode", "Jo is overspannen"],
        ["accept", "weg.csv", "--bron", "verzuim", "--periode", "Jo is overspannen"],
        ["publications", "--intrekken", "Jo is overspannen", "--reden", "x"],
        ["publications", "--herschrijven", "Jo is overspannen"],
    ],
)
def test_what_is_typed_in_a_command_does_not_come_in_the_log(wh: Path, opdracht: list[str]) -> None:
    assert main(opdracht)
    assert b"overspannen" not in b"".join(pad.read_bytes() for pad in deur.folder(wh).glob("*"))


def test_what_a_supplier_types_does_not_come_in_the_log(wh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(loket.SCHAKELAAR, "ja")
    monkeypatch.setattr(loket, "_run", lambda _vraag, _meld: {})
    loket.ask("accept", ("x.csv", b"1"), bron="verzuim", periode="Jo is overspannen")
    assert {regel.waarover for regel in written(wh)[1:]} == {ONBEKEND}


def test_who_looks_by_another_way_or_only_tries_is_in_the_log(wh: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plek = ["--warehouse", str(wh)]
    assert main(["committee", "migrate", *plek]) == 0
    assert main(["forget", "Jo Zwaluwstaart", "--proef", *plek]) == 0
    (wh / "omweg").symlink_to(deur.folder(wh))
    assert main(["logboek", "--map", str(wh / "omweg"), *plek]) == 0
    (wh / "voor_herstel" / "20200101T000000000000").mkdir(parents=True)
    (wh / "commissie-0001.sqlite").touch()
    assert main(["retention", *plek]) == 0
    daden = [(regel.daad, regel.waarover) for regel in written(wh) if regel.daad != Daad.PSEUDONIEM_GELOOT]
    assert daden == [
        (Daad.LOGBOEK_BEGONNEN, ""), *[(Daad.DATABASE_VERNIEUWD, "")] * 2, (Daad.PERSOON_GEZOCHT, ""),
        (Daad.LOGBOEK_GELEZEN, "begin nu"), *[(Daad.OPGERUIMD, "voor_herstel 20200101T000000")] * 2,
    ]  # fmt: skip
    assert nagaan.faults(deur.folder(wh)) == []
    assert "Zwaluwstaart" not in str(written(wh))
