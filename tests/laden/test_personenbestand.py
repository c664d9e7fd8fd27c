"""Files of persons as suppliers write them: what is wrong is one message, and nobody's number is shown or kept."""

from __future__ import annotations

import csv

import duckdb
import pandas as pd
import pytest
from banen import EMMEN, GRONINGEN, KOP, LEDEN, check, jobs

from pipelines.bouwen import PUBLICATIE, WERK, build

# What a file does to the process that reads it is tried in test_leesproces; here it is this one.
pytestmark = pytest.mark.usefixtures("hier_gelezen")


@pytest.fixture
def parquet(maak_levering):
    """Write jobs as Parquet, with changes per row; return the messages."""

    def write(*rijen: dict[str, object], zonder: str | None = None) -> list[str]:
        map_ = maak_levering({"leden": LEDEN + "w1,WGO01,2019-01-01,\n"}, bron="pfzw_personen")
        goed = {
            "periode": "2021", "peildatum": "2022-06-30", "persoon_id": "p1", "werkgever_id": "w1",
            "branche_code": "VVT", "gm_code": GRONINGEN,
        }  # fmt: skip
        frame = pd.DataFrame([goed | rij for rij in rijen])
        frame.drop(columns=zonder or []).to_parquet(map_ / "dienstverbanden.parquet")
        return check(map_)

    return write


def test_all_failures_of_a_large_table_come_back_with_their_first_row_and_how_often(parquet):
    fout = {"branche_code": "VTT"}
    elders = {"branche_code": "VTT", "gm_code": EMMEN}
    # Rows that look alike are one row of a large table; of these only the first has a place.
    zelfde = [{"gm_code": "GM9999"}] * 2
    assert parquet({}, fout, {}, {"gm_code": "RA0101"}, elders, {"persoon_id": None}, *zelfde) == [
        "dienstverbanden.parquet, rij 2, kolom branche_code: 'VTT' bestaat niet. Bedoelde u VVT? "
        "Zo staat het in 2 rijen: 2, 5.\n"
        "  Toegestaan: ZKH, REV, UMC, GGZ, GHZ, VVT, HAG, SW, JZ, KO, OZW.",
        "dienstverbanden.parquet, rij 4, kolom gm_code: 'RA0101' bestaat, maar hoort niet in deze tabel.\n"
        "  Niveaus: gemeente.",
        "dienstverbanden.parquet, rij 6, kolom persoon_id: deze cel is leeg.",
        "dienstverbanden.parquet, rij 7, kolom gm_code: 'GM9999' bestaat niet. Bedoelde u GM1992? "
        "Zo staat het in 2 rijen; dit is de eerste.",
    ]


def test_two_peildata_in_one_period_are_an_error(parquet):
    meldingen = parquet({}, {}, {"peildatum": "2022-07-01", "gm_code": GRONINGEN})
    assert [m.splitlines()[0] for m in meldingen] == [
        "dienstverbanden.parquet, rij 3, kolom peildatum: 2022-07-01 wijkt af van de peildatum van de andere rijen "
        "van deze periode (2022-06-30)."
    ]


def test_a_missing_column_is_named_once(parquet):
    (melding,) = parquet({}, {}, zonder="gm_code")
    assert melding.startswith("dienstverbanden.parquet: Kolom 'gm_code' ontbreekt.")


def test_a_column_too_many_is_named_even_when_it_carries_a_name_of_ours(maak_levering):
    tabellen = {"dienstverbanden": KOP + jobs(f"p1 w1 VVT {GRONINGEN}"), "leden": LEDEN + "w9,WGO01,2019-01-01,\n"}
    map_ = maak_levering(tabellen, bron="pfzw_personen")
    tekst = (map_ / "dienstverbanden.csv").read_text(encoding="utf-8").replace("\n", ",_rij\n")
    (map_ / "dienstverbanden.csv").write_text(tekst, encoding="utf-8")
    assert [m.splitlines()[0] for m in check(map_)] == [
        "dienstverbanden.csv, rij 1: Kolom '_rij' hoort niet in deze tabel."
    ]


def test_garbage_in_every_row_is_refused_after_the_first_rows(maak_levering, monkeypatch):
    monkeypatch.setattr("pipelines.levering.toets.groot.MEESTE_VORMEN", 50)
    monkeypatch.setattr("pipelines.levering.toets.groot._RIJEN_VAN_EEN_PROEF", 3)
    map_ = maak_levering({}, bron="pfzw_personen")
    rij = {"periode": "2021", "peildatum": "2022-06-30", "werkgever_id": "w1", "branche_code": "VVT"}
    rijen = [rij | {"persoon_id": f"p{nr}", "gm_code": f"GM{nr}x"} for nr in range(500)]
    pd.DataFrame(rijen).to_parquet(map_ / "dienstverbanden.parquet")
    meldingen = check(map_)
    assert meldingen[-1] == (
        "dienstverbanden.parquet: Dit bestand heeft te veel verschillende waarden van periode, peildatum, "
        "branche_code, gm_code samen.\n  Alleen de eerste 3 rijen zijn nagekeken."
    )
    assert len(meldingen) == 4


@pytest.mark.parametrize("inhoud", [b"PAR1", b"geen parquet", b""])
def test_a_damaged_file_is_one_message(maak_levering, inhoud):
    map_ = maak_levering({}, bron="pfzw_personen")
    (map_ / "dienstverbanden.parquet").write_bytes(inhoud)
    assert check(map_) == ["dienstverbanden.parquet: Dit is geen leesbaar Parquet-bestand."]


def test_damage_in_the_middle_of_the_rows_is_one_message(maak_levering):
    map_ = maak_levering({}, bron="pfzw_personen")
    rijen = [f"2021,2022-06-30,p{nr},w1,VVT,{GRONINGEN}".split(",") for nr in range(2000)]
    pad = map_ / "dienstverbanden.parquet"
    pd.DataFrame(rijen, columns=KOP.strip().split(",")).to_parquet(pad)
    heel = pad.read_bytes()
    pad.write_bytes(heel[:1000] + b"\xff" * 2000 + heel[3000:])
    assert check(map_) == ["dienstverbanden.parquet: Dit is geen leesbaar Parquet-bestand."]


# Confidential.

PERSOON, WERKGEVER = "BSN123456782", "KVK87654321"


def test_no_number_of_a_person_or_an_employer_is_kept(maak_levering, tmp_path):
    banen = jobs(f"{PERSOON} {WERKGEVER} VVT {GRONINGEN}", f"{PERSOON} {WERKGEVER}x GGZ {EMMEN}")
    map_ = maak_levering({"leden": LEDEN + f"{WERKGEVER},WGO01,2019-01-01,\n"}, bron="pfzw_personen")
    rijen = list(csv.DictReader((KOP + banen).splitlines()))
    pd.DataFrame(rijen).to_parquet(map_ / "dienstverbanden.parquet", compression=None)
    assert PERSOON.encode() in (map_ / "dienstverbanden.parquet").read_bytes()
    build(tmp_path / "raw", tmp_path / "wh")
    bestanden = [pad for pad in (tmp_path / "wh").rglob("*") if pad.is_file()]
    assert {PUBLICATIE, WERK} <= {pad.name for pad in bestanden}
    for pad in bestanden:
        assert not any(geheim.encode() in pad.read_bytes() for geheim in (PERSOON, WERKGEVER)), pad
        if pad.suffix == ".duckdb":
            with duckdb.connect(str(pad), read_only=True) as con:
                kolommen = con.execute("select distinct column_name from duckdb_columns()").fetchall()
                assert not {("persoon_id",), ("werkgever_id",)} & set(kolommen)


def test_no_message_shows_the_number_of_a_person_or_an_employer(maak_levering):
    """A space too many, a repeated membership with a wrong end."""
    map_ = maak_levering({"leden": LEDEN + f"{WERKGEVER},WGO01,2019-01-01,2018-01-01\n" * 2}, bron="pfzw_personen")
    rij = ["2021", "2022-06-30", f" {PERSOON}", f"{WERKGEVER} ", "VVT", GRONINGEN]
    pd.DataFrame([rij], columns=KOP.strip().split(",")).to_parquet(map_ / "dienstverbanden.parquet")
    assert [melding.splitlines()[0] for melding in check(map_)] == [
        "dienstverbanden.parquet, rij 1, kolom persoon_id: Dit nummer begint of eindigt met een spatie.",
        "dienstverbanden.parquet, rij 1, kolom werkgever_id: Dit nummer begint of eindigt met een spatie.",
        "leden.csv, rij 2: (***, WGO01, 2019-01-01) komt meer dan eens voor. Zo staat het in 2 rijen: 2, 3.",
        "leden.csv, rij 2, kolom lid_tot: 2018-01-01 ligt voor lid_van (2019-01-01). Zo staat het in 2 rijen: 2, 3.",
    ]


def test_a_file_without_a_header_does_not_show_the_person_that_stands_there(maak_levering):
    map_ = maak_levering({"dienstverbanden": jobs(f"{PERSOON} {WERKGEVER} VVT {GRONINGEN}") * 2}, bron="pfzw_personen")
    meldingen = check(map_)
    assert "dienstverbanden.csv, rij 1: Kolom '***' hoort niet in deze tabel." in "\n".join(meldingen).splitlines()
    assert not any(geheim in melding for melding in meldingen for geheim in (PERSOON, WERKGEVER))
