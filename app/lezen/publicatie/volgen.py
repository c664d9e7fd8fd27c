"""Going over to a new publication once it is read in: until then readers see the one before, and wait for nothing.

Only a process that serves goes over so, see `Volger`; elsewhere the newest is read at once. The one before is shown no
longer than it may be: one that was withdrawn is not, and after a minute whatever is newest is shown.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Hashable
from pathlib import Path

from app.lezen.publicatie.gekozen import id_of
from pipelines.afspraken.warehouse.bewaard import kept
from pipelines.afspraken.warehouse.gaaf import Merk, merk_of, newest_whole

# How often is looked, how long reading in may take, and how long after it somebody may still be busy with the old one.
_ELKE, _HOOGSTENS, _NABLIJVEN = 1.0, 60.0, 30.0
# Who makes a publication waits so long at most to see it shown.
_TOT_GETOOND = 20.0
_LOG = logging.getLogger("regiomonitor")
_VOLGERS: list[Volger] = []


class Volger:
    """Looks which publication is the newest, reads it in, and only then shows it."""

    def __init__(
        self, warehouse: Path, lees_in: Callable[[Merk, Merk | None], object], laat_los: Callable[[Hashable], object]
    ) -> None:
        self._warehouse, self._lees_in, self._laat_los = warehouse, lees_in, laat_los
        self._getoond: Merk | None = None
        self._naam = ""
        self._sinds: tuple[Merk, float] | None = None
        self._oud: list[tuple[float, Merk]] = []
        self._klaar = threading.Condition()

    def shown(self, nu: Merk) -> Merk:
        """Return what to show where this is the newest: the one before, for as long as this one is being read in."""
        getoond = self._getoond
        # One in another place stands in for one that is damaged, or that was.
        if getoond is None or getoond == nu or getoond[0] != nu[0]:
            return nu
        sinds = self._sinds
        if sinds is not None and sinds[0] == nu and time.monotonic() - sinds[1] > _HOOGSTENS:
            return nu
        return getoond if self._naam in kept(self._warehouse) else nu

    def look(self) -> bool:
        """Read in the newest publication and show it, if it is another one; whether it was."""
        for moment, merk in [*self._oud]:
            if time.monotonic() - moment > _NABLIJVEN:
                self._laat_los(merk)
                self._oud.remove((moment, merk))
        nu = _newest(self._warehouse)
        if nu is None or nu == self._getoond:
            return False
        self._sinds = (nu, time.monotonic())
        self._lees_in(nu, self._getoond)
        if self._getoond is not None:
            self._oud.append((time.monotonic(), self._getoond))
        with self._klaar:
            self._naam = id_of(nu)
            self._getoond = nu
            self._klaar.notify_all()
        return True

    def wait_for(self, publicatie_id: str, hoogstens: float) -> None:
        """Wait until this publication is shown, or so many seconds."""
        with self._klaar:
            self._klaar.wait_for(lambda: self._naam == publicatie_id, hoogstens)

    def run(self) -> None:
        """Go on looking for as long as the process is there."""
        while True:
            try:
                self.look()
            except Exception as fout:
                # What cannot be read in is shown all the same: who asks for it reads what is wrong.
                _LOG.error("Een publicatie is niet vooraf in te lezen (%s).", type(fout).__name__)
                self._getoond = None
            time.sleep(_ELKE)


def follow(volger: Volger) -> None:
    """Show from here on what this one says, in all of this process."""
    _VOLGERS[:] = [volger]


def shown_now(warehouse: Path) -> Merk | None:
    """Return the publication to show of those of now; nothing where there is none that is whole."""
    nu = _newest(warehouse)
    return _VOLGERS[0].shown(nu) if _VOLGERS and nu else nu


def _newest(warehouse: Path) -> Merk | None:
    bestand = newest_whole(warehouse)
    return merk_of(bestand) if bestand else None


def wait_until_shown(publicatie_id: str) -> None:
    """Wait until this publication is shown, where it is read in first."""
    for volger in _VOLGERS:
        volger.wait_for(publicatie_id, _TOT_GETOOND)
