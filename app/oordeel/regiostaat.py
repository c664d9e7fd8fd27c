"""The state of the regions in one indicator: series, newest figure and change of each, and their roll-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.lezen.data import Indicator, Regio, Trendbreuk, Waarneming
from app.oordeel import zinnen
from app.oordeel.reeksen import Verandering, change, earlier_partner, latest, main_breakdown, select_series
from app.taal.opmaak import getal, opsomming, uitsplitsing_tekst, waarde_tekst
from pipelines.afspraken.codelijsten import LAND, TOTAAL, to_decimal

NIVEAU = "arbeidsmarktregio"
# As many names as fit in a sentence.
_HOOGSTENS = 4


@dataclass(frozen=True)
class Staat:
    """Everything shown of one region: its series, its newest figure, and the change where one may be computed."""

    regio: Regio
    reeks: tuple[Waarneming, ...]
    laatste: Waarneming | None
    stap: Verandering | None


@dataclass(frozen=True)
class Optelling:
    """One indicator: how many regions have a figure, how many employees work there, and what they are together."""

    indicator: Indicator
    reeks: str
    periode: str
    regios: int
    aanwezig: tuple[str, ...]
    ontbreekt: tuple[str, ...]
    aandeel_medewerkers: float | None
    samen: str
    nederland: str
    waarom: str
    rijen: tuple[Waarneming, ...]
    is_voorbeeld: bool


def collect(regios: Mapping[str, Regio], rijen: Sequence[Waarneming], breuken: Sequence[Trendbreuk]) -> list[Staat]:
    """Return the state of each region in one indicator, in code order; one series for all of them."""
    eigen = [r for r in rijen if r.niveau == NIVEAU and r.branche_code == TOTAAL and not r.categorie]
    uitsplitsing = main_breakdown(eigen)
    staten = []
    for code, regio in regios.items():
        if regio.niveau != NIVEAU:
            continue
        reeks = select_series(eigen, uitsplitsing=uitsplitsing or "", regio=code)
        laatste = latest(reeks)
        stap = change(earlier_partner(reeks, laatste), laatste, breuken) if laatste else None
        staten.append(Staat(regio, reeks, laatste, stap if isinstance(stap, Verandering) else None))
    return staten


def title(indicator: Indicator, staten: Sequence[Staat]) -> str:
    """State how many regions went which way, where that may be said; else how many have a figure."""
    met = [s for s in staten if s.laatste is not None]
    stappen = [s.stap for s in met if s.stap is not None and s.stap.twijfel is None]
    if not stappen:
        return f"{indicator.titel}: cijfers voor {len(met)} van de {len(staten)} regio's"
    hoger, lager = sum(s.verschil > 0 for s in stappen), sum(s.verschil < 0 for s in stappen)
    gelijk = len(stappen) - hoger - lager
    tellingen = ((hoger, "hoger"), (lager, "lager"), (gelijk, "gelijk"))
    delen = [f"in {aantal} regio's {woord}" for aantal, woord in tellingen if aantal]
    return f"{indicator.titel}: {opsomming(delen)} dan bij de vorige meting"


def roll_up(
    indicator: Indicator, staten: Sequence[Staat], land: Sequence[Waarneming], medewerkers: Mapping[str, float]
) -> Optelling | None:
    """Return what the regions are together in the newest period that any of them has a figure of.

    Ratios are sum over sum; what may not be added up (unique persons) is not, and a sum needs every region.
    """
    gevuld = [s.laatste for s in staten if s.laatste is not None]
    if not gevuld:
        return None
    nieuwste = max(gevuld, key=lambda r: r.eind)
    rijen = tuple(r for s in staten for r in s.reeks if r.periode == nieuwste.periode and r.waarde is not None)
    totaal = sum(medewerkers.values())
    gedekt = sum(medewerkers.get(r.regio_code, 0.0) for r in rijen) / totaal if totaal else None
    samen, waarom = _together(indicator, rijen, len(staten))
    in_land = [r for r in select_series(land, uitsplitsing=nieuwste.uitsplitsing) if r.periode == nieuwste.periode]
    nederland = zinnen.figure(in_land[0], indicator.eenheid) if in_land else "geen cijfer"
    voorbeeld = any(r.is_voorbeeld for r in (*rijen, *in_land[:1]))
    met = {r.regio_code for r in rijen}
    reeks = uitsplitsing_tekst(nieuwste.uitsplitsing)
    gesplitst = any(r.uitsplitsing and not r.is_prognose for r in land)
    return Optelling(
        indicator=indicator,
        reeks=reeks or ("alles samen" if gesplitst else ""),
        periode=nieuwste.periode_naam,
        regios=len(rijen),
        aanwezig=tuple(s.regio.naam for s in staten if s.regio.regio_code in met),
        ontbreekt=tuple(s.regio.naam for s in staten if s.regio.regio_code not in met),
        aandeel_medewerkers=gedekt,
        samen=samen,
        nederland=nederland,
        waarom=waarom,
        rijen=rijen,
        is_voorbeeld=voorbeeld,
    )


def _together(indicator: Indicator, rijen: Sequence[Waarneming], aantal: int) -> tuple[str, str]:
    is_verhouding = indicator.eenheid in ("aandeel", "cijfer", "per_1000", "uren")
    paren = [(r.teller, r.noemer) for r in rijen if r.teller is not None and r.noemer]
    if is_verhouding and (len(paren) < len(rijen) or not paren):
        return "", "Alleen percentages geleverd: zonder aantallen is er geen gemiddelde te maken."
    if not indicator.optelbaar:
        return "", "Niet op te tellen: een persoon kan in twee regio's meetellen. Nederland is apart geleverd."
    if is_verhouding:
        teller, noemer = (sum(to_decimal(float(deel or 0)) for deel in kolom) for kolom in zip(*paren, strict=True))
        waarde = float(to_decimal(float(teller)) / to_decimal(float(noemer)))
        return waarde_tekst(waarde, indicator.eenheid, zinnen.decimals_of(rijen, indicator.eenheid)), "" if len(
            rijen
        ) == aantal else "Alleen de regio's met cijfer."
    if len(rijen) < aantal:
        return "", f"Geen som: {_how_many(aantal - len(rijen))} geen cijfer."
    return getal(sum(to_decimal(r.waarde or 0.0) for r in rijen)), ""


def roll_up_title(optellingen: Sequence[Optelling]) -> str:
    """State for how many indicators the regions make up the country."""
    goed = sum(bool(o.samen) for o in optellingen)
    return f"Van {len(optellingen)} indicatoren zijn er {goed} op te tellen van regio's naar Nederland"


def roll_up_cover(optellingen: Sequence[Optelling]) -> str:
    """Say how many indicators have every region, and of the others which part of regions and employees they cover."""
    deels = [o for o in optellingen if o.ontbreekt]
    zin = f"Van {len(optellingen) - len(deels)} zijn er cijfers voor alle regio's, en dus voor alle medewerkers."
    if not deels:
        return zin
    delen = [f"{o.indicator.titel} ({_cover(o)})" for o in deels[:_HOOGSTENS]]
    if len(deels) > _HOOGSTENS:
        delen.append(f"nog {len(deels) - _HOOGSTENS} andere")
    return f"{zin} Niet overal een cijfer: {opsomming(delen)}."


def _cover(o: Optelling) -> str:
    alle = o.regios + len(o.ontbreekt)
    deel = o.aandeel_medewerkers
    wie = f", {waarde_tekst(deel, 'aandeel', 0)} van de medewerkers" if deel is not None else ""
    return f"{o.regios} van de {alle} regio's{wie}"


def _how_many(regios: int) -> str:
    return "1 regio heeft" if regios == 1 else f"{regios} regio's hebben"


def employees(rijen: Sequence[Waarneming]) -> dict[str, float]:
    """Return the employees per region, to weigh regions with: the newest denominators of the dekkingsgraad."""
    eigen = [r for r in rijen if r.niveau == NIVEAU and r.branche_code == TOTAAL and r.noemer]
    if not eigen:
        return {}
    nieuwste = max(r.eind for r in eigen)
    return {r.regio_code: float(r.noemer or 0) for r in eigen if r.eind == nieuwste and r.regio_code != LAND}
