"""The command `fetch` as it is typed: what it says, and its exit code."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from draadserver import serve
from statline import Statline, vacatures

from app.opdrachten.cli import main
from pipelines.afspraken.contract import load_bronnen
from pipelines.levering.leveringen import Bevestigd
from pipelines.openbaar.koppelen.koppeling import load_koppelingen

KOPPELING = load_koppelingen(load_bronnen())["vacatures_provincie"]


@pytest.fixture
def statline() -> Statline:
    return Statline([vacatures()])


@pytest.fixture
def fetch(tmp_path: Path, capsys, statline: Statline):
    """Give what runs `fetch` against a StatLine with one table, and returns its exit code and what it said."""
    with serve(statline) as (basis, _):
        statline.basis = basis

        def run(*args: str) -> tuple[int, str]:
            mappen = ["--raw", str(tmp_path / "raw"), "--warehouse", str(tmp_path / "wh"), "--base-url", basis]
            code = main(["fetch", *args, *mappen])
            gezegd = capsys.readouterr()
            return code, gezegd.out + gezegd.err

        yield run


def test_a_table_is_looked_at_tried_and_filed(fetch, tmp_path):
    code, gezegd = fetch("cbs", "--zoek", "vacatures")
    assert code == 0
    assert "1 tabel in CBS met 'vacatures' in de titel." in gezegd
    # Who looks around fetches nothing, and has nothing to hear about what is not fetched.
    assert "niet opgehaald" not in gezegd
    code, gezegd = fetch("cbs", "vacatures_provincie", "--proef")
    assert code == 0
    assert gezegd.strip().endswith("Dit was een proef; er is niets opgeslagen.")
    assert not (tmp_path / "raw").exists()
    code, gezegd = fetch("cbs", "vacatures_provincie")
    assert code == 0
    assert "Bouw de publicatie opnieuw met: .venv/bin/regiomonitor build" in gezegd


def test_one_table_that_is_gone_is_said_and_the_other_comes_in(fetch):
    code, gezegd = fetch("cbs")
    assert code == 1
    assert (
        "Nog door niemand bevestigd, en daarom niet opgehaald: banen_regio, mbo_gediplomeerden, mbo_studenten."
        in gezegd
    )
    assert "CBS 80072ned: De server geeft foutcode 404" in gezegd
    assert "--file" not in gezegd, "a table of StatLine cannot be given as a file"
    assert "vacatures/vacatures_provincie: bewaard als" in gezegd


def test_a_word_that_is_in_no_title_gets_another_try_and_a_table_its_levels_by_name(fetch):
    assert "Zoek op een korter of ander woord" in fetch("azw", "--zoek", "verzuimen")[1]
    assert "regio's: land (1), landsdeel (4), provincie (12)" in fetch("cbs", "--toon", "83599NED")[1]


def test_many_rows_that_jump_are_a_few_lines_and_where_a_person_confirms_it(fetch, statline, tmp_path, monkeypatch):
    """Every figure is a hundred times that of the quarter before: that may be, when someone looked."""
    for rij in statline.tabellen[0].rijen:
        if rij["Perioden"] == "2026KW02":
            rij["OpenstaandeVacatures_1"] = f"{float(rij['OpenstaandeVacatures_1']) * 100:8.1f}"
    code, gezegd = fetch("cbs", "vacatures_provincie")
    assert code == 1
    assert len(gezegd.splitlines()) < 20
    assert "CBS 83599NED: Wat er nu staat, past niet bij vacatures/vacatures; er is niets bewaard." in gezegd
    plek = "pipelines/bronnen/openbaar/statline/vacatures_provincie.yml"
    assert f'zet dan in {plek}: bevestigd: {{sprong: "de reden"}}' in gezegd
    assert "zoals deze." in gezegd
    assert "levering.yml" not in gezegd
    bevestigd = replace(KOPPELING, bevestigd=Bevestigd("Sinds dit jaar telt CBS ook zzp'ers."))
    monkeypatch.setattr("pipelines.openbaar.openen.load_koppelingen", lambda _: {KOPPELING.naam: bevestigd})
    assert fetch("cbs", "vacatures_provincie")[0] == 0
    assert [pad for pad in tmp_path.rglob("levering.yml") if "ook zzp'ers" in pad.read_text(encoding="utf-8")]


def test_every_mapping_is_checked_and_those_no_one_saw_are_counted_apart(fetch):
    code, gezegd = fetch("cbs", "--controleer")
    assert code == 1
    assert "vacatures_provincie: gevonden" in gezegd
    assert "5 koppelingen en 8 tabellen met gebieden: 1 gevonden, 12 weg; " in gezegd
    assert "Gebieden in Nederland 2024 (85755NED): weg" in gezegd
    assert "3 koppelingen zijn nog niet met een echt antwoord vergeleken." in gezegd


def test_of_a_server_that_cannot_be_reached_it_is_said_once_and_those_of_others_are_checked(fetch, monkeypatch):
    """CBS is served here; the hosts of AZW and DUO have no server."""
    monkeypatch.setattr("pipelines.ophalen.ophalen.sleep", lambda _: None)
    basis: list[str] = []
    dicht = {"AZW": "http://127.0.0.1:1", "DUO": "http://127.0.0.1:2"}

    def elders(catalogus, vorm, base_url=None):
        basis.append(base_url)
        return dicht.get(catalogus, base_url)

    for module in ("openen", "indeling", "tabellen.statline", "duo.ckan"):
        monkeypatch.setattr(f"pipelines.openbaar.{module}.address", elders)
    code, gezegd = fetch("alles", "--controleer")
    assert code == 1
    assert "vacatures_provincie: gevonden" in gezegd
    for host in ("127.0.0.1:1", "127.0.0.1:2"):
        assert gezegd.count(f"{host}: niet bereikt") == 1
    assert "  Daarom niet bekeken: mbo_deelnemers, mbo_sectorrendement, mobiliteit_breed, " in gezegd
    assert gezegd.count("De server is niet te bereiken") == 2
    assert "24 koppelingen en 8 tabellen met gebieden: " in gezegd
    assert "19 niet bereikt" in gezegd


def test_borders_that_cannot_be_had_can_be_given_as_a_file(fetch):
    code, gezegd = fetch("gebieden")
    assert code == 1
    assert "geef het met: .venv/bin/regiomonitor fetch gebieden --file PAD" in gezegd


@pytest.mark.parametrize(
    ("args", "tekst"),
    [
        (("cbs", "vacature"), "Bedoelde u vacatures_provincie?"),
        (("alles", "--zoek", "verzuim"), "kijken in één catalogus: azw of cbs of duo"),
        (("cbs", "--toon", "99999NED"), "foutcode 404"),
        (("cbs", "--file", "x.csv"), "Dit kan alleen bij gebieden, of bij duo met de naam van één koppeling."),
    ],
)
def test_a_call_that_cannot_be_is_one_message(fetch, args, tekst):
    code, gezegd = fetch(*args)
    assert code == 1
    assert tekst in gezegd


def test_a_name_may_stand_after_an_option_and_what_does_not_go_together_is_said(fetch, capsys):
    assert "Dit was een proef" in fetch("cbs", "--proef", "vacatures_provincie")[1]
    assert "vacatures_provincie: gevonden" in fetch("cbs", "--controleer", "vacatures_provincie")[1]
    assert "x.csv" in fetch("duo", "--file", "x.csv", "eerstejaars_hbo")[1]
    with pytest.raises(SystemExit):
        fetch("cbs", "--proef", "--controleer")
    assert "--controleer gaat niet samen met --proef; kies er één." in capsys.readouterr().err
