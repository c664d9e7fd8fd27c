"""Putting what was built in its place: at once, or first among the concepts until two people released it."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value, suggest
from pipelines.afspraken.warehouse import concept, eigen
from pipelines.afspraken.warehouse.bewaard import seal_unpublished
from pipelines.afspraken.warehouse.gaaf import record_sum
from pipelines.afspraken.warehouse.schrijven import lock_warehouse, scratch, sync_folder
from pipelines.afspraken.warehouse.verbinding import ARCHIEF, PUBLICATIE, WERK


def swap_in(bouwmap: Path, warehouse: Path, publicatie_id: str) -> None:
    """Keep the new publication under its id, then put it in place; each step leaves a whole publication."""
    archief = warehouse / ARCHIEF
    archief.mkdir(exist_ok=True)
    nieuw = bouwmap / PUBLICATIE
    kopie = bouwmap / "kopie.duckdb"
    shutil.copyfile(nieuw, kopie)
    # Before there is a file with this sum: one without would be taken for damaged.
    record_sum(archief, publicatie_id, nieuw)
    for pad in (nieuw, kopie):
        with pad.open("rb") as stroom:
            os.fsync(stroom.fileno())
    os.replace(kopie, archief / f"{publicatie_id}.duckdb")
    os.replace(nieuw, warehouse / PUBLICATIE)
    # Microdata: readable by the builder only.
    os.chmod(bouwmap / WERK, 0o600)
    os.replace(bouwmap / WERK, warehouse / WERK)


def set_apart(bouwmap: Path, warehouse: Path, publicatie_id: str, leveringen: Iterable[Path]) -> None:
    """Put the new publication, with what each area sees of it, among the concepts; made of what is in these folders."""
    klaar = bouwmap / "klaar"
    klaar.mkdir(mode=0o700)
    for naam in (PUBLICATIE, WERK, eigen.MAP):
        os.replace(bouwmap / naam, klaar / naam)
    concept.set_ready(klaar, warehouse, publicatie_id, leveringen)


Toezicht = Callable[[concept.Concept], AbstractContextManager[object]]


def _unattended(_: concept.Concept) -> AbstractContextManager[object]:
    return nullcontext()


@dataclass(frozen=True)
class Vrijgave:
    """What came of the concepts whose moment is there: the ids that are in place now, and why others are not."""

    gedaan: list[str] = field(default_factory=list)
    meldingen: list[Melding] = field(default_factory=list)


def release_due(warehouse: Path, nu: datetime, toezicht: Toezicht = _unattended) -> Vrijgave:
    """Put every concept in place that two people released and whose moment is there; one does not stop another.

    `toezicht` is around each one from just before it is put in place, and may refuse.

    Raises:
        AfgekeurdError: something else is at work in the warehouse.
    """
    vrijgave = Vrijgave()
    if not any(klaar.is_due(nu) for klaar in concept.concepts(warehouse).values()):
        return vrijgave
    with lock_warehouse(warehouse):
        for naam, klaar in concept.concepts(warehouse).items():
            if not klaar.is_due(nu):
                continue
            try:
                if _release(warehouse, klaar, toezicht):
                    vrijgave.gedaan.append(naam)
            except AfgekeurdError as fout:
                vrijgave.meldingen.extend(fout.meldingen)
            except OSError:
                advies = "Controleer of er ruimte is op de schijf, en of u in deze map mag schrijven."
                vrijgave.meldingen.append(Melding(f"concept {naam}", "Lezen of schrijven lukt niet.", advies=advies))
    return vrijgave


def _release(warehouse: Path, klaar: concept.Concept, toezicht: Toezicht) -> bool:
    """Put one concept in place, also one that was cut off half way; return whether it is there now.

    What came after one that was cut off has the last word: of that one only the rest is thrown away.

    Raises:
        AfgekeurdError: it is damaged, was not attacked beside what is there now, or rests on a withdrawn delivery.
    """
    if concept.is_past(warehouse, klaar):
        _throw_away(klaar)
        return False
    if reden := concept.why_not(warehouse, klaar):
        naam = klaar.publicatie_id
        advies = (
            f"Haal het weg met .venv/bin/regiomonitor publications --weg {naam}, en bouw opnieuw met "
            ".venv/bin/regiomonitor build --concept."
        )
        raise AfgekeurdError([Melding(f"concept {naam}", reden, advies=advies)])
    with toezicht(klaar), scratch(warehouse, ".bouw-") as bouwmap:
        for deel in (PUBLICATIE, WERK):
            shutil.copyfile(klaar.map / deel, bouwmap / deel)
        swap_in(bouwmap, warehouse, klaar.publicatie_id)
    _throw_away(klaar)
    return True


def discard(warehouse: Path, publicatie_id: str) -> None:
    """Throw a concept away, whatever was asked or agreed about it; what areas may have seen of it stays known.

    Raises:
        AfgekeurdError: there is none of this id, or something else is at work in the warehouse.
    """
    with lock_warehouse(warehouse):
        wachtend = concept.concepts(warehouse)
        if publicatie_id not in wachtend:
            tekst = f"Dit concept bestaat niet.{suggest(publicatie_id, wachtend)}"
            advies = "Bekijk ze met: .venv/bin/regiomonitor publications"
            raise AfgekeurdError([Melding(show_value(publicatie_id), tekst, advies=advies)])
        klaar = wachtend[publicatie_id]
        if klaar in concept.shown_to_areas(warehouse) and klaar.bestand.is_file():
            seal_unpublished(warehouse, publicatie_id, klaar.bestand)
        _throw_away(klaar)


def _throw_away(klaar: concept.Concept) -> None:
    """Take a concept away in one step: under this name it is none, and the next command clears away what is left."""
    warehouse = klaar.map.parents[1]
    weg = warehouse / f".bouw-weg-{secrets.token_hex(4)}"
    os.replace(klaar.map, weg)
    sync_folder(warehouse / concept.MAP)
    shutil.rmtree(weg, ignore_errors=True)
