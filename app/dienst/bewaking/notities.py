"""How it stands with the notes of the committee: looked at when somebody asks, and not more often than that."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

from app.commissie.model import BESTAND, URL, OpslagError
from app.rollen.lezer import OPEN, SCHAKELAAR

_GELDIG, _WACHT = 30.0, 2.0
_BESCHADIGD = "De notities van de commissie zijn beschadigd. Zie: .venv/bin/regiomonitor committee check"
_ONBEREIKBAAR = "De notities van de commissie zijn nu niet te lezen of te schrijven."


class Notities:
    """What was seen the last time, of one warehouse."""

    def __init__(self) -> None:
        self._gezien: tuple[float, str | None] | None = None
        self._bezig: threading.Thread | None = None
        self._slot = threading.Lock()

    def fault(self, warehouse: Path) -> str | None:
        """Return what is wrong with the notes in words; '' for nothing, and nothing where none are kept here."""
        if os.environ.get(SCHAKELAAR) == OPEN or not _are_kept(warehouse):
            return None
        with self._slot:
            is_oud = self._gezien is None or time.monotonic() - self._gezien[0] > _GELDIG
            if is_oud and (self._bezig is None or not self._bezig.is_alive()):
                self._bezig = threading.Thread(target=self._look, args=(warehouse,), daemon=True)
                self._bezig.start()
            bezig = self._bezig
        if is_oud and bezig is not None:
            # A database that hangs keeps nobody who asks how it goes.
            bezig.join(_WACHT)
            if bezig.is_alive():
                return _ONBEREIKBAAR
        return self._gezien[1] if self._gezien else ""

    def _look(self, warehouse: Path) -> None:
        # The library of the database takes long to read, and most servers do without.
        from app.commissie.bank.keten import KetenError
        from app.commissie.openen import open_opslag

        wat = ""
        try:
            open_opslag(warehouse).history()
        except KetenError:
            wat = _BESCHADIGD
        except OpslagError:
            wat = _BESCHADIGD if _is_damaged(warehouse) else _ONBEREIKBAAR
        self._gezien = (time.monotonic(), wat)


def _are_kept(warehouse: Path) -> bool:
    return bool(os.environ.get(URL)) or (warehouse / BESTAND).exists()


def _is_damaged(warehouse: Path) -> bool:
    from app.commissie.vreemd import is_damaged

    return not os.environ.get(URL) and is_damaged(warehouse / BESTAND)


NOTITIES = Notities()
