"""The command `fetch`: public figures as deliveries, and how to look at a table before it is mapped."""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.opdrachten.terminal.aanroep import Parser
from app.opdrachten.terminal.uitvoer import build_command
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value, suggest

if TYPE_CHECKING:
    from pipelines.openbaar.koppelen.doelvelden import Gekoppeld
    from pipelines.openbaar.openen import Opdracht

GEBIEDEN, ALLES = "gebieden", "alles"
STATLINE = {"azw": "AZW", "cbs": "CBS"}
DUO = "duo"
CATALOGI = {**STATLINE, DUO: "DUO"}
WAT = (GEBIEDEN, *CATALOGI, ALLES)
# Of messages about one file and column this many are written out.
_MEESTE_GELIJK = 5


def add_arguments(haal: Parser, raw: Path, warehouse: Path) -> None:
    """Add what can be asked of `fetch`."""
    haal.add_argument(
        "wat",
        choices=WAT,
        help="gebieden: de kaart; azw en cbs: tabellen van StatLine; duo: onderwijs; alles: alle samen",
    )
    haal.add_argument("namen", nargs="*", metavar="NAAM", help="alleen deze koppelingen, zoals vacatures_provincie")
    kijken = haal.add_mutually_exclusive_group()
    kijken.add_argument("--zoek", metavar="WOORD", help="welke tabellen er zijn over een woord")
    kijken.add_argument(
        "--toon", metavar="ID", help="wat er in een tabel (duo: een pakket) zit, met een begin van een koppelbestand"
    )
    kijken.add_argument("--proef", action="store_true", help="toon wat er binnenkomt; er wordt niets opgeslagen")
    kijken.add_argument("--controleer", action="store_true", help="staan alle tabellen nog waar wij ze verwachten?")
    kijken.add_argument("--indeling", metavar="JAAR", help="liggen gemeenten in dat jaar waar CBS ze heeft? (cbs)")
    haal.add_argument("--base-url", metavar="URL", help="een ander adres dan dat van de bron")
    haal.add_argument(
        "--file",
        type=Path,
        metavar="PAD",
        help="een bestand in plaats van internet (gebieden, of één koppeling van duo)",
    )
    haal.add_argument("--raw", type=Path, default=raw, metavar="MAP", help="map met leveringen")
    haal.add_argument("--warehouse", type=Path, default=warehouse, metavar="MAP", help="map voor de publicatie")


def fetch(args: argparse.Namespace) -> int:
    """Run `fetch`; 0 when all of it worked, 1 when something could not be had (what was there stays)."""
    if args.wat == GEBIEDEN:
        return _fetch_gebieden(args)
    if args.file and (args.wat != DUO or len(args.namen) != 1):
        tekst = "Dit kan alleen bij gebieden, of bij duo met de naam van één koppeling."
        raise AfgekeurdError([Melding("--file", tekst, advies="Laat --file weg, of noem de koppeling.")])
    with _told(args) as (opdracht, koppelingen):
        if args.zoek or args.toon:
            return _look(args, opdracht)
        if args.indeling:
            return _compare_division(args, opdracht)
        if args.controleer:
            return _check(args, opdracht, koppelingen)
        if args.proef:
            return _preview(opdracht, koppelingen)
        return _fetch(args, opdracht, koppelingen)


def _fetch(args: argparse.Namespace, opdracht: Opdracht, koppelingen: list[Gekoppeld]) -> int:
    from pipelines.openbaar.ophaler import fetch_mapped

    gelukt = fetch_mapped(koppelingen, opdracht)
    _tell_failures(opdracht.fouten)
    if gelukt:
        print(f"Bouw de publicatie opnieuw met: {build_command(args.raw)}")
    kaart = _fetch_gebieden(args) if args.wat == ALLES and not args.namen else 0
    return 1 if opdracht.fouten or kaart else 0


def _tell_failures(fouten: list[Melding]) -> None:
    for _, groep in itertools.groupby(fouten, key=lambda melding: (melding.bestand, melding.kolom)):
        eerste, *rest = groep
        toon, meer = rest[: _MEESTE_GELIJK - 1], len(rest[_MEESTE_GELIJK - 1 :])
        print(eerste, *toon, sep="\n", file=sys.stderr)
        if meer:
            print(f"  … en nog {meer} zoals deze.", file=sys.stderr)
    if fouten:
        print("Wat niet lukte, is niet opgeslagen; wat er was, blijft.", file=sys.stderr)


def _preview(opdracht: Opdracht, koppelingen: list[Gekoppeld]) -> int:
    from pipelines.openbaar.ophaler import preview

    for koppeling in koppelingen:
        try:
            print("\n".join(preview(koppeling, opdracht)))
        except AfgekeurdError as fout:
            opdracht.fouten += fout.meldingen
    _tell_failures(opdracht.fouten)
    return 1 if opdracht.fouten else 0


def _check(args: argparse.Namespace, opdracht: Opdracht, koppelingen: list[Gekoppeld]) -> int:
    from pipelines.openbaar.verkennen import GEVONDEN, NIET_BEREIKT, UITKOMSTEN

    onbevestigd = [koppeling.naam for koppeling in koppelingen if not koppeling.sleutels_gezien]
    uitkomsten: list[str] = []
    # Of each server that is not to be reached: what it was that found out, and what else it would have given.
    gemist: dict[str, tuple[list[Melding], list[str]]] = {}
    for naam, server, uitkomst, meldingen in _checked(args, opdracht, koppelingen):
        uitkomsten.append(uitkomst)
        if uitkomst == NIET_BEREIKT:
            gemist.setdefault(server, (meldingen, []))[1].append(naam)
        else:
            gezien = " (sleutels nog door niemand bevestigd)" if naam in onbevestigd else ""
            opdracht.tell("\n".join([f"{naam}: {uitkomst}{gezien}", *(f"  {melding}" for melding in meldingen)]))
    for server, (meldingen, namen) in gemist.items():
        opdracht.tell("\n".join([f"{server}: {NIET_BEREIKT}", *(f"  {melding}" for melding in meldingen)]))
        opdracht.tell(f"  Daarom niet bekeken: {', '.join(namen)}.")
    soorten = [f"{uitkomsten.count(soort)} {soort}" for soort in UITKOMSTEN if soort in uitkomsten]
    woord = "koppeling is" if len(onbevestigd) == 1 else "koppelingen zijn"
    nog = f"; {len(onbevestigd)} {woord} nog niet met een echt antwoord vergeleken" if onbevestigd else ""
    jaren = len(uitkomsten) - len(koppelingen)
    wat = ("1 koppeling" if len(koppelingen) == 1 else f"{len(koppelingen)} koppelingen") + (
        f" en {jaren} tabellen met gebieden" if jaren else ""
    )
    opdracht.tell(f"{wat}: {', '.join(soorten)}{nog}.")
    if onbevestigd:
        opdracht.tell(
            f"Nog te bevestigen: {', '.join(onbevestigd)}. Klopt het met --proef, zet dan sleutels_gezien: ja "
            "in het koppelbestand, in pipelines/bronnen/openbaar/."
        )
    return 0 if set(uitkomsten) <= {GEVONDEN} else 1


def _checked(
    args: argparse.Namespace, opdracht: Opdracht, koppelingen: list[Gekoppeld]
) -> Iterator[tuple[str, str, str, list[Melding]]]:
    """Yield of each mapping, and of each table of gebieden: its name, its server, what came of it, and why."""
    from pipelines.openbaar.indeling import check_division, division_server, division_tables
    from pipelines.openbaar.openen import server_of
    from pipelines.openbaar.verkennen import check_mapping

    for koppeling in koppelingen:
        yield koppeling.naam, server_of(koppeling, opdracht), *check_mapping(koppeling, opdracht)
    if args.wat in ("cbs", ALLES) and not args.namen:
        for jaar, tabel in division_tables().items():
            naam = f"Gebieden in Nederland {jaar} ({tabel})"
            yield naam, division_server(opdracht), *check_division(jaar, opdracht)


def _compare_division(args: argparse.Namespace, opdracht: Opdracht) -> int:
    from pipelines.openbaar.indeling import compare_division

    if args.wat != "cbs":
        raise AfgekeurdError(
            [Melding("--indeling", "De indeling is van CBS.", advies="Schrijf: fetch cbs --indeling JAAR.")]
        )
    regels = compare_division(args.indeling, opdracht)
    print("\n".join(regels))
    return 0 if len(regels) == 1 else 1


def _look(args: argparse.Namespace, opdracht: Opdracht) -> int:
    from pipelines.openbaar.verkennen import describe, describe_duo, features, search, search_duo, write_draft

    if args.wat not in CATALOGI:
        keuze = " of ".join(CATALOGI)
        raise AfgekeurdError([Melding("fetch", f"--zoek en --toon kijken in één catalogus: {keuze}.")])
    if args.wat == DUO:
        print("\n".join(search_duo(args.zoek, opdracht) if args.zoek else describe_duo(args.toon, opdracht)))
        return 0
    if args.zoek:
        print("\n".join(search(STATLINE[args.wat], args.zoek, opdracht)))
        return 0
    kenmerken = features(STATLINE[args.wat], args.toon, opdracht)
    print("\n".join(describe(kenmerken)))
    print(f"Begin van een koppelbestand: {write_draft(kenmerken, opdracht.warehouse)}")
    return 0


@contextmanager
def _told(args: argparse.Namespace) -> Iterator[tuple[Opdracht, list[Gekoppeld]]]:
    """Give the call with a progress bar, and the mappings it is about."""
    from tqdm import tqdm

    from pipelines.afspraken.contract import load_bronnen
    from pipelines.openbaar.openen import Opdracht, load_all

    bronnen = load_bronnen()
    alle = load_all(bronnen)
    koppelingen = _chosen(args, alle)
    with tqdm(
        disable=not sys.stderr.isatty(), leave=False, desc="ophalen", bar_format="{desc}: {n_fmt} rijen in {elapsed}"
    ) as balk:
        tell: Callable[[str], object] = tqdm.write if sys.stderr.isatty() else print
        opdracht = Opdracht(bronnen, args.raw, args.warehouse, args.base_url, tell, balk.update,
                            lambda naam: balk.set_description_str(f"ophalen {naam}"), alle=alle,
                            bestand=args.file if args.wat == DUO else None)  # fmt: skip
        yield opdracht, koppelingen


def _chosen(args: argparse.Namespace, alle: dict[str, Gekoppeld]) -> list[Gekoppeld]:
    """Return the mappings of this call: those of the catalogue, or the named ones with what is filed with them."""
    horen = [k for k in alle.values() if args.wat == ALLES or k.catalogus == CATALOGI[args.wat]]
    namen = {koppeling.naam for koppeling in horen}
    if onbekend := [naam for naam in args.namen if naam not in namen]:
        meldingen = [Melding(show_value(naam), f"Deze koppeling bestaat niet.{suggest(naam, namen)}",
                             advies=f"Er zijn: {', '.join(sorted(namen))}.") for naam in onbekend]  # fmt: skip
        raise AfgekeurdError(meldingen)
    gekozen = [koppeling for koppeling in horen if not args.namen or koppeling.naam in args.namen]
    if args.proef or args.controleer or args.zoek or args.toon or args.indeling:
        return gekozen
    wachten = [] if args.namen else [koppeling.naam for koppeling in gekozen if not koppeling.sleutels_gezien]
    if wachten:
        print(f"Nog door niemand bevestigd, en daarom niet opgehaald: {', '.join(wachten)}. "
              "Bekijk ze met --proef, en noem ze dan bij naam.")  # fmt: skip
    groepen = {koppeling.groep for koppeling in gekozen if koppeling.naam not in wachten}
    mee = {*args.namen, *(koppeling.naam for koppeling in alle.values() if koppeling.sleutels_gezien)}
    return [koppeling for koppeling in alle.values() if koppeling.groep in groepen and koppeling.naam in mee]


def _fetch_gebieden(args: argparse.Namespace) -> int:
    from pipelines.kaart.gebieden import LICENTIE, fetch_gebieden

    basis = args.base_url if args.wat == GEBIEDEN else None
    try:
        plek = fetch_gebieden(args.warehouse, base_url=basis, file=args.file)
    except AfgekeurdError as fout:
        for melding in fout.meldingen:
            print(melding, file=sys.stderr)
        print("Er is niets opgeslagen; de kaart blijft zoals zij was.", file=sys.stderr)
        if args.file is None:
            weg = ".venv/bin/regiomonitor fetch gebieden --file PAD"
            print(f"Lukt ophalen hier niet, haal het bestand dan zelf op en geef het met: {weg}", file=sys.stderr)
        return 1
    print(f"De gebieden staan in {plek}. Bronvermelding: {LICENTIE}.")
    return 0
