"""One build: raw deliveries → validated → work database → indicators → publication, swapped in whole."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

import duckdb

from pipelines import leesproces, onthulling
from pipelines.audit import audit_build
from pipelines.compileren import compile_indicatoren
from pipelines.contract import BRONNEN, Bron, load_bronnen
from pipelines.enquete import compile_enquete
from pipelines.gaaf import is_whole, newest_whole, record_sum
from pipelines.geheugen import load_geheugen, save_geheugen
from pipelines.indicatoren import INDICATORS_YML, Indicator, load_indicatoren
from pipelines.laden import load_werk
from pipelines.leveringen import Levering, find_leveringen, sha256_of
from pipelines.meldingen import AfgekeurdError, Melding
from pipelines.publiceren import Gebouwd, publish
from pipelines.schrijven import WAREHOUSE_SLOT, clear_warehouse, scratch
from pipelines.terugzetten import finish_restore
from pipelines.valideren import Keuring, validate_levering
from pipelines.verbinding import ARCHIEF, DUCKDB_CONFIG
from pipelines.verbinding import PUBLICATIE as PUBLICATIE
from pipelines.verbinding import WERK as WERK
from pipelines.verschil import compile_verschillen

STAPPEN = (
    "Leveringen zoeken",
    "Leveringen controleren",
    "Gegevens laden",
    "Indicatoren berekenen",
    "Onthulling voorkomen",
    "Publicatie schrijven",
    "Publicatie aanvallen",
)
Stap = Callable[[str], None]


def input_sha256(raw: Path, indicators: Path = INDICATORS_YML) -> str:
    """Return one hash over everything a publication depends on: raw files, indicators.yml and the code."""
    som = hashlib.sha256()
    code = sorted(p for p in Path(__file__).parent.rglob("*") if p.suffix in (".py", ".sql", ".yml", ".csv"))
    rauw = sorted(p for p in raw.rglob("*") if p.is_file() and not p.is_symlink() and not p.name.startswith("."))
    for wortel, paden in ((Path(__file__).parent, code), (raw, rauw), (indicators.parent, [indicators])):
        for pad in paden:
            som.update(f"{pad.relative_to(wortel).as_posix()}\0{sha256_of(pad)}\n".encode())
    return som.hexdigest()


def is_current(raw: Path, warehouse: Path) -> bool:
    """Return whether the publication was made from exactly what is there now."""
    pad = warehouse / PUBLICATIE
    if not raw.is_dir() or not is_whole(pad):
        return False
    try:
        with duckdb.connect(str(pad), read_only=True, config=DUCKDB_CONFIG) as con:
            rij = con.execute("select invoer_sha256 from publicatie").fetchone()
    except duckdb.Error:
        return False
    return rij is not None and rij[0] == input_sha256(raw)


def build(raw: Path, warehouse: Path, indicators: Path = INDICATORS_YML, stap: Stap = lambda _naam: None) -> Gebouwd:
    """Build a publication and put it in the place of the old one, which stays whole until that moment.

    Raises:
        AfgekeurdError: a delivery or `indicators.yml` is wrong, or a hidden figure can be computed back; the last
            good publication stays.
    """
    stap("Leveringen zoeken")
    bronnen = load_bronnen(BRONNEN)
    indicatoren = load_indicatoren(indicators, bronnen)
    leveringen = find_leveringen(raw, bronnen)
    if not leveringen:
        raise AfgekeurdError([Melding(str(raw), "Er zijn geen leveringen.", advies="Zet er een levering in.")])
    invoer = input_sha256(raw, indicators)
    stap("Leveringen controleren")
    keuringen = validate_all(leveringen, bronnen, indicatoren)
    warehouse.mkdir(parents=True, exist_ok=True)
    with lock_warehouse(warehouse), scratch(warehouse, ".bouw-") as bouwmap:
        stap("Gegevens laden")
        con = duckdb.connect(str(bouwmap / WERK), config=DUCKDB_CONFIG)
        try:
            load_werk(con, keuringen, bronnen, indicatoren)
            stap("Indicatoren berekenen")
            con.execute(onthulling.MACRO)
            compile_indicatoren(con, indicatoren, bronnen)
            metingen = compile_enquete(con, indicatoren, bronnen)
            compile_verschillen(con, indicatoren, bronnen, metingen)
            stap("Onthulling voorkomen")
            eerder, geheugen = sorted((warehouse / ARCHIEF).glob("*.duckdb")), load_geheugen(warehouse)
            onthulling.suppress(con, indicatoren, eerder, geheugen)
            stap("Publicatie schrijven")
            gebouwd = publish(con, bouwmap / PUBLICATIE, keuringen, invoer, bronnen)
            stap("Publicatie aanvallen")
            audit_build(con, bouwmap / PUBLICATIE, eerder, geheugen)
            save_geheugen(warehouse, geheugen)
        finally:
            con.close()
        _swap_in(bouwmap, warehouse, gebouwd.publicatie_id)
    return gebouwd


def list_publications(warehouse: Path) -> list[tuple[str, datetime, int, bool]]:
    """Return per kept publication that is whole its id, when it was made, its size, and whether the app shows it."""
    getoond = newest_whole(warehouse)
    huidig = _describe(getoond) if getoond else None
    bewaard = [_describe(pad) for pad in sorted((warehouse / ARCHIEF).glob("*.duckdb")) if is_whole(pad)]
    return [(*beschrijving, beschrijving == huidig) for beschrijving in bewaard if beschrijving is not None]


def _describe(pad: Path) -> tuple[str, datetime, int] | None:
    with duckdb.connect(str(pad), read_only=True, config=DUCKDB_CONFIG) as con:
        return con.execute("select publicatie_id, gemaakt_op, aantal_waarnemingen from publicatie").fetchone()


def validate_all(
    leveringen: list[Levering], bronnen: Mapping[str, Bron], indicatoren: Mapping[str, Indicator]
) -> list[Keuring]:
    """Return the validated deliveries.

    Raises:
        AfgekeurdError: any of them fails a check; the failures of all of them.
    """
    eenheden = {i.indicator_id: i.eenheid for i in indicatoren.values()}
    try:
        keuringen = [validate_levering(levering, bronnen[levering.bron], eenheden) for levering in leveringen]
    finally:
        leesproces.close()
    fouten = [
        Melding(f"{k.levering.levering_id}/{m.bestand}", m.tekst, m.rij, m.kolom, m.advies)
        for k in keuringen
        for m in k.meldingen
    ]
    if fouten:
        raise AfgekeurdError(fouten)
    return keuringen


@contextlib.contextmanager
def lock_warehouse(warehouse: Path) -> Iterator[None]:
    """Let one build at a time touch the warehouse; the lock goes with the process, however it ends."""
    with (warehouse / WAREHOUSE_SLOT).open("w") as slot:
        try:
            fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            advies = "Wacht tot die klaar is en probeer het opnieuw."
            raise AfgekeurdError([Melding(str(warehouse), "Er loopt al een bouw.", advies=advies)]) from None
        clear_warehouse(warehouse)
        finish_restore(warehouse)
        yield


def _swap_in(bouwmap: Path, warehouse: Path, publicatie_id: str) -> None:
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
