"""The command `regiomonitor`: every answer and every error in Dutch, never a traceback."""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from app.opdrachten import commissie as cli_commissie
from app.opdrachten import report as cli_report
from app.opdrachten.fouten import explain
from app.opdrachten.uitvoer import flush, let_go, use_any_terminal
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_path, show_value, suggest
from pipelines.afspraken.schrijven import remove_leftovers

STANDAARD_POORT = 8501


class _Parser(argparse.ArgumentParser):
    """An argument parser that speaks Dutch when a call is wrong."""

    def error(self, message: str) -> NoReturn:
        """Print what is wrong with the call and leave with exit code 2."""
        print(f"{self.prog}: {_in_dutch(message)}", file=sys.stderr)
        print(f"  Zie .venv/bin/{self.prog} --help.", file=sys.stderr)
        raise SystemExit(2)


def _in_dutch(message: str) -> str:
    if gevonden := re.search(r"invalid choice: '(.*?)' \(choose from (.*)\)", message):
        keuzes = re.findall(r"[a-z0-9]+", gevonden[2])
        return f"'{show_value(gevonden[1])}' bestaat niet.{suggest(gevonden[1], keuzes)} Keuzes: {', '.join(keuzes)}."
    if gevonden := re.search(r"required: (.*)", message):
        return f"hier ontbreekt: {gevonden[1]}."
    if gevonden := re.search(r"unrecognized arguments: (.*)", message):
        return f"onbekend: {show_value(gevonden[1])}."
    if gevonden := re.search(r"argument (.*?): expected one argument", message):
        return f"{gevonden[1]} vraagt om een waarde."
    if gevonden := re.fullmatch(r"argument (\S+): (.*\.)", message):
        return f"{gevonden[1]}: {gevonden[2]}"
    return "deze aanroep klopt niet."


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it worked, 1 when something was rejected, 2 when the call was wrong."""
    use_any_terminal()
    warehouse = _default("warehouse")
    try:
        args = _parser().parse_args(argv)
        warehouse = getattr(args, "warehouse", warehouse)
        remove_leftovers(warehouse, getattr(args, "raw", _default("raw")))
        uitkomst = int(args.run(args))
        flush()
        return uitkomst
    except KeyboardInterrupt:
        print("\nGestopt.", file=sys.stderr)
        return 130
    except Exception as fout:
        return explain(fout, warehouse)
    finally:
        let_go()


def _parser() -> _Parser:
    parser = _Parser(prog="regiomonitor", description="Arbeidsmarktmonitor voor zorg en welzijn.", add_help=False)
    _add_help(parser)
    opdrachten = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)

    start = _command(opdrachten, "start", "Bouw als dat nodig is en open de app op deze computer.", _start)
    start.add_argument("--port", type=_port, default=STANDAARD_POORT, metavar="POORT", help="standaard 8501")
    _add_folders(start)

    bouw = _command(opdrachten, "build", "Maak een publicatie van de leveringen.", _build)
    _add_folders(bouw)
    bouw.add_argument("--force", action="store_true", help="bouw ook als er niets veranderd is")
    bouw.add_argument("--quiet", action="store_true", help="toon alleen fouten")

    check = _command(opdrachten, "check", "Controleer één levering; er wordt niets opgeslagen.", _check)
    check.add_argument("pad", metavar="PAD", help="map met levering.yml, of één bestand met --bron")
    check.add_argument("--bron", help="de bron van een los bestand")
    check.add_argument("--json", action="store_true", help="uitkomst als JSON")

    accept = _command(opdrachten, "accept", "Controleer een levering en bewaar haar als nieuwe versie.", _accept)
    accept.add_argument("pad", metavar="PAD", help="map met levering.yml, of één bestand met --bron")
    accept.add_argument("--bron", help="de bron van een los bestand")
    accept.add_argument("--periode", required=True, metavar="P", help="2021, 2021KW03, 2021MM04, 2020/21 of datum")
    accept.add_argument("--raw", type=Path, default=_default("raw"), metavar="MAP", help=argparse.SUPPRESS)

    weg = _command(opdrachten, "withdraw", "Trek een levering in: zij telt niet meer, en blijft bewaard.", _withdraw)
    weg.add_argument("levering", metavar="BRON/LEVERING", help="de levering, zoals pfzw_dekking/2021-2022-09-15")
    weg.add_argument("--reden", required=True, metavar="TEKST", help="waarom, in één zin; staat in de verantwoording")
    weg.add_argument("--raw", type=Path, default=_default("raw"), metavar="MAP", help="map met leveringen")

    haal = _command(opdrachten, "fetch", "Haal openbare gegevens op: de gebieden voor de kaart.", _fetch)
    haal.add_argument("wat", choices=("gebieden",), help="gebieden: de gemeenten van CBS en Kadaster, via PDOK")
    haal.add_argument("--base-url", metavar="URL", help="een ander adres dan dat van PDOK")
    haal.add_argument("--file", type=Path, metavar="PAD", help="een GeoJSON-bestand in plaats van internet")
    haal.add_argument(
        "--warehouse", type=Path, default=_default("warehouse"), metavar="MAP", help="map voor de publicatie"
    )

    aanval = _command(opdrachten, "audit", "Val een publicatie aan: is een geheim cijfer te achterhalen?", _audit)
    aanval.add_argument("--insider", action="store_true", help="ook als werkgever die zijn eigen cijfers kent")
    aanval.add_argument("--publicatie", metavar="ID", help="een bewaarde publicatie; standaard die van nu")
    aanval.add_argument("--warehouse", type=Path, default=_default("warehouse"), metavar="MAP",
                        help="map met de publicaties")  # fmt: skip
    kopie = _command(
        opdrachten, "backup", "Maak een reservekopie van publicaties, leveringen en commissie.", cli_commissie.backup
    )
    kopie.add_argument("-o", dest="uit", type=Path, metavar="PAD", help="nieuw bestand, of een map")
    herstel = _command(opdrachten, "restore", "Zet een reservekopie terug; wat er was, blijft bewaard.",
                       cli_commissie.restore)  # fmt: skip
    herstel.add_argument("pad", type=Path, metavar="PAD", help="een bestand van regiomonitor backup")
    commissie = _command(opdrachten, "committee", "Wat de commissie vastlegde, als CSV; en is het nog heel?",
                         cli_commissie.committee)  # fmt: skip
    commissie.add_argument("wat", choices=("export", "import", "check", "migrate"),
                           help="export naar of import uit een bestand; check: is de geschiedenis heel; migrate: maak "
                                "of vernieuw de tabellen, als eigenaar van de database")  # fmt: skip
    commissie.add_argument("pad", type=Path, nargs="?", metavar="PAD", help="het CSV-bestand van export en import")
    for opdracht in (kopie, herstel):
        opdracht.add_argument("--raw", type=Path, default=_default("raw"), metavar="MAP", help="map met leveringen")
    for opdracht in (kopie, herstel, commissie):
        opdracht.add_argument("--warehouse", type=Path, default=_default("warehouse"), metavar="MAP",
                              help="map met de publicaties")  # fmt: skip

    verslag = _command(opdrachten, "report", "Maak het dossier van een regio of de monitor van het land.",
                       cli_report.report)  # fmt: skip
    cli_report.add_arguments(verslag)
    verslag.add_argument("--warehouse", type=Path, default=_default("warehouse"), metavar="MAP",
                         help="map met de publicaties")  # fmt: skip

    publicaties = _command(opdrachten, "publications", "Toon de publicaties die er zijn.", _publications)
    publicaties.add_argument("--warehouse", type=Path, default=_default("warehouse"), metavar="MAP",
                             help="map met de publicaties")  # fmt: skip
    publicaties.add_argument("--diff", nargs=2, metavar="ID", help="wat er tussen twee publicaties is veranderd")
    return parser


def _command(opdrachten: argparse._SubParsersAction[_Parser], naam: str, uitleg: str, run: object) -> _Parser:
    parser = opdrachten.add_parser(naam, help=uitleg, description=uitleg, add_help=False)
    _add_help(parser)
    parser.set_defaults(run=run)
    return parser


def _add_help(parser: argparse.ArgumentParser) -> None:
    parser._positionals.title, parser._optionals.title = "argumenten", "opties"
    parser.add_argument("-h", "--help", action="help", help="toon deze uitleg")


def _add_folders(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--raw", type=Path, default=_default("raw"), metavar="MAP", help="map met leveringen")
    parser.add_argument(
        "--warehouse", type=Path, default=_default("warehouse"), metavar="MAP", help="map voor de publicatie"
    )


def _default(soort: str) -> Path:
    return Path(os.environ.get(f"REGIOMONITOR_{soort.upper()}") or Path("data") / soort)


def _port(tekst: str) -> int:
    if not (tekst.isascii() and tekst.isdigit() and 1 <= int(tekst) <= 65535):
        raise argparse.ArgumentTypeError(f"'{show_value(tekst)}' is geen poort (1 tot en met 65535).")
    return int(tekst)


def _start(args: argparse.Namespace) -> int:
    from pipelines.afspraken.gaaf import damage_now, newest_whole

    if not _is_free(args.port):
        print(f"Poort {args.port} is al in gebruik; misschien draait Regiomonitor al.", file=sys.stderr)
        print(f"  Kies een andere poort: .venv/bin/regiomonitor start --port {args.port + 1}", file=sys.stderr)
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

    print(f"Regiomonitor staat op http://localhost:{args.port} (stoppen: Ctrl+C).", flush=True)
    return serve(port=args.port, warehouse=args.warehouse)


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
    from pipelines.bouwen import is_current, list_set_aside

    settle(args.warehouse)
    if not args.force and is_current(args.raw, args.warehouse):
        for melding in list_set_aside(args.warehouse):
            print(melding, file=sys.stderr)
        if not args.quiet:
            print("Er is niets veranderd sinds de vorige publicatie; met --force bouwt u toch.")
        return 0
    _run_build(args.raw, args.warehouse, quiet=args.quiet)
    return 0


def _run_build(raw: Path, warehouse: Path, *, quiet: bool) -> None:
    from tqdm import tqdm

    from pipelines.bouwen import STAPPEN, build

    with tqdm(total=len(STAPPEN), disable=quiet or not sys.stderr.isatty(), leave=False,
              bar_format="{desc:26} {bar} {n_fmt} van {total_fmt}") as balk:  # fmt: skip

        def step(naam: str) -> None:
            balk.update(STAPPEN.index(naam) - balk.n)
            balk.set_description_str(naam)

        gebouwd = build(raw, warehouse, stap=step)
    for melding in gebouwd.opzij:
        print(melding, file=sys.stderr)
    if not quiet:
        print(
            f"Publicatie {gebouwd.publicatie_id}: {gebouwd.aantal_waarnemingen} waarnemingen, "
            f"waarvan {gebouwd.aantal_onderdrukt} onderdrukt."
        )


def _check(args: argparse.Namespace) -> int:
    from pipelines.levering.aannemen import check_path

    try:
        keuring = check_path(Path(args.pad), args.bron)
    except AfgekeurdError as fout:
        if args.json:
            _print_json(None, fout.meldingen, [])
            return 1
        raise
    if args.json:
        _print_json(keuring.levering.levering_id, keuring.meldingen, keuring.kwaliteit)
        return 1 if keuring.meldingen else 0
    if keuring.meldingen:
        raise AfgekeurdError(keuring.meldingen)
    aantal = keuring.aantal_rijen
    rijen = "1 rij" if aantal == 1 else f"{aantal} rijen"
    print(f"{keuring.levering.levering_id}: goedgekeurd. {rijen}, {len(keuring.kwaliteit)} controles.")
    return 0


def _print_json(levering_id: str | None, meldingen: Sequence[Melding], controles: Sequence[dict[str, object]]) -> None:
    uitkomst = {
        "levering": levering_id,
        "goedgekeurd": not meldingen,
        "meldingen": [melding.as_dict() for melding in meldingen],
        "controles": controles,
    }
    # Another reader than a person: what a terminal cannot show must not become another value.
    is_utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    print(json.dumps(uitkomst, ensure_ascii=not is_utf8, indent=2, default=str))


def _accept(args: argparse.Namespace) -> int:
    from pipelines.levering.aannemen import accept_path

    plek = accept_path(Path(args.pad), args.bron, args.periode, args.raw)
    print(f"Bewaard als {show_path(plek)}. Bouw de publicatie opnieuw met: .venv/bin/regiomonitor build")
    return 0


def _withdraw(args: argparse.Namespace) -> int:
    from pipelines.levering.intrekken import withdraw
    from pipelines.levering.leveringen import today

    mark = withdraw(args.raw, args.levering, args.reden, today())
    print(f"{mark.levering_id}: {mark}\nBouw de publicatie opnieuw met: .venv/bin/regiomonitor build")
    return 0


def _fetch(args: argparse.Namespace) -> int:
    from pipelines.kaart.gebieden import LICENTIE, fetch_gebieden

    try:
        plek = fetch_gebieden(args.warehouse, base_url=args.base_url, file=args.file)
    except AfgekeurdError as fout:
        for melding in fout.meldingen:
            print(melding, file=sys.stderr)
        print("Er is niets opgeslagen; de kaart blijft zoals zij was.", file=sys.stderr)
        return 1
    print(f"De gebieden staan in {plek}. Bronvermelding: {LICENTIE}.")
    return 0


def _audit(args: argparse.Namespace) -> int:
    from pipelines.aanval.audit import audit_warehouse

    publicatie_id, geheim, bevindingen = audit_warehouse(args.warehouse, args.publicatie, insider=args.insider)
    for bevinding in bevindingen:
        print(bevinding, file=sys.stderr)
    aanvaller = (
        "een buitenstaander, en werkgevers die hun eigen cijfers kennen" if args.insider else "een buitenstaander"
    )
    if bevindingen:
        print(
            f"Publicatie {publicatie_id}: {len(bevindingen)} bevindingen bij {geheim} geheime cijfers.", file=sys.stderr
        )
        return 1
    print(f"Publicatie {publicatie_id}: {geheim} geheime cijfers, geen is te achterhalen door {aanvaller}.")
    return 0


def _publications(args: argparse.Namespace) -> int:
    from pipelines.afspraken.gaaf import damage_kept, damage_now
    from pipelines.bouwen import list_publications

    if args.diff:
        from app.lezen.publicatieverschil import as_text, compare_ids

        try:
            print(as_text(compare_ids(args.warehouse, *args.diff)))
        except AfgekeurdError as fout:
            for melding in fout.meldingen:
                print(melding, file=sys.stderr)
            return 1
        return 0
    rijen = list_publications(args.warehouse)
    beschadigd = [*filter(None, [damage_now(args.warehouse)]), *damage_kept(args.warehouse)]
    for melding in beschadigd:
        print(melding, file=sys.stderr)
    if not rijen and not beschadigd:
        print("Er is nog geen publicatie. Maak er een met: .venv/bin/regiomonitor build")
    for publicatie_id, gemaakt_op, waarnemingen, huidig in rijen:
        ster = "  (deze staat nu in de app)" if huidig else ""
        print(f"{publicatie_id}  {gemaakt_op:%d-%m-%Y %H:%M}  {waarnemingen} waarnemingen{ster}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
