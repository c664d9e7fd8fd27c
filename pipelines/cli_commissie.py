"""The commands that keep and exchange what the committee wrote: backup, restore, committee."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from pipelines.meldingen import AfgekeurdError
from pipelines.schrijven import VERTROUWELIJK, write_whole

Voer = Callable[[argparse.Namespace], int]


def without_traceback(voer: Voer) -> Voer:
    """Return the command with every failure as plain sentences and exit code 1; what was there stays."""

    def _run(args: argparse.Namespace) -> int:
        from app.commissie.model import OpslagError

        try:
            return voer(args)
        except AfgekeurdError as fout:
            for melding in fout.meldingen:
                print(melding, file=sys.stderr)
        except OpslagError as fout:
            print(fout, file=sys.stderr)
        print("Er is niets veranderd.", file=sys.stderr)
        return 1

    return _run


@without_traceback
def backup(args: argparse.Namespace) -> int:
    """Run `regiomonitor backup`."""
    from pipelines.reservekopie import backup as make

    plek = make(args.warehouse, args.uit)
    print(f"Reservekopie: {plek}. Zij bevat vertrouwelijke notities; bewaar haar veilig.")
    return 0


@without_traceback
def restore(args: argparse.Namespace) -> int:
    """Run `regiomonitor restore`."""
    from pipelines.reservekopie import restore as put_back

    hersteld = put_back(args.warehouse, args.pad)
    print(
        f"Hersteld: de publicatie, {hersteld.publicaties} eerdere publicaties die er niet meer waren en "
        f"{hersteld.wijzigingen} wijzigingen van de commissie. Wat er was, staat in {hersteld.bewaard_in}."
    )
    return 0


@without_traceback
def committee(args: argparse.Namespace) -> int:
    """Run `regiomonitor committee export|import`."""
    from app.commissie.opslag import open_opslag
    from app.commissie.uitwisselen import GROOTSTE_BESTAND, export_csv, import_changes, read_csv
    from pipelines.regio import region_codes

    pad: Path = args.pad
    if args.wat == "import":
        with pad.open("rb") as stroom:
            inhoud = stroom.read(GROOTSTE_BESTAND + 1)
        wijzigingen = read_csv(inhoud, pad.name, region_codes())
        aantal = import_changes(open_opslag(args.warehouse), wijzigingen, pad.name)
        print(f"{aantal} wijzigingen toegevoegd.")
        return 0
    alles = export_csv(open_opslag(args.warehouse).history())
    write_whole(pad, alles, mode=VERTROUWELIJK, overschrijf=False)
    print(f"Alle wijzigingen staan in {pad}. Zij zijn vertrouwelijk; bewaar ze veilig.")
    return 0
