"""What belongs to one series, and when two figures of it may be compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.lezen.data import Trendbreuk, Verschil, Waarneming
from app.oordeel.verschillen import change_of
from pipelines.afspraken.codelijsten import LAND, TOONBAAR, TOTAAL, to_decimal


@dataclass(frozen=True)
class Verandering:
    """The change between two figures of one series; `twijfel` names a possible break between them."""

    van: Waarneming
    tot: Waarneming
    verschil: Decimal
    twijfel: Trendbreuk | None = None


@dataclass(frozen=True)
class GeenVerandering:
    """Why two figures may not be compared, in words for the reader."""

    reden: str


def select_series(
    rijen: Iterable[Waarneming],
    *,
    uitsplitsing: str | None = None,
    categorie: str = "",
    regio: str = LAND,
    branche: str = TOTAAL,
) -> tuple[Waarneming, ...]:
    """Return the figures of one series in order of time."""
    reeks = [
        rij
        for rij in rijen
        if rij.regio_code == regio
        and rij.branche_code == branche
        and rij.categorie == categorie
        and (uitsplitsing is None or rij.uitsplitsing == uitsplitsing)
    ]
    return tuple(sorted(reeks, key=lambda rij: (rij.eind, rij.begin)))


def main_breakdown(rijen: Sequence[Waarneming]) -> str | None:
    """Return the uitsplitsing to show first: newest figure, most figures, the widest group."""
    tellingen: dict[str, tuple[date, int]] = {}
    for rij in rijen:
        if rij.waarde is None:
            continue
        laatste, aantal = tellingen.get(rij.uitsplitsing, (date.min, 0))
        tellingen[rij.uitsplitsing] = (max(laatste, rij.eind), aantal + 1)
    return max(tellingen, key=lambda u: (*tellingen[u], u == "", -u.count(";"), u)) if tellingen else None


def latest(reeks: Sequence[Waarneming]) -> Waarneming | None:
    """Return the newest figure that has a value."""
    return next((rij for rij in reversed(reeks) if rij.waarde is not None), None)


def earlier_partner(reeks: Sequence[Waarneming], laatste: Waarneming) -> Waarneming | None:
    """Return the figure to compare with: the same quarter or month of an earlier year, else the one before."""
    eerder = [rij for rij in reeks if rij.eind < laatste.eind and rij.waarde is not None]
    if laatste.periode_soort in ("kwartaal", "maand"):
        eerder = [
            rij for rij in eerder if rij.periode_soort == laatste.periode_soort and rij.eind.month == laatste.eind.month
        ]
    else:
        eerder = [rij for rij in eerder if rij.periode_soort == laatste.periode_soort]
    return eerder[-1] if eerder else None


def breaks_between(van: Waarneming, tot: Waarneming, breuken: Iterable[Trendbreuk]) -> tuple[Trendbreuk, ...]:
    """Return the breaks that lie between two figures of one series."""
    return tuple(
        breuk
        for breuk in breuken
        if breuk.indicator_id == tot.indicator_id
        and breuk.regio_code in ("", tot.regio_code)
        and breuk.branche_code in ("", tot.branche_code)
        and breuk.uitsplitsing in ("", tot.uitsplitsing)
        and van.moment < breuk.datum <= tot.moment
    )


def change(
    van: Waarneming | None, tot: Waarneming, breuken: Iterable[Trendbreuk], getoetst: Sequence[Verschil] = ()
) -> Verandering | GeenVerandering:
    """Return the change between two figures, of a sample only where a test calls it one; or why there is none."""
    if van is None:
        return GeenVerandering("geen eerder cijfer")
    if van.waarde is None or tot.waarde is None or {van.status, tot.status} - set(TOONBAAR):
        return GeenVerandering("een van de twee cijfers ontbreekt")
    if (van.uitsplitsing, van.herkomst, van.schatting) != (tot.uitsplitsing, tot.herkomst, tot.schatting):
        return GeenVerandering("de twee cijfers zijn op een andere manier gemaakt")
    if van.is_steekproef or tot.is_steekproef:
        toets = change_of(getoetst, van, tot)
        if toets is None:
            return GeenVerandering("uit een steekproef, en zonder toets geen vergelijking")
        if toets.oordeel not in ("hoger", "lager"):
            return GeenVerandering("geen aantoonbaar verschil met de vorige meting")
    if van.is_voorlopig or tot.is_voorlopig:
        return GeenVerandering("voorlopig cijfer, daarom geen vergelijking")
    if "circa" in (van.precisie, tot.precisie) or "bereik" in (van.precisie, tot.precisie):
        return GeenVerandering("schatting in de bron, daarom geen vergelijking")
    ertussen = breaks_between(van, tot, breuken)
    zeker = [breuk for breuk in ertussen if breuk.zeker]
    if zeker:
        return GeenVerandering("trendbreuk, daarom geen vergelijking")
    verschil = to_decimal(tot.waarde) - to_decimal(van.waarde)
    return Verandering(van, tot, verschil, ertussen[0] if ertussen else None)


def segments(reeks: Sequence[Waarneming], breuken: Sequence[Trendbreuk]) -> list[int]:
    """Return, per figure, the number of the unbroken piece of line it belongs to."""
    nummers: list[int] = []
    vorige: Waarneming | None = None
    for rij in reeks:
        sluit_aan = (
            vorige is not None
            and vorige.waarde is not None
            and rij.waarde is not None
            and _follows(vorige, rij)
            and (vorige.uitsplitsing, vorige.herkomst) == (rij.uitsplitsing, rij.herkomst)
            and not breaks_between(vorige, rij, breuken)
        )
        nummers.append(nummers[-1] if sluit_aan else len(set(nummers)))
        vorige = rij
    return nummers


def _follows(vorige: Waarneming, rij: Waarneming) -> bool:
    """Whether the second period begins where the first one ended."""
    return vorige.periode_soort == rij.periode_soort and 0 <= (rij.begin - vorige.eind).days <= 1
