"""The call of a command as it is typed: an argument parser that speaks Dutch."""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from pipelines.afspraken.meldingen import show_value, suggest


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Dutch when a call is wrong, and takes names after options too."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401 - as argparse has it
        """Parse as argparse does, with the words of a command first: those that follow an option it would not know."""
        woorden = list(sys.argv[1:] if args is None else args)
        return super().parse_known_args(woorden if self._subparsers else self._words_first(woorden), namespace)

    def _words_first(self, args: list[str]) -> list[str]:
        """Return the call with its options, each with its values, after its other words."""
        woorden, opties, rest = list[str](), list[str](), list(args)
        while rest:
            deel = rest.pop(0)
            if not deel.startswith("-") or deel == "-":
                woorden.append(deel)
                continue
            actie = self._option_string_actions.get(deel)
            aantal = 1 if actie is not None and actie.nargs is None else actie.nargs if actie is not None else 0
            if deel == "--" or not isinstance(aantal, int) or (actie is None and "=" not in deel):
                return args
            opties += [deel, *rest[:aantal]]
            del rest[:aantal]
        return woorden + opties

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
    if gevonden := re.fullmatch(r"argument (\S+): not allowed with argument (\S+)", message):
        return f"{gevonden[1]} gaat niet samen met {gevonden[2]}; kies er één."
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
