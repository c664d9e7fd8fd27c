"""A delivery that passed is not checked again while it and the code stay; what is made of it is the same."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipelines import bouwen
from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.indicatoren import INDICATORS_YML, load_indicatoren
from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.levering.invoer import read_invoer
from pipelines.levering.onthouden import MAP
from pipelines.levering.toets.valideren import Keuring
from pipelines.rekenen.eerder import MAP as CELLEN

BRONNEN = load_bronnen()
INDICATOREN = load_indicatoren(INDICATORS_YML, BRONNEN)
KOP = "periode,peildatum,regio_code,branche_code,medewerkers_aangesloten,medewerkers_totaal\n"
VERZUIM = "periode,regio_code,branche_code,meting,percentage\n"
OUD = {"dekking": KOP + "2021,2022-06-30,NL01,TOTAAL,680,1000\n2021,2022-06-30,RA0101,TOTAAL,68,100\n"}
NIEUW = {"verzuim": VERZUIM + "2023,NL01,TOTAAL,nea,7.1\n"}


@pytest.fixture
def gekeurd(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note which deliveries are looked at."""
    gezien: list[str] = []
    echt = bouwen.validate_levering

    def note(levering, *rest, **anders):
        gezien.append(levering.levering_id)
        return echt(levering, *rest, **anders)

    monkeypatch.setattr(bouwen, "validate_levering", note)
    return gezien


def validate(tmp_path: Path) -> list[Keuring]:
    """Validate all that was delivered, as a build does."""
    raw = tmp_path / "raw"
    return bouwen.validate_all(read_invoer(raw, INDICATORS_YML, BRONNEN), BRONNEN, INDICATOREN, tmp_path / "w")


def test_only_what_is_new_is_looked_at(maak_levering, tmp_path, gekeurd):
    maak_levering(OUD)
    (eerst,) = validate(tmp_path)
    maak_levering(NIEUW, "v", bron="verzuim", periode='"2023"')
    weer, _ = validate(tmp_path)
    assert gekeurd == ["pfzw_dekking/l1", "verzuim/v"]
    assert weer.frames["dekking"].equals(eerst.frames["dekking"])
    assert (weer.kwaliteit, weer.opmerkingen, weer.aantal_rijen) == (eerst.kwaliteit, eerst.opmerkingen, 2)


def test_a_changed_description_is_looked_at_again(maak_levering, tmp_path, gekeurd):
    map_ = maak_levering(OUD)
    validate(tmp_path)
    (map_ / "levering.yml").write_text((map_ / "levering.yml").read_text() + "voorlopig: ja\n")
    validate(tmp_path)
    assert gekeurd == ["pfzw_dekking/l1"] * 2


def test_what_was_damaged_is_looked_at_again(maak_levering, tmp_path, gekeurd):
    maak_levering(OUD)
    validate(tmp_path)
    (onthouden,) = (tmp_path / "w" / MAP).iterdir()
    inhoud = bytearray(onthouden.read_bytes())
    inhoud[-100] ^= 1
    onthouden.write_bytes(inhoud)
    (weer,) = validate(tmp_path)
    assert gekeurd == ["pfzw_dekking/l1"] * 2
    assert len(weer.frames["dekking"]) == 2


def test_what_fails_is_not_remembered(maak_levering, tmp_path):
    maak_levering({"dekking": KOP + "2021,2022-06-30,NL01,TOTAAL,1100,1000\n"})
    for _ in range(2):
        with pytest.raises(AfgekeurdError, match="meer dan medewerkers_totaal"):
            validate(tmp_path)
    assert not (tmp_path / "w").exists()


def test_exact_figures_are_for_the_builder_and_persons_for_nobody(maak_levering, tmp_path, monkeypatch):
    maak_levering(OUD)
    validate(tmp_path)
    (onthouden,) = (tmp_path / "w" / MAP).iterdir()
    assert stat.S_IMODE(onthouden.stat().st_mode) == 0o600
    assert stat.S_IMODE(onthouden.parent.stat().st_mode) == 0o700
    groot = replace(BRONNEN["pfzw_dekking"].tabellen["dekking"], groot=True)
    monkeypatch.setitem(BRONNEN, "pfzw_dekking", replace(BRONNEN["pfzw_dekking"], tabellen={"dekking": groot}))
    validate(tmp_path)
    assert list((tmp_path / "w" / MAP).iterdir()) == []


def test_what_is_withdrawn_is_forgotten(maak_levering, tmp_path):
    maak_levering(OUD)
    map_ = maak_levering(NIEUW, "v", bron="verzuim", periode='"2023"')
    validate(tmp_path)
    assert len(list((tmp_path / "w" / MAP).iterdir())) == 2
    (map_ / "ingetrokken.yml").write_text("op: '2025-07-01'\nreden: vergissing\n")
    validate(tmp_path)
    assert len(list((tmp_path / "w" / MAP).iterdir())) == 1


def tables(warehouse: Path) -> dict[str, list[tuple]]:
    """Return the rows of every table of a publication but the one that says when it was made."""
    with duckdb.connect(str(warehouse / "publicatie.duckdb"), read_only=True) as con:
        vraag = "select table_name from information_schema.tables where table_type = 'BASE TABLE'"
        namen = {naam for (naam,) in con.execute(vraag).fetchall()} - {"publicatie"}
        return {naam: con.execute(f'from "{naam}" order by all').fetchall() for naam in namen}


def test_remembered_or_not_the_publication_is_the_same(
    maak_levering: Callable[..., Path], tmp_path: Path, gekeurd: list[str]
):
    maak_levering(OUD)
    bouwen.build(tmp_path / "raw", tmp_path / "w")
    shutil.copytree(tmp_path / "w", tmp_path / "vergeten")
    for naam in (MAP, CELLEN, "onthulling.json"):
        pad = tmp_path / "vergeten" / naam
        shutil.rmtree(pad) if pad.is_dir() else pad.unlink()
    maak_levering(NIEUW, "v", bron="verzuim", periode='"2023"')
    bouwen.build(tmp_path / "raw", tmp_path / "w")
    assert gekeurd == ["pfzw_dekking/l1", "verzuim/v"]
    bouwen.build(tmp_path / "raw", tmp_path / "vergeten")
    onthouden, vergeten = tables(tmp_path / "w"), tables(tmp_path / "vergeten")
    assert onthouden == vergeten
    assert {rij[0] for rij in onthouden["levering"]} == {"pfzw_dekking/l1", "verzuim/v"}
