"""The command `report`: the dossier of a region, or of all of them, as a document."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.documenten.omvang import Omvang, formats
from pipelines.afspraken.codelijsten import LAND
from pipelines.afspraken.meldingen import AfgekeurdError, Melding
from pipelines.afspraken.warehouse.gaaf import damage_now
from pipelines.afspraken.warehouse.schrijven import OPENBAAR, VERTROUWELIJK, write_whole

if TYPE_CHECKING:
    from app.documenten.commissie import Notities
    from app.lezen.rijen import Kenmerk

_FORMATEN = formats(Omvang.HEEL)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command understands, but for the warehouse."""
    parser.add_argument("regio", nargs="?", metavar="REGIO", help="code of een regio (RA0101, WGO01 of NL01), of naam")
    parser.add_argument("--all", action="store_true", help="alle 28 arbeidsmarktregio's")
    parser.add_argument("--publicatie", metavar="ID", help="een bewaarde publicatie; standaard die van nu")
    parser.add_argument("--format", choices=_FORMATEN, default=_FORMATEN[0], help="standaard pdf")
    omvang = parser.add_mutually_exclusive_group()
    omvang.add_argument("--kort", action="store_true", help="alleen de kerncijfers")
    omvang.add_argument("--factsheet", action="store_true", help="één blad A4, als pdf")
    parser.add_argument("--voorbeeld", action="store_true", help="met verzonnen cijfers waar nog niets echts is")
    parser.add_argument("--notities", action="store_true", help="met wat de commissie vastlegde (vertrouwelijk)")
    parser.add_argument("-o", dest="uit", type=Path, metavar="PAD", help="bestand of map; standaard deze map")


def report(args: argparse.Namespace) -> int:
    """Run `regiomonitor report`."""
    if verkeerd := _usage_fault(args):
        print(f"regiomonitor report: {verkeerd}\n  Zie .venv/bin/regiomonitor report --help.", file=sys.stderr)
        return 2
    plekken: list[Path] = []
    try:
        merk, codes, notities = _prepare(args)
        for plek in _write_all(merk, codes, notities, args):
            plekken.append(plek)
    except AfgekeurdError as fout:
        for melding in fout.meldingen:
            print(melding, file=sys.stderr)
        aantal = "Er is 1 document" if len(plekken) == 1 else f"Er zijn {len(plekken)} documenten"
        print(f"{aantal} gemaakt." if plekken else "Er is niets gemaakt.", file=sys.stderr)
        return 1
    print(f"{len(plekken)} documenten staan in {plekken[0].parent}." if args.all else f"Het document is {plekken[0]}.")
    return 0


def _usage_fault(args: argparse.Namespace) -> str:
    """Return what is asked that does not go together; empty where it does."""
    if bool(args.regio) == args.all:
        return "geef één regio, of --all voor alle regio's."
    omvang = _size(args)
    if args.format not in (kan := formats(omvang)):
        return f"--{omvang} is er als {' en '.join(kan)}, niet als {args.format}."
    if args.factsheet and args.notities:
        return "--factsheet is één blad, zonder notities van de commissie."
    return ""


def _size(args: argparse.Namespace) -> Omvang:
    return Omvang.BLAD if args.factsheet else Omvang.KORT if args.kort else Omvang.HEEL


def _prepare(args: argparse.Namespace) -> tuple[Kenmerk, list[str], dict[str, Notities]]:
    """Return publication, regions and notes of what is asked.

    Raises:
        AfgekeurdError: something of it does not exist or cannot be written; with every fault found.
    """
    from app.documenten import maken
    from app.lezen.gevraagd import publication_of

    meldingen = _target_faults(args.uit, args.format, is_map=args.all)
    codes: list[str] = []
    if args.publicatie is None and (beschadigd := damage_now(args.warehouse)):
        print(beschadigd, file=sys.stderr)
    try:
        merk = publication_of(args.warehouse, args.publicatie)
        codes = _all_regions(merk) if args.all else [maken.find_region(merk, args.regio)]
    except AfgekeurdError as fout:
        meldingen += fout.meldingen
    if args.notities and codes == [LAND]:
        tekst = "De commissie legt iets vast over een regio, niet over Nederland."
        meldingen.append(Melding("--notities", tekst, advies="Kies een regio, of laat --notities weg."))
    notities: dict[str, Notities] = {}
    if args.notities and not meldingen:
        notities = _read_notes(args.warehouse, codes, meldingen)
    if meldingen:
        raise AfgekeurdError(meldingen)
    return merk, codes, notities


def _read_notes(warehouse: Path, codes: Sequence[str], meldingen: list[Melding]) -> dict[str, Notities]:
    from app.commissie.model import OpslagError
    from app.documenten.commissie import read
    from app.logboek.deur import on_command_line, record
    from app.logboek.regel import Daad

    record(warehouse, on_command_line(), Daad.NOTITIES_UITGEVOERD, ",".join(codes))
    try:
        return {code: read(warehouse, code) for code in codes}
    except OpslagError as fout:
        meldingen.append(Melding("--notities", str(fout)))
        return {}


def _all_regions(merk: Kenmerk) -> list[str]:
    from app.documenten.regio import region_names

    return list(region_names(merk))


def _target_faults(uit: Path | None, formaat: str, *, is_map: bool) -> list[Melding]:
    """Return why nothing can be written where it is asked for."""
    uit = uit or Path()
    if uit.suffix.lower()[1:] in {*_FORMATEN} - {formaat} and not uit.is_dir():
        tekst = f"Deze naam eindigt op {uit.suffix}, maar het document wordt een {formaat}."
        return [Melding(str(uit), tekst, advies=f"Geef een naam op .{formaat} of een map, of kies een ander --format.")]
    if is_map and uit.exists() and not uit.is_dir():
        tekst = "Dit is een bestand; voor alle regio's is een map nodig."
        return [Melding(str(uit), tekst, advies="Geef met -o een map.")]
    bestaand = next(p for p in (uit, *uit.absolute().parents) if p.exists())
    if not bestaand.is_dir() and bestaand != uit:
        return [Melding(str(bestaand), "Dit is een bestand, en geen map.", advies="Geef met -o een andere plek.")]
    if not os.access(bestaand if bestaand.is_dir() else bestaand.absolute().parent, os.W_OK):
        tekst = "Hier kan niet worden geschreven."
        return [Melding(str(bestaand), tekst, advies="Geef met -o een map waar u mag schrijven.")]
    return []


def _write_all(
    merk: Kenmerk, codes: Sequence[str], notities: dict[str, Notities], args: argparse.Namespace
) -> Iterator[Path]:
    """Write the documents one by one and yield where each is, with a progress bar on a terminal."""
    from tqdm import tqdm

    from app.documenten import maken
    from app.lezen import data

    omvang = _size(args)
    stil = len(codes) == 1 or not sys.stderr.isatty()
    balk = tqdm(codes, disable=stil, leave=False, bar_format="{desc:8} {bar} {n_fmt} van {total_fmt}")
    for code in balk:
        balk.set_description_str(code)
        document = maken.compose(merk, code, omvang=omvang, voorbeeld=args.voorbeeld, notities=notities.get(code))
        naam = maken.file_name(
            data.publicatie(merk), code, args.format,
            omvang=omvang, voorbeeld=args.voorbeeld, vertrouwelijk=args.notities,
        )  # fmt: skip
        mode = VERTROUWELIJK if args.notities else OPENBAAR
        yield _put(maken.write(document, args.format), args.uit, naam, is_map=args.all, mode=mode)


def _put(inhoud: bytes, uit: Path | None, naam: str, *, is_map: bool, mode: int) -> Path:
    """Write a file whole or not at all, and return where it is; a place without an extension is a folder.

    Raises:
        AfgekeurdError: the disk does not take it.
    """
    uit = uit or Path()
    plek = uit / naam if is_map or uit.is_dir() or not uit.suffix else uit
    try:
        plek.parent.mkdir(parents=True, exist_ok=True)
        write_whole(plek, inhoud, mode=mode)
    except OSError:
        tekst = "Schrijven lukt niet: u mag hier niet schrijven, of de schijf is vol."
        raise AfgekeurdError([Melding(str(plek), tekst, advies="Geef met -o een andere plek.")]) from None
    return plek
