"""The one door to the log: whoever shows or changes something confidential says so here first.

What cannot be written down does not happen: without a line before it, the note is not shown and the delivery not
filed.
"""

from __future__ import annotations

import contextlib
import getpass
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from app.logboek import boek, namen, opschonen
from app.logboek.boek import Gebeurtenis, Kop
from app.logboek.regel import Afloop, Daad
from app.logboek.waarover import Bekend, as_codes
from pipelines.afspraken.meldingen import AfgekeurdError

# Where the log is, where that is not in the warehouse: a disk of its own, or a folder that allows adding alone.
SCHAKELAAR = "REGIOMONITOR_LOGBOEK"
_OPDRACHTREGEL = "opdrachtregel"
# What a service writes goes to whoever collects its output: that end of the chain is kept apart from the disk.
_LOG = logging.getLogger("regiomonitor.logboek")
LogboekError = boek.LogboekError


@dataclass(frozen=True, slots=True)
class Wie:
    """Who does it: a name, and the roles that one has; without a name it is nobody that is known."""

    naam: str
    rol: str


@dataclass(slots=True)
class Verloop:
    """How what was begun ends; `gelukt` unless said otherwise."""

    uitkomst: Afloop = Afloop.GELUKT


def folder(warehouse: Path) -> Path:
    """Return the folder of the log."""
    return Path(os.environ.get(SCHAKELAAR) or Path(warehouse) / "logboek")


def on_command_line() -> Wie:
    """Return who types a command: as whom one logged in at this computer, also behind sudo."""
    try:
        naam = os.environ.get("SUDO_USER") or getpass.getuser()
    except (KeyError, OSError):
        naam = ""
    return Wie(naam, _OPDRACHTREGEL)


def record(
    warehouse: Path, wie: Wie, daad: Daad, waarover: str | Bekend = "", uitkomst: Afloop = Afloop.GELUKT
) -> Kop:  # fmt: skip
    """Write down what happens, for good, and return the new end of the chain.

    Raises:
        LogboekError: that cannot be done; do not go on.
    """
    return _record(warehouse, wie, Gebeurtenis("", wie.rol, daad, as_codes(Path(warehouse), waarover), uitkomst))


def _record(warehouse: Path, wie: Wie, wat: Gebeurtenis) -> Kop:
    map_ = folder(warehouse)
    with _held(map_):
        gebeurtenis = replace(wat, wie=namen.pseudonym_of(map_, wie.naam))
        kop = boek.append(map_, gebeurtenis)
    _LOG.info("logboek", extra={"velden": {"nummer": kop.nummer, "som": kop.som}})
    return kop


def forget(map_: Path, wie: Wie, naam: str) -> list[str]:
    """Take this name from behind its pseudonyms in one log, and return those.

    Raises:
        LogboekError: the log cannot be written.
    """
    with _held(map_):
        return namen.forget(map_, naam, Gebeurtenis(namen.pseudonym_of(map_, wie.naam), wie.rol, Daad.NAAM_VERGETEN))


def forget_months(map_: Path, wie: Wie, maanden: int) -> list[Path]:
    """Remove what is older than so many whole months, and return which files.

    Raises:
        LogboekError: the log cannot be written.
    """
    with _held(map_):
        gebeurtenis = Gebeurtenis(namen.pseudonym_of(map_, wie.naam), wie.rol, Daad.LOGBOEK_OPGESCHOOND)
        return opschonen.forget_months(map_, maanden, gebeurtenis)


@contextmanager
def _held(map_: Path) -> Iterator[None]:
    try:
        with boek.locked(map_):
            yield
    except OSError:
        advies = "Controleer of er ruimte is op de schijf en of u in de map mag schrijven, en probeer het opnieuw."
        raise LogboekError(advies) from None


@contextmanager
def recorded(warehouse: Path, wie: Wie, daad: Daad, waarover: str | Bekend = "") -> Iterator[Verloop]:
    """Write down that something begins and how it ends; a begin without an end was cut off.

    Raises:
        LogboekError: the begin cannot be written; nothing was done.
    """
    # Looked up once: what is thrown away is not there any more at the end.
    begin = Gebeurtenis("", wie.rol, daad, as_codes(Path(warehouse), waarover), Afloop.BEGONNEN)
    _record(warehouse, wie, begin)
    verloop = Verloop()
    try:
        yield verloop
    except AfgekeurdError:
        verloop.uitkomst = Afloop.GEWEIGERD
        raise
    except BaseException:
        verloop.uitkomst = Afloop.MISLUKT
        raise
    finally:
        # What is done is done, also when its end cannot be written any more: the begin says that it was tried.
        with contextlib.suppress(LogboekError):
            _record(warehouse, wie, replace(begin, uitkomst=verloop.uitkomst))
