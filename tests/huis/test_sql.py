"""Where SQL may stand in the app, and how codes come into a query."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Collection, Iterator
from enum import StrEnum
from pathlib import Path

import pytest
from bomen import nodes

ROOT = Path(__file__).parents[2]
# Figures, words, pictures, documents and screens get rows; only `lezen` asks for them. What else has SQL of its own
# stands in docs/architectuur.md.
ZONDER_SQL = ("oordeel", "taal", "rollen", "beeld", "documenten", "raam", "schermen")
_VRAAG = re.compile(r"\s*(select|with|from)\s+[\w*\"]", re.IGNORECASE)
# What only passes codes on: a list of them printed through one of these is still no list in SQL.
_DOORGEEFT = ("str", "repr", "tuple", "list", "set", "frozenset", "sorted")


def queries(bron: str) -> Iterator[int]:
    """Yield the line of each text in a module that begins like a query; a docstring is none."""
    uitleg = {id(knoop.value) for knoop in nodes(bron) if isinstance(knoop, ast.Expr)}
    for knoop in nodes(bron):
        is_tekst = isinstance(knoop, ast.Constant) and isinstance(knoop.value, str) and id(knoop) not in uitleg
        if is_tekst and _VRAAG.match(knoop.value):
            yield knoop.lineno


def test_a_query_is_known_by_how_it_begins() -> None:
    assert list(queries('"""Select a value."""\na = "select 1"\nb = f"""\n  with x as ({a})"""\nc = "from"')) == [2, 3]


def test_only_reading_knows_sql() -> None:
    gevonden = [
        f"{pad.relative_to(ROOT)}:{regel}"
        for kamer in ZONDER_SQL
        for pad in sorted((ROOT / "app" / kamer).rglob("*.py"))
        for regel in queries(pad.read_text(encoding="utf-8"))
    ]
    assert gevonden == []


def many_codes(bron: str) -> set[str]:
    """Return the names in a module that stand for a code list or for more than one code."""
    namen = set()
    for knoop in nodes(bron):
        if isinstance(knoop, ast.ImportFrom) and (knoop.module or "").startswith("pipelines.afspraken."):
            module = importlib.import_module(str(knoop.module))
            namen |= {n.asname or n.name for n in knoop.names if _holds_codes(getattr(module, n.name, None))}
    for knoop in nodes(bron):
        if isinstance(knoop, ast.Assign | ast.AnnAssign) and knoop.value and _is_many(knoop.value, namen):
            doelen = knoop.targets if isinstance(knoop, ast.Assign) else [knoop.target]
            namen |= {doel.id for doel in doelen if isinstance(doel, ast.Name)}
    return namen


def _holds_codes(waarde: object) -> bool:
    """Whether something is a code list itself, or a collection with a code in it."""
    is_meer = isinstance(waarde, type(StrEnum)) or (isinstance(waarde, Collection) and not isinstance(waarde, str))
    return is_meer and any(isinstance(deel, StrEnum) for deel in waarde)


def _is_many(knoop: ast.expr, namen: set[str]) -> bool:
    """Whether an expression is a code list, a name of more codes, or these put together or passed on."""
    match knoop:
        case ast.Name(id=naam):
            return naam in namen
        case ast.Tuple(elts=delen) | ast.List(elts=delen) | ast.Set(elts=delen):
            return any(_is_code(deel, namen) or _is_many(deel, namen) for deel in delen)
        case ast.Starred(value=deel):
            return _is_many(deel, namen)
        case ast.BinOp(left=links, right=rechts):
            return _is_many(links, namen) or _is_many(rechts, namen)
        case ast.Call(func=ast.Name(id=naam), args=[eerste, *_]):
            return naam in _DOORGEEFT and _is_many(eerste, namen)
    return False


def _is_code(knoop: ast.expr, namen: set[str]) -> bool:
    return isinstance(knoop, ast.Attribute) and isinstance(knoop.value, ast.Name) and knoop.value.id in namen


def printed(bron: str) -> Iterator[int]:
    """Yield the line of each f-string that prints a code list as Python does, or a code as its repr."""
    namen = many_codes(bron)
    for knoop in nodes(bron):
        if isinstance(knoop, ast.FormattedValue):
            is_repr = knoop.conversion == ord("r") and _is_code(knoop.value, namen)
            if is_repr or _is_many(knoop.value, namen):
                yield knoop.lineno


@pytest.mark.parametrize(
    ("deel", "fout"),
    [
        ("VERBORGEN", True),  # ('onderdrukt', ...) in Python: (<Status.ONDERDRUKT: 'onderdrukt'>, ...)
        ("tuple(VERBORGEN)", True),
        ("Status", True),
        ("EIGEN", True),
        ("GETYPEERD", True),
        ("(*VERBORGEN, Status.NVT)", True),
        ("Status.NVT!r", True),
        ("Status.NVT", False),
        ("sql_list(VERBORGEN)", False),
        ("', '.join(VERBORGEN)", False),
        ("len(VERBORGEN)", False),
    ],
)
def test_more_than_one_code_is_no_text_of_its_own(deel: str, fout: bool) -> None:
    kop = (
        "from pipelines.afspraken.codelijsten import VERBORGEN, Status, sql_list\n"
        "EIGEN = [Status.NVT]\nGETYPEERD: tuple[str, ...] = (*EIGEN,)\n"
    )
    assert bool(list(printed(f'{kop}f"where status in {{{deel}}}"'))) is fout


def test_codes_come_into_a_query_by_the_list_for_it() -> None:
    gevonden = [
        f"{pad.relative_to(ROOT)}:{regel}"
        for map_ in ("app", "pipelines")
        for pad in sorted((ROOT / map_).rglob("*.py"))
        for regel in printed(pad.read_text(encoding="utf-8"))
    ]
    assert gevonden == []
