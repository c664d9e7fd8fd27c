"""What the code imports is declared, and what serving installs holds nothing that only the tests need."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

from bomen import nodes

ROOT = Path(__file__).parents[3]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def names(eisen: list[str]) -> set[str]:
    """Return the names of packages, written one way."""
    return {re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", eis)[0]).lower() for eis in eisen}


@cache
def imported() -> dict[str, str]:
    """Return each module from elsewhere that the code imports, with a file that does."""
    gevonden = {}
    for pad in [*(ROOT / "app").rglob("*.py"), *(ROOT / "pipelines").rglob("*.py")]:
        for knoop in nodes(pad.read_text(encoding="utf-8")):
            if isinstance(knoop, ast.Import):
                modules = [naam.name for naam in knoop.names]
            elif isinstance(knoop, ast.ImportFrom) and not knoop.level:
                modules = [knoop.module or ""]
            else:
                continue
            gevonden |= {module.partition(".")[0]: str(pad.relative_to(ROOT)) for module in modules}
    eigen = {"app", "pipelines", *sys.stdlib_module_names}
    return {module: pad for module, pad in gevonden.items() if module not in eigen}


def locked(bestand: str) -> set[str]:
    return names(re.findall(r"^([a-z0-9_.-]+==\S+)", (ROOT / bestand).read_text(encoding="utf-8"), re.MULTILINE))


def test_every_import_is_declared() -> None:
    pakketten = packages_distributions()
    verklaard = names(PROJECT["project"]["dependencies"])
    modules = imported()
    assert {"streamlit", "numpy", "yaml"} <= set(modules)
    assert {m: pad for m, pad in modules.items() if not names(pakketten.get(m, [m])) & verklaard} == {}


def test_what_is_declared_is_used() -> None:
    pakketten = packages_distributions()
    gebruikt = {naam for module in imported() for naam in names(pakketten.get(module, [module]))}
    assert names(PROJECT["project"]["dependencies"]) - gebruikt == set()


def test_serving_installs_what_is_declared_and_no_tools_of_the_tests() -> None:
    groepen = PROJECT["dependency-groups"]
    vast, ontwikkeling = locked("requirements.lock"), locked("requirements-ontwikkeling.lock")
    assert names(PROJECT["project"]["dependencies"]) | names(groepen["installatie"]) <= vast
    assert names(groepen["ontwikkeling"]) <= ontwikkeling
    # Altair cannot do without jsonschema; the tests use it too, and say so.
    assert names(groepen["ontwikkeling"]) & vast == {"jsonschema"}


def test_both_locks_have_the_same_versions() -> None:
    alles = [
        (ROOT / naam).read_text(encoding="utf-8") for naam in ("requirements.lock", "requirements-ontwikkeling.lock")
    ]
    een, twee = (pinned(tekst) for tekst in alles)
    samen = een.keys() & twee.keys()
    assert samen
    assert {naam: een[naam] for naam in samen} == {naam: twee[naam] for naam in samen}


def pinned(tekst: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Return the version of each package in a lock, and the sums of the files that may be it: never none."""
    uit = {}
    for deel in re.split(r"^(?=[a-z0-9])", tekst, flags=re.MULTILINE)[1:]:
        naam, versie = deel.split(maxsplit=1)[0].split("==")
        uit[naam] = (versie, frozenset(re.findall(r"--hash=(sha256:[0-9a-f]{64})\b", deel)))
    assert [naam for naam, (_, sommen) in uit.items() if not sommen] == []
    return uit


def test_whatever_installs_from_a_lock_holds_each_file_against_its_sum() -> None:
    bekend = ["Makefile", *(str(p.relative_to(ROOT)) for p in (ROOT / "tests").glob("*.sh"))]
    bekend += [str(p.relative_to(ROOT)) for p in ROOT.rglob("*ontainerfile*") if ".venv" not in p.parts]
    regels = [regel for naam in bekend for regel in (ROOT / naam).read_text(encoding="utf-8").splitlines()
              if re.search(r"-r \S*requirements\S*\.lock", regel)]  # fmt: skip
    assert len(regels) >= 2
    assert [regel for regel in regels if "--require-hashes" not in regel] == []
