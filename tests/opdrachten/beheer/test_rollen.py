"""The command that shows roles and takes them: one person, at once, and nothing else in the settings."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from toegangsbed import login_settings

from app.opdrachten.cli import main
from app.rollen.instellingen import load

BEGIN = (
    "# Van het beheer; niet verspreiden."
    + login_settings(geheim="geheim van ons")
    + """\
[toegang.org]
rolveld = "groups"
"""
)
PERSONEN = """\
[toegang.org.personen]   # gaat voor de groepen
"An@voorbeeld.nl" = ["beheer"]
"jo@voorbeeld.nl" = ["commissie", "wgo:WGO01"]  # tot juli
"""
GROEPEN = '[toegang.org.groepen]\n"srs" = ["kijker"]\n'


@pytest.fixture
def pad(tmp_path: Path) -> Path:
    pad = tmp_path / "toegang.toml"
    pad.write_text(BEGIN + PERSONEN + GROEPEN, encoding="utf-8")
    pad.chmod(0o600)
    return pad


def roles(pad: Path) -> dict[str, list[str]]:
    personen = load(pad).aanbieders["org"].personen
    return {naam: [str(rol) for rol in rollen] for naam, rollen in personen.items()}


def test_shows_who_has_which_role_and_no_secret(pad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rollen", "--toegang", str(pad)]) == 0
    uit = capsys.readouterr().out
    assert uit.splitlines() == [
        "org (org):", "  persoon an@voorbeeld.nl: beheer", "  persoon jo@voorbeeld.nl: commissie, wgo:WGO01",
        "  groep srs: kijker",
    ]  # fmt: skip
    assert "geheim" not in uit


def test_takes_all_roles_from_one_and_leaves_the_rest_as_it_was_written(
    pad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rollen", "--toegang", str(pad), "--intrekken", "JO@voorbeeld.nl"]) == 0
    assert "eerder: commissie, wgo:WGO01" in capsys.readouterr().out
    assert roles(pad) == {"an@voorbeeld.nl": ["beheer"], "jo@voorbeeld.nl": []}
    tekst = pad.read_text(encoding="utf-8")
    assert tekst.startswith(BEGIN)
    assert '"An@voorbeeld.nl" = ["beheer"]' in tekst
    assert pad.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in pad.parent.iterdir()] == ["toegang.toml"]


def test_who_has_a_role_by_a_group_alone_loses_it_too(pad: Path) -> None:
    pad.write_text(BEGIN + GROEPEN, encoding="utf-8")
    assert main(["rollen", "--toegang", str(pad), "--intrekken", 'ki"m@voorbeeld.nl']) == 0
    assert roles(pad) == {'ki"m@voorbeeld.nl': []}
    assert load(pad).aanbieders["org"].groepen


@pytest.mark.parametrize(
    "personen",
    [
        'personen = { "jo@voorbeeld.nl" = ["beheer"] }\n',
        '[toegang.org.personen]\n"jo@voorbeeld.nl" = [\n  "beheer",\n]\n',
        '[toegang.org]\npersonen."jo@voorbeeld.nl" = ["beheer"]\n',
    ],
)
def test_settings_that_are_written_otherwise_are_left_alone_and_that_is_said(
    pad: Path, personen: str, capsys: pytest.CaptureFixture[str]
) -> None:
    begin = BEGIN.replace("[toegang.org]\n", "") if "[toegang.org]\n" in personen else BEGIN
    pad.write_text(begin.replace('rolveld = "groups"\n', "") + personen, encoding="utf-8")
    tomllib.loads(pad.read_text(encoding="utf-8"))
    voor = pad.read_bytes()
    assert main(["rollen", "--toegang", str(pad), "--intrekken", "jo@voorbeeld.nl"]) == 1
    assert "Zet de persoon zelf op []" in capsys.readouterr().err
    assert pad.read_bytes() == voor


def test_a_person_or_provider_that_is_not_there_is_said(pad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pad.write_text(BEGIN.replace('rolveld = "groups"\n', "") + PERSONEN, encoding="utf-8")
    assert main(["rollen", "--toegang", str(pad), "--intrekken", "jo@voorbeeld.n"]) == 1
    assert "jo@voorbeeld.n heeft hier geen rol. Bedoelde u jo@voorbeeld.nl?" in capsys.readouterr().err
    assert main(["rollen", "--toegang", str(pad), "--intrekken", "jo@voorbeeld.nl", "--aanbieder", "orgg"]) == 1
    assert "Bedoelde u org?" in capsys.readouterr().err
    assert main(["rollen"]) == 1
    assert "--toegang" in capsys.readouterr().err
