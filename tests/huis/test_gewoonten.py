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


def test_a_commit_of_anything_that_the_reference_is_made_of_asks_whether_it_is_up_to_date():
    """Its makers know the models of every kind of YAML file, wherever those are; and what is made can be changed."""
    (bron,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    (naslag,) = (haak for haak in bron["hooks"] if haak["id"] == "naslag")
    soorten = {"pipelines": ("*.py", "*.yml"), "docs": ("*.md", "*.json")}
    paden = [pad for map_, namen in soorten.items() for naam in namen for pad in (ROOT / map_).rglob(naam)]
    paden += [ROOT / "indicators.yml", ROOT / "app" / "woordenlijst.yml"]
    namen = [pad.relative_to(ROOT).as_posix() for pad in paden if pad.is_file()]
    assert [naam for naam in namen if not re.search(naslag["files"], naam)] == []
    assert not re.search(naslag["files"], "app/beeld/stijl.py")


def test_the_licence_is_eupl_1_2():
    tekst = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert tekst.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\nEUPL © the European Union 2007, 2016\n")
    assert re.findall(r"^(\d+)\.", tekst, re.MULTILINE) == [str(artikel) for artikel in range(1, 16)]


def test_what_is_tried_in_full_elsewhere_is_found_by_its_mark():
    """`make faults` runs what carries the mark; a file that asks for the switch and has none would never be run so."""
    bestanden = {pad: pad.read_text(encoding="utf-8") for pad in (ROOT / "tests").rglob("test_*.py")}
    vragers, gemerkt = (
        {pad.name for pad, tekst in bestanden.items() if re.search(patroon, tekst, re.MULTILINE)}
        for patroon in (r"^from lang import|environ\.get\(\"REGIOMONITOR_LANG", r"^@pytest\.mark\.lang$")
    )
    assert vragers == gemerkt != set()
    assert "-m lang --ignore tests/browser" in (ROOT / "tests" / "faults.sh").read_text(encoding="utf-8")


def test_before_a_release_coverage_is_measured_and_every_file_is_looked_at():
    """Neither is in `make test`; dekking.sh measures what that reaches, so without what takes long."""
    wat = (ROOT / "tests" / "faults.sh").read_text(encoding="utf-8")
    assert re.findall(r"^    (.*) \|\| uit=\$\?$", wat, re.MULTILINE) == [
        ".venv/bin/pre-commit run --all-files", "env -u REGIOMONITOR_LANG tests/dekking.sh",
    ]  # fmt: skip


def test_scripts_need_no_newer_bash_than_macos_has():
    """Bash 3.2: no mapfile or readarray, no associative arrays, no changing of case in an expansion."""
    scripts = [*(ROOT / "tests").glob("*.sh"), ROOT / "Makefile"]
    nieuw = re.compile(r"\b(mapfile|readarray|declare -A|local -n|coproc)\b|\$\{\w+(,,?|\^\^?)\}|&>>|\|&")
    assert [pad.name for pad in scripts if nieuw.search(pad.read_text(encoding="utf-8"))] == []
