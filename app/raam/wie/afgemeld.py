"""Sessions that were ended before they were over: kept in the committee's database, for all processes and restarts.

Asking costs no query: each process reads what others ended every few seconds, and writes what was ended here.
"""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from app.commissie.model import OpslagError

if TYPE_CHECKING:
    from app.commissie.bank.afgemeldbank import Afgemeldbank

# Longer than any session lasts, with what two clocks may differ.
_ONTHOUDEN = 25 * 3600
_TUSSENPOOS = 5.0
_LOG = logging.getLogger("regiomonitor")


class Afgemeld:
    """The ended sessions that one process knows of, each by the SHA-256 of what its cookie holds."""

    def __init__(self) -> None:
        self._sinds: frozenset[str] = frozenset()
        # Ended here, and not yet known to be kept.
        self._nieuw: dict[str, float] = {}
        self._bank: Afgemeldbank | None = None
        self._wek = threading.Event()
        # What of before this moment was ended is not known yet.
        self._onbekend_tot = float("-inf")

    def has(self, kenmerk: str, begin: float) -> bool:
        """Return whether this session, of a login at `begin`, was ended, or may have been before anything was read."""
        return begin < self._onbekend_tot or kenmerk in self._sinds or kenmerk in self._nieuw

    def end(self, kenmerk: str, nu: float) -> None:
        """End a session here at once, and everywhere else within seconds."""
        self._nieuw[kenmerk] = nu
        self._wek.set()

    def share(self, warehouse: Path) -> None:
        """Read what was ended before, and keep doing so beside serving."""
        self._onbekend_tot = time.time()
        self._try(warehouse)
        threading.Thread(target=self._go_on, args=(warehouse,), daemon=True).start()

    def sync(self, warehouse: Path, nu: float) -> None:
        """Write what was ended here and read what was ended anywhere; a session that is over by itself is forgotten.

        Raises:
            OpslagError: the database did not answer; what was ended here is written another time.
        """
        if self._bank is None:
            # The library of the database takes long to read, and most servers do without.
            from app.commissie.bank.afgemeldbank import Afgemeldbank

            self._bank = Afgemeldbank(warehouse)
        if nieuw := dict(self._nieuw):
            self._bank.end(nieuw)
        self._sinds = self._bank.since(nu - _ONTHOUDEN)
        self._onbekend_tot = float("-inf")
        for kenmerk in nieuw:
            del self._nieuw[kenmerk]

    def _go_on(self, warehouse: Path) -> None:
        while True:
            self._wek.wait(_TUSSENPOOS)
            self._wek.clear()
            if not self._try(warehouse):
                time.sleep(_TUSSENPOOS)

    def _try(self, warehouse: Path) -> bool:
        try:
            self.sync(warehouse, time.time())
        except OpslagError as fout:
            _LOG.warning("Wie zich elders afmeldde, is nu niet te lezen. %s", fout)
            return False
        return True
