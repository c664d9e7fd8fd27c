"""What belongs to one series, and when two figures of it may be compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.lezen.rijen import Trendbreuk, Verschil, Waarneming
from app.oordeel.echt import REDEN, has_examples, only_real
from app.oordeel.verschillen import change_of
from app.taal.opmaak import decimalen, waarde_tekst
from pipelines.afspraken.codelijsten import (
    LAND,
    TOONBAAR,
    TOTAAL,
    Niveau,
    Toetsoordeel,
    round_half_up,
    to_decimal,
)

# Of these units a region and the country may stand side by side; numbers of persons may not.
VERGELIJKBAAR = ("aandeel", "cijfer", "per_1000", "procent")
# Kinds of period with a season, and how many go into a year: one is compared with the same one of another year.
PER_JAAR = {"kwartaal": 4, "maand": 12}
GEEN_EERDER = "geen eerder cijfer"


@dataclass(frozen=True)
class Verandering:
    """The change between two real figures of one series; `twijfel` names a possible break between them."""

    van: Waarneming
    tot: Waarneming
    verschil: Decimal
    twijfel: Trendbreuk | None = None

    def __post_init__(self) -> None:
        """Let no made-up figure through: every 'hoger', 'stijgt' and 'op koers' begins with a change."""
        only_real(self.van, self.tot)


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
    """Return the uitsplitsing to show first: that of the core series, else newest, most figures, the widest group."""
    kern = next((rij for rij in rijen if rij.is_kern and rij.waarde is not None), None)
    if kern is not None:
        return kern.uitsplitsing
    tellingen: dict[str, tuple[date, int]] = {}
    for rij in rijen:
        if rij.waarde is None:
            continue
        laatste, aantal = tellingen.get(rij.uitsplitsing, (date.min, 0))
        tellingen[rij.uitsplitsing] = (max(laatste, rij.eind), aantal + 1)
    return max(tellingen, key=lambda u: (*tellingen[u], u == "", -u.count(";"), u)) if tellingen else None


def core_series(
    rijen: Sequence[Waarneming], niveau: str = Niveau.LAND, regio: str = LAND, branche: str = TOTAAL
) -> tuple[Waarneming, ...]:
    """Return the figures of one area that are meant where no series is named; one uitsplitsing and kind of period.

    It is the series of the catalogue, for every area of a level the same. Where a level has no figure of that one, it
    is the series with the newest figures of the level: its name then belongs beside it.
    """
    van_niveau = [r for r in rijen if r.niveau == niveau and r.branche_code == TOTAAL and not r.categorie]
    gevuld = [r for r in van_niveau if r.waarde is not None] or van_niveau
    if not gevuld:
        return ()
    uitsplitsing = main_breakdown(gevuld) or ""
    eigen = [r for r in gevuld if r.uitsplitsing == uitsplitsing]
    toon = next((r for r in eigen if r.is_kern), None) or max(eigen or gevuld, key=lambda r: r.eind)
    reeks = select_series(rijen, uitsplitsing=uitsplitsing, regio=regio, branche=branche)
    return tuple(r for r in reeks if r.periode_soort == toon.periode_soort)


def latest(reeks: Sequence[Waarneming]) -> Waarneming | None:
    """Return the newest figure that has a value."""
    return next((rij for rij in reversed(reeks) if rij.waarde is not None), None)


def is_like(rij: Waarneming, ander: Waarneming) -> bool:
    """Return whether two figures are over the same part of a year: two years, or the same quarter or month."""
    if rij.periode_soort != ander.periode_soort:
        return False
    return rij.periode_soort not in PER_JAAR or rij.eind.month == ander.eind.month


def earlier_partner(reeks: Sequence[Waarneming], laatste: Waarneming) -> Waarneming | None:
    """Return the figure to compare with: the same quarter or month of an earlier year, else the one before."""
    eerder = [r for r in reeks if r.eind < laatste.eind and r.waarde is not None and is_like(r, laatste)]
    return eerder[-1] if eerder else None


def no_partner(reeks: Sequence[Waarneming], laatste: Waarneming) -> str:
    """Say why there is no figure to compare with: none at all, or none of the same quarter or month."""
    if not any(rij.eind < laatste.eind and rij.waarde is not None for rij in reeks):
        return GEEN_EERDER
    zelfde = {"kwartaal": "hetzelfde kwartaal", "maand": "dezelfde maand"}.get(laatste.periode_soort)
    return f"geen cijfer van {zelfde} in een eerder jaar" if zelfde else "geen eerder cijfer over zo'n periode"


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
        return GeenVerandering(REDEN if has_examples([tot]) else GEEN_EERDER)
    if reden := why_not(van, tot, change_of(getoetst, van, tot), "het eerdere cijfer"):
        return GeenVerandering(reden)
    if (van.uitsplitsing, van.herkomst, van.schatting) != (tot.uitsplitsing, tot.herkomst, tot.schatting):
        return GeenVerandering("de twee cijfers zijn op een andere manier gemaakt")
    ertussen = breaks_between(van, tot, breuken)
    zeker = [breuk for breuk in ertussen if breuk.zeker]
    if zeker:
        return GeenVerandering("trendbreuk, daarom geen vergelijking")
    verschil = Decimal(0) if _is_written_alike(van, tot) else to_decimal(tot.waarde or 0) - to_decimal(van.waarde or 0)
    return Verandering(van, tot, verschil, ertussen[0] if ertussen else None)


def why_not(van: Waarneming, tot: Waarneming, toets: Verschil | None = None, eerste: str = "het andere cijfer") -> str:
    """Say why the one figure may not be taken from the other, whatever the two are of; empty where it may.

    `eerste` is what the first of them is called.
    """
    if has_examples([van, tot]):
        return REDEN
    if van.waarde is None or tot.waarde is None or {van.status, tot.status} - set(TOONBAAR):
        return "een van de twee cijfers ontbreekt"
    if van.is_steekproef or tot.is_steekproef:
        if toets is None:
            return "uit een steekproef, en zonder toets geen vergelijking"
        if toets.oordeel not in (Toetsoordeel.HOGER, Toetsoordeel.LAGER):
            return "geen aantoonbaar verschil met de vorige meting"
    if van.is_voorlopig or tot.is_voorlopig:
        return "voorlopig cijfer, daarom geen vergelijking"
    ruw = _roughness(van, tot, eerste)
    return f"{ruw}, daarom geen vergelijking" if ruw else ""


def _roughness(van: Waarneming, tot: Waarneming, eerste: str) -> str:
    """Say what makes one of two figures too rough to compare; empty where both are exact or rounded."""
    grof = [r for r in (van, tot) if r.precisie == "bereik" or r.waarde_tot is not None]
    if grof:
        return "alleen een ondergrens" if grof[-1].waarde_tot is None else "een ondergrens en een bovengrens"
    if tot.precisie == "circa":
        return "schatting in de bron"
    return f"{eerste} is een schatting in de bron" if van.precisie == "circa" else ""


def as_shown(van: Waarneming, tot: Waarneming, eenheid: str, cijfers: int) -> Decimal:
    """Return the difference between two figures as they are shown with so many decimals: 21,1% less 21,0% is 0,1."""
    eerst, dan = (round_half_up(to_decimal(r.waarde or 0), places(cijfers, eenheid)) for r in (van, tot))
    return dan - eerst


def places(cijfers: int, eenheid: str) -> int:
    """Return with how many decimals a value is kept that is written with so many: a share is written times hundred."""
    return cijfers + 2 * (eenheid == "aandeel")


def _is_written_alike(van: Waarneming, tot: Waarneming) -> bool:
    """Whether two figures are the same as far as they are written: what is lost in rounding is no difference."""
    if not tot.eenheid or van.waarde is None or tot.waarde is None:
        return False
    bekend = [rij.decimalen for rij in (van, tot) if rij.decimalen is not None]
    cijfers = min(bekend) if bekend else decimalen([van.waarde, tot.waarde], tot.eenheid)
    return waarde_tekst(van.waarde, tot.eenheid, cijfers) == waarde_tekst(tot.waarde, tot.eenheid, cijfers)


def segments(reeks: Sequence[Waarneming], breuken: Sequence[Trendbreuk]) -> list[int]:
    """Return, per figure, the number of the unbroken piece of line it belongs to."""
    nummers: list[int] = []
    vorige: Waarneming | None = None
    # Two points of measurement are a slope, whatever lies between them in time.
    is_helling = sum(rij.waarde is not None for rij in reeks) == len(reeks) == 2
    for rij in reeks:
        sluit_aan = (
            vorige is not None
            and vorige.waarde is not None
            and rij.waarde is not None
            and (follows(vorige, rij) or (is_helling and vorige.periode_soort == rij.periode_soort))
            and (vorige.uitsplitsing, vorige.herkomst) == (rij.uitsplitsing, rij.herkomst)
            and not breaks_between(vorige, rij, breuken)
        )
        nummers.append(nummers[-1] if sluit_aan else len(set(nummers)))
        vorige = rij
    return nummers


def follows(vorige: Waarneming, rij: Waarneming) -> bool:
    """Whether the second period begins where the first one ended."""
    return vorige.periode_soort == rij.periode_soort and 0 <= (rij.begin - vorige.eind).days <= 1
