"""What the clock says, where the computer stands and in which language it speaks changes no figure."""

from __future__ import annotations

import time
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import duckdb
import pytest
from lang import some_of

from app.lezen import data
from pipelines.bouwen import PUBLICATIE, build

KOP = "periode,peildatum,regio_code,branche_code,medewerkers_aangesloten,medewerkers_totaal\n"
# A leap day as peildatum, and a share that is a decimal in every language.
RIJEN = "2024,2024-02-29,NL01,TOTAAL,{},1000\n2023,2023-06-30,NL01,TOTAAL,555,1000\n"
MOMENTEN = [
    ("Pacific/Kiritimati", "tr_TR.UTF-8", datetime(2028, 2, 29, 23, 30, tzinfo=UTC)),
    ("America/Adak", "ar_EG.UTF-8", datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ("Europe/Amsterdam", "nl_NL.UTF-8", datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
    ("Europe/Amsterdam", "C", datetime(2027, 10, 31, 1, 30, tzinfo=UTC)),
    ("Asia/Kathmandu", "ja_JP.UTF-8", datetime(2099, 1, 1, tzinfo=UTC)),
]


def set_clock(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """Let a build think that it is this moment."""

    class Klok(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return moment.astimezone(tz)

    monkeypatch.setattr("pipelines.publicatie.publiceren.datetime", Klok)
    monkeypatch.setattr("pipelines.levering.leveringen.datetime", Klok)


def figures(warehouse: Path) -> list[tuple]:
    with duckdb.connect(str(warehouse / PUBLICATIE), read_only=True) as con:
        vraag = "select * exclude (levering_id) from waarneming order by all"
        return con.execute(vraag).fetchall()


@pytest.mark.lang
@pytest.mark.parametrize("waar", some_of(MOMENTEN, 1))
def test_the_same_delivery_gives_the_same_figures(
    maak_levering, hier_gelezen, goedgekeurd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    waar: tuple[str, str, datetime],
) -> None:  # fmt: skip
    zone, taal, moment = waar
    maak_levering({"dekking": KOP + RIJEN.format(674)})
    build(tmp_path / "raw", tmp_path / "hier")
    try:
        with monkeypatch.context() as elders:
            for naam, waarde in (("TZ", zone), ("LC_ALL", taal), ("LANG", taal), ("LANGUAGE", taal)):
                elders.setenv(naam, waarde)
            time.tzset()
            set_clock(elders, moment)
            build(tmp_path / "raw", tmp_path / "elders")
    finally:
        time.tzset()
    assert figures(tmp_path / "elders") == figures(tmp_path / "hier") != []


def test_a_clock_that_jumps_back_keeps_no_newer_delivery_out(
    maak_levering, hier_gelezen, goedgekeurd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    map_ = maak_levering({"dekking": KOP + RIJEN.format(600)})
    set_clock(monkeypatch, datetime(2099, 1, 1, tzinfo=UTC))
    build(tmp_path / "raw", tmp_path / "wh")
    (map_ / "dekking.csv").write_text(KOP + RIJEN.format(600) + "2022,2022-06-30,NL01,TOTAAL,500,1000\n")
    set_clock(monkeypatch, datetime(2026, 11, 29, tzinfo=UTC))
    build(tmp_path / "raw", tmp_path / "wh")
    assert {rij[0] for rij in _periods(tmp_path / "wh")} == {"2022", "2023", "2024"}
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path / "wh"))
    assert data.publicatie(data.kenmerk()).publicatie_id.startswith("20261129")


def _periods(warehouse: Path) -> list[tuple]:
    with duckdb.connect(str(warehouse / PUBLICATIE), read_only=True) as con:
        return con.execute("select distinct periode from waarneming where indicator_id = 'dekkingsgraad'").fetchall()
