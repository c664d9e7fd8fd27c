"""The commands that keep and exchange what the committee wrote: backup, restore, committee."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from app.logboek.deur import on_command_line, recorded
from app.logboek.regel import Daad
from pipelines.afspraken.meldingen import AfgekeurdError, Melding
from pipelines.afspraken.warehouse.opslagstand import refuse_following
from pipelines.afspraken.warehouse.schrijven import VERTROUWELIJK, write_whole

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
    from app.opdrachten.beheer.kopie_schrijven import backup as make

    if args.maak_sleutel is not None:
        return _make_key(args.maak_sleutel)
    with recorded(args.warehouse, on_command_line(), Daad.KOPIE_GEMAAKT):
        plek = make(
            args.warehouse, args.uit, raw=args.raw, sleutel=args.sleutel,
            meld=lambda tekst: print(tekst, file=sys.stderr),
        )  # fmt: skip
    if args.sleutel is not None:
        print(f"Reservekopie: {plek}, versleuteld. Zonder de geheime sleutel gaat zij niet meer open.")
    else:
        print(f"Reservekopie: {plek}. Zij bevat vertrouwelijke notities en is niet versleuteld; dat kan met --sleutel.")
    return 0


def _make_key(pad: Path) -> int:
    from app.opdrachten.beheer.sleutel import make_key

    openbaar = make_key(pad)
    print(f"Sleutel: {pad}. Bewaar haar apart van de reservekopieën; zonder haar gaan zij niet meer open.")
    print(f"Om alleen reservekopieën te maken is de openbare helft genoeg: {openbaar}")
    return 0


@without_traceback
def restore(args: argparse.Namespace) -> int:
    """Run `regiomonitor restore`."""
    from app.opdrachten.beheer.reservekopie import restore as put_back

    refuse_following(args.warehouse)
    with recorded(args.warehouse, on_command_line(), Daad.KOPIE_TERUGGEZET):
        hersteld = put_back(args.warehouse, args.pad, args.raw, args.sleutel)
    print(
        f"Hersteld: de publicatie, {hersteld.publicaties} eerdere publicaties en {hersteld.leveringen} leveringen die "
        f"er niet meer waren, en {hersteld.wijzigingen or 0} wijzigingen van de commissie. Wat er was, staat in "
        f"{hersteld.bewaard_in}."
    )
    if hersteld.wijzigingen is None:
        print(
            "De reservekopie had geen gave gegevens van de commissie; die zijn gebleven zoals zij waren.",
            file=sys.stderr,
        )
    return 0


@without_traceback
def committee(args: argparse.Namespace) -> int:
    """Run `regiomonitor committee export|import|check|migrate`."""
    if args.wat in ("export", "import") and args.pad is None:
        advies = f"Bijvoorbeeld: .venv/bin/regiomonitor committee {args.wat} commissie.csv"
        raise AfgekeurdError([Melding(f"committee {args.wat}", "Noem een CSV-bestand.", advies=advies)])
    return {"export": _export, "import": _import, "check": _check, "migrate": _migrate}[args.wat](args)


def _import(args: argparse.Namespace) -> int:
    from app.commissie.openen import open_opslag
    from app.commissie.uitwisselen import GROOTSTE_BESTAND, import_changes, read_csv
    from pipelines.afspraken.regio import region_codes

    pad: Path = args.pad
    with pad.open("rb") as stroom:
        inhoud = stroom.read(GROOTSTE_BESTAND + 1)
    wijzigingen = read_csv(inhoud, pad.name, region_codes())
    with recorded(args.warehouse, on_command_line(), Daad.NOTITIES_INGEVOERD):
        aantal = import_changes(open_opslag(args.warehouse), wijzigingen, pad.name)
    print(f"{aantal} wijzigingen toegevoegd.")
    return 0


def _export(args: argparse.Namespace) -> int:
    from app.commissie.openen import open_opslag
    from app.commissie.uitwisselen import export_csv

    pad: Path = args.pad
    with recorded(args.warehouse, on_command_line(), Daad.NOTITIES_UITGEVOERD, "alles"):
        alles = export_csv(open_opslag(args.warehouse).history())
        write_whole(pad, alles, mode=VERTROUWELIJK, overschrijf=False)
    print(f"Alle wijzigingen staan in {pad}. Zij zijn vertrouwelijk; bewaar ze veilig.")
    return 0


def _check(args: argparse.Namespace) -> int:
    """Follow the chain from its begin, and say whether the app's role could switch off what guards it."""
    from app.commissie.openen import open_opslag

    opslag = open_opslag(args.warehouse)
    print(f"De keten is heel: {len(opslag.history())} wijzigingen, elk zoals zij is vastgelegd.")
    if opslag.soort == "postgresql" and opslag.owns_tables():
        print(
            "Let op: de app opent de database als eigenaar en kan de bewaking uitzetten. Geef de app een eigen rol; "
            "zie docs/handleiding/beheer.md.",
            file=sys.stderr,
        )
    return 0


def _migrate(args: argparse.Namespace) -> int:
    """Make or renew the tables as their owner, and give the app's role what it needs; or put them back for before."""
    from app.commissie.bank.opslag import open_as_owner

    if args.naar:
        with recorded(args.warehouse, on_command_line(), Daad.DATABASE_VERNIEUWD):
            weg = open_as_owner(args.warehouse).go_back(args.naar)
        print(
            f"De database van de commissie heeft weer stand {args.naar}. Alles wat de commissie schreef, staat er nog."
        )
        print(*(f"Weg is {wat}." for wat in weg), sep="\n")
        print("Start nu de eerdere versie: een proces van deze versie werkt de database weer bij.")
        return 0
    with recorded(args.warehouse, on_command_line(), Daad.DATABASE_VERNIEUWD):
        open_as_owner(args.warehouse).grant()
    print("De database van de commissie is bij. Wat er stond, staat er nog.")
    return 0


def prepare(warehouse: Path) -> None:
    """Finish a restore that was cut off, and say before serving what is wrong with the committee's history.

    Raises:
        AfgekeurdError: a restore was cut off and cannot be finished now.
    """
    from app.commissie.terugzetten import settle

    settle(warehouse)
    from app.commissie.bank.verbinden import BESTAND, URL
    from app.commissie.model import OpslagError
    from app.commissie.openen import open_opslag

    if not os.environ.get(URL) and not (warehouse / BESTAND).exists():
        return
    try:
        open_opslag(warehouse)
    except OpslagError as fout:
        print(fout, file=sys.stderr)
