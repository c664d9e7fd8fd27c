"""What keeps the project in shape by itself: the floor of coverage, the targets of make, the checks of a commit."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]


def git(*opdracht: str) -> str:
    return subprocess.run(["git", *opdracht], cwd=ROOT, capture_output=True, text=True).stdout


def test_the_floor_of_coverage_was_never_higher_than_it_is():
    wijzigingen = git("log", "--format=", "-p", "--", "tests/dekking.txt")
    bodems = [float(bodem) for bodem in re.findall(r"^\+(\d+(?:\.\d+)?)$", wijzigingen, re.MULTILINE)]
    if not bodems:
        pytest.skip("this copy has no history")
    assert float((ROOT / "tests" / "dekking.txt").read_text()) >= max(bodems)


def test_every_target_of_make_says_what_it_does():
    doelen = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert doelen
    uitleg = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert re.findall(r"^  ([a-z]+) +\S", uitleg, re.MULTILINE) == doelen[1].split()


def test_checks_of_a_commit_come_from_this_computer():
    """Each runs from .venv, so that a commit needs no internet."""
    (bron,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert bron["repo"] == "local"
    assert {haak["language"] for haak in bron["hooks"]} == {"system"}
    for haak in bron["hooks"]:
        assert (ROOT / haak["entry"].split()[0]).is_file()


def test_the_licence_is_eupl_1_2():
    tekst = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert tekst.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\nEUPL © the European Union 2007, 2016\n")
    assert re.findall(r"^(\d+)\.", tekst, re.MULTILINE) == [str(artikel) for artikel in range(1, 16)]
