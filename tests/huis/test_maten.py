"""How large the code may be: files, functions and lists of parameters that one can take in at once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
BESTAND, FUNCTIE, PARAMETERS = 350, 50, 6


def _parameters(functie: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    args = functie.args
    namen = [a.arg for a in (*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg) if a]
    return sum(naam not in ("self", "cls") for naam in namen)


def too_large(naam: str, code: str) -> Iterator[tuple[str, int]]:
    """Yield what of one module is larger than one can take in, and how many lines or parameters it has."""
    if (regels := len(code.splitlines())) > BESTAND:
        yield naam, regels
    for functie in ast.walk(ast.parse(code)):
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
    paden = [pad for kamer in ("app", "pipelines") for pad in sorted((ROOT / kamer).rglob("*.py"))]
    gevonden = [
        wat for pad in paden for wat in too_large(pad.relative_to(ROOT).as_posix(), pad.read_text(encoding="utf-8"))
    ]
    assert gevonden == []
