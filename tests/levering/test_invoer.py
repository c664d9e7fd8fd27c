"""What comes in while a build looks around is in the publication and its hash, or in neither."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest

from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.bouwen import PUBLICATIE, build, is_current
from pipelines.levering import invoer
from pipelines.levering.aannemen import accept_path

DEKKING = (
    "periode,peildatum,regio_code,branche_code,medewerkers_aangesloten,medewerkers_totaal\n"
    "2021,2022-06-30,NL01,TOTAAL,680,1000\n"
)


def deliveries(warehouse: Path) -> list[str]:
    with duckdb.connect(str(warehouse / PUBLICATIE), read_only=True) as con:
        rijen = con.execute("select levering_id from levering order by all").fetchall()
    return [levering_id for (levering_id,) in rijen]


@pytest.mark.parametrize("moment", ["voor het zoeken", "na het zoeken"])
def test_a_delivery_taken_in_while_a_build_looks_is_not_missed(
    maak_levering, goedgekeurd, tmp_path, monkeypatch, moment
):
    """Before the search it is found, so it is hashed; after it, the next build must see that something changed."""
    map_ = maak_levering({"dekking": DEKKING})
    raw, warehouse, find = tmp_path / "raw", tmp_path / "wh", invoer.find_leveringen
    keren: list[str] = []

    def find_while_accepting(*argumenten):
        keren.append("zoek")
        if moment == "voor het zoeken" and len(keren) == 1:
            accept_path(map_, None, "2021", raw)
        gevonden = find(*argumenten)
        if moment == "na het zoeken" and len(keren) == 1:
            accept_path(map_, None, "2021", raw)
        return gevonden

    monkeypatch.setattr(invoer, "find_leveringen", find_while_accepting)
    build(raw, warehouse)
    gezien = moment == "voor het zoeken"
    assert deliveries(warehouse) == [*(["pfzw_dekking/2021-2025-06-30"] if gezien else []), "pfzw_dekking/l1"]
    assert is_current(raw, warehouse) == gezien


def test_a_file_that_changes_during_a_build_is_named_and_nothing_is_published(maak_levering, goedgekeurd, tmp_path):
    map_ = maak_levering({"dekking": DEKKING})

    def change(naam: str) -> None:
        if naam == "Indicatoren berekenen":
            (map_ / "dekking.csv").write_text(DEKKING.replace("680", "690"), encoding="utf-8")

    with pytest.raises(AfgekeurdError, match=r"pfzw_dekking/l1/dekking.csv: Dit bestand veranderde tijdens de bouw."):
        build(tmp_path / "raw", tmp_path / "wh", stap=change)
    assert not (tmp_path / "wh" / PUBLICATIE).exists()


def test_a_paper_whose_name_is_no_utf_8_can_lie_beside_the_data(maak_levering, tmp_path):
    map_ = maak_levering({"dekking": DEKKING})
    kaal = invoer.Invoer([], [], invoer.hash_files(tmp_path / "raw", map_ / "levering.yml")).sha256
    (Path(os.fsdecode(os.fsencode(map_) + b"/brief\xff.txt"))).write_bytes(b"x")
    assert kaal != invoer.Invoer([], [], invoer.hash_files(tmp_path / "raw", map_ / "levering.yml")).sha256
