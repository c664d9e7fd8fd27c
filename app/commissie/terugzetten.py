"""The switch of a restore: everything is laid ready first, one transaction decides, and what follows can be repeated.

The journal says what was laid ready and where. Whether the restore holds is known by the committee's database alone:
its transaction leaves a mark. With the mark everything else is put in its place, without it everything laid ready
goes away. Both can be cut off at any moment and begun again.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from pipelines.afspraken.meldingen import AfgekeurdError, Melding
from pipelines.afspraken.warehouse.bewaard import VERZEGELD
from pipelines.afspraken.warehouse.schrijven import lock_warehouse, sync_folder
from pipelines.afspraken.warehouse.verbinding import ARCHIEF, PUBLICATIE

JOURNAAL = ".terug.json"
# A journal that was not yet one.
_HALF = f"{JOURNAAL}.deel"
KEPT = "voor_herstel"
# What a migration or a restore kept of the committee's database as it was.
_OUDE_DATABASE = ("commissie-[0-9][0-9][0-9][0-9].sqlite*", "commissie-beschadigd-*.sqlite*")
# The log of who saw what, out of a backup: beside the one that is here, which nobody writes over.
UIT_KOPIE, _LOGBOEK = "logboek_uit_kopie", "logboek"


@dataclass(frozen=True)
class Journaal:
    """One restore: its mark, whether its transaction may have begun, and where the raw data and what was there go."""

    merk: str
    beslist: bool
    bewaard: str
    raw: str = ""
    leveringen: tuple[str, ...] = ()

    def staging(self, warehouse: Path) -> Path:
        """Return the folder in the warehouse where the restore lays everything ready."""
        return warehouse / f".terug-{self.merk}"

    def raw_staging(self) -> Path | None:
        """Return the folder among the raw data, on the same disk, where deliveries are laid ready."""
        return Path(self.raw) / f".terug-{self.merk}" if self.raw else None


def write_journal(warehouse: Path, journaal: Journaal) -> None:
    """Write the journal in one step; after this it is there whatever happens."""
    tijdelijk = warehouse / _HALF
    with open(os.open(tijdelijk, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as stroom:
        json.dump(asdict(journaal), stroom)
        stroom.flush()
        os.fsync(stroom.fileno())
    os.replace(tijdelijk, warehouse / JOURNAAL)
    sync_folder(warehouse)


def is_unfinished(warehouse: Path) -> bool:
    """Whether a restore left something to finish or undo, or is at work now."""
    return (warehouse / JOURNAAL).exists() or (warehouse / _HALF).exists()


@contextlib.contextmanager
def settled(warehouse: Path) -> Iterator[None]:
    """Hold the lock of the warehouse, after what a restore left there was finished or undone.

    Raises:
        AfgekeurdError: something else is at work there, or what was left cannot be finished now.
    """
    with lock_warehouse(warehouse):
        finish_restore(warehouse)
        yield


def settle(warehouse: Path) -> None:
    """Finish or undo what a restore that was cut off left behind.

    Raises:
        AfgekeurdError: as `settled`.
    """
    if is_unfinished(warehouse):
        with settled(warehouse):
            pass


def finish_restore(warehouse: Path) -> bool:
    """Finish or undo what a restore left; returns whether it holds. The caller has the lock of the warehouse.

    Raises:
        AfgekeurdError: the database that knows does not answer, or the journal is damaged; nothing changed.
    """
    (warehouse / _HALF).unlink(missing_ok=True)
    if not (warehouse / JOURNAAL).exists():
        return False
    journaal = _read(warehouse)
    houdt = journaal.beslist and _is_committed(warehouse, journaal)
    if houdt:
        _put_in_place(warehouse, journaal)
    _clear(warehouse, journaal)
    return houdt


def _read(warehouse: Path) -> Journaal:
    try:
        velden = json.loads((warehouse / JOURNAAL).read_text(encoding="utf-8"))
        return Journaal(**velden | {"leveringen": tuple(velden["leveringen"])})
    except (ValueError, TypeError, KeyError):
        advies = f"Vraag de beheerder; {JOURNAAL} in deze map zegt niet meer wat er klaarstond."
        raise AfgekeurdError([Melding(str(warehouse), "Een herstel is afgebroken.", advies=advies)]) from None


def _is_committed(warehouse: Path, journaal: Journaal) -> bool:
    from app.commissie.bank.opslag import open_as_owner
    from app.commissie.model import OpslagError

    try:
        return open_as_owner(warehouse, keur=False).began_at(journaal.merk)
    except OpslagError as fout:
        tekst = "Een herstel is afgebroken en kan nu niet worden afgemaakt."
        raise AfgekeurdError([Melding(str(warehouse), tekst, advies=str(fout))]) from None


def old_databases(warehouse: Path) -> Iterator[Path]:
    """Yield the committee's databases of before a migration, and those that were put aside as damaged."""
    for patroon in _OUDE_DATABASE:
        yield from sorted(warehouse.glob(patroon))


def _move_all(van: Path, naar: Path) -> None:
    for pad in sorted(van.glob("*")):
        os.replace(pad, naar / pad.name)
    sync_folder(naar)


def _put_in_place(warehouse: Path, journaal: Journaal) -> None:
    """Move everything that was laid ready to its place; what was moved before is no longer there to be moved."""
    from app.commissie.bank.verbinden import KOP

    klaar = journaal.staging(warehouse)
    if (klaar / KEPT).exists():
        (warehouse / KEPT).mkdir(mode=0o700, exist_ok=True)
        os.replace(klaar / KEPT, warehouse / KEPT / journaal.bewaard)
        sync_folder(warehouse / KEPT)
    if (klaar / _LOGBOEK).exists():
        (warehouse / UIT_KOPIE).mkdir(mode=0o700, exist_ok=True)
        os.replace(klaar / _LOGBOEK, warehouse / UIT_KOPIE / journaal.bewaard)
        sync_folder(warehouse / UIT_KOPIE)
    # The sealed ones first: a message that one is withdrawn is then never without its file.
    if (klaar / VERZEGELD).exists():
        (warehouse / VERZEGELD).mkdir(mode=0o700, exist_ok=True)
        for pad in (klaar / VERZEGELD).iterdir():
            pad.chmod(0o600)
        _move_all(klaar / VERZEGELD, warehouse / VERZEGELD)
    (warehouse / ARCHIEF).mkdir(exist_ok=True)
    _move_all(klaar / ARCHIEF, warehouse / ARCHIEF)
    rauw = journaal.raw_staging()
    for naam in journaal.leveringen if rauw is not None else ():
        assert rauw is not None
        doel = Path(journaal.raw) / naam
        if (rauw / naam).exists() and not doel.exists():
            doel.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.rename(rauw / naam, doel)
            sync_folder(doel.parent)
    # What was seen before belongs to the history that was put aside.
    (warehouse / KOP).unlink(missing_ok=True)
    if (klaar / PUBLICATIE).exists():
        os.replace(klaar / PUBLICATIE, warehouse / PUBLICATIE)
    sync_folder(warehouse)


def _clear(warehouse: Path, journaal: Journaal) -> None:
    """Take away what was laid ready, and the journal last: as long as it is there, this is done again."""
    rauw = journaal.raw_staging()
    for map_ in (journaal.staging(warehouse), *([rauw] if rauw is not None else [])):
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(map_)
    (warehouse / JOURNAAL).unlink(missing_ok=True)
    sync_folder(warehouse)
