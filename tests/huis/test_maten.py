"""How large the code may be: rooms, files, functions and lists of parameters that one can take in at once."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bomen import nodes

ROOT = Path(__file__).parents[2]
BESTAND, FUNCTIE, PARAMETERS = 350, 50, 6
# About twelve.
KAMER = 13
# As long as a line or two: what is shorter may stand where it is used.
_KORT = 250


def _parameters(functie: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    args = functie.args
    namen = [a.arg for a in (*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg) if a]
    return sum(naam not in ("self", "cls") for naam in namen)


def too_large(naam: str, code: str) -> Iterator[tuple[str, int]]:
    """Yield what of one module is larger than one can take in, and how many lines or parameters it has."""
    if (regels := len(code.splitlines())) > BESTAND:
        yield naam, regels
    for functie in nodes(code):
        if isinstance(functie, ast.FunctionDef | ast.AsyncFunctionDef):
            wie, lengte = f"{naam} {functie.name}", (functie.end_lineno or 0) - functie.lineno + 1
            if lengte > FUNCTIE:
                yield wie, lengte
            if (aantal := _parameters(functie)) > PARAMETERS:
                yield wie, aantal


def test_what_is_too_large_is_found() -> None:
    lang = "def lang() -> None:\n" + "    pass\n" * FUNCTIE
    breed = f"def breed(self, {', '.join(f'p{n}' for n in range(PARAMETERS + 1))}): pass\n"
    assert list(too_large("m.py", lang + breed)) == [("m.py lang", 51), ("m.py breed", 7)]
    assert list(too_large("m.py", "x = 1\n" * (BESTAND + 1))) == [("m.py", 351)]
    assert not list(too_large("m.py", "x = 1\n" * (BESTAND - 1) + "def kort(self, a, b, c, d, e, f): pass\n"))


def test_no_file_function_or_list_of_parameters_is_too_large() -> None:
    paden = [pad for kamer in ("app", "pipelines", "tests", "bench") for pad in sorted((ROOT / kamer).rglob("*.py"))]
    gevonden = [
        wat for pad in paden for wat in too_large(pad.relative_to(ROOT).as_posix(), pad.read_text(encoding="utf-8"))
    ]
    assert gevonden == []


def crowded(paden: Iterable[Path]) -> dict[str, int]:
    """Return the rooms with more modules, and files that those read, than one finds their way in; and how many."""
    kamers: dict[Path, list[str]] = {}
    for pad in paden:
        if pad.name != "__init__.py":
            kamers.setdefault(pad.parent, []).append(pad.suffix)
    # Where there is no module, each file is one of a kind and is looked for by its name.
    return {str(map_): len(wat) for map_, wat in kamers.items() if len(wat) > KAMER and ".py" in wat}


def test_a_crowded_room_is_found() -> None:
    vol = [Path(f"kamer/{naam}") for naam in ("__init__.py", "a.py", *(f"{n}.sql" for n in range(KAMER)))]
    assert crowded(vol) == {"kamer": KAMER + 1}
    assert crowded(vol[:-1]) == {}
    assert crowded([pad for pad in vol if pad.suffix == ".sql"] * 2) == {}


def test_no_room_is_crowded() -> None:
    kamers = ("app", "pipelines", "tests", "bench")
    paden = [pad.relative_to(ROOT) for kamer in kamers for pad in (ROOT / kamer).rglob("*")
             if pad.is_file() and pad.suffix != ".pyc"]  # fmt: skip
    assert crowded(paden) == {}


def bodies(naam: str, code: str) -> Iterator[tuple[str, str]]:
    """Yield, per function that is long enough to be worth one place, what it does and where; its own words aside."""
    for functie in nodes(code):
        if isinstance(functie, ast.FunctionDef) and not functie.name.startswith("__"):
            heeft_uitleg = ast.get_docstring(functie) is not None
            doet = "".join(map(ast.dump, functie.body[heeft_uitleg:]))
            if len(doet) > _KORT:
                yield doet, f"{naam} {functie.name}"


def written_twice(modules: Mapping[str, str]) -> list[list[str]]:
    """Return the functions that do exactly the same, together."""
    per: dict[str, list[str]] = {}
    for naam, code in modules.items():
        for doet, wie in bodies(naam, code):
            per.setdefault(doet, []).append(wie)
    return [wie for wie in per.values() if len(wie) > 1]


def test_a_function_that_is_written_twice_is_found() -> None:
    doet = "    return [naam.strip().lower() for naam in namen if naam.strip() and not naam.startswith('#')]\n"
    een, ander = f"def a(namen):\n    'Uitleg.'\n{doet}", f"def b(namen):\n{doet}"
    assert written_twice({"m.py": een, "n.py": ander}) == [["m.py a", "n.py b"]]
    assert written_twice({"m.py": een, "n.py": ander.replace("lower", "upper")}) == []


def test_no_function_is_written_twice() -> None:
    paden = [pad for kamer in ("app", "pipelines") for pad in sorted((ROOT / kamer).rglob("*.py"))]
    assert written_twice({pad.relative_to(ROOT).as_posix(): pad.read_text(encoding="utf-8") for pad in paden}) == []
