"""The README's worked examples, run as they stand in a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from importlib.util import cache_from_source
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
HOOFDSTUKKEN = ("Een levering toevoegen", "Een indicator toevoegen", "Een bron toevoegen")
LEVERING = "data/raw/pfzw_dekking/voorbeeld-2021/"


def examples(hoofdstuk: str) -> list[tuple[str, str]]:
    """Return the chapter's shell blocks, each with the output that the README promises."""
    tekst = (ROOT / "README.md").read_text(encoding="utf-8")
    deel = re.search(rf"^## {hoofdstuk}$(.*?)^## ", tekst, re.MULTILINE | re.DOTALL)
    assert deel is not None
    return re.findall(r"```sh\n(.*?)```\s+```text\n(.*?)```", deel[1], re.DOTALL)


@pytest.fixture(scope="module")
def kopie(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what a clone would have, with this environment beside it.

    Of the deliveries only the one that the examples touch, and of its regions the country: the rest is built
    elsewhere, and costs minutes here.
    """
    map_ = tmp_path_factory.mktemp("project")
    bestanden = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True
    )
    for naam in bestanden.stdout.splitlines():
        nodig = not naam.startswith("data/raw/") or naam.startswith(LEVERING)
        if nodig and (ROOT / naam).is_file():
            (map_ / naam).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / naam, map_ / naam)
            # What was compiled here goes along, and is used as long as the module is as old and as long.
            if naam.endswith(".py") and (gelezen := Path(cache_from_source(str(ROOT / naam)))).is_file():
                nieuw = Path(cache_from_source(str(map_ / naam)))
                nieuw.parent.mkdir(exist_ok=True)
                shutil.copy2(gelezen, nieuw)
    kop, *rijen = (map_ / LEVERING / "dekking.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    landelijk = [rij for rij in rijen if ",NL01," in rij]
    (map_ / LEVERING / "dekking.csv").write_text("".join([kop, *landelijk]), encoding="utf-8")
    (map_ / ".venv").symlink_to(ROOT / ".venv")
    return map_


@pytest.mark.parametrize("hoofdstuk", HOOFDSTUKKEN)
def test_worked_example_does_what_the_readme_says(kopie, hoofdstuk):
    voorbeelden = examples(hoofdstuk)
    assert voorbeelden
    # The copy's own code goes before the installed one.
    omgeving = {k: v for k, v in os.environ.items() if not k.startswith("REGIOMONITOR_")} | {"PYTHONPATH": str(kopie)}
    for opdracht, belofte in voorbeelden:
        uit = subprocess.run(
            ["bash", "-c", opdracht], cwd=kopie, env=omgeving, capture_output=True, text=True, timeout=180
        )
        gezien = uit.stdout + uit.stderr
        for regel in belofte.strip().splitlines():
            patroon = ".*".join(map(re.escape, regel.split("…")))
            assert re.search(patroon, gezien), f"{regel}\n--- gezien:\n{gezien}"
