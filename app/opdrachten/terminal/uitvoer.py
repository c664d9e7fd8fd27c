"""What a command says comes through on whatever terminal it runs."""

from __future__ import annotations

import argparse
import codecs
import contextlib
import io
import json
import os
import shlex
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.opdrachten.terminal.aanroep import default_folder
from pipelines.afspraken.meldingen import Melding, show_path

_GEWONE_TEKENS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "→": "->",
                                "€": "EUR", "×": "x", "·": "-", "�": "?"})  # fmt: skip


def use_any_terminal() -> None:
    """Let text go to a terminal that does not know every character: é becomes e there, and no run stops at it."""
    codecs.register_error("regiomonitor", _plain)
    for stroom in (sys.stdout, sys.stderr):
        if isinstance(stroom, io.TextIOWrapper):
            stroom.reconfigure(errors="regiomonitor")


def _plain(fout: UnicodeError) -> tuple[str, int]:
    """Return what stands in the place of characters that cannot be written."""
    assert isinstance(fout, UnicodeEncodeError)
    tekst = fout.object[fout.start : fout.end]
    gewoon = unicodedata.normalize("NFKD", tekst.translate(_GEWONE_TEKENS))
    zonder = "".join(teken for teken in gewoon if not unicodedata.combining(teken))
    return zonder.encode("ascii", "replace").decode(), fout.end


def flush() -> None:
    """Write what was said, so that a failure to do so is heard of."""
    if sys.stdout is not None:
        sys.stdout.flush()


def let_go() -> None:
    """Leave what cannot be written to its fate; else Python tries it again on its way out, and complains."""
    try:
        flush()
    except OSError:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def check_command(args: argparse.Namespace) -> str:
    """Return the command that shows all there is to say of a delivery."""
    bron = f" --bron {shlex.quote(args.bron)}" if args.bron else ""
    kolommen = f" --kolommen {shlex.quote(show_path(args.kolommen))}" if args.kolommen else ""
    return f".venv/bin/regiomonitor check {shlex.quote(show_path(args.pad))}{bron}{kolommen} --json"


def build_command(raw: Path) -> str:
    """Return the command that makes a publication of the deliveries in this folder."""
    is_gewoon = raw.resolve() == default_folder("raw").resolve()
    return ".venv/bin/regiomonitor build" + ("" if is_gewoon else f" --raw {shlex.quote(show_path(raw))}")


def print_json(
    levering_id: str | None,
    meldingen: Sequence[Melding],
    opmerkingen: Sequence[Melding] = (),
    controles: Sequence[dict[str, object]] = (),
    proef: Mapping[str, object] | None = None,
) -> None:
    """Print the answer of a check for another program, with that of a trial where there was one."""
    uitkomst = {
        "levering": levering_id,
        "goedgekeurd": not meldingen,
        "meldingen": [melding.as_dict() for melding in meldingen],
        "opmerkingen": [melding.as_dict() for melding in opmerkingen],
        "controles": controles,
    } | ({"proef": proef} if proef else {})
    # Another reader than a person: what a terminal cannot show must not become another value.
    is_utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    print(json.dumps(uitkomst, ensure_ascii=not is_utf8, indent=2, default=str))
