"""From the store: a warehouse that has what the list says and no more, each publication looked at before it counts."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import duckdb

from pipelines.afspraken.meldingen import AfgekeurdError, Melding
from pipelines.afspraken.warehouse.bewaard import BERICHT, announce, messages, withdrawn
from pipelines.afspraken.warehouse.gaaf import has_only_own, hash_file, record_sum
from pipelines.afspraken.warehouse.opslagstand import Hapering, Opslagstand, Richting, now, read_state, write_state
from pipelines.afspraken.warehouse.schrijven import lock_warehouse, scratch, sync_folder
from pipelines.afspraken.warehouse.verbinding import ARCHIEF, PUBLICATIE, WERK, open_alone, publication_id
from pipelines.objectopslag.lijst import GROOTSTE_LIJST, NAAM, Bericht, OngeldigError, Opslaglijst, Uitgave, read_list
from pipelines.objectopslag.verbinding import UIT, HaperingError, Objectopslag, Opslagplek

# What every publication has had from the beginning, and no page can do without.
_TABELLEN = {"publicatie", "waarneming", "indicator", "regio"}
_ZWAARST = (Hapering.HIER, Hapering.ONGELDIG, Hapering.GEWEIGERD, Hapering.LEEG, Hapering.ONBEREIKBAAR)


def fetch(warehouse: Path, plek: Opslagplek) -> bool:
    """Make the warehouse what the list in the store says; returns whether the publication of now is another one.

    What was withdrawn goes first, whatever else fails. One publication that cannot be had does not stop another, and
    what is here stays until what takes its place is here and was looked at.

    Raises:
        AfgekeurdError: the store or the disk is in the way, or this warehouse has publications of its own.
    """
    warehouse.mkdir(parents=True, exist_ok=True)
    with lock_warehouse(warehouse):
        stand = read_state(warehouse)
        if (stand is None or stand.richting is not Richting.UIT) and _has_own(warehouse):
            advies = f"Wijs met --warehouse een andere map aan, of haal {UIT} weg op de computer die bouwt."
            tekst = "Hier staan eigen publicaties; wat uit de opslag komt, zou ze vervangen."
            raise AfgekeurdError([Melding(str(warehouse), tekst, advies=advies)])
        stand = stand if stand and stand.richting is Richting.UIT else Opslagstand(Richting.UIT)
        try:
            if not stand.gelukt_op:
                # From here on this is a folder that follows the store, however far it comes.
                write_state(warehouse, replace(stand, hapering=Hapering.ONBEREIKBAAR))
            is_nieuw, haperingen = _follow(warehouse, Objectopslag(plek))
        except HaperingError as fout:
            is_nieuw, haperingen = False, {fout.hapering}
        except OSError:
            is_nieuw, haperingen = False, {Hapering.HIER}
        ergste = next((h for h in _ZWAARST if h in haperingen), Hapering.GEEN)
        try:
            write_state(warehouse, stand.after(ergste, now()))
        except OSError:
            ergste = Hapering.HIER
    if ergste:
        advies = "De app toont zolang wat hier al stond. De volgende poging gaat vanzelf."
        raise AfgekeurdError([Melding(UIT, f"Niet alles is uit de opslag gehaald: {ergste}.", advies=advies)])
    return is_nieuw


def _has_own(warehouse: Path) -> bool:
    return any((warehouse / naam).exists() for naam in (WERK, PUBLICATIE)) or any(
        (warehouse / ARCHIEF).glob("*.duckdb")
    )


def _follow(warehouse: Path, opslag: Objectopslag) -> tuple[bool, set[Hapering]]:
    """Do as the list says; returns whether the publication of now is another one, and what was in the way of which."""
    try:
        lijst = read_list(opslag.read(NAAM, GROOTSTE_LIJST))
    except OngeldigError:
        return False, {Hapering.ONGELDIG}
    archief = warehouse / ARCHIEF
    archief.mkdir(exist_ok=True)
    _withdraw(warehouse, lijst.ingetrokken)
    is_nieuw, haperingen = False, set()
    # That of now first: readers wait for that one.
    for uitgave in sorted(lijst.uitgaven, key=lambda u: (u.id != lijst.nu, u.id)):
        try:
            _take(warehouse, opslag, uitgave)
            if uitgave.id == lijst.nu:
                is_nieuw = _put_in_place(warehouse, uitgave)
        except HaperingError as fout:
            haperingen.add(fout.hapering)
    # Once more, for what is here by now.
    _withdraw(warehouse, lijst.ingetrokken)
    _let_go(archief, lijst)
    return is_nieuw, haperingen


def _take(warehouse: Path, opslag: Objectopslag, uitgave: Uitgave) -> None:
    """Have a publication among the kept ones, unless it is there.

    Raises:
        HaperingError: it cannot be had, or is not what the list says.
        OSError: it cannot be written here.
    """
    doel = warehouse / ARCHIEF / f"{uitgave.id}.duckdb"
    if doel.is_file() and doel.stat().st_size == uitgave.bytes and _is_noted(doel, uitgave):
        return
    # Named like the folder of a build, so that it is cleared away like one.
    with scratch(warehouse, ".bouw-") as map_:
        nieuw = map_ / "nieuw.duckdb"
        with nieuw.open("xb") as stroom:
            opslag.read_into(uitgave.naam, uitgave.bytes, stroom)
            stroom.flush()
            os.fsync(stroom.fileno())
        _judge(nieuw, uitgave)
        record_sum(doel.parent, uitgave.id, nieuw)
        os.replace(nieuw, doel)
        sync_folder(doel.parent)


def _is_noted(doel: Path, uitgave: Uitgave) -> bool:
    try:
        return uitgave.sha256 in doel.with_suffix(".sha256").read_text("ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return False


def _judge(nieuw: Path, uitgave: Uitgave) -> None:
    """Look whether this is the publication that the list says, with nothing in it that reads elsewhere.

    Raises:
        HaperingError: it is not.
    """
    if hash_file(nieuw) != uitgave.sha256:
        raise HaperingError(Hapering.ONGELDIG)
    try:
        with open_alone(nieuw) as con:
            tabellen = {str(naam) for (naam,) in con.execute("select table_name from duckdb_tables()").fetchall()}
            is_goed = tabellen >= _TABELLEN and has_only_own(con) and publication_id(con) == uitgave.id
    except (duckdb.Error, UnicodeError):
        is_goed = False
    if not is_goed:
        raise HaperingError(Hapering.ONGELDIG)


def _put_in_place(warehouse: Path, uitgave: Uitgave) -> bool:
    """Make a kept publication that of now; returns whether it was another one."""
    huidig = warehouse / PUBLICATIE
    if huidig.is_file() and hash_file(huidig) == uitgave.sha256:
        return False
    with scratch(warehouse, ".bouw-") as map_:
        kopie = map_ / PUBLICATIE
        shutil.copyfile(warehouse / ARCHIEF / f"{uitgave.id}.duckdb", kopie)
        if hash_file(kopie) != uitgave.sha256:
            # Damaged here since it came: fetched again at the next try.
            (warehouse / ARCHIEF / f"{uitgave.id}.duckdb").unlink()
            raise HaperingError(Hapering.HIER)
        with kopie.open("rb") as stroom:
            os.fsync(stroom.fileno())
        os.replace(kopie, huidig)
    return True


def _withdraw(warehouse: Path, berichten: Iterable[Bericht]) -> None:
    """Write the message of each that was withdrawn, and take its file away.

    A message that names a version in its place holds only once that is there. Here it holds at once: until then it
    names none.
    """
    archief, bekend = warehouse / ARCHIEF, withdrawn(warehouse)
    for bericht in (b.as_message() for b in berichten):
        door = bericht.vervangen_door
        is_er = not door or any((archief / f"{door}{eind}").exists() for eind in (".duckdb", BERICHT))
        bericht = bericht if is_er else replace(bericht, vervangen_door="")
        # Written anew it would look as if something changed, and what was read be read again.
        if bekend.get(bericht.publicatie_id) != bericht:
            announce(warehouse, bericht)
        (archief / f"{bericht.publicatie_id}.duckdb").unlink(missing_ok=True)


def _let_go(archief: Path, lijst: Opslaglijst) -> None:
    """Take away what the list does not name any more: a term that is over, or a message that was taken back."""
    uitgaven = {uitgave.id for uitgave in lijst.uitgaven}
    berichten = {bericht.id for bericht in lijst.ingetrokken}
    for pad in [*archief.glob("*.duckdb"), *archief.glob("*.sha256")]:
        # Of what was withdrawn the sum stays: by that the publication of now is known to be none.
        if pad.stem not in uitgaven and not (pad.suffix == ".sha256" and pad.stem in berichten):
            pad.unlink()
    for pad in messages(archief.parent):
        if pad.name.removesuffix(BERICHT) not in berichten:
            pad.unlink()
