"""What a figure is called: the name of its indicator, with that of its series where it is not the usual one."""

from __future__ import annotations

from collections.abc import Sequence

from app.lezen.rijen import Indicator, Waarneming
from app.oordeel.reeksen import core_series
from app.oordeel.zinnen import figure_with_unit
from app.taal.opmaak import leesbaar, opsomming, uitsplitsing_tekst

# Parts of an uitsplitsing that make a figure one of fewer people than its title says.
DEELNAMEN = frozenset({"opleiding", "niveau", "croho", "leerweg"})


def scope(rij: Waarneming) -> str:
    """Return what must stand in the label of a figure: that it is of another series than the core one, or of a part."""
    is_deel = bool(DEELNAMEN & set(rij.delen))
    return "" if rij.is_kern and not is_deel else uitsplitsing_tekst(rij.uitsplitsing)


def label(indicator: Indicator, rij: Waarneming) -> str:
    """Return what a figure is called: the indicator, with the scope of the figure where that is not the usual one."""
    wat = scope(rij)
    return f"{indicator.titel}, {wat}" if wat else indicator.titel


def scenario(rij: Waarneming, is_een_van_meer: bool) -> str:
    """Return of which scenario a forecast is, to stand behind its figure; empty where the source has only one."""
    if naam := rij.delen.get("scenario", ""):
        return " zonder nieuw beleid" if naam == "referentie" else f" bij scenario {leesbaar(naam)}"
    return " met de afspraken van dat moment" if is_een_van_meer else ""


def other_scenarios(rij: Waarneming, rijen: Sequence[Waarneming], eenheid: str) -> str:
    """Say that a forecast is one of more, and what the others of the same year expect; empty where it is the only one.

    `rijen` are all figures of the indicator.
    """
    anders = scenario_rows(rij, rijen)
    if not anders:
        return ""
    rest = opsomming([f"{scenario(r, True).strip()} {figure_with_unit(r, eenheid)}" for r in anders])
    return f"{scenario(rij, True).strip()}; {rest}"


def scenario_rows(rij: Waarneming, rijen: Sequence[Waarneming]) -> list[Waarneming]:
    """Return the other scenarios of a forecast, of the same year and vintage; `rijen` are all of the indicator."""
    plek = (rij.regio_code, rij.branche_code, rij.periode, rij.categorie)
    return [
        r
        for r in rijen
        if (r.regio_code, r.branche_code, r.periode, r.categorie) == plek
        and r.delen.keys() - rij.delen.keys() == {"scenario"}
        and rij.delen.items() <= r.delen.items()
    ]


def in_sentence(tekst: str) -> str:
    """Return a title as it stands within a sentence: without its capital, and with those of names."""
    return tekst[:1].lower() + tekst[1:]


def country_name(land: Waarneming | None, rijen: Sequence[Waarneming]) -> str:
    """Return what Nederland is called beside a region: with the name of its series where that is not the core one.

    `rijen` are all figures of the indicator.
    """
    kern = core_series(rijen)
    if land is None or not kern or kern[0].uitsplitsing == land.uitsplitsing:
        return "Nederland"
    return f"Nederland ({uitsplitsing_tekst(land.uitsplitsing) or 'afbakening niet vermeld'})"
