"""The command `forget`: a person goes out of the committee's history, the log and mail; what it misses it names."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from app.logboek import deur, namen
from app.logboek.regel import Afloop, Daad
from app.opdrachten.beheer.commissie import without_traceback
from app.opdrachten.terminal.aanroep import Opdrachten, command, default_folder
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_path
from pipelines.afspraken.schrift.naam import is_same_name
from pipelines.afspraken.warehouse import concept

# A shorter name would be found in half of all texts.
_KORTSTE = 2


def add_command(opdrachten: Opdrachten) -> None:
    """Add `forget`."""
    weg = command(opdrachten, "forget", "Haal een persoon of mailadres uit commissie, logboek en mail.",
                  without_traceback(_run))  # fmt: skip
    weg.add_argument("naam", metavar="NAAM", help="zoals zij bij de notities staat, of het mailadres waarmee zij zich "
                     "aanmeldt of waar zij mail krijgt; met - typt u haar daarna, zodat de opdrachtregel haar niet "
                     "onthoudt")  # fmt: skip
    weg.add_argument("--ook-in-teksten", action="store_true", help="ook waar de naam in een tekst staat")
    weg.add_argument("--proef", action="store_true", help="zeg alleen wat er staat")
    weg.add_argument("--warehouse", type=Path, default=default_folder("warehouse"), metavar="MAP",
                     help="map met de publicaties")  # fmt: skip


def _run(args: argparse.Namespace) -> int:
    from app.commissie.vergeten import forget
    from app.post.abonnement import forget_at

    naam = (sys.stdin.readline() if args.naam == "-" else args.naam).strip()
    if len(naam) < _KORTSTE:
        raise AfgekeurdError([Melding("forget", "Schrijf de hele naam.")])
    wie = deur.on_command_line()
    if args.proef:
        deur.record(args.warehouse, wie, Daad.PERSOON_GEZOCHT)
        uit = forget(args.warehouse, naam, ook_in_teksten=args.ook_in_teksten, proef=True)
        in_log = sum(_knows(map_, naam) for map_ in _logs(args.warehouse))
        vrijgave, mail = len(concept.named(args.warehouse, naam)), forget_at(args.warehouse, naam, proef=True)
        print(f"{uit.als_schrijver} wijzigingen en {uit.in_teksten} teksten, {in_log} keer in de namen van het "
              f"logboek, {vrijgave} concepten en {mail} keer berichten per mail. Dit was een proef; er is niets "
              "veranderd.")  # fmt: skip
        return 0
    with deur.recorded(args.warehouse, wie, Daad.PERSOON_VERGETEN) as verloop:
        # First, so that what was there of it is wiped together with the rest.
        mail = forget_at(args.warehouse, naam, proef=False)
        uit = forget(args.warehouse, naam, ook_in_teksten=args.ook_in_teksten, proef=False)
        weg = [pseudoniem for map_ in _logs(args.warehouse) for pseudoniem in deur.forget(map_, wie, naam)]
        opnieuw = concept.forget(args.warehouse, naam)
        verloop.uitkomst = Afloop.GELUKT if uit.is_gewist else Afloop.MISLUKT
    gedaan = f"{uit.als_schrijver} wijzigingen en {uit.in_teksten} teksten zeggen nu {uit.pseudoniem}"
    print(f"{gedaan}; uit de namen van het logboek zijn er {len(weg)} weg, en {mail} keer berichten per mail.")
    for publicatie_id in opnieuw:
        print(f"De vrijgave van concept {publicatie_id} noemde de naam en geldt niet meer; vraag haar opnieuw.")
    for plek in _not_reached(args.warehouse):
        print(f"Hier kan de naam nog in staan: {show_path(plek)}")
    print("En in reservekopieën, documenten die iemand al heeft, en toegang.toml.")
    print("Zet u een oudere reservekopie terug, doe dit dan opnieuw.")
    if not uit.is_gewist:
        print("De naam kan nog in een hoek van de database van de commissie staan: een ander programma houdt "
              "haar open, of de schijf is vol. Sluit dat, en doe dit opnieuw.", file=sys.stderr)  # fmt: skip
        return 1
    return 0


def _logs(warehouse: Path) -> Iterator[Path]:
    """Yield the log and those that came out of a backup."""
    from app.commissie.terugzetten import UIT_KOPIE

    for map_ in (deur.folder(warehouse), *(Path(warehouse) / UIT_KOPIE).glob("*")):
        if (map_ / namen.NAMEN).exists():
            yield map_


def _knows(map_: Path, naam: str) -> int:
    return sum(is_same_name(bekend, naam) for bekend in namen.load_names(map_).values())


def _not_reached(warehouse: Path) -> Iterator[Path]:
    """Yield the copies of before, which `retention` removes when their time is over."""
    from app.commissie.terugzetten import KEPT, old_databases

    yield from sorted((Path(warehouse) / KEPT).glob("*"))
    yield from old_databases(Path(warehouse))
