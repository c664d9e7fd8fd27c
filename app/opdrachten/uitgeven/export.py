"""The command `export`: the whole publication as open data, in a folder that is there whole or not at all."""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.opdrachten.terminal.aanroep import Opdrachten, command
from pipelines.afspraken.meldingen import AfgekeurdError, Melding
from pipelines.afspraken.warehouse.gaaf import damage_now
from pipelines.afspraken.warehouse.schrijven import scratch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.uitgave.pakket import Bestand

# The forms of app.uitgave.vorm.vormen, which takes long to load.
FORMATEN = ("csv", "nl.csv", "json", "parquet", "xlsx", "ods", "sdmx.csv", "jsonstat.json", "dcat")

_ADRES = re.compile(r"https?://[\w.:-]+(/[\w./~%-]*)?", re.ASCII)


def add_command(opdrachten: Opdrachten, warehouse: Path) -> None:
    """Add the command to the others; `warehouse` is where publications are unless the call says otherwise."""
    parser = command(opdrachten, "export", "Schrijf de hele publicatie als open data in een map.", export)
    parser.add_argument(
        "--format", choices=FORMATEN, default="csv", help="standaard csv; dcat is csv met een catalogus (DCAT-AP-NL)"
    )
    parser.add_argument("--adres", default="", metavar="URL", help="bij dcat: waar de map komt te staan")
    parser.add_argument("--voorbeeld", action="store_true", help="met verzonnen cijfers waar nog niets echts is")
    parser.add_argument("-o", dest="uit", type=Path, metavar="MAP", help="een map die er nog niet is, of leeg is")
    parser.add_argument("--warehouse", type=Path, default=warehouse, metavar="MAP", help="map met de publicaties")


def export(args: argparse.Namespace) -> int:
    """Run `regiomonitor export`."""
    from app.lezen import data
    from app.lezen.gevraagd import publication_of
    from app.uitgave import pakket

    if args.adres and not _ADRES.fullmatch(args.adres):
        print("--adres: geef een heel adres, zoals https://voorbeeld.nl/open-data.", file=sys.stderr)
        return 2
    try:
        if beschadigd := damage_now(args.warehouse):
            print(beschadigd, file=sys.stderr)
        merk = publication_of(args.warehouse, None)
        publicatie_id = data.publicatie(merk).publicatie_id
        doel = args.uit or Path(f"opendata_{publicatie_id}_{args.format.replace('.', '_')}")
        bestanden = pakket.files(merk, args.format, voorbeeld=args.voorbeeld, adres=args.adres)
        aantal = _write(bestanden, doel)
    except AfgekeurdError as fout:
        for melding in fout.meldingen:
            print(melding, file=sys.stderr)
        print("Er is niets geschreven.", file=sys.stderr)
        return 1
    print(f"Publicatie {publicatie_id} staat in {doel}: {aantal} bestanden. LEESMIJ.md zegt wat erin staat.")
    return 0


def _write(bestanden: Iterable[Bestand], doel: Path) -> int:
    """Write all files beside the place and put them there in one step; returns how many there are.

    Raises:
        AfgekeurdError: there is something in that place, or it cannot be written.
    """
    from tqdm import tqdm

    if fout := _target_fault(doel):
        raise AfgekeurdError([fout])
    aantal = 0
    try:
        doel.absolute().parent.mkdir(parents=True, exist_ok=True)
        with scratch(doel.absolute().parent, ".opendata-") as werk:
            nieuw = werk / "nieuw"
            for bestand in tqdm(bestanden, desc="Open data", leave=False, disable=not sys.stderr.isatty()):
                plek = nieuw / bestand.pad
                plek.parent.mkdir(parents=True, exist_ok=True)
                plek.write_bytes(bestand.inhoud)
                aantal += 1
            # Takes the place of an empty folder as well, and of nothing else.
            os.rename(nieuw, doel)
    except OSError:
        tekst = "Schrijven lukt niet: u mag hier niet schrijven, er staat intussen iets, of de schijf is vol."
        raise AfgekeurdError([Melding(str(doel), tekst, advies="Geef met -o een andere plek.")]) from None
    return aantal


def _target_fault(doel: Path) -> Melding | None:
    """Return why nothing is written there: what is in it is never replaced."""
    advies = "Geef met -o een map die er nog niet is, of maak deze leeg."
    if doel.is_symlink() or (doel.exists() and not doel.is_dir()):
        return Melding(str(doel), "Dit is geen map.", advies=advies)
    if doel.is_dir() and any(doel.iterdir()):
        return Melding(str(doel), "Deze map is niet leeg; wat erin staat, wordt niet vervangen.", advies=advies)
    return None
