"""What a signal is: one thing to talk about, what it rests on, and what to ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.lezen.rijen import Waarneming
from app.oordeel import zinnen
from app.oordeel.echt import only_real
from app.oordeel.gesprek.gespreksgegevens import Regiogegevens
from app.taal import woorden
from app.taal.opmaak import opsomming, uitsplitsing_tekst


@dataclass(frozen=True)
class Bewijs:
    """One thing a signal rests on, with the figure itself where there is one: a real one.

    Raises:
        ValueError: the figure is made up; nothing is said on account of it.
    """

    tekst: str
    bron: str
    indicator_id: str = ""
    rij: Waarneming | None = None

    def __post_init__(self) -> None:
        """Let no made-up figure through."""
        if self.rij is not None:
            only_real(self.rij)


@dataclass(frozen=True)
class Signaal:
    """One thing to talk about: what is the matter, what it rests on, and what to ask."""

    regel_id: str
    zin: str
    bewijs: tuple[Bewijs, ...]
    vraag: str


def make_signal(regel_id: str, zin: str, bewijs: Iterable[Bewijs], vraag: str) -> Signaal:
    """Return a signal on what the evidence shows."""
    return Signaal(regel_id, zin, tuple(bewijs), vraag)


def evidence(gegevens: Regiogegevens, rij: Waarneming, soort: str = "") -> Bewijs:
    """Return one figure as evidence: what (and what kind of figure), where, when and how much."""
    indicator = gegevens.indicatoren[rij.indicator_id]
    wat = ", ".join(filter(None, [indicator.titel, soort, uitsplitsing_tekst(rij.uitsplitsing)]))
    waar = gegevens.namen[rij.regio_code]
    cijfer = zinnen.figure_with_unit(rij, indicator.eenheid) if rij.waarde is not None else zinnen.hidden_reason(
        rij, indicator.eenheid)  # fmt: skip
    tekst = f"{wat}, {waar}, {zinnen.moment_text(rij)}: {cijfer}{f' ({oud})' if (oud := zinnen.old_text(rij)) else ''}"
    return Bewijs(tekst, woorden.source_place(rij.bron, rij.vindplaats), rij.indicator_id, rij)


def short_list(namen: Sequence[str], hoogstens: int = 4) -> str:
    """Return at most so many names in one phrase; the rest as a number."""
    if len(namen) <= hoogstens:
        return opsomming(list(namen))
    return f"{', '.join(namen[:hoogstens])} en nog {len(namen) - hoogstens}"
