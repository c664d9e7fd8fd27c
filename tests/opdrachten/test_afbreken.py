"""Killed at any step, a note, migration, backup, forgetting, filing, release or fetch is wholly there or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lang import LANG, alleen_lang

from app.commissie.bank.opslag import URL
from app.logboek.deur import SCHAKELAAR

WORTEL = Path(__file__).parents[2]


SNEL = ("notitie", "migratie", "kopie", "vergeten", "vrijgave", "ingehaald", "weggooien", "halen")
MINUTEN = ("aannemen", "ophalen")
Tried = Callable[[str], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Tried:
    """Return what came of a thing, step by step: those of seconds in one process, for it takes longest to begin."""
    omgeving = {k: w for k, w in os.environ.items() if k not in (URL, SCHAKELAAR)}
    hulp = WORTEL / "tests" / "hulp"
    omgeving["PYTHONPATH"] = os.pathsep.join(map(str, (WORTEL, hulp / "gegevens", hulp / "diensten")))
    opdracht = [sys.executable, str(hulp / "breken" / "afbreker.py"), str(tmp_path_factory.mktemp("afbreken"))]
    gedaan: dict[str, list[dict[str, Any]]] = defaultdict(list)

    def give(naam: str) -> list[dict[str, Any]]:
        if naam not in gedaan:
            namen = [naam] if LANG else SNEL
            loop = subprocess.run(
                [*opdracht, "alle" if LANG else "1", *namen], env=omgeving, capture_output=True, text=True
            )
            assert loop.returncode == 0, loop.stderr
            for regel in map(json.loads, loop.stdout.splitlines()):
                gedaan[regel["naam"]].append(regel)
        return gedaan[naam]

    return give


@pytest.mark.lang
@pytest.mark.parametrize("naam", [*SNEL, *(pytest.param(naam, marks=alleen_lang) for naam in MINUTEN)])
def test_killed_at_any_step_all_is_old_or_all_is_new(
    naam: str, tried: Tried, record_property: Callable[[str, object], None]
) -> None:
    eerst, *stappen = tried(naam)
    assert stappen
    assert eerst["aantal"] > 3
    assert all(stap["gestopt"] for stap in stappen)
    assert [stap for stap in stappen if stap["stand"] not in ("oud", "nieuw")] == []
    assert not eerst["nieuw"].startswith("fout"), eerst["nieuw"]
    assert eerst["oud"] != eerst["nieuw"]
    record_property("stappen", len(stappen))
