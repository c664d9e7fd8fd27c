"""The threat model says per boundary what could go wrong, and every test that it names is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[3]
TEKST = (ROOT / "docs" / "methoden" / "dreigingen.md").read_text(encoding="utf-8")
GENOEMD = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
RIJ = re.compile(r"^\| ([STRIDE]) \| ([^|]+) \| ([^|]+) \|([^|]*)\|$", re.MULTILINE)


@cache
def defined_in(bestand: str) -> frozenset[str]:
    pad = ROOT / bestand
    boom = ast.parse(pad.read_text(encoding="utf-8")) if pad.is_file() else ast.Module([], [])
    return frozenset(knoop.name for knoop in ast.walk(boom) if isinstance(knoop, ast.FunctionDef))


def test_every_test_that_is_named_is_there() -> None:
    genoemd = GENOEMD.findall(TEKST)
    assert len(genoemd) > 50
    assert [f"{bestand}::{test}" for bestand, test in genoemd if test not in defined_in(bestand)] == []


def test_every_line_has_a_test_or_says_that_it_is_accepted() -> None:
    rijen = RIJ.findall(TEKST)
    assert len(rijen) == len(re.findall(r"^\| [A-Z] \|", TEKST, re.MULTILINE))
    zonder = [dreiging for _, dreiging, gedaan, test in rijen if not GENOEMD.search(test) and "aanvaard" not in gedaan]
    assert zonder == ["een bekend lek in een pakket"]


def test_each_of_the_six_kinds_is_looked_at_on_every_boundary() -> None:
    for grens in re.split(r"^## ", TEKST, flags=re.MULTILINE)[1:-1]:
        assert set("STRIDE") == {soort for soort, *_ in RIJ.findall(grens)}, grens.partition("\n")[0]


def test_every_file_of_tests_that_the_list_of_faults_names_is_there() -> None:
    tekst = (ROOT / "docs" / "methoden" / "storingen.md").read_text(encoding="utf-8")
    genoemd = re.findall(r"`(tests/[\w/]+\.py)`", tekst)
    assert len(genoemd) > 15
    assert [naam for naam in genoemd if not (ROOT / naam).is_file()] == []
