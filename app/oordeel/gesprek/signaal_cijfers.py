"""Rules that look at figures: their course, their place beside the rest of the country, their gaps and breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.lezen.rijen import Verschil, Waarneming
from app.oordeel import enquete, zinnen
from app.oordeel.benaming import in_sentence
from app.oordeel.gesprek.gespreksgegevens import Regiogegevens
from app.oordeel.gesprek.signaal import Bewijs, Signaal, evidence, make_signal, short_list
from app.oordeel.programma import ambities
from app.oordeel.reeksen import Verandering, breaks_between, change, earlier_partner, latest
from app.taal.opmaak import datum, telling
from app.taal.verandering import verschil_tekst
from pipelines.afspraken.codelijsten import Status, Toetsoordeel, to_decimal

# A change must be larger than this to count as going another way: of a share, and of anything else as a part.
MINSTE_AANDEEL = 0.005
MINSTE_AANDEEL_AFGEROND = 0.01
MINSTE_DEEL = 0.01
_ANDERE_REGIOS = "andere regio's"
_HOOFDANTWOORDEN = ("", "bekend", "gebruikt", "ja", "eens")


def against_national_trend(gegevens: Regiogegevens) -> list[Signaal]:
    """Return one signal per indicator that moves the wrong way here and the right way in the country.

    One side of a balance goes no way by itself: of those the saldo speaks.
    """
    signalen = []
    for naam, indicator in gegevens.indicatoren.items():
        if indicator.richting not in ("hoger", "lager") or indicator.balans:
            continue
        hier = _latest_step(gegevens, gegevens.series(naam))
        land = _national_step(gegevens, hier) if hier else None
        if hier is None or land is None:
            continue
        gewenst = 1 if indicator.richting == "hoger" else -1
        if _direction(hier, indicator.vertrouwelijk) != -gewenst or land.verschil * gewenst <= 0:
            continue
        woorden = {1: "steeg", -1: "daalde"}
        zin = (
            f"{indicator.titel} {woorden[-gewenst]} hier "
            f"({zinnen.step_text(hier, indicator.eenheid)} sinds {zinnen.moment_text(hier.van)}{_until(hier.tot)}), "
            f"terwijl het landelijk {woorden[gewenst]} ({zinnen.step_text(land, indicator.eenheid)})."
        )
        bewijs = [evidence(gegevens, rij) for rij in (hier.van, hier.tot, land.van, land.tot)]
        vraag = f"Hoe verklaart de regio dat {in_sentence(indicator.titel)} zich anders ontwikkelt dan in Nederland?"
        signalen.append(make_signal("tegen_landelijke_trend", zin, bewijs, vraag))
    return signalen


def _until(tot: Waarneming) -> str:
    """Say until when a change runs where that is long ago: what moved then may stand otherwise today."""
    oud = zinnen.old_text(tot)
    return f", tot en met {zinnen.moment_text(tot)}, {oud}" if oud else ""


def _latest_step(gegevens: Regiogegevens, reeks: Sequence[Waarneming]) -> Verandering | None:
    """Return the newest change that may be computed and is certain; of a survey only a tested one."""
    tot = latest(reeks)
    if tot is None or tot.is_prognose:
        return None
    stap = change(earlier_partner(reeks, tot), tot, gegevens.breuken, gegevens.verschillen)
    return _certain(gegevens, stap)


def _national_step(gegevens: Regiogegevens, hier: Verandering) -> Verandering | None:
    """Return the national change between the same two periods."""
    van, tot = gegevens.national(hier.van), gegevens.national(hier.tot)
    if van is None or tot is None:
        return None
    return _certain(gegevens, change(van, tot, gegevens.breuken, gegevens.verschillen))


def _certain(gegevens: Regiogegevens, stap: object) -> Verandering | None:
    if not isinstance(stap, Verandering) or stap.twijfel is not None:
        return None
    if not ambities.is_counted(stap.tot):
        getoetst = ambities.tested_change(stap, gegevens.verschillen)
        return getoetst if isinstance(getoetst, Verandering) else None
    return stap


def _direction(stap: Verandering, vertrouwelijk: str) -> int:
    """Return 1 or -1 for a change large enough to speak of, else 0."""
    van = to_decimal(stap.van.waarde or 0)
    is_aandeel = abs(van) <= 1 and abs(to_decimal(stap.tot.waarde or 0)) <= 1
    if is_aandeel:
        grens = to_decimal(MINSTE_AANDEEL_AFGEROND if vertrouwelijk else MINSTE_AANDEEL)
        # Two figures rounded to whole percents may be one percent apart and yet almost the same.
        groot = abs(stap.verschil) > grens if vertrouwelijk else abs(stap.verschil) >= grens
    else:
        groot = abs(stap.verschil) >= abs(van) * to_decimal(MINSTE_DEEL)
    return 0 if not groot or stap.verschil == 0 else 1 if stap.verschil > 0 else -1


def worse_than_rest(gegevens: Regiogegevens) -> list[Signaal]:
    """Return one signal on the survey questions where a test puts the WGO on the wrong side of the rest."""
    laatste: dict[tuple[str, str], tuple[Verschil, Waarneming]] = {}
    for v in gegevens.verschillen:
        if v.soort != "regio_rest" or v.categorie not in _HOOFDANTWOORDEN:
            continue
        rij = _row_of(gegevens, v)
        eerder = laatste.get((v.indicator_id, v.categorie))
        # A region that changed of WGO has verdicts of both; the newest one counts.
        if rij is not None and (eerder is None or eerder[1].eind <= rij.eind):
            laatste[v.indicator_id, v.categorie] = (v, rij)
    ongunstig = [(v, rij) for v, rij in laatste.values() if _is_unwanted(gegevens, v)]
    if not ongunstig:
        return []
    namen = [gegevens.indicatoren[rij.indicator_id].titel for _, rij in ongunstig]
    wie = gegevens.namen[ongunstig[-1][1].regio_code]
    zin = f"Bij {wie} ligt de enquête ongunstiger dan in de rest van het land: {short_list(namen)}."
    vraag = f"Wat doet {wie} anders dan andere werkgeversorganisaties, en wat gaat zij daarvan leren?"
    bewijs = [_beside_rest(gegevens, v, rij) for v, rij in ongunstig]
    return [make_signal("ongunstiger_dan_rest", zin, bewijs, vraag)]


def _beside_rest(gegevens: Regiogegevens, v: Verschil, rij: Waarneming) -> Bewijs:
    """Return a figure as evidence, with how far it lies from that of the rest of the country."""
    bewijs, eenheid = evidence(gegevens, rij), gegevens.indicatoren[rij.indicator_id].eenheid
    if v.verschil is None:
        return bewijs
    cijfers = 0 if eenheid == "aandeel" else 1
    verschil = f"; verschil met de rest van het land: {verschil_tekst(to_decimal(v.verschil), eenheid, cijfers)}"
    return replace(bewijs, tekst=bewijs.tekst + verschil)


def _is_unwanted(gegevens: Regiogegevens, v: Verschil) -> bool:
    richting = gegevens.indicatoren[v.indicator_id].richting
    return {"hoger": Toetsoordeel.LAGER, "lager": Toetsoordeel.HOGER}.get(richting) == v.oordeel


def _row_of(gegevens: Regiogegevens, v: Verschil) -> Waarneming | None:
    rijen = gegevens.van_wgo.get(v.indicator_id, ()) or gegevens.eigen.get(v.indicator_id, ())
    sleutel = (v.categorie, "", v.regio_code, v.periode)
    treffers = [r for r in rijen if (r.categorie, r.uitsplitsing, r.regio_code, r.periode) == sleutel]
    return next((r for r in treffers if r.waarde is not None and r.herkomst == v.herkomst), None)


def broken_series(gegevens: Regiogegevens) -> list[Signaal]:
    """Return one signal per break that lies between the two newest figures of the region."""
    per_breuk: dict[tuple[str, str], list[Waarneming]] = {}
    for naam in gegevens.indicatoren:
        for reeks in (gegevens.series(naam), gegevens.survey_series(naam)):
            tot = latest(reeks)
            van = earlier_partner(reeks, tot) if tot else None
            if van is None or tot is None:
                continue
            for breuk in breaks_between(van, tot, gegevens.breuken):
                per_breuk.setdefault((datum(breuk.datum), breuk.tekst), []).append(tot)
    signalen = []
    for (wanneer, tekst), geraakt in per_breuk.items():
        namen = list(dict.fromkeys(gegevens.indicatoren[rij.indicator_id].titel for rij in geraakt))
        zin = f"Niet te vergelijken met eerder: {short_list(namen)}. Trendbreuk op {wanneer}: {tekst}"
        welke = short_list([in_sentence(naam) for naam in namen], 2)
        vraag = f"Welke eigen cijfers heeft de regio om de ontwikkeling bij {welke} te volgen?"
        bewijs = [evidence(gegevens, rij) for rij in geraakt]
        signalen.append(make_signal("trendbreuk", zin, bewijs, vraag))
    return signalen


def missing_figures(gegevens: Regiogegevens) -> list[Signaal]:
    """Return one signal on the newest figures that at least half of the regions have and this one lacks."""
    laatste = {}
    # Of a region that has ended, or had yet to begin, nobody can deliver a figure.
    van, tot = gegevens.regio.geldig_van or date.min, gegevens.regio.geldig_tot or date.max
    for e in gegevens.elders:
        if van <= e.eind <= tot and 2 * e.regios >= gegevens.regios_van_niveau:
            laatste[e.indicator_id, e.uitsplitsing] = e
    ontbreekt = [e for e in laatste.values() if not _has(gegevens, e.indicator_id, e.uitsplitsing, e.periode)]
    # Where the others are together Nederland there is none here: not even of another count of the same.
    geen = {e.indicator_id for e in ontbreekt if e.is_heel}
    ontbreekt = [e for e in ontbreekt if e.indicator_id not in geen]
    if not ontbreekt:
        return []
    leveranciers = {g.indicator_id: g.leverancier for g in gegevens.gaten}
    bewijs = [
        Bewijs(
            f"{gegevens.indicatoren[e.indicator_id].titel}, {e.naam}: hier geen cijfer, in "
            f"{telling(e.regios, 'andere regio', _ANDERE_REGIOS)} wel",
            leveranciers.get(e.indicator_id, "") or gegevens.indicatoren[e.indicator_id].bron or "de leverancier",
            e.indicator_id,
        )
        for e in ontbreekt
    ]
    namen = list(dict.fromkeys(gegevens.indicatoren[e.indicator_id].titel for e in ontbreekt))
    er, wat, komt = (
        ("ontbreekt", "een cijfer dat", "komt het") if len(namen) == 1 else ("ontbreken", "cijfers die", "komen zij")
    )
    zin = f"Er {er} {wat} de meeste andere regio's wel hebben: {short_list(namen)}."
    welke = short_list([in_sentence(naam) for naam in namen], 2)
    vraag = f"Waardoor {er} {welke} in deze regio, en wanneer {komt} er wel?"
    return [make_signal("cijfer_ontbreekt", zin, bewijs, vraag)]


def _has(gegevens: Regiogegevens, indicator_id: str, uitsplitsing: str, periode: str) -> bool:
    """Whether the figure exists, shown or not; that it does not apply here is no gap."""
    return any(
        (r.uitsplitsing, r.periode, r.categorie) == (uitsplitsing, periode, "") and r.status != Status.ONTBREEKT
        for r in gegevens.eigen.get(indicator_id, ())
    )


def too_few_answers(gegevens: Regiogegevens) -> list[Signaal]:
    """Return a signal when the newest survey has too few answers in the region to show anything."""
    reeks = gegevens.survey_series(enquete.RAPPORTCIJFER) or gegevens.series(enquete.RAPPORTCIJFER)
    rij = reeks[-1] if reeks else None
    if rij is None or rij.status != Status.TE_WEINIG:
        return []
    wie = gegevens.namen[rij.regio_code]
    zin = f"De enquête over {rij.periode_naam} heeft te weinig antwoorden om iets over {wie} te zeggen."
    bewijs = [evidence(gegevens, rij)]
    bewijs += [evidence(gegevens, r) for r in gegevens.survey_series(enquete.RESPONS) if r.periode == rij.periode]
    vraag = "Hoe krijgt de regio de volgende keer meer organisaties aan het invullen?"
    return [make_signal("te_weinig_antwoorden", zin, bewijs, vraag)]
