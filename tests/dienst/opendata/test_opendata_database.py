"""The publication as a file: without made-up rows unless asked for, and nothing that the app does not show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from opendata import Antwoord, Loket, counter

from app.lezen import data
from pipelines.bouwen import PUBLICATIE

ADRES = "/data/v1/publicatie.duckdb"


@pytest.fixture
def loket(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loket]:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(warehouse))
    with counter() as loket:
        yield loket


def opened(antwoord: Antwoord, map_: Path) -> duckdb.DuckDBPyConnection:
    assert antwoord.status == 200
    pad = map_ / "gekregen.duckdb"
    pad.write_bytes(antwoord.inhoud)
    return duckdb.connect(str(pad), read_only=True)


def test_no_cell_of_the_file_is_made_up(loket: Loket, tmp_path: Path) -> None:
    con = opened(loket.ask(ADRES), tmp_path)
    tabellen = [naam for (naam,) in con.execute("select table_name from duckdb_tables()").fetchall()]
    # The list of codes has the word itself.
    for tabel in set(tabellen) - {"codelijst"}:
        assert con.execute(f"select count(*) from {tabel} t where t::varchar like '%synthetisch%'").fetchone() == (0,)
        assert con.execute(f"select count(*) from {tabel} t where t::varchar ilike '%voorbeelddata%'").fetchone() == (
            0,
        )
    leveringen = "select count(*) from kwaliteit where levering_id not in (select levering_id from levering)"
    assert con.execute(leveringen).fetchone() == (0,)


def test_the_file_has_every_figure_of_the_pages(loket: Loket, tmp_path: Path) -> None:
    con = opened(loket.ask(ADRES), tmp_path)
    merk = data.kenmerk()
    op_paginas = [
        (r.indicator_id, r.regio_code, r.periode, r.waarde)
        for naam in data.indicatoren(merk)
        for r in data.waarnemingen(merk, naam, False)
    ]
    vraag = "select indicator_id, regio_code, periode, waarde from beste_waarneming"
    assert sorted(map(repr, con.execute(vraag).fetchall())) == sorted(map(repr, op_paginas))
    geteld = con.execute("select aantal_waarnemingen from publicatie").fetchone()
    assert geteld == con.execute("select count(*) from waarneming").fetchone()


def test_examples_come_when_asked_for_and_are_said(loket: Loket, warehouse: Path, tmp_path: Path) -> None:
    antwoord = loket.ask(f"{ADRES}?voorbeeld=1")
    assert "_voorbeeld.duckdb" in antwoord.koppen["content-disposition"]
    con = opened(antwoord, tmp_path)
    vraag = "select count(*) from waarneming where herkomst = 'synthetisch'"
    with duckdb.connect(str(warehouse / PUBLICATIE), read_only=True) as heel:
        assert con.execute(vraag).fetchone() == heel.execute(vraag).fetchone() != (0,)
    zegt = con.execute("select comment from duckdb_tables() where table_name = 'publicatie'").fetchone()
    assert zegt
    assert zegt[0].startswith("VOORBEELD")
    assert data.publicatie(data.kenmerk()).publicatie_id in zegt[0]


def test_a_models_estimate_is_in_neither(
    kleine_publicatie: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "warehouse").mkdir()
    pad = tmp_path / "warehouse" / PUBLICATIE
    pad.write_bytes((kleine_publicatie / PUBLICATIE).read_bytes())
    with duckdb.connect(str(pad)) as con:
        con.execute("insert into waarneming by name select * replace ('model' as schatting, 0.1234 as waarde) "
                    "from waarneming where regio_code = 'RA0101'")  # fmt: skip
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path / "warehouse"))
    with counter() as loket:
        for vraag in ("", "?voorbeeld=1"):
            con = opened(loket.ask(ADRES + vraag), tmp_path)
            assert con.execute("select distinct schatting from waarneming").fetchall() == [("",)]
            con.close()


def test_the_file_can_be_had_in_parts_and_is_sent_once(
    kleine_publicatie: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(kleine_publicatie))
    with counter() as loket:
        heel = loket.ask(ADRES)
        deel = loket.ask(ADRES, range="bytes=10-19")
        assert (deel.status, deel.inhoud) == (206, heel.inhoud[10:20])
        assert loket.ask(ADRES, range="bytes=-4").inhoud == heel.inhoud[-4:]
        for geen in ("bytes=9-1", f"bytes={len(heel.inhoud)}-", "bytes=-", "bytes=0-1,3-4", "regels=1-2", "bytes=-0"):
            fout = loket.ask(ADRES, range=geen)
            assert (fout.status, fout.json["fout"]["toegestaan"]) == (416, [f"bytes=0-{len(heel.inhoud) - 1}"]), geen
        assert loket.ask(ADRES, if_none_match=heel.koppen["etag"]).status == 304
        assert loket.ask(ADRES, if_none_match='"anders"').status == 200
        assert loket.ask(ADRES, "HEAD").inhoud == b""
        assert (loket.ask(f"{ADRES}?voorbeeld=2").status, loket.ask(f"{ADRES}?publicatie=x").status) == (400, 400)
