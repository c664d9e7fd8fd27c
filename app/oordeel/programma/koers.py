"""On course or not: an indicator against its ambition, or against the baseline of the programme.

The rule, in the order in which it is tried; whatever it needs and does not have makes the verdict 'niet te zeggen':
1. An ambition for the whole country: the newest figure lies on or beyond the straight line from baseline to ambition.
2. Otherwise the newest figure against the first one that may be compared with it since the baseline year.
A change is only counted where `reeksen.change` allows one (never across a break, never with a provisional or
estimated figure); of a survey only where the table `verschil` has a verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.lezen.data import Doel, Haal, Indicator, Trendbreuk, Verschil, Waarneming
from app.oordeel import zinnen
from app.oordeel.programma.ambities import ACHTER, GEHAALD, NIET_TE_ZEGGEN, wants_more, weigh
from app.oordeel.reeksen import GeenVerandering, Verandering, change, select_series
from app.taal.opmaak import RICHTING_WOORD, decimalen, hoofdletter, waarde_tekst
from pipelines.afspraken.codelijsten import LAND, TOTAAL

Oordeel = Literal["op koers", "niet op koers", "niet te zeggen"]

OP: Oordeel = "op koers"
NIET: Oordeel = "niet op koers"
ONBEKEND: Oordeel = "niet te zeggen"
DEELS = "deels op koers"
# The baseline measurement of Samen Regionaal Sterk is of this year.
NULJAAR = 2021
ACTIELIJNEN = {
    "doel": "Doel: genoeg en tevreden mensen",
    "kiezen": "Kiezen voor zorg en welzijn",
    "leren": "Leren in zorg en welzijn",
    "werken": "Werken in zorg en welzijn",
}


@dataclass(frozen=True)
class Koers:
    """The verdict on one indicator with the evidence for it, and the figures that it rests on."""

    indicator: Indicator
    oordeel: Oordeel
    bewijs: str
    rijen: tuple[Waarneming, ...]


@dataclass(frozen=True)
class Lijn:
    """An actielijn or pijler with the verdicts on its indicators."""

    naam: str
    delen: tuple[Koers, ...]

    def count(self, oordeel: Oordeel) -> int:
        """Return how many of its indicators have this verdict."""
        return sum(deel.oordeel == oordeel for deel in self.delen)

    @property
    def beslist(self) -> tuple[Koers, ...]:
        """The indicators that can be judged."""
        return tuple(deel for deel in self.delen if deel.oordeel != ONBEKEND)

    @property
    def oordeel(self) -> str:
        """The verdict on the whole: one word where all that can be judged agree."""
        op, niet = self.count(OP), self.count(NIET)
        if not op and not niet:
            return ONBEKEND
        return DEELS if op and niet else OP if op else NIET


def action_lines(
    catalogus: Mapping[str, Indicator], haal: Haal, breuken: Sequence[Trendbreuk], doelen: Sequence[Doel]
) -> list[Lijn]:
    """Return the four actielijnen, each with every indicator that has a wanted direction and a national figure."""
    lijnen = []
    for code, naam in ACTIELIJNEN.items():
        eigen = [i for i in catalogus.values() if i.actielijn == code and i.richting in RICHTING_WOORD]
        delen = [deel for i in eigen if (deel := judge(i, haal(i.indicator_id), breuken, doelen)) is not None]
        lijnen.append(Lijn(naam, tuple(delen)))
    return lijnen


def pillar_line(
    naam: str, vragen: Iterable[tuple[Indicator, Waarneming]], verschillen: Sequence[Verschil], metingen: int
) -> Lijn:
    """Return one pijler with the verdict of the test between two waves of the survey on each of its outcomes."""
    delen = []
    toetsen = {
        (v.indicator_id, v.categorie, v.periode): v
        for v in reversed(verschillen) if v.soort == "verandering" and v.regio_code == LAND
    }  # fmt: skip
    for indicator, rij in vragen:
        getoetst = toetsen.get((rij.indicator_id, rij.categorie, rij.periode))
        oordeel, waarom = _of_test(getoetst, indicator.richting, metingen)
        if rij.is_voorbeeld:
            oordeel, waarom = ONBEKEND, "voorbeelddata zeggen niets over de koers"
        nu = f"{zinnen.figure(rij, indicator.eenheid)} in {rij.periode_naam}"
        delen.append(Koers(indicator, oordeel, f"{nu}; {waarom}.", (rij,)))
    return Lijn(naam, tuple(delen))


def _of_test(getoetst: Verschil | None, richting: str, metingen: int) -> tuple[Oordeel, str]:
    if metingen < 2:
        return ONBEKEND, "er is nog maar één meting"
    if getoetst is None or getoetst.oordeel == "niet_te_bepalen":
        return ONBEKEND, "het verschil met de vorige meting is niet te bepalen"
    if getoetst.oordeel == "geen_verschil":
        return ONBEKEND, "geen aantoonbaar verschil met de vorige meting"
    return (OP if getoetst.oordeel == richting else NIET), f"aantoonbaar {getoetst.oordeel} dan bij de vorige meting"


def judge(
    indicator: Indicator, rijen: Sequence[Waarneming], breuken: Sequence[Trendbreuk], doelen: Sequence[Doel]
) -> Koers | None:
    """Return the verdict on the national figures of one indicator; nothing when it has none.

    Voorbeelddata never make a verdict: it would be about real people and organisations. Of several series the one
    speaks whose comparison reaches furthest; where none can, the one with the newest figure says why.
    """
    echt = [r for r in rijen if not r.is_voorbeeld]
    kandidaten = [_judge_series(indicator, reeks, breuken, doelen) for reeks in _series(echt)]
    if not kandidaten and (verzonnen := _series(rijen)):
        return Koers(indicator, ONBEKEND, "er zijn alleen voorbeelddata.",
                     verzonnen[0][-1:])  # fmt: skip
    beslist = [k for k in kandidaten if k.oordeel != ONBEKEND]
    return max(beslist, key=lambda k: k.rijen[-1].eind) if beslist else kandidaten[0] if kandidaten else None


def _series(rijen: Sequence[Waarneming]) -> list[tuple[Waarneming, ...]]:
    """Return the national series of what happened, newest first; a prognosis says nothing about that."""
    landelijk = [
        r for r in rijen
        if (r.regio_code, r.branche_code, r.categorie) == (LAND, TOTAAL, "")
        and not r.is_prognose and r.waarde is not None
    ]  # fmt: skip
    reeksen = [select_series(landelijk, uitsplitsing=u) for u in sorted({r.uitsplitsing for r in landelijk})]
    return sorted(reeksen, key=lambda reeks: (reeks[-1].eind, len(reeks)), reverse=True)


def _judge_series(
    indicator: Indicator, reeks: Sequence[Waarneming], breuken: Sequence[Trendbreuk], doelen: Sequence[Doel]
) -> Koers:
    doel = next((d for d in doelen if (d.indicator_id, d.regio_code) == (indicator.indicator_id, LAND)), None)
    if doel is not None:
        return _against_ambition(indicator, reeks, breuken, doel)
    redenen: list[str] = []
    for laatste in reversed(reeks):
        uitkomst = _since_baseline(reeks, laatste, breuken)
        if isinstance(uitkomst, Verandering):
            return _against_baseline(indicator, uitkomst, redenen)
        redenen.append(uitkomst)
    nieuwste = reeks[-1]
    nu = zinnen.figure(nieuwste, indicator.eenheid)
    return Koers(indicator, ONBEKEND, f"{nu} in {_when(nieuwste)}; {redenen[0]}.", (nieuwste,))


def _since_baseline(
    reeks: Sequence[Waarneming], laatste: Waarneming, breuken: Sequence[Trendbreuk]
) -> Verandering | str:
    """Return the change since the first comparable figure from the baseline year on, or why there is none."""
    if laatste.eind.year <= NULJAAR:
        return f"er is geen cijfer van na het nuljaar {NULJAAR}"
    eerder = [
        r for r in reeks
        if r.begin.year >= NULJAAR and r.eind < laatste.eind and r.periode_soort == laatste.periode_soort
        and (laatste.periode_soort not in ("kwartaal", "maand") or r.eind.month == laatste.eind.month)
    ]  # fmt: skip
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
        bewijs = f"{tot} in {_when(stap.tot)}, gelijk aan {_when(stap.van)}.{later}"
        return Koers(indicator, ONBEKEND, bewijs, (stap.van, stap.tot))
    is_goed = (stap.verschil > 0) == (indicator.richting == "hoger")
    toen = f"was {van} in {_when(stap.van)}"
    if van == tot:
        toen = f"afgerond gelijk aan {_when(stap.van)}, maar iets {'hoger' if stap.verschil > 0 else 'lager'}"
    bewijs = f"{tot} in {_when(stap.tot)}, {toen}.{later}"
    return Koers(indicator, OP if is_goed else NIET, bewijs, (stap.van, stap.tot))


def _against_ambition(
    indicator: Indicator, reeks: Sequence[Waarneming], breuken: Sequence[Trendbreuk], doel: Doel
) -> Koers:
    uit = weigh(doel, indicator, reeks, breuken)
    rij = uit.rij or reeks[-1]
    eenheid = indicator.eenheid
    cijfers = max(zinnen.decimals_of([rij], eenheid), decimalen([doel.doelwaarde], eenheid))
    kop = f"{zinnen.figure(rij, eenheid)} in {_when(rij)}"
    ambitie = f"ambitie {waarde_tekst(doel.doelwaarde, eenheid, cijfers)} in {doel.doeljaar}"
    if uit.oordeel == NIET_TE_ZEGGEN or uit.verwacht is None:
        return Koers(indicator, ONBEKEND, f"{kop}; {ambitie}: {uit.reden}.", (rij,))
    if uit.oordeel == GEHAALD:
        return Koers(indicator, OP, f"{kop}; {ambitie} is gehaald.", (rij,))
    grens = "ten minste" if wants_more(doel, indicator) else "ten hoogste"
    eis = f"daarvoor is nu {grens} {waarde_tekst(float(uit.verwacht), eenheid, cijfers)} nodig"
    return Koers(indicator, NIET if uit.oordeel == ACHTER else OP, f"{kop}; {ambitie}, {eis}.", (rij,))


def _when(rij: Waarneming) -> str:
    return f"het {rij.periode_naam}" if rij.periode_soort == "kwartaal" else rij.periode_naam


def summary(lijnen: Sequence[Lijn]) -> str:
    """Return the answer in one sentence: how many of the lines are on course."""
    tellingen = [(woord, sum(lijn.oordeel == woord for lijn in lijnen)) for woord in (OP, DEELS, NIET, ONBEKEND)]
    delen = [f"{aantal} {woord}" for woord, aantal in tellingen if aantal]
    return hoofdletter(f"van de {len(lijnen)} actielijnen: {', '.join(delen)}")


def table_rows(lijnen: Iterable[Lijn]) -> list[tuple[str, str, str, str]]:
    """Return the same as a table: one row per indicator."""
    return [
        (lijn.naam, deel.indicator.titel, hoofdletter(deel.oordeel), deel.bewijs)
        for lijn in lijnen for deel in lijn.delen
    ]  # fmt: skip
