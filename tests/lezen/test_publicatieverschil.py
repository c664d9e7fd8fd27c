"""What changed between two publications: each kind of change once, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from uitgave import write

from app.lezen.verschil.publicatieverschil import as_text, compare, compare_ids, compare_regions
from app.opdrachten.cli import main


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
        ("WGO03", None, "onderdrukt", "levering"),  # hidden now: not in the list
        ("WGO04", 0.5, "beschikbaar", "levering"),  # voorbeelddata gave way
        ("WGO06", 0.6, "beschikbaar", "levering"),
    ]
    assert twee(oud, nieuw) == [
        ("waarde", "WGO02", 0.6, 0.7),
        ("herkomst", "WGO04", 0.6, 0.5),
        ("weg", "WGO05", None, None),
        ("nieuw", "WGO06", None, 0.6),
    ]


@pytest.mark.parametrize("volgorde", [("a", "b"), ("b", "a")])
def test_what_one_of_the_two_hides_is_counted_and_not_listed_in_any_order(
    tmp_path: Path, volgorde: tuple[str, str]
) -> None:
    paden = {
        "a": write(tmp_path / "a.duckdb", [("WGO01", 0.8271, "beschikbaar", "levering")]),
        "b": write(tmp_path / "b.duckdb", [("WGO01", None, "onderdrukt", "levering")]),
    }
    uit = compare(*(paden[naam] for naam in volgorde))
    assert uit.cijfers == ()
    assert (uit.verborgen, uit.weer_getoond) == ((1, 0) if volgorde == ("a", "b") else (0, 1))
    assert "WGO01" not in as_text(uit)
    assert "0,82" not in as_text(uit)
    assert "1 cijfer: " in as_text(uit)


def test_of_what_became_hidden_the_made_up_ones_are_told_apart(tmp_path: Path) -> None:
    a = write(tmp_path / "a.duckdb", [
        ("WGO01", 0.6, "beschikbaar", "levering"), ("WGO02", 0.6, "beschikbaar", "synthetisch"),
    ])  # fmt: skip
    b = write(tmp_path / "b.duckdb", [
        ("WGO01", None, "onderdrukt", "levering"), ("WGO02", None, "onderdrukt", "synthetisch"),
    ])  # fmt: skip
    uit, terug = compare(a, b), compare(b, a)
    assert (uit.verborgen, uit.verborgen_verzonnen) == (2, 1)
    assert (terug.weer_getoond, terug.weer_getoond_verzonnen) == (2, 1)


@pytest.mark.parametrize("volgorde", [("a", "b"), ("b", "a")])
def test_what_a_third_publication_hides_now_is_in_no_diff(tmp_path: Path, volgorde: tuple[str, str]) -> None:
    """WGO01 was shown in both and is hidden now, WGO02 was in one only; of WGO03 the change may be seen."""
    a = write(tmp_path / "publicaties" / "a.duckdb", [
        ("WGO01", 0.6, "beschikbaar", "levering"), ("WGO02", 0.6, "beschikbaar", "levering"),
        ("WGO03", 0.6, "beschikbaar", "levering"),
    ])  # fmt: skip
    b = write(tmp_path / "publicaties" / "b.duckdb", [
        ("WGO01", 0.7, "beschikbaar", "levering"), ("WGO03", 0.7, "beschikbaar", "levering"),
    ])  # fmt: skip
    assert len(compare(a, b).cijfers) == 3
    write(tmp_path / "publicatie.duckdb", [
        ("WGO01", None, "onderdrukt", "levering"), ("WGO02", None, "onderdrukt", "levering"),
        ("WGO03", 0.7, "beschikbaar", "levering"),
    ])  # fmt: skip
    uit = compare_ids(tmp_path, *volgorde)
    assert [c.regio_code for c in uit.cijfers] == ["WGO03"]
    assert (uit.verborgen, uit.weer_getoond) == (0, 0)
    assert "WGO01" not in compare_regions(a, b)
    assert [c.regio_code for c in compare_regions(a, b)["WGO03"]] == ["WGO03"]


@pytest.mark.parametrize("volgorde", [("a", "b"), ("b", "a")])
def test_a_cell_is_hidden_under_every_herkomst_but_that_of_what_others_published(
    tmp_path: Path, volgorde: tuple[str, str]
) -> None:
    paden = {
        "a": write(tmp_path / "a.duckdb", [("WGO01", None, "onderdrukt", "levering")]),
        "b": write(tmp_path / "b.duckdb", [
            ("WGO01", 0.6, "beschikbaar", "synthetisch"), ("WGO01", 0.7, "beschikbaar", "gepubliceerd"),
        ]),
    }  # fmt: skip
    wijzigingen = compare(*(paden[naam] for naam in volgorde)).cijfers
    assert [c.herkomst_nieuw or c.herkomst_oud for c in wijzigingen] == ["gepubliceerd"]


@pytest.mark.parametrize("volgorde", [("a", "b"), ("b", "a")])
def test_what_is_too_uncertain_in_one_of_the_two_has_no_value_in_the_list(
    tmp_path: Path, volgorde: tuple[str, str]
) -> None:
    paden = {
        "a": write(tmp_path / "a.duckdb", [("WGO01", 0.8, "beschikbaar", "levering")]),
        "b": write(tmp_path / "b.duckdb", [("WGO01", None, "te_weinig", "levering")]),
    }
    (een,) = compare(*(paden[naam] for naam in volgorde)).cijfers
    assert (een.soort, een.waarde_oud, een.waarde_nieuw) == ("status", None, None)


@pytest.mark.parametrize(
    ("som", "titel", "formule", "oorzaak"),
    [
        ("b", "Dekkingsgraad", "x", "levering"),
        ("a", "Dekkingsgraad", "y", "definitie"),
        ("b", "Dekkingsgraad", "y", "levering, definitie"),
        ("a", "Een andere titel", "x", "berekening"),
    ],
)
def test_a_revised_figure_has_its_cause(tmp_path: Path, som: str, titel: str, formule: str, oorzaak: str) -> None:
    """The same file or another one, and a definition that computes the same or not; a title computes nothing."""

    def extra(som: str, formule: str) -> str:
        levering = f"insert into levering (levering_id, tabel, sha256) values ('l', 't', '{som}')"
        return f"{levering}; update indicator set formule = '{formule}'"

    oud = write(tmp_path / "a.duckdb", [("WGO01", 0.6, "beschikbaar", "levering")], extra=extra("a", "x"))
    cijfers = [("WGO01", 0.7, "beschikbaar", "levering")]
    uit = compare(oud, write(tmp_path / "b.duckdb", cijfers, titel, extra=extra(som, formule)))
    assert [c.oorzaak for c in uit.cijfers] == [oorzaak]
    assert f"0,6 → 0,7 ({oorzaak})" in as_text(uit)


def test_one_region_gives_its_own_changes_only(tmp_path: Path) -> None:
    paden = [
        write(tmp_path / naam, [(regio, waarde, "beschikbaar", "levering") for regio in ("WGO01", "WGO02")])
        for naam, waarde in (("a.duckdb", 0.6), ("b.duckdb", 0.7))
    ]
    assert [(c.regio_code, c.waarde_oud) for c in compare_regions(*paden)["WGO02"]] == [("WGO02", 0.6)]


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
    assert "1 cijfer: verborgen geworden; welke, staat hier niet" in capsys.readouterr().out
    assert main([*opdracht, "p2", "p1"]) == 0
    uit = capsys.readouterr().out
    assert "1 cijfer: weer getoond" in uit
    assert "WGO01" not in uit
    assert "0,6" not in uit
    assert main([*opdracht, "p1", "p1"]) == 0
    assert "er is niets veranderd" in capsys.readouterr().out
    assert main([*opdracht, "p1", "../p2"]) == 1
    fout = capsys.readouterr().err
    assert "Er zijn: p1, p2." in fout
    assert "Traceback" not in fout


def test_what_rests_on_too_few_answers_now_has_no_value_in_a_difference_of_two_from_before(tmp_path: Path) -> None:
    (tmp_path / "publicaties").mkdir()
    for naam, waarde in (("a", 0.6), ("b", 0.7)):
        rijen = [(regio, waarde, "beschikbaar", "levering") for regio in ("WGO01", "WGO02")]
        write(tmp_path / "publicaties" / f"{naam}.duckdb", rijen)
    nu = [("WGO01", None, "te_weinig", "levering"), ("WGO02", 0.7, "beschikbaar", "levering")]
    write(tmp_path / "publicatie.duckdb", nu)
    assert [c.regio_code for c in compare_ids(tmp_path, "a", "b").cijfers] == ["WGO02"]
