"""The command `publications`: which there are, what changed between two, and taking one back."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

from app.logboek.deur import on_command_line, recorded
from app.logboek.regel import Daad
from app.opdrachten.uitgeven import opslag
from app.rollen.lezer import SCHAKELAAR, may_still, settings
from app.rollen.rechten import Recht
from app.taal.moment import moment_text
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value
from pipelines.afspraken.warehouse.concept import Concept


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command understands, but for the warehouse."""
    wat = parser.add_mutually_exclusive_group()
    wat.add_argument("--diff", nargs=2, metavar="ID", help="wat er tussen twee publicaties is veranderd")
    wat.add_argument("--intrekken", metavar="ID", help="niemand kan haar meer lezen; zij blijft verzegeld bewaard")
    wat.add_argument("--herschrijven", metavar="ID", help="maak een nieuwe versie zonder cijfers die nu verborgen zijn")
    wat.add_argument(
        "--vrijgeven", action="store_true", help="zet op zijn plaats wat twee mensen vrijgaven, als het tijd is"
    )
    wat.add_argument("--weg", metavar="ID", help="gooi een concept weg dat niet meer vrij hoeft te komen")
    opslag.add_arguments(wat)
    parser.add_argument(
        "--ongezien", action="store_true",
        help="bij --intrekken: niemand heeft haar gezien, zoals bij een vergissing voor zij open stond; een volgende "
             "bouw houdt er dan geen rekening mee",
    )  # fmt: skip
    parser.add_argument("--reden", metavar="TEKST", help="waarom, in één zin; wie de publicatie opent, leest dit")


def publications(args: argparse.Namespace) -> int:
    """Run `regiomonitor publications`."""
    if verkeerd := _usage_fault(args):
        print(f"regiomonitor publications: {verkeerd}", file=sys.stderr)
        print("  Zie .venv/bin/regiomonitor publications --help.", file=sys.stderr)
        return 2
    try:
        if args.diff:
            _show_difference(args)
        elif args.intrekken is not None:
            _withdraw(args)
        elif args.herschrijven is not None:
            _rewrite(args)
        elif args.weg is not None:
            throw_away(args.warehouse, args.weg)
            print(f"Concept {args.weg} is weg.")
        elif args.vrijgeven:
            _release(args)
        elif args.naar_opslag or args.uit_opslag:
            opslag.transfer(args)
        else:
            _list(args)
    except AfgekeurdError as fout:
        for melding in fout.meldingen:
            print(melding, file=sys.stderr)
        return 1
    return 0


def _usage_fault(args: argparse.Namespace) -> str:
    if args.intrekken is not None and args.reden is None:
        return "bij --intrekken hoort --reden."
    if args.reden is not None and args.intrekken is None and args.herschrijven is None:
        return "--reden hoort bij --intrekken of --herschrijven."
    if args.ongezien and args.intrekken is None:
        return "--ongezien hoort bij --intrekken."
    return ""


def _show_difference(args: argparse.Namespace) -> None:
    from app.lezen.verschil.publicatieverschil import as_text, compare_ids

    print(as_text(compare_ids(args.warehouse, *args.diff)))


def _withdraw(args: argparse.Namespace) -> None:
    from pipelines.levering.leveringen import today
    from pipelines.publicatie.herschrijven import withdraw

    with recorded(args.warehouse, on_command_line(), Daad.PUBLICATIE_INGETROKKEN, args.intrekken):
        bericht = withdraw(args.warehouse, args.intrekken, args.reden, today(), is_gezien=not args.ongezien)
    print(f"{args.intrekken}: {bericht}")
    if args.ongezien:
        print("Een volgende bouw houdt er geen rekening meer mee: .venv/bin/regiomonitor build --force")
    else:
        print("Wie eerder een kopie of een document bewaarde, heeft die nog.")


def _rewrite(args: argparse.Namespace) -> None:
    from pipelines.levering.leveringen import today
    from pipelines.publicatie.herschrijven import REDEN, rewrite

    with recorded(args.warehouse, on_command_line(), Daad.PUBLICATIE_HERSCHREVEN, args.herschrijven):
        nieuw = rewrite(args.warehouse, args.herschrijven, today(), REDEN if args.reden is None else args.reden)
    cijfers = "1 cijfer is" if nieuw.verborgen == 1 else f"{nieuw.verborgen} cijfers zijn"
    print(f"{nieuw.publicatie_id} staat in de plaats van {args.herschrijven}: {cijfers} verborgen.")


def _release(args: argparse.Namespace) -> None:
    from pipelines.publicatie.plaatsen.wisselen import release_due

    def _attended(klaar: Concept) -> AbstractContextManager[object]:
        _judge_again(klaar)
        return recorded(args.warehouse, on_command_line(), Daad.CONCEPT_VRIJGEGEVEN, klaar.publicatie_id)

    vrijgave = release_due(args.warehouse, datetime.now(UTC), _attended)
    for publicatie_id in vrijgave.gedaan:
        print(f"{publicatie_id} is vrijgegeven en staat nu in de app.")
    if vrijgave.meldingen:
        raise AfgekeurdError(vrijgave.meldingen)


def _judge_again(klaar: Concept) -> None:
    """Look whether who released this still may, by the settings of now.

    Raises:
        AfgekeurdError: one of them may not, or there are no settings that say so.
    """
    plek = f"concept {klaar.publicatie_id}"
    instellingen = settings(os.environ.get(SCHAKELAAR, ""))
    if instellingen is None:
        tekst = "Niet na te gaan is of wie dit vrijgaf, dat nog mag."
        advies = f"Noem het bestand met de instellingen van het aanmelden in {SCHAKELAAR}."
        raise AfgekeurdError([Melding(plek, tekst, advies=advies)])
    for wie in (klaar.gevraagd_door, klaar.vrijgegeven_door):
        if wie is None or not may_still(instellingen, wie.aanbieder, wie.naam, Recht.VRIJGEVEN):
            tekst = f"{show_value(wie.naam) if wie else 'Iemand'} mag niet meer vrijgeven."
            raise AfgekeurdError([Melding(plek, tekst, advies="Laat twee anderen het vragen en vrijgeven.")])


def throw_away(warehouse: Path, publicatie_id: str) -> None:
    """Throw a concept away, and write that down.

    Raises:
        AfgekeurdError: there is none of this id, or something else is at work in the warehouse.
    """
    from pipelines.publicatie.plaatsen.wisselen import discard

    with recorded(warehouse, on_command_line(), Daad.CONCEPT_WEGGEGOOID, publicatie_id):
        discard(warehouse, publicatie_id)


def _list(args: argparse.Namespace) -> None:
    from pipelines.afspraken.warehouse.bewaard import withdrawn
    from pipelines.afspraken.warehouse.concept import concepts, why_not
    from pipelines.afspraken.warehouse.gaaf import damage_kept, damage_now
    from pipelines.bouwen import list_publications

    rijen, weg = list_publications(args.warehouse), withdrawn(args.warehouse)
    beschadigd = [*filter(None, [damage_now(args.warehouse)]), *damage_kept(args.warehouse)]
    for melding in beschadigd:
        print(melding, file=sys.stderr)
    if not rijen and not beschadigd and not weg:
        print("Er is nog geen publicatie. Maak er een met: .venv/bin/regiomonitor build")
    for publicatie_id, gemaakt_op, waarnemingen, huidig in rijen:
        ster = "  (deze staat nu in de app)" if huidig else ""
        print(f"{publicatie_id}  {gemaakt_op:%d-%m-%Y %H:%M}  {waarnemingen} waarnemingen{ster}")
    for publicatie_id, klaar in concepts(args.warehouse).items():
        wanneer = moment_text(klaar.vanaf) if klaar.vanaf else ""
        stand = (
            f"vrijgegeven vanaf {wanneer}" if klaar.vrijgegeven_door else f"gevraagd vanaf {wanneer}" if wanneer else ""
        )
        print(f"{publicatie_id}  concept{', ' if stand else ''}{stand}")
        if reden := why_not(args.warehouse, klaar):
            print(f"  Kan zo niet vrijkomen. {reden}")
    for publicatie_id, bericht in weg.items():
        print(f"{publicatie_id}  {bericht}")
