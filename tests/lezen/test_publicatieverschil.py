"""What changed between two publications: each kind of change once, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from app.lezen.publicatieverschil import compare, compare_region
from app.opdrachten.cli import main

SCHEMA = (Path(__file__).parents[2] / "pipelines" / "publicatie" / "publicatie.sql").read_text(encoding="utf-8")


def write(pad: Path, cijfers: list[tuple], titel: str = "Dekkingsgraad", extra: str = "") -> Path:
    """Write a publication with figures (regio, waarde, status, herkomst) of one indicator."""
    pad.parent.mkdir(exist_ok=True, parents=True)
    with duckdb.connect(str(pad)) as con:
        con.execute(SCHEMA)
        con.execute("insert into publicatie values (?, now(), '1', 'x', 0, 0, 0, 0)", [pad.stem])
        con.execute("insert into indicator (indicator_id, titel) values ('dekkingsgraad', ?)", [titel])
        for regio, waarde, status, herkomst in cijfers:
            con.execute(
                "insert into waarneming by name select 'dekkingsgraad' as indicator_id, '' as categorie, "
                "'' as uitsplitsing, ? as regio_code, 'wgo' as niveau, 'TOTAAL' as branche_code, '2021' as periode, "
                "'' as schatting, ? as herkomst, ? as waarde, ? as status, false as is_voorlopig, 'l' as levering_id",
                [regio, herkomst, waarde, status],
            )
        con.execute(extra)
    return pad


@pytest.fixture
def twee(tmp_path: Path) -> Callable[..., list[tuple]]:
    def changes(oud: list[tuple], nieuw: list[tuple]) -> list[tuple]:
        uit = compare(write(tmp_path / "a.duckdb", oud), write(tmp_path / "b.duckdb", nieuw))
        return [(c.soort, c.regio_code, c.waarde_oud, c.waarde_nieuw) for c in uit.cijfers]

    return changes


def test_each_kind_of_change_is_told_apart(twee: Callable[..., list[tuple]]) -> None:
    oud = [
        ("WGO01", 0.6, "beschikbaar", "levering"),
        ("WGO02", 0.6, "beschikbaar", "levering"),
        ("WGO03", 0.6, "beschikbaar", "levering"),
        ("WGO04", 0.6, "beschikbaar", "synthetisch"),
        ("WGO05", 0.6, "beschikbaar", "levering"),
    ]
    nieuw = [
        ("WGO01", 0.6, "beschikbaar", "levering"),  # stays as it is: not in the list
        ("WGO02", 0.7, "beschikbaar", "levering"),
        ("WGO03", None, "onderdrukt", "levering"),  # hidden now: what it was is not told either
        ("WGO04", 0.5, "beschikbaar", "levering"),  # voorbeelddata gave way
        ("WGO06", 0.6, "beschikbaar", "levering"),
    ]
    assert twee(oud, nieuw) == [
        ("waarde", "WGO02", 0.6, 0.7),
        ("status", "WGO03", None, None),
        ("herkomst", "WGO04", 0.6, 0.5),
        ("weg", "WGO05", None, None),
        ("nieuw", "WGO06", None, 0.6),
    ]


def test_one_region_gives_its_own_changes_only(tmp_path: Path) -> None:
    paden = [
        write(tmp_path / naam, [(regio, waarde, "beschikbaar", "levering") for regio in ("WGO01", "WGO02")])
        for naam, waarde in (("a.duckdb", 0.6), ("b.duckdb", 0.7))
    ]
    assert [(c.regio_code, c.waarde_oud) for c in compare_region(*paden, "WGO02")] == [("WGO02", 0.6)]


def test_the_order_of_a_sum_is_no_change(twee: Callable[..., list[tuple]]) -> None:
    assert 0.1 + 0.2 != 0.3
    assert twee([("WGO01", 0.1 + 0.2, "beschikbaar", "")], [("WGO01", 0.3, "beschikbaar", "")]) == []


def test_another_interval_is_told_apart_from_another_value(tmp_path: Path) -> None:
    een = [("WGO01", 0.6, "beschikbaar", "levering")]
    nieuw = write(tmp_path / "b.duckdb", een, extra="update waarneming set onder = 0.5")
    assert [c.soort for c in compare(write(tmp_path / "a.duckdb", een), nieuw).cijfers] == ["marge"]


def test_missing_stays_missing_is_no_change(twee: Callable[..., list[tuple]]) -> None:
    assert twee([("WGO01", None, "ontbreekt", "")], [("WGO01", None, "ontbreekt", "")]) == []


def test_a_second_origin_beside_the_first_is_new_not_another_origin(twee: Callable[..., list[tuple]]) -> None:
    een = ("WGO01", 0.6, "beschikbaar", "gepubliceerd")
    assert twee([een], [een, ("WGO01", 0.61, "beschikbaar", "levering")]) == [("nieuw", "WGO01", None, 0.61)]


def test_definitions_that_change_come_and_go(tmp_path: Path) -> None:
    oud = write(tmp_path / "a.duckdb", [], extra="insert into indicator (indicator_id, titel) values ('oud', 'Oud')")
    uit = compare(oud, write(tmp_path / "b.duckdb", [], titel="Dekking"))
    assert [(d.indicator_id, d.veld, d.oud, d.nieuw) for d in uit.definities] == [
        ("dekkingsgraad", "titel", "Dekkingsgraad", "Dekking"),
        ("oud", "indicator", "Oud", ""),
    ]


def test_an_older_publication_without_a_column_can_be_compared(tmp_path: Path) -> None:
    een = [("WGO01", 0.6, "beschikbaar", "levering")]
    oud = write(
        tmp_path / "a.duckdb", een, extra="drop view beste_waarneming; alter table indicator drop te_bevestigen"
    )
    assert compare(oud, write(tmp_path / "b.duckdb", een)).definities == ()


def test_command_says_what_changed_and_which_ids_exist(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    map_ = tmp_path / "publicaties"
    write(map_ / "p1.duckdb", [("WGO01", 0.6, "beschikbaar", "levering")])
    write(map_ / "p2.duckdb", [("WGO01", None, "onderdrukt", "levering")])
    opdracht = ["publications", "--warehouse", str(tmp_path), "--diff"]
    assert main([*opdracht, "p1", "p2"]) == 0
    assert "dekkingsgraad, WGO01, TOTAAL, 2021: getoond → onderdrukt" in capsys.readouterr().out
    assert main([*opdracht, "p1", "p1"]) == 0
    assert "er is niets veranderd" in capsys.readouterr().out
    assert main([*opdracht, "p1", "../p2"]) == 1
    fout = capsys.readouterr().err
    assert "Er zijn: p1, p2." in fout
    assert "Traceback" not in fout
