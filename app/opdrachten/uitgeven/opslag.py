"""Publications to and from an object store: asked for, or after a command that may have changed which there are."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from pipelines.afspraken.meldingen import AfgekeurdError, Melding
from pipelines.afspraken.warehouse.opslagstand import Richting
from pipelines.objectopslag.verbinding import NAAR, UIT, Opslagplek, find_place

_PUBLICEREN = ("build", "publications", "restore", "retention")


def add_arguments(wat: argparse._MutuallyExclusiveGroup) -> None:
    """Add what `publications` understands of it."""
    wat.add_argument("--naar-opslag", action="store_true", help=f"stuur ze naar de opslag van {NAAR}")
    wat.add_argument("--uit-opslag", action="store_true", help=f"haal ze uit de opslag van {UIT}")


def transfer(args: argparse.Namespace) -> None:
    """Send or fetch, and say what came of it.

    Raises:
        AfgekeurdError: no store is named for this, or it is in the way.
    """
    richting, naam = (Richting.NAAR, NAAR) if args.naar_opslag else (Richting.UIT, UIT)
    plek = find_place(os.environ)
    if plek is None or plek.richting is not richting:
        advies = f"Zet in {naam} het adres van de opslag; zie docs/handleiding/opslag.md."
        raise AfgekeurdError([Melding(naam, "Hier is geen opslag voor ingesteld.", advies=advies)])
    if richting is Richting.NAAR:
        _send(args.warehouse, plek, altijd=True)
        print("Alle publicaties staan in de opslag.")
        return
    from pipelines.objectopslag.halen import fetch

    is_nieuw = fetch(args.warehouse, plek)
    print("Er staat een nieuwe publicatie." if is_nieuw else "De publicatie van nu is die van de opslag.")


def send_after(args: argparse.Namespace) -> int:
    """Send what changed, after a command that publishes or takes back, where a store is named to send to.

    Returns 1 when that did not go well: what the command did is done.
    """
    if args.opdracht not in _PUBLICEREN:
        return 0
    try:
        plek = find_place(os.environ)
        if plek is not None and plek.richting is Richting.NAAR:
            _send(args.warehouse, plek)
    except AfgekeurdError as fout:
        print(*fout.meldingen, sep="\n", file=sys.stderr)
        return 1
    return 0


def _send(warehouse: Path, plek: Opslagplek, *, altijd: bool = False) -> None:
    from pipelines.objectopslag.zenden import send

    send(warehouse, plek, altijd=altijd)
