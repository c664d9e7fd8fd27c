"""Files that are written whole or not at all, and folders that belong to the process that works in them."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from pipelines.afspraken.meldingen import AfgekeurdError, Melding

OPENBAAR, VERTROUWELIJK = 0o666, 0o600
# What a process leaves in a warehouse when it is killed: exact figures, copies of the committee's notes.
_IN_WAREHOUSE = (".bouw-*", ".kopie-*", ".herstel-*")
_IN_BRON = ".aannemen-*"
# A restore that was under way and can be finished; not ours to throw away.
HERSTEL_DAGBOEK = "herstel.json"
WAREHOUSE_SLOT = ".bouw.lock"
_DEEL = re.compile(r"\..+\.[0-9a-f]{8}\.deel", re.DOTALL)


def write_whole(
    doel: Path,
    inhoud: bytes | Callable[[BinaryIO], object],
    *,
    mode: int = OPENBAAR,
    overschrijf: bool = True,
    keur: Callable[[Path], object] = lambda _pad: None,
    sync: bool = True,
) -> None:
    """Write bytes, or what a function writes, to a file that is there whole or is as it was before.

    `keur` looks at what was written before it gets its name, and raises when it is not good. Without `sync` a loss of
    power may leave less: for what its reader compares with a sum, and asks anew.

    Raises:
        OSError: it cannot be written, or is there already and may not be replaced.
    """
    schrijf = inhoud if callable(inhoud) else lambda stroom: stroom.write(inhoud)
    if doel.exists() and not (overschrijf and doel.is_file()):
        if not overschrijf:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(doel))
        # A device or a pipe has nothing to keep whole, and must not be replaced by a file.
        with doel.open("wb") as stroom:
            schrijf(stroom)
        return
    remove_parts(doel.parent)
    deel = doel.with_name(f".{doel.name}.{secrets.token_hex(4)}.deel")
    try:
        with open(os.open(deel, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode), "wb") as stroom:
            fcntl.flock(stroom, fcntl.LOCK_EX | fcntl.LOCK_NB)
            schrijf(stroom)
            stroom.flush()
            if sync:
                os.fsync(stroom.fileno())
            keur(deel)
            _put(deel, doel, overschrijf=overschrijf)
    except OSError as fout:
        if fout.filename in (None, str(deel)):
            # The name that the caller knows, not that of the part.
            raise OSError(fout.errno, fout.strerror, str(doel)) from None
        raise
    finally:
        deel.unlink(missing_ok=True)


def _put(deel: Path, doel: Path, *, overschrijf: bool) -> None:
    if overschrijf:
        os.replace(deel, doel)
        return
    try:
        os.link(deel, doel)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links.
        if doel.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(doel)) from None
        os.replace(deel, doel)


def remove_parts(map_: Path) -> None:
    """Remove the files in this folder that a process that is gone was still writing."""
    with contextlib.suppress(OSError):
        for naam in os.listdir(map_):
            if _DEEL.fullmatch(naam):
                _remove_unowned(map_ / naam)


@contextlib.contextmanager
def scratch(plek: Path, begin: str) -> Iterator[Path]:
    """Give a folder in this place for its owner only, locked for as long as this process works in it.

    In the place itself, so that moving out of it is one step of the file system.
    """
    map_, slot = _new_folder(plek, begin)
    try:
        yield map_
    finally:
        shutil.rmtree(map_, ignore_errors=True)
        os.close(slot)


def _new_folder(plek: Path, begin: str) -> tuple[Path, int]:
    """Make a folder and lock it; another one when it was cleared away in between, as if it belonged to nobody."""
    while True:
        map_ = Path(tempfile.mkdtemp(prefix=begin, dir=plek))
        with contextlib.suppress(FileNotFoundError):
            slot = os.open(map_, os.O_RDONLY)
            if take_lock(slot) and map_.exists():
                return map_, slot
            os.close(slot)


def remove_leftovers(warehouse: Path, raw: Path) -> None:
    """Remove what processes that were killed left behind; never what belongs to one that runs."""
    for map_ in raw.glob(f"*/{_IN_BRON}"):
        _remove_unowned(map_)
    if not (warehouse / WAREHOUSE_SLOT).exists():
        # Nothing was ever built here, and so nothing is being built.
        clear_warehouse(warehouse)
        return
    with contextlib.suppress(OSError), (warehouse / WAREHOUSE_SLOT).open("rb") as slot:
        # Shared: two commands that clear away do not keep each other from it, and a build that runs keeps both.
        fcntl.flock(slot, fcntl.LOCK_SH | fcntl.LOCK_NB)
        clear_warehouse(warehouse)


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
        yield


def clear_warehouse(warehouse: Path) -> None:
    """Remove the same from a warehouse that the caller holds."""
    remove_parts(warehouse)
    for patroon in _IN_WAREHOUSE:
        for map_ in warehouse.glob(patroon):
            if not (map_ / HERSTEL_DAGBOEK).exists():
                _remove_unowned(map_)


def _remove_unowned(pad: Path) -> None:
    """Remove a file or folder, unless a process holds its lock or it may not be removed."""
    with contextlib.suppress(OSError):
        slot = os.open(pad, os.O_RDONLY | os.O_NOFOLLOW)
        try:
            if not take_lock(slot):
                return
            if pad.is_dir():
                shutil.rmtree(pad, ignore_errors=True)
            else:
                pad.unlink()
        finally:
            os.close(slot)


def take_lock(slot: int) -> bool:
    """Return whether this open file is locked for us alone now; nobody is waited for."""
    try:
        fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def sync_folder(map_: Path) -> None:
    """See to it that the names in a folder are on the disk."""
    wijzer = os.open(map_, os.O_RDONLY)
    try:
        os.fsync(wijzer)
    finally:
        os.close(wijzer)
