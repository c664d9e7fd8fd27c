"""The data package of a publication, and the command that writes it."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest
import yaml

from app.lezen import data
from app.opdrachten import cli
from app.opdrachten.uitgeven import export
from app.uitgave import pakket
from app.uitgave.vorm.vormen import VORMEN
from pipelines.bouwen import PUBLICATIE


def run(*argumenten: object) -> int:
    return cli.main([str(deel) for deel in argumenten])


def tree(map_: Path) -> dict[str, bytes]:
    return {pad.relative_to(map_).as_posix(): pad.read_bytes() for pad in sorted(map_.rglob("*")) if pad.is_file()}


def test_a_publication_of_two_figures_as_csv(kleine_publicatie: Path, tmp_path: Path) -> None:
    assert run("export", "--warehouse", kleine_publicatie, "-o", tmp_path / "uit") == 0
    bestanden = tree(tmp_path / "uit")
    assert set(bestanden) == {
        "cijfers/dekkingsgraad.csv", "indicatoren.csv", "regios.csv", "csv-metadata.json", "datapackage.json",
        "CITATION.cff", "LEESMIJ.md",
    }  # fmt: skip
    rijen = list(csv.DictReader(bestanden["cijfers/dekkingsgraad.csv"].decode().splitlines()))
    assert [(r["regio"], r["waarde"], r["cijfer"], r["status"]) for r in rijen if r["regio_code"] == "NL01"] == [
        ("Nederland", "0.68", "68%", "beschikbaar")
    ]


def test_there_is_an_export_in_every_form() -> None:
    assert set(export.FORMATEN) == {*VORMEN, pakket.CATALOGUS}


@pytest.mark.parametrize("vorm", export.FORMATEN)
def test_the_same_publication_gives_the_same_files(kleine_publicatie: Path, tmp_path: Path, vorm: str) -> None:
    for naam in ("een", "twee"):
        assert run("export", "--warehouse", kleine_publicatie, "--format", vorm, "-o", tmp_path / naam) == 0
    assert tree(tmp_path / "een") == tree(tmp_path / "twee")


def test_the_description_has_the_sum_and_the_columns_of_every_file(warehouse: Path) -> None:
    merk = data.kenmerk(warehouse / PUBLICATIE)
    bestanden = {bestand.pad: bestand.inhoud for bestand in pakket.files(merk, "csv")}
    beschrijving = json.loads(bestanden[pakket.BESCHRIJVING])
    bronnen = {bron["path"]: bron for bron in beschrijving["resources"]}
    assert set(bronnen) == set(bestanden) - {pakket.BESCHRIJVING, pakket.LEESMIJ, pakket.CITAAT, pakket.CSVW}
    assert len({bron["name"] for bron in bronnen.values()}) == len(bronnen)
    for pad, bron in bronnen.items():
        assert bron["hash"] == f"sha256:{hashlib.sha256(bestanden[pad]).hexdigest()}"
        assert bron["bytes"] == len(bestanden[pad])
        koppen = next(csv.reader(bestanden[pad].decode().splitlines()))
        assert [veld["name"] for veld in bron["schema"]["fields"]] == koppen
    citaat = yaml.safe_load(bestanden[pakket.CITAAT])
    assert citaat["version"] == beschrijving["version"] == data.publicatie(merk).publicatie_id
    assert not any(b"VOORBEELD" in inhoud for pad, inhoud in bestanden.items() if pad.startswith("cijfers/"))


def test_examples_come_only_when_asked_for_and_are_said_first(warehouse: Path) -> None:
    merk = data.kenmerk(warehouse / PUBLICATIE)
    zonder = {bestand.pad for bestand in pakket.files(merk, "csv")}
    met = {bestand.pad: bestand.inhoud for bestand in pakket.files(merk, "csv", voorbeeld=True)}
    assert zonder <= set(met)
    assert json.loads(met[pakket.BESCHRIJVING])["description"].startswith("VOORBEELD")
    assert b"**VOORBEELD" in met[pakket.LEESMIJ]


def test_what_stands_there_is_never_replaced(
    kleine_publicatie: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "vol").mkdir()
    (tmp_path / "vol" / "brief.txt").write_text("van mij")
    (tmp_path / "bestand").write_text("van mij")
    (tmp_path / "leeg").mkdir()
    for naam, tekst in (("vol", "niet leeg"), ("bestand", "geen map"), ("bestand/onder", "Schrijven lukt niet")):
        assert run("export", "--warehouse", kleine_publicatie, "-o", tmp_path / naam) == 1
        fout = capsys.readouterr().err
        assert tekst in fout
        assert "Er is niets geschreven." in fout
    assert run("export", "--warehouse", kleine_publicatie, "-o", tmp_path / "leeg") == 0
    assert (tmp_path / "vol" / "brief.txt").read_text() == (tmp_path / "bestand").read_text() == "van mij"
    assert {pad.name for pad in tmp_path.iterdir()} == {"vol", "bestand", "leeg"}


def test_half_an_export_leaves_nothing(
    kleine_publicatie: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fill(_pad: Path, _inhoud: bytes) -> int:
        raise OSError(28, "vol")

    monkeypatch.setattr(Path, "write_bytes", fill)
    assert run("export", "--warehouse", kleine_publicatie, "-o", tmp_path / "uit") == 1
    assert "Schrijven lukt niet" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_without_a_publication_it_says_how_to_make_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export", "--warehouse", tmp_path / "leeg", "-o", tmp_path / "uit") == 1
    assert "regiomonitor build" in capsys.readouterr().err
