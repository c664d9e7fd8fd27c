"""The budget of the programme in words: what the figures say, as titles and as rows of a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from app.lezen.onderwerp.plannen import Regeltoets
from app.lezen.rijen import Waarneming
from app.oordeel import zinnen
from app.oordeel.echt import has_examples
from app.oordeel.programma import budgetcijfers
from app.oordeel.programma.pijlers import short_name
from app.taal import woorden
from app.taal.cellen import Cijfertekst
from app.taal.opmaak import (
    PIJLER_WOORD,
    categorie_tekst,
    getal,
    hoofdletter,
    leesbaar,
    opsomming,
    telling,
    waarde_tekst,
)
from pipelines.afspraken.codelijsten import LAND, Regeloordeel, Regelsoort, Status, round_half_up, to_decimal

RICHTLIJN = "soort=richtlijn"
MINIMUM = "soort=minimum"
_TEKENS = {Regeloordeel.VOLDOET: "✓", Regeloordeel.VOLDOET_NIET: "✗", Regeloordeel.NIET_TE_BEPALEN: "?"}
OORDELEN: dict[str, str] = {oordeel: f"{teken} {oordeel.naam}" for oordeel, teken in _TEKENS.items()}
_INHOUDELIJK = "de drie inhoudelijke pijlers samen"


def rounding_remark(verdeling: Sequence[Waarneming]) -> str:
    """Say to how much the shares as shown add up, where that is not 100%."""
    cijfers = zinnen.decimals_of(verdeling, "aandeel")
    som = sum((round_half_up(to_decimal(r.waarde or 0.0) * 100, cijfers) for r in verdeling), Decimal())
    return f"De aandelen zijn afgerond en tellen op tot {getal(som, cijfers)}%." if verdeling and som != 100 else ""


def title(naam: str, jaar: str, verdeling: Sequence[Waarneming]) -> str:
    """State where most of the budget goes."""
    if not verdeling:
        return f"{naam}, {jaar}: hoe het budget is verdeeld, is niet bekend"
    if has_examples(verdeling):
        return f"{naam}: hoe het budget is verdeeld, in {jaar}{zinnen.VERZONNEN}"
    top = max(verdeling, key=lambda r: r.waarde or 0)
    deel = zinnen.figure(top, "aandeel")
    meest = [short_name(r.categorie).lower() for r in verdeling if zinnen.figure(r, "aandeel") == deel]
    if len(meest) > 1:
        return f"{naam}: elk {deel} van het budget gaat naar de pijlers {opsomming(meest)}, in {jaar}"
    return f"{naam}: {deel} van het budget gaat naar de pijler {meest[0]}, in {jaar}"


def rule_title(toetsen: Sequence[Regeltoets]) -> str:
    """State how many rules are met, not met, and cannot be judged."""
    regels = telling(len(toetsen), "regel", "regels")
    if not toetsen:
        return "Er is nog geen regel van het programma getoetst"
    if all(t.oordeel == Regeloordeel.NIET_TE_BEPALEN for t in toetsen):
        gevolgd = "gevolgd is" if len(toetsen) == 1 else "gevolgd zijn"
        return f"Of {regels} van het programma {gevolgd}, is nog niet te bepalen"
    delen = []
    for oordeel in Regeloordeel:
        aantal = sum(t.oordeel == oordeel for t in toetsen)
        is_zijn = ("is " if aantal == 1 else "zijn ") if oordeel is Regeloordeel.NIET_TE_BEPALEN else ""
        delen += [f"{aantal} {is_zijn}{oordeel.naam if aantal == 1 else oordeel.meervoud}"] if aantal else []
    return f"Van {regels}: {opsomming(delen)}"


def undecided(toetsen: Sequence[Regeltoets]) -> list[str]:
    """Return each reason why rules cannot be judged, as the test gave it, with for how many it holds."""
    redenen = Counter(_reason(t) for t in toetsen if t.oordeel == Regeloordeel.NIET_TE_BEPALEN)
    return [f"{telling(aantal, 'regel', 'regels')}: {reden or 'geen reden gegeven'}"
            for reden, aantal in redenen.most_common()]  # fmt: skip


def rule_rows(toetsen: Sequence[Regeltoets], namen: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return one row per rule and area, with its outcome and the sum that it rests on."""
    return [
        (
            rule_name(t),
            namen.get(t.regio_code, t.regio_code),
            _norm(t),
            _share(t.uitkomst),
            OORDELEN.get(t.oordeel, t.oordeel),
            _basis(t),
        )
        for t in toetsen
    ]


def _norm(toets: Regeltoets) -> str:
    norm = _share(toets.norm)
    return norm.after("minstens") if toets.soort == Regelsoort.EIS and isinstance(norm, Cijfertekst) else norm


def _basis(toets: Regeltoets) -> str:
    return hoofdletter(f"{toets.som}. " if toets.som else "") + _reason(toets)


def _reason(toets: Regeltoets) -> str:
    return f"{toets.berekening}." if toets.berekening else toets.toelichting


def rule_name(toets: Regeltoets) -> str:
    """Return what a rule asks; of a publication that has no titles yet its id in words."""
    return toets.titel or hoofdletter(leesbaar(toets.regel_id))


def _share(waarde: float | None) -> str:
    """Write a share with as many decimals as it takes to see on which side of a norm it lies, two at most."""
    if waarde is None:
        return ""
    procent = round_half_up(to_decimal(waarde) * 100, 2).normalize()
    return waarde_tekst(waarde, "aandeel", max(0, -int(procent.as_tuple().exponent)))


def norm_rows(
    aandelen: Sequence[Waarneming], cofinanciering: Sequence[Waarneming], jaar: str
) -> list[tuple[Waarneming, tuple[str, ...]]]:
    """Return the published guideline and minimums of one year: what it is about, of what, how much."""
    soorten = ((RICHTLIJN, "richtlijn"), (MINIMUM, "minstens"))
    rijen: list[tuple[Waarneming, tuple[str, ...]]] = []
    for reeks, wat in ((aandelen, ""), (cofinanciering, "Cofinanciering van ")):
        for uitsplitsing, soort in soorten:
            for r in reeks:
                if (r.uitsplitsing, r.periode, r.regio_code) == (uitsplitsing, jaar, LAND) and r.waarde is not None:
                    waarover = _INHOUDELIJK if r.categorie == "inhoudelijk" else categorie_tekst(r.categorie)
                    waarde = f"{soort} {zinnen.figure(r, 'aandeel')}"
                    waarvan, plek = woorden.plainly(r.populatie), woorden.place_text(r.vindplaats)
                    rijen.append((r, (hoofdletter(wat + waarover), waarde, waarvan, plek)))
    return sorted(
        rijen, key=lambda paar: (paar[0].indicator_id != budgetcijfers.AANDEEL, _norm_order(paar[0].categorie))
    )


def _norm_order(categorie: str) -> int:
    """Return the place of a norm: pijlers in the order of the programme, then the parts of the basis."""
    volgorde = ["basis", "inhoudelijk", *list(PIJLER_WOORD)[1:], "informatie", "communicatie", "netwerkbeheer"]
    return volgorde.index(categorie) if categorie in volgorde else len(volgorde)


def area_rows(
    bedragen: Sequence[Waarneming],
    aandelen: Sequence[Waarneming],
    codes: Sequence[str],
    namen: Mapping[str, str],
    jaar: str,
) -> list[tuple[str, ...]]:
    """Return one row per WGO: its money, and its share per pijler."""
    rijen = []
    for code in codes:
        geld, verdeling = (
            budgetcijfers.money(bedragen, code, jaar),
            {r.categorie: r for r in budgetcijfers.split(aandelen, code, jaar)},
        )
        bedrag = [zinnen.figure(r, "euro") if r is not None else Status.ONTBREEKT.naam
                  for r in (geld.totaal, geld.subsidie, geld.cofinanciering)]  # fmt: skip
        delen = [
            zinnen.figure(verdeling[p], "aandeel") if p in verdeling else Status.ONTBREEKT.naam for p in PIJLER_WOORD
        ]
        rijen.append((namen.get(code, code), *bedrag, *delen))
    return rijen
