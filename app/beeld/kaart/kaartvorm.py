"""What one region on the map says: its class and pattern, and the texts that fit in its shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.beeld.gebieden import Plek
from app.beeld.kaart.klassen import Klassen
from app.lezen.rijen import Indicator, Regio, Waarneming
from app.oordeel import zinnen
from app.taal.opmaak import waarde_tekst
from pipelines.afspraken.codelijsten import IN_PLAATS, VERBORGEN, Status

# Sizes of the figures on areas, and how wide a character is: of a figure per size, of a name in all.
_SYMBOOL, _GROOT, _KLEIN = 15, 11, 9
_CIJFER, _NAAM = 0.55, 5.2
# On two lines: a tile has no room for both words beside each other.
_IN_TEGEL = {status.value: kort.replace(" ", "\n", 1) for status, (kort, _) in IN_PLAATS.items()}


@dataclass(frozen=True)
class Kaartcijfers:
    """The figures of one map: of which indicator and level, by region, and those of all its periods."""

    indicator: Indicator
    niveau: str
    rijen: Mapping[str, Waarneming]
    gebieden: Mapping[str, Regio]
    alle_perioden: Sequence[Waarneming]


@dataclass(frozen=True)
class Stof:
    """What every shape of one picture is filled from."""

    cijfers: Kaartcijfers
    klassen: Klassen | None

    def shape(self, code: str) -> dict[str, object]:
        """Return colour class, pattern and texts of one region."""
        rij = self.cijfers.rijen.get(code)
        waarde = rij.waarde if rij else None
        soort = rij.status if rij else Status.ONTBREEKT
        label = _IN_TEGEL.get(soort, "")
        if rij is not None and waarde is not None:
            eenheid = self.cijfers.indicator.eenheid
            cijfers = zinnen.decimals_of([rij], eenheid)
            grenzen = [waarde] if rij.waarde_tot is None else [waarde, rij.waarde_tot]
            label = "–\n".join(waarde_tekst(grens, eenheid, cijfers) for grens in grenzen)
        return {
            "klasse": self.klassen.nummer(waarde) if self.klassen and waarde is not None else -1,
            "patroon": pattern(rij),
            "soort": soort,
            "naam": self.name(code),
            "label": label,
        }

    def name(self, code: str) -> str:
        """Return what a region is called in full."""
        gebieden = self.cijfers.gebieden
        return gebieden[code].naam if code in gebieden else code


def fitting_text(plek: Plek, kort: str, vorm: Mapping[str, object]) -> tuple[str, int]:
    """Return the name and the size of the figure as far as the region has room for them; 0 for no text."""
    # Without a figure there is a symbol of one character.
    is_symbool = vorm["klasse"] == -1
    label = "×" if is_symbool else str(vorm["label"])
    groot = _SYMBOOL if is_symbool else _GROOT
    regels = label.count("\n") + 1
    samen = regels + kort.count("\n") + 1
    breed = max(map(len, label.split("\n")))
    naam_breed = max(map(len, kort.split("\n")))
    if samen <= len(plek.ruimte) and plek.ruimte[samen - 1] >= max(naam_breed * _NAAM, breed * _CIJFER * groot):
        return kort, groot
    past = (letter for letter in (groot, _KLEIN) if plek.ruimte[regels - 1] >= breed * _CIJFER * letter)
    return "", next(past, 0)


def pattern(rij: Waarneming | None) -> int:
    """Return the number of the hatching of a tile, see `kaartgrafiek.PATRONEN`; 0 for a plain, real figure."""
    if rij is None:
        return 0
    if rij.status in VERBORGEN:
        return 4
    is_voorbeeld = rij.is_voorbeeld and rij.waarde is not None
    return int(is_voorbeeld) + 2 * (rij.is_indicatief)
