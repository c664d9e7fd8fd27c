"""What a map says in words: its title, what it shows to who does not see it, and where one region stands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from app.lezen.rijen import Indicator, Regio, Waarneming
from app.oordeel.echt import beside, has_examples
from app.oordeel.zinnen import (
    VERZONNEN,
    at_moment,
    decimals_of,
    figure,
    figure_with_unit,
    hidden_reason,
    interval_text,
)
from app.taal.opmaak import NIVEAU_ENKEL, NIVEAU_WOORD, hoofdletter, telling, waarde_tekst
from pipelines.afspraken.codelijsten import LAND, VERBORGEN, Status

SAMEN_HEEL = "De andere regio's zijn samen het cijfer van heel Nederland: hier is er geen."
NIETS_ELDERS = "is er geen: deze zijn samen het cijfer van heel Nederland"


def description(soort: str, indicator: Indicator, niveau: str, rijen: Sequence[Waarneming]) -> str:
    """Return a map in words; each shape says its own figure."""
    titel = title(indicator, rijen, None, niveau)
    voorbeeld = " VOORBEELD: er staan verzonnen cijfers op." if any(r.is_voorbeeld for r in rijen) else ""
    return f"{soort}. {titel}.{voorbeeld}"


def title(
    indicator: Indicator, rijen: Sequence[Waarneming], land: Waarneming | None, niveau: str, naam: str = "Nederland"
) -> str:
    """State between which real values the regions lie, and where the country stands; no region is named best."""
    waarden = [rij for rij in rijen if rij.waarde is not None]
    een = NIVEAU_ENKEL[niveau]
    areas = partial(telling, een=een, meer=NIVEAU_WOORD[niveau])
    if has_examples(waarden):
        return f"{indicator.titel} in {areas(len(waarden))}{VERZONNEN}"
    if not waarden:
        is_verborgen = any(rij.status in VERBORGEN for rij in rijen)
        waarom = "worden bij deze keuze niet getoond" if is_verborgen else "zijn er voor deze keuze niet"
        return f"{indicator.titel}: cijfers {waarom}"
    eenheid = indicator.eenheid
    nederland = f"; {naam} {figure(land, eenheid)} {at_moment(land)}" if land and land.waarde is not None else ""
    if len(waarden) == 1:
        zeker = " (indicatief)" if waarden[0].is_indicatief else ""
        return f"{indicator.titel}: één {een} heeft een cijfer, {figure(waarden[0], eenheid)}{zeker}{nederland}"
    # An uncertain figure is never put first or last.
    vast = [rij for rij in waarden if not rij.is_indicatief]
    onzeker = len(waarden) - len(vast)
    if not vast:
        return f"{indicator.titel}: alle {onzeker} cijfers zijn indicatief{nederland}"
    laag = min(vast, key=lambda rij: rij.waarde or 0)
    hoog = max(vast, key=lambda rij: rij.waarde or 0)
    nederland = (f"; bij {onzeker} indicatief" if onzeker else "") + nederland
    if len(vast) == 1:
        return f"{indicator.titel}: {figure(laag, eenheid)} in één {een}{nederland}"
    if figure(laag, eenheid) == figure(hoog, eenheid):
        return f"{indicator.titel}: {figure(laag, eenheid)} in alle {areas(len(vast))} met een cijfer{nederland}"
    van, tot = (waarde_tekst(rij.waarde or 0, eenheid, decimals_of([rij], eenheid)) for rij in (laag, hoog))
    return f"{indicator.titel}: van {van} tot {tot} in {areas(len(vast))}{nederland}"


def region_sentence(
    regio: Regio, rij: Waarneming | None, land: Waarneming | None, indicator: Indicator, naam: str = "Nederland"
) -> str:
    """Say where one region stands, beside the country; a difference is not called one without a test."""
    eenheid = indicator.eenheid
    if rij is not None and rij.is_voorbeeld:
        return f"Van {regio.naam} is er nog geen echt cijfer. Wat u hier ziet, is verzonnen (VOORBEELD)."
    if rij is None or rij.waarde is None:
        waarom = f" ({hidden_reason(rij, eenheid)})" if rij and rij.status != Status.ONTBREEKT else ""
        return f"Voor {regio.naam} is er in deze periode geen cijfer te zien{waarom}."
    wie = naam if regio.regio_code == LAND else regio.naam
    zin = f"{hoofdletter(indicator.titel)} in {wie} {at_moment(rij)}: {figure_with_unit(rij, eenheid)}"
    zeker = [
        "indicatief" if rij.is_indicatief else "",
        telling(rij.n, "antwoord", "antwoorden") if rij.n and rij.schatting else "",
        f"95%-interval {interval}" if (interval := interval_text(rij, eenheid)) else "",
    ]
    if any(zeker):
        zin += f" ({', '.join(filter(None, zeker))})"
    land = beside(rij, land)
    if land is not None and land.waarde is not None and eenheid in ("aandeel", "cijfer", "per_1000"):
        zin += f"; in {naam} {figure(land, eenheid)}"
    return f"{zin}."
