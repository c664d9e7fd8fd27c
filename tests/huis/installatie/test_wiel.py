"""The package that one builds is the same file wherever and whenever it is built."""

from __future__ import annotations

import os
import subprocess
import zipfile
from pathlib import Path

import pytest
from lang import alleen_lang

ROOT = Path(__file__).parents[3]


@alleen_lang
@pytest.mark.lang
def test_two_builds_give_the_same_file(tmp_path: Path) -> None:
    sommen = []
    for nummer, (umask, anders) in enumerate(((0o077, {}), (0o022, {"TZ": "Pacific/Kiritimati", "LC_ALL": "C"}))):
        uit = subprocess.run(
            [ROOT / "tests" / "wiel.sh", tmp_path / str(nummer)], umask=umask, env={**os.environ, **anders},
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        sommen.append(uit.split()[0])
    assert sommen[0] == sommen[1]
    (wiel,) = (tmp_path / "0").glob("*.whl")
    with zipfile.ZipFile(wiel) as zip_:
        namen = zip_.namelist()
    code = subprocess.run(["git", "ls-files", "app", "pipelines"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {naam for naam in namen if ".dist-info/" not in naam} == set(code.stdout.split())
