"""A backup holds everything, and a restore gives it back whole or changes nothing."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest
from commissiebed import Lid
from commissiebreken import forget, tamper
from kopiebed import SCORE, _files, _publish

from app.commissie.bank.opslag import BESTAND, URL, Opslag
from app.commissie.model import Inhoud, OpslagError
from app.commissie.openen import open_opslag
from app.opdrachten.beheer import reservekopie
from app.opdrachten.beheer.kopie_schrijven import backup
from app.opdrachten.beheer.reservekopie import restore
from app.opdrachten.cli import main
from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.afspraken.warehouse.bewaard import Ingetrokken, announce, withdrawn
from pipelines.afspraken.warehouse.gaaf import is_whole
from pipelines.bouwen import build


@pytest.fixture
def gevuld(maak, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Opslag]:
    opslag = maak()
    map_ = Path(os.environ["REGIOMONITOR_WAREHOUSE"])
    _publish(map_, "20230601T120000Z-aaaaaaaa")
    opslag.save(SCORE, Inhoud("Eerste toelichting", 2), gebaseerd_op=0, **Lid)
    opslag.save(SCORE, Inhoud("Tweede", 3), gebaseerd_op=1, **Lid)
    return map_, opslag


def test_notes_survive_a_new_publication_and_come_back_from_a_backup(gevuld, tmp_path: Path) -> None:
    map_, opslag = gevuld
    toen, bestanden = opslag.history(), _files(map_)
    kopie = backup(map_, tmp_path / "kopie.zip")
    assert kopie.stat().st_mode & 0o077 == 0
    _publish(map_, "20240601T120000Z-bbbbbbbb")
    opslag.save(SCORE, Inhoud("Na de kopie", 4), gebaseerd_op=2, **Lid)
    later = opslag.history()
    hersteld = restore(map_, kopie)
    assert opslag.history() == toen
    assert _files(map_)["publicatie.duckdb"] == bestanden["publicatie.duckdb"]
    # What came after the backup is not destroyed: the publication stays, the notes are kept beside it.
    assert "publicaties/20240601T120000Z-bbbbbbbb.duckdb" in _files(map_)
    assert b"Na de kopie" in (hersteld.bewaard_in / "commissie.csv").read_bytes()
    assert len(later) == 3
    # And work goes on: nothing that is kept can be changed.
    assert opslag.save(SCORE, Inhoud("Verder", 4), gebaseerd_op=2, **Lid).eigen.versie == 3
    assert restore(map_, kopie).wijzigingen == 2


@pytest.mark.parametrize("schade", ["kort", "ander", "pad", "geen"])
def test_a_damaged_backup_changes_nothing(gevuld, tmp_path: Path, schade: str) -> None:
    map_, opslag = gevuld
    kopie = backup(map_, tmp_path / "kopie.zip")
    _publish(map_, "20240601T120000Z-bbbbbbbb")
    voor, notities = _files(map_), opslag.history()
    if schade == "kort":
        kopie.write_bytes(kopie.read_bytes()[:-400])
    elif schade == "geen":
        kopie.write_text("dit is geen zip")
    else:
        with zipfile.ZipFile(kopie) as zip_:
            delen = {naam: zip_.read(naam) for naam in zip_.namelist()}
        inhoud = json.loads(delen["inhoud.json"])
        if schade == "ander":
            delen["publicatie.duckdb"] += b"x"
        else:
            inhoud["delen"]["../buiten.duckdb"] = inhoud["delen"]["publicatie.duckdb"]
            delen["../buiten.duckdb"] = delen["publicatie.duckdb"]
        delen["inhoud.json"] = json.dumps(inhoud).encode()
        with zipfile.ZipFile(kopie, "w") as zip_:
            for naam, bytes_ in delen.items():
                zip_.writestr(naam, bytes_)
    with pytest.raises(AfgekeurdError, match="geen reservekopie"):
        restore(map_, kopie)
    assert (_files(map_), opslag.history()) == (voor, notities)
    assert not (map_.parent / "buiten.duckdb").exists()


def test_a_restore_that_fails_half_way_puts_everything_back(
    gevuld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    map_, opslag = gevuld
    kopie = backup(map_, tmp_path / "kopie.zip")
    _publish(map_, "20240601T120000Z-bbbbbbbb")
    opslag.save(SCORE, Inhoud("Na de kopie", 4), gebaseerd_op=2, **Lid)
    voor, notities = _files(map_), opslag.history()

    def _fail(*_: object) -> int:
        raise OSError("de schijf is vol")

    monkeypatch.setattr(reservekopie, "insert_missing", _fail)
    with pytest.raises(OpslagError):
        restore(map_, kopie)
    assert (_files(map_), opslag.history()) == (voor, notities)


def test_the_commands_speak_plainly(gevuld, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    map_, opslag = gevuld
    kopie, plek = str(tmp_path / "kopie.zip"), ["--warehouse", str(map_)]
    assert main(["backup", "-o", kopie, *plek]) == 0
    assert main(["backup", "-o", kopie, *plek]) == 1
    assert "Dit bestand bestaat al." in capsys.readouterr().err
    assert main(["restore", kopie, *plek]) == 0
    assert "2 wijzigingen van de commissie" in capsys.readouterr().out
    assert main(["restore", str(tmp_path / "nergens.zip"), *plek]) == 1
    assert "bestaat niet" in capsys.readouterr().err
    export = str(tmp_path / "export.csv")
    assert main(["committee", "export", export, *plek]) == 0
    assert main(["committee", "import", export, *plek]) == 0
    assert "0 wijzigingen toegevoegd" in capsys.readouterr().out
    assert len(opslag.history()) == 2


def _deliver(raw: Path, levering: str, tekst: str = "bron: bron") -> Path:
    map_ = raw / "bron" / levering
    map_.mkdir(parents=True, exist_ok=True)
    (map_ / "levering.yml").write_text(tekst, encoding="utf-8")
    return map_


def _tree(raw: Path) -> dict[str, str]:
    return {str(p.relative_to(raw)): p.read_text() for p in raw.rglob("*") if p.is_file()}


def test_raw_data_go_along_and_only_what_is_missing_comes_back(gevuld, tmp_path: Path) -> None:
    map_, _ = gevuld
    raw = tmp_path / "raw"
    for levering in ("l1", "l2 met spatie, é"):
        _deliver(raw, levering)
    (raw / "LEESMIJ.txt").write_text("los")
    _deliver(raw, ".aannemen-half")
    (raw / "bron" / "l1" / "buiten.csv").symlink_to("/etc/passwd")
    (raw / "bron" / "elders").symlink_to(tmp_path)
    (map_ / "werk.duckdb").write_text("microdata")
    gemeld: list[str] = []
    kopie = backup(map_, tmp_path / "kopie.zip", raw=raw, meld=gemeld.append)
    with zipfile.ZipFile(kopie) as zip_:
        delen = {naam for naam in zip_.namelist() if naam.startswith(("raw/", "werk"))}
    assert delen == {"raw/LEESMIJ.txt", "raw/bron/l1/levering.yml", "raw/bron/l2 met spatie, é/levering.yml"}
    assert len(gemeld) == 2
    assert all("symlink" in m or "geen gewoon bestand" in m for m in gemeld)
    (raw / "bron" / "l1" / "buiten.csv").unlink()
    shutil.rmtree(raw / "bron" / "l2 met spatie, é")
    _deliver(raw, "l3")
    assert restore(map_, kopie, raw).leveringen == 1
    assert {n for n in _tree(raw) if "aannemen" not in n and "elders" not in n} >= {
        "LEESMIJ.txt", "bron/l1/levering.yml", "bron/l2 met spatie, é/levering.yml", "bron/l3/levering.yml",
    }  # fmt: skip
    leeg = tmp_path / "nieuw" / "raw"
    assert restore(map_, kopie, leeg).leveringen == 3
    assert set(_tree(leeg)) == {naam.removeprefix("raw/") for naam in delen}


def test_a_restore_never_touches_a_delivery_that_says_something_else(gevuld, tmp_path: Path) -> None:
    map_, opslag = gevuld
    raw = tmp_path / "raw"
    _deliver(raw, "l1")
    _deliver(raw, "l2")
    kopie = backup(map_, tmp_path / "kopie.zip", raw=raw)
    _deliver(raw, "l1", "anders")
    shutil.rmtree(raw / "bron" / "l2")
    opslag.save(SCORE, Inhoud("Na de kopie", 4), gebaseerd_op=2, **Lid)
    voor = (_tree(raw), opslag.history())
    with pytest.raises(AfgekeurdError, match="Levering bron/l1 staat hier al, met een andere inhoud"):
        restore(map_, kopie, raw)
    assert (_tree(raw), opslag.history()) == voor
    assert not list(map_.glob(".terug*"))
    assert not list(raw.glob(".terug*"))


def test_what_was_taken_back_is_known_after_a_restore_elsewhere_and_a_message_that_is_there_stays(
    gevuld, tmp_path: Path
) -> None:
    map_, _ = gevuld
    weg = "20230501T120000Z-cccccccc"
    announce(map_, Ingetrokken(weg, date(2023, 6, 2), "Een regio te veel"))
    kopie, elders = backup(map_, tmp_path / "kopie.zip"), tmp_path / "elders"
    for hier, reden in ((elders, "Een regio te veel"), (tmp_path / "hier", "Dat is hier besloten")):
        if hier != elders:
            (hier / "publicaties").mkdir(parents=True)
            announce(hier, Ingetrokken(weg, date(2023, 6, 3), reden))
        hersteld = restore(hier, kopie)
        assert (withdrawn(hier)[weg].reden, hersteld.publicaties) == (reden, 1)


def test_a_damaged_earlier_publication_is_left_out_and_named(
    gevuld, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    map_, _ = gevuld
    _publish(map_, "20240601T120000Z-bbbbbbbb")
    oud = map_ / "publicaties" / "20230601T120000Z-aaaaaaaa.duckdb"
    bytes_ = bytearray(oud.read_bytes())
    bytes_[len(bytes_) // 2 :] = bytes(len(bytes_) - len(bytes_) // 2)
    oud.write_bytes(bytes_)
    kopie = tmp_path / "kopie.zip"
    assert main(["backup", "-o", str(kopie), "--warehouse", str(map_), "--raw", str(tmp_path / "raw")]) == 0
    assert f"publicaties/{oud.name} is beschadigd en staat niet in de reservekopie." in capsys.readouterr().err
    with zipfile.ZipFile(kopie) as zip_:
        assert f"publicaties/{oud.name}" not in zip_.namelist()
    assert restore(map_, kopie).publicaties == 0


def test_where_the_publication_of_now_is_damaged_the_newest_good_one_takes_its_place(gevuld, tmp_path: Path) -> None:
    map_, _ = gevuld
    (map_ / "publicatie.duckdb").write_bytes(b"stuk")
    gemeld: list[str] = []
    kopie = backup(map_, tmp_path / "kopie.zip", meld=gemeld.append)
    assert gemeld == [
        "publicatie.duckdb is beschadigd en staat niet in de reservekopie.",
        "In plaats van publicatie.duckdb staat de nieuwste goede publicatie erin: 20230601T120000Z-aaaaaaaa.",
    ]
    restore(map_, kopie)
    assert (map_ / "publicatie.duckdb").read_bytes() == (
        map_ / "publicaties" / "20230601T120000Z-aaaaaaaa.duckdb"
    ).read_bytes()


def test_a_history_that_was_tampered_with_goes_along_as_it_is_and_is_not_put_back(gevuld, tmp_path: Path) -> None:
    map_, opslag = gevuld
    goed = backup(map_, tmp_path / "goed.zip")
    toen = opslag.history()
    tamper(opslag, "update wijziging set wie = 'Bo Jansen' where nummer = 1")
    forget()
    gemeld: list[str] = []
    kopie = backup(map_, tmp_path / "kopie.zip", meld=gemeld.append)
    assert "Wijziging 1 van de commissie" in gemeld[0]
    assert "een herstel laat haar weg" in gemeld[0]
    assert restore(map_, kopie).wijzigingen is None
    # The backup from before mends it, whatever stands there now.
    assert restore(map_, goed).wijzigingen == 2
    assert open_opslag(map_).history() == toen


def test_a_backup_that_the_disk_does_not_give_back_gets_no_name(
    gevuld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    map_, _ = gevuld
    echt = os.fsync
    # Drawn once: nobody wrote them (packed empty pages are zeros already, so zeros would harm nothing),
    # and writing them a second time does not bring the first bytes back.
    rot = os.urandom(64)

    def _rot(wijzer: int) -> None:
        echt(wijzer)
        for pad in tmp_path.glob(".kopie.zip.*.deel"):
            bytes_ = bytearray(pad.read_bytes())
            midden = len(bytes_) // 2
            bytes_[midden : midden + 64] = rot
            pad.write_bytes(bytes_)

    monkeypatch.setattr(os, "fsync", _rot)
    with pytest.raises(AfgekeurdError, match="beschadigd"):
        backup(map_, tmp_path / "kopie.zip")
    assert list(tmp_path.glob("*kopie.zip*")) == []


def test_notes_survive_a_rebuild(
    maak_levering, goedgekeurd: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(URL, raising=False)
    kop = "periode,peildatum,regio_code,branche_code,medewerkers_aangesloten,medewerkers_totaal\n"
    maak_levering({"dekking": f"{kop}2021,2022-06-30,NL01,TOTAAL,680,1000\n"})
    build(tmp_path / "raw", tmp_path / "wh")
    opslag = open_opslag(tmp_path / "wh")
    opslag.save(SCORE, Inhoud("Blijft", 2), gebaseerd_op=0, **Lid)
    build(tmp_path / "raw", tmp_path / "wh")
    assert [w.inhoud.tekst for w in open_opslag(tmp_path / "wh").history()] == ["Blijft"]
    assert b"Blijft" not in (tmp_path / "wh" / "publicatie.duckdb").read_bytes()


@pytest.mark.parametrize("schade", ["weg", "leeg", "kop", "kort"])
def test_a_lost_or_damaged_database_is_noticed_and_a_restore_gives_the_notes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], schade: str
) -> None:
    monkeypatch.delenv(URL, raising=False)
    _publish(tmp_path, "20230601T120000Z-aaaaaaaa")
    open_opslag(tmp_path).save(SCORE, Inhoud("Niet te verliezen", 2), gebaseerd_op=0, **Lid)
    kopie, pad = backup(tmp_path, tmp_path / "kopie.zip"), tmp_path / BESTAND
    if schade == "weg":
        pad.unlink()
    elif schade == "kop":
        pad.write_bytes(b"X" * 16 + pad.read_bytes()[16:])
    else:
        os.truncate(pad, 0 if schade == "leeg" else 9000)
    forget()
    assert main(["committee", "check", "--warehouse", str(tmp_path)]) == 1
    assert "regiomonitor restore" in capsys.readouterr().err
    assert main(["restore", str(kopie), "--warehouse", str(tmp_path), "--raw", str(tmp_path / "raw")]) == 0
    forget()
    assert [w.inhoud.tekst for w in open_opslag(tmp_path).history()] == ["Niet te verliezen"]
    # What cannot be read is not thrown away.
    assert len(list(tmp_path.glob("commissie-beschadigd-*.sqlite"))) == (schade in ("kop", "kort"))


def test_a_damaged_database_stays_where_it_is_when_the_backup_has_none_to_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(URL, raising=False)
    _publish(tmp_path, "20230601T120000Z-aaaaaaaa")
    open_opslag(tmp_path).save(SCORE, Inhoud("Niet te verliezen", 2), gebaseerd_op=0, **Lid)
    os.truncate(tmp_path / BESTAND, 9000)
    kopie, stuk = backup(tmp_path, tmp_path / "kopie.zip"), (tmp_path / BESTAND).read_bytes()
    with pytest.raises(OpslagError, match="beschadigd"):
        restore(tmp_path, kopie)
    assert (tmp_path / BESTAND).read_bytes() == stuk


def test_damage_after_a_restore_is_noticed_as_well_as_after_a_build(gevuld, tmp_path: Path) -> None:
    map_, _ = gevuld
    elders = tmp_path / "elders"
    restore(elders, backup(map_, tmp_path / "kopie.zip"))
    for pad in (elders / "publicatie.duckdb", elders / "publicaties" / "20230601T120000Z-aaaaaaaa.duckdb"):
        assert is_whole(pad)
        # In a part that nobody reads: only the sum can tell.
        pad.write_bytes(pad.read_bytes() + b"x")
        assert not is_whole(pad)
