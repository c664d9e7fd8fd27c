"""The state of the programme in three sentences: each kind of figure has a sentence of its own."""

from __future__ import annotations

from collections.abc import Sequence

from app.lezen.data import Haal, Trendbreuk, Waarneming
from app.oordeel import dekking, enquete, zinnen
from app.oordeel.knoppen import knoppen
from app.oordeel.reeksen import latest, main_breakdown, select_series
from app.taal.opmaak import waarde_tekst
from pipelines.afspraken.codelijsten import LAND, to_decimal

# What has a sentence, and a picture on Landelijk beeld, that no other figure could have.
VACATURES, INSTROOM, UITSTROOM = "openstaande_vacatures", "instroom_sector", "uitstroom"


def lead_sentences(haal: Haal, breuken: Sequence[Trendbreuk]) -> list[str]:
    """Return three sentences on the state of the programme: the first three that the figures allow."""
    kandidaten = (
        _coverage_sentence,
        _vacancy_sentence,
        _flow_sentence,
        _grade_sentence,
        _absence_sentence,
        _shortage_sentence,
    )
    gemaakt = [zin for maak in kandidaten if (zin := maak(haal, breuken))]
    return gemaakt[:3] or ["Er zijn nog geen landelijke cijfers om samen te vatten."]


def _national(haal: Haal, indicator_id: str) -> tuple[Waarneming, ...]:
    rijen = [r for r in haal(indicator_id) if r.regio_code == LAND]
    return select_series(rijen, uitsplitsing=main_breakdown([r for r in rijen if r.branche_code == "TOTAAL"]))


def _coverage_sentence(haal: Haal, breuken: Sequence[Trendbreuk]) -> str:
    laatste, stap = zinnen.latest_change(_national(haal, dekking.INDICATOR), breuken)
    if laatste is None or laatste.waarde is None:
        return ""
    nu = zinnen.figure(laatste, "aandeel")
    kern = f"Op {zinnen.moment_text(laatste)} werkte {nu} van de medewerkers bij een lid van een werkgeversorganisatie"
    if stap is None:
        return f"{kern}."
    toen = f"{zinnen.figure(stap.van, 'aandeel')} op {zinnen.moment_text(stap.van)}"
    if stap.verschil == 0:
        return f"{kern}, even veel als op {zinnen.moment_text(stap.van)}."
    return f"{kern}; dat was {toen}{zinnen.doubt_text(stap)}."


def _vacancy_sentence(haal: Haal, breuken: Sequence[Trendbreuk]) -> str:
    laatste, stap = zinnen.latest_change(_national(haal, VACATURES), breuken)
    if laatste is None:
        return ""
    aantal = zinnen.figure(laatste, "vacatures")
    kern = f"Aan het eind van het {laatste.periode_naam} stonden er {aantal} vacatures open"
    if stap is None or stap.verschil == 0:
        return f"{kern}."
    meer = "meer" if stap.verschil > 0 else "minder"
    return (
        f"{kern}, {waarde_tekst(float(abs(stap.verschil)), 'vacatures')} {meer} dan aan het eind van het "
        f"{stap.van.periode_naam}{zinnen.doubt_text(stap)}."
    )


def _flow_sentence(haal: Haal, _: Sequence[Trendbreuk]) -> str:
    erin = {(r.periode, r.uitsplitsing): r for r in _national(haal, INSTROOM) if r.waarde is not None}
    eruit = {(r.periode, r.uitsplitsing): r for r in _national(haal, UITSTROOM) if r.waarde is not None}
    samen = [sleutel for sleutel in erin if sleutel in eruit]
    if not samen:
        return ""
    sleutel = max(samen, key=lambda s: erin[s].eind)
    in_, uit = erin[sleutel], eruit[sleutel]
    kern = (
        f"In de twaalf maanden tot en met het {in_.periode_naam} kwamen er {zinnen.figure(in_, 'personen')} mensen bij "
        f"in zorg en welzijn en gingen er {zinnen.figure(uit, 'personen')} weg"
    )
    if "circa" in (in_.precisie, uit.precisie) or in_.waarde is None or uit.waarde is None:
        return f"{kern}."
    saldo = to_decimal(in_.waarde) - to_decimal(uit.waarde)
    if saldo == 0:
        return f"{kern}: even veel."
    woord = "erbij" if saldo > 0 else "eraf"
    return f"{kern}: per saldo {waarde_tekst(float(abs(saldo)), 'personen')} {woord}."


def _grade_sentence(haal: Haal, _: Sequence[Trendbreuk]) -> str:
    laatste = latest(_national(haal, enquete.RAPPORTCIJFER))
    if laatste is None:
        return ""
    wie = f"{laatste.n} organisaties" if laatste.n else "Organisaties"
    cijfer = zinnen.figure(laatste, "cijfer")
    return f"{wie} gaven hun werkgeversorganisatie over {laatste.periode_naam} gemiddeld een {cijfer}."


def _absence_sentence(haal: Haal, breuken: Sequence[Trendbreuk]) -> str:
    laatste, stap = zinnen.latest_change(_national(haal, knoppen.VERZUIM), breuken)
    if laatste is None:
        return ""
    kern = f"Het ziekteverzuim was {zinnen.figure(laatste, 'aandeel')} in het {laatste.periode_naam}"
    return f"{kern} ({zinnen.change_line(stap, 'aandeel')})." if stap else f"{kern}."


def _shortage_sentence(haal: Haal, _: Sequence[Trendbreuk]) -> str:
    laatste = latest(_national(haal, knoppen.TEKORT))
    return (
        f"Voor {laatste.periode_naam} wordt een tekort verwacht van {zinnen.figure(laatste, 'personen')} personen."
        if laatste
        else ""
    )
