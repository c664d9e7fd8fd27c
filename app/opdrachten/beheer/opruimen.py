"""The command `retention`: it says what goes because its time is over, and lets it go."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from app.opdrachten.terminal.aanroep import Opdrachten, command, default_folder
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_path

REGELS = Path(__file__).with_name("bewaartermijnen.yml")


def add_command(opdrachten: Opdrachten) -> None:
    """Add `retention`."""
    weg = command(opdrachten, "retention", "Ruim op wat langer is bewaard dan de regels zeggen.", _run)
    weg.add_argument("--proef", action="store_true", help="zeg alleen wat er weg zou gaan")
    weg.add_argument(
        "--regels", type=Path, default=REGELS, metavar="YML", help="eigen termijnen, zoals de meegeleverde"
    )
    weg.add_argument("--kopieen", type=Path, metavar="MAP", help="de map met reservekopieën")
    weg.add_argument(
        "--sleutel", type=Path, metavar="BESTAND", help="om kopieën onder een sleutel helemaal na te kijken"
    )
    weg.add_argument("--klok-klopt", action="store_true", help="ook als er lang niets gebeurd is volgens de klok")
    weg.add_argument("--warehouse", type=Path, default=default_folder("warehouse"), metavar="MAP",
                     help="map met de publicaties")  # fmt: skip


def _run(args: argparse.Namespace) -> int:
    # What it takes to look all of it over is for this command alone.
    from app.opdrachten.beheer.bewaren import load_terms, plan, refuse_clock

    termijnen = load_terms(args.regels)
    if args.kopieen is not None and not args.kopieen.is_dir():
        raise AfgekeurdError([Melding(show_path(args.kopieen), "Deze map bestaat niet.")])
    nu = datetime.now(UTC)
    if not args.klok_klopt:
        refuse_clock(args.warehouse, args.kopieen, nu)
    stappen = list(plan(args.warehouse, args.kopieen, termijnen, nu, args.sleutel))
    if args.proef:
        for stap in stappen:
            print(stap.tekst)
        print(f"{len(stappen)} keer is de termijn om. Dit was een proef; er is niets veranderd.")
        return 0
    for stap in stappen:
        stap.doe()
        print(stap.tekst)
    print(f"{len(stappen)} keer was de termijn om.")
    return 0
