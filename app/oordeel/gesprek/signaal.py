"""What a signal is: one thing to talk about, what it rests on, and what to ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.lezen.data import Waarneming
from app.oordeel import zinnen
from app.oordeel.gesprek.gespreksgegevens import Regiogegevens
from app.taal import woorden
from app.taal.opmaak import opsomming, uitsplitsing_tekst

VOORBEELD = "VOORBEELD"


@dataclass(frozen=True)
class Bewijs:
    """One thing a signal rests on, with the figure itself where there is one."""

    tekst: str
    bron: str
    indicator_id: str = ""
    rij: Waarneming | None = None

    @property
    def is_voorbeeld(self) -> bool:
        """Whether it is a made-up figure."""
        return self.rij is not None and self.rij.is_voorbeeld


@dataclass(frozen=True)
class Signaal:
    """One thing to talk about: what is the matter, what it rests on, and what to ask."""

    regel_id: str
    zin: str
    bewijs: tuple[Bewijs, ...]
    vraag: str
    is_voorbeeld: bool


def make_signal(
    regel_id: str, zin: str, bewijs: Iterable[Bewijs], vraag: str, *, is_voorbeeld: bool = False
) -> Signaal:
    """Return a signal; what rests on made-up figures says so in every sentence that may travel on its own."""
    stukken = tuple(bewijs)
    verzonnen = is_voorbeeld or any(b.is_voorbeeld for b in stukken)
    begin = f"{VOORBEELD}: " if verzonnen else ""
    return Signaal(regel_id, begin + zin, stukken, begin + vraag, verzonnen)


def evidence(gegevens: Regiogegevens, rij: Waarneming, soort: str = "") -> Bewijs:
    """Return one figure as evidence: what (and what kind of figure), where, when and how much."""
    indicator = gegevens.indicatoren[rij.indicator_id]
    wat = ", ".join(filter(None, [indicator.titel, soort, uitsplitsing_tekst(rij.uitsplitsing)]))
    waar = gegevens.namen[rij.regio_code]
    stempel = f" ({VOORBEELD})" if rij.is_voorbeeld else ""
    cijfer = zinnen.figure_with_unit(rij, indicator.eenheid) if rij.waarde is not None else zinnen.hidden_reason(
        rij, indicator.eenheid)  # fmt: skip
    tekst = f"{wat}, {waar}, {zinnen.moment_text(rij)}: {cijfer}{stempel}"
    bron = "voorbeelddata (verzonnen)" if rij.is_voorbeeld else woorden.source_place(
        rij.bron, rij.vindplaats)  # fmt: skip
    return Bewijs(tekst, bron, rij.indicator_id, rij)


def short_list(namen: Sequence[str], hoogstens: int = 4) -> str:
    """Return at most so many names in one phrase; the rest as a number."""
    if len(namen) <= hoogstens:
        return opsomming(list(namen))
    return f"{', '.join(namen[:hoogstens])} en nog {len(namen) - hoogstens}"
