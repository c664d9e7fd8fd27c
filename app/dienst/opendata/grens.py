"""How much one reader and all readers together may ask to be made; what was made before costs nothing."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

# New answers at once from one address, and how many more each second.
_INEENS, _PER_SECONDE = 120.0, 10.0
_ADRESSEN = 2_000


class Grens:
    """A bucket per address: each new answer takes from it, time fills it again."""

    def __init__(
        self,
        ineens: float = _INEENS,
        per_seconde: float = _PER_SECONDE,
        klok: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ineens, self._per_seconde, self._klok = ineens, per_seconde, klok
        self._emmers: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, adres: str) -> int:
        """Take one from the bucket of an address; returns how many seconds to wait first, 0 for none."""
        nu = self._klok()
        vol, sinds = self._emmers.pop(adres, (self._ineens, nu))
        vol = min(self._ineens, vol + (nu - sinds) * self._per_seconde)
        mag = vol >= 1
        self._emmers[adres] = (vol - 1 if mag else vol, nu)
        if len(self._emmers) > _ADRESSEN:
            self._emmers.popitem(last=False)
        return 0 if mag else max(1, round((1 - vol) / self._per_seconde))
