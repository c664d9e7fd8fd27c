"""Stories beside the figures ('vertellen'): what was heard and what worked, as the sources tell it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.lezen.onderwerp.verhaalrijen import Verhaal
from app.lezen.rijen import Regio
from app.oordeel.bijschriften import short_source
from app.taal import woorden
from pipelines.afspraken.codelijsten import LAND

SOORTEN = {
    "goed_voorbeeld": "Goed voorbeeld",
    "inzicht": "Inzicht",
    "signaal": "Signaal",
    "aanbeveling": "Aanbeveling",
}
# Of those that can be counted: one of them, and more.
_GETELD = {
    "zorgorganisatie": ("zorgorganisatie", "zorgorganisaties"),
    "bestuurder": ("bestuurder", "bestuurders"),
    "stakeholder": ("betrokkene in de regio", "betrokkenen in de regio"),
    "professional": ("professional", "professionals"),
    "naaste": ("naaste", "naasten"),
    "vrijwilliger": ("vrijwilliger", "vrijwilligers"),
    "onderzoeker": ("onderzoeker", "onderzoekers"),
}
# Who tells where it is not said how many they are: an organisation speaks for itself.
STEMMEN = {stem: meer for stem, (_, meer) in _GETELD.items()} | {
    "zorgorganisatie": "een zorgorganisatie",
    "ministerie": "het ministerie",
}


def of_pijler(verhalen: Sequence[Verhaal], pijler: str, regio_codes: Collection[str]) -> list[Verhaal]:
    """Return the stories of a pijler from these regions, or from everywhere when none are named.

    Stories about the whole country belong to every region.
    """
    return [
        v
        for v in verhalen
        if v.pijler == pijler and (not regio_codes or v.regio_code in ("", LAND) or v.regio_code in regio_codes)
    ]


def holds(verhaal: Verhaal, zoek: str, regios: dict[str, Regio]) -> bool:
    """Whether every word that is searched for occurs in a story, its place or its source; accents do not count."""
    waar = regios[verhaal.regio_code].naam if verhaal.regio_code in regios else ""
    tekst = woorden.bare(
        " ".join([verhaal.titel, verhaal.samenvatting, verhaal.bron, waar, SOORTEN.get(verhaal.soort, "")])
    )
    return all(woord in tekst for woord in woorden.bare(zoek).split())


def choose(verhalen: Sequence[Verhaal], aantal: int) -> list[Verhaal]:
    """Return a few that differ: the newest of each kind first, then the next of each kind."""
    per_soort = [[v for v in verhalen if v.soort == soort] for soort in SOORTEN]
    gekozen: list[Verhaal] = []
    for ronde in range(max(map(len, per_soort), default=0)):
        gekozen += [soort[ronde] for soort in per_soort if ronde < len(soort)]
    return gekozen[:aantal]


def featured(verhalen: Sequence[Verhaal], aantal: int) -> list[Verhaal]:
    """Return a few to begin with: each of another pijler, the newest with a region first, then the newest at all."""
    gekozen: dict[str, Verhaal] = {}
    for v in sorted(verhalen, key=lambda v: v.regio_code in ("", LAND)):
        if v.pijler:
            gekozen.setdefault(v.pijler, v)
    return list(gekozen.values())[:aantal]


def voice(verhaal: Verhaal) -> str:
    """Say who tells it: 'volgens 30 professionals', with the source."""
    wie = STEMMEN.get(verhaal.stem, verhaal.stem)
    if verhaal.aantal and verhaal.stem in _GETELD:
        wie = f"{verhaal.aantal} {_GETELD[verhaal.stem][verhaal.aantal > 1]}"
    jaar = f", {verhaal.jaar}" if verhaal.jaar and str(verhaal.jaar) not in verhaal.bron else ""
    return f"Volgens {wie}. Bron: {short_source(verhaal.bron)}{jaar}, {woorden.place_text(verhaal.vindplaats)}."
