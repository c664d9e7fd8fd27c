"""Sessions that were ended before they were over: kept in the committee's database, for all processes and restarts.

Asking costs no query: each process reads what others ended every few seconds, and writes what was ended here. What is
not there yet waits in a file of this process, in the warehouse: whoever starts next brings it there.
"""

from __future__ import annotations

import json
import logging
import math
import re
import secrets
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from app.commissie.model import OpslagError
from pipelines.afspraken.warehouse.schrijven import VERTROUWELIJK, write_whole

if TYPE_CHECKING:
    from app.commissie.bank.afgemeldbank import Afgemeldbank

# Longer than any session lasts, with what two clocks may differ.
_ONTHOUDEN = 25 * 3600
_TUSSENPOOS = 5.0
# Where what was ended waits for the database.
WACHTMAP = "afgemeld"
_KENMERK = re.compile(r"[0-9a-f]{64}")
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
        # What of before this moment was ended cannot be read any more, and never will be.
        self._kwijt_tot = float("-inf")
        self._map: Path | None = None
        self._naam = f"{secrets.token_hex(8)}.json"
        # What others left waiting, and we have taken over.
        self._gevonden: set[Path] = set()
        self._slot = threading.Lock()

    def has(self, kenmerk: str, begin: float) -> bool:
        """Return whether this session, of a login at `begin`, was ended, or may have been before anything was read."""
        is_onbekend = begin < max(self._onbekend_tot, self._kwijt_tot)
        return is_onbekend or kenmerk in self._sinds or kenmerk in self._nieuw

    def end(self, kenmerk: str, nu: float) -> None:
        """End a session here at once, and everywhere else within seconds."""
        with self._slot:
            self._nieuw[kenmerk] = nu
            self._keep_waiting()
        self._wek.set()

    def share(self, warehouse: Path) -> None:
        """Read what was ended before, and keep doing so beside serving."""
        self._onbekend_tot = time.time()
        self._map = Path(warehouse) / WACHTMAP
        self._take_over(self._map)
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
        with self._slot:
            nieuw = dict(self._nieuw)
        if nieuw:
            self._bank.end(nieuw)
        self._sinds = self._bank.since(nu - _ONTHOUDEN)
        self._onbekend_tot = float("-inf")
        with self._slot:
            for kenmerk in nieuw:
                del self._nieuw[kenmerk]
            while self._gevonden:
                self._gevonden.pop().unlink(missing_ok=True)
            if nieuw:
                self._keep_waiting()

    def _keep_waiting(self) -> None:
        """Leave what is not in the database yet where who starts next finds it."""
        if self._map is None:
            return
        pad = self._map / self._naam
        try:
            if self._nieuw:
                self._map.mkdir(mode=0o700, exist_ok=True)
                write_whole(pad, json.dumps(self._nieuw).encode(), mode=VERTROUWELIJK)
            else:
                pad.unlink(missing_ok=True)
        except OSError:
            _LOG.warning("Wie zich afmeldde, is op deze computer niet te bewaren tot de database er is.")

    def _take_over(self, map_: Path) -> None:
        """Take over what others, that may be gone, left waiting; what cannot be read lets nobody of before it in."""
        for pad in map_.glob("*.json"):
            try:
                moment = pad.stat().st_mtime
                self._nieuw |= _read_waiting(pad)
                self._gevonden.add(pad)
            except FileNotFoundError:
                # Another process brought it there meanwhile.
                continue
            except (OSError, ValueError, AttributeError, TypeError, RecursionError):
                self._kwijt_tot = max(self._kwijt_tot, moment)
                _LOG.warning(
                    "Wie zich afmeldde, is niet meer te lezen; wie toen was aangemeld, meldt zich opnieuw aan."
                )

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


def _read_waiting(pad: Path) -> dict[str, float]:
    """Return what waits in this file.

    Raises:
        ValueError: it is not what we wrote; AttributeError or TypeError likewise.
    """
    inhoud = {str(kenmerk): float(op) for kenmerk, op in json.loads(pad.read_bytes()).items()}
    if not all(_KENMERK.fullmatch(kenmerk) and math.isfinite(op) for kenmerk, op in inhoud.items()):
        raise ValueError
    return inhoud
