"""A file is validated in a process of its own: what it does to that process is one message."""

from __future__ import annotations

import os
import random
import sys
from dataclasses import replace
from pathlib import Path

import bommen
import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from bommen import BOMMEN, KOP, RIJ, levering
from lang import LANG, alleen_lang
from nakijken import BRONNEN, EENHEDEN, first_lines, validate

from pipelines.afspraken.contract import Kolom, Regel
from pipelines.afspraken.regio import load_regio
from pipelines.levering.aannemen import check_path
from pipelines.levering.bestand import lezen
from pipelines.levering.bestand.lezen import RIJ as RIJNUMMER
from pipelines.levering.leveringen import read_levering
from pipelines.levering.toets import groot, leesproces, rijen
from pipelines.levering.toets.controles import build_controles, prepare, with_derived
from pipelines.levering.toets.keuren import validate_levering
from pipelines.levering.toets.keuring import run_controles
from pipelines.levering.toets.valideren import validate_here


@pytest.fixture(autouse=True, scope="module")
def of_these_tests():
    """One process for all, as for all deliveries of a build: to start another takes seconds."""
    leesproces.close()
    yield
    leesproces.close()


@pytest.fixture
def own_process():
    leesproces.close()
    yield
    leesproces.close()


def few_rows(map_: Path) -> Path:
    rijen = [["2021", "NL01", "VVT", "pfzw", "10", "200"], ["2021", "NL01", "GGZ", "pfzw", "x", None]]
    pd.DataFrame(rijen, columns=KOP).to_parquet(levering(map_) / "werknemers.parquet")
    return map_


def test_what_comes_back_is_what_this_process_would_have_found(tmp_path, monkeypatch):
    map_ = few_rows(tmp_path / "l1")
    # A supplier's folder is no place to run anything from.
    (map_ / "pickle.py").write_text("raise SystemExit")
    monkeypatch.chdir(map_)
    hier = validate_here(read_levering(map_, BRONNEN), BRONNEN["werknemers"], EENHEDEN)
    apart = validate(map_)
    assert first_lines(apart.meldingen) == ["werknemers.parquet, rij 2, kolom werknemers: 'x' is geen geheel getal."]
    assert (apart.meldingen, apart.kwaliteit, apart.aantal_rijen) == (hier.meldingen, hier.kwaliteit, 2)
    pd.testing.assert_frame_equal(apart.frames["werknemers"], hier.frames["werknemers"])
    assert validate(map_, met_rijen=False).frames == {}


def test_what_it_is_compared_with_is_checked_in_the_same_process(tmp_path, monkeypatch):
    """The library of checks takes seconds to load: once is enough."""
    eerder = levering(tmp_path / "raw" / "werknemers" / "l1") / "werknemers.csv"
    eerder.write_text(f"{','.join(KOP)}\n2020,NL01,VVT,pfzw,200000,3000000\n")
    rij = ["2021", "NL01", "VVT", "pfzw", "200", "3000"]
    pd.DataFrame([rij], columns=KOP).to_parquet(levering(tmp_path / "l2") / "werknemers.parquet")
    monkeypatch.setattr("pipelines.levering.toets.valideren.run_controles", lambda *_: pytest.fail("checked here"))
    gezegd = [melding.tekst for melding in check_path(tmp_path / "l2", None, raw=tmp_path / "raw").meldingen]
    assert any("200.000" in tekst for tekst in gezegd), gezegd


def test_what_takes_too_long_is_one_message_and_the_next_delivery_is_checked(tmp_path, monkeypatch):
    map_ = few_rows(tmp_path / "l1")
    with monkeypatch.context() as kort:
        kort.setattr(leesproces, "REKENTIJD", -100)
        (melding,) = first_lines(validate(map_).meldingen)
    assert melding.startswith("werknemers.parquet: Dit bestand is te groot om te lezen: het vraagt meer dan 1,4 GB")
    assert validate(map_, met_rijen=False).aantal_rijen == 2


def test_what_another_delivery_did_to_the_process_is_not_held_against_this_one(tmp_path):
    """Nor how large its caller was when it was started anew: then each delivery would be the last of a process."""
    map_ = few_rows(tmp_path / "l1")
    validate(map_, met_rijen=False)
    assert leesproces._proces is not None
    leesproces._proces.kill()
    veel = b"x" * (800 << 20)
    assert validate(map_, met_rijen=False).aantal_rijen == 2
    assert len(veel) > leesproces._VEEL_GEBRUIKT
    # macOS keeps no account of one process.
    assert leesproces._proces is not None or sys.platform == "darwin"


def test_a_fault_of_the_program_is_a_message_too(tmp_path):
    map_ = few_rows(tmp_path / "l1")
    bron = BRONNEN["werknemers"]
    tabel = replace(bron.tabellen["werknemers"], regels=(Regel("fout", "", als="geen_kolom > 1"),))
    gelezen = read_levering(map_, BRONNEN)
    (melding,) = validate_levering(gelezen, replace(bron, tabellen={"werknemers": tabel}), EENHEDEN).meldingen
    assert melding.tekst.startswith("De controle van deze levering liep vast (BinderException in controles.py, regel ")


def test_a_table_in_parts_gives_the_same_as_a_table_at_once(tmp_path, monkeypatch):
    map_ = levering(tmp_path / "l1")
    regels = [f"2021,NL01,{branche},pfzw,{werknemers}," for branche, werknemers in [("JZ", 7)] * 25 +
              [("VVT", 10), ("GGZ", "x"), ("VTT", 3), ("VVT", 10), ("", 5), ("KO", ""), ("VVT", 11)]]  # fmt: skip
    (map_ / "werknemers.csv").write_text("\n".join([",".join(KOP), *regels]) + "\n")
    heel = validate(map_)
    monkeypatch.setattr(groot, "VEEL_RIJEN", 20)
    monkeypatch.setattr(groot, "RIJEN_PER_DEEL", 3)
    monkeypatch.setattr(lezen, "VEEL_RIJEN", 20)
    monkeypatch.setattr(rijen, "VEEL_RIJEN", 20)
    delen = validate(map_)
    assert len(heel.meldingen) > 5
    assert (delen.meldingen, delen.kwaliteit) == (heel.meldingen, heel.kwaliteit)


def some_cell(kolom: Kolom, worp: random.Random) -> str:
    """Return what may stand in a column, right or wrong."""
    goed = {
        "periode": ["2021", "2022", "2021KW02", "2020/21"],
        "regio": ["NL01", "WGO07", "GM0363", "RA0101"],
        "geheel": ["3", "10"],
        "getal": ["0.5", "12.5"],
        "datum": ["2021-06-30", "2022-01-01"],
        "ja_nee": ["0", "1"],
        "tekst": ["a", "b=c"],
        "code": list(kolom.lijst)[:4] or ["VVT", "TOTAAL", "REV"],
    }
    return worp.choice([*goed[kolom.type] * 3, "", "x", ".", "2999", "-1", "3000-01-01", "a\u200bb", " "])  # fmt: skip


TABELLEN = [(b.naam, t.naam) for b in BRONNEN.values() for t in b.tabellen.values() if not t.groot]
ENKELE = {("programmas", "bereik"), ("verzuim", "verzuim"), ("mobiliteit", "stromen")}


@pytest.mark.lang
@pytest.mark.parametrize(("bron", "tabel"), TABELLEN if LANG else sorted(ENKELE))
def test_of_every_table_the_checks_find_in_its_forms_what_they_find_in_its_rows(tmp_path, bron, tabel):
    """What decides a check is read from the contract: an input that was overlooked would hide a fault here."""
    contract, worp = BRONNEN[bron].tabellen[tabel], random.Random(bron + tabel)
    cellen = [[some_cell(kolom, worp) for kolom in contract.kolommen.values()] for _ in range(300)]
    frame = pd.DataFrame(cellen, columns=[*contract.kolommen], dtype="str").rename_axis(RIJNUMMER)
    con = duckdb.connect()
    con.execute("set variable ontvangen = '2022-06-30'::date")
    load_regio(con)
    con.execute("create table indicator (indicator_id varchar, eenheid varchar)")
    prepared = prepare(con, contract, frame)
    regios = con.execute("select regio_code, niveau from regio").df()
    controles = build_controles(contract, {"branche": ["VVT", "TOTAAL", "REV"], "indicator": ["x"]}, regios)
    vormen, heel = groot.run_on_forms(con, contract, prepared, controles)
    rijen_ = run_controles(with_derived(con, contract, prepared), controles)
    assert heel
    assert [(u.controle.naam, [*u.rijen]) for u in vormen] == [(u.controle.naam, [*u.rijen]) for u in rijen_]
    assert any(u.rijen for u in rijen_)


def test_what_takes_too_much_memory_is_one_message_that_names_the_file(tmp_path, monkeypatch, own_process):
    if os.uname().sysname != "Linux":
        pytest.skip("only Linux keeps account of the memory of a process")
    map_ = tmp_path / "l1"
    bommen.repeated_rows(map_, 2_000_000)
    monkeypatch.setattr(leesproces, "GEHEUGEN", 400_000_000)
    (melding,) = validate(map_).meldingen
    assert str(melding) == (
        "werknemers.parquet: Dit bestand is te groot om te lezen: het vraagt meer dan 0,4 GB geheugen of 50 seconden "
        "rekentijd.\n  Splits het per periode en lever de delen als Parquet; kijk na of er geen lege rijen of kolommen "
        "in staan."
    )


def test_text_stays_in_this_process_and_what_may_grow_does_not(tmp_path, monkeypatch):
    csv = levering(tmp_path / "csv")
    (csv / "werknemers.csv").write_text(",".join(KOP) + "\n" + ",".join(RIJ) + "\n")
    bommen.formulas(tmp_path / "xlsx", 10_000)
    bommen.narrow_csv(tmp_path / "groot", 1_100_000)
    few_rows(tmp_path / "parquet")
    klein = {naam: leesproces.is_small(read_levering(tmp_path / naam, BRONNEN)) for naam in os.listdir(tmp_path)}
    assert klein == {"csv": True, "xlsx": False, "groot": False, "parquet": False}
    monkeypatch.setattr(leesproces, "_running", lambda: pytest.fail("a process for a small file"))
    assert validate(csv).aantal_rijen == 1


NUMMERS = {
    "double": pa.array([1.0, float("nan")]),
    "struct": pa.array([{"a": 1}, {"a": 2}]),
    "list": pa.array([[1], [2]]),
    "map": pa.array([[("a", 1)], [("b", 2)]], pa.map_(pa.string(), pa.int64())),
    "binary": pa.array([b"\xff", b"a"]),
    "fixed_size_binary": pa.array([b"ab", b"cd"], pa.binary(2)),
    "decimal128": pa.array([1, 2]).cast(pa.decimal128(21, 2)),
    "bool": pa.array([True, False]),
    "date32": pa.array([1, 2], pa.int32()).cast(pa.date32()),
}


@pytest.mark.parametrize("soort", NUMMERS)
@pytest.mark.parametrize("tabel", ["dienstverbanden", "leden"])
def test_a_number_of_a_person_or_an_employer_is_text_or_a_whole_number(tmp_path, soort, tabel):
    """1.0 and 1 would be two persons, and all that is NaN one."""
    map_ = levering(tmp_path / "l1", "pfzw_personen")
    kolommen = BRONNEN["pfzw_personen"].tabellen[tabel].kolommen
    rijen = {naam: NUMMERS[soort] if kolom.geheim else pa.array(["x", "y"]) for naam, kolom in kolommen.items()}
    pq.write_table(pa.table(rijen), map_ / f"{tabel}.parquet")
    gelezen = read_levering(map_, BRONNEN)
    keuring = validate_here(gelezen, BRONNEN[gelezen.bron], EENHEDEN)
    assert [str(melding) for melding in keuring.meldingen] == [
        f"{tabel}.parquet, kolom {naam}: Deze kolom is van het type {soort}.\n"
        "  Een nummer van een persoon of werkgever is tekst of een geheel getal."
        for naam, kolom in kolommen.items() if kolom.geheim
    ]  # fmt: skip


@pytest.mark.lang
@alleen_lang
@pytest.mark.parametrize("naam", BOMMEN)
def test_a_small_file_costs_no_more_than_a_large_one(tmp_path, naam):
    BOMMEN[naam](tmp_path / "l1")
    meting = bommen.measure(tmp_path / "l1")
    assert meting.code == 1
    assert "Traceback" not in meting.tekst
    assert "Er is niets opgeslagen" in meting.tekst
    assert (meting.seconden <= 60, meting.piek_mb <= 1500) == (True, True), meting


@pytest.mark.lang
@alleen_lang
@pytest.mark.parametrize(("rijen", "soort"), [(5_000_000, "parquet"), (200_000, "xlsx")])
def test_a_large_honest_table_is_accepted(tmp_path, rijen, soort):
    bommen.honest_rows(tmp_path / "l1", rijen, soort)
    meting = bommen.measure(tmp_path / "l1")
    assert (meting.code, meting.piek_mb <= 1500) == (0, True), meting
    assert meting.seconden <= 60
