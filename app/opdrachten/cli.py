"""The command `regiomonitor`: every answer and every error in Dutch, never a traceback."""

from __future__ import annotations

import argparse
import shlex
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from app.logboek.deur import on_command_line, recorded
from app.logboek.regel import Daad
from app.opdrachten.aanleveren import leveringen as cli_leveringen
from app.opdrachten.aanleveren import ophalen as cli_ophalen
from app.opdrachten.beheer import commissie as cli_commissie
from app.opdrachten.beheer import logboek as cli_logboek
from app.opdrachten.beheer import opruimen as cli_opruimen
from app.opdrachten.beheer import post as cli_post
from app.opdrachten.beheer import rollen as cli_rollen
from app.opdrachten.beheer import vergeten as cli_vergeten
from app.opdrachten.dienen import add_serving, serve_app
from app.opdrachten.terminal.aanroep import Opdrachten, Parser, add_help, command
from app.opdrachten.terminal.aanroep import default_folder as _default
from app.opdrachten.terminal.eigenaar import refuse_as_root
from app.opdrachten.terminal.fouten import explain
from app.opdrachten.terminal.uitvoer import flush, let_go, use_any_terminal
from app.opdrachten.uitgeven import export as cli_export
from app.opdrachten.uitgeven import opslag as cli_opslag
from app.opdrachten.uitgeven import publicaties as cli_publicaties
from app.opdrachten.uitgeven import report as cli_report
from pipelines.afspraken.meldingen import Melding, fit, show_path, show_value
from pipelines.afspraken.warehouse.schrijven import remove_leftovers

STANDAARD_POORT = 8501
_HOOGSTE_POORT = 65535
# Of what was read otherwise than it says, a build shows no more lines than this.
_MEESTE_GEZEGD = 12


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it worked, 1 when something was rejected, 2 when the call was wrong, 3 to wait."""
    use_any_terminal()
    warehouse = _default("warehouse")
    try:
        args = _parser().parse_args(argv)
        warehouse = getattr(args, "warehouse", warehouse)
        refuse_as_root(warehouse)
        remove_leftovers(warehouse, getattr(args, "raw", _default("raw")))
        uitkomst = int(args.run(args))
        uitkomst = uitkomst or cli_opslag.send_after(args)
        flush()
        return uitkomst
    except KeyboardInterrupt:
        print("\nGestopt.", file=sys.stderr)
        return 130
    except Exception as fout:
        return explain(fout, warehouse)
    finally:
        let_go()


def _parser() -> Parser:
    parser = Parser(prog="regiomonitor", description="Arbeidsmarktmonitor voor zorg en welzijn.", add_help=False)
    add_help(parser)
    opdrachten = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    for add in (_add_app, cli_leveringen.add_commands, _add_fetch_and_audit, _add_committee, _add_reading):
        add(opdrachten)
    for ander in (cli_logboek, cli_opruimen, cli_vergeten, cli_post):
        ander.add_command(opdrachten)
    return parser


def _add_app(opdrachten: Opdrachten) -> None:
    start = command(opdrachten, "start", "Bouw als dat nodig is en open de app op deze computer.", _start)
    start.add_argument("--port", type=_port, default=STANDAARD_POORT, metavar="POORT", help="standaard 8501")
    _add_folders(start)

    dien = command(opdrachten, "serve", "Open de app voor anderen, met aanmelden; zonder te bouwen.", serve_app)
    add_serving(dien, STANDAARD_POORT, _port)
    _add_folders(dien)
    cli_rollen.add_command(opdrachten)

    bouw = command(opdrachten, "build", "Maak een publicatie van de leveringen.", _build)
    _add_folders(bouw)
    bouw.add_argument("--force", action="store_true", help="bouw ook als er niets veranderd is")
    bouw.add_argument("--concept", action="store_true", help="laat haar klaarstaan tot twee mensen haar vrijgeven")
    bouw.add_argument("--quiet", action="store_true", help="toon alleen fouten")


def _add_fetch_and_audit(opdrachten: Opdrachten) -> None:
    haal = command(opdrachten, "fetch", "Haal openbare gegevens op: cijfers, en de gebieden voor de kaart.",
                   cli_ophalen.fetch)  # fmt: skip
    cli_ophalen.add_arguments(haal, _default("raw"), _default("warehouse"))

    aanval = command(opdrachten, "audit", "Val een publicatie aan: is een geheim cijfer te achterhalen?", _audit)
    aanval.add_argument("--insider", action="store_true", help="ook als werkgever die zijn eigen cijfers kent")
    aanval.add_argument("--map", type=Path, metavar="MAP", help="val ook aan wat export of report in deze map schreef")
    aanval.add_argument("--publicatie", metavar="ID", help="een bewaarde publicatie; standaard die van nu")
    aanval.add_argument("--warehouse", type=Path, default=_default("warehouse"), metavar="MAP",
                        help="map met de publicaties")  # fmt: skip


def _add_committee(opdrachten: Opdrachten) -> None:
    kopie = command(
        opdrachten, "backup", "Maak een reservekopie van publicaties, leveringen en commissie.", cli_commissie.backup
    )
    kopie.add_argument("-o", dest="uit", type=Path, metavar="PAD", help="nieuw bestand, of een map")
    kopie.add_argument("--maak-sleutel", type=Path, metavar="BESTAND", help="maak alleen een nieuwe sleutel")
    herstel = command(opdrachten, "restore", "Zet een reservekopie terug; wat er was, blijft bewaard.",
                      cli_commissie.restore)  # fmt: skip
    herstel.add_argument("pad", type=Path, metavar="PAD", help="een bestand van .venv/bin/regiomonitor backup")
    commissie = command(opdrachten, "committee", "Wat de commissie vastlegde, als CSV; en is het nog heel?",
                        cli_commissie.committee)  # fmt: skip
    commissie.add_argument("wat", choices=("export", "import", "check", "migrate"),
                           help="export naar of import uit een bestand; check: is de geschiedenis heel; migrate: maak "
                                "of vernieuw de tabellen, als eigenaar van de database")  # fmt: skip
    commissie.add_argument("pad", type=Path, nargs="?", metavar="PAD", help="het CSV-bestand van export en import")
    commissie.add_argument("--naar", metavar="STAND", help="met migrate: zet de tabellen terug voor een eerdere "
                           "versie, zoals 0004")  # fmt: skip
    for opdracht in (kopie, herstel):
        opdracht.add_argument("--sleutel", type=Path, metavar="BESTAND", help="de sleutel waaronder zij staat")
        opdracht.add_argument("--raw", type=Path, default=_default("raw"), metavar="MAP", help="map met leveringen")
    for opdracht in (kopie, herstel, commissie):
        opdracht.add_argument("--warehouse", type=Path, default=_default("warehouse"), metavar="MAP",
                              help="map met de publicaties")  # fmt: skip


def _add_reading(opdrachten: Opdrachten) -> None:
    verslag = command(opdrachten, "report", "Maak het dossier van een regio of de monitor van het land.",
                      cli_report.report)  # fmt: skip
    cli_report.add_arguments(verslag)
    verslag.add_argument("--warehouse", type=Path, default=_default("warehouse"), metavar="MAP",
                         help="map met de publicaties")  # fmt: skip

    cli_export.add_command(opdrachten, _default("warehouse"))

    publicaties = command(opdrachten, "publications", "Toon de publicaties die er zijn.", cli_publicaties.publications)
    cli_publicaties.add_arguments(publicaties)
    publicaties.add_argument("--warehouse", type=Path, default=_default("warehouse"), metavar="MAP",
                             help="map met de publicaties")  # fmt: skip


def _add_folders(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--raw", type=Path, default=_default("raw"), metavar="MAP", help="map met leveringen")
    parser.add_argument(
        "--warehouse", type=Path, default=_default("warehouse"), metavar="MAP", help="map voor de publicatie"
    )


def _port(tekst: str) -> int:
    if not (tekst.isascii() and tekst.isdigit() and 1 <= int(tekst) <= 65535):
        raise argparse.ArgumentTypeError(f"'{show_value(tekst)}' is geen poort (1 tot en met 65535).")
    return int(tekst)


def _start(args: argparse.Namespace) -> int:
    from pipelines.afspraken.warehouse.gaaf import damage_now, newest_whole

    if not _is_free(args.port):
        print(f"Poort {args.port} is al in gebruik; misschien draait Regiomonitor al.", file=sys.stderr)
        vrij = next(filter(_is_free, range(args.port + 1, _HOOGSTE_POORT + 1)), STANDAARD_POORT)
        print(f"  Kies een andere poort: .venv/bin/regiomonitor start --port {vrij}", file=sys.stderr)
        return 1
    if beschadigd := damage_now(args.warehouse):
        print(beschadigd, file=sys.stderr)
    cli_commissie.prepare(args.warehouse)
    try:
        from pipelines.bouwen import is_current

        if not is_current(args.raw, args.warehouse):
            _run_build(args.raw, args.warehouse, quiet=False)
    except Exception as fout:  # whatever stops a build, readers keep what there was
        explain(fout, args.warehouse)
        if newest_whole(args.warehouse) is None:
            return 1
        print("De app toont de vorige publicatie.", file=sys.stderr)
    from app.dienst.server import serve
    from pipelines.afspraken.warehouse.meegeleverd import is_as_shipped

    print(f"Regiomonitor staat op http://localhost:{args.port} (stoppen: Ctrl+C).", flush=True)
    voorbeeld = is_as_shipped(args.raw)
    if voorbeeld:
        print("Echte cijfers zijn één opdracht ver: .venv/bin/regiomonitor fetch alles", flush=True)
    return serve(port=args.port, warehouse=args.warehouse, raw=args.raw, voorbeeld=voorbeeld)


def _is_free(port: int) -> bool:
    """Return whether this port can be had on loopback."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as proef:
        proef.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            proef.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _build(args: argparse.Namespace) -> int:
    from app.commissie.terugzetten import settle
    from pipelines.afspraken.warehouse.concept import concepts
    from pipelines.bouwen import is_current, list_set_aside

    settle(args.warehouse)
    if not args.force and is_current(args.raw, args.warehouse, als_concept=args.concept):
        for melding in list_set_aside(args.warehouse):
            print(melding, file=sys.stderr)
        if not args.quiet:
            vorige = "het nieuwste concept" if args.concept and concepts(args.warehouse) else "de vorige publicatie"
            print(f"Er is niets veranderd sinds {vorige}; met --force bouwt u toch.")
        return 0
    _run_build(args.raw, args.warehouse, quiet=args.quiet, als_concept=args.concept)
    return 0


def _run_build(raw: Path, warehouse: Path, *, quiet: bool, als_concept: bool = False) -> None:
    from tqdm import tqdm

    from pipelines.bouwen import STAPPEN, build

    with tqdm(total=len(STAPPEN), disable=quiet or not sys.stderr.isatty(), leave=False,
              bar_format="{desc:26} {bar} {n_fmt} van {total_fmt}") as balk:  # fmt: skip

        def step(naam: str) -> None:
            balk.update(STAPPEN.index(naam) - balk.n)
            balk.set_description_str(naam)

        waarover = "concept" if als_concept else ""
        with recorded(warehouse, on_command_line(), Daad.PUBLICATIE_GEBOUWD, waarover):
            gebouwd = build(raw, warehouse, stap=step, als_concept=als_concept)
    for melding in (*gebouwd.opzij, *gebouwd.onveilig):
        print(melding, file=sys.stderr)
    if not quiet:
        for regel in fit(gebouwd.gezegd, _last_said(raw, gebouwd.gezegd), _MEESTE_GEZEGD):
            print(regel)
        wat = "Concept" if als_concept else "Publicatie"
        print(
            f"{wat} {gebouwd.publicatie_id}: {gebouwd.aantal_waarnemingen} waarnemingen, "
            f"waarvan {gebouwd.aantal_onderdrukt} onderdrukt."
        )
    if als_concept:
        print(f"Te bekijken en vrij te geven door wie dat mag, op elke pagina met ?publicatie={gebouwd.publicatie_id}")


def _last_said(raw: Path, gezegd: Sequence[Melding]) -> str:
    """Return the command that shows all there is to say of the last of these deliveries."""
    if not gezegd:
        return ""
    return f".venv/bin/regiomonitor check {shlex.quote(show_path(raw / Path(gezegd[-1].bestand).parent))}"


def _audit(args: argparse.Namespace) -> int:
    from app.taal.opmaak import telling
    from pipelines.aanval.audit import audit_files, audit_warehouse
    from pipelines.aanval.bevinding import count_cells

    publicatie_id, geheim, bevindingen = audit_warehouse(args.warehouse, args.publicatie, insider=args.insider)
    if args.map is not None:
        gevonden, ongelezen = audit_files(args.warehouse, publicatie_id, args.map)
        bevindingen += gevonden
        for pad in ongelezen:
            print(f"{show_path(pad)} is niet nagekeken: deze soort bestand wordt hier niet gelezen.", file=sys.stderr)
    cijfers = telling(geheim, "geheim cijfer", "geheime cijfers")
    for bevinding in bevindingen:
        print(bevinding, file=sys.stderr)
    aanvaller = (
        "een buitenstaander, en werkgevers die hun eigen cijfers kennen" if args.insider else "een buitenstaander"
    )
    if bevindingen:
        wat = telling(len(bevindingen), "bevinding", "bevindingen")
        cellen = telling(count_cells(bevindingen), "cel", "cellen")
        print(f"Publicatie {publicatie_id}: {wat} over {cellen}, bij {cijfers}.", file=sys.stderr)
        if not all(bevinding.is_nieuw for bevinding in bevindingen):
            wat = "Neem een eerdere publicatie terug met"
            print(f"{wat}: .venv/bin/regiomonitor publications --herschrijven ID", file=sys.stderr)
    lekken = [] if args.publicatie else _audit_open_data(args.warehouse)
    if bevindingen or lekken:
        return 1
    print(f"Publicatie {publicatie_id}: {cijfers}, geen is te achterhalen door {aanvaller}.")
    return 0


def _audit_open_data(warehouse: Path) -> list[str]:
    """Tell what is given out that is hidden, over all publications that can be asked for; returns it."""
    from app.taal.opmaak import telling
    from app.uitgave.nagaan import leaks

    lekken = leaks(warehouse)
    for lek in lekken:
        print(lek, file=sys.stderr)
    if lekken:
        wat = telling(len(lekken), "geheim cijfer komt", "geheime cijfers komen")
        print(f"Open data: {wat} naar buiten. Zet de server stil en meld het de bouwers.", file=sys.stderr)
    return lekken


if __name__ == "__main__":
    sys.exit(main())
