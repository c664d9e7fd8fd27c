"""The command `report`: the dossier of a region, or of all of them, as a document."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.meldingen import AfgekeurdError, Melding

if TYPE_CHECKING:
    from app.data import Kenmerk

FORMATEN = ("pdf", "docx", "pptx")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command understands, but for the warehouse."""
    parser.add_argument("regio", nargs="?", metavar="REGIO", help="code of een regio (RA0101, WGO01 of NL01), of naam")
    parser.add_argument("--all", action="store_true", help="alle 28 arbeidsmarktregio's")
    parser.add_argument("--publicatie", metavar="ID", help="een bewaarde publicatie; standaard die van nu")
    parser.add_argument("--format", choices=FORMATEN, default="pdf", help="standaard pdf")
    parser.add_argument("--kort", action="store_true", help="alleen de kerncijfers")
    parser.add_argument("-o", dest="uit", type=Path, metavar="PAD", help="bestand of map; standaard deze map")


def report(args: argparse.Namespace) -> int:
    """Run `regiomonitor report`."""
    import logging

    # Outside a server Streamlit warns that it keeps what it caches in memory only.
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    from app.documenten import maken

    if bool(args.regio) == args.all:
        print("regiomonitor report: geef één regio, of --all voor alle regio's.", file=sys.stderr)
        return 2
    if args.kort and args.format == "pptx":
        print("regiomonitor report: --kort geldt voor pdf en docx; een presentatie is al kort.", file=sys.stderr)
        return 2
    try:
        merk = maken.publication_of(args.warehouse, args.publicatie)
        codes = _all_regions(merk) if args.all else [maken.find_region(merk, args.regio)]
        _check_target(args.uit, is_map=args.all)
    except AfgekeurdError as fout:
        for melding in fout.meldingen:
            print(melding, file=sys.stderr)
        print("Er is niets gemaakt.", file=sys.stderr)
        return 1
    plekken = _write_all(merk, codes, args)
    print(f"{len(plekken)} documenten staan in {plekken[0].parent}." if args.all else f"Het document is {plekken[0]}.")
    return 0


def _all_regions(merk: Kenmerk) -> list[str]:
    from app.documenten.regio import region_names

    return list(region_names(merk))


def _check_target(uit: Path | None, *, is_map: bool) -> None:
    if is_map and uit is not None and uit.exists() and not uit.is_dir():
        tekst = "Dit is een bestand; voor alle regio's is een map nodig."
        raise AfgekeurdError([Melding(str(uit), tekst, advies="Geef met -o een map.")])


def _write_all(merk: Kenmerk, codes: Sequence[str], args: argparse.Namespace) -> list[Path]:
    from tqdm import tqdm

    from app.documenten import maken

    plekken = []
    stil = len(codes) == 1 or not sys.stderr.isatty()
    for code in tqdm(codes, disable=stil, leave=False, bar_format="{desc:8} {bar} {n_fmt} van {total_fmt}"):
        document = maken.compose(merk, code, kort=args.kort)
        naam = maken.file_name(document.publicatie_id, code, args.format, kort=args.kort)
        plekken.append(_put(maken.write(document, args.format), args.uit, naam, is_map=args.all))
    return plekken


def _put(inhoud: bytes, uit: Path | None, naam: str, *, is_map: bool) -> Path:
    """Write a file whole or not at all, and return where it is."""
    uit = uit or Path()
    plek = uit / naam if is_map or uit.is_dir() else uit
    plek.parent.mkdir(parents=True, exist_ok=True)
    tijdelijk = plek.with_name(f".{plek.name}.deel")
    tijdelijk.write_bytes(inhoud)
    tijdelijk.replace(plek)
    return plek
