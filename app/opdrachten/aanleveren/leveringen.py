"""The commands about deliveries: `check`, `accept` and `withdraw`."""

from __future__ import annotations

import argparse
import shlex
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from app.logboek.deur import Verloop, on_command_line, recorded
from app.logboek.regel import Daad
from app.logboek.waarover import Bekend, delivery
from app.opdrachten.terminal.aanroep import Opdrachten, command, default_folder
from app.opdrachten.terminal.uitvoer import build_command, check_command, print_json
from pipelines.afspraken.meldingen import MEESTE_REGELS, AfgekeurdError, Melding, fit, show_path, show_value, suggest

if TYPE_CHECKING:
    from pipelines.levering.aannemen import Los


def add_commands(opdrachten: Opdrachten) -> None:
    """Add what a supplier can ask: check, accept and withdraw."""
    check = command(opdrachten, "check", "Controleer één levering; er wordt niets opgeslagen.", _check)
    check.add_argument("pad", metavar="PAD", help="map met levering.yml, of één bestand met --bron")
    check.add_argument("--bron", help="de bron van een los bestand")
    check.add_argument("--json", action="store_true", help="uitkomst als JSON")
    check.add_argument("--proef", action="store_true",
                       help="zeg ook wat er zou veranderen; vijf keer per dag per bron")  # fmt: skip
    check.add_argument("--periode", default="", metavar="P", help="de periode van een los bestand, voor --proef")
    _add_kolommen(check)
    check.add_argument("--kolommen-voorstel", type=Path, metavar="YML",
                       help="schrijf een eerste kolommen.yml voor een los bestand, om na te lopen")  # fmt: skip
    check.add_argument("--tabel", help="de tabel van dat voorstel; zonder de tabel waar het bestand op lijkt")
    check.add_argument("--raw", type=Path, default=default_folder("raw"), metavar="MAP", help=argparse.SUPPRESS)
    check.add_argument("--warehouse", type=Path, default=default_folder("warehouse"), help=argparse.SUPPRESS)

    accept = command(opdrachten, "accept", "Controleer een levering en bewaar haar als nieuwe versie.", _accept)
    accept.add_argument("pad", metavar="PAD", help="map met levering.yml, of één bestand met --bron")
    accept.add_argument("--bron", help="de bron van een los bestand")
    _add_kolommen(accept)
    accept.add_argument("--periode", required=True, metavar="P", help="2021, 2021KW03, 2021MM04, 2020/21 of datum")
    accept.add_argument("--raw", type=Path, default=default_folder("raw"), metavar="MAP", help=argparse.SUPPRESS)

    sjabloon = command(opdrachten, "template", "Maak een Excel-sjabloon van een tabel, om in te vullen.", _template)
    sjabloon.add_argument("tabel", metavar="BRON/TABEL", help="de tabel, zoals vacatures/vacatures")
    sjabloon.add_argument("-o", dest="uit", type=Path, metavar="PAD", help="nieuw bestand; standaard TABEL.xlsx")

    weg = command(opdrachten, "withdraw", "Trek een levering in: zij telt niet meer, en blijft bewaard.", _withdraw)
    weg.add_argument("levering", metavar="BRON/LEVERING", help="de levering, zoals pfzw_dekking/2021-2022-09-15")
    weg.add_argument("--reden", required=True, metavar="TEKST", help="waarom, in één zin; staat in de verantwoording")
    weg.add_argument("--raw", type=Path, default=default_folder("raw"), metavar="MAP", help="map met leveringen")


def _add_kolommen(opdracht: argparse.ArgumentParser) -> None:
    opdracht.add_argument("--kolommen", metavar="YML",
                          help="hoe eigen kolommen, labels en kop die van de tabel zijn; 'vorige': die van de laatste "
                               "levering van deze bron")  # fmt: skip
    opdracht.add_argument(
        "--vertrouwelijk",
        action="store_true",
        help="een los bestand met cijfers van personen of werkgevers die niet herkenbaar mogen zijn",
    )
    opdracht.add_argument("--sprong-klopt", default="", metavar="REDEN",
                          help="waarom cijfers van een los bestand die veel schelen met eerdere, kloppen")  # fmt: skip
    opdracht.add_argument("--leverancier", default="", metavar="NAAM",
                          help="van wie een los bestand is; --kolommen vorige is dan die van zijn laatste, "
                               "en een voorstel begint daarmee")  # fmt: skip


def _check(args: argparse.Namespace) -> int:
    from app.opdrachten.aanleveren.proefopdracht import refuse_unfit, trial_lines, try_file
    from pipelines.levering.aannemen import check_path
    from pipelines.levering.eerder import find_kolommen

    if args.kolommen_voorstel:
        return _propose(args)
    try:
        if args.proef:
            refuse_unfit(args)
        kolommen = find_kolommen(args.kolommen, args.raw, args.bron, args.leverancier)
        keuring = check_path(Path(args.pad), args.bron, _loose(args), args.raw, kolommen)
        # A file with faults takes no turn.
        proef = try_file(args, _loose(args), kolommen) if args.proef and not keuring.meldingen else None
    except AfgekeurdError as fout:
        if args.json:
            print_json(None, fout.meldingen)
            return 1
        raise
    if args.json:
        print_json(keuring.levering.levering_id, keuring.meldingen, keuring.opmerkingen, keuring.kwaliteit, proef)
        return 1 if keuring.meldingen else 0
    if keuring.meldingen:
        raise AfgekeurdError(keuring.meldingen, check_command(args))
    aantal = keuring.aantal_rijen
    rijen = "1 rij" if aantal == 1 else f"{aantal} rijen"
    for regel in fit(keuring.opmerkingen, check_command(args), MEESTE_REGELS - 1):
        print(regel)
    print(f"{keuring.levering.levering_id}: goedgekeurd. {rijen}, {len(keuring.kwaliteit)} controles.")
    for regel in trial_lines(proef, args.warehouse) if proef else ():
        print(regel)
    return 0


def _loose(args: argparse.Namespace) -> Los:
    """Return what the call says of a file without levering.yml."""
    from pipelines.levering.aannemen import Los

    return Los(leverancier=args.leverancier, vertrouwelijk=args.vertrouwelijk, sprong=args.sprong_klopt)


def _propose(args: argparse.Namespace) -> int:
    from pipelines.afspraken.warehouse.schrijven import VERTROUWELIJK, write_whole
    from pipelines.levering.eerder import find_bron, latest_kolommen, propose_kolommen
    from pipelines.levering.kolommen.voorstel import as_yaml

    bron = find_bron(args.bron)
    vorige = latest_kolommen(args.raw, bron, args.leverancier) if args.leverancier else None
    voorstel = propose_kolommen(Path(args.pad), bron, args.tabel, vorige)
    try:
        # The labels of a supplier are his.
        write_whole(args.kolommen_voorstel, as_yaml(voorstel).encode(), mode=VERTROUWELIJK, overschrijf=False)
    except FileExistsError:
        melding = Melding(show_path(args.kolommen_voorstel), "Dit bestand is er al.", advies="Kies een andere naam.")
        raise AfgekeurdError([melding]) from None
    plek = show_path(args.kolommen_voorstel)
    gevonden = sum(kolom.onze is not None for kolom in voorstel.kolommen)
    print(f"Tabel {voorstel.tabel}: {gevonden} van {len(voorstel.kolommen)} kolommen herkend. Voorstel: {plek}")
    if voorstel.raad:
        print(voorstel.raad)
    wat = "Alles is zeker" if voorstel.is_zeker else "Loop de regels met 'nakijken' na"
    bestand = shlex.quote(show_path(args.pad))
    print(f"{wat}; daarna: .venv/bin/regiomonitor check {bestand} --bron {args.bron} --kolommen {shlex.quote(plek)}")
    return 0


def _accept(args: argparse.Namespace) -> int:
    from pipelines.levering.aannemen import accept_path
    from pipelines.levering.eerder import find_kolommen

    try:
        kolommen = find_kolommen(args.kolommen, args.raw, args.bron, args.leverancier)
        with _recorded(Daad.LEVERING_BEWAARD, f"{args.bron or 'map'} {args.periode}"):
            plek, opmerkingen = accept_path(
                Path(args.pad), args.bron, args.periode, args.raw, kolommen, los=_loose(args)
            )
    except AfgekeurdError as fout:
        raise AfgekeurdError(fout.meldingen, check_command(args)) from None
    for regel in fit(opmerkingen, check_command(args), MEESTE_REGELS - 1):
        print(regel)
    print(f"Bewaard als {show_path(plek)}. Bouw de publicatie opnieuw met: {build_command(args.raw)}")
    return 0


def _recorded(daad: Daad, waarover: str | Bekend) -> AbstractContextManager[Verloop]:
    """Return what writes down that who types the command changes what is delivered."""
    return recorded(default_folder("warehouse"), on_command_line(), daad, waarover)


def _template(args: argparse.Namespace) -> int:
    from pipelines.afspraken.contract import load_bronnen
    from pipelines.afspraken.indicatoren import INDICATORS_YML, load_indicatoren
    from pipelines.afspraken.warehouse.schrijven import write_whole
    from pipelines.documentatie.sjabloon import make_template
    from pipelines.levering.eerder import find_bron

    naam, _, welke = args.tabel.partition("/")
    bron = find_bron(naam)
    if welke not in bron.tabellen:
        tekst = f"Bron {naam} heeft geen tabel '{show_value(welke)}'.{suggest(welke, bron.tabellen)}"
        raise AfgekeurdError([Melding("template", tekst, advies=f"Tabellen: {', '.join(bron.tabellen)}.")])
    if bron.tabellen[welke].groot:
        tekst = "Deze tabel heeft miljoenen rijen; daar is een werkblad niet voor."
        raise AfgekeurdError([Melding(args.tabel, tekst, advies=f"Lever haar als {welke}.parquet of {welke}.csv.")])
    uit = args.uit or Path(f"{welke}.xlsx")
    indicatoren = tuple(load_indicatoren(INDICATORS_YML, load_bronnen()))
    try:
        write_whole(uit, make_template(bron, bron.tabellen[welke], indicatoren), overschrijf=False)
    except FileExistsError:
        melding = Melding(show_path(uit), "Dit bestand is er al.", advies="Kies een andere naam met -o.")
        raise AfgekeurdError([melding]) from None
    print(f"Sjabloon: {show_path(uit)}. Vul het eerste werkblad in; op de andere staat wat er mag.")
    return 0


def _withdraw(args: argparse.Namespace) -> int:
    from pipelines.levering.intrekken import withdraw
    from pipelines.levering.leveringen import today

    with _recorded(Daad.LEVERING_INGETROKKEN, delivery(args.raw, args.levering)):
        mark = withdraw(args.raw, args.levering, args.reden, today())
    print(f"{mark.levering_id}: {mark}\nBouw de publicatie opnieuw met: {build_command(args.raw)}")
    return 0
