"""What one region on the map says: its class and pattern, and the texts that fit in its shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.beeld.gebieden import Plek
from app.beeld.kaart.klassen import Klassen
from app.lezen.rijen import Indicator, Regio, Waarneming
from app.oordeel import zinnen
from app.oordeel.reeksen import places
from app.oordeel.vergelijken.kaartverschil import Regioverschil
from app.taal.opmaak import waarde_tekst
from pipelines.afspraken.codelijsten import IN_PLAATS, VERBORGEN, Status

# Sizes of the figures on areas, and how wide a character is: of a figure per size, of a name in all.
_SYMBOOL, _GROOT, _KLEIN = 15, 11, 9
_CIJFER, _NAAM = 0.55, 5.2
# The number of the hatching of what is there and not shown.
_VERBORGEN = 4
# On two lines: a tile has no room for both words beside each other.
_IN_TEGEL = {status.value: kort.replace(" ", "\n", 1) for status, kort in IN_PLAATS.items()}


@dataclass(frozen=True)
class Vak:
    """What one region shows: the value that colours it, its kind, its text, and the number of its hatching."""

    waarde: float | None
    soort: str
    label: str
    patroon: int = 0


@dataclass(frozen=True)
class Kaartcijfers:
    """The figures of one map: of which indicator and level, by region, and those of all its periods.

    Of a map of differences `verschillen` has what the regions show, in place of the figures themselves.
    """

    indicator: Indicator
    niveau: str
    rijen: Mapping[str, Waarneming]
    gebieden: Mapping[str, Regio]
    alle_perioden: Sequence[Waarneming]
    verschillen: Mapping[str, Regioverschil] | None = None
    # Whether the areas with a figure are together the whole, so that the others have none to miss.
    is_heel: bool = False

    def values(self) -> list[float]:
        """Return the values that the classes of the map have to hold: of every period, or of every difference."""
        if self.verschillen is not None:
            return [float(v.waarde) for v in self.verschillen.values() if v.waarde is not None]
        return [r.waarde for r in self.alle_perioden if r.waarde is not None]

    def finest(self) -> float:
        """Return the smallest step that the values are written with, where classes may not be finer than that."""
        eenheid, cijfers = self.indicator.eenheid, [v.cijfers for v in (self.verschillen or {}).values()]
        return 10.0 ** -places(max(cijfers), eenheid) if cijfers else 0.0

    def tile(self, code: str) -> Vak:
        """Return what one region shows."""
        if self.verschillen is not None:
            return _tile_of_difference(self.verschillen.get(code), self.indicator.eenheid)
        rij = self.rijen.get(code)
        if self.has_none(rij):
            return Vak(None, Status.NVT, _IN_TEGEL[Status.NVT])
        return _tile_of_figure(rij, self.indicator.eenheid)

    def has_none(self, rij: Waarneming | None) -> bool:
        """Whether an area with this figure has nothing to count, where the others are together the whole."""
        return self.is_heel and (rij is None or rij.status == Status.ONTBREEKT)

    def name(self, code: str) -> str:
        """Return what a region is called in full."""
        return self.gebieden[code].naam if code in self.gebieden else code


@dataclass(frozen=True)
class Stof:
    """What every shape of one picture is filled from."""

    cijfers: Kaartcijfers
    klassen: Klassen | None

    def shape(self, code: str) -> dict[str, object]:
        """Return colour class, pattern and texts of one region."""
        vak = self.cijfers.tile(code)
        return {
            "klasse": self.klassen.nummer(vak.waarde) if self.klassen and vak.waarde is not None else -1,
            "patroon": vak.patroon,
            "soort": vak.soort,
            "naam": self.cijfers.name(code),
            "label": vak.label,
        }


def _tile_of_figure(rij: Waarneming | None, eenheid: str) -> Vak:
    soort = rij.status if rij else str(Status.ONTBREEKT)
    label = _IN_TEGEL.get(soort, "")
    if rij is not None and rij.waarde is not None:
        cijfers = zinnen.decimals_of([rij], eenheid)
        grenzen = [rij.waarde] if rij.waarde_tot is None else [rij.waarde, rij.waarde_tot]
        label = "–\n".join(waarde_tekst(grens, eenheid, cijfers) for grens in grenzen)
    return Vak(rij.waarde if rij else None, soort, label, pattern(rij))


def _tile_of_difference(verschil: Regioverschil | None, eenheid: str) -> Vak:
    if verschil is None:
        return Vak(None, Status.ONTBREEKT, _IN_TEGEL[Status.ONTBREEKT])
    if verschil.waarde is None:
        patroon = _VERBORGEN if verschil.soort in VERBORGEN else 0
        return Vak(None, verschil.soort, _IN_TEGEL.get(verschil.soort, ""), patroon)
    return Vak(float(verschil.waarde), verschil.soort, verschil.text(eenheid))


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
        return _VERBORGEN
    is_voorbeeld = rij.is_voorbeeld and rij.waarde is not None
    return int(is_voorbeeld) + 2 * (rij.is_indicatief)
