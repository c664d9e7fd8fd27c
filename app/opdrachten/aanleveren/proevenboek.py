"""The log of trials: a source has a few a day, and only whoever keeps the monitor reads what each would hide."""

from __future__ import annotations

import contextlib
import csv
import fcntl
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TextIO

from pipelines.afspraken.meldingen import AfgekeurdError, Melding
from pipelines.afspraken.warehouse.schrijven import VERTROUWELIJK

PER_DAG = 5
PROEVEN = "proeven.csv"
# A line that says how many cells a trial would hide, and how many it would show again.
_UITKOMST = "verborgen, weer getoond:"


@dataclass(frozen=True)
class Proef:
    """One trial: of which day, source and file (by its SHA-256), and how many cells it would hide and show again.

    Without those numbers it was refused, or broke off.
    """

    dag: str
    bron: str
    sha256: str
    verborgen: int | None = None
    weer_getoond: int | None = None


def take_turn(log: Path, bron: str, sha256: str, dag: date) -> int:
    """Write a trial of this source into the log and return how many it has left that day.

    Raises:
        AfgekeurdError: there are none left.
    """
    with _log(log) as stroom:
        stroom.seek(0)
        gehad = sum(rij[:2] == [dag.isoformat(), bron] and _UITKOMST not in rij for rij in csv.reader(stroom))
        if gehad >= PER_DAG:
            tekst = f"Van deze bron zijn vandaag al {PER_DAG} proeven gedaan; dat is het meeste per dag."
            raise AfgekeurdError([Melding("", tekst, advies="Bewaar de levering, of probeer het morgen weer.")])
        csv.writer(stroom).writerow([dag.isoformat(), bron, sha256])
    return PER_DAG - gehad - 1


def note_outcome(log: Path, proef: Proef) -> None:
    """Write what a trial would hide and show again."""
    uitkomst = [_UITKOMST, proef.verborgen, proef.weer_getoond]
    with _log(log) as stroom:
        csv.writer(stroom).writerow([proef.dag, proef.bron, proef.sha256, *uitkomst])


def read_trials(log: Path) -> list[Proef]:
    """Return every trial in the log, in the order in which they began; none where there is no log."""
    if not log.is_file():
        return []
    with _log(log) as stroom:
        stroom.seek(0)
        rijen = [rij for rij in csv.reader(stroom) if rij]
    uitkomsten: dict[tuple[str, ...], list[list[str]]] = {}
    for rij in rijen:
        if _UITKOMST in rij:
            uitkomsten.setdefault((*rij[:3],), []).append(rij[4:6])
    proeven = []
    # Of two trials of one file the outcomes are the same, whichever of them broke off.
    for dag, bron, som in (rij[:3] for rij in rijen if _UITKOMST not in rij):
        klaar = uitkomsten.get((dag, bron, som), [])
        verborgen, weer_getoond = map(int, klaar.pop(0)) if klaar else (None, None)
        proeven.append(Proef(dag, bron, som, verborgen, weer_getoond))
    return proeven


@contextlib.contextmanager
def _log(pad: Path) -> Iterator[TextIO]:
    """Open the log for one process at a time; what is written comes at its end."""
    wijzer = os.open(pad, os.O_RDWR | os.O_CREAT | os.O_APPEND, VERTROUWELIJK)
    with open(wijzer, "a+", encoding="utf-8", newline="") as stroom:
        fcntl.flock(stroom, fcntl.LOCK_EX)
        yield stroom
