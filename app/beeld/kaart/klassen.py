"""Classes of a map: round limits, equal steps, the same for every period of an indicator."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from app.beeld.stijl import AANTAL_KLASSEN


@dataclass(frozen=True)
class Klassen:
    """The limits between classes, lowest first; `eerste` is the palette step of the lowest class."""

    grenzen: tuple[float, ...]
    eerste: int
    is_tweezijdig: bool

    def nummer(self, waarde: float) -> int:
        """Return the palette step of a value."""
        hoogste = len(self.grenzen) - 2
        plek = sum(waarde >= grens - 1e-12 for grens in self.grenzen) - 1
        return self.eerste + max(0, min(plek, hoogste))


def make_classes(waarden: Iterable[float], fijnst: float = 0.0) -> Klassen | None:
    """Divide the range of the values in at most as many classes as the palette has steps, none under `fijnst`."""
    lijst = list(waarden)
    if not lijst:
        return None
    laag, hoog = min(lijst), max(lijst)
    if laag < 0 < hoog:
        return _two_sided(max(-laag, hoog), fijnst)
    spanne = hoog - laag or abs(hoog) or 1.0
    for stap in _round_steps(max(spanne / AANTAL_KLASSEN, fijnst)):
        onder = math.floor(laag / stap + 1e-9)
        boven = max(math.ceil(hoog / stap - 1e-9), onder + 1)
        if boven - onder <= AANTAL_KLASSEN:
            grenzen = tuple(round(stap * i, 10) for i in range(onder, boven + 1))
            return Klassen(grenzen, _first_step(len(grenzen) - 1), False)
    return None


def _two_sided(uiterste: float, fijnst: float) -> Klassen:
    helft = AANTAL_KLASSEN // 2
    stap = next(s for s in _round_steps(max(uiterste / helft, fijnst)) if s * helft >= uiterste - 1e-9)
    grenzen = tuple(round(stap * i, 10) for i in range(-helft, helft + 1))
    return Klassen(grenzen, 0, True)


def _round_steps(minimaal: float) -> Iterable[float]:
    macht = math.floor(math.log10(minimaal))
    for exponent in range(macht, macht + 3):
        for factor in (1, 2, 5):
            stap = factor * 10.0**exponent
            if stap >= minimaal - 1e-12:
                yield stap


def _first_step(aantal: int) -> int:
    """Leave out the palest steps when there are few classes: they hardly show on paper."""
    return max(0, (AANTAL_KLASSEN - aantal) // 2)
