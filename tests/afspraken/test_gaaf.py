"""A damaged publication is noticed before anyone reads a figure in it, and the newest whole one takes its place."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from gesprekpublicatie import NATIONAL, figure, write
from lang import LANG, some_of
from scherm import open_screen

from app.dienst.bewaking import toestand
from app.lezen import data
from app.lezen.verschil.publicatieverschil import compare
from app.opdrachten.beheer.kopie_lezen import publication_id
from app.opdrachten.cli import main
from pipelines.afspraken.warehouse.gaaf import archive_of, is_whole, newest_whole, record_sum
from pipelines.afspraken.warehouse.verbinding import DUCKDB_CONFIG, attach_alone, open_alone
from pipelines.bouwen import PUBLICATIE, WERK, list_publications

OUD, NIEUW = "20230601T120000Z-00000000", "20240601T120000Z-11111111"
CIJFERS = [figure(str(r[0]), "NL01", str(r[6]), r[10], herkomst="gepubliceerd") for r in NATIONAL]  # type: ignore[arg-type]
PLEKKEN = 64 if LANG else 8


def publish(warehouse: Path, publicatie_id: str) -> Path:
    """Put a small publication in place as a build does, and return where it is."""
    (warehouse / "publicaties").mkdir(parents=True, exist_ok=True)
    pad = warehouse / "publicaties" / f"{publicatie_id}.duckdb"
    write(pad, CIJFERS, publicatie_id=publicatie_id, gemaakt=datetime.strptime(publicatie_id[:8], "%Y%m%d"))
    record_sum(pad.parent, publicatie_id, pad)
    shutil.copyfile(pad, warehouse / PUBLICATIE)
    return warehouse / PUBLICATIE


def flip(pad: Path, plek: int) -> None:
    """Change one bit of a file."""
    with pad.open("r+b") as stroom:
        stroom.seek(plek)
        teken = stroom.read(1)[0]
        stroom.seek(plek)
        stroom.write(bytes([teken ^ 1]))


def cut(pad: Path, plek: int) -> None:
    """Take off the end of a file."""
    os.truncate(pad, plek)


@pytest.fixture(scope="module")
def voorbeeld(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write two publications once; every test gets a copy."""
    map_ = tmp_path_factory.mktemp("voorbeeld")
    publish(map_, OUD)
    publish(map_, NIEUW)
    return map_


@pytest.fixture
def warehouse(voorbeeld: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(voorbeeld, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("schade", [flip, cut])
@pytest.mark.lang
def test_any_change_to_a_publication_with_a_sum_is_noticed(
    warehouse: Path, schade: Callable[[Path, int], None]
) -> None:
    pad = warehouse / PUBLICATIE
    heel, kans = pad.read_bytes(), random.Random(8)
    assert is_whole(pad)
    for _ in range(PLEKKEN):
        schade(pad, kans.randrange(len(heel)))
        assert not is_whole(pad)
        assert newest_whole(warehouse) == warehouse / "publicaties" / f"{NIEUW}.duckdb"
        pad.write_bytes(heel)
    assert is_whole(pad)


@pytest.mark.parametrize("schade", [flip, cut])
@pytest.mark.lang
def test_without_a_sum_a_change_is_noticed_or_changes_no_figure(
    warehouse: Path, schade: Callable[[Path, int], None]
) -> None:
    pad, echt = warehouse / PUBLICATIE, warehouse / "publicaties" / f"{NIEUW}.duckdb"
    for som in echt.parent.glob("*.sha256"):
        som.unlink()
    heel, kans = pad.read_bytes(), random.Random(16)
    assert is_whole(pad)
    gemist = 0
    for _ in range(PLEKKEN):
        schade(pad, kans.randrange(len(heel)))
        if is_whole(pad):
            gemist += 1
            assert not compare(echt, pad).cijfers
            assert not compare(echt, pad).definities
        pad.write_bytes(heel)
    assert gemist < PLEKKEN


def test_a_kept_publication_is_held_to_its_own_sum(warehouse: Path) -> None:
    archief = warehouse / "publicaties"
    shutil.copyfile(archief / f"{NIEUW}.duckdb", archief / f"{OUD}.duckdb")
    assert not is_whole(archief / f"{OUD}.duckdb")
    assert is_whole(archief / f"{NIEUW}.duckdb")


def test_a_publication_built_again_under_the_same_id_does_not_make_the_first_one_damaged(warehouse: Path) -> None:
    pad = warehouse / "publicaties" / f"{NIEUW}.duckdb"
    ander = warehouse / "ander.duckdb"
    write(ander, CIJFERS[:2], publicatie_id=NIEUW)
    record_sum(pad.parent, NIEUW, ander)
    assert is_whole(pad)
    os.replace(ander, pad)
    assert is_whole(pad)


def test_what_is_no_publication_is_not_whole(tmp_path: Path) -> None:
    pad = tmp_path / PUBLICATIE
    assert not is_whole(pad)
    for inhoud in (b"", b"geen database", b"\0" * 20_000):
        pad.write_bytes(inhoud)
        assert not is_whole(pad)


ELDERS = {
    "a figure out of a file": "drop view if exists beste_waarneming; drop view if exists beste_waarneming_voorbeeld; "
    "drop table waarneming; create view waarneming as from read_text('{pad}')",
    "a view of the build": "create or replace view beste_waarneming as select * from read_text('{pad}')",
    "a name that is a file": "create or replace view beste_waarneming as select * from '{pad}'",
    "another view": "create view erbij as select 1",
    "a macro": "create macro erbij() as 1",
    "a macro of a table": "create macro erbij() as table select * from read_text('{pad}')",
    "another schema": "create schema erbij",
}


@pytest.mark.parametrize("wat", ELDERS)
def test_a_publication_with_more_than_tables_and_our_views_is_not_whole_and_reads_nothing(
    warehouse: Path, tmp_path: Path, wat: str
) -> None:
    geheim = tmp_path / "geheim.csv"
    geheim.write_text("kop\nhunter2\n")
    los = tmp_path / "elders" / PUBLICATIE
    los.parent.mkdir()
    shutil.copyfile(warehouse / PUBLICATIE, los)
    assert publication_id(los) == NIEUW
    with duckdb.connect(str(los)) as con:
        con.execute(ELDERS[wat].format(pad=geheim))
    assert not is_whole(los)
    assert publication_id(los) is None
    # Also where somebody made it pass.
    with duckdb.connect(config=DUCKDB_CONFIG) as con:
        attach_alone(con, oud=los)
        with pytest.raises(duckdb.Error):
            con.execute(f"from read_text('{geheim}')")
    for read_only in (True, False):
        with open_alone(los, read_only=read_only) as con, pytest.raises(duckdb.Error):
            con.execute(f"from read_text('{geheim}')")
    # What may be written to it is there the next time.
    with open_alone(los, read_only=False) as con:
        con.execute("update publicatie set code_versie = 'anders'")
    with open_alone(los) as con:
        assert con.execute("select code_versie from publicatie").fetchone() == ("anders",)


def test_the_app_serves_the_newest_whole_publication_and_the_next_one_as_soon_as_it_is_there(warehouse: Path) -> None:
    merk = data.kenmerk()
    assert not data.is_substitute(merk)
    flip(warehouse / PUBLICATIE, 50_000)
    cut(warehouse / "publicaties" / f"{NIEUW}.duckdb", 50_000)
    merk = data.kenmerk()
    assert data.is_substitute(merk)
    assert data.publicatie(merk).publicatie_id == OUD
    assert data.archief(merk) == archive_of(warehouse / PUBLICATIE) == warehouse / "publicaties"
    publish(warehouse, "20250601T120000Z-22222222")
    merk = data.kenmerk()
    assert not data.is_substitute(merk)
    assert data.publicatie(merk).publicatie_id == "20250601T120000Z-22222222"


PAGINA = """
from app.dienst.bewaking import toestand
from app.lezen import data
from app.hoofd import _framed
import streamlit as st
_framed("kaart", lambda merk: st.text(data.publicatie(merk).publicatie_id))()
"""


def _page() -> tuple[list[str], str]:
    scherm = open_screen(PAGINA)
    return [t.value for t in [*scherm.text, *scherm.title]], "\n".join(e.proto.body for e in scherm.get("html"))


def test_every_page_says_that_another_publication_is_shown(warehouse: Path) -> None:
    assert "beschadigd" not in _page()[1]
    flip(warehouse / PUBLICATIE, 50_000)
    (warehouse / "publicaties" / f"{NIEUW}.duckdb").unlink()
    getoond, tekst = _page()
    assert getoond == [OUD]
    assert "De nieuwste publicatie is beschadigd." in tekst
    assert f"de publicatie van 1 juni 2023 ({OUD})" in tekst
    assert "<code>.venv/bin/regiomonitor build --force</code>" in tekst
    cut(warehouse / "publicaties" / f"{OUD}.duckdb", 50_000)
    getoond, tekst = _page()
    assert getoond == ["De publicatie is beschadigd"]
    assert "<code>.venv/bin/regiomonitor build --force</code>" in tekst


def test_the_list_names_what_is_damaged_and_has_the_rest(warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flip(warehouse / "publicaties" / f"{OUD}.duckdb", 50_000)
    assert [rij[0] for rij in list_publications(warehouse)] == [NIEUW]
    assert main(["publications", "--warehouse", str(warehouse)]) == 0
    uit = capsys.readouterr()
    assert f"publicaties/{OUD}.duckdb: Deze bewaarde publicatie is beschadigd." in uit.err
    assert f"{NIEUW}  01-06-2024" in uit.out
    assert uit.out.endswith("(deze staat nu in de app)\n")


@pytest.mark.parametrize("plek", [4_100, 50_000])
def test_commands_say_that_the_publication_is_damaged(
    warehouse: Path, capsys: pytest.CaptureFixture[str], plek: int
) -> None:
    flip(warehouse / PUBLICATIE, plek)
    melding = f"publicatie.duckdb: De publicatie van nu is beschadigd; in haar plaats staat {NIEUW}"
    assert main(["publications", "--warehouse", str(warehouse)]) == 0
    uit = capsys.readouterr()
    assert melding in uit.err
    assert "(deze staat nu in de app)" in uit.out
    assert main(["audit", "--warehouse", str(warehouse)]) == 1
    assert melding in capsys.readouterr().err
    assert main(["audit", "--publicatie", OUD, "--warehouse", str(warehouse)]) == 0
    assert f"Publicatie {OUD}" in capsys.readouterr().out


@pytest.mark.parametrize("schade", [flip, cut])
def test_a_work_file_that_is_damaged_is_named_and_no_attack_goes_on_as_if_it_was_gone(
    warehouse: Path, capsys: pytest.CaptureFixture[str], schade: Callable[[Path, int], None]
) -> None:
    werk = warehouse / WERK
    with duckdb.connect(str(werk)) as con:
        con.execute(
            "create schema bron; create table bron.rijen as select i, i::varchar as tekst from range(50_000) t(i)"
        )
    schade(werk, werk.stat().st_size // 2)
    assert main(["audit", "--warehouse", str(warehouse)]) == 1
    assert f"{WERK}: Dit bestand met de exacte cijfers is beschadigd." in capsys.readouterr().err
    assert is_whole(warehouse / PUBLICATIE)


# What a table may lose: all of its rows, itself, or a column.
VERLIES = ("delete from {}", "drop table {} cascade", "alter table {} rename to weg")


@pytest.mark.lang
def test_damage_to_any_table_is_noticed_and_the_last_good_one_is_shown_and_said(warehouse: Path) -> None:
    pad = warehouse / PUBLICATIE
    heel = pad.read_bytes()
    with duckdb.connect(str(pad), read_only=True) as con:
        tabellen = [str(naam) for (naam,) in con.execute("select table_name from duckdb_tables()").fetchall()]
    assert len(tabellen) > 20
    for nummer, tabel in enumerate(some_of(tabellen, 4)):
        with duckdb.connect(str(pad)) as con:
            for (view,) in con.execute("select view_name from duckdb_views() where not internal").fetchall():
                con.execute(f"drop view {view}")
            con.execute(VERLIES[nummer % 3].format(f'"{tabel}"'))
        assert not is_whole(pad), tabel
        assert data.is_substitute(data.kenmerk())
        assert json.loads(bytes(toestand.ready(None).body))["vervangend"]  # type: ignore[arg-type]
        pad.write_bytes(heel)
    assert not data.is_substitute(data.kenmerk())


def test_a_document_comes_from_the_newest_whole_publication(
    warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flip(warehouse / PUBLICATIE, 50_000)
    flip(warehouse / "publicaties" / f"{OUD}.duckdb", 50_000)
    aanroep = ["report", "RA9001", "--format", "docx", "-o", str(tmp_path / "uit"), "--warehouse", str(warehouse)]
    assert main(aanroep) == 0
    uit = capsys.readouterr()
    assert f"in haar plaats staat {NIEUW}" in uit.err
    assert f"dossier_RA9001_{NIEUW}.docx" in uit.out
    assert main([*aanroep, "--publicatie", OUD]) == 1
    assert "Deze publicatie is beschadigd." in capsys.readouterr().err
    assert main(["publications", "--diff", OUD, NIEUW, "--warehouse", str(warehouse)]) == 1
    assert "Deze publicatie is niet te lezen." in capsys.readouterr().err
