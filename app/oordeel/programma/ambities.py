"""Ambitions against what came of them, and actions beside the change that was observed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.lezen.onderwerp.plannen import Actie
from app.lezen.rijen import Doel, Indicator, Trendbreuk, Verschil, Waarneming
from app.oordeel import zinnen
from app.oordeel.echt import only_real
from app.oordeel.reeksen import PER_JAAR, GeenVerandering, Verandering, change, earlier_partner
from app.oordeel.verschillen import change_of
from app.taal.opmaak import datum, decimalen, waarde_tekst
from app.taal.verandering import verschil_tekst
from pipelines.afspraken.codelijsten import Toetsoordeel, round_half_up, to_decimal

OP_KOERS, ACHTER, GEHAALD, NIET_TE_ZEGGEN = "op koers", "achter", "gehaald", "niet te zeggen"
# A target is for a year; these are parts of one, in which a season may show.
AFGEROND = ("afgerond", "gestopt")
GEEN_OORZAAK = (
    "Wat is waargenomen, is niet hetzelfde als wat de actie heeft veroorzaakt: de verandering kan ook andere "
    "oorzaken hebben."
)


@dataclass(frozen=True)
class Ambitie:
    """One ambition with the newest figure that may be held against it; `verwacht` lies on the way to the target."""

    doel: Doel
    indicator: Indicator
    rij: Waarneming | None
    verwacht: Decimal | None
    oordeel: str
    reden: str

    def __post_init__(self) -> None:
        """Let no made-up figure through."""
        only_real(self.rij)


@dataclass(frozen=True)
class Actieregel:
    """One action with what was observed of its indicator since it started, or why that cannot be said."""

    actie: Actie
    indicator: Indicator | None
    waargenomen: Verandering | None
    reden: str
    is_te_laat: bool


def weigh(doel: Doel, indicator: Indicator, reeks: Sequence[Waarneming], breuken: Sequence[Trendbreuk]) -> Ambitie:
    """Hold the newest final figure of a series against a straight line from base to target.

    Where figures are rounded to whole percents the line is too; where a figure has an interval, the whole
    interval must lie on one side. Of quarters the four of a whole year must, for one may be a season.
    """
    rijen = _newest_year(reeks)
    if not rijen:
        return Ambitie(doel, indicator, None, None, NIET_TE_ZEGGEN, "er is geen cijfer van deze regio")
    rij = rijen[-1]
    if reden := _obstacle(doel, rij, breuken) or _season(rijen):
        return Ambitie(doel, indicator, rij, None, NIET_TE_ZEGGEN, reden)
    hoger = wants_more(doel, indicator)
    if hoger is None:
        return Ambitie(doel, indicator, rij, None, NIET_TE_ZEGGEN, "niet bekend is welke richting gewenst is")
    if all(_reaches(r, to_decimal(doel.doelwaarde), hoger) for r in rijen):
        return Ambitie(doel, indicator, rij, to_decimal(doel.doelwaarde), GEHAALD, "")
    verwacht = expected(doel, rij.eind.year)
    if verwacht is None:
        reden = "er is geen nulwaarde, dus geen tussenstand om mee te vergelijken"
        return Ambitie(doel, indicator, rij, None, NIET_TE_ZEGGEN, reden)
    if indicator.vertrouwelijk and indicator.eenheid == "aandeel":
        verwacht = round_half_up(verwacht, 2)
    if all(_reaches(r, verwacht, hoger) for r in rijen):
        return Ambitie(doel, indicator, rij, verwacht, OP_KOERS, "")
    if all(_misses(r, verwacht, hoger) for r in rijen):
        return Ambitie(doel, indicator, rij, verwacht, ACHTER, "")
    reden = (
        "het verschil valt binnen de onzekerheid"
        if len(rijen) == 1
        else "het laatste jaar ligt het cijfer soms aan de ene en soms aan de andere kant van de lijn"
    )
    return Ambitie(doel, indicator, rij, verwacht, NIET_TE_ZEGGEN, reden)


def _newest_year(reeks: Sequence[Waarneming]) -> list[Waarneming]:
    """Return the newest final figure of a whole year; else the newest quarters or months, as many as a year has."""
    definitief = [r for r in reeks if r.waarde is not None and not r.is_voorlopig]
    hele = [r for r in definitief if r.periode_soort not in PER_JAAR]
    if hele or not definitief:
        return hele[-1:]
    soort = definitief[-1].periode_soort
    return [r for r in definitief if r.periode_soort == soort][-PER_JAAR[soort] :]


def _season(rijen: Sequence[Waarneming]) -> str:
    """Say why quarters or months are no year; empty where they are one, or where it is a figure of a year."""
    soort = rijen[-1].periode_soort
    dagen = (rijen[-1].eind - rijen[0].begin).days + 1
    if soort not in PER_JAAR or (len(rijen) == PER_JAAR[soort] and dagen in (365, 366)):
        return ""
    return f"een {soort} zegt te weinig over een heel jaar, en niet van elk {soort} van een jaar is er een"


def expected(doel: Doel, jaar: int) -> Decimal | None:
    """Return where the figure should be in this year on a straight line from base to target."""
    if jaar >= doel.doeljaar:
        return to_decimal(doel.doelwaarde)
    if doel.nulwaarde is None:
        return None
    return path_value(doel, jaar)


def path_value(doel: Doel, jaar: int) -> Decimal:
    """Return where the straight line from baseline to ambition lies in a year; after its end the ambition itself."""
    nul, eind = to_decimal(doel.nulwaarde or 0.0), to_decimal(doel.doelwaarde)
    if jaar >= doel.doeljaar:
        return eind
    deel = Decimal(jaar - doel.nuljaar) / Decimal(doel.doeljaar - doel.nuljaar)
    return round_half_up(nul + (eind - nul) * deel, 6)


def _obstacle(doel: Doel, rij: Waarneming, breuken: Sequence[Trendbreuk]) -> str:
    """Say why a figure may not be held against an ambition; empty where it may."""
    if rij.eind.year <= doel.nuljaar:
        return f"er is nog geen cijfer van na {doel.nuljaar}"
    if rij.waarde_tot is not None or rij.precisie == "bereik":
        grenzen = "alleen een ondergrens" if rij.waarde_tot is None else "een ondergrens en een bovengrens"
        return f"de bron geeft {grenzen}, en geen cijfer"
    if rij.precisie == "circa":
        return "het cijfer is een schatting in de bron"
    # A break in the base year itself may lie before or after the base value was taken.
    if any(date(doel.nuljaar, 1, 1) < b.datum <= rij.moment for b in _breaks_of(rij, breuken)):
        return f"er zit een trendbreuk tussen {doel.nuljaar} en {zinnen.moment_text(rij)}"
    return ""


def _breaks_of(rij: Waarneming, breuken: Sequence[Trendbreuk]) -> list[Trendbreuk]:
    return [
        b
        for b in breuken
        if b.indicator_id == rij.indicator_id
        and b.regio_code in ("", rij.regio_code)
        and b.branche_code in ("", rij.branche_code)
        and b.uitsplitsing in ("", rij.uitsplitsing)
    ]


def wants_more(doel: Doel, indicator: Indicator) -> bool | None:
    """Return whether more is meant to come of it; None where that is not known."""
    if doel.nulwaarde is not None and doel.nulwaarde != doel.doelwaarde:
        return doel.doelwaarde > doel.nulwaarde
    return {"hoger": True, "lager": False}.get(indicator.richting)


def _reaches(rij: Waarneming, grens: Decimal, hoger: bool) -> bool:
    zwakste = rij.onder if hoger else rij.boven
    waarde = to_decimal(rij.waarde if zwakste is None else zwakste)  # type: ignore[arg-type]
    return waarde >= grens if hoger else waarde <= grens


def _misses(rij: Waarneming, grens: Decimal, hoger: bool) -> bool:
    sterkste = rij.boven if hoger else rij.onder
    waarde = to_decimal(rij.waarde if sterkste is None else sterkste)  # type: ignore[arg-type]
    return waarde < grens if hoger else waarde > grens


def follow(
    actie: Actie,
    indicator: Indicator | None,
    reeks: Sequence[Waarneming],
    breuken: Sequence[Trendbreuk],
    verschillen: Sequence[Verschil],
    dag: date,
) -> Actieregel:
    """Put beside an action what was observed from before its start until now, as seen on this day."""
    te_laat = actie.eind is not None and actie.eind < dag and actie.status not in AFGEROND
    if indicator is None:
        return Actieregel(actie, None, None, "bij deze actie is geen indicator genoemd", te_laat)
    uitkomst = _observed(actie, reeks, breuken, verschillen)
    stap = uitkomst if isinstance(uitkomst, Verandering) else None
    return Actieregel(actie, indicator, stap, getattr(uitkomst, "reden", ""), te_laat)


def _observed(
    actie: Actie, reeks: Sequence[Waarneming], breuken: Sequence[Trendbreuk], verschillen: Sequence[Verschil]
) -> Verandering | GeenVerandering:
    met_waarde = [r for r in reeks if r.waarde is not None]
    if not met_waarde:
        return GeenVerandering("er is geen cijfer van deze regio")
    if actie.start is None:
        return GeenVerandering("de actie heeft geen begindatum")
    later = [r for r in met_waarde if r.moment > actie.start]
    if not later:
        return GeenVerandering("er is nog geen cijfer van na de start")
    soort = later[-1].periode_soort
    eerder = [r for r in met_waarde if r.moment <= actie.start and r.periode_soort == soort]
    if not eerder:
        return GeenVerandering("er is geen cijfer van vóór de start")
    # A quarter is compared with the same quarter of an earlier year.
    van = earlier_partner([*eerder, later[-1]], later[-1])
    uitkomst = change(van, later[-1], breuken, verschillen)
    if isinstance(uitkomst, Verandering) and not is_counted(uitkomst.tot):
        return tested_change(uitkomst, verschillen)
    return uitkomst


def is_counted(rij: Waarneming) -> bool:
    """Whether a figure is a count, not an estimate from a sample."""
    return not rij.schatting and rij.onder is None and rij.boven is None


def tested_change(stap: Verandering, verschillen: Sequence[Verschil]) -> Verandering | GeenVerandering:
    """Return a change in a survey only when a test calls it one."""
    toets = change_of(verschillen, stap.van, stap.tot)
    if toets is None:
        return GeenVerandering("een verschil in een enquête noemen we pas na een toets; die is er niet")
    if toets.oordeel not in (Toetsoordeel.HOGER, Toetsoordeel.LAGER):
        return GeenVerandering("het verschil valt binnen de onzekerheid van de enquête")
    return stap


def value_text(waarde: float | Decimal | None, indicator: Indicator) -> str:
    """Write a base, target or expected value in the unit of its indicator."""
    if waarde is None:
        return "niet vastgelegd"
    getal = float(waarde)
    cijfers = max(decimalen([getal], indicator.eenheid), 0)
    return waarde_tekst(getal, indicator.eenheid, cijfers)


def effect_text(effect: float, indicator: Indicator) -> str:
    """Write an expected effect with its sign, in the unit of its indicator."""
    return verschil_tekst(to_decimal(effect), indicator.eenheid, decimalen([effect], indicator.eenheid))


def due_text(regel: Actieregel) -> str:
    """Write when an action is due, and whether that day has passed."""
    wanneer = datum(regel.actie.eind) or "geen einddatum"
    return f"{wanneer} (verlopen)" if regel.is_te_laat else wanneer
