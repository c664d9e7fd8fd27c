"""To the store: every publication that may be read, and a list of them that hosts go by."""

from __future__ import annotations

import fcntl
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from pipelines.afspraken.meldingen import AfgekeurdError, Melding
from pipelines.afspraken.warehouse.bewaard import kept, messages, withdrawn
from pipelines.afspraken.warehouse.gaaf import has_only_own, hash_file, is_whole, newest_whole
from pipelines.afspraken.warehouse.opslagstand import Hapering, Opslagstand, Richting, now, read_state, write_state
from pipelines.afspraken.warehouse.verbinding import PUBLICATIE, open_alone, publication_id, read_id
from pipelines.objectopslag.lijst import (
    GROOTSTE_LIJST,
    NAAM,
    Bericht,
    OngeldigError,
    Opslaglijst,
    Uitgave,
    read_list,
    write_list,
)
from pipelines.objectopslag.verbinding import NAAR, HaperingError, Objectopslag, Opslagplek

_SLOT = ".opslag.lock"
_ONS = re.compile(r"[0-9a-f]{64}\.duckdb")


def send(warehouse: Path, plek: Opslagplek, *, altijd: bool = False) -> bool:
    """Bring the store up to what the warehouse has; returns whether there was anything to send.

    First what is new, then the list, and then what is no longer on it goes: at every moment the list is whole, and
    what was withdrawn is gone with it. Without `altijd` nothing is asked while nothing changed here.

    Raises:
        AfgekeurdError: the store is in the way, the publication of now is damaged, or something else is sending.
    """
    with (warehouse / _SLOT).open("w") as slot:
        try:
            fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            advies = "Wacht tot die klaar is; wat er dan nog niet staat, gaat bij de volgende opdracht mee."
            raise AfgekeurdError([Melding(NAAR, "Er is al een opdracht die verstuurt.", advies=advies)]) from None
        stand = read_state(warehouse) or Opslagstand(Richting.NAAR)
        hier = _state_here(warehouse, plek)
        if stand.richting is Richting.NAAR and stand.gezonden == hier and not stand.hapering and not altijd:
            return False
        try:
            _bring(warehouse, Objectopslag(plek))
        except HaperingError as fout:
            write_state(warehouse, stand.after(fout.hapering, now()))
            raise AfgekeurdError([_explain(fout.hapering)]) from None
        write_state(warehouse, Opslagstand(Richting.NAAR).after(Hapering.GEEN, now(), hier))
    return True


def _explain(hapering: Hapering) -> Melding:
    advies = (
        "Wat er staat, blijft staan. Elke volgende opdracht die iets publiceert, probeert het opnieuw; of nu: "
        ".venv/bin/regiomonitor publications --naar-opslag"
    )
    return Melding(NAAR, f"De publicatie is niet verstuurd naar de opslag: {hapering}.", advies=advies)


def _state_here(warehouse: Path, plek: Opslagplek) -> str:
    """Return what changes as soon as there is something else to send, or another place to send it to."""
    paden = [warehouse / PUBLICATIE, *kept(warehouse).values(), *messages(warehouse)]
    merken = [(pad.name, s.st_size, s.st_mtime_ns) for pad in paden if pad.is_file() for s in [pad.stat()]]
    tekst = repr((plek.basis, plek.emmer, plek.map, merken))
    return hashlib.sha256(tekst.encode()).hexdigest()


def _list_here(warehouse: Path, daar: Mapping[str, Uitgave]) -> Opslaglijst:
    """Return what has to be in the store: what may be read, is whole, and holds nothing but what a build writes.

    A kept publication that is damaged here stays in the store as it is there.

    Raises:
        AfgekeurdError: the publication of now is damaged or is not among them.
    """
    huidig, uitgaven = newest_whole(warehouse), []
    for naam, pad in kept(warehouse).items():
        if is_whole(pad) and _is_own(pad, naam):
            uitgaven.append(Uitgave(naam, hash_file(pad), pad.stat().st_size))
        elif naam in daar:
            uitgaven.append(daar[naam])
    nu = read_id(huidig) if huidig == warehouse / PUBLICATIE else ""
    if nu not in {uitgave.id for uitgave in uitgaven}:
        advies = "Maak een nieuwe publicatie met: .venv/bin/regiomonitor build --force"
        tekst = "De publicatie van nu ontbreekt of is beschadigd, en gaat niet naar de opslag."
        raise AfgekeurdError([Melding(NAAR, tekst, advies=advies)])
    berichten = (
        Bericht(b.publicatie_id, b.op.isoformat() if b.op else "", b.reden, b.vervangen_door, b.is_gezien)
        for b in withdrawn(warehouse).values()
    )
    return Opslaglijst(nu, tuple(uitgaven), tuple(berichten))


def _is_own(pad: Path, naam: str) -> bool:
    with open_alone(pad) as con:
        return has_only_own(con) and publication_id(con) == naam


def _bring(warehouse: Path, opslag: Objectopslag) -> None:
    daar = _listed(opslag)
    lijst, bewaard = _list_here(warehouse, daar), kept(warehouse)
    for uitgave in lijst.uitgaven:
        if daar.get(uitgave.id) != uitgave and not opslag.has(uitgave.naam, uitgave.bytes):
            opslag.write(uitgave.naam, bewaard[uitgave.id])
    opslag.write(NAAM, write_list(lijst))
    for naam in _ours(opslag, daar) - {uitgave.naam for uitgave in lijst.uitgaven}:
        opslag.remove(naam)


def _ours(opslag: Objectopslag, daar: Mapping[str, Uitgave]) -> set[str]:
    """Return what we once put there; what others did is not ours to take away.

    Of a folder in which others put what cannot be read as a name, that is what stood on the list.
    """
    try:
        return {naam for naam in opslag.names() if _ONS.fullmatch(naam)}
    except HaperingError:
        return {uitgave.naam for uitgave in daar.values()}


def _listed(opslag: Objectopslag) -> Mapping[str, Uitgave]:
    """Return what the store has by its list; nothing where that is none, and so will be written anew."""
    try:
        return {uitgave.id: uitgave for uitgave in read_list(opslag.read(NAAM, GROOTSTE_LIJST)).uitgaven}
    except OngeldigError:
        return {}
    except HaperingError as fout:
        if fout.hapering in (Hapering.LEEG, Hapering.ONGELDIG):
            return {}
        raise
