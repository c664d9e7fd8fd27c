"""Who releases a concept may do so at its moment too, and whoever saw, asked, agreed or released is in the log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from gesprekpublicatie import REGIOS, write_test_bed
from scherm import new_screen, text
from toegangsbed import login_settings

from app.logboek import deur, nagaan
from app.logboek.regel import Afloop, Daad
from app.opdrachten.cli import main
from app.rollen.lezer import SCHAKELAAR, Lezer
from app.rollen.rechten import read_role
from pipelines.afspraken.warehouse import concept
from pipelines.afspraken.warehouse.bewaard import kept
from pipelines.afspraken.warehouse.concept import Concept, Persoon
from pipelines.afspraken.warehouse.verbinding import PUBLICATIE, WERK

# What stands around every page; a page itself asks more than a few rows.
RAAM = """
from app.lezen import data; from app.raam.vakken import conceptvak, onderdelen; from app.raam.keuze import selectie
selectie.start_run()
selectie.choose_publication()
onderdelen.notice(data.publicatie(data.kenmerk()).publicatie_id)
conceptvak.banner(data.kenmerk())
for tekst in selectie.messages():
    onderdelen.notice(tekst)
"""
AN, JO = Persoon("an@voorbeeld.nl", "a" * 64, "org"), Persoon("jo@voorbeeld.nl", "b" * 64, "org")
INSTELLINGEN = (
    login_settings()
    + """[toegang.org]
rolveld = "groups"
[toegang.org.groepen]
"beheerders" = ["beheer"]
[toegang.org.personen]
"an@voorbeeld.nl" = ["beheer"]
"""
)


@pytest.fixture
def klaar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Concept:
    """A concept that waits beside a publication, both of a few rows, where one logs in."""
    warehouse = tmp_path / "wh"
    for map_ in (warehouse, tmp_path / "klaar"):
        map_.mkdir()
        write_test_bed(map_ / PUBLICATIE, {REGIOS[0]: {}})
    with duckdb.connect(str(tmp_path / "klaar" / PUBLICATIE)) as con:
        con.execute("update publicatie set publicatie_id = 'X1'")
    (tmp_path / "klaar" / WERK).write_bytes(b"werk")
    concept.set_ready(tmp_path / "klaar", warehouse, "X1")
    (tmp_path / "toegang.toml").write_text(INSTELLINGEN, encoding="utf-8")
    (tmp_path / "toegang.toml").chmod(0o600)
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(warehouse))
    monkeypatch.setenv(SCHAKELAAR, str(tmp_path / "toegang.toml"))
    monkeypatch.delenv(deur.SCHAKELAAR, raising=False)
    return concept.concepts(warehouse)["X1"]


def warehouse_of(klaar: Concept) -> Path:
    return klaar.map.parents[1]


def released(klaar: Concept) -> None:
    concept.ask(klaar, AN, datetime.now(UTC) - timedelta(minutes=1))
    concept.agree(concept.concepts(warehouse_of(klaar))["X1"], JO)


def lines(klaar: Concept) -> list[tuple[str, str]]:
    regels = [plek.regel for plek in nagaan.read(warehouse_of(klaar) / "logboek") if plek.regel][1:]
    return [(regel.daad, regel.uitkomst) for regel in regels if regel.daad != Daad.PSEUDONIEM_GELOOT]


def release(klaar: Concept) -> int:
    return main(["publications", "--vrijgeven", "--warehouse", str(warehouse_of(klaar))])


def test_who_released_it_may_so_at_its_moment_too_and_the_release_is_in_the_log(klaar: Concept) -> None:
    released(klaar)
    # An is listed by name, and of Jo a group says it.
    assert release(klaar) == 0
    assert list(kept(warehouse_of(klaar))) == ["X1"]
    assert lines(klaar) == [(Daad.CONCEPT_VRIJGEGEVEN, Afloop.BEGONNEN), (Daad.CONCEPT_VRIJGEGEVEN, Afloop.GELUKT)]


@pytest.mark.parametrize(
    ("nu", "gezegd"),
    [
        (INSTELLINGEN.replace('nl" = ["beheer"]', 'nl" = ["kijker"]'), "an@voorbeeld.nl mag niet meer"),
        (f'{INSTELLINGEN}"jo@voorbeeld.nl" = []', "jo@voorbeeld.nl mag niet meer"),
        (INSTELLINGEN.replace('"beheerders" = ["beheer"]', ""), "jo@voorbeeld.nl mag niet meer"),
        (INSTELLINGEN.replace("org", "ander"), "an@voorbeeld.nl mag niet meer"),
        ("", "Niet na te gaan"),
    ],
)
def test_who_may_no_longer_does_not_release(
    klaar: Concept, nu: str, gezegd: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    released(klaar)
    if nu:
        (tmp_path / "toegang.toml").write_text(nu, encoding="utf-8")
    else:
        monkeypatch.delenv(SCHAKELAAR)
    # Every minute again: the log is not filled with it.
    assert release(klaar) == 1
    assert gezegd in capsys.readouterr().err
    assert kept(warehouse_of(klaar)) == {}
    assert lines(klaar) == []


def test_without_a_log_nothing_is_released_or_built(
    klaar: Concept, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    released(klaar)
    monkeypatch.setenv(deur.SCHAKELAAR, str(klaar.bestand))
    assert release(klaar) == 1
    warehouse = warehouse_of(klaar)
    (warehouse / "raw").mkdir()
    for soort in ([], ["--concept"]):
        capsys.readouterr()
        plek = ["--raw", str(warehouse / "raw"), "--warehouse", str(warehouse)]
        assert main(["build", "--force", *soort, *plek]) == 1
        assert "Het logboek is niet te schrijven" in capsys.readouterr().err
    assert kept(warehouse) == {}
    assert list(concept.concepts(warehouse)) == ["X1"]


def open_as(wie: Persoon, monkeypatch: pytest.MonkeyPatch):
    lezer = Lezer(wie.naam, (read_role("beheer"),), wie.account, wie.aanbieder)
    monkeypatch.setattr("app.raam.wie.lezer.current", lambda: lezer)
    scherm = new_screen(RAAM)
    scherm.query_params["publicatie"] = "X1"
    return scherm.run()


def test_who_sees_asks_and_agrees_is_in_the_log(klaar: Concept, monkeypatch: pytest.MonkeyPatch) -> None:
    scherm = open_as(AN, monkeypatch).run()
    assert "niet vrijgegeven" in text(scherm)
    assert lines(klaar) == [(Daad.CONCEPT_GEZIEN, Afloop.GELUKT)]
    scherm.text_input("concept_vanaf").set_value("28-03-2027 02:30")
    knop = next(knop for knop in scherm.button if knop.label == "Vraag vrijgave")
    assert "bestaat niet: de klok" in text(knop.click().run())
    scherm.text_input("concept_vanaf").set_value("31-12-2999 06:00")
    knop = next(knop for knop in scherm.button if knop.label == "Vraag vrijgave")
    assert "an@voorbeeld.nl vraagt vrijgave vanaf 31-12-2999 06:00 (Nederlandse tijd)" in text(knop.click().run())
    assert AN.account not in text(scherm)
    # The same account has another name now, and is no second pair of eyes.
    zelf = open_as(Persoon("anna@x.nl", AN.account, "org"), monkeypatch)
    assert "concept_vrij" not in [knop.key for knop in zelf.button]
    ander = open_as(JO, monkeypatch)
    assert "vrijgegeven door jo@voorbeeld.nl" in text(ander.button("concept_vrij").click().run())
    for daad in (Daad.VRIJGAVE_GEVRAAGD, Daad.VRIJGAVE_GEGEVEN):
        assert lines(klaar).count((daad, Afloop.BEGONNEN)) == lines(klaar).count((daad, Afloop.GELUKT)) == 1


def test_without_a_log_a_concept_is_not_shown(klaar: Concept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(deur.SCHAKELAAR, str(klaar.bestand))
    gezien = text(open_as(AN, monkeypatch))
    assert "Het logboek is niet te schrijven" in gezien
    assert "X1" not in gezien
