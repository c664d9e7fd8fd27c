"""How much one reader and all readers together may ask to be made; what was made before costs nothing."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable

# New answers at once from one address, and how many more each second.
_INEENS, _PER_SECONDE = 120.0, 10.0
_ADRESSEN = 10_000
# Who has an address of IPv6 has at least all of these.
_NETWERK = 64
# When there are too many addresses to tell apart, the new ones have one bucket together.
_SAMEN = ""


class Grens:
    """A bucket per address: each new answer takes from it, time fills it again; it is forgotten when it is full."""

    def __init__(
        self,
        ineens: float = _INEENS,
        per_seconde: float = _PER_SECONDE,
        klok: Callable[[], float] = time.monotonic,
        *,
        hoogstens: int = _ADRESSEN,
    ) -> None:
        self._ineens, self._per_seconde, self._klok, self._hoogstens = ineens, per_seconde, klok, hoogstens
        self._emmers: dict[str, tuple[float, float]] = {}
        self._geveegd = float("-inf")

    def take(self, adres: str) -> int:
        """Take one from the bucket of an address; returns how many seconds to wait first, 0 for none."""
        naam, vol = self._find(adres)
        mag = vol >= 1
        self._emmers[naam] = (vol - 1 if mag else vol, self._klok())
        return 0 if mag else self._wait(vol)

    def wait(self, adres: str) -> int:
        """Return how many seconds this address has to wait, and take nothing."""
        vol = self._find(adres)[1]
        return 0 if vol >= 1 else self._wait(vol)

    def give_back(self, adres: str) -> None:
        """Put one back in the bucket of an address: what it was taken for went well."""
        naam, vol = self._find(adres)
        if naam in self._emmers:
            self._emmers[naam] = (min(self._ineens, vol + 1), self._klok())

    def _find(self, adres: str) -> tuple[str, float]:
        """Return which bucket is that of this address, and how full it is now."""
        nu, naam = self._klok(), _name(adres)
        if naam not in self._emmers and len(self._emmers) >= self._hoogstens:
            self._sweep(nu)
            naam = naam if len(self._emmers) < self._hoogstens else _SAMEN
        return naam, self._level(naam, nu)

    def _level(self, naam: str, nu: float) -> float:
        vol, sinds = self._emmers.get(naam, (self._ineens, nu))
        return min(self._ineens, vol + (nu - sinds) * self._per_seconde)

    def _sweep(self, nu: float) -> None:
        """Forget the buckets that are full again, at most once a second: one that is not says who asked too much."""
        if nu - self._geveegd >= 1:
            self._geveegd = nu
            self._emmers = {n: e for n, e in self._emmers.items() if self._level(n, nu) < self._ineens}

    def _wait(self, vol: float) -> int:
        return max(1, round((1 - vol) / self._per_seconde))


def _name(adres: str) -> str:
    """Return what is counted together: an address of IPv4, the network of one of IPv6, or any other name itself."""
    try:
        ip = ipaddress.ip_address(adres)
    except ValueError:
        return adres
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    return str(ip.ipv4_mapped or ipaddress.IPv6Network((int(ip), _NETWERK), strict=False))
