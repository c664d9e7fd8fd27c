"""On course or not: an indicator against its ambition, or against the baseline of the programme.

Only the core series of an indicator is judged, and only while its figure is fresh. The rule, in the order in which it
is tried; whatever it needs and does not have makes the verdict 'niet te zeggen':
1. An ambition for the whole country: the newest figure lies on or beyond the straight line from baseline to ambition.
2. Otherwise the newest figure against the first one that may be compared with it since the baseline year.
A change is only counted where `reeksen.change` allows one (never across a break, never with a provisional or
estimated figure); of a survey only where the table `verschil` has a verdict. One side of a balance is judged only where
its saldo says the same. A line is judged when at least half of its running indicators can be, and three of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.lezen.rijen import Doel, Haal, Indicator, Trendbreuk, Verschil, Waarneming
from app.oordeel import zinnen
from app.oordeel.benaming import in_sentence
from app.oordeel.programma.ambities import ACHTER, GEHAALD, NIET_TE_ZEGGEN, wants_more, weigh
from app.oordeel.reeksen import GeenVerandering, Verandering, change, core_series, is_like
from app.oordeel.zinnen import in_period
from app.taal.opmaak import PIJLER_WOORD, RICHTING_WOORD, decimalen, hoofdletter, verouderd_tekst, waarde_tekst
from pipelines.afspraken.codelijsten import LAND, Actielijn, Niveau, Toetsoordeel

Oordeel = Literal["op koers", "niet op koers", "niet te zeggen"]

OP: Oordeel = "op koers"
NIET: Oordeel = "niet op koers"
ONBEKEND: Oordeel = "niet te zeggen"
DEELS = "deels op koers"
TE_WEINIG = "te weinig bekend"
BUITEN_KOERS = {
    "prognose": "een prognose: telt niet mee voor de koers",
    "afgelopen": "een programma dat is afgelopen: telt niet mee voor de koers",
}
# As many indicators of a line must be judged, and at least half of those that run.
MINSTENS = 3
# The baseline measurement of Samen Regionaal Sterk is of this year.
NULJAAR = 2021
ACTIELIJNEN: dict[str, str] = {lijn: lijn.naam for lijn in Actielijn}


@dataclass(frozen=True)
class Koers:
    """The verdict on one indicator with the evidence for it, and the figures that it rests on."""

    indicator: Indicator
    oordeel: Oordeel
    bewijs: str
    rijen: tuple[Waarneming, ...]


@dataclass(frozen=True)
class Koerslijn:
    """An actielijn or pijler with the verdicts on its indicators."""

    naam: str
    delen: tuple[Koers, ...]
    code: str = ""

    def count(self, oordeel: Oordeel) -> int:
        """Return how many of its indicators have this verdict."""
        return sum(deel.oordeel == oordeel for deel in self.lopend)

    @property
    def lopend(self) -> tuple[Koers, ...]:
        """The indicators that count: no forecast, and of no programme that has ended."""
        return tuple(deel for deel in self.delen if not deel.indicator.buiten_koers)

    @property
    def beslist(self) -> tuple[Koers, ...]:
        """The indicators that can be judged."""
        return tuple(deel for deel in self.lopend if deel.oordeel != ONBEKEND)

    @property
    def oordeel(self) -> str:
        """The verdict on the whole: one word where all that can be judged agree, and there are enough of them."""
        if len(self.beslist) < max(MINSTENS, len(self.lopend) / 2):
            return TE_WEINIG
        op, niet = self.count(OP), self.count(NIET)
        return DEELS if op and niet else OP if op else NIET

    @property
    def tekst(self) -> str:
        """The verdict with on how many of its indicators it rests: 'te weinig bekend: 1 van 7'."""
        if not self.lopend:
            return f"{TE_WEINIG}: er loopt geen cijfer"
        aantal = f"{len(self.beslist)} van {len(self.lopend)}"
        return f"{self.oordeel}: {aantal}" if self.oordeel == TE_WEINIG else f"{self.oordeel}, op {aantal}"


def action_lines(
    catalogus: Mapping[str, Indicator], haal: Haal, breuken: Sequence[Trendbreuk], doelen: Sequence[Doel]
) -> list[Koerslijn]:
    """Return the four actielijnen, each with every indicator that has a wanted direction, whatever is known of it."""
    gericht = [i for i in catalogus.values() if i.actielijn in ACTIELIJNEN and i.richting in RICHTING_WOORD]
    delen = {i.indicator_id: _part(i, haal(i.indicator_id), breuken, doelen) for i in gericht}
    samen = [(i, _balanced(delen[i.indicator_id], delen.get(i.balans))) for i in gericht]
    return [
        Koerslijn(naam, tuple(k for i, k in samen if i.actielijn == code), code) for code, naam in ACTIELIJNEN.items()
    ]


def _part(
    indicator: Indicator, rijen: Sequence[Waarneming], breuken: Sequence[Trendbreuk], doelen: Sequence[Doel]
) -> Koers:
    if indicator.buiten_koers:
        reeks = core_series([r for r in rijen if not r.is_voorbeeld])
        return Koers(indicator, ONBEKEND, f"{BUITEN_KOERS[indicator.buiten_koers]}.", reeks[-1:])
    gevonden = judge(indicator, rijen, breuken, doelen)
    return gevonden or Koers(indicator, ONBEKEND, "er is nog geen landelijk cijfer.", ())


def _balanced(kant: Koers, saldo: Koers | None) -> Koers:
    """Return one side of a balance as it may be judged: only where what is left of both sides says the same."""
    if not kant.indicator.balans or kant.oordeel == ONBEKEND:
        return kant
    zelfde = saldo is not None and [r.periode for r in saldo.rijen] == [r.periode for r in kant.rijen]
    if saldo is not None and zelfde and saldo.oordeel == kant.oordeel:
        return replace(kant, bewijs=f"{kant.bewijs} {saldo.indicator.titel}: {saldo.bewijs}")
    waarom = "Eén kant van een balans zegt het niet: het saldo van dezelfde perioden is niet te beoordelen."
    if saldo is not None and zelfde and saldo.oordeel != ONBEKEND:
        waarom = f"Eén kant van een balans zegt het niet: {in_sentence(saldo.indicator.titel)} is {saldo.bewijs}"
    return replace(kant, oordeel=ONBEKEND, bewijs=f"{kant.bewijs} {waarom}")


def pillar_line(
    pijler: str, vragen: Iterable[tuple[Indicator, Waarneming]], verschillen: Sequence[Verschil], metingen: int
) -> Koerslijn:
    """Return one pijler with the verdict of the test between two waves of the survey on each of its outcomes."""
    delen = []
    toetsen = {
        (v.indicator_id, v.categorie, v.periode): v
        for v in reversed(verschillen) if v.soort == "verandering" and v.regio_code == LAND
    }  # fmt: skip
    for indicator, rij in vragen:
        getoetst = toetsen.get((rij.indicator_id, rij.categorie, rij.periode))
        oordeel, waarom = _of_test(getoetst, indicator.richting, metingen)
        if rij.verouderd and oordeel != ONBEKEND:
            oordeel, waarom = ONBEKEND, f"{verouderd_tekst(rij.verouderd)}, daarom geen oordeel"
        if rij.is_voorbeeld:
            oordeel, waarom = ONBEKEND, "voorbeelddata zeggen niets over de koers"
        nu = f"{zinnen.figure(rij, indicator.eenheid)} in {rij.periode_naam}"
        delen.append(Koers(indicator, oordeel, f"{nu}; {waarom}.", (rij,)))
    return Koerslijn(PIJLER_WOORD[pijler], tuple(delen), pijler)


def _of_test(getoetst: Verschil | None, richting: str, metingen: int) -> tuple[Oordeel, str]:
    if metingen < 2:
        return ONBEKEND, "er is nog maar één meting"
    if getoetst is None or getoetst.oordeel == Toetsoordeel.NIET_TE_BEPALEN:
        return ONBEKEND, "het verschil met de vorige meting is niet te bepalen"
    if getoetst.oordeel == Toetsoordeel.GEEN_VERSCHIL:
        return ONBEKEND, "geen aantoonbaar verschil met de vorige meting"
    return (OP if getoetst.oordeel == richting else NIET), f"aantoonbaar {getoetst.oordeel} dan bij de vorige meting"


def judge(
    indicator: Indicator, rijen: Sequence[Waarneming], breuken: Sequence[Trendbreuk], doelen: Sequence[Doel]
) -> Koers | None:
    """Return the verdict on the national figures of one indicator; nothing when it has none.

    Voorbeelddata never make a verdict: it would be about real people and organisations.
    """
    echt = [r for r in rijen if not r.is_voorbeeld]
    if reeks := _series(echt):
        return _judge_series(indicator, reeks, breuken, doelen)
    verzonnen = _series(rijen)
    return Koers(indicator, ONBEKEND, "er zijn alleen voorbeelddata.", verzonnen[-1:]) if verzonnen else None


def _series(rijen: Sequence[Waarneming]) -> tuple[Waarneming, ...]:
    """Return the core series of the country of what happened; a prognosis says nothing about that."""
    return core_series([r for r in rijen if r.niveau == Niveau.LAND and not r.is_prognose and r.waarde is not None])


def _judge_series(
    indicator: Indicator, reeks: Sequence[Waarneming], breuken: Sequence[Trendbreuk], doelen: Sequence[Doel]
) -> Koers:
    doel = next((d for d in doelen if (d.indicator_id, d.regio_code) == (indicator.indicator_id, LAND)), None)
    if doel is not None and not reeks[-1].verouderd:
        return _against_ambition(indicator, reeks, breuken, doel)
    redenen: list[str] = []
    if reeks[-1].verouderd:
        redenen = [f"{verouderd_tekst(reeks[-1].verouderd)}, en over wat niet vers is, is er geen oordeel"]
    for laatste in [r for r in reversed(reeks) if not r.verouderd]:
        uitkomst = _since_baseline(reeks, laatste, breuken)
        if isinstance(uitkomst, Verandering):
            return _against_baseline(indicator, uitkomst, redenen)
        redenen.append(uitkomst)
    nieuwste = reeks[-1]
    nu = zinnen.figure(nieuwste, indicator.eenheid)
    return Koers(indicator, ONBEKEND, f"{nu} in {in_period(nieuwste)}; {redenen[0]}.", (nieuwste,))


def _since_baseline(
    reeks: Sequence[Waarneming], laatste: Waarneming, breuken: Sequence[Trendbreuk]
) -> Verandering | str:
    """Return the change since the first comparable figure from the baseline year on, or why there is none."""
    if laatste.eind.year <= NULJAAR:
        return f"er is geen cijfer van na het nuljaar {NULJAAR}"
    eerder = [r for r in reeks if r.begin.year >= NULJAAR and r.eind < laatste.eind and is_like(r, laatste)]
    uitkomsten = [change(van, laatste, breuken) for van in eerder]
    goed = next((u for u in uitkomsten if isinstance(u, Verandering)), None)
    if goed is not None and goed.twijfel is None:
        return goed
    if goed is not None:
        return "er ligt mogelijk een trendbreuk tussen dit cijfer en het nuljaar"
    waarom = next((u.reden for u in uitkomsten if isinstance(u, GeenVerandering)), "")
    return waarom or f"er is sinds {NULJAAR} geen eerder cijfer om mee te vergelijken"


def _against_baseline(indicator: Indicator, stap: Verandering, redenen: Sequence[str]) -> Koers:
    eenheid = indicator.eenheid
    van, tot = (zinnen.figure(r, eenheid) for r in (stap.van, stap.tot))
    later = " Van later is er een cijfer dat niet te vergelijken is." if redenen else ""
    if stap.verschil == 0:
        bewijs = f"{tot} in {in_period(stap.tot)}, gelijk aan {in_period(stap.van)}.{later}"
        return Koers(indicator, ONBEKEND, bewijs, (stap.van, stap.tot))
    is_goed = (stap.verschil > 0) == (indicator.richting == "hoger")
    toen = f"was {van} in {in_period(stap.van)}"
    bewijs = f"{tot} in {in_period(stap.tot)}, {toen}.{later}"
    return Koers(indicator, OP if is_goed else NIET, bewijs, (stap.van, stap.tot))


def _against_ambition(
    indicator: Indicator, reeks: Sequence[Waarneming], breuken: Sequence[Trendbreuk], doel: Doel
) -> Koers:
    uit = weigh(doel, indicator, reeks, breuken)
    rij = uit.rij or reeks[-1]
    eenheid = indicator.eenheid
    cijfers = max(zinnen.decimals_of([rij], eenheid), decimalen([doel.doelwaarde], eenheid))
    kop = f"{zinnen.figure(rij, eenheid)} in {in_period(rij)}"
    ambitie = f"ambitie {waarde_tekst(doel.doelwaarde, eenheid, cijfers)} in {doel.doeljaar}"
    if uit.oordeel == NIET_TE_ZEGGEN or uit.verwacht is None:
        return Koers(indicator, ONBEKEND, f"{kop}; {ambitie}: {uit.reden}.", (rij,))
    if uit.oordeel == GEHAALD:
        return Koers(indicator, OP, f"{kop}; {ambitie} is gehaald.", (rij,))
    grens = "ten minste" if wants_more(doel, indicator) else "ten hoogste"
    eis = f"daarvoor is nu {grens} {waarde_tekst(float(uit.verwacht), eenheid, cijfers)} nodig"
    return Koers(indicator, NIET if uit.oordeel == ACHTER else OP, f"{kop}; {ambitie}, {eis}.", (rij,))


def summary(lijnen: Sequence[Koerslijn]) -> str:
    """Return the answer in one sentence: how many of the lines are on course, or that too little is known of any."""
    tellingen = [(woord, sum(lijn.oordeel == woord for lijn in lijnen)) for woord in (OP, DEELS, NIET)]
    delen = [f"{aantal} {woord}" for woord, aantal in tellingen if aantal]
    if not delen:
        return "Van geen enkele actielijn is genoeg bekend om te zeggen of zij op koers is"
    weinig = sum(lijn.oordeel == TE_WEINIG for lijn in lijnen)
    delen += [f"van {weinig} te weinig bekend"] if weinig else []
    wie = f"de {len(lijnen)} actielijnen" if len(lijnen) > 1 else "de ene actielijn"
    return f"Van {wie}: {', '.join(delen)}"


def has_verdict(lijnen: Sequence[Koerslijn]) -> bool:
    """Whether of any line enough is known for a verdict."""
    return any(lijn.oordeel != TE_WEINIG for lijn in lijnen)


def table_rows(lijnen: Iterable[Koerslijn]) -> list[tuple[str, str, str, str]]:
    """Return the same as a table: one row per indicator."""
    return [
        (lijn.naam, deel.indicator.titel, hoofdletter(deel.oordeel), deel.bewijs)
        for lijn in lijnen for deel in lijn.delen
    ]  # fmt: skip
