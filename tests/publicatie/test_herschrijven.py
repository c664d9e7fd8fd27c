"""Taking back a kept publication: nobody reads it any more, and cut off anywhere it is as before or as after."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest
from uitgave import write

from app.lezen.gevraagd import publication_of
from app.lezen.verschil import vorige
from app.lezen.verschil.publicatieverschil import compare_ids
from app.opdrachten.beheer.kopie_schrijven import backup
from app.opdrachten.beheer.reservekopie import restore
from app.opdrachten.cli import main
from pipelines.aanval.audit import audit_warehouse
from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.afspraken.warehouse.bewaard import ever_published, kept, seal, withdrawn
from pipelines.afspraken.warehouse.gaaf import is_whole, newest_whole, record_sum
from pipelines.publicatie.herschrijven import rewrite, withdraw

OUD, TUSSEN, NU = "20260101T000000Z-aaaaaaaa", "20260201T000000Z-bbbbbbbb", "20260301T000000Z-cccccccc"
DAG = date(2026, 11, 29)
REDEN = "één werkgever was te herkennen"


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """Three publications; WGO01 was shown in the first two and is hidden now."""
    map_ = tmp_path / "wh" / "publicaties"
    for naam, waarde in ((OUD, 0.123456789), (TUSSEN, 0.7)):
        write(map_ / f"{naam}.duckdb", [
            ("WGO01", waarde, "beschikbaar", "levering"), ("WGO02", 0.5, "beschikbaar", "levering"),
        ], extra=f"insert into doel values ('dekkingsgraad', 'WGO01', 2021, {waarde}, 2025, 0.9, 'plan'); "
                 "insert into aansluiting values ('dekkingsgraad', '', '', 'WGO01', 'TOTAAL', '2021', 0.6, "
                 f"{waarde}, 'levering', 0, 'gelijk', null, 'bron')")  # fmt: skip
    write(map_ / f"{NU}.duckdb", [
        ("WGO01", None, "onderdrukt", "levering"), ("WGO02", 0.5, "beschikbaar", "levering"),
    ])  # fmt: skip
    for pad in map_.glob("*.duckdb"):
        record_sum(map_, pad.stem, pad)
    shutil.copyfile(map_ / f"{NU}.duckdb", tmp_path / "wh" / "publicatie.duckdb")
    return tmp_path / "wh"


@pytest.fixture
def lees(warehouse: Path) -> Callable[[str], list[str]]:
    """Return a function that says how each way of reading answers when it is asked for a publication."""

    def ask(publicatie_id: str) -> list[str]:
        wegen = (
            lambda: publication_of(warehouse, publicatie_id),
            lambda: compare_ids(warehouse, publicatie_id, NU),
            lambda: compare_ids(warehouse, NU, publicatie_id),
            lambda: audit_warehouse(warehouse, publicatie_id, insider=False),
        )
        antwoorden = []
        for weg in wegen:
            try:
                weg()
                antwoorden.append("te lezen")
            except AfgekeurdError as fout:
                antwoorden.append(str(fout))
        return antwoorden

    return ask


def test_a_withdrawn_publication_is_read_by_nobody_and_every_way_says_when_and_why(
    warehouse: Path, lees: Callable[[str], list[str]]
) -> None:
    assert lees(OUD) == ["te lezen"] * 4
    withdraw(warehouse, OUD, REDEN, DAG)
    assert all("ingetrokken op 29-11-2026: één werkgever was te herkennen." in a for a in lees(OUD))
    assert list(kept(warehouse)) == [TUSSEN, NU]
    assert vorige.previous(warehouse / "publicaties", TUSSEN) is None
    verzegeld = warehouse / "ingetrokken" / f"{OUD}.duckdb"
    assert (verzegeld.stat().st_mode & 0o777, verzegeld.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    # Who read it may know what it said: that is still counted with when a new one is made.
    assert [pad.stem for pad in ever_published(warehouse)] == [OUD, TUSSEN, NU]


def test_one_that_nobody_saw_is_no_longer_counted_with(warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opdracht = ["publications", "--warehouse", str(warehouse)]
    assert main([*opdracht, "--herschrijven", OUD, "--ongezien"]) == 2
    assert "--ongezien hoort bij --intrekken." in capsys.readouterr().err
    assert main([*opdracht, "--intrekken", OUD, "--reden", "een tikfout", "--ongezien"]) == 0
    assert "een tikfout. Volgens de beheerder heeft niemand haar gezien." in capsys.readouterr().out
    assert [pad.stem for pad in ever_published(warehouse)] == [TUSSEN, NU]
    assert withdrawn(warehouse)[OUD].is_gezien is False
    # Of a message that cannot be read, nobody says that.
    (warehouse / "publicaties" / f"{OUD}.ingetrokken.yml").write_text("{", encoding="utf-8")
    assert [pad.stem for pad in ever_published(warehouse)] == [OUD, TUSSEN, NU]


def test_a_rewritten_publication_is_a_version_without_what_is_hidden_now(
    warehouse: Path, lees: Callable[[str], list[str]]
) -> None:
    nieuw = rewrite(warehouse, OUD, DAG)
    assert (nieuw.publicatie_id, nieuw.verborgen) == (f"{OUD}.2", 1)
    assert list(kept(warehouse)) == [f"{OUD}.2", TUSSEN, NU]
    assert all(f"In haar plaats staat {OUD}.2." in a for a in lees(OUD))
    pad = kept(warehouse)[f"{OUD}.2"]
    assert is_whole(pad)
    with duckdb.connect(str(pad), read_only=True) as con:
        assert con.execute("select publicatie_id, aantal_onderdrukt from publicatie").fetchall() == [(f"{OUD}.2", 1)]
        assert con.execute("select regio_code, waarde, status from waarneming order by 1").fetchall() == [
            ("WGO01", None, "onderdrukt"), ("WGO02", 0.5, "beschikbaar"),
        ]  # fmt: skip
        assert con.execute("select nulwaarde from doel").fetchall() == [(None,)]
        assert con.execute("select count(*) from aansluiting").fetchone() == (0,)
    with pytest.raises(AfgekeurdError, match="er is niets te herschrijven"):
        rewrite(warehouse, f"{OUD}.2", DAG)


def test_a_rewritten_file_holds_no_trace_of_what_it_hides(warehouse: Path) -> None:
    waarde = memoryview(duckdb.sql("select 0.123456789::double as w").fetchnumpy()["w"]).tobytes()
    assert waarde in kept(warehouse)[OUD].read_bytes()
    rewrite(warehouse, OUD, DAG)
    assert waarde not in kept(warehouse)[f"{OUD}.2"].read_bytes()


def test_a_version_that_has_to_hide_more_is_followed_by_the_next(warehouse: Path) -> None:
    rewrite(warehouse, OUD, DAG)
    nu = warehouse / "publicatie.duckdb"
    with duckdb.connect(str(nu)) as con:
        con.execute("update waarneming set waarde = null, status = 'onderdrukt'")
    record_sum(warehouse / "publicaties", NU, nu)
    assert rewrite(warehouse, f"{OUD}.2", DAG).publicatie_id == f"{OUD}.3"
    assert list(kept(warehouse)) == [f"{OUD}.3", TUSSEN, NU]
    assert set(withdrawn(warehouse)) == {OUD, f"{OUD}.2"}


@pytest.mark.parametrize("vreemd", ["../publicatie", "", "..", f"{OUD}.duckdb", f"{OUD}.2", NU, "<b>x</b>"])
def test_what_is_no_earlier_publication_is_not_taken_back(warehouse: Path, vreemd: str) -> None:
    for doe in (lambda: withdraw(warehouse, vreemd, REDEN, DAG), lambda: rewrite(warehouse, vreemd, DAG)):
        with pytest.raises(AfgekeurdError):
            doe()
    assert list(kept(warehouse)) == [OUD, TUSSEN, NU]
    assert withdrawn(warehouse) == {}


def test_a_withdrawn_publication_that_comes_back_out_of_a_backup_stays_unread(warehouse: Path, tmp_path: Path) -> None:
    kopie = backup(warehouse, tmp_path / "kopie.zip")
    withdraw(warehouse, OUD, REDEN, DAG)
    restore(warehouse, kopie)
    assert list(kept(warehouse)) == [TUSSEN, NU]
    seal(warehouse)
    assert not (warehouse / "publicaties" / f"{OUD}.duckdb").exists()


def test_a_withdrawn_publication_in_the_place_of_that_of_now_is_not_shown(warehouse: Path) -> None:
    shutil.copyfile(warehouse / "publicaties" / f"{OUD}.duckdb", warehouse / "anders.duckdb")
    withdraw(warehouse, OUD, REDEN, DAG)
    os.replace(warehouse / "anders.duckdb", warehouse / "publicatie.duckdb")
    assert newest_whole(warehouse) == warehouse / "publicaties" / f"{NU}.duckdb"


def test_a_message_that_cannot_be_read_still_keeps_the_publication_from_everyone(warehouse: Path) -> None:
    withdraw(warehouse, OUD, REDEN, DAG)
    (warehouse / "publicaties" / f"{OUD}.ingetrokken.yml").write_text("{", encoding="utf-8")
    shutil.copyfile(warehouse / "ingetrokken" / f"{OUD}.duckdb", warehouse / "publicaties" / f"{OUD}.duckdb")
    assert OUD not in kept(warehouse)


class GestoptError(BaseException):
    """The process was killed here."""


@pytest.mark.parametrize("doe", [lambda wh: withdraw(wh, OUD, REDEN, DAG), lambda wh: rewrite(wh, OUD, DAG)],
                         ids=["intrekken", "herschrijven"])  # fmt: skip
def test_cut_off_between_any_two_file_operations_it_is_as_before_or_as_after(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, doe: Callable[[Path], object]
) -> None:
    voor = list(kept(warehouse))
    na_weg = [naam for naam in voor if naam != OUD]
    na = {tuple(na_weg), (f"{OUD}.2", *na_weg)}
    gezien = set()
    for stap in range(100):
        hier = tmp_path / f"wh{stap}"
        shutil.copytree(warehouse, hier)
        tellers = iter(range(stap))

        def _interrupt(echt: Callable[..., object], tel: object = tellers) -> Callable[..., object]:
            def call(*args: object, **kwargs: object) -> object:
                if next(tel, None) is None:  # type: ignore[call-overload]
                    raise GestoptError
                return echt(*args, **kwargs)

            return call

        with monkeypatch.context() as m:
            for naam in ("replace", "fsync", "chmod", "mkdir"):
                m.setattr(os, naam, _interrupt(getattr(os, naam)))
            try:
                doe(hier)
                klaar = True
            except GestoptError:
                klaar = False
        nu = tuple(kept(hier))
        assert nu == tuple(voor) or nu in na
        assert (OUD in withdrawn(hier)) == (OUD not in nu)
        assert all(is_whole(pad) for pad in kept(hier).values())
        gezien.add(nu)
        seal(hier)
        assert (hier / "publicaties" / f"{OUD}.duckdb").exists() == (OUD in nu)
        if klaar:
            break
    assert klaar
    assert stap > 5
    assert len(gezien) == 2


def test_command_withdraws_rewrites_and_lists(warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opdracht = ["publications", "--warehouse", str(warehouse)]
    assert main([*opdracht, "--intrekken", OUD]) == 2
    assert "bij --intrekken hoort --reden" in capsys.readouterr().err
    assert main([*opdracht, "--intrekken", OUD, "--reden", " "]) == 1
    assert main([*opdracht, "--intrekken", OUD, "--reden", REDEN]) == 0
    assert main([*opdracht, "--herschrijven", TUSSEN]) == 0
    capsys.readouterr()
    assert main(opdracht) == 0
    uit = capsys.readouterr().out
    assert f"{OUD}  Deze publicatie is ingetrokken op " in uit
    assert f"{TUSSEN}.2  " in uit
    assert f"In haar plaats staat {TUSSEN}.2." in uit
    assert main([*opdracht, "--diff", OUD, NU]) == 1
    assert REDEN in capsys.readouterr().err
