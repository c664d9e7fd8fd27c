"""A delivery that breaks a build is set aside; whatever breaks, a reader gets a sentence and the app a publication."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from app.opdrachten.cli import main
from pipelines import bouwen
from pipelines.afspraken.vangnet import LOGBOEK
from pipelines.bouwen import PUBLICATIE, is_current
from pipelines.levering import opzij
from pipelines.levering.leveringen import Levering
from pipelines.levering.opzij import VastgelopenError, find_breaker
from pipelines.levering.toets import valideren

DEKKING = (
    "periode,peildatum,regio_code,branche_code,medewerkers_aangesloten,medewerkers_totaal\n"
    "{},{}-06-30,NL01,TOTAAL,680,1000\n"
)
GEHEIM = "jansen-4711"


@pytest.fixture
def mappen(tmp_path: Path) -> list[str]:
    return ["--raw", str(tmp_path / "raw"), "--warehouse", str(tmp_path / "wh")]


@pytest.fixture
def twee(maak_levering, goedgekeurd, monkeypatch) -> None:
    """Write two deliveries; publishing breaks on the one called kapot, with what it holds in the error."""
    for naam, jaar in (("goed", "2021"), ("kapot", "2022")):
        maak_levering({"dekking": DEKKING.format(jaar, jaar)}, naam=naam)
    publish = bouwen.publish

    def publish_or_break(con, pad, keuringen, *rest):
        if any(keuring.levering.map.name == "kapot" for keuring in keuringen):
            raise UnicodeError(GEHEIM)
        return publish(con, pad, keuringen, *rest)

    monkeypatch.setattr(bouwen, "publish", publish_or_break)


def keuringen(*namen: str) -> list:
    def make(naam: str) -> SimpleNamespace:
        return SimpleNamespace(
            levering=Levering(Path(naam), "b", "", "2021", bouwen.datetime.min.date(), "levering", {})
        )

    return [make(naam) for naam in namen]


@pytest.mark.parametrize("fout", ["a", "c", "e", None])
def test_the_breaker_is_found_among_all(fout):
    def work(deel) -> None:
        if fout is None or fout in [keuring.levering.map.name for keuring in deel]:
            raise VastgelopenError("Gegevens laden")

    breker = find_breaker(keuringen("a", "b", "c", "d", "e"), work)
    assert (breker and breker.levering.map.name) == fout


def test_a_delivery_that_breaks_a_later_step_is_set_aside_and_the_rest_is_built(twee, tmp_path, mappen, capsys):
    assert main(["build", *mappen]) == 0
    uit = capsys.readouterr()
    assert "Publicatie" in uit.out
    assert uit.err.splitlines()[0].startswith(
        "pfzw_dekking/kapot: Deze levering is opzij gezet: de stap 'Publicatie schrijven' liep erop vast (UnicodeError"
    )
    with duckdb.connect(str(tmp_path / "wh" / PUBLICATIE), read_only=True) as con:
        assert con.execute("select distinct levering_id from levering").fetchall() == [("pfzw_dekking/goed",)]
        vraag = "select levering_id, gelukt from kwaliteit where controle = ?"
        assert con.execute(vraag, [opzij.CONTROLE]).fetchall() == [("pfzw_dekking/kapot", False)]
    log = tmp_path / "wh" / LOGBOEK
    assert log.stat().st_mode & 0o077 == 0
    assert GEHEIM not in uit.err + log.read_text(encoding="utf-8")
    assert main(["build", *mappen]) == 0
    uit = capsys.readouterr()
    assert "Er is niets veranderd" in uit.out
    assert "pfzw_dekking/kapot: Deze levering is opzij gezet" in uit.err


def test_start_serves_the_last_good_publication_whatever_breaks_the_build(
    maak_levering, goedgekeurd, tmp_path, mappen, monkeypatch, capsys
):
    gestart: list[Path] = []
    monkeypatch.setattr("app.dienst.server.serve", lambda **opties: gestart.append(opties["warehouse"]) or 0)
    monkeypatch.setattr("app.opdrachten.cli._is_free", lambda _poort: True)

    def break_down(*_rest: object, **_opties: object) -> None:
        raise RecursionError(GEHEIM)

    echt = bouwen.build
    monkeypatch.setattr(bouwen, "build", break_down)
    maak_levering({"dekking": DEKKING.format("2021", "2021")})
    assert main(["start", *mappen]) == 1
    assert gestart == []
    monkeypatch.setattr(bouwen, "build", echt)
    assert main(["build", *mappen]) == 0
    monkeypatch.setattr(bouwen, "build", break_down)
    maak_levering({"dekking": DEKKING.format("2021", "2021")}, "l2")
    assert main(["start", *mappen]) == 0
    uit = capsys.readouterr().err
    assert gestart == [tmp_path / "wh"]
    assert uit.count("Dit liep onverwacht vast (RecursionError in") == 2
    assert uit.endswith("De app toont de vorige publicatie.\n")
    assert GEHEIM not in uit
    assert "Traceback" not in uit


def test_a_check_that_breaks_refuses_its_delivery_and_names_it(maak_levering, mappen, monkeypatch, capsys):
    def break_down(*_rest: object) -> None:
        raise TypeError(GEHEIM)

    monkeypatch.setattr(valideren, "run_controles", break_down)
    map_ = maak_levering({"dekking": DEKKING.format("2021", "2021")})
    for aanroep in (["check", str(map_)], ["build", *mappen]):
        assert main(aanroep) == 1
        uit = capsys.readouterr().err
        assert "dekking.csv: De controle van deze levering liep vast (TypeError in" in uit
        assert GEHEIM not in uit


def test_a_file_that_cannot_be_read_is_named_and_not_taken_for_unchanged(
    maak_levering, goedgekeurd, tmp_path, mappen, monkeypatch
):
    maak_levering({"dekking": DEKKING.format("2021", "2021")})
    assert main(["build", *mappen]) == 0
    assert is_current(tmp_path / "raw", tmp_path / "wh")

    def refuse(pad: Path) -> str:
        raise PermissionError(13, "geen toegang", str(pad))

    monkeypatch.setattr("pipelines.levering.invoer.sha256_of", refuse)
    assert not is_current(tmp_path / "raw", tmp_path / "wh")
    assert main(["build", *mappen]) == 1
