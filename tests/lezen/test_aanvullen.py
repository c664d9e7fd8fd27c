"""A kept publication from before figures had a place is read as one of today."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from app.lezen import data
from app.lezen.catalogus import in_order, open_questions
from app.lezen.onderwerp import bewijs
from app.oordeel import enquete
from app.oordeel.overzicht import kerncijfers
from pipelines.afspraken.codelijsten import Plek


@pytest.fixture
def oud(kleine_publicatie: Path, tmp_path: Path) -> Path:
    """Return the smallest publication without the tables and columns that came later."""
    pad = tmp_path / data.BESTAND
    shutil.copy(kleine_publicatie / data.BESTAND, pad)
    with duckdb.connect(str(pad)) as con:
        con.execute("drop table kaartplek; drop table enquetevraag; alter table indicator drop column knop")
        con.execute("drop table bronritme; drop table kernreeks")
        for kolom in ("ritme", "balans", "buiten_koers"):
            con.execute(f"alter table indicator drop column {kolom}")
    return pad


def test_its_figures_stand_where_they_stand_today(oud: Path, kleine_publicatie: Path) -> None:
    merk, nu = data.kenmerk(oud), data.kenmerk(kleine_publicatie / data.BESTAND)
    assert data.indicatoren(merk) == data.indicatoren(nu)
    assert in_order(data.indicatoren(merk), Plek.LANDELIJK)[0] == "dekkingsgraad"
    assert [k.indicator.indicator_id for k in kerncijfers.collect(merk)] == ["dekkingsgraad"]
    assert data.indicatoren(merk)["uitstroom"].knop == "uitstroom"


def test_its_survey_has_the_bases_and_answers_of_the_contract(oud: Path) -> None:
    catalogus = data.indicatoren(data.kenmerk(oud))
    assert catalogus["leren_bpv"].basis == "die leren en opleiden kennen"
    assert next(iter(catalogus["werving_bekendheid"].antwoorden or ())) == "gebruikt"
    assert open_questions(catalogus) == ["pilot_inzicht", "thema_aandacht", "rol_soort"]
    assert not bewijs.leveringen_van(data.kenmerk(oud), "rol_soort").rijen
    assert enquete.jaren(data.kenmerk(oud)) == ()


def test_with_a_catalogue_that_cannot_be_read_it_is_still_read(
    oud: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.afspraken.indicatoren.INDICATORS_YML", tmp_path / "weg.yml")
    (tmp_path / "weg.yml").write_text("proef:\n  titel: Proef\n", encoding="utf-8")
    merk = data.kenmerk(oud)
    assert "dekkingsgraad" in data.indicatoren(merk)
    assert kerncijfers.collect(merk) == []
