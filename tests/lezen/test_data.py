"""The app reads one publication, whole, and notices a new one."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from app.lezen import data


@pytest.fixture
def plek(warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A warehouse of our own, with the shipped publication in it."""
    shutil.copy(warehouse / data.BESTAND, tmp_path / data.BESTAND)
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path))
    return tmp_path


def test_published_figure_goes_before_voorbeelddata(plek: Path) -> None:
    rijen = data.waarnemingen(data.kenmerk(), "dekkingsgraad", True)
    totaal = [r for r in rijen if r.regio_code == "NL01" and r.branche_code == "TOTAAL" and r.periode == "2021"]
    assert [(r.herkomst, r.waarde, r.bron) for r in totaal] == [
        ("gepubliceerd", 0.68, "Nulmeting SRS 2021 (SEOR, 2022)")
    ]
    assert totaal[0].moment == date(2022, 6, 30)


def test_only_real_figures(plek: Path) -> None:
    merk = data.kenmerk()
    assert not any(r.herkomst == "synthetisch" for r in data.waarnemingen(merk, "dekkingsgraad", False))
    assert "dekkingsgraad" in data.niveaus_per_indicator(merk, True)
    assert "dekkingsgraad" not in data.niveaus_per_indicator(merk, False)


def test_a_swapped_publication_is_noticed_and_the_file_is_not_held(plek: Path) -> None:
    eerst = data.kenmerk()
    oud = data.publicatie(eerst).publicatie_id
    nieuw = plek / "nieuw.duckdb"
    shutil.copy(plek / data.BESTAND, nieuw)
    # A writer can open the file: the app keeps no lock on what it has read.
    with duckdb.connect(str(nieuw)) as con:
        con.execute("update publicatie set publicatie_id = 'nieuw'")
    os.replace(nieuw, plek / data.BESTAND)
    assert data.publicatie(data.kenmerk()).publicatie_id == "nieuw"
    assert data.publicatie(eerst).publicatie_id == oud


def test_no_publication_and_a_broken_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path))
    with pytest.raises(data.GeenPublicatieError):
        data.kenmerk()
    (tmp_path / data.BESTAND).write_bytes(b"geen database")
    with pytest.raises(data.GeenPublicatieError):
        data.publicatie(data.kenmerk())


def test_membership_is_that_of_the_day(plek: Path) -> None:
    merk = data.kenmerk()
    toen, nu = data.wgo_van_regio(merk, date(2022, 6, 30)), data.wgo_van_regio(merk, date(2022, 7, 1))
    assert (toen["RA0717"], nu["RA0717"]) == ("WGO07", "WGO06")
    assert [len(set(data.wgo_van_regio(merk, date(j, 7, 1)).values())) for j in (2016, 2018, 2019, 2022)] == [
        14,
        14,
        13,
        12,
    ]
    assert len(nu) == 28


def test_the_app_cannot_reach_other_files(plek: Path) -> None:
    with pytest.raises(duckdb.Error):
        data.haal_tabel(data.kenmerk(), "from read_csv('/etc/passwd')")
