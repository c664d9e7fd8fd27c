"""A publication goes by way of an object store: whole, looked at; what was there stays until the new one is here."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import s3
from opslagbed import DRIE, EEN, LIJST, TWEE, Opstelling, answer, publish

from app.dienst.server import _surroundings
from app.lezen import data
from app.raam import loket
from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.afspraken.warehouse.bewaard import kept, state_of
from pipelines.afspraken.warehouse.gaaf import newest_whole
from pipelines.afspraken.warehouse.opslagstand import Hapering, Opslagstand, Richting
from pipelines.afspraken.warehouse.verbinding import PUBLICATIE
from pipelines.bouwen import build
from pipelines.objectopslag.verbinding import GEHEIM, NAAR, REGIO, SLEUTEL, UIT, find_place
from pipelines.publicatie.herschrijven import withdraw


def test_a_new_publication_reaches_who_serves_and_the_ones_before_stay(gehaald: Opstelling) -> None:
    assert gehaald.fetch() == 0
    assert gehaald.shown() == TWEE
    assert [*kept(gehaald.dienst)] == [EEN, TWEE]
    assert newest_whole(gehaald.dienst) == gehaald.dienst / PUBLICATIE
    assert gehaald.ready() | {"gelukt_op": ""} == {
        "richting": "uit", "gelukt_op": "", "loopt_achter": False, "reden": None,
    }  # fmt: skip


def test_any_command_that_publishes_sends_what_changed_and_nothing_is_asked_when_nothing_did(
    opslagnet: Opstelling,
) -> None:
    opslagnet.publish(EEN)
    assert opslagnet.send("publications") == 0
    assert [verzoek.split()[0] for verzoek in opslagnet.winkel.gevraagd] == ["GET", "HEAD", "PUT", "PUT", "GET"]
    opslagnet.winkel.gevraagd.clear()
    assert opslagnet.send("publications") == 0
    assert opslagnet.winkel.gevraagd == []
    opslagnet.publish(TWEE)
    assert opslagnet.send("publications") == 0
    assert json.loads(opslagnet.winkel.dingen[LIJST])["nu"] == TWEE


def test_fetching_what_is_here_changes_nothing(gehaald: Opstelling) -> None:
    withdraw(gehaald.bouw, EEN, "Een tikfout.", date(2026, 11, 30))
    assert (gehaald.send(), gehaald.fetch()) == (0, 0)
    stand, merk = state_of(gehaald.dienst), data.kenmerk()
    gehaald.winkel.gevraagd.clear()
    assert gehaald.fetch() == 0
    assert (state_of(gehaald.dienst), data.kenmerk()) == (stand, merk)
    assert gehaald.winkel.gevraagd == [f"GET {LIJST}"]


def test_what_others_put_in_the_folder_stays_and_stops_nothing(opslagnet: Opstelling) -> None:
    vreemd = ["monitor/lees mij.txt", "monitor/..", "monitor//x", "monitor/é&<x>", "ander/lijst.json",
              f"monitor/{'b' * 64}.duckdb.oud"]  # fmt: skip
    opslagnet.winkel.dingen |= dict.fromkeys(vreemd, b"van een ander")
    opslagnet.publish(EEN)
    assert (opslagnet.send(), opslagnet.fetch(), opslagnet.shown()) == (0, 0, EEN)
    assert {*vreemd} <= {*opslagnet.winkel.dingen}


def test_a_kept_one_that_is_damaged_where_is_built_stays_whole_in_the_store(gehaald: Opstelling) -> None:
    naam = gehaald.stored(EEN)
    (gehaald.bouw / "publicaties" / f"{EEN}.duckdb").write_bytes(b"stuk")
    gehaald.publish(DRIE)
    assert gehaald.send() == 0
    assert (gehaald.stored(EEN), gehaald.fetch(), [*kept(gehaald.dienst)]) == (naam, 0, [EEN, TWEE, DRIE])


def test_a_damaged_publication_of_now_is_not_sent(opslagnet: Opstelling, capsys: pytest.CaptureFixture[str]) -> None:
    opslagnet.publish(EEN)
    (opslagnet.bouw / PUBLICATIE).write_bytes(b"stuk")
    assert opslagnet.send() == 1
    assert "beschadigd" in capsys.readouterr().err
    assert opslagnet.winkel.dingen == {}


@pytest.mark.usefixtures("gauw")
def test_what_cannot_be_sent_is_said_and_goes_with_the_next_command(
    opslagnet: Opstelling, capsys: pytest.CaptureFixture[str]
) -> None:
    opslagnet.publish(EEN)
    opslagnet.winkel.breuk = answer(403)
    assert opslagnet.send("publications") == 1
    assert f"niet verstuurd naar de opslag: {Hapering.GEWEIGERD}" in capsys.readouterr().err
    opslagnet.winkel.breuk = lambda _: False
    assert opslagnet.send("publications") == 0
    assert json.loads(opslagnet.winkel.dingen[LIJST])["nu"] == EEN


@pytest.mark.usefixtures("gauw")
def test_no_key_stands_in_what_is_said_written_or_served(
    gehaald: Opstelling, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for code in (400, 401, 403, 404, 409, 500, 503):
        gehaald.winkel.breuk = answer(code)
        assert (gehaald.send(), gehaald.fetch()) == (1, 1)
    monkeypatch.setenv(SLEUTEL, "anders")
    gehaald.winkel.breuk = lambda _: False
    assert gehaald.fetch() == 1
    monkeypatch.setenv(SLEUTEL, s3.SLEUTEL)
    gezegd = "".join(capfd.readouterr()) + repr(find_place(os.environ)) + str(gehaald.ready())
    geschreven = b"".join(pad.read_bytes() for pad in tmp_path.rglob("*") if pad.is_file())
    omgeving = str(_surroundings(gehaald.dienst, None, voorbeeld=False, wie=""))
    for geheim in (s3.SLEUTEL, s3.GEHEIM):
        assert geheim not in gezegd + omgeving
        assert geheim.encode() not in geschreven
    assert "127.0.0.1" not in gezegd.replace(repr(find_place(os.environ)), "")


@pytest.mark.parametrize(
    ("anders", "wat"),
    [
        ({UIT: "ftp://opslag.voorbeeld.nl/emmer"}, "https"),
        ({UIT: "http://opslag.voorbeeld.nl/emmer"}, "alleen over https"),
        ({UIT: "https://opslag.voorbeeld.nl"}, "geen adres"),
        ({UIT: "https://opslag.voorbeeld.nl/emmer/../ander"}, "geen adres"),
        ({UIT: "https://naam:hokuspokus@opslag.voorbeeld.nl/emmer"}, "geen adres"),
        ({UIT: "https://opslag.voorbeeld.nl/emmer?sleutel=hokuspokus"}, "geen adres"),
        ({UIT: "https://opslag.voorbeeld.nl:99999/emmer"}, "geen adres"),
        ({UIT: "https://[::1/emmer"}, "geen adres"),
        ({NAAR: "https://opslag.voorbeeld.nl/emmer"}, "allebei"),
        ({SLEUTEL: ""}, "ontbreekt"),
        ({GEHEIM: "hokus\npokus"}, "ontbreekt of kan er geen zijn"),
        ({REGIO: "eu west"}, "geen naam van een regio"),
    ],
)
def test_settings_that_are_not_right_are_said_without_what_they_hold(anders: dict[str, str], wat: str) -> None:
    goed = {UIT: "https://opslag.voorbeeld.nl:9000/emmer/monitor/nu", SLEUTEL: "a", GEHEIM: "b"}
    assert find_place(goed) is not None
    assert find_place({}) is None
    with pytest.raises(AfgekeurdError) as fout:
        find_place(goed | anders)
    assert wat in str(fout.value.meldingen[0])
    assert "hokus" not in str(fout.value.meldingen[0])


def test_a_warehouse_with_publications_of_its_own_is_left_alone(
    opslagnet: Opstelling, capsys: pytest.CaptureFixture[str]
) -> None:
    opslagnet.publish(TWEE)
    assert opslagnet.send() == 0
    shutil.copytree(opslagnet.bouw, opslagnet.dienst)
    publish(opslagnet.dienst, EEN)
    (opslagnet.dienst / "opslag.json").unlink()
    assert opslagnet.fetch() == 1
    assert "eigen publicaties" in capsys.readouterr().err
    assert opslagnet.shown() == EEN


def test_where_publications_come_out_of_a_store_none_is_made_or_withdrawn(gehaald: Opstelling, tmp_path: Path) -> None:
    gehaald.fetch()
    for doe in (
        lambda: build(tmp_path, gehaald.dienst),
        lambda: withdraw(gehaald.dienst, EEN, "Een tikfout.", date(2026, 11, 30)),
    ):
        with pytest.raises(AfgekeurdError, match="uit de opslag"):
            doe()
    assert _surroundings(gehaald.dienst, tmp_path, voorbeeld=False, wie="x.toml")[loket.SCHAKELAAR] == ""


def test_who_heard_nothing_for_long_is_behind() -> None:
    nu = datetime(2026, 11, 30, 12, tzinfo=UTC)
    stand = Opslagstand(Richting.UIT).after(Hapering.GEEN, nu)
    assert not stand.is_behind(nu + timedelta(minutes=9))
    assert stand.is_behind(nu + timedelta(minutes=11))
    assert Opslagstand(Richting.UIT).is_behind(nu)
    assert not Opslagstand(Richting.NAAR).after(Hapering.GEEN, nu).is_behind(nu + timedelta(days=9))
    assert stand.age(nu - timedelta(hours=1)) == 0
