"""The command `logboek`: who saw or changed which confidential thing, to read, to take along, and is it still whole?"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from app.logboek import boek, deur, nagaan, namen
from app.logboek.regel import Daad, Logregel
from app.opdrachten.aanleveren.proevenboek import PROEVEN, read_trials
from app.opdrachten.terminal.aanroep import Opdrachten, command, default_folder
from app.taal.inert import make_inert
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_path, show_value
from pipelines.afspraken.warehouse.schrijven import VERTROUWELIJK, write_whole

_MEESTE_REGELS, _MEESTE_FOUTEN = 20, 20
_KOLOMMEN = ("nummer", "op", "wie", "naam", "rol", "daad", "waarover", "uitkomst", "vorige", "som")


def add_command(opdrachten: Opdrachten) -> None:
    """Add `logboek`."""
    log = command(opdrachten, "logboek", "Wie zag of veranderde iets vertrouwelijks; en is het logboek heel?", _run)
    log.add_argument("--controleer", action="store_true",
                     help="is er een regel veranderd, weggehaald, ingevoegd, verplaatst of afgekapt?")  # fmt: skip
    log.add_argument("--anker", nargs="?", const="", metavar="ANKER",
                     help="toon het einde van de keten; met --controleer: staat dit er nog?")  # fmt: skip
    log.add_argument("--proeven", action="store_true",
                     help="de proeven van leveringen, met hoeveel cijfers elk zou verbergen")  # fmt: skip
    for naam in ("van", "tot"):
        log.add_argument(f"--{naam}", type=_day, metavar="DAG", help=f"{naam} en met deze dag, zoals 2026-11-30")
    log.add_argument("-o", dest="uit", type=Path, metavar="PAD", help="nieuw bestand: .csv of .json")
    log.add_argument("--map", type=Path, metavar="MAP", help="een logboek elders, zoals uit een reservekopie")
    log.add_argument("--warehouse", type=Path, default=default_folder("warehouse"), metavar="MAP",
                     help="map met de publicaties")  # fmt: skip


def _day(tekst: str) -> date:
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{show_value(tekst)}' is geen dag, zoals 2026-11-30.") from None


def _run(args: argparse.Namespace) -> int:
    if args.proeven:
        return _show_trials(args.warehouse, args.van, args.tot)
    map_ = args.map or deur.folder(args.warehouse)
    if not boek.months(map_) and boek.head(map_) is None:
        print(f"Er is nog geen logboek in {show_path(map_)}.")
        return 0
    if args.controleer:
        return _check(map_, args.anker)
    if args.anker is not None:
        if args.anker:
            raise AfgekeurdError([Melding("--anker", "Een anker nagaan kan alleen samen met --controleer.")])
        print(boek.head(map_) or "Het logboek heeft geen kop; kijk het na met --controleer.")
        return 0
    periode = f"{args.van or 'begin'} {args.tot or 'nu'}"
    # Who looks is in it as well, by whichever way; in a copy of elsewhere nothing is written.
    hier = deur.folder(args.warehouse)
    if hier.exists() and map_.samefile(hier):
        deur.record(args.warehouse, deur.on_command_line(), Daad.LOGBOEK_GELEZEN, periode)
    regels = list(_within(map_, args.van, args.tot))
    if args.uit is not None:
        _export(map_, args.uit, regels)
        print(f"{len(regels)} regels staan in {show_path(args.uit)}. Er staan namen in; bewaar het veilig.")
        return 0
    wie = namen.load_names(map_)
    for regel in regels[-_MEESTE_REGELS:]:
        naam = show_value(wie.get(regel.wie, regel.wie) or "iemand")
        wat = f"{regel.nummer}  {regel.op}  {naam} ({regel.rol}): {regel.daad} {regel.waarover}, {regel.uitkomst}"
        print(show_path(wat))
    return 0


def _check(map_: Path, tekst: str | None) -> int:
    anker = nagaan.read_anchor(tekst) if tekst else None
    if tekst and anker is None:
        advies = "Het is wat --anker toonde: een nummer, een dubbele punt en 64 tekens."
        raise AfgekeurdError([Melding("--anker", f"'{show_value(tekst)}' is geen anker.", advies=advies)])
    uitslag = nagaan.examine(map_, anker)
    fouten = uitslag.fouten
    print(uitslag.begin)
    for opmerking in uitslag.opmerkingen:
        print(opmerking)
    for fout in fouten[:_MEESTE_FOUTEN]:
        print(fout, file=sys.stderr)
    if len(fouten) > _MEESTE_FOUTEN:
        print(f"… en nog {len(fouten) - _MEESTE_FOUTEN}.", file=sys.stderr)
    if fouten:
        print("Het logboek is niet zoals het is geschreven. Bewaar de map zoals zij is, en zoek uit wie erbij kon.",
              file=sys.stderr)  # fmt: skip
        return 1
    kop = boek.head(map_)
    print(f"Het logboek is heel, tot en met regel {kop.nummer if kop else 0}.")
    for pad in boek.set_aside(map_):
        print(f"Opzij gezet: {show_path(pad)}, een halve regel van een opdracht die werd afgebroken.")
    if anker is None:
        print("Of het einde is afgekapt en de kop meeveranderd, zegt alleen een anker dat u elders bewaart: --anker.")
    return 0


def _show_trials(warehouse: Path, van: date | None, tot: date | None) -> int:
    """Print every trial with what it would hide: how many, which a supplier is not told."""
    deur.record(warehouse, deur.on_command_line(), Daad.LOGBOEK_GELEZEN, "proeven")
    gekozen = [p for p in read_trials(warehouse / PROEVEN) if (van is None or p.dag >= f"{van}") and (
        tot is None or p.dag <= f"{tot}")]  # fmt: skip
    if not gekozen:
        print("Er zijn geen proeven gedaan.")
    for p in gekozen:
        uitkomst = "geen uitkomst"
        if p.verborgen is not None:
            uitkomst = f"{p.verborgen} cijfers verborgen, {p.weer_getoond} weer getoond"
        print(f"{p.dag}  {show_value(p.bron)}  bestand {p.sha256[:12]}: {uitkomst}")
    return 0


def _within(map_: Path, van: date | None, tot: date | None) -> Iterator[Logregel]:
    for plek in nagaan.read(map_):
        if plek.regel and (van is None or plek.regel.op[:10] >= f"{van}") and (
            tot is None or plek.regel.op[:10] <= f"{tot}"):  # fmt: skip
            yield plek.regel


def _export(map_: Path, uit: Path, regels: Sequence[Logregel]) -> None:
    """Write these lines with the names that are still known, for their owner alone."""
    if uit.suffix not in (".csv", ".json"):
        raise AfgekeurdError([Melding(show_path(uit), "Het logboek gaat mee als .csv of .json.")])
    wie = namen.load_names(map_)
    rijen = [{**asdict(regel), "naam": wie.get(regel.wie, "")} for regel in regels]
    if uit.suffix == ".json":
        inhoud = json.dumps([{kolom: rij[kolom] for kolom in _KOLOMMEN} for rij in rijen], ensure_ascii=False, indent=1)
    else:
        tekst = io.StringIO()
        schrijver = csv.writer(tekst, delimiter=";", lineterminator="\r\n")
        schrijver.writerow(_KOLOMMEN)
        schrijver.writerows([make_inert(str(rij[kolom])) for kolom in _KOLOMMEN] for rij in rijen)
        inhoud = "\ufeff" + tekst.getvalue()
    try:
        write_whole(uit, inhoud.encode(), mode=VERTROUWELIJK, overschrijf=False)
    except FileExistsError:
        advies = "Kies met -o een andere naam."
        raise AfgekeurdError([Melding(show_path(uit), "Dit bestand bestaat al.", advies=advies)]) from None
