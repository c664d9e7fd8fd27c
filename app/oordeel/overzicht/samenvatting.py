"""The state of the programme in three sentences: each kind of figure has a sentence of its own."""

from __future__ import annotations

from collections.abc import Sequence

from app.lezen.rijen import Haal, Indicator, Trendbreuk, Waarneming
from app.oordeel import benaming, enquete, zinnen
from app.oordeel.knoppen import knoppen
from app.oordeel.overzicht import dekking
from app.oordeel.reeksen import core_series, latest
from app.taal.opmaak import hoofdletter, ouderdom, telling, uitsplitsing_tekst, waarde_tekst
from pipelines.afspraken.codelijsten import to_decimal

# What has a sentence, and a picture on Landelijk beeld, that no other figure could have.
VACATURES, INSTROOM, UITSTROOM = "openstaande_vacatures", "instroom_sector", "uitstroom"


def lead_sentences(haal: Haal, breuken: Sequence[Trendbreuk], *, met_stromen: bool = True) -> list[str]:
    """Return three sentences on the state of the programme: the first three that the figures allow.

    Without the flows where their picture, with a title that says the same, stands beside the sentences.
    """
    kandidaten = (
        _coverage_sentence,
        _vacancy_sentence,
        _flow_sentence,
        _grade_sentence,
        _absence_sentence,
        _shortage_sentence,
    )
    gevraagd = [maak for maak in kandidaten if met_stromen or maak is not _flow_sentence]
    gemaakt = [zin for maak in gevraagd if (zin := maak(haal, breuken))]
    return gemaakt[:3] or ["Er zijn nog geen landelijke cijfers om samen te vatten."]


def _national(haal: Haal, indicator_id: str) -> tuple[Waarneming, ...]:
    return core_series(haal(indicator_id))


def _coverage_sentence(haal: Haal, breuken: Sequence[Trendbreuk]) -> str:
    laatste, stap = zinnen.latest_change(_national(haal, dekking.INDICATOR), breuken)
    if laatste is None or laatste.waarde is None:
        return ""
    nu = zinnen.figure(laatste, "aandeel")
    wanneer = hoofdletter(zinnen.at_moment(laatste))
    kern = f"{wanneer} werkte {nu} van de medewerkers bij een lid van een werkgeversorganisatie"
    if stap is None:
        return f"{kern}."
    toen = f"{zinnen.figure(stap.van, 'aandeel')} {zinnen.at_moment(stap.van)}"
    if stap.verschil == 0:
        return f"{kern}, even veel als {zinnen.at_moment(stap.van)}."
    return f"{kern}; dat was {toen}{zinnen.doubt_text(stap)}."


def _vacancy_sentence(haal: Haal, breuken: Sequence[Trendbreuk]) -> str:
    laatste, stap = zinnen.latest_change(_national(haal, VACATURES), breuken)
    if laatste is None:
        return ""
    aantal = zinnen.figure(laatste, "vacatures")
    stond = "stond er 1 vacature" if laatste.waarde == 1 else f"stonden er {aantal} vacatures"
    kern = f"Aan het eind van {zinnen.in_period(laatste)} {stond} open"
    if stap is None:
        return f"{kern}."
    if stap.verschil == 0:
        return f"{kern}, even veel als aan het eind van {zinnen.in_period(stap.van)}."
    meer = "meer" if stap.verschil > 0 else "minder"
    return (
        f"{kern}, {waarde_tekst(float(abs(stap.verschil)), 'vacatures')} {meer} dan aan het eind van "
        f"{zinnen.in_period(stap.van)}{zinnen.doubt_text(stap)}."
    )


def newest_title(kaarten: Sequence[tuple[Indicator, Waarneming]]) -> str:
    """State the newest of the key figures, with its date; a forecast is none, and other series may have newer ones."""
    geteld = [(rij.moment, indicator, rij) for indicator, rij in kaarten if not rij.is_prognose]
    if not geteld:
        return "Er zijn nog geen landelijke cijfers"
    _, indicator, rij = max(geteld, key=lambda deel: deel[0])
    kop = (
        f"Het laatst bekende kerncijfer, {ouderdom(rij.verouderd)} oud" if rij.verouderd else "Het nieuwste kerncijfer"
    )
    cijfer = zinnen.figure_with_unit(rij, indicator.eenheid)
    wat = benaming.in_sentence(benaming.label(indicator, rij))
    return f"{kop}: {wat} {cijfer} {zinnen.at_moment(rij)}"


def forecast_title(indicator: Indicator, rij: Waarneming) -> str:
    """State what a forecast expects, for when, and when it was made."""
    verwacht = f"{indicator.titel} in {rij.periode_naam}: {zinnen.figure_with_unit(rij, indicator.eenheid)}"
    gemaakt = uitsplitsing_tekst(rij.uitsplitsing)
    return f"{verwacht} ({gemaakt})" if gemaakt else verwacht


def _flow(haal: Haal) -> tuple[Waarneming, Waarneming] | None:
    """Return the newest inflow and outflow of the same period and series."""
    erin = {(r.periode, r.uitsplitsing): r for r in _national(haal, INSTROOM) if r.waarde is not None}
    eruit = {(r.periode, r.uitsplitsing): r for r in _national(haal, UITSTROOM) if r.waarde is not None}
    samen = [sleutel for sleutel in erin if sleutel in eruit]
    if not samen:
        return None
    sleutel = max(samen, key=lambda s: erin[s].eind)
    return erin[sleutel], eruit[sleutel]


def flow_title(haal: Haal) -> str:
    """State in, out and what is left of twelve months; empty where there is no such pair."""
    paar = _flow(haal)
    if paar is None:
        return ""
    in_, uit = (zinnen.figure(r, "personen") for r in paar)
    return f"In- en uitstroom {_twelve_months(paar[0])}: {in_} erbij, {uit} eraf{_left(*paar)}"


def _twelve_months(rij: Waarneming) -> str:
    """Name the time that a flow is counted over: that of a quarter covers the year that ends with it."""
    if rij.periode_naam.isdigit():
        return f"in {rij.periode_naam}"
    return f"in de twaalf maanden tot en met {zinnen.in_period(rij)}"


def _left(in_: Waarneming, uit: Waarneming) -> str:
    """Say what is left of two flows; nothing where one of them is an estimate."""
    if "circa" in (in_.precisie, uit.precisie) or in_.waarde is None or uit.waarde is None:
        return ""
    saldo = to_decimal(in_.waarde) - to_decimal(uit.waarde)
    if saldo == 0:
        return ": even veel"
    woord = "erbij" if saldo > 0 else "eraf"
    return f": per saldo {waarde_tekst(float(abs(saldo)), 'personen')} {woord}"


def _flow_sentence(haal: Haal, _: Sequence[Trendbreuk]) -> str:
    paar = _flow(haal)
    if paar is None:
        return ""
    in_, uit = paar
    return (
        f"{hoofdletter(_twelve_months(in_))} kwamen er {zinnen.figure(in_, 'personen')} mensen "
        f"bij in zorg en welzijn en gingen er {zinnen.figure(uit, 'personen')} weg{_left(in_, uit)}."
    )


def _grade_sentence(haal: Haal, _: Sequence[Trendbreuk]) -> str:
    laatste = latest(_national(haal, enquete.RAPPORTCIJFER))
    if laatste is None:
        return ""
    wie = (
        telling(laatste.n, "organisatie gaf haar", "organisaties gaven hun") if laatste.n else "Organisaties gaven hun"
    )
    cijfer = zinnen.figure(laatste, "cijfer")
    return f"{wie} werkgeversorganisatie over {laatste.periode_naam} gemiddeld een {cijfer}."


def _absence_sentence(haal: Haal, breuken: Sequence[Trendbreuk]) -> str:
    laatste, stap = zinnen.latest_change(_national(haal, knoppen.VERZUIM), breuken)
    if laatste is None:
        return ""
    kern = f"Het ziekteverzuim was {zinnen.figure(laatste, 'aandeel')} in {zinnen.in_period(laatste)}"
    return f"{kern} ({zinnen.change_line(stap, 'aandeel')})." if stap else f"{kern}."


def _shortage_sentence(haal: Haal, _: Sequence[Trendbreuk]) -> str:
    laatste = latest(_national(haal, knoppen.TEKORT))
    return (
        f"Voor {laatste.periode_naam} wordt een tekort verwacht van {zinnen.figure(laatste, 'personen')} personen."
        if laatste
        else ""
    )
