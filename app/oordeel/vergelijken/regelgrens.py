"""Whether the newest change of a series is more than it usually changes in a year: control limits over time.

Of shares and other ratios, each quarter beside the same quarter of the year before, from published figures as they are
shown. The usual change is the root mean square of the earlier ones, with the quantile of Student's t for their number.
A moving range, which control charts commonly take, says too often that something happened where quarters resemble
each other; see docs/methoden/regelgrenzen.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from statistics import NormalDist

from app.lezen.rijen import Trendbreuk, Waarneming
from app.oordeel import zinnen
from app.oordeel.reeksen import PER_JAAR, VERGELIJKBAAR, Verandering, change, follows, places
from app.taal.opmaak import hoofdletter
from app.taal.verandering import omvang_tekst, verschil_tekst
from pipelines.afspraken.codelijsten import round_half_up, to_decimal

MINSTE_PUNTEN = 12
# With fewer changes before the newest, what is usual is not known.
_MINSTE_EERDER = 7
# How often a change as large as this is seen where nothing is the matter.
_KANS = 0.01
_PER_JAAR = PER_JAAR | {"jaar": 1, "schooljaar": 1}
_MEERVOUD = {"maand": "maanden", "kwartaal": "kwartalen", "jaar": "jaren", "schooljaar": "schooljaren"}
# From so many figures on a reader sees a course.
_VERLOOP = 3


@dataclass(frozen=True)
class Regelgrens:
    """The newest change, in the unit of the series, and the most that it usually changes in a year."""

    verschil: Decimal
    hoogstens: Decimal

    @property
    def is_buiten(self) -> bool:
        """Whether the newest change is more than usual."""
        return abs(self.verschil) > self.hoogstens


@dataclass(frozen=True)
class Grensvlak:
    """Where the newest figure usually lies, seen from the one a year before: what the verdict looks like in a chart."""

    toen: Waarneming
    nu: Waarneming
    grens: Regelgrens
    # In the unit of the figures themselves, as they are shown.
    midden: float
    hoogstens: float
    uitleg: str


def unbroken(reeks: Sequence[Waarneming], breuken: Sequence[Trendbreuk]) -> tuple[Waarneming, ...]:
    """Return the figures without a gap or a break, perhaps one, ending with the newest final one; of no sample."""
    rest = list(reeks)
    while rest and (rest[-1].waarde is None or rest[-1].is_voorlopig):
        rest.pop()
    if not rest or rest[-1].is_voorbeeld or rest[-1].is_steekproef or rest[-1].is_prognose:
        return ()
    uit = [rest.pop()]
    while rest and follows(rest[-1], uit[0]):
        stap = change(rest[-1], uit[0], breuken)
        if not isinstance(stap, Verandering) or stap.twijfel:
            break
        uit.insert(0, rest.pop())
    return tuple(uit)


def needed(soort: str) -> int:
    """Return how many figures in a row a verdict takes."""
    return max(MINSTE_PUNTEN, _PER_JAAR[soort] + _MINSTE_EERDER + 1)


def limit(waarden: Sequence[Decimal], per_jaar: int, stap: Decimal) -> Regelgrens:
    """Return the newest change over a year and its limit, rounded up; `stap` is what these figures are rounded to.

    What rounding alone does to a difference is the least that it can change.
    """
    *eerder, nieuwste = (nu - toen for toen, nu in zip(waarden, waarden[per_jaar:], strict=False))
    kwadraat = max(sum((v * v for v in eerder), Decimal(0)) / len(eerder), stap * stap / 6)
    grens = to_decimal(t_quantile(len(eerder))) * kwadraat.sqrt()
    return Regelgrens(nieuwste, grens.quantize(stap, ROUND_CEILING))


def t_quantile(vrijheid: int, kans: float = _KANS) -> float:
    """Return the two-sided quantile of Student's t, to 0.3 % from seven degrees of freedom on.

    Source: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.7.5.
    """
    z = NormalDist().inv_cdf(1 - kans / 2)
    termen: tuple[float, ...] = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return z + sum(term / float(vrijheid**macht) for macht, term in enumerate(termen, 1))


def area(reeks: Sequence[Waarneming], eenheid: str, breuken: Sequence[Trendbreuk]) -> Grensvlak | None:
    """Return where the newest figure usually lies; nothing where nothing may be said, or the series is too short."""
    rij = _judged(reeks, eenheid, breuken)
    if not rij or len(rij) < needed(rij[-1].periode_soort):
        return None
    per_jaar, cijfers = _PER_JAAR[rij[-1].periode_soort], zinnen.decimals_of(rij, eenheid)
    plaatsen = places(cijfers, eenheid)
    waarden = [round_half_up(to_decimal(r.waarde or 0), plaatsen) for r in rij]
    grens = limit(waarden, per_jaar, Decimal(1).scaleb(-plaatsen))
    meest = omvang_tekst(grens.hoogstens, eenheid, cijfers)
    uitleg = f"Zoveel verandert dit cijfer in een jaar meestal hoogstens: {meest}"
    return Grensvlak(rij[-1 - per_jaar], rij[-1], grens, float(waarden[-1 - per_jaar]), float(grens.hoogstens), uitleg)


def sentence(reeks: Sequence[Waarneming], eenheid: str, breuken: Sequence[Trendbreuk]) -> str:
    """Say whether the newest change is more than usual, or that the series is too short; empty where nothing may be."""
    rij, vlak = _judged(reeks, eenheid, breuken), area(reeks, eenheid, breuken)
    if not rij:
        return ""
    if vlak is None:
        return _too_short(rij, reeks, rij[-1].periode_soort)
    grens, toen, nu, cijfers = vlak.grens, vlak.toen, vlak.nu, zinnen.decimals_of(rij, eenheid)
    wat = verschil_tekst(grens.verschil, eenheid, cijfers) if grens.verschil else "gelijk gebleven"
    meest = omvang_tekst(grens.hoogstens, eenheid, cijfers)
    oordeel = "meer dan gewoonlijk" if grens.is_buiten else "niet ongewoon"
    oorzaak = " Waardoor het komt, zegt dat niet." if grens.is_buiten else ""
    return (
        f"{hoofdletter(zinnen.at_moment(nu))} {wat} sinds {zinnen.in_period(toen)}. Dat is {oordeel}: in een jaar "
        f"verandert dit cijfer meestal hoogstens {meest}.{oorzaak}"
    )


def _judged(reeks: Sequence[Waarneming], eenheid: str, breuken: Sequence[Trendbreuk]) -> tuple[Waarneming, ...]:
    """Return the figures that a verdict may rest on."""
    rij = unbroken(reeks, breuken)
    return rij if rij and eenheid in VERGELIJKBAAR and rij[-1].periode_soort in _PER_JAAR else ()


def _too_short(rij: Sequence[Waarneming], reeks: Sequence[Waarneming], soort: str) -> str:
    if sum(r.waarde is not None for r in reeks) < _VERLOOP:
        return ""
    er_zijn = f"er zijn er {len(rij)}" if len(rij) > 1 else "voor het nieuwste ontbreken er"
    return (
        f"Of de laatste verandering meer is dan gewoonlijk, is niet te zeggen: daarvoor zijn {needed(soort)} "
        f"{_MEERVOUD[soort]} op rij nodig zonder trendbreuk, en {er_zijn}."
    )
