"""Chapters of the programme monitor on what was planned and paid: budget and its rules, ambitions, actions, reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from app.documenten.blokken import Alinea, Blok, Kop, Lijstblok, Tabelblok
from app.lezen import data
from app.lezen.onderwerp import plannen
from app.lezen.onderwerp.plannen import Actie
from app.lezen.rijen import Haal, Kenmerk, Waarneming
from app.oordeel import zinnen
from app.oordeel.programma import budgetcijfers, budgetzinnen
from app.oordeel.programma.pijlers import short_name
from app.taal import woorden
from app.taal.cellen import VOORBEELD
from app.taal.opmaak import PIJLER_WOORD, leesbaar, telling
from pipelines.afspraken.codelijsten import LAND, Niveau, Regeloordeel

_WIE = "Werkgeversorganisaties samen"
_ANDERE_BASIS = (
    "De richtlijn gaat over het budget zonder cofinanciering en de verdeling hierboven over het budget met "
    "cofinanciering. Vergelijk die twee dus niet met elkaar."
)


def budget(merk: Kenmerk, haal: Haal) -> Iterator[Blok]:
    """Yield the split of the newest budget, the rules with their outcome, the published norms, and each WGO."""
    bedragen, aandelen, cofinanciering = (haal(naam) for naam in budgetcijfers.INDICATOREN)
    jaren = budgetcijfers.years(bedragen, aandelen)
    yield Kop("Budget en de regels")
    if not jaren:
        yield Alinea("Cijfers over het budget zijn nog niet aangeleverd.")
        return
    jaar = jaren[0]
    verdeling = budgetcijfers.split(aandelen, LAND, jaar)
    yield Alinea(f"{budgetzinnen.title(_WIE, jaar, verdeling)}.", "vet")
    yield from _split(jaar, budgetcijfers.money(bedragen, LAND, jaar), verdeling)
    yield from _rules(merk, jaar)
    if normen := budgetzinnen.norm_rows(aandelen, cofinanciering, jaar):
        yield Kop("Richtlijn en minimums zoals gepubliceerd", 2)
        yield Alinea(_ANDERE_BASIS)
        rijen = tuple(rij for _, rij in normen)
        yield Tabelblok(
            f"Richtlijn en minimums, {jaar}", ("Waarvoor", "Norm", "Waarvan", "Vindplaats"), rijen, (6, 4, 5, 5)
        )
    yield from _per_wgo(merk, bedragen, aandelen, jaar)


def _split(jaar: str, geld: budgetcijfers.Geld, verdeling: Sequence[Waarneming]) -> Iterator[Blok]:
    bedragen = ((geld.totaal, "Totaal"), (geld.subsidie, "Subsidie"), (geld.cofinanciering, "Cofinanciering"))
    rijen = [(woord, _stamped(rij, "euro")) for rij, woord in bedragen if rij is not None]
    rijen += [(PIJLER_WOORD[r.categorie], _stamped(r, "aandeel")) for r in verdeling]
    if rijen:
        bijschrift = f"Budget in {jaar}: bedrag en verdeling per pijler"
        gebruikt = [r for r in (geld.totaal, geld.subsidie, geld.cofinanciering, *verdeling) if r is not None]
        verzonnen = any(r.is_voorbeeld for r in gebruikt)
        yield Tabelblok(bijschrift, ("Waarvoor", "Bedrag of aandeel"), tuple(rijen), (6, 4), verzonnen)
    basis = woorden.plainly(verdeling[0].populatie) if verdeling else ""
    opmerking = " ".join(filter(None, [f"Waarvan: {basis}." if basis else "", budgetzinnen.rounding_remark(verdeling)]))
    if opmerking:
        yield Alinea(opmerking, "klein")


def _rules(merk: Kenmerk, jaar: str) -> Iterator[Blok]:
    alle = budgetcijfers.rules(merk, jaar)
    landelijk = [t for t in alle if t.regio_code == LAND]
    if not landelijk:
        yield Kop("De regels van het programma", 2)
        yield Alinea(f"Over {jaar} zijn nog geen regels getoetst.")
        return
    yield Kop(budgetzinnen.rule_title(landelijk), 2)
    namen = {code: r.naam for code, r in data.regios(merk).items()} | {LAND: _WIE}
    gebroken = [t for t in alle if t.regio_code != LAND and t.oordeel == Regeloordeel.VOLDOET_NIET]
    koppen = ("Regel", "Voor wie", "Norm", "Uitkomst", "Oordeel", "Waar het op rust")
    beslist = [t for t in landelijk if t.oordeel != Regeloordeel.NIET_TE_BEPALEN]
    if open_ := len(landelijk) - len(beslist):
        yield Alinea(f"{telling(open_, 'regel is', 'regels zijn')} niet te bepalen.")
        yield Lijstblok(tuple(budgetzinnen.undecided(landelijk)))
    per_regel = budgetzinnen.rule_rows(beslist, namen)
    rijen = tuple((regel, *rest) for regel, _, *rest in per_regel)
    if rijen:
        yield Tabelblok(f"Regels van het programma over {jaar}", (koppen[0], *koppen[2:]), rijen, (6, 3, 3, 4, 11))
    if gebroken:
        bijschrift = f"Waar een werkgeversorganisatie over {jaar} niet aan een regel voldoet"
        yield Tabelblok(bijschrift, koppen, tuple(budgetzinnen.rule_rows(gebroken, namen)), (5, 4, 3, 3, 4, 9))


def _per_wgo(
    merk: Kenmerk, bedragen: Sequence[Waarneming], aandelen: Sequence[Waarneming], jaar: str
) -> Iterator[Blok]:
    yield Kop("Budget per werkgeversorganisatie", 2)
    codes = budgetcijfers.areas(bedragen, aandelen)[1:]
    if not codes:
        yield Alinea("Budgetten per werkgeversorganisatie zijn nog niet aangeleverd.")
        return
    namen = {code: r.naam for code, r in data.regios(merk).items()}
    rijen = budgetzinnen.area_rows(bedragen, aandelen, codes, namen, jaar)
    wie, geld = "Werkgeversorganisatie", ("Totaal", "Subsidie", "Cofinanciering")
    yield Tabelblok(
        f"Bedrag per werkgeversorganisatie, {jaar}", (wie, *geld), tuple(r[:4] for r in rijen), (6, 3, 3, 3)
    )
    pijlers = tuple(short_name(p) for p in PIJLER_WOORD)
    verdeling = tuple((r[0], *r[4:]) for r in rijen)
    breedtes = (6, *(4 for _ in pijlers))
    yield Tabelblok(f"Verdeling per werkgeversorganisatie, {jaar}", (wie, *pijlers), verdeling, breedtes)


def _stamped(rij: Waarneming, eenheid: str) -> str:
    return zinnen.figure(rij, eenheid) + (f" ({VOORBEELD})" if rij.is_voorbeeld else "")


def regional_plans(merk: Kenmerk) -> Iterator[Blok]:
    """Yield how many ambitions and actions each region delivered, and where the actions stand."""
    regios = {code: r.naam for code, r in data.regios(merk).items() if r.niveau == Niveau.ARBEIDSMARKTREGIO}
    doelen = Counter(d.regio_code for d in data.doelen(merk) if d.regio_code in regios)
    acties = [a for a in plannen.acties(merk) if a.regio_code in regios]
    yield Kop("Plannen van de regio's", 2)
    if not doelen and not acties:
        yield Alinea("Ambities en acties van de regio's zijn nog niet aangeleverd.")
        return
    met_plan = len(set(doelen) | {a.regio_code for a in acties})
    wat = f"{telling(sum(doelen.values()), 'ambitie', 'ambities')} en {telling(len(acties), 'actie', 'acties')}"
    leverde = "leverde" if met_plan == 1 else "leverden"
    yield Alinea(f"{met_plan} van de {len(regios)} regio's {leverde} een plan: {wat}.")
    rijen = tuple((naam, *_plan_cells(doelen[code], [a for a in acties if a.regio_code == code]))
                  for code, naam in regios.items())  # fmt: skip
    yield Tabelblok("Ambities en acties per regio", ("Regio", "Ambities", "Acties", "Waar de acties staan"), rijen,
                (6, 3, 3, 8))  # fmt: skip


def _plan_cells(ambities: int, acties: Sequence[Actie]) -> tuple[str, str, str]:
    """Write what one region delivered; what it did not deliver is no zero."""
    if not ambities and not acties:
        return "niet aangeleverd", "niet aangeleverd", ""
    standen = Counter(leesbaar(a.status) for a in acties)
    stand = ", ".join(f"{aantal} {woord}" for woord, aantal in sorted(standen.items()))
    return str(ambities or "niet aangeleverd"), str(len(acties) or "niet aangeleverd"), stand
