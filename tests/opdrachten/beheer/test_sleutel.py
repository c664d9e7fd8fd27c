"""A backup under a key: nobody reads it without, and a wrong key or a damaged file changes nothing."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from kopiebed import SCORE, _publish
from schijf import small_disk

from app.commissie.bank.opslag import URL
from app.commissie.model import Inhoud, OpslagError
from app.commissie.openen import open_opslag
from app.logboek import boek, deur, nagaan
from app.logboek.deur import Wie, record
from app.logboek.regel import Daad
from app.opdrachten.beheer.kopie_schrijven import backup
from app.opdrachten.beheer.reservekopie import restore
from app.opdrachten.cli import main
from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.afspraken.warehouse.bewaard import Ingetrokken, announce, ever_published, kept, seal, withdrawn

OUD, NU = "20230601T120000Z-aaaaaaaa", "20240601T120000Z-bbbbbbbb"
TEKST = "Vertrouwelijke toelichting"


@pytest.fixture
def wh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A warehouse with two publications of which one is sealed, a note, a delivery beside it and a log."""
    monkeypatch.delenv(URL, raising=False)
    monkeypatch.delenv(deur.SCHAKELAAR)
    map_ = tmp_path / "wh"
    map_.mkdir()
    _publish(map_, OUD)
    _publish(map_, NU)
    announce(map_, Ingetrokken(OUD, date(2024, 6, 2), "Te herkennen"))
    seal(map_)
    open_opslag(map_).save(SCORE, Inhoud(TEKST, 2), wie="An", rol="commissie", gebaseerd_op=0)
    (tmp_path / "raw" / "bron" / "l1").mkdir(parents=True)
    (tmp_path / "raw" / "bron" / "l1" / "levering.yml").write_text("bron: bron")
    record(map_, Wie("an@voorbeeld.nl", "commissie"), Daad.NOTITIES_GELEZEN, "RA0101")
    return map_


@pytest.fixture
def sleutel(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    pad = tmp_path / "sleutel.txt"
    assert main(["backup", "--maak-sleutel", str(pad)]) == 0
    assert "AGE-SECRET-KEY" not in capsys.readouterr().out
    assert pad.stat().st_mode & 0o077 == 0
    return pad


def tree(map_: Path) -> dict[str, str]:
    """Return every file with its sum; what only says who is at work is left out."""
    return {
        str(pad.relative_to(map_)): hashlib.sha256(pad.read_bytes()).hexdigest()
        for pad in sorted(map_.rglob("*"))
        if pad.is_file() and pad.name not in (".bouw.lock", ".slot") and not pad.name.endswith(("-wal", "-shm"))
    }


def test_everything_comes_back_elsewhere_and_nothing_of_it_can_be_read_without_the_key(
    wh: Path, sleutel: Path, tmp_path: Path
) -> None:
    kopie = backup(wh, tmp_path / "kopie.zip.age", raw=tmp_path / "raw", sleutel=sleutel)
    ruw = kopie.read_bytes()
    assert kopie.stat().st_mode & 0o077 == 0
    assert not any(
        woord.encode() in ruw for woord in (TEKST, "voorbeeld.nl", "publicatie.duckdb", "bron: bron", "inhoud.json")
    )
    elders, raw = tmp_path / "elders" / "wh", tmp_path / "elders" / "raw"
    hersteld = restore(elders, kopie, raw, sleutel)
    assert (hersteld.publicaties, hersteld.wijzigingen, hersteld.leveringen) == (1, 1, 1)
    assert [w.inhoud.tekst for w in open_opslag(elders).history()] == [TEKST]
    assert tree(raw) == tree(tmp_path / "raw")
    # What is sealed is sealed there too, and counts for a build as known.
    assert list(kept(elders)) == [NU]
    assert list(withdrawn(elders)) == [OUD]
    assert [pad.stem for pad in ever_published(elders)] == [OUD, NU]
    assert (elders / "ingetrokken").stat().st_mode & 0o077 == 0
    hier, daar = tree(wh), tree(elders)
    assert {n: s for n, s in daar.items() if n.endswith(".duckdb")} == {
        n: s for n, s in hier.items() if n.endswith(".duckdb")
    }
    (log,) = (elders / "logboek_uit_kopie").iterdir()
    assert nagaan.faults(log) == []
    assert tree(log) == tree(wh / "logboek")
    assert not [pad for pad in [*wh.iterdir(), *elders.iterdir()] if pad.name.startswith(".kopie-")]


def test_the_public_half_makes_backups_and_opens_none(
    wh: Path, sleutel: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    openbaar = tmp_path / "openbaar.txt"
    openbaar.write_text(sleutel.read_text().splitlines()[0].removeprefix("# openbaar: "))
    kopie = backup(wh, tmp_path / "kopie.age", sleutel=openbaar)
    assert main(["restore", str(kopie), "--sleutel", str(openbaar), "--warehouse", str(tmp_path / "elders")]) == 1
    assert "alleen de openbare helft" in capsys.readouterr().err
    restore(tmp_path / "elders", kopie, sleutel=sleutel)


def _cut(ruw: bytes) -> bytes:
    return ruw[:-1]


def _flip(ruw: bytes) -> bytes:
    midden = len(ruw) // 2
    return ruw[:midden] + bytes([ruw[midden] ^ 1]) + ruw[midden + 1 :]


@pytest.mark.parametrize(
    ("doe", "melding"),
    [
        (_cut, "beschadigd of afgekapt"),
        (lambda ruw: ruw[: len(ruw) // 2], "beschadigd of afgekapt"),
        (lambda ruw: ruw + b"x", "beschadigd of afgekapt"),
        (_flip, "beschadigd of afgekapt"),
        (lambda ruw: ruw[:30], "haar begin is beschadigd"),
        (lambda ruw: ruw[:120] + b"\n" + ruw[120:], "haar begin is beschadigd"),
    ],
)
def test_what_is_damaged_is_refused_in_one_message_and_nothing_is_written(
    wh: Path, sleutel: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    doe: Callable[[bytes], bytes], melding: str,
) -> None:  # fmt: skip
    kopie = backup(wh, tmp_path / "kopie.age", sleutel=sleutel)
    kopie.write_bytes(doe(kopie.read_bytes()))
    elders = tmp_path / "elders"
    with pytest.raises(AfgekeurdError, match=melding) as fout:
        restore(elders, kopie, sleutel=sleutel)
    assert len(fout.value.meldingen) == 1
    assert not elders.exists()
    voor = tree(wh)
    with pytest.raises(AfgekeurdError):
        restore(wh, kopie, sleutel=sleutel)
    assert tree(wh) == voor


def test_another_key_or_none_opens_nothing(
    wh: Path, sleutel: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kopie, ander, elders = backup(wh, tmp_path / "kopie.age", sleutel=sleutel), tmp_path / "ander", tmp_path / "elders"
    assert main(["backup", "--maak-sleutel", str(ander)]) == 0
    assert main(["backup", "--maak-sleutel", str(ander)]) == 1
    assert "wordt nooit overschreven" in capsys.readouterr().err
    onzin, open_ = tmp_path / "onzin", tmp_path / "open"
    onzin.write_text("AGE-SECRET-KEY-1GEHEIM")
    shutil.copyfile(sleutel, open_)
    open_.chmod(0o644)
    for keuze, melding in (
        (["--sleutel", str(ander)], "De sleutel past niet"),
        ([], "Deze reservekopie is versleuteld."),
        (["--sleutel", str(onzin)], "geen bestand met een sleutel"),
        (["--sleutel", str(open_)], "Anderen op deze computer"),
        (["--sleutel", str(tmp_path / "weg")], "bestaat niet"),
    ):
        (tmp_path / "log").mkdir(exist_ok=True)
        with pytest.MonkeyPatch.context() as omgeving:
            omgeving.setenv(deur.SCHAKELAAR, str(tmp_path / "log"))
            assert main(["restore", str(kopie), *keuze, "--warehouse", str(elders), "--raw", str(elders / "raw")]) == 1
        gezegd = capsys.readouterr().err
        assert melding in gezegd
        assert "GEHEIM" not in gezegd
        assert not elders.exists()
    with pytest.raises(AfgekeurdError, match="geen bestand met een sleutel"):
        backup(wh, tmp_path / "nog.age", sleutel=onzin)


def test_where_a_key_was_named_a_backup_without_one_is_not_taken_for_it(
    wh: Path, sleutel: Path, tmp_path: Path
) -> None:
    kaal = backup(wh, tmp_path / "kopie.zip")
    with pytest.raises(AfgekeurdError, match="staat niet onder een sleutel"):
        restore(tmp_path / "elders", kaal, sleutel=sleutel)


def test_a_full_disk_or_one_that_rots_leaves_no_backup(
    wh: Path, sleutel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    doel = tmp_path / "uit" / "kopie.age"
    doel.parent.mkdir()
    with small_disk(20_000), pytest.raises((OSError, AfgekeurdError, OpslagError)):
        backup(wh, doel, sleutel=sleutel)
    echt = os.fsync

    def _rot(wijzer: int) -> None:
        echt(wijzer)
        for pad in doel.parent.glob(".kopie.age.*.deel"):
            pad.write_bytes(_flip(pad.read_bytes()))

    monkeypatch.setattr(os, "fsync", _rot)
    with pytest.raises(AfgekeurdError, match="geeft niet terug wat er is geschreven"):
        backup(wh, doel, sleutel=sleutel)
    assert list(doel.parent.iterdir()) == []


def test_the_log_that_is_here_stays_and_that_of_the_backup_comes_beside_it_where_it_is_another(
    wh: Path, tmp_path: Path
) -> None:
    kopie = backup(wh, tmp_path / "kopie.zip")
    record(wh, Wie("", "commissie"), Daad.NOTITIES_GELEZEN)
    voor = tree(wh / "logboek")
    restore(wh, kopie)
    assert tree(wh / "logboek") == voor
    assert not (wh / "logboek_uit_kopie").exists()
    for pad in (wh / "logboek").iterdir():
        pad.unlink()
    record(wh, Wie("", "commissie"), Daad.NOTITIES_GELEZEN)
    restore(wh, kopie)
    (log,) = (wh / "logboek_uit_kopie").iterdir()
    assert boek.head(log) is not None
