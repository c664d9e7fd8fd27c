"""Cells are remembered while nothing changes of what they are made of; with or without, table cel is the same."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest
from koppen import KOPPEN
from lang import some_of
from werk import deliver, load, shipped

from pipelines.afspraken.warehouse.uitkomsten import Uitkomsten, open_uitkomsten
from pipelines.onthulling import onthulling
from pipelines.rekenen import compileren
from pipelines.rekenen.eerder import REFERENTIE

BRONNEN, INDICATOREN = shipped("vacatures", "verzuim")
KWARTALEN = [f"2022KW0{nr},NL01,TOTAAL,azw_breed,60,{nr},1000" for nr in (1, 2, 3, 4)]
RIJEN = {
    "vacatures.vacatures": KWARTALEN,
    "verzuim.verzuim": ["2022,NL01,TOTAAL,kzv,8,100,", "2022,NL01,VVT,kzv,,,8.3"],
}
CODE = {"code/rekenen/compileren.py": "a" * 64, "raw/verzuim/v/verzuim.csv": "b" * 64}


@pytest.fixture
def gemaakt(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note of which tables an indicator is made."""
    gezien: list[str] = []
    echt = compileren._compile

    def note(con, indicator, *rest):
        gezien.append(str(indicator.bron))
        return echt(con, indicator, *rest)

    monkeypatch.setattr(compileren, "_compile", note)
    return gezien


def compile_(
    map_: Path | None, rijen: Mapping[str, list[str]] = RIJEN, indicatoren=INDICATOREN, wijzig: str = "", code=CODE
) -> tuple[list, list]:
    """Return tables cel and periode of these rows, with what a folder remembers; `wijzig` is run before."""
    keuringen = []
    for dag, (plek, tekst) in enumerate(rijen.items(), 1):
        bron, tabel = plek.partition("@")[0].split(".")
        csv = "\n".join([KOPPEN[f"{bron}.{tabel}"], *tekst]) + "\n"
        keuringen.append(deliver(BRONNEN[bron], {tabel: csv}, plek, ontvangen=date(2025, 1, dag)))
    with load(keuringen, BRONNEN, indicatoren) as con:
        con.execute(onthulling.MACRO + ";" + wijzig)
        uitkomsten = open_uitkomsten(map_, code) if map_ else None
        compileren.compile_indicatoren(con, indicatoren, BRONNEN, uitkomsten)
        if uitkomsten:
            uitkomsten.forget_others()
        return con.execute("from cel").fetchall(), con.execute("from periode").fetchall()


@pytest.fixture(scope="module")
def begin(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[list, list]]:
    """Return a folder that remembers the cells of RIJEN, and those tables."""
    map_ = tmp_path_factory.mktemp("cellen")
    return map_, compile_(map_)


def test_what_did_not_change_is_not_made_again_and_has_the_years_of_its_quarters(begin, gemaakt):
    map_, eerst = begin
    assert compile_(map_) == eerst
    assert gemaakt == []
    # 1 + 2 + 3 + 4 vacancies came in 2022, a year that was not delivered.
    cellen, perioden = eerst
    assert ("ontstane_vacatures", "2022", 10.0) in {(rij[0], rij[5], rij[10]) for rij in cellen}
    assert "2022" in {rij[0] for rij in perioden}


ANDERS: dict[str, tuple[dict[str, object], set[str]]] = {
    "added": ({"rijen": {**RIJEN, "verzuim.verzuim@2": ["2023,NL01,TOTAAL,kzv,9,100,"]}}, {"verzuim.verzuim"}),
    "replaced": ({"rijen": {**RIJEN, "verzuim.verzuim@2": RIJEN["verzuim.verzuim"]}}, {"verzuim.verzuim"}),
    "withdrawn": ({"rijen": {"vacatures.vacatures": KWARTALEN}}, set()),
    "entry": (
        {"indicatoren": {n: replace(i, waar="ontstaan > 1") if n == "ontstane_vacatures" else i
                         for n, i in INDICATOREN.items()}},
        {"vacatures.vacatures"},
    ),
    "regions": (
        {"wijzig": "update voorouder set van = date '2030-01-01' where ouder_code = 'NL01'"},
        {"vacatures.vacatures", "verzuim.verzuim"},
    ),
    "code": ({"code": CODE | {"code/rekenen/cel.sql": "c" * 64}}, {"vacatures.vacatures", "verzuim.verzuim"}),
    "other code": ({"code": {"code/rekenen/compileren.py": "c" * 64}}, {"vacatures.vacatures", "verzuim.verzuim"}),
    "raw only": ({"code": {"code/rekenen/compileren.py": "a" * 64}}, set()),
}  # fmt: skip


@pytest.mark.lang
@pytest.mark.parametrize("soort", some_of([*ANDERS], 3))
def test_after_a_change_only_what_it_touches_is_made_again_and_all_is_the_same(begin, tmp_path, gemaakt, soort):
    anders, opnieuw = ANDERS[soort]
    shutil.copytree(begin[0], tmp_path, dirs_exist_ok=True)
    met = compile_(tmp_path, **anders)
    assert set(gemaakt) == opnieuw
    assert met == compile_(None, **{naam: deel for naam, deel in anders.items() if naam != "code"})


def test_a_withdrawn_delivery_is_forgotten_with_its_cells(begin, tmp_path):
    shutil.copytree(begin[0], tmp_path, dirs_exist_ok=True)
    voor = {pad.name for pad in tmp_path.iterdir()}
    compile_(tmp_path, {"vacatures.vacatures": KWARTALEN})
    na = {pad.name for pad in tmp_path.iterdir()}
    assert na < voor


def swap_files(map_: Path) -> None:
    """Put the cells of each indicator, whole and with a good sum, where those of another were."""
    paden = sorted(map_.iterdir())
    inhoud = [pad.read_bytes() for pad in paden]
    for pad, ander in zip(paden, [*inhoud[1:], inhoud[0]], strict=True):
        pad.write_bytes(ander)


def flip_a_bit(map_: Path) -> None:
    """Damage the last figures of every file."""
    for pad in map_.iterdir():
        ruw = bytearray(pad.read_bytes())
        ruw[-200] ^= 1
        pad.write_bytes(ruw)


def write_other(map_: Path) -> None:
    """Write what is no outcome at all, with a good sum."""
    namen = Uitkomsten(map_, "")
    for pad in list(map_.iterdir()):
        pad.unlink()
        namen.keep(pad.name, lambda: b'["2022"]\nno Arrow')


@pytest.mark.lang
@pytest.mark.parametrize("maak_stuk", some_of([swap_files, flip_a_bit, write_other], 1), ids=lambda f: f.__name__)
def test_what_was_damaged_or_is_of_another_is_made_again_and_kept_anew(
    begin, tmp_path, gemaakt, maak_stuk: Callable[[Path], None]
):
    shutil.copytree(begin[0], tmp_path, dirs_exist_ok=True)
    maak_stuk(tmp_path)
    assert compile_(tmp_path) == begin[1]
    assert len(gemaakt) == 4
    gemaakt.clear()
    assert compile_(tmp_path) == begin[1]
    assert gemaakt == []


def test_every_table_that_a_cell_is_made_with_is_in_its_name():
    """What is read and not named would let a change of it go by unseen."""
    gelezen: set[str] = set()

    class Meelezen:
        """A connection that notes from which tables is read."""

        def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
            self.con = con

        def __getattr__(self, naam: str) -> object:
            return getattr(self.con, naam)

        def execute(self, vraag: str, *rest: object) -> duckdb.DuckDBPyConnection:
            kaal = re.sub(r"--[^\n]*", "", vraag)
            eigen = set(re.findall(r"\b(\w+) as (?:materialized )?\(", kaal))
            gelezen.update(set(re.findall(r"\b(?:from|join)\s+([a-z_][\w.]*)", kaal)) - eigen)
            return self.con.execute(vraag, *rest)

    keuring = deliver(
        BRONNEN["verzuim"], {"verzuim": "\n".join([KOPPEN["verzuim.verzuim"], *RIJEN["verzuim.verzuim"]])}
    )
    kwartalen = deliver(BRONNEN["vacatures"], {"vacatures": "\n".join([KOPPEN["vacatures.vacatures"], *KWARTALEN])})
    with load([keuring, kwartalen], BRONNEN, INDICATOREN) as con:
        con.execute(onthulling.MACRO)
        compileren.compile_indicatoren(Meelezen(con), INDICATOREN, BRONNEN)
        tijdelijk = {
            naam for (naam,) in con.execute("select table_name from duckdb_tables() where temporary").fetchall()
        }
    eigen = {str(i.bron) for i in INDICATOREN.values()}
    # Of a period only those in the table count, and what one is follows from its code.
    assert gelezen - tijdelijk - eigen - {"cel", "periode", "gebruikt"} == set(REFERENTIE)
