"""A person who is forgotten is nowhere in the committee's database any more, and what was decided still is."""

from __future__ import annotations

import io
import os
import sqlite3
import unicodedata
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from commissiebed import Lid
from commissiebreken import forget as start_anew
from commissiebreken import tamper

from app.commissie.bank.opslag import BESTAND, URL, Opslag
from app.commissie.bank.tabellen import WIJZIGING
from app.commissie.model import Inhoud, Onderwerp
from app.commissie.openen import open_opslag
from app.commissie.vergeten import forget
from app.logboek import deur, nagaan, namen
from app.logboek.deur import Wie, record
from app.logboek.regel import Daad
from app.opdrachten.cli import main
from pipelines.afspraken.warehouse import concept

SCORE, NOTITIE = Onderwerp("score", "RA0205", 2026, "governance/verbreden"), Onderwerp("notitie", "RA0205", 2026)
ANDER = {"wie": "Anders Bo", "rol": "commissie"}


@pytest.fixture
def gevuld(maak) -> tuple[Path, Opslag]:
    opslag = maak()
    map_ = Path(os.environ["REGIOMONITOR_WAREHOUSE"])
    opslag.save(SCORE, Inhoud("Eerste toelichting", 2), gebaseerd_op=0, **Lid)
    opslag.save(SCORE, Inhoud("Besproken met an de vries, niet met Jan de Vriesema", 3), gebaseerd_op=1, **ANDER)
    opslag.save(NOTITIE, Inhoud("Nog iets"), gebaseerd_op=0, wie="AN DE VRIES", rol="commissie")
    with opslag.transaction() as con:
        opslag.set_aside(con, "wijziging_tot_20260101t000000")
        velden = ", ".join(kolom.name for kolom in WIJZIGING.c if kolom.name != "nummer")
        con.exec_driver_sql(
            f"insert into wijziging ({velden}) select {velden} from wijziging_tot_20260101t000000 order by nummer"
        )
    return map_, opslag


def all_text(opslag: Opslag, map_: Path) -> str:
    with opslag.transaction(schrijf=False) as con:
        tabellen = [t for t in sa.inspect(con).get_table_names() if t.startswith("wijziging")]
        rijen = str([con.exec_driver_sql(f'select * from "{t}"').fetchall() for t in tabellen])
    assert len(tabellen) == 2
    bestanden = b"".join(pad.read_bytes() for pad in map_.glob(f"{BESTAND}*"))
    return (rijen + bestanden.decode("latin-1")).casefold()


@pytest.mark.parametrize("ook_in_teksten", [True, False])
def test_the_name_is_gone_what_was_decided_stays_and_the_chain_is_whole(gevuld, ook_in_teksten: bool) -> None:
    map_, opslag = gevuld
    voor = opslag.history()
    proef = forget(map_, "An de Vries", ook_in_teksten=ook_in_teksten, proef=True)
    assert (proef.als_schrijver, proef.in_teksten) == (4, 2 * ook_in_teksten)
    assert opslag.history() == voor
    uit = forget(map_, "An de Vries", ook_in_teksten=ook_in_teksten, proef=False)
    assert (uit.als_schrijver, uit.in_teksten) == (4, 2 * ook_in_teksten)
    na = open_opslag(map_).history()
    assert [w.wie for w in na] == [uit.pseudoniem, "Anders Bo", uit.pseudoniem]
    assert [(w.kenmerk, w.onderwerp, w.inhoud.score, w.versie, w.op) for w in na] == [
        (w.kenmerk, w.onderwerp, w.inhoud.score, w.versie, w.op) for w in voor
    ]
    assert "Vriesema" in na[1].inhoud.tekst
    alles = all_text(opslag, map_)
    assert ("an de vries," in alles) is not ook_in_teksten
    assert "an de vries'" not in alles
    start_anew()
    assert main(["committee", "check", "--warehouse", str(map_)]) == 0
    # Work goes on, and nothing can be changed beside the app.
    opslag.save(NOTITIE, Inhoud("Verder"), gebaseerd_op=1, **ANDER)
    with pytest.raises(Exception, match=r"wijzigingen blijven staan|Er is niets verloren"), opslag.transaction() as con:
        con.exec_driver_sql("update wijziging set wie = 'Bo'")


def test_a_history_that_was_tampered_with_is_not_tied_anew(gevuld) -> None:
    map_, opslag = gevuld
    tamper(opslag, "update wijziging set tekst = 'Anders' where nummer = 1")
    start_anew()
    assert main(["forget", "An de Vries", "--warehouse", str(map_)]) == 1
    assert "an de vries" in all_text(opslag, map_)


def test_the_command_takes_the_person_out_of_the_log_too_and_says_what_it_does_not_reach(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(URL, raising=False)
    monkeypatch.delenv(deur.SCHAKELAAR)
    open_opslag(tmp_path).save(SCORE, Inhoud("Tekst", 2), gebaseerd_op=0, wie="an@voorbeeld.nl", rol="commissie")
    record(tmp_path, Wie("an@voorbeeld.nl", "commissie"), Daad.NOTITIES_GELEZEN, "RA0205")
    (tmp_path / "voor_herstel" / "20260101T000000000000").mkdir(parents=True)
    plek = ["--warehouse", str(tmp_path)]
    assert main(["forget", "AN@voorbeeld.nl", "--proef", *plek]) == 0
    assert "1 wijzigingen en 0 teksten, 1 keer in de namen" in capsys.readouterr().out
    assert main(["forget", "AN@voorbeeld.nl", *plek]) == 0
    gezegd = capsys.readouterr().out
    assert "voor_herstel/20260101T000000000000" in gezegd
    assert "an@voorbeeld.nl" not in gezegd
    assert "an@voorbeeld.nl" not in namen.load_names(tmp_path / "logboek").values()
    assert not [pad for pad in tmp_path.rglob("*") if pad.is_file() and b"an@voorbeeld.nl" in pad.read_bytes()]
    assert nagaan.faults(tmp_path / "logboek") == []
    assert main(["forget", "a", *plek]) == 1


@pytest.fixture
def los(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(URL, raising=False)
    monkeypatch.delenv(deur.SCHAKELAAR)
    open_opslag(tmp_path).save(SCORE, Inhoud("Met Jo Zwaluw", 2), gebaseerd_op=0, wie="Jo Zwaluw", rol="commissie")
    return tmp_path


def found(map_: Path, naam: str = "Jo Zwaluw") -> list[str]:
    return [pad.name for pad in map_.rglob("*") if pad.is_file() and naam.encode() in pad.read_bytes()]


def test_who_has_the_database_open_is_told_of_and_doing_it_again_wipes_it(
    los: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("app.commissie.vergeten.WACHT_S", 0.05)
    opdracht = ["forget", "Jo Zwaluw", "--ook-in-teksten", "--warehouse", str(los)]
    with closing(sqlite3.connect(los / BESTAND, isolation_level=None)) as lezer:
        lezer.execute("begin")
        lezer.execute("select count(*) from wijziging").fetchall()
        assert main(opdracht) == 1
        assert "een ander programma houdt haar open" in capsys.readouterr().err
        assert found(los)
        # Open, but not reading: what is in the file is written anew.
        lezer.execute("rollback")
        assert main(opdracht) == 0
        assert found(los) == []


@pytest.mark.parametrize("vorm", ["NFC", "NFD"])
def test_however_an_accent_or_a_space_was_typed_it_is_one_name(los: Path, vorm: str) -> None:
    opslag = open_opslag(los)
    wie = unicodedata.normalize(vorm, "René  de Bos")
    opslag.save(NOTITIE, Inhoud(f"Van {wie}, en Rene\u0301e de Bos"), gebaseerd_op=0, wie=wie, rol="commissie")
    forget(los, "rené de BOS", ook_in_teksten=True, proef=False)
    laatste = open_opslag(los).history()[-1]
    assert laatste.wie.startswith("vergeten-")
    assert laatste.inhoud.tekst == f"Van {laatste.wie}, en Rene\u0301e de Bos"


def test_release_of_a_concept_by_a_forgotten_person_lapses_and_a_name_can_come_from_the_input(
    los: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    jo, an = concept.Persoon("Jo Zwaluw", "a" * 64, "org"), concept.Persoon("An Ander", "b" * 64, "org")
    for publicatie_id, vrager, ander in (("c1", jo, an), ("c2", an, jo)):
        map_ = los / "concept" / publicatie_id
        map_.mkdir(parents=True)
        (map_ / "publicatie.duckdb").touch()
        concept.ask(concept.concepts(los)[publicatie_id], vrager, datetime(2026, 12, 1, tzinfo=UTC))
        concept.agree(concept.concepts(los)[publicatie_id], ander)
    (los / "commissie-beschadigd-x.sqlite-wal").write_bytes(b"Jo Zwaluw")
    monkeypatch.setattr("sys.stdin", io.StringIO("jo zwaluw\n"))
    assert main(["forget", "-", "--ook-in-teksten", "--warehouse", str(los)]) == 0
    gezegd = capsys.readouterr().out
    assert "De vrijgave van concept c1 noemde de naam" in gezegd
    assert "commissie-beschadigd-x.sqlite-wal" in gezegd
    assert found(los) == ["commissie-beschadigd-x.sqlite-wal"]
    c1, c2 = concept.concepts(los).values()
    assert (c1.gevraagd_door, c2.gevraagd_door, c2.vrijgegeven_door) == (None, an, None)
