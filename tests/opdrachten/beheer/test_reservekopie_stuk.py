"""Backups that are damaged or were made to deceive: a message each, never a traceback, and everything as it was."""

from __future__ import annotations

import hashlib
import json
import os
import random
import sqlite3
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from kopiebed import SCORE, _files, _publish
from lang import LANG

from app.commissie.bank.keten import links
from app.commissie.bank.opslag import URL
from app.commissie.model import Inhoud
from app.commissie.openen import open_opslag
from app.commissie.uitwisselen import export_csv
from app.opdrachten.beheer.kopie_schrijven import backup
from app.opdrachten.cli import main

AANTAL = 400 if LANG else 12
Lid = {"wie": "An de Vries", "rol": "commissie"}
Delen = dict[str, bytes]


@pytest.fixture(scope="module")
def bed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A warehouse with one publication and two notes, and a backup of it with one delivery."""
    map_ = tmp_path_factory.mktemp("stuk")
    wh, raw = map_ / "wh", map_ / "raw"
    wh.mkdir()
    (raw / "bron" / "l1").mkdir(parents=True)
    (raw / "bron" / "l1" / "levering.yml").write_text("bron: bron\n")
    oud = os.environ.pop(URL, None)
    try:
        _publish(wh, "20230601T120000Z-aaaaaaaa")
        opslag = open_opslag(wh)
        opslag.save(SCORE, Inhoud("Eerste", 2), gebaseerd_op=0, **Lid)
        opslag.save(SCORE, Inhoud("Tweede", 3), gebaseerd_op=1, **Lid)
        return wh, backup(wh, map_ / "kopie.zip", raw=raw)
    finally:
        if oud is not None:
            os.environ[URL] = oud


@pytest.fixture
def probeer(
    bed: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[bytes], tuple[int, str]]:
    """Return a function that restores these bytes; where it is refused nothing may have changed."""
    monkeypatch.delenv(URL, raising=False)
    wh, kopie = bed

    def _try(inhoud: bytes) -> tuple[int, str]:
        pad, raw = tmp_path / "proef.zip", kopie.parent / "raw"
        pad.write_bytes(inhoud)
        voor, notities = _files(wh), open_opslag(wh).history()
        uitkomst = main(["restore", str(pad), "--warehouse", str(wh), "--raw", str(raw)])
        fout = capsys.readouterr().err
        assert (_files(wh), open_opslag(wh).history()) == (voor, notities)
        assert not list(wh.glob(".terug*")) + list(raw.glob(".terug*"))
        if uitkomst:
            assert "Er is niets veranderd." in fout
        return uitkomst, fout

    return _try


def parts(kopie: Path) -> Delen:
    with zipfile.ZipFile(kopie) as zip_:
        return {naam: zip_.read(naam) for naam in zip_.namelist()}


def pack(delen: Delen, **anders: object) -> bytes:
    """Return a backup of these parts, with the right sums."""
    import io

    delen = dict(delen)
    inhoud = json.loads(delen.pop("inhoud.json"))
    inhoud["delen"] = {naam: hashlib.sha256(d).hexdigest() for naam, d in delen.items()}
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as zip_:
        for naam, deel in delen.items():
            zip_.writestr(naam, deel)
        zip_.writestr("inhoud.json", json.dumps(inhoud | anders))
    return uit.getvalue()


def test_what_was_not_touched_comes_back(bed: tuple[Path, Path], probeer: Callable[[bytes], tuple[int, str]]) -> None:
    delen = parts(bed[1])
    assert "raw/bron/l1/levering.yml" in delen
    assert not [naam for naam in delen if "werk" in naam]
    assert probeer(pack(delen))[0] == 0
    # As before there were chains and raw data in it.
    inhoud = json.loads(delen["inhoud.json"])
    del inhoud["keten"], inhoud["weggelaten"]
    oud = {naam: deel for naam, deel in delen.items() if not naam.startswith("raw/")}
    assert probeer(pack(oud | {"inhoud.json": json.dumps(inhoud).encode()}))[0] == 0


@pytest.mark.lang
def test_any_flip_or_cut_is_refused_in_words_or_changes_nothing(
    bed: tuple[Path, Path], probeer: Callable[[bytes], tuple[int, str]]
) -> None:
    toeval, heel = random.Random(2026), bed[1].read_bytes()
    geweigerd = 0
    for _ in range(AANTAL):
        stuk = bytearray(heel)
        if toeval.random() < 0.3:
            del stuk[toeval.randrange(len(stuk)) :]
        for _ in range(toeval.choice((1, 1, 8))):
            # Half of them in the directory at the end, where the library reads first.
            begin = 0 if toeval.random() < 0.5 else max(len(stuk) - 900, 0)
            if stuk:
                stuk[toeval.randrange(begin, len(stuk))] ^= 1 << toeval.randrange(8)
        geweigerd += probeer(bytes(stuk))[0]
    assert geweigerd > AANTAL / 2


def _names(delen: Delen, naam: str, deel: bytes) -> bytes:
    return pack(delen | {naam: deel})


LISTEN: dict[str, Callable[[Delen], bytes]] = {
    "deep json": lambda d: pack_raw(d, b"[" * 200_000),
    "deep value": lambda d: pack_raw(d, b'{"delen": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    "json of another kind": lambda d: pack_raw(d, b'["delen"]'),
    "no json": lambda d: pack_raw(d, b"\xff\xfe"),
    "parts are a list": lambda d: pack_raw(d, b'{"delen": ["publicatie.duckdb"]}'),
    "sums are numbers": lambda d: pack_raw(d, json.dumps({"delen": dict.fromkeys(d, 7)}).encode()),
    "left out is no list": lambda d: pack(d, weggelaten=7),
    "no publication": lambda d: pack({n: v for n, v in d.items() if n != "publicatie.duckdb"}),
    "no committee": lambda d: pack({n: v for n, v in d.items() if n != "commissie.sqlite"}),
    "two committees": lambda d: _names(d, "commissie.csv", b""),
    "above the folder": lambda d: _names(d, "raw/../../buiten.csv", b"x"),
    "absolute": lambda d: _names(d, "/tmp/buiten.csv", b"x"),
    "hidden": lambda d: _names(d, "raw/bron/.verborgen/x.csv", b"x"),
    "backslash": lambda d: _names(d, "raw/bron\\x.csv", b"x"),
    "work database": lambda d: _names(d, "werk.duckdb", b"x"),
    "no duckdb": lambda d: _names(d, "publicatie.duckdb", b"DUCK" * 1000),
    "no sqlite": lambda d: _names(d, "commissie.sqlite", b"SQLite format 3\0" + b"x" * 500),
    "empty sqlite": lambda d: _names(d, "commissie.sqlite", b""),
    "bomb": lambda d: _names(d, "raw/bron/l9/x.csv", bytes(60_000_000)),
    "other name in the archive": lambda d: _names(d, "publicaties/20200101T000000Z-bbbbbbbb.duckdb",
                                                  d["publicatie.duckdb"]),
}  # fmt: skip


def pack_raw(delen: Delen, inhoud: bytes) -> bytes:
    import io

    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w") as zip_:
        for naam, deel in (delen | {"inhoud.json": inhoud}).items():
            zip_.writestr(naam, deel)
    return uit.getvalue()


def test_every_trick_with_the_archive_is_refused(
    bed: tuple[Path, Path], probeer: Callable[[bytes], tuple[int, str]]
) -> None:
    delen = parts(bed[1])
    for naam, maak in LISTEN.items():
        uitkomst, fout = probeer(maak(delen))
        assert (naam, uitkomst) == (naam, 1)
        assert "reservekopie" in fout or "database van de commissie" in fout, (naam, fout)


def _entry(soort: str) -> Callable[[bytes], bytes]:
    """Return a change of the first entry for the publication, in its own header and in the directory."""

    def _edit(heel: bytes) -> bytes:
        stuk = bytearray(heel)
        for plek in (stuk.index(b"PK\x03\x04"), stuk.index(b"PK\x01\x02")):
            centraal = stuk[plek + 2] == 1
            vlag, methode, attr = plek + (8 if centraal else 6), plek + (10 if centraal else 8), plek + 38
            grootte = plek + (24 if centraal else 22)
            if soort == "encrypted":
                stuk[vlag] |= 1
            elif soort == "method":
                struct.pack_into("<H", stuk, methode, 14)
            elif soort == "link" and centraal:
                struct.pack_into("<I", stuk, attr, (stat.S_IFLNK | 0o777) << 16)
            elif soort == "declared size":
                struct.pack_into("<I", stuk, grootte, 0xFFFFFFF0)
            elif soort == "smaller size":
                struct.pack_into("<I", stuk, grootte, 10)
        return bytes(stuk)

    return _edit


@pytest.mark.parametrize("soort", ["encrypted", "method", "link", "declared size", "smaller size"])
def test_an_entry_that_is_not_plain_is_refused(
    bed: tuple[Path, Path], probeer: Callable[[bytes], tuple[int, str]], soort: str
) -> None:
    uitkomst, fout = probeer(_entry(soort)(pack(parts(bed[1]))))
    assert uitkomst == 1
    assert "geen reservekopie" in fout


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_there_twice_is_refused(
    bed: tuple[Path, Path], probeer: Callable[[bytes], tuple[int, str]], tmp_path: Path
) -> None:
    pad = tmp_path / "dubbel.zip"
    pad.write_bytes(pack(parts(bed[1])))
    with zipfile.ZipFile(pad, "a") as zip_:
        zip_.writestr("commissie.sqlite", b"anders")
    assert probeer(pad.read_bytes())[0] == 1


def rewritten(delen: Delen, tmp_path: Path, *opdrachten: str, fit: bool = False) -> bytes:
    """Return a backup whose committee was changed with SQL; with `fit` its chain is made to fit again."""
    pad = tmp_path / "nep.sqlite"
    pad.write_bytes(delen["commissie.sqlite"])
    con = sqlite3.connect(pad)
    for daad in ("update", "delete", "insert"):
        con.execute(f"drop trigger if exists bewaar_{daad}")
    for opdracht in opdrachten:
        con.execute(opdracht)
    con.commit()
    con.close()
    keten = None
    if fit:
        from app.commissie.bank.opslag import Opslag, sqlite_url

        alles = Opslag(sqlite_url(pad), keur=False).history()
        con = sqlite3.connect(pad)
        con.executemany("update wijziging set keten = ? where kenmerk = ?",
                        [(k, w.kenmerk) for k, w in zip(links(alles), alles, strict=True)])  # fmt: skip
        con.commit()
        con.execute("pragma wal_checkpoint(truncate)")
        con.close()
        keten = links(alles)[-1]
    return pack(delen | {"commissie.sqlite": pad.read_bytes()}, keten=keten)


@pytest.mark.parametrize(
    ("opdracht", "reden"),
    [
        ("update wijziging set wie = 'Bo Jansen' where nummer = 1", "past niet in de keten"),
        ("delete from wijziging where nummer = 1", "past niet in de keten"),
        ("update wijziging set soort = 'geheim'", "Deze soort bestaat niet"),
        ("update wijziging set op = 'gisteren'", "Dit is geen tijdstip"),
        ("update wijziging set op = '0001-01-01 00:00:00'", "te ver in het verleden"),
        ("update wijziging set op = '9999-12-31 23:59:59'", "in de toekomst"),
        ("update wijziging set datum = '2026-02-31'", "Dit is geen datum"),
        ("update wijziging set jaar = 99999999999999999999", "geen geheel getal"),
        ("update wijziging set tekst = x'ff00fe'", "geen database van de commissie"),
        ("update wijziging set kenmerk = kenmerk || 'x'", "Dit is geen kenmerk"),
        ("alter table wijziging rename to iets_anders", "geen database van de commissie"),
        ("alter table wijziging drop column stand", "geen database van de commissie"),
    ],
)
def test_a_committee_that_the_app_did_not_write_is_refused(
    bed: tuple[Path, Path], probeer: Callable[[bytes], tuple[int, str]], tmp_path: Path, opdracht: str, reden: str
) -> None:
    uitkomst, fout = probeer(rewritten(parts(bed[1]), tmp_path, opdracht))
    assert uitkomst == 1
    assert reden in fout
    assert "Tweede" not in fout


def test_a_restore_refuses_another_author_even_where_the_chain_was_made_to_fit(
    bed: tuple[Path, Path], probeer: Callable[[bytes], tuple[int, str]], tmp_path: Path
) -> None:
    ander = "update wijziging set wie = 'Bo Jansen' where nummer = 1"
    uitkomst, fout = probeer(rewritten(parts(bed[1]), tmp_path, ander, fit=True))
    assert uitkomst == 1
    assert "is hier door een ander of met een andere inhoud vastgelegd" in fout
    assert "Bo Jansen" not in fout


def test_a_restore_refuses_a_history_without_its_end(
    bed: tuple[Path, Path], probeer: Callable[[bytes], tuple[int, str]]
) -> None:
    delen = parts(bed[1])
    keten = json.loads(delen["inhoud.json"])["keten"]
    kort = {n: v for n, v in delen.items() if n != "commissie.sqlite"}
    kort["commissie.csv"] = export_csv(open_opslag(bed[0]).history()[:1])
    uitkomst, fout = probeer(pack(kort, keten=keten))
    assert uitkomst == 1
    assert "niet die waarvan zij is gemaakt" in fout


@pytest.mark.parametrize(
    "op", ["2026-13-45T00:00:00", "0000-00-00T00:00:00", "99999-01-01", "2026-03-01T10:00:00+25:00"]
)
def test_a_bad_moment_in_the_csv_is_named(
    bed: tuple[Path, Path], probeer: Callable[[bytes], tuple[int, str]], op: str
) -> None:
    delen, (eerste, _) = parts(bed[1]), open_opslag(bed[0]).history()
    csv = export_csv([eerste]).replace(eerste.op.isoformat().encode(), op.encode())
    kort = {n: v for n, v in delen.items() if n != "commissie.sqlite"} | {"commissie.csv": csv}
    uitkomst, fout = probeer(pack(kort, keten=None))
    assert uitkomst == 1
    assert "rij 2, kolom op: Dit is geen tijdstip." in fout
