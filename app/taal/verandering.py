"""How a change is written: with its sign, without its unit, or only how large it is."""

from __future__ import annotations

from decimal import Decimal

from app.taal.opmaak import bedrag, getal
from pipelines.afspraken.codelijsten import round_half_up


def verschil_tekst(verschil: Decimal, eenheid: str, cijfers: int = 0) -> str:
    """Write a change with its sign; shares change in procentpunt."""
    return f"{_sign(verschil, eenheid, cijfers)}{omvang_tekst(verschil, eenheid, cijfers)}"


def kaal_verschil(verschil: Decimal, eenheid: str, cijfers: int = 0) -> str:
    """Write a change with its sign and without the name of its unit."""
    return f"{_sign(verschil, eenheid, cijfers)}{_size(verschil, eenheid, cijfers)}"


def omvang_tekst(verschil: Decimal, eenheid: str, cijfers: int = 0) -> str:
    """Write how large a change is, whichever way it goes."""
    return f"{_size(verschil, eenheid, cijfers)}{' procentpunt' if eenheid in ('aandeel', 'procent') else ''}"


def _size(verschil: Decimal, eenheid: str, cijfers: int) -> str:
    punten = abs(verschil * 100 if eenheid == "aandeel" else verschil)
    return bedrag(float(punten)) if eenheid == "euro" else getal(punten, cijfers)


def _sign(verschil: Decimal, eenheid: str, cijfers: int) -> str:
    if eenheid in ("aandeel", "procent"):
        verschil = round_half_up(verschil * 100 if eenheid == "aandeel" else verschil, cijfers)
    return "+" if verschil > 0 else "−" if verschil < 0 else ""
