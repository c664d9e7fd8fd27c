"""Sentences and titles in plain Dutch, computed from the figures and from nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from app.lezen.rijen import Branche, Indicator, Trendbreuk, Verschil, Waarneming
from app.oordeel.echt import has_examples
from app.oordeel.reeksen import Verandering, as_shown, change, earlier_partner, follows, latest
from app.taal.opmaak import (
    EENHEID_WOORD,
    RICHTING_WOORD,
    cijfer_tekst,
    datum,
    decimalen,
    hoofdletter,
    opsomming,
    periode_tekst,
    uitsplitsing_tekst,
    verouderd_tekst,
    waarde_tekst,
)
from app.taal.te_weinig import too_few_text
from app.taal.verandering import kaal_verschil, verschil_tekst
from pipelines.afspraken.codelijsten import TOTAAL, Status, round_half_up, to_decimal

GEWENST, NIET_GEWENST = "gewenste richting", "niet de gewenste richting"
_BINNEN_EEN_JAAR = ("kwartaal", "maand")
# What a title ends with when it stands above made-up figures; of those it says nothing else.
VERZONNEN = " (voorbeelddata)"


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


def bare_figure(rij: Waarneming, eenheid: str) -> str:
    """Write one figure where there is no room for the word that it is about."""
    if rij.waarde is not None and rij.waarde_tot is None and rij.precisie == "circa":
        return waarde_tekst(rij.waarde, eenheid)
    return figure(rij, eenheid)


def figure_with_unit(rij: Waarneming, eenheid: str) -> str:
    """Write one figure with its unit where the unit is not in the figure itself: 67.400 vacatures."""
    woord = {"personen": "personen", "vacatures": "vacatures", "per_1000": "per 1.000", "uren": "uur per week"}
    erbij = f" {woord[eenheid]}" if rij.waarde is not None and eenheid in woord else ""
    return f"{figure(rij, eenheid)}{erbij}"


def unit_of(rij: Waarneming, catalogus: Mapping[str, Indicator]) -> str:
    """Return the unit of one figure."""
    return unit_of_part(catalogus[rij.indicator_id].eenheid, rij.categorie)


def unit_of_part(eenheid: str, categorie: str) -> str:
    """Return the unit of a categorie of an indicator; the marks behind a mean are shares."""
    return "aandeel" if eenheid == "cijfer" and categorie else eenheid


def of_part(indicator: Indicator, categorie: str) -> Indicator:
    """Return the indicator in the unit of one categorie: what shows a single series needs no other."""
    return replace(indicator, eenheid=unit_of_part(indicator.eenheid, categorie))


def decimals_of(rijen: Iterable[Waarneming], eenheid: str) -> int:
    """Return how many decimals the most precise of these figures is written with (`decimalen.py`)."""
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
    return too_few_text(rij.n) if rij.status == Status.TE_WEINIG else figure(rij, eenheid)


def moment_text(rij: Waarneming) -> str:
    """Write when a figure was measured: its peildatum where it has one, else its period."""
    return datum(rij.peildatum) if rij.peildatum else rij.periode_naam


def at_moment(rij: Waarneming) -> str:
    """Write when a figure was measured, within a sentence: 'op 30 juni 2022', 'in 2019', 'in het 1e kwartaal 2023'."""
    return f"op {datum(rij.peildatum)}" if rij.peildatum else f"in {in_period(rij)}"


def old_text(rij: Waarneming) -> str:
    """Write how old a figure is that is past its rhythm; of a forecast that it is the forecast that is old."""
    tekst = verouderd_tekst(rij.verouderd)
    return tekst.replace("verouderd", "verouderde prognose", 1) if rij.is_prognose else tekst


def step_text(stap: Verandering, eenheid: str) -> str:
    """Write a change in its unit, between the two figures as they are shown: from 21,0% to 21,1% is 0,1."""
    cijfers = decimals_of([stap.van, stap.tot], eenheid)
    return verschil_tekst(as_shown(stap.van, stap.tot, eenheid, cijfers), eenheid, cijfers)


def short_step(stap: Verandering, eenheid: str) -> str:
    """Write a change without the name of its unit, for where there is room for a number only."""
    cijfers = decimals_of([stap.van, stap.tot], eenheid)
    tekst = kaal_verschil(as_shown(stap.van, stap.tot, eenheid, cijfers), eenheid, cijfers)
    return f"{'~' if stap.twijfel else ''}{tekst}" or "0"


def change_line(stap: Verandering, eenheid: str) -> str:
    """Write a change with what it is compared to: '+2 procentpunt sinds 1 augustus 2019'."""
    sinds = f"sinds {moment_text(stap.van) if stap.van.peildatum else in_period(stap.van)}"
    if stap.verschil == 0:
        return f"gelijk gebleven {sinds}"
    twijfel = " (mogelijke trendbreuk)" if stap.twijfel else ""
    return f"{step_text(stap, eenheid)} {sinds}{twijfel}"


def wanted(stap: Verandering, richting: str) -> str:
    """Say whether a change goes the way that is wanted; nothing where no direction is wanted."""
    if richting not in RICHTING_WOORD or stap.verschil == 0 or stap.twijfel:
        return ""
    is_goed = (stap.verschil > 0) == (richting == "hoger")
    return GEWENST if is_goed else NIET_GEWENST


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
    totaal = stappen.get(TOTAAL)
    if totaal is None:
        return "Dekkingsgraad per branche"
    van, tot = (f"{figure(r, 'aandeel')} {at_moment(r)}" for r in (totaal.van, totaal.tot))
    titel = f"Dekkingsgraad {'stijgt' if totaal.verschil > 0 else 'daalt'} van {van} naar {tot}"
    if not totaal.verschil:
        titel = f"Dekkingsgraad {tot}, even hoog als {at_moment(totaal.van)}"
    rest = {code: abs(s.verschil) for code, s in stappen.items() if code != TOTAAL}
    meest = [code for code, verschil in rest.items() if verschil and verschil == max(rest.values())]
    # Of two that changed as much, neither changed most.
    if len(meest) != 1:
        return f"{titel}{doubt_text(totaal)}"
    return f"{titel}{doubt_text(totaal)}; {_branch_part(stappen[meest[0]], branches[meest[0]].naam_kort.lower())}"


def _branch_part(stap: Verandering, naam: str) -> str:
    van, tot = stap.van.waarde, stap.tot.waarde
    if van and tot and round_half_up(to_decimal(tot) / to_decimal(van), 1) == Decimal("2.0"):
        return f"verdubbeld bij {naam}{doubt_text(stap)}"
    woord = "stijging" if stap.verschil > 0 else "daling"
    return f"de grootste {woord} bij {naam}, naar {figure(stap.tot, 'aandeel')}{doubt_text(stap)}"


def doubt_text(*stappen: Verandering) -> str:
    """Return what a title adds when a change may come from another way of counting."""
    return " (mogelijk door een trendbreuk)" if any(stap.twijfel and stap.verschil for stap in stappen) else ""


def trend_title(onderwerp: str, zin: str) -> str:
    """Return the title of a series: its subject, and what `trend_clause` says of it; of a made-up one that it is so."""
    return f"{onderwerp}: {zin}" if zin else f"{onderwerp}{VERZONNEN}"


def trend_clause(
    reeks: Sequence[Waarneming],
    eenheid: str,
    breuken: Sequence[Trendbreuk],
    getoetst: Sequence[Verschil] = (),
    *,
    is_kant: bool = False,
) -> str:
    """State how a real series moved lately, of a sample after a test; else its newest figure. Empty where made up.

    Of one side of a balance (`is_kant`) only the figure: that it rose or fell says nothing without the other side.
    """
    if has_examples(reeks):
        return ""
    laatste, stap = latest_change(reeks, breuken, getoetst)
    if laatste is None:
        return "nog geen cijfers"
    nu = figure(laatste, eenheid)
    if stap is None or is_kant:
        return f"{nu} in {in_period(laatste)}"
    toen, nu = (f"{figure(r, eenheid)} in {in_period(r)}" for r in (stap.van, laatste))
    if stap.verschil == 0:
        return f"{nu}, gelijk aan {in_period(stap.van)}"
    if not _has_neighbour(reeks, laatste):
        return f"{nu}, tegen {toen}{doubt_text(stap)}"
    woord = "stijging" if stap.verschil > 0 else "daling"
    return f"{woord} van {toen} naar {nu}{doubt_text(stap)}"


def _has_neighbour(reeks: Sequence[Waarneming], rij: Waarneming) -> bool:
    """Whether the period before is known too: of a lone quarter beside that of a year ago no course is known."""
    if rij.periode_soort not in _BINNEN_EEN_JAAR:
        return True
    return any(r.waarde is not None and follows(r, rij) for r in reeks)


def several_title(
    onderwerp: str, reeksen: Sequence[Sequence[Waarneming]], breuken: Sequence[Trendbreuk], wie: str = "opleidingen"
) -> str:
    """State how many of several series went up and down between two periods that are the same for all of them.

    Only real figures that are final count; the rest has no part in 'alle'.
    """
    stappen = _common_steps(reeksen, breuken)
    return f"{onderwerp}: {tally(stappen, len(reeksen), wie)}" if stappen else onderwerp


def several_scope(reeksen: Sequence[Sequence[Waarneming]], breuken: Sequence[Trendbreuk]) -> str:
    """Say which two periods the title of several series compares, and what is not in it; empty where none."""
    if not (stappen := _common_steps(reeksen, breuken)):
        return ""
    stap, zonder = stappen[0], len(reeksen) - len(stappen)
    is_later = any(r.eind > stap.tot.eind and r.waarde is not None for reeks in reeksen for r in reeks)
    later = "; latere cijfers zijn voorlopig of er niet voor alle" if is_later else ""
    rest = f" Van {zonder} van de {len(reeksen)} is er geen vergelijking." if zonder else ""
    return f"De titel vergelijkt {in_period(stap.van)} met {in_period(stap.tot)}{later}.{rest}"


def _common_steps(reeksen: Sequence[Sequence[Waarneming]], breuken: Sequence[Trendbreuk]) -> list[Verandering]:
    """Return the newest changes that lie between the same two periods; of real figures that are final."""
    vast = [[r for r in reeks if not r.is_voorlopig and not r.is_voorbeeld] for reeks in reeksen]
    stappen = [stap for reeks in vast if (stap := latest_change(reeks, breuken)[1]) is not None]
    laatste = max(stappen, key=lambda s: s.tot.eind, default=None)
    if laatste is None:
        return []
    return [s for s in stappen if (s.van.periode, s.tot.periode) == (laatste.van.periode, laatste.tot.periode)]


def tally(stappen: Sequence[Verandering], aantal: int, wie: str) -> str:
    """Say how many of so many went up, down or stayed, in which period and since which: 'in 2021 bij 2 van de 4 …'.

    The changes are all between the same two periods.
    """
    toen, nu = in_period(stappen[0].van), in_period(stappen[0].tot)
    tellingen = (
        (sum(s.verschil > 0 for s in stappen), "hoger dan"),
        (sum(s.verschil < 0 for s in stappen), "lager dan"),
        (sum(s.verschil == 0 for s in stappen), "gelijk aan"),
    )
    delen = [(n, woord) for n, woord in tellingen if n]
    if aantal == 1:
        return f"in {nu} {delen[0][1]} in {toen}{doubt_text(*stappen)}"
    if len(delen) == 1 and delen[0][0] == aantal:
        return f"in {nu} bij alle {aantal} {wie} {delen[0][1]} in {toen}{doubt_text(*stappen)}"
    woorden = [f"bij {n}{f' van de {aantal} {wie}' if not nummer else ''} {woord}"
               for nummer, (n, woord) in enumerate(delen)]  # fmt: skip
    return f"in {nu} {opsomming(woorden)} in {toen}{doubt_text(*stappen)}"


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
    eenheid = unit_text(indicator)
    eerste, laatste = min(rijen, key=lambda r: r.eind), max(rijen, key=lambda r: r.eind)
    van, tot = (periode_tekst(rij.periode_naam, rij.peildatum) for rij in (eerste, laatste))
    span = van if van == tot else f"{van} tot en met {tot}"
    zin = f"{hoofdletter(', '.join(filter(None, [eenheid, wat, span])))}."
    stap = latest_change(reeksen[0], breuken)[1] if vergelijkt and not indicator.balans else None
    return f"{zin} De titel vergelijkt {in_period(stap.van)} met {in_period(stap.tot)}." if stap else zin


def in_period(rij: Waarneming) -> str:
    """Write a period as it stands within a sentence: 'het 1e kwartaal 2023', '2021'."""
    return f"het {rij.periode_naam}" if rij.periode_soort == "kwartaal" else rij.periode_naam


def unit_text(indicator: Indicator) -> str:
    """Return the unit in words."""
    return EENHEID_WOORD.get(indicator.eenheid, indicator.eenheid)


def marked(titel: str, rijen: Iterable[Waarneming]) -> str:
    """Return a title that says so when it rests on made-up figures, or stands above them."""
    is_voorbeeld = any(rij.is_voorbeeld and rij.waarde is not None for rij in rijen)
    return titel if not is_voorbeeld or titel.endswith(VERZONNEN) else f"{titel}{VERZONNEN}"
