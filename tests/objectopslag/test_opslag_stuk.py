"""What is in the way of an object store, or comes out of it and is not ours: the last good publication stays."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest
import s3
from opslagbed import DRIE, EEN, LIJST, TWEE, Opstelling, answer, assert_stays, cut_line

from pipelines.afspraken.warehouse.bewaard import kept, withdrawn
from pipelines.afspraken.warehouse.opslagstand import Hapering, read_state
from pipelines.afspraken.warehouse.verbinding import PUBLICATIE, open_alone, publication_id
from pipelines.objectopslag.lijst import OngeldigError, read_list
from pipelines.publicatie.herschrijven import withdraw


def as_hostile(voorbeeld: Path, map_: Path, *opdrachten: str) -> bytes:
    """Return publication TWEE after these statements."""
    pad = map_ / "vijandig.duckdb"
    shutil.copyfile(voorbeeld / TWEE / PUBLICATIE, pad)
    with duckdb.connect(str(pad)) as con:
        for opdracht in opdrachten:
            con.execute(opdracht)
    return pad.read_bytes()


def fill_disk(*_: object) -> None:
    raise OSError(28, "No space left on device")


def promise_more(verzoek: s3.Verzoek) -> bool:
    if not verzoek.naam.endswith(".duckdb"):
        return False
    deel = verzoek.winkel.dingen[verzoek.naam][:1000]
    verzoek.send(deel, 206, beloofd=5000, **{"Content-Range": f"bytes 0-4999/{5000}"})
    return True


def drip(verzoek: s3.Verzoek) -> bool:
    """Say nothing for longer than is waited."""
    if verzoek.naam.endswith(".duckdb"):
        verzoek.winkel.einde.wait(20)
        return cut_line(verzoek)
    return False


BREUKEN: dict[str, tuple[s3.Breuk, Hapering]] = {
    "weg": (cut_line, Hapering.ONBEREIKBAAR),
    "fout in de opslag": (answer(500), Hapering.ONBEREIKBAAR),
    "sleutel ingetrokken": (answer(403), Hapering.GEWEIGERD),
    "leeg": (answer(404), Hapering.LEEG),
    "afgekapt onderweg": (promise_more, Hapering.ONBEREIKBAAR),
    "zwijgt": (drip, Hapering.ONBEREIKBAAR),
}


@pytest.mark.parametrize("naam", BREUKEN)
@pytest.mark.usefixtures("gauw")
def test_what_is_in_the_way_leaves_the_last_good_one_and_is_said(
    naam: str, gehaald: Opstelling, capsys: pytest.CaptureFixture[str]
) -> None:
    gehaald.winkel.breuk, hapering = BREUKEN[naam]
    assert gehaald.fetch() == 1
    assert_stays(gehaald, hapering, capsys.readouterr().err)
    gehaald.winkel.breuk = lambda _: False
    assert (gehaald.fetch(), gehaald.shown(), gehaald.ready()["loopt_achter"]) == (0, TWEE, False)


@pytest.mark.parametrize(
    "opdrachten",
    [
        ("create view erbij as select * from read_csv('/etc/passwd')",),
        ("drop view beste_waarneming", "create view beste_waarneming as select content from read_text('/etc/passwd')"),
        ("create macro gluur() as table select * from read_text('/etc/passwd')",),
        ("create schema ander", "create table ander.t as select 1"),
        ("drop table indicator cascade",),
        (f"update publicatie set publicatie_id = '{DRIE}'",),
    ],
)
def test_a_file_that_is_no_publication_of_ours_never_counts(
    opdrachten: tuple[str, ...],
    gehaald: Opstelling,
    opslagvoorbeeld: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    gehaald.relist(TWEE, as_hostile(opslagvoorbeeld, tmp_path, *opdrachten))
    assert gehaald.fetch() == 1
    assert_stays(gehaald, Hapering.ONGELDIG, capsys.readouterr().err)


def test_bytes_that_are_not_those_of_the_list_never_count(
    gehaald: Opstelling, capsys: pytest.CaptureFixture[str]
) -> None:
    naam = gehaald.stored(TWEE)
    heel = gehaald.winkel.dingen[naam]
    for stuk in (heel[:-1] + bytes([heel[-1] ^ 1]), heel[:5000], b"geen database" * 40_000):
        gehaald.winkel.dingen[naam] = stuk
        assert gehaald.fetch() == 1
        assert_stays(gehaald, Hapering.ONGELDIG if len(stuk) >= len(heel) else Hapering(str(gehaald.ready()["reden"])),
                     capsys.readouterr().err)  # fmt: skip


def one(**anders: object) -> dict[str, object]:
    """Return a list of one publication, or what is made of it."""
    uitgave = {"id": TWEE, "sha256": "a" * 64, "bytes": 9}
    bericht = {"id": EEN, "op": "2026-01-01", "reden": "Fout.", "vervangen_door": "", "gezien": True}
    return {"nu": TWEE, "uitgaven": [uitgave], "ingetrokken": [bericht]} | anders


SLECHT: dict[str, bytes] = {
    "geen json": b"<html>",
    "leeg": b"",
    "diep": b"[" * 100_000,
    "te groot": json.dumps(one(nu="x" * 2_100_000)).encode(),
    **{
        naam: json.dumps(one(**anders)).encode()
        for naam, anders in {
            "pad omhoog": {"nu": "../../etc/x", "uitgaven": [{"id": "../../etc/x", "sha256": "a" * 64, "bytes": 9}]},
            "vast pad": {"nu": "/etc/x", "uitgaven": [{"id": "/etc/x", "sha256": "a" * 64, "bytes": 9}]},
            "verborgen": {"nu": ".x", "uitgaven": [{"id": ".x", "sha256": "a" * 64, "bytes": 9}]},
            "met een nul": {"nu": "a\0b", "uitgaven": [{"id": "a\0b", "sha256": "a" * 64, "bytes": 9}]},
            "met een regel": {"nu": f"{TWEE}\n", "uitgaven": [{"id": f"{TWEE}\n", "sha256": "a" * 64, "bytes": 9}]},
            "andere letters": {"nu": "２０２４", "uitgaven": [{"id": "２０２４", "sha256": "a" * 64, "bytes": 9}]},
            "som met een pad": {"uitgaven": [{"id": TWEE, "sha256": "../" + "a" * 61, "bytes": 9}]},
            "geen uitgave": {"uitgaven": []},
            "nu staat er niet bij": {"nu": DRIE},
            "tweemaal": {"uitgaven": [{"id": TWEE, "sha256": "a" * 64, "bytes": 9}] * 2},
            "kleine letters": {"uitgaven": [{"id": i, "sha256": "a" * 64, "bytes": 9} for i in (TWEE, TWEE.lower())]},
            "bewaard en ingetrokken": {"ingetrokken": [one()["ingetrokken"][0] | {"id": TWEE}]},  # type: ignore[index]
            "negatief": {"uitgaven": [{"id": TWEE, "sha256": "a" * 64, "bytes": -1}]},
            "te veel": {"uitgaven": [{"id": TWEE, "sha256": "a" * 64, "bytes": 10**15}]},
            "tekst als getal": {"uitgaven": [{"id": TWEE, "sha256": "a" * 64, "bytes": "9"}]},
            "iets erbij": {"erbij": 1},
            "geen dag": {"ingetrokken": [one()["ingetrokken"][0] | {"op": "gisteren"}]},  # type: ignore[index]
            "reden van twee regels": {"ingetrokken": [one()["ingetrokken"][0] | {"reden": "a\nb: c"}]},  # type: ignore[index]
        }.items()
    },
}


def test_the_list_of_the_tests_is_one() -> None:
    assert read_list(json.dumps(one()).encode()).nu == TWEE


@pytest.mark.parametrize("naam", [naam for naam in SLECHT if naam != "te groot"])
def test_a_list_that_is_none_is_refused(naam: str) -> None:
    with pytest.raises(OngeldigError):
        read_list(SLECHT[naam])


@pytest.mark.parametrize("naam", ["geen json", "te groot", "pad omhoog", "geen uitgave"])
def test_a_list_that_is_none_changes_nothing(
    naam: str, gehaald: Opstelling, capsys: pytest.CaptureFixture[str]
) -> None:
    gehaald.winkel.dingen[LIJST] = SLECHT[naam]
    assert gehaald.fetch() == 1
    assert_stays(gehaald, Hapering.ONGELDIG, capsys.readouterr().err)
    assert [*kept(gehaald.dienst)] == [EEN]


def test_what_was_withdrawn_is_gone_everywhere_even_where_nothing_else_can_be_had(
    gehaald: Opstelling, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert gehaald.fetch() == 0
    eerste = gehaald.stored(EEN)
    gehaald.publish(DRIE)
    withdraw(gehaald.bouw, EEN, "Een tikfout.", date(2026, 11, 30))
    assert gehaald.send("publications") == 0
    assert eerste not in gehaald.winkel.dingen
    with monkeypatch.context() as vol:
        vol.setattr("pipelines.objectopslag.verbinding.Objectopslag.read_into", fill_disk)
        assert gehaald.fetch() == 1
    assert [*kept(gehaald.dienst)] == [TWEE]
    assert withdrawn(gehaald.dienst)[EEN].reden == "Een tikfout."
    assert [*gehaald.dienst.rglob(f"{EEN}.duckdb")] == []
    assert (gehaald.fetch(), gehaald.shown()) == (0, DRIE)


def test_the_one_of_now_is_not_shown_once_it_is_withdrawn_whatever_comes(gehaald: Opstelling) -> None:
    assert gehaald.fetch() == 0
    gehaald.publish(DRIE)
    withdraw(gehaald.bouw, TWEE, "Een tikfout.", date(2026, 11, 30))
    assert gehaald.send("publications") == 0
    gehaald.winkel.dingen.pop(gehaald.stored(DRIE))
    assert gehaald.fetch() == 1
    assert gehaald.shown() == EEN


def test_a_full_disk_leaves_the_last_good_one(gehaald: Opstelling, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as vol:
        vol.setattr("pipelines.objectopslag.verbinding.Objectopslag.read_into", fill_disk)
        assert gehaald.fetch() == 1
    stand = read_state(gehaald.dienst)
    assert stand is not None
    assert (stand.hapering, gehaald.shown()) == (Hapering.HIER, EEN)
    assert (gehaald.fetch(), gehaald.shown()) == (0, TWEE)


def test_a_copy_that_was_damaged_here_comes_again(gehaald: Opstelling) -> None:
    assert gehaald.fetch() == 0
    pad = gehaald.dienst / "publicaties" / f"{TWEE}.duckdb"
    for doel in (pad, gehaald.dienst / PUBLICATIE):
        stuk = bytearray(doel.read_bytes())
        stuk[len(stuk) // 2] ^= 1
        doel.write_bytes(stuk)
    assert gehaald.shown() == EEN
    assert [gehaald.fetch(), gehaald.fetch(), gehaald.shown()] == [1, 0, TWEE]
    with open_alone(pad) as con:
        assert publication_id(con) == TWEE
