"""A publication that waits for release: nobody without the role gets at it by any way, and two people let it go."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from conftest import LEVERING, write_delivery
from opendata import counter
from scherm import new_screen, text
from starlette.requests import Request

from app.dienst import voorvertoning, zoeken
from app.dienst.insluiten import Insluiten
from app.dienst.opendata.adressen import ADRESSEN, DATABASE
from app.dienst.toegang import INSLUITEN, allowed_addresses
from app.dienst.vindbaar import Vindbaar
from app.opdrachten.cli import main
from app.rollen.lezer import Lezer
from app.rollen.rechten import read_role
from pipelines.afspraken.warehouse import concept
from pipelines.afspraken.warehouse.bewaard import Ingetrokken, announce, kept, seal
from pipelines.afspraken.warehouse.concept import Concept, Persoon, VierOgenError, WachtError
from pipelines.afspraken.warehouse.gaaf import newest_whole
from pipelines.afspraken.warehouse.verbinding import ARCHIEF
from pipelines.bouwen import PUBLICATIE, build
from pipelines.levering.intrekken import withdraw
from pipelines.publicatie.plaatsen import wisselen
from pipelines.publicatie.plaatsen.wisselen import release_due

KOP = "periode,peildatum,regio_code,branche_code,medewerkers_aangesloten,medewerkers_totaal\n"
EERST = "2021,2022-06-30,NL01,TOTAAL,680,1000\n"
NIEUW = EERST + "2022,2023-06-30,NL01,TOTAAL,770,1000\n"
HOOFD = Path(__file__).parents[2] / "app" / "hoofd.py"
AN, JO = Persoon("an@voorbeeld.nl", "a" * 64, "org"), Persoon("jo@voorbeeld.nl", "b" * 64, "org")
# What stands around every page; a page itself asks more.
RAAM = """
from app.lezen import data; from app.raam.vakken import conceptvak; from app.raam.keuze import selectie
selectie.start_run()
selectie.choose_publication()
conceptvak.banner(data.kenmerk())
"""
NU = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def gebouwd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with deliveries, a publication of 2021, and beside it a concept that also has 2022; made once."""
    map_ = tmp_path_factory.mktemp("concept")
    levering = write_delivery(map_ / "raw", {"dekking": KOP + EERST}, "l1", LEVERING)
    build(map_ / "raw", map_ / "wh")
    (levering / "dekking.csv").write_text(KOP + NIEUW, encoding="utf-8")
    build(map_ / "raw", map_ / "wh", als_concept=True)
    return map_


@pytest.fixture
def klaar(gebouwd: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Concept:
    """The concept, in a warehouse of its own."""
    shutil.copytree(gebouwd, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path / "wh"))
    (gevonden,) = concept.concepts(tmp_path / "wh").values()
    return gevonden


def warehouse_of(klaar: Concept) -> Path:
    return klaar.map.parents[1]


def again(klaar: Concept) -> Concept:
    return concept.concepts(warehouse_of(klaar))[klaar.publicatie_id]


def released(klaar: Concept, vanaf: datetime = NU) -> Concept:
    concept.ask(klaar, AN, vanaf)
    concept.agree(again(klaar), JO)
    return again(klaar)


def test_a_concept_is_for_the_builder_alone_and_no_publication(klaar: Concept) -> None:
    warehouse = warehouse_of(klaar)
    assert klaar.publicatie_id not in kept(warehouse)
    assert newest_whole(warehouse) == warehouse / PUBLICATIE
    with duckdb.connect(str(warehouse / PUBLICATIE), read_only=True) as con:
        assert con.execute("select max(periode) from waarneming").fetchone() == ("2021",)
    assert all(pad.stat().st_mode & 0o077 == 0 for pad in (klaar.map.parent, klaar.map, *klaar.map.iterdir()))


def ways_out(klaar: str, nu: str) -> Iterator[tuple[str, bytes]]:
    """Yield what every address without a page answers, with the id of a publication wherever one can stand."""
    with counter() as loket:
        for adres in ADRESSEN:
            for naam in (klaar, "dekkingsgraad"):
                for soort in ("indicatoren", "regios"):
                    zo = {"soort": soort, "naam": naam, "vorm": "csv", "van": nu, "tot": klaar, "csv": "csv"}
                    pad = adres.sjabloon.format(**zo)
                    for vraag in ("", f"?publicatie={klaar}"):
                        antwoord = loket.ask(pad + vraag)
                        yield f"{pad}{vraag}", str(antwoord.status).encode() + antwoord.inhoud
        yield DATABASE, loket.ask(DATABASE).inhoud
    for wat in ("dekkingsgraad", "dekkingsgraad.svg"):
        verzoek = asked(f"{INSLUITEN}{wat}", f"publicatie={klaar}", wat=wat)
        yield wat, bytes(asyncio.run(Insluiten().respond(verzoek)).body)
    vindbaar = Vindbaar(allowed_addresses(8501, "127.0.0.1"))
    yield "sitemap", bytes(vindbaar.sitemap(asked("/sitemap.xml")).body)
    yield "kop", vindbaar.head(asked("/")).encode()
    for pad in ("/", "/indicator"):
        yield pad, str(voorvertoning.of_page(asked(pad, f"indicator=dekkingsgraad&publicatie={klaar}"), "")).encode()
    yield "zoeken", bytes(zoeken.respond(asked(zoeken.ADRES, f"q={klaar}&publicatie={klaar}")).body)


def asked(pad: str, vraag: str = "", **delen: str) -> Request:
    return Request({
        "type": "http", "method": "GET", "path": pad, "query_string": vraag.encode(), "headers": [(b"host", b"x")],
        "client": ("a", 1), "path_params": delen,
    })  # fmt: skip


def test_every_way_out_answers_as_if_there_were_no_such_publication(klaar: Concept) -> None:
    nu = next(iter(kept(warehouse_of(klaar))))
    # As near to what is there as the concept is: what is meant by a wrong name is the same guess.
    geen = f"{klaar.publicatie_id[:-1]}{'0' if klaar.publicatie_id[-1] != '0' else '1'}"
    zonder = dict(ways_out(geen, nu))
    for plek, inhoud in ways_out(klaar.publicatie_id, nu):
        is_zoals = zonder[plek.replace(klaar.publicatie_id, geen)].replace(geen.encode(), b"X")
        assert inhoud.replace(klaar.publicatie_id.encode(), b"X") == is_zoals, plek
        assert b"0.77" not in inhoud, plek


@pytest.mark.parametrize("rol", ["kijker", "wgo:WGO01", "commissie", "leverancier:pfzw_dekking", "meelezer", "beheer"])
def test_a_page_shows_it_to_who_may_and_to_nobody_else(
    klaar: Concept, rol: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "app.raam.wie.lezer.current", lambda: Lezer(JO.naam, (read_role(rol),), JO.account, JO.aanbieder)
    )
    scherm = new_screen(HOOFD)
    scherm.query_params["publicatie"] = klaar.publicatie_id
    scherm.run()
    assert not scherm.exception
    gezien = text(scherm)
    ziet = rol in ("meelezer", "beheer")
    assert (klaar.publicatie_id in gezien) is ziet
    assert ("niet vrijgegeven" in gezien) is ziet
    assert bool(scherm.text_input) is (rol == "beheer")


def test_two_people_release_it_and_at_its_moment_it_is_there(klaar: Concept) -> None:
    warehouse = warehouse_of(klaar)
    concept.ask(klaar, AN, NU)
    assert release_due(warehouse, NU).gedaan == []
    concept.agree(again(klaar), JO)
    assert release_due(warehouse, NU - timedelta(seconds=1)).gedaan == []
    assert newest_whole(warehouse) == warehouse / PUBLICATIE
    assert release_due(warehouse, NU).gedaan == [klaar.publicatie_id]
    assert list(kept(warehouse))[-1] == klaar.publicatie_id
    assert concept.concepts(warehouse) == {}
    with duckdb.connect(str(warehouse / PUBLICATIE), read_only=True) as con:
        assert con.execute("select publicatie_id from publicatie").fetchone() == (klaar.publicatie_id,)
    assert release_due(warehouse, NU).gedaan == []


@pytest.mark.parametrize(
    "wie",
    [
        # The same account, which was given another name meanwhile; and another account of the same name.
        replace(AN, naam="anna@voorbeeld.nl"), replace(JO, naam="AN@voorbeeld.nl "), replace(AN, aanbieder="ander"),
        # Of whom nothing is said that stays.
        replace(JO, account=""), replace(JO, naam=""),
    ],
)  # fmt: skip
def test_nobody_releases_what_they_asked_for(klaar: Concept, wie: Persoon) -> None:
    with pytest.raises(VierOgenError):
        # Nothing was asked yet.
        concept.agree(klaar, JO)
    concept.ask(klaar, AN, NU)
    with pytest.raises(VierOgenError):
        concept.agree(again(klaar), wie)
    assert again(klaar).vrijgegeven_door is None


def test_what_is_asked_anew_has_to_be_agreed_with_anew(klaar: Concept) -> None:
    eerst = released(klaar)
    concept.ask(eerst, AN, NU - timedelta(days=1))
    assert again(klaar).vrijgegeven_door is None
    # Who still looks at the page of before agrees with nothing.
    concept.ask(klaar, AN, NU)
    gezien = again(klaar)
    concept.ask(klaar, AN, NU - timedelta(days=2))
    with pytest.raises(VierOgenError):
        concept.agree(gezien, JO)
    # Nor does a file that somebody laid there by hand for another question.
    released(klaar)
    (klaar.map / "vraag.json").write_text(json.dumps({"wie": asdict(AN), "vanaf": "2026-01-01T00:00:00+00:00"}))
    assert release_due(warehouse_of(klaar), NU).gedaan == []


def damage(klaar: Concept) -> None:
    with klaar.bestand.open("r+b") as stroom:
        stroom.seek(20_000)
        stroom.write(b"\xff" * 8)


def copy_of(klaar: Concept, naam: str) -> Concept:
    """Return the same concept once more, under another name."""
    shutil.copytree(klaar.map, klaar.map.with_name(naam))
    return concept.concepts(warehouse_of(klaar))[naam]


def test_one_that_cannot_be_released_stays_and_does_not_stop_another(
    klaar: Concept, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = warehouse_of(klaar)
    stuk, leeg = copy_of(klaar, "20200101T000000Z-stuk"), copy_of(klaar, "20200102T000000Z-leeg")
    for deel in (stuk, leeg, klaar):
        released(deel)
    damage(stuk)
    (leeg.map / "basis.json").write_text("{}")
    # Nor one of which the disk does not give the rest.
    vol = copy_of(again(klaar), "20200103T000000Z-vol")
    (vol.map / "werk.duckdb").unlink()
    vrijgave = release_due(warehouse, NU)
    assert vrijgave.gedaan == [klaar.publicatie_id]
    assert [(m.bestand.removeprefix("concept "), m.tekst) for m in vrijgave.meldingen] == [
        (stuk.publicatie_id, "Dit concept is beschadigd."), (leeg.publicatie_id, "Dit concept is beschadigd."),
        (vol.publicatie_id, "Lezen of schrijven lukt niet."),
    ]  # fmt: skip
    assert list(concept.concepts(warehouse)) == [deel.publicatie_id for deel in (stuk, leeg, vol)]


def test_beside_what_came_since_it_is_not_released_and_its_page_says_so(
    klaar: Concept, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = warehouse_of(klaar)
    released(klaar, NU - timedelta(days=400))
    shutil.copyfile(warehouse / PUBLICATIE, warehouse / ARCHIEF / "20260101T000000Z-ander.duckdb")
    assert main(["publications", "--vrijgeven", "--warehouse", str(warehouse)]) == 1
    assert "andere publicatie gekomen" in capsys.readouterr().err
    assert main(["publications", "--warehouse", str(warehouse)]) == 0
    assert "Kan zo niet vrijkomen. Sinds dit concept is gebouwd, is er een andere" in capsys.readouterr().out
    monkeypatch.setattr("app.raam.wie.lezer.current", lambda: Lezer("jo@voorbeeld.nl", (read_role("meelezer"),)))
    scherm = new_screen(RAAM)
    scherm.query_params["publicatie"] = klaar.publicatie_id
    assert "Zij kan zo niet vrijkomen. Sinds dit concept" in text(scherm.run())


def test_what_rests_on_a_delivery_that_was_withdrawn_since_is_not_released(klaar: Concept, tmp_path: Path) -> None:
    warehouse = warehouse_of(klaar)
    (klaar.map / "basis.json").write_text(
        (klaar.map / "basis.json").read_text().replace(str(klaar_raw(klaar)), str(tmp_path / "raw"))
    )
    released(klaar)
    assert concept.why_not(warehouse, klaar) == ""
    withdraw(tmp_path / "raw", "pfzw_dekking/l1", "Een vergissing", NU.date())
    vrijgave = release_due(warehouse, NU)
    assert vrijgave.gedaan == []
    assert "is ingetrokken of verdwenen: pfzw_dekking/l1." in vrijgave.meldingen[0].tekst
    assert klaar.publicatie_id not in kept(warehouse)
    shutil.rmtree(tmp_path / "raw" / "pfzw_dekking" / "l1")
    assert "verdwenen: pfzw_dekking/l1." in concept.why_not(warehouse, klaar)


def klaar_raw(klaar: Concept) -> Path:
    """Return the folder with deliveries that a concept was built from."""
    (levering,) = json.loads((klaar.map / "basis.json").read_text())["leveringen"]
    return Path(levering).parents[1]


def test_while_it_waits_nothing_else_is_published_until_it_is_gone(
    klaar: Concept, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mappen = ["--raw", str(tmp_path / "raw"), "--warehouse", str(tmp_path / "wh")]
    eerder = list(kept(tmp_path / "wh"))
    for extra in ([], ["--force"]):
        assert main(["build", *mappen, *extra]) == 3
        gezegd = capsys.readouterr().err
        assert f"concept {klaar.publicatie_id}: Dit wacht op vrijgave" in gezegd
        assert "fout" not in gezegd
    assert list(kept(tmp_path / "wh")) == eerder
    assert main(["publications", "--weg", f"{klaar.publicatie_id}x", *mappen[2:]]) == 1
    assert f"Bedoelde u {klaar.publicatie_id}?" in capsys.readouterr().err
    assert main(["publications", "--weg", klaar.publicatie_id, *mappen[2:]]) == 0
    assert list((tmp_path / "wh").rglob("werk.duckdb")) == [tmp_path / "wh" / "werk.duckdb"]
    assert main(["build", *mappen]) == 0


def test_a_concept_that_comes_while_deliveries_are_checked_is_not_overtaken(klaar: Concept, tmp_path: Path) -> None:
    klaar.map.rename(tmp_path / "straks")
    with pytest.raises(WachtError):
        build(tmp_path / "raw", tmp_path / "wh", stap=lambda naam: _put_back(naam, tmp_path / "straks", klaar.map))


def _put_back(stap: str, van: Path, naar: Path) -> None:
    if stap == "Leveringen controleren":
        van.rename(naar)


def test_every_night_a_concept_and_no_new_one_of_what_did_not_change(
    klaar: Concept, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opdracht = ["build", "--concept", "--raw", str(tmp_path / "raw"), "--warehouse", str(tmp_path / "wh")]
    assert main(opdracht) == 0
    assert "niets veranderd sinds het nieuwste concept" in capsys.readouterr().out
    assert list(concept.concepts(tmp_path / "wh")) == [klaar.publicatie_id]
    released(klaar)
    release_due(tmp_path / "wh", NU)
    assert main(opdracht) == 0
    assert concept.concepts(tmp_path / "wh") == {}
    (tmp_path / "raw" / "pfzw_dekking" / "l1" / "dekking.csv").write_text(KOP + EERST, encoding="utf-8")
    assert main(opdracht) == 0
    assert len(concept.concepts(tmp_path / "wh")) == 1


@pytest.mark.parametrize("gebeurt", ["niets", "nieuwer", "herschreven", "ingetrokken"])
def test_a_release_that_was_cut_off_is_finished_unless_something_came_since(
    klaar: Concept, gebeurt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse, naam = warehouse_of(klaar), klaar.publicatie_id
    archief = warehouse / ARCHIEF
    released(klaar)
    with monkeypatch.context() as breek:
        echt = wisselen.swap_in
        breek.setattr(wisselen, "swap_in", lambda *alles: (echt(*alles), _die()))
        with pytest.raises(KeyboardInterrupt):
            release_due(warehouse, NU)
    if gebeurt == "nieuwer":
        shutil.copyfile(archief / f"{naam}.duckdb", archief / "29990101T000000Z-nieuw.duckdb")
    elif gebeurt != "niets":
        door = f"{naam}.2" if gebeurt == "herschreven" else ""
        if door:
            shutil.copyfile(archief / f"{naam}.duckdb", archief / f"{door}.duckdb")
        announce(warehouse, Ingetrokken(naam, NU.date(), "Een fout", door, is_gezien=bool(door)))
        seal(warehouse)
    (warehouse / PUBLICATIE).write_bytes(b"wat er nu staat")
    assert release_due(warehouse, NU).gedaan == ([naam] if gebeurt == "niets" else [])
    assert ((warehouse / PUBLICATIE).read_bytes() == b"wat er nu staat") is (gebeurt != "niets")
    assert (archief / f"{naam}.duckdb").exists() is (gebeurt in ("niets", "nieuwer"))
    assert list((warehouse / concept.MAP).iterdir()) == []


def _die() -> None:
    raise KeyboardInterrupt
