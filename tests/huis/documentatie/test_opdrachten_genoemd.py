"""Every command that a message or a document names can be pasted as it stands: it is there, with these options."""

from __future__ import annotations

import ast
import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from functools import cache
from pathlib import Path

import pytest
from bomen import nodes

from app.opdrachten.cli import _parser, main

ROOT = Path(__file__).parents[3]
# What stands before our command, a subcommand and what is behind it in the same clause; not "regiomonitor report: …",
# with which the program says that it speaks.
GENOEMD = re.compile(r"(\S*)\bregiomonitor ([a-z]+)\b(?!: )((?:[^\n.,:;`]|\.(?=\S))*)")
MAKE = re.compile(r"[`\"]make ([a-z]+)[`\"]|met: make ([a-z]+)")
DOCUMENTEN = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "docs" / "handleiding").glob("*.md")]


def said(pad: Path) -> Iterator[str]:
    """Yield every text of a module that a user may read: its strings, without docstrings; a value in it is X."""
    alles = nodes(pad.read_text(encoding="utf-8"))
    uitleg = {
        id(knoop.body[0].value)
        for knoop in alles
        if isinstance(knoop, ast.Module | ast.FunctionDef | ast.ClassDef) and knoop.body
        and isinstance(knoop.body[0], ast.Expr)
    }  # fmt: skip
    delen = {id(deel) for knoop in alles if isinstance(knoop, ast.JoinedStr) for deel in knoop.values}
    for knoop in alles:
        if isinstance(knoop, ast.JoinedStr):
            yield "".join(str(deel.value) if isinstance(deel, ast.Constant) else "X" for deel in knoop.values)
        elif isinstance(knoop, ast.Constant) and isinstance(knoop.value, str) and id(knoop) not in uitleg | delen:
            yield knoop.value


def modules() -> list[Path]:
    return [pad for map_ in ("app", "pipelines") for pad in sorted((ROOT / map_).rglob("*.py"))]


@cache
def named() -> list[tuple[str, str, str, str]]:
    """Return (file, what stands before, subcommand, rest) of every place that names our command."""
    teksten = [(pad, tekst) for pad in modules() for tekst in said(pad)]
    teksten += [(pad, pad.read_text(encoding="utf-8")) for pad in DOCUMENTEN]
    return [(pad.name, *plek) for pad, tekst in teksten for plek in GENOEMD.findall(tekst)]


def test_every_command_is_on_the_path_it_is_named_by_and_has_these_options() -> None:
    (opdrachten,) = (deel.choices for deel in _parser()._actions if isinstance(deel.choices, dict))
    fouten = []
    for bestand, ervoor, naam, rest in named():
        opties = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", rest))
        acties = opdrachten[naam]._actions if naam in opdrachten else []
        bekend = {optie for deel in acties for optie in deel.option_strings}
        if not ervoor.endswith(".venv/bin/") or not acties or opties - bekend:
            fouten.append(f"{bestand}: {ervoor}regiomonitor {naam}{rest}")
    assert fouten == []


def test_the_walk_finds_messages_and_documents() -> None:
    gevonden = {(bestand, naam) for bestand, _, naam, _ in named()}
    assert {
        ("cli.py", "start"),
        ("leveringen.py", "accept"),
        ("README.md", "build"),
        ("beheer.md", "fetch"),
    } <= gevonden


def test_a_taken_port_leads_to_one_that_is_free(capsys: pytest.CaptureFixture[str]) -> None:
    with ExitStack() as bezet:
        poort = bezet.enter_context(socket.create_server(("127.0.0.1", 0))).getsockname()[1]
        with suppress(OSError):
            bezet.enter_context(socket.create_server(("127.0.0.1", poort + 1)))
        assert main(["start", "--port", str(poort)]) == 1
        (raad,) = re.findall(r"\.venv/bin/regiomonitor start --port (\d+)$", capsys.readouterr().err, re.MULTILINE)
        assert int(raad) > poort + 1
        socket.create_server(("127.0.0.1", int(raad))).close()


def test_every_target_of_make_that_is_named_is_there() -> None:
    doelen = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    bestanden = [*modules(), *DOCUMENTEN, ROOT / "app" / "statisch" / "nederlands.js"]
    genoemd = {doel for pad in bestanden for paar in MAKE.findall(pad.read_text(encoding="utf-8")) for doel in paar}
    assert {"start", "docs"} <= genoemd - {""} <= doelen
