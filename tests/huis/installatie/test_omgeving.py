"""Whether an environment is that of the locks is known by their sum, and what misses in it is said in words."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.opdrachten import ingang
from app.opdrachten.terminal import fouten

ROOT = Path(__file__).parents[3]


def asked(map_: Path) -> str:
    return subprocess.run(["make", "-n", "start"], cwd=map_, capture_output=True, text=True, check=True).stdout


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not there")
def test_an_environment_of_another_lock_is_made_again_however_new_it_is(tmp_path: Path) -> None:
    for naam in ("Makefile", "requirements.lock", "requirements-ontwikkeling.lock", "pyproject.toml"):
        shutil.copyfile(ROOT / naam, tmp_path / naam)
    stempel = next(woord for woord in asked(tmp_path).split() if "/.klaar-" in woord)
    (tmp_path / stempel).parent.mkdir()
    (tmp_path / stempel).touch()
    assert "pip install" not in asked(tmp_path)
    with (tmp_path / "requirements.lock").open("a") as stroom:
        stroom.write("# other\n")
    (tmp_path / stempel).touch()
    assert "pip install" in asked(tmp_path)


@pytest.mark.parametrize("plek", ["Makefile", "docs/installatie/Containerfile", "docs/handleiding/installeren.md"])
def test_who_installs_compiles_our_code_for_a_server_that_may_not_write_there(plek: str) -> None:
    """A service without a cache of its code compiles all of it at every start: as long as all its packages take."""
    _, na = (ROOT / plek).read_text(encoding="utf-8").split("--editable .", 1)
    assert "python -m compileall -q app pipelines" in "\n".join(na.splitlines()[:2])


def test_a_package_that_is_missing_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "app.opdrachten.cli", None)
    assert ingang.main() == 1
    assert "ontbreekt in deze omgeving" in capsys.readouterr().err
    fouten.explain(ModuleNotFoundError("No module named 'duckdb.x'", name="duckdb.x"), tmp_path)
    assert "Het pakket duckdb ontbreekt" in capsys.readouterr().err
