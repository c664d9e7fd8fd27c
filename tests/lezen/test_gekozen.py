"""The monitor as known then: an earlier publication, without what is hidden now, and always said to be one."""

from __future__ import annotations

import contextvars
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from uitgave import write

from app.lezen import data
from app.lezen.data import haal_tabel, kenmerk, publicatie
from app.lezen.gevraagd import publication_of
from app.lezen.publicatie import gekozen
from pipelines.publicatie.herschrijven import withdraw

OUD, NU = "20260101T000000Z-aaaaaaaa", "20260301T000000Z-cccccccc"
CIJFERS = "select regio_code, waarde, status from waarneming order by all"


def put_now(warehouse: Path, cijfers: list[tuple]) -> None:
    """Make these figures the publication of now."""
    kopie = warehouse / "publicaties" / f"{NU}.duckdb"
    kopie.unlink(missing_ok=True)
    write(kopie, cijfers)
    shutil.copyfile(kopie, warehouse / "nieuw.duckdb")
    (warehouse / "nieuw.duckdb").replace(warehouse / "publicatie.duckdb")


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """WGO01 and WGO02 were 0.6 and 0.7; WGO01 is hidden now."""
    write(tmp_path / "publicaties" / f"{OUD}.duckdb", [
        ("WGO01", 0.6, "beschikbaar", "levering"), ("WGO02", 0.7, "beschikbaar", "levering"),
    ])  # fmt: skip
    put_now(tmp_path, [("WGO01", None, "onderdrukt", "levering"), ("WGO02", 0.8, "beschikbaar", "levering")])
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path))
    yield tmp_path
    gekozen.choose("")


def test_an_earlier_publication_shows_what_it_showed_but_for_what_is_hidden_now(warehouse: Path) -> None:
    assert haal_tabel(kenmerk(), CIJFERS).rijen == (("WGO01", None, "onderdrukt"), ("WGO02", 0.8, "beschikbaar"))
    gekozen.choose(OUD)
    merk = kenmerk()
    assert haal_tabel(merk, CIJFERS).rijen == (("WGO01", None, "onderdrukt"), ("WGO02", 0.7, "beschikbaar"))
    assert (publicatie(merk).publicatie_id, publicatie(merk).nu) == (OUD, NU)
    # A document or a command that asks for it by its id gets the same.
    assert publication_of(warehouse, OUD) == merk


def test_what_was_remembered_of_an_earlier_publication_goes_when_more_is_hidden(warehouse: Path) -> None:
    gekozen.choose(OUD)
    voor = kenmerk()
    assert haal_tabel(voor, CIJFERS).rijen[1] == ("WGO02", 0.7, "beschikbaar")
    put_now(warehouse, [("WGO02", None, "onderdrukt", "levering")])
    assert kenmerk() != voor
    assert haal_tabel(kenmerk(), CIJFERS).rijen[1] == ("WGO02", None, "onderdrukt")


def test_the_publication_of_now_asked_for_by_its_id_is_that_of_now(warehouse: Path) -> None:
    assert publicatie(publication_of(warehouse, NU)).nu == ""


@pytest.mark.parametrize("vreemd", ["../publicatie", "20990101T000000Z-ffffffff", f"{OUD}.2", "<script>"])
def test_an_id_that_is_not_there_leads_nowhere(warehouse: Path, vreemd: str) -> None:
    gekozen.choose(vreemd)
    assert publicatie(kenmerk()).publicatie_id == NU


def test_a_withdrawn_or_damaged_publication_is_not_read(warehouse: Path) -> None:
    gekozen.choose(OUD)
    merk = kenmerk()
    withdraw(warehouse, OUD, "een fout", date(2026, 11, 29))
    assert publicatie(kenmerk()).publicatie_id == NU
    assert merk != kenmerk()
    anders = warehouse / "publicaties" / "20260201T000000Z-bbbbbbbb.duckdb"
    anders.write_bytes(b"kapot")
    gekozen.choose(anders.stem)
    assert publicatie(kenmerk()).publicatie_id == NU


def test_what_is_made_later_is_of_the_publication_that_was_read_when_it_was_asked_for(warehouse: Path) -> None:
    gekozen.choose(OUD)
    hier = contextvars.copy_context()
    gekozen.choose("")
    assert publicatie(kenmerk()).publicatie_id == NU
    assert hier.copy().run(lambda: publicatie(data.kenmerk()).publicatie_id) == OUD


def test_an_older_publication_without_the_tables_of_now_is_masked_as_well(warehouse: Path) -> None:
    with duckdb.connect(str(warehouse / "publicaties" / f"{OUD}.duckdb")) as con:
        con.execute("drop table regiokenmerk; drop table gelijkende_regio; drop table aansluiting; drop table doel")
    gekozen.choose(OUD)
    assert haal_tabel(kenmerk(), CIJFERS).rijen[0] == ("WGO01", None, "onderdrukt")
