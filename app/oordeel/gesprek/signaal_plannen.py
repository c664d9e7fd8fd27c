"""Rules that look at plans: ambitions, actions, budgets and programmes."""

from __future__ import annotations

from collections.abc import Sequence

from app.lezen.catalogus import in_order
from app.lezen.onderwerp.plannen import Regeltoets
from app.lezen.rijen import Waarneming
from app.oordeel import zinnen
from app.oordeel.benaming import in_sentence
from app.oordeel.gesprek.gespreksgegevens import Regiogegevens
from app.oordeel.gesprek.signaal import Bewijs, Signaal, evidence, make_signal, short_list
from app.oordeel.programma import ambities, budgetcijfers
from app.oordeel.programma.ambities import ACHTER, Actieregel, Ambitie
from app.taal.opmaak import datum, getal, leesbaar, opsomming, waarde_tekst
from pipelines.afspraken.codelijsten import Niveau, Plek, Regeloordeel, Regelsoort


def behind_ambition(gegevens: Regiogegevens) -> list[Signaal]:
    """Return one signal per ambition that the region falls short of."""
    signalen = []
    for a in weighed(gegevens):
        if a.oordeel != ACHTER or a.rij is None:
            continue
        d, naam = a.doel, a.indicator.titel
        nu, straks = zinnen.figure(a.rij, a.indicator.eenheid), ambities.value_text(d.doelwaarde, a.indicator)
        onderweg = "" if a.rij.eind.year >= d.doeljaar else (
            f"; op weg daarheen hoort het in {a.rij.eind.year} {ambities.value_text(a.verwacht, a.indicator)} te zijn"
        )  # fmt: skip
        zin = f"{naam} loopt achter op de ambitie: {nu} ({zinnen.moment_text(a.rij)}), {straks} in {d.doeljaar}"
        plan = Bewijs(_ambition_text(a), d.bron, d.indicator_id)
        vraag = f"Wat is er nodig om bij {in_sentence(naam)} in {d.doeljaar} toch op {straks} uit te komen?"
        signalen.append(make_signal("achter_op_ambitie", f"{zin}{onderweg}.", [evidence(gegevens, a.rij), plan], vraag))
    return signalen


def _ambition_text(a: Ambitie) -> str:
    nul = "" if a.doel.nulwaarde is None else f"van {ambities.value_text(a.doel.nulwaarde, a.indicator)} "
    return (
        f"Ambitie: {nul}in {a.doel.nuljaar} naar {ambities.value_text(a.doel.doelwaarde, a.indicator)} "
        f"in {a.doel.doeljaar}"
    )


def weighed(gegevens: Regiogegevens) -> list[Ambitie]:
    """Return every ambition of a region, held against its newest figure."""
    return [
        ambities.weigh(doel, gegevens.indicatoren[doel.indicator_id], gegevens.series(doel.indicator_id),
                       gegevens.breuken)
        for doel in gegevens.doelen
        if doel.indicator_id in gegevens.indicatoren
    ]  # fmt: skip


def followed(gegevens: Regiogegevens) -> list[Actieregel]:
    """Return every action of a region, with what was observed since."""
    return [
        ambities.follow(
            actie,
            gegevens.indicatoren.get(actie.indicator_id),
            gegevens.series(actie.indicator_id),
            gegevens.breuken,
            gegevens.verschillen,
            gegevens.dag,
        )
        for actie in gegevens.acties
    ]


def broken_rules(gegevens: Regiogegevens) -> list[Signaal]:
    """Return one signal per demand that the newest budget does not meet, and one on all guidelines it departs from."""
    laatste: dict[tuple[str, str], Regeltoets] = {}
    for toets in sorted(gegevens.regeltoetsen, key=lambda t: t.jaar):
        laatste[toets.regel_id, toets.regio_code] = toets
    mis = [toets for toets in laatste.values() if toets.oordeel == Regeloordeel.VOLDOET_NIET]
    eisen = [_broken_demand(gegevens, toets) for toets in mis if toets.soort != Regelsoort.RICHTLIJN]
    richtlijnen = [toets for toets in mis if toets.soort == Regelsoort.RICHTLIJN]
    return [*eisen, _other_division(gegevens, richtlijnen)] if richtlijnen else eisen


def _broken_demand(gegevens: Regiogegevens, toets: Regeltoets) -> Signaal:
    zin = f"Het budget van {toets.jaar} voldoet niet aan een regel: {_name(toets)}."
    vraag = f"Waarom wijkt het budget van {toets.jaar} af van deze regel, en wordt dat hersteld?"
    bewijs = _rule_evidence(gegevens, toets)
    return make_signal("budgetregel", zin, [bewijs], vraag)


def _other_division(gegevens: Regiogegevens, toetsen: Sequence[Regeltoets]) -> Signaal:
    jaren = opsomming([str(jaar) for jaar in sorted({t.jaar for t in toetsen})])
    namen = [f"‘{_name(t)}’" for t in toetsen]
    zin = f"Het budget van {jaren} is anders verdeeld dan de richtlijn: {opsomming(namen)}."
    vraag = f"Waarom kiest de regio in {jaren} een andere verdeling dan de richtlijn, en wat levert dat op?"
    bewijs = [_rule_evidence(gegevens, t) for t in toetsen]
    return make_signal("budgetregel", zin, bewijs, vraag)


def _name(toets: Regeltoets) -> str:
    return toets.titel or leesbaar(toets.regel_id)


def _rule_evidence(gegevens: Regiogegevens, toets: Regeltoets) -> Bewijs:
    waar = gegevens.namen.get(toets.regio_code, toets.regio_code)
    return Bewijs(
        f"Budget {toets.jaar}, {waar}: {toets.berekening or _test_text(toets)}",
        f"budget {toets.jaar}",
        budgetcijfers.BEDRAG,
    )


def _test_text(toets: Regeltoets) -> str:
    if toets.uitkomst is None or toets.norm is None:
        return "voldoet niet"
    uitkomst, norm = (waarde_tekst(w, "aandeel", 1) for w in (toets.uitkomst, toets.norm))
    return f"uitkomst {uitkomst}, norm {norm}"


def overdue_actions(gegevens: Regiogegevens) -> list[Signaal]:
    """Return one signal per action that is past its due date and not finished."""
    return [
        make_signal(
            "actie_te_laat",
            f"De actie ‘{r.actie.titel}’ had op {datum(r.actie.eind)} klaar moeten zijn en staat op "
            f"‘{leesbaar(r.actie.status)}’.",
            [Bewijs(f"Actie {r.actie.actie_id}, trekker {r.actie.trekker}", "regionaal actieplan")],
            f"Wat houdt de actie ‘{r.actie.titel}’ op, en wanneer is zij klaar?",
        )
        for r in followed(gegevens)
        if r.is_te_laat
    ]


def untraceable_actions(gegevens: Regiogegevens) -> list[Signaal]:
    """Return one signal on the actions of which no indicator or no expected effect was written down."""
    los = [a for a in gegevens.acties if (not a.indicator_id or a.beoogd_effect is None) and a.status != "gestopt"]
    if not los:
        return []
    aantal = "Van één actie is" if len(los) == 1 else f"Van {len(los)} acties is"
    zin = f"{aantal} niet vastgelegd wat zij moet opleveren: {short_list([f'‘{a.titel}’' for a in los])}."
    bewijs = [Bewijs(f"Actie {a.actie_id}: {_what_lacks(a.indicator_id)}", "regionaal actieplan") for a in los]
    werkt = "deze actie werkt" if len(los) == 1 else "deze acties werken"
    return [make_signal("actie_niet_te_volgen", zin, bewijs, f"Aan welk cijfer gaat de regio zien dat {werkt}?")]


def _what_lacks(indicator_id: str) -> str:
    return "geen beoogd effect" if indicator_id else "geen indicator"


def no_plan(gegevens: Regiogegevens) -> list[Signaal]:
    """Return a signal when other regions delivered ambitions or actions and this one did not."""
    mist = [
        woord
        for woord, eigen, elders in (
            ("ambities", gegevens.doelen, gegevens.heeft_land_doelen),
            ("acties", gegevens.acties, gegevens.heeft_land_acties),
        )
        if elders and not eigen
    ]
    if not mist or gegevens.regio.niveau != Niveau.ARBEIDSMARKTREGIO:
        return []
    wat = opsomming(mist)
    bewijs = Bewijs(f"Geen {wat} in de levering raat; van andere regio's wel", "regionaal actieplan (RAAT)")
    return [make_signal("plan_ontbreekt", f"Van deze regio zijn geen {wat} geleverd.", [bewijs],
                    f"Wanneer legt de regio haar {wat} vast?")]  # fmt: skip


def programme_behind(gegevens: Regiogegevens) -> list[Signaal]:
    """Return one signal per programme of which a period has ended below its target for that same period."""
    signalen = []
    for naam in in_order(gegevens.indicatoren, Plek.PROGRAMMA):
        gedaan, doel = programme_rows(gegevens, naam)
        if gedaan is None or doel is None or not _is_short(gedaan, doel) or gedaan.eind >= gegevens.dag:
            continue
        titel = gegevens.indicatoren[naam].titel
        stand = f"{getal(gedaan.waarde or 0)} van {getal(doel.waarde or 0)}"
        zin = f"{titel} bleef in {gedaan.periode_naam} onder het doel: {stand}."
        vraag = f"Waardoor bleef {titel} onder het doel, en wat betekent dat voor het geld dat de regio nog vraagt?"
        bewijs = [evidence(gegevens, gedaan, "bereikt"), evidence(gegevens, doel, "doel")]
        signalen.append(make_signal("programma_onder_doel", zin, bewijs, vraag))
    return signalen


def _is_short(gedaan: Waarneming, doel: Waarneming) -> bool:
    """Whether less was reached than was meant; a target for the whole programme says nothing of one period."""
    over_hetzelfde = gedaan.is_over_looptijd == doel.is_over_looptijd
    if gedaan.waarde is None or doel.waarde is None or not over_hetzelfde or gedaan.is_voorlopig:
        return False
    return gedaan.waarde < doel.waarde and not {gedaan.precisie, doel.precisie} & {"circa", "bereik"}


def programme_rows(gegevens: Regiogegevens, naam: str) -> tuple[Waarneming | None, Waarneming | None]:
    """Return what a programme reached in its newest period in the region, and its target for that period."""
    rijen = gegevens.eigen.get(naam, ())
    gedaan = [r for r in rijen if r.categorie == "gerealiseerd" and r.waarde is not None]
    if not gedaan:
        return None, None
    laatste = max(gedaan, key=lambda r: r.eind)
    doel = next((r for r in rijen if r.categorie == "doel" and r.periode == laatste.periode), None)
    return laatste, doel
