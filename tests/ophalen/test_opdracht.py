"""The command `fetch` as it is typed: what it says, and its exit code."""

from __future__ import annotations

from pathlib import Path

import pytest
from draadserver import serve
from statline import Statline, vacatures

from app.opdrachten.cli import main


@pytest.fixture
def fetch(tmp_path: Path, capsys):
    """Give what runs `fetch` against a StatLine with one table, and returns its exit code and what it said."""
    statline = Statline([vacatures()])
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


def test_every_mapping_is_checked_and_those_no_one_saw_are_counted_apart(fetch):
    code, gezegd = fetch("cbs", "--controleer")
    assert code == 1
    assert "vacatures_provincie: gevonden" in gezegd
    assert "5 koppelingen: " in gezegd
    assert "van 3 zag nog niemand de sleutels." in gezegd


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
