"""Whatever shows or changes something confidential is in the log, with who did it and without what it says."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from gesprekpublicatie import REGIOS, write_test_bed
from scherm import run, text

from app.commissie.bank.opslag import URL
from app.commissie.model import Inhoud, Onderwerp
from app.commissie.openen import open_opslag
from app.logboek import boek, deur, nagaan
from app.logboek.regel import Afloop, Daad, Logregel
from app.opdrachten.cli import main
from app.raam import loket
from app.rollen.lezer import Lezer
from app.rollen.rechten import read_role

REGIO = REGIOS[0]


@pytest.fixture
def notities(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A warehouse with a note, whose log is in it."""
    for schakelaar in (URL, deur.SCHAKELAAR):
        monkeypatch.delenv(schakelaar, raising=False)
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path))
    monkeypatch.setenv("REGIOMONITOR_RAW", str(tmp_path / "raw"))
    monkeypatch.setattr("app.logboek.waarover._names", lambda: frozenset({REGIO, "verzuim"}))
    write_test_bed(tmp_path / "publicatie.duckdb", {REGIO: {}})
    onderwerp = Onderwerp("notitie", REGIO, 2023)
    open_opslag(tmp_path).save(onderwerp, Inhoud("Bestuur is verdeeld."), wie="An", rol="commissie", gebaseerd_op=0)
    return tmp_path


def log_in(rol: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.raam.wie.lezer.current", lambda: Lezer("jo@voorbeeld.nl", (read_role(rol),)))


def written(warehouse: Path) -> list[Logregel]:
    regels = [plek.regel for plek in nagaan.read(warehouse / "logboek") if plek.regel][1:]
    return [regel for regel in regels if regel.daad != Daad.PSEUDONIEM_GELOOT]


def test_who_reads_the_notes_is_written_down_once_a_visit(notities: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log_in("commissie", monkeypatch)
    scherm = run("voortgangsgesprek", regio=REGIO, gespreksjaar="2023", onderdeel="afspraken")
    assert "Bestuur is verdeeld." in text(scherm)
    scherm.run()
    (regel,) = written(notities)
    assert (regel.daad, regel.waarover, regel.rol) == (Daad.NOTITIES_GELEZEN, REGIO, "commissie")
    assert "voorbeeld.nl" not in str(regel)


def test_who_may_not_read_them_reads_nothing(notities: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log_in("beheer", monkeypatch)
    run("voortgangsgesprek", regio=REGIO, gespreksjaar="2023", onderdeel="afspraken")
    assert written(notities) == []


def test_without_a_log_no_note_is_shown_or_saved(notities: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log_in("commissie", monkeypatch)
    (notities / "vol").write_text("")
    monkeypatch.setenv(deur.SCHAKELAAR, str(notities / "vol"))
    gezien = text(run("voortgangsgesprek", regio=REGIO, gespreksjaar="2023", onderdeel="afspraken"))
    assert "Het logboek is niet te schrijven" in gezien
    assert "Bestuur is verdeeld." not in gezien


def test_a_note_that_is_saved_is_in_the_log_without_its_text(notities: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log_in("commissie", monkeypatch)
    scherm = run("voortgangsgesprek", regio=REGIO, gespreksjaar="2023", onderdeel="afspraken")
    veld = next(v for v in scherm.text_area if "Bestuur" not in str(v.value))
    veld.set_value("Geheim besluit")
    next(k for k in scherm.button if k.key and k.key.startswith(f"knop_{veld.key.removeprefix('tekst_')}")).click()
    scherm.run()
    daden = [(r.daad, r.uitkomst) for r in written(notities)]
    assert (Daad.NOTITIE_GESCHREVEN, Afloop.BEGONNEN) in daden
    assert b"Geheim" not in b"".join(pad.read_bytes() for pad in boek.months(notities / "logboek"))


@pytest.mark.parametrize(
    ("wat", "daad"),
    [("check", Daad.LEVERING_GEKEURD), ("proef", Daad.LEVERING_BEPROEFD), ("accept", Daad.LEVERING_BEWAARD)],
)
def test_what_a_supplier_asks_is_written_down_with_how_it_ended(
    notities: Path, monkeypatch: pytest.MonkeyPatch, wat: str, daad: Daad
) -> None:
    log_in("leverancier:verzuim", monkeypatch)
    monkeypatch.setenv(loket.SCHAKELAAR, "ja")
    antwoorden = iter([{"plek": "x"}, {"meldingen": [{"tekst": "fout"}]}])
    monkeypatch.setattr(loket, "_run", lambda _vraag, _meld: next(antwoorden))
    for _ in range(2):
        loket.ask(wat, ("geheim rapport.csv", b"1"), bron="verzuim", periode="2023")
    regels = written(notities)
    assert [(r.daad, r.waarover) for r in regels] == [(daad, "verzuim 2023")] * 4
    assert [r.uitkomst for r in regels][1::2] == [Afloop.GELUKT, Afloop.GEWEIGERD]


def test_without_a_log_nothing_is_filed(notities: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log_in("leverancier:verzuim", monkeypatch)
    monkeypatch.setenv(loket.SCHAKELAAR, "ja")
    monkeypatch.setenv(deur.SCHAKELAAR, str(notities / "publicatie.duckdb"))
    monkeypatch.setattr(loket, "_run", lambda _vraag, _meld: pytest.fail("toch gevraagd"))
    (melding,) = loket.ask("accept", ("x.csv", b"1"), bron="verzuim", periode="2023")["meldingen"]
    assert "Het logboek is niet te schrijven" in melding["tekst"]


def test_the_commands_are_in_it_and_the_log_goes_along_and_is_checked(
    notities: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plek = ["--warehouse", str(notities)]
    assert main(["backup", "-o", str(tmp_path / "kopie.zip"), *plek]) == 0
    assert main(["committee", "export", str(tmp_path / "alles.csv"), *plek]) == 0
    assert main(["report", REGIO, "--notities", "-o", str(tmp_path / "d.pdf"), *plek]) == 0
    assert main(["logboek", "--controleer", *plek]) == 0
    assert "Het logboek is heel, tot en met regel 7." in capsys.readouterr().out
    assert main(["logboek", "--anker", *plek]) == 0
    anker = capsys.readouterr().out.strip()
    for soort in ("csv", "json"):
        assert main(["logboek", "-o", str(tmp_path / f"log.{soort}"), "--van", "2020-01-01", *plek]) == 0
    assert main(["logboek", "-o", str(tmp_path / "log.csv"), *plek]) == 1
    with (tmp_path / "log.csv").open(encoding="utf-8-sig") as stroom:
        rijen = list(csv.DictReader(stroom, delimiter=";"))
    assert [rij["daad"] for rij in rijen[2::2]] == [
        Daad.KOPIE_GEMAAKT, Daad.NOTITIES_UITGEVOERD, Daad.NOTITIES_UITGEVOERD
    ]  # fmt: skip
    assert rijen[1]["naam"]
    assert len(json.loads((tmp_path / "log.json").read_text())) == len(rijen) + 1
    assert main(["logboek", "--van", "2999-01-01", *plek]) == 0
    assert main(["logboek", "--controleer", "--anker", anker, *plek]) == 0
    (pad,) = boek.months(notities / "logboek")
    pad.write_bytes(b"".join(pad.read_bytes().splitlines(keepends=True)[:3]))
    capsys.readouterr()
    assert main(["logboek", "--controleer", "--anker", anker, *plek]) == 1
    assert "Logregel 7 is weg, die het anker kent" in capsys.readouterr().err
    assert main(["logboek", "--anker", "onzin", "--controleer", *plek]) == 1
