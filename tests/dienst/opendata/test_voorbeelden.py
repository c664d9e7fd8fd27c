"""The examples of the manual do what it says: run as they stand, against a server with what the project ships."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from opendata import serving

from app.uitgave.velden import NAMEN

TEKST = (Path(__file__).parents[3] / "docs" / "handleiding" / "open-data-voorbeelden.md").read_text(encoding="utf-8")
ADRES = "http://localhost:8501"


def blocks(taal: str) -> list[tuple[str, str]]:
    """Return each block in a language with what the manual says comes out."""
    gevonden = re.findall(rf"```{taal}\n(.*?)```\s+```text\n(.*?)```", TEKST, re.DOTALL)
    assert len(gevonden) == TEKST.count(f"```{taal}\n") > 0
    return gevonden


@pytest.fixture(scope="module")
def adres(warehouse: Path) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as omgeving:
        omgeving.setenv("REGIOMONITOR_WAREHOUSE", str(warehouse))
        with serving() as adres:
            yield adres


def run(opdracht: list[str], map_: Path) -> str:
    omgeving = os.environ | {"no_proxy": "*", "LC_ALL": "C.UTF-8"}
    uit = subprocess.run(opdracht, cwd=map_, env=omgeving, capture_output=True, text=True, timeout=120)
    assert uit.returncode == 0, uit.stderr
    return "\n".join(regel.rstrip() for regel in uit.stdout.strip().splitlines())


@pytest.mark.parametrize("nummer", range(3))
def test_an_example_in_python_gives_what_the_manual_says(adres: str, tmp_path: Path, nummer: int) -> None:
    code, belofte = blocks("python")[nummer]
    assert run([sys.executable, "-c", code.replace(ADRES, adres)], tmp_path) == belofte.strip()


@pytest.mark.skipif(
    not shutil.which("Rscript"), reason="R (Rscript, of r-base-core) is not here: its example is not run"
)
def test_the_example_in_r_gives_what_the_manual_says(adres: str, tmp_path: Path) -> None:
    ((code, belofte),) = blocks("r")
    (tmp_path / "voorbeeld.R").write_text(code.replace(ADRES, adres), encoding="utf-8")
    assert run(["Rscript", "--vanilla", "voorbeeld.R"], tmp_path) == belofte.strip()


def test_what_is_not_run_here_says_so_and_names_an_address_and_columns_that_exist(adres: str) -> None:
    delen = re.findall(r"^## [^\n]+\n\n(.*?)```powerquery\n(.*?)```", TEKST, re.MULTILINE | re.DOTALL)
    assert len(delen) == TEKST.count("```powerquery") == 2
    for uitleg, code in delen:
        assert "*Hier niet uitgevoerd.*" in uitleg.rpartition("## ")[2]
        pad = re.search(r'RelativePath = "([^"]+)"', code)
        vraag = dict(re.findall(r'Query = \[(\w+) = "(\w+)"\]', code))
        assert pad
        heel = f"{adres}/{pad[1]}{'?' if vraag else ''}{'&'.join(f'{k}={v}' for k, v in vraag.items())}"
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(heel) as antwoord:
            assert antwoord.status == 200
        lijsten = re.findall(r'\{(?:\{)?"(\w+)"|, "(\w+)"(?=[,}])|\[(\w+)\] <>', code)
        kolommen = {naam for groep in lijsten for naam in groep if naam}
        assert kolommen
        assert kolommen <= set(NAMEN)
