"""Sentences and titles in plain Dutch, computed from the figures and from nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from app.lezen.data import Branche, Indicator, Regio, Trendbreuk, Verschil, Waarneming
from app.oordeel.enquete import too_few_text
from app.oordeel.reeksen import Verandering, change, earlier_partner, latest
from app.taal.opmaak import (
    EENHEID_WOORD,
    RICHTING_WOORD,
    cijfer_tekst,
    datum,
    decimalen,
    hoofdletter,
    periode_tekst,
    uitsplitsing_tekst,
    verschil_tekst,
    waarde_tekst,
)
from pipelines.afspraken.codelijsten import round_half_up, to_decimal


def figure(rij: Waarneming, eenheid: str) -> str:
    """Write one figure as a reader should take it, with the decimals that it has everywhere."""
    return cijfer_tekst(
        rij.waarde,
        eenheid,
        rij.status,
        waarde_tot=rij.waarde_tot,
        precisie=rij.precisie,
        cijfers=decimals_of([rij], eenheid),
    )


def figure_with_unit(rij: Waarneming, eenheid: str) -> str:
    """Write one figure with its unit where the unit is not in the figure itself: 67.400 vacatures."""
    tekst = figure(rij, eenheid)
    if rij.waarde is None:
        return tekst
    woord = {"personen": "personen", "vacatures": "vacatures", "per_1000": "per 1.000", "uren": "uur per week"}
    return f"{tekst} {woord[eenheid]}" if eenheid in woord else tekst


def unit_of(rij: Waarneming, catalogus: Mapping[str, Indicator]) -> str:
    """Return the unit of one figure."""
    return unit_of_part(catalogus[rij.indicator_id].eenheid, rij.categorie)


def unit_of_part(eenheid: str, categorie: str) -> str:
    """Return the unit of a categorie of an indicator; the marks behind a mean are shares."""
    return "aandeel" if eenheid == "cijfer" and categorie else eenheid


def decimals_of(rijen: Iterable[Waarneming], eenheid: str) -> int:
    """Return how many decimals the most precise of these figures is written with, see app/lezen/decimalen.py."""
    return max((_decimals(rij, eenheid) for rij in rijen if rij.waarde is not None), default=0)


def _decimals(rij: Waarneming, eenheid: str) -> int:
    if rij.decimalen is not None:
        return rij.decimalen
    return 0 if eenheid == "aandeel" and rij.schatting else decimalen([rij.waarde], eenheid)


def interval_text(rij: Waarneming, eenheid: str) -> str:
    """Write the 95 % interval of a figure; empty where it has none."""
    if rij.waarde is None or rij.onder is None or rij.boven is None:
        return ""
    cijfers = decimals_of([rij], eenheid)
    onder, boven = (waarde_tekst(grens, eenheid, cijfers) for grens in (rij.onder, rij.boven))
    return f"{onder} tot {boven}"


def hidden_reason(rij: Waarneming, eenheid: str) -> str:
    """Say why a figure is not there; of a survey, how many answers it has and needs."""
    return too_few_text(rij.n) if rij.status == "te_weinig" else figure(rij, eenheid)


def moment_text(rij: Waarneming) -> str:
    """Write when a figure was measured: its peildatum where it has one, else its period."""
    return datum(rij.peildatum) if rij.peildatum else rij.periode_naam


def step_text(stap: Verandering, eenheid: str) -> str:
    """Write a change in its unit, with as many decimals as the two figures have."""
    cijfers = decimals_of([stap.van, stap.tot], eenheid)
    return verschil_tekst(stap.verschil, eenheid, cijfers)


def short_step(stap: Verandering, eenheid: str) -> str:
    """Write a change without the name of its unit, for where there is room for a number only."""
    return f"{'~' if stap.twijfel else ''}{step_text(stap, eenheid).removesuffix(' procentpunt')}" or "0"


def change_line(stap: Verandering, eenheid: str) -> str:
    """Write a change with what it is compared to: '+2 procentpunt sinds 1 augustus 2019'."""
    sinds = f"sinds {moment_text(stap.van)}"
    if stap.verschil == 0:
        return f"gelijk gebleven {sinds}"
    twijfel = " (mogelijke trendbreuk)" if stap.twijfel else ""
    return f"{step_text(stap, eenheid)} {sinds}{twijfel}"


def wanted(stap: Verandering, richting: str) -> str:
    """Say whether a change goes the way that is wanted; nothing where no direction is wanted."""
    if richting not in RICHTING_WOORD or stap.verschil == 0 or stap.twijfel:
        return ""
    is_goed = (stap.verschil > 0) == (richting == "hoger")
    return "gewenste richting" if is_goed else "niet de gewenste richting"


def latest_change(
    reeks: Sequence[Waarneming], breuken: Sequence[Trendbreuk], getoetst: Sequence[Verschil] = ()
) -> tuple[Waarneming | None, Verandering | None]:
    """Return the newest figure of a series, and its change since the one before where one may be computed."""
    laatste = latest(reeks)
    if laatste is None:
        return None, None
    stap = change(earlier_partner(reeks, laatste), laatste, breuken, getoetst)
    return laatste, stap if isinstance(stap, Verandering) else None


def coverage_title(stappen: Mapping[str, Verandering], branches: Mapping[str, Branche]) -> str:
    """State what happened to the dekkingsgraad, and which branch changed most among the comparable ones."""
    totaal = stappen.get("TOTAAL")
    if totaal is None:
        return "Dekkingsgraad per branche"
    werkwoord = "stijgt" if totaal.verschil > 0 else "daalt" if totaal.verschil < 0 else "blijft"
    van, tot = figure(totaal.van, "aandeel"), figure(totaal.tot, "aandeel")
    titel = f"Dekkingsgraad {werkwoord} van {van} naar {tot}" if totaal.verschil else f"Dekkingsgraad blijft {tot}"
    rest = [(abs(s.verschil), code) for code, s in stappen.items() if code != "TOTAAL"]
    if not rest or max(rest)[0] == 0:
        return f"{titel}{doubt_text(totaal)}"
    code = max(rest)[1]
    return f"{titel}{doubt_text(totaal)}; {_branch_part(stappen[code], branches[code].naam_kort.lower())}"


def _branch_part(stap: Verandering, naam: str) -> str:
    van, tot = stap.van.waarde, stap.tot.waarde
    if van and tot and round_half_up(to_decimal(tot) / to_decimal(van), 1) == Decimal("2.0"):
        return f"{naam} verdubbelt{doubt_text(stap)}"
    werkwoord = "stijgt" if stap.verschil > 0 else "daalt"
    return f"{naam} {werkwoord} het meest, naar {figure(stap.tot, 'aandeel')}{doubt_text(stap)}"


def doubt_text(*stappen: Verandering) -> str:
    """Return what a title adds when a change may come from another way of counting."""
    return " (mogelijk door een trendbreuk)" if any(stap.twijfel and stap.verschil for stap in stappen) else ""


def trend_title(
    onderwerp: str,
    reeks: Sequence[Waarneming],
    eenheid: str,
    breuken: Sequence[Trendbreuk],
    getoetst: Sequence[Verschil] = (),
) -> str:
    """State how a series moved lately, of a sample after a test; else its newest figure."""
    laatste, stap = latest_change(reeks, breuken, getoetst)
    if laatste is None:
        return f"{onderwerp}: nog geen cijfers"
    nu = figure(laatste, eenheid)
    if stap is None:
        return f"{onderwerp}: {nu} in {_in_period(laatste)}"
    van = figure(stap.van, eenheid)
    if stap.verschil == 0:
        return f"{onderwerp}: onveranderd {nu}"
    woord = "stijging" if stap.verschil > 0 else "daling"
    return f"{onderwerp}: {woord} van {van} naar {nu}{doubt_text(stap)}"


def several_title(onderwerp: str, reeksen: Sequence[Sequence[Waarneming]], breuken: Sequence[Trendbreuk]) -> str:
    """State how many of several series went up and down, up to the newest figures that are final."""
    definitief = [[r for r in reeks if not r.is_voorlopig] for reeks in reeksen]
    stappen = [stap for reeks in definitief if (stap := latest_change(reeks, breuken)[1]) is not None]
    if not stappen:
        return onderwerp
    laatste = max(stappen, key=lambda s: s.tot.eind).tot
    stappen = [stap for stap in stappen if stap.tot.periode == laatste.periode]
    omhoog, omlaag = sum(s.verschil > 0 for s in stappen), sum(s.verschil < 0 for s in stappen)
    if max(omhoog, omlaag) == len(stappen) > 1:
        woord = "hoger" if omhoog else "lager"
        wie = f"bij alle {len(stappen)} opleidingen {woord} dan een jaar eerder"
        return f"{onderwerp}: in {laatste.periode_naam} {wie}{doubt_text(*stappen)}"
    delen = [f"bij {omhoog} hoger" if omhoog else "", f"bij {omlaag} lager" if omlaag else ""]
    uitkomst = " en ".join(filter(None, delen)) or "nergens anders"
    return f"{onderwerp}: in {laatste.periode_naam} {uitkomst} dan een jaar eerder{doubt_text(*stappen)}"


def scope_text(
    indicator: Indicator,
    reeksen: Sequence[Sequence[Waarneming]],
    breuken: Sequence[Trendbreuk] = (),
    *,
    vergelijkt: bool = False,
) -> str:
    """Return unit, breakdown, time span and what the title compares, in one or two lines."""
    rijen = [rij for reeks in reeksen for rij in reeks]
    soorten = {rij.uitsplitsing for rij in rijen}
    wat = uitsplitsing_tekst(soorten.pop()) if len(soorten) == 1 else ""
    eenheid = EENHEID_WOORD.get(indicator.eenheid, indicator.eenheid)
    eerste, laatste = min(rijen, key=lambda r: r.eind), max(rijen, key=lambda r: r.eind)
    van, tot = (periode_tekst(rij.periode_naam, rij.peildatum) for rij in (eerste, laatste))
    span = van if van == tot else f"{van} tot en met {tot}"
    zin = f"{hoofdletter(', '.join(filter(None, [eenheid, wat, span])))}."
    stap = latest_change(reeksen[0], breuken)[1] if vergelijkt else None
    return f"{zin} De titel vergelijkt {stap.van.periode_naam} met {stap.tot.periode_naam}." if stap else zin


def _in_period(rij: Waarneming) -> str:
    return f"het {rij.periode_naam}" if rij.periode_soort == "kwartaal" else rij.periode_naam


def map_title(indicator: Indicator, rijen: Sequence[Waarneming], land: Waarneming | None, gebieden: str) -> str:
    """State between which values the regions lie, and where the country stands; no region is named best."""
    waarden = [rij for rij in rijen if rij.waarde is not None]
    if not waarden:
        is_verborgen = any(rij.status in ("onderdrukt", "te_weinig") for rij in rijen)
        waarom = "worden bij deze keuze niet getoond" if is_verborgen else "zijn er voor deze keuze niet"
        return f"{indicator.titel}: cijfers {waarom}"
    eenheid = indicator.eenheid
    nederland = f"; Nederland {figure(land, eenheid)}" if land and land.waarde is not None else ""
    if len(waarden) == 1:
        return f"{indicator.titel}: één regio heeft een cijfer, {figure(waarden[0], eenheid)}{nederland}"
    # An uncertain figure is never put first or last.
    vast = [rij for rij in waarden if rij.status != "indicatief"]
    onzeker = len(waarden) - len(vast)
    if not vast:
        return f"{indicator.titel}: alle {onzeker} cijfers zijn indicatief{nederland}"
    laag = min(vast, key=lambda rij: rij.waarde or 0)
    hoog = max(vast, key=lambda rij: rij.waarde or 0)
    nederland = (f"; bij {onzeker} indicatief" if onzeker else "") + nederland
    if len(vast) == 1:
        return f"{indicator.titel}: {figure(laag, eenheid)} in één regio{nederland}"
    if laag.waarde == hoog.waarde:
        waar = f"in {len(vast)} {gebieden}" if onzeker else "overal"
        return f"{indicator.titel} is {waar} {figure(laag, eenheid)}{nederland}"
    van, tot = (waarde_tekst(rij.waarde or 0, eenheid, decimals_of([rij], eenheid)) for rij in (laag, hoog))
    return f"{indicator.titel}: van {van} tot {tot} in {len(vast)} {gebieden}{nederland}"


def marked(titel: str, rijen: Iterable[Waarneming]) -> str:
    """Return a title that says so when it rests on made-up figures, or stands above them."""
    achter = " (voorbeelddata)"
    is_voorbeeld = any(rij.is_voorbeeld and rij.waarde is not None for rij in rijen)
    return titel if not is_voorbeeld or titel.endswith(achter) else f"{titel}{achter}"


def region_sentence(regio: Regio, rij: Waarneming | None, land: Waarneming | None, indicator: Indicator) -> str:
    """Say where one region stands, beside the country; a difference is not called one without a test."""
    eenheid = indicator.eenheid
    if rij is None or rij.waarde is None:
        waarom = hidden_reason(rij, eenheid) if rij else "geen cijfer"
        return f"Voor {regio.naam} is er in deze periode geen cijfer te zien ({waarom})."
    zin = f"{hoofdletter(indicator.titel)} in {regio.naam}: {figure_with_unit(rij, eenheid)}"
    zeker = [
        "indicatief" if rij.status == "indicatief" else "",
        f"{rij.n} antwoorden" if rij.n and rij.schatting else "",
        f"95%-interval {interval}" if (interval := interval_text(rij, eenheid)) else "",
    ]
    if any(zeker):
        zin += f" ({', '.join(filter(None, zeker))})"
    if land is not None and land.waarde is not None and eenheid in ("aandeel", "cijfer", "per_1000"):
        zin += f"; in Nederland {figure(land, eenheid)}"
    return f"{zin}."
