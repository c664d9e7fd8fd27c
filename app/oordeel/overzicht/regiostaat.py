"""The state of the regions in one indicator: series, newest figure and change of each, and their roll-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.lezen import data
from app.lezen.catalogus import first_of
from app.lezen.onderwerp import regiogegevens
from app.lezen.rijen import Indicator, Kenmerk, Regio, Trendbreuk, Waarneming
from app.oordeel import benaming, zinnen
from app.oordeel.echt import has_examples
from app.oordeel.reeksen import Verandering, change, core_series, earlier_partner, latest, select_series
from app.taal.opmaak import getal, opsomming, telling, uitsplitsing_tekst, waarde_tekst
from pipelines.afspraken.codelijsten import LAND, TOTAAL, Niveau, Plek, Status, to_decimal

NIVEAU = Niveau.ARBEIDSMARKTREGIO
# As many names as fit in a sentence.
_HOOGSTENS = 4
_REGIOS = "regio's"
_VERHOUDINGEN = ("aandeel", "cijfer", "per_1000", "uren")
_ALLEEN = "Alleen de regio's met cijfer."


@dataclass(frozen=True)
class Staat:
    """Everything shown of one region: its series, its newest figure, and the change where one may be computed."""

    regio: Regio
    reeks: tuple[Waarneming, ...]
    laatste: Waarneming | None
    stap: Verandering | None
    # Whether there is nothing to count here, as the regions with a figure are together Nederland.
    is_nvt: bool = False

    @property
    def waarom_leeg(self) -> str:
        """Why it has no figure: nothing to count, hidden, too few, or not known."""
        if self.is_nvt:
            return Status.NVT.naam
        return zinnen.figure(self.reeks[-1], "") if self.reeks else Status.ONTBREEKT.naam


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
    # Whether the regions with a figure are together Nederland: the others then have none to deliver.
    is_heel: bool = False


def with_regions(merk: Kenmerk, voorbeeld: bool) -> list[str]:
    """Return the indicators with a figure per arbeidsmarktregio."""
    return [naam for naam, niveaus in data.niveaus_per_indicator(merk, voorbeeld).items() if NIVEAU in niveaus]


def first_choice(merk: Kenmerk, mogelijk: Sequence[str], voorbeeld: bool) -> str:
    """Return which of these indicators is shown first: that of the catalogue, else the one with most figures."""
    vol = data.vulling_per_indicator(merk, voorbeeld)
    return first_of(data.indicatoren(merk), Plek.KEUZE, mogelijk) or max(mogelijk, key=lambda naam: vol[naam])


def collect(
    regios: Mapping[str, Regio], rijen: Sequence[Waarneming], breuken: Sequence[Trendbreuk], *, is_kant: bool = False
) -> list[Staat]:
    """Return the state of each region in one indicator, in code order; one series for all of them.

    One side of a balance (`is_kant`) has no change by itself.
    """
    eigen = [r for r in rijen if r.niveau == NIVEAU and r.branche_code == TOTAAL and not r.categorie]
    staten = []
    for code, regio in regios.items():
        if regio.niveau != NIVEAU:
            continue
        reeks = core_series(eigen, NIVEAU, code)
        laatste = latest(reeks)
        stap = change(earlier_partner(reeks, laatste), laatste, breuken) if laatste and not is_kant else None
        staten.append(Staat(regio, reeks, laatste, stap if isinstance(stap, Verandering) else None))
    return staten


def told_apart(merk: Kenmerk, staten: Sequence[Staat]) -> list[Staat]:
    """Return the states, those that have nothing to count told apart from those of which nothing is known."""
    nieuwste = max((s.laatste for s in staten if s.laatste is not None), key=lambda r: r.eind, default=None)
    if not regiogegevens.is_whole(merk, nieuwste):
        return list(staten)
    return [
        replace(s, is_nvt=s.laatste is None and (not s.reeks or s.reeks[-1].status == Status.ONTBREEKT)) for s in staten
    ]


def title(indicator: Indicator, staten: Sequence[Staat]) -> str:
    """State how many regions went which way, where that may be said; else how many have a figure."""
    met = [s for s in staten if s.laatste is not None]
    wat = next((benaming.label(indicator, s.laatste) for s in met if s.laatste is not None), indicator.titel)
    if has_examples(s.laatste for s in met):
        return f"{wat} per regio{zinnen.VERZONNEN}"
    stappen = [s.stap for s in met if s.stap is not None and s.stap.twijfel is None]
    if not stappen:
        return f"{wat}: cijfers voor {len(met)} van de {len(staten)} regio's"
    # What is compared is of the same two periods for all: those that most regions have, the newest first.
    paren = [(s.tot.eind, s.van.eind, s.van.periode, s.tot.periode) for s in stappen]
    paar = max(set(paren), key=lambda p: (paren.count(p), p))
    gelijke = [s for s, eigen in zip(stappen, paren, strict=True) if eigen == paar]
    return f"{wat}: {zinnen.tally(gelijke, len(staten), _REGIOS)}"


def roll_up(
    indicator: Indicator, staten: Sequence[Staat], land: Sequence[Waarneming], medewerkers: Mapping[str, float]
) -> Optelling | None:
    """Return what the regions are together in the newest period that any of them has a real figure of.

    Ratios are sum over sum; what may not be added up (unique persons) is not, and a sum needs every region, or those
    that are together the figure of Nederland.
    """
    gevuld = [s.laatste for s in staten if s.laatste is not None]
    if not gevuld:
        return None
    nieuwste = max(gevuld, key=lambda r: r.eind)
    rijen = tuple(r for s in staten for r in s.reeks if r.periode == nieuwste.periode and r.waarde is not None)
    totaal = sum(medewerkers.values())
    gedekt = sum(medewerkers.get(r.regio_code, 0.0) for r in rijen) / totaal if totaal else None
    in_land = [r for r in select_series(land, uitsplitsing=nieuwste.uitsplitsing) if r.periode == nieuwste.periode]
    is_heel = len(rijen) == len(staten) or _is_country(indicator, rijen, in_land)
    samen, waarom = _together(indicator, rijen, len(staten), is_heel=is_heel)
    nederland = zinnen.figure(in_land[0], indicator.eenheid) if in_land else Status.ONTBREEKT.naam
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
        is_heel=is_heel,
    )


def _is_country(indicator: Indicator, rijen: Sequence[Waarneming], land: Sequence[Waarneming]) -> bool:
    """Whether these regions add up to the figure of the country."""
    if not land:
        return False
    if indicator.eenheid not in _VERHOUDINGEN:
        return sum(to_decimal(r.waarde or 0.0) for r in rijen) == to_decimal(land[0].waarde or 0.0)
    return bool(land[0].noemer) and all(
        sum(to_decimal(getattr(r, deel) or 0.0) for r in rijen) == to_decimal(getattr(land[0], deel) or 0.0)
        for deel in ("teller", "noemer")
    )


def _together(indicator: Indicator, rijen: Sequence[Waarneming], aantal: int, *, is_heel: bool) -> tuple[str, str]:
    is_verhouding = indicator.eenheid in _VERHOUDINGEN
    paren = [(r.teller, r.noemer) for r in rijen if r.teller is not None and r.noemer]
    if is_verhouding and (len(paren) < len(rijen) or not paren):
        return "", "Alleen percentages geleverd: zonder aantallen is er geen gemiddelde te maken."
    if not indicator.optelbaar:
        return "", "Niet op te tellen: een persoon kan in twee regio's meetellen. Nederland is apart geleverd."
    if is_verhouding:
        teller, noemer = (sum(to_decimal(float(deel or 0)) for deel in kolom) for kolom in zip(*paren, strict=True))
        waarde = float(to_decimal(float(teller)) / to_decimal(float(noemer)))
        tekst = waarde_tekst(waarde, indicator.eenheid, zinnen.decimals_of(rijen, indicator.eenheid))
        return tekst, _ALLEEN if len(rijen) < aantal and not is_heel else ""
    if not is_heel:
        return "", f"Geen som: {_how_many(aantal - len(rijen))} geen cijfer."
    return getal(sum(to_decimal(r.waarde or 0.0) for r in rijen)), ""


def roll_up_title(optellingen: Sequence[Optelling]) -> str:
    """State for how many indicators the regions make up the country."""
    goed = sum(bool(o.samen) and o.is_heel for o in optellingen)
    if len(optellingen) == 1:
        hoe = "op te tellen" if goed else "niet op te tellen"
        return f"De ene indicator met cijfers per regio is {hoe} van regio's naar Nederland"
    welke = "geen enkele" if not goed else f"er {goed}"
    begin = f"Van {len(optellingen)} indicatoren {'zijn' if goed > 1 else 'is'}"
    return f"{begin} {welke} op te tellen van regio's naar Nederland"


def roll_up_cover(optellingen: Sequence[Optelling]) -> str:
    """Say how many indicators have every region, and of the others which part of regions and employees they cover."""
    deels = [o for o in optellingen if not o.is_heel]
    samen = sum(bool(o.ontbreekt) for o in optellingen if o.is_heel)
    heel = len(optellingen) - len(deels) - samen
    begin = "Van geen enkele indicator" if not heel else f"Van {telling(heel, 'indicator', 'indicatoren')}"
    zin = f"{begin} zijn er cijfers voor alle regio's{', en dus voor alle medewerkers' if heel else ''}."
    if samen:
        bij = telling(samen, "indicator", "indicatoren")
        zin = f"Bij {bij} zijn de regio's met een cijfer samen heel Nederland.{f' {zin}' if heel else ''}"
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
    return telling(regios, "regio heeft", "regio's hebben")


def employees(rijen: Sequence[Waarneming]) -> dict[str, float]:
    """Return the employees per region, to weigh regions with: the newest denominators of the dekkingsgraad."""
    eigen = [r for r in rijen if r.niveau == NIVEAU and r.branche_code == TOTAAL and r.noemer]
    if not eigen:
        return {}
    nieuwste = max(r.eind for r in eigen)
    return {r.regio_code: float(r.noemer or 0) for r in eigen if r.eind == nieuwste and r.regio_code != LAND}
