"""The trial of a delivery on the command line: what the page Data aanleveren tells, as lines of text."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.logboek.deur import on_command_line, recorded
from app.logboek.regel import Daad
from pipelines.afspraken.meldingen import AfgekeurdError, Melding

if TYPE_CHECKING:
    from pipelines.levering.aannemen import Los


def refuse_unfit(args: argparse.Namespace) -> None:
    """Refuse what cannot be tried, before anything is read.

    Raises:
        AfgekeurdError: there is no publication, or it is no file of a source and a period, or one of persons.
    """
    from pipelines.afspraken.warehouse.gaaf import newest_whole
    from pipelines.levering.eerder import find_bron

    if newest_whole(args.warehouse) is None:
        raise AfgekeurdError([Melding("--proef", "Er is nog geen publicatie om mee te vergelijken.")])
    if not args.bron or not args.periode or not Path(args.pad).is_file():
        tekst = "Een proef gaat over één bestand van één bron en periode."
        raise AfgekeurdError([Melding("--proef", tekst, advies="Noem het bestand, --bron en --periode.")])
    if any(tabel.groot for tabel in find_bron(args.bron).tabellen.values()):
        tekst = "Van een bron met personen is er geen proef."
        raise AfgekeurdError([Melding("--proef", tekst, advies="Laat --proef weg.")])


def try_file(args: argparse.Namespace, los: Los, kolommen: Path | None) -> dict[str, Any]:
    """Return what a trial of this file found; the folder it was made in is gone by then.

    Raises:
        AfgekeurdError: the trial was refused, or this source had its trials of today.
    """
    from app.opdrachten.aanleveren.loket import readable
    from app.opdrachten.aanleveren.proef import try_delivery
    from pipelines.afspraken.warehouse.schrijven import scratch

    los = replace(los, periode=args.periode, naast=readable(args.warehouse))
    with (
        recorded(args.warehouse, on_command_line(), Daad.LEVERING_BEPROEFD, f"{args.bron} {args.periode}"),
        # A name that the next command clears away, if this process is ended before it could.
        scratch(args.warehouse, ".bouw-loket-") as werkmap,
    ):
        return try_delivery(Path(args.pad), args.bron, los, (args.raw, args.warehouse, werkmap), kolommen)


def trial_lines(uitkomst: Mapping[str, Any], warehouse: Path) -> Iterator[str]:
    """Yield what a trial found in words, of figures that can be seen; each line is one figure, break or count."""
    from app.lezen import data
    from app.lezen.gevraagd import publication_of
    from app.lezen.verschil.publicatieverschil import Cijferwijziging
    from app.oordeel.vergelijken.cijferwijziging import line

    merk = publication_of(warehouse, None)
    catalogus = data.indicatoren(merk)
    yield f"Wat er zou veranderen: {_counts(uitkomst['aantallen']) or 'geen cijfer dat te zien is'}."
    for indicator_id, aantallen in uitkomst["per_indicator"].items():
        titel = catalogus[indicator_id].titel if indicator_id in catalogus else indicator_id
        yield f"  {titel}: {_counts(aantallen)}"
    if uitkomst["grootste"]:
        yield "De grootste verschillen:"
    for cijfer in uitkomst["grootste"]:
        *waar, _soort, was, wordt, _oorzaak = line(merk, Cijferwijziging(**cijfer))
        yield f"  {', '.join(filter(None, waar))}: was {was}, wordt {wordt}"
    if uitkomst["breuken"]:
        yield "Nieuwe breuken in een reeks:"
    for breuk in uitkomst["breuken"]:
        delen = (breuk[naam] for naam in ("indicator_id", "regio_code", "branche_code", "datum"))
        yield f"  {', '.join(filter(None, delen))}: {breuk['tekst']}"
    yield f"Proeven van deze bron die er vandaag nog zijn: {uitkomst['nog']}. Er is niets bewaard."


def _counts(aantallen: Mapping[str, int]) -> str:
    from app.lezen.verschil.publicatieverschil import SOORTEN
    from app.taal.opmaak import getal

    return ", ".join(f"{getal(aantal)} keer {SOORTEN[soort]}" for soort, aantal in aantallen.items() if aantal)
