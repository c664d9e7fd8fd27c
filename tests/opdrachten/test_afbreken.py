"""Killed at any step, a note, migration, backup, forgetting, filing, release or fetch is wholly there or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from lang import LANG, alleen_lang

from app.commissie.bank.opslag import URL
from app.logboek.deur import SCHAKELAAR

WORTEL = Path(__file__).parents[2]


@pytest.mark.lang
@pytest.mark.parametrize(
    "naam",
    [
        "notitie",
        "migratie",
        "kopie",
        "vergeten",
        pytest.param("aannemen", marks=alleen_lang),
        "vrijgave",
        "ingehaald",
        "weggooien",
        "halen",
        pytest.param("ophalen", marks=alleen_lang),
    ],
)
def test_killed_at_any_step_all_is_old_or_all_is_new(
    naam: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    omgeving = {k: w for k, w in os.environ.items() if k not in (URL, SCHAKELAAR)}
    hulp = WORTEL / "tests" / "hulp"
    omgeving["PYTHONPATH"] = os.pathsep.join(map(str, (WORTEL, hulp / "gegevens", hulp / "diensten")))
    opdracht = [sys.executable, str(hulp / "breken" / "afbreker.py"), naam, str(tmp_path)]
    loop = subprocess.run([*opdracht, "alle" if LANG else "1"], env=omgeving, capture_output=True, text=True)
    assert loop.returncode == 0, loop.stderr
    eerst, *stappen = [json.loads(regel) for regel in loop.stdout.splitlines()]
    assert eerst["aantal"] > 3
    assert all(stap["gestopt"] for stap in stappen)
    assert [stap for stap in stappen if stap["stand"] not in ("oud", "nieuw")] == []
    assert not eerst["nieuw"].startswith("fout"), eerst["nieuw"]
    assert eerst["oud"] != eerst["nieuw"]
    record_property("stappen", len(stappen))
