"""The call of a command as it is typed: an argument parser that speaks Dutch."""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path
from typing import NoReturn, TypeAlias

from pipelines.afspraken.meldingen import show_value, suggest


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Dutch when a call is wrong."""

    def error(self, message: str) -> NoReturn:
        """Print what is wrong with the call and leave with exit code 2."""
        print(f"{self.prog}: {_in_dutch(message)}", file=sys.stderr)
        print(f"  Zie .venv/bin/{self.prog} --help.", file=sys.stderr)
        raise SystemExit(2)


def _in_dutch(message: str) -> str:
    if gevonden := re.search(r"invalid choice: '(.*?)' \(choose from (.*)\)", message):
        keuzes = re.findall(r"[a-z0-9]+", gevonden[2])
        return f"'{show_value(gevonden[1])}' bestaat niet.{suggest(gevonden[1], keuzes)} Keuzes: {', '.join(keuzes)}."
    if gevonden := re.search(r"required: (.*)", message):
        return f"hier ontbreekt: {gevonden[1]}."
    if gevonden := re.search(r"unrecognized arguments: (.*)", message):
        return f"onbekend: {show_value(gevonden[1])}."
    if gevonden := re.search(r"argument (.*?): expected one argument", message):
        return f"{gevonden[1]} vraagt om een waarde."
    if gevonden := re.fullmatch(r"argument (\S+): (.*\.)", message):
        return f"{gevonden[1]}: {gevonden[2]}"
    return "deze aanroep klopt niet."


Opdrachten: TypeAlias = "argparse._SubParsersAction[Parser]"


def command(opdrachten: Opdrachten, naam: str, uitleg: str, run: object) -> Parser:
    """Return the parser of one command, added to the others."""
    parser = opdrachten.add_parser(naam, help=uitleg, description=uitleg, add_help=False)
    add_help(parser)
    parser.set_defaults(run=run, opdracht=naam)
    return parser


def default_folder(soort: str) -> Path:
    """Return the folder of `raw` or `warehouse` where the call names none."""
    return Path(os.environ.get(f"REGIOMONITOR_{soort.upper()}") or Path("data") / soort)


def add_help(parser: argparse.ArgumentParser) -> None:
    """Let a parser explain itself in Dutch."""
    parser._positionals.title, parser._optionals.title = "argumenten", "opties"
    parser.add_argument("-h", "--help", action="help", help="toon deze uitleg")
