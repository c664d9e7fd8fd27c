"""The survey's shares per pijler: bereik, effect, impact; and what they say, as titles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.lezen.rijen import Haal, Indicator, Waarneming
from app.oordeel import enquete, zinnen
from app.oordeel.benaming import in_sentence
from app.oordeel.echt import has_examples
from app.oordeel.enquete import Groep, Vraag
from app.taal.opmaak import PIJLER_WOORD, opsomming
from pipelines.afspraken.codelijsten import LAND, TOTAAL, Pijler, Schakel

PAGINA = "pijlers"
# What the survey asks; the step before it is filled by a count of its own.
ACTIVITEITEN = "activiteiten"
_KORT: Mapping[str, str] = {pijler: pijler.naam for pijler in Pijler}
SCHAKELS: Mapping[str, str] = {schakel: schakel.naam for schakel in Schakel if schakel != ACTIVITEITEN}
# The answer that counts as 'reached' or 'noticed', by preference.
_ANTWOORDEN = ("", "bekend", "gebruikt", "ja", "eens")


@dataclass(frozen=True)
class Uitkomst:
    """One share of one survey question."""

    indicator: Indicator
    rij: Waarneming


def collect(indicatoren: Mapping[str, Indicator], haal: Haal) -> dict[str, dict[str, list[Uitkomst]]]:
    """Return, per pijler and schakel, the published outcomes with the highest share first."""
    lijnen: dict[str, dict[str, list[Uitkomst]]] = {p: {s: [] for s in SCHAKELS} for p in PIJLER_WOORD}
    for indicator in indicatoren.values():
        if indicator.pijler not in lijnen or indicator.schakel not in SCHAKELS or indicator.eenheid != "aandeel":
            continue
        if indicator.is_afsluiter:
            continue
        rij = _outcome(haal(indicator.indicator_id))
        if rij is not None:
            lijnen[indicator.pijler][indicator.schakel].append(Uitkomst(indicator, rij))
    for schakels in lijnen.values():
        for uitkomsten in schakels.values():
            uitkomsten.sort(key=lambda u: (-(u.rij.waarde or 0), u.indicator.volgorde))
    return {p: schakels for p, schakels in lijnen.items() if any(schakels.values())}


def _outcome(rijen: Sequence[Waarneming]) -> Waarneming | None:
    landelijk = [
        r
        for r in rijen
        if r.regio_code == LAND and r.branche_code == TOTAAL and not r.uitsplitsing and r.waarde is not None
    ]
    for antwoord in _ANTWOORDEN:
        treffers = [r for r in landelijk if r.categorie == antwoord]
        if treffers:
            return max(treffers, key=lambda r: r.eind)
    return None


def comparison_title(groep: Groep, ketens: Mapping[str, Mapping[str, Sequence[Vraag]]]) -> str:
    """State between which shares the pijlers lie, per schakel; each pijler by the outcome given most."""
    delen: list[str] = []
    if has_examples(
        top.cijfer.beste for keten in ketens.values() for v in keten.values() if (top := enquete.leading(v))
    ):
        return f"{groep.kop}{zinnen.VERZONNEN}"
    for schakel in SCHAKELS:
        toppen = [top for keten in ketens.values() if (top := enquete.leading(keten[schakel])) is not None]
        rijen = sorted((top.cijfer.beste for top in toppen), key=lambda r: r.waarde or 0)
        if rijen:
            van, tot = _percentage(rijen[0]), _percentage(rijen[-1])
            delen.append(f"{schakel} {van}" if van == tot else f"{schakel} van {van} tot {tot}")
    kop = f"{groep.kop}: {opsomming(delen)}" if delen else f"{groep.kop}: geen uitkomsten over de pijlers"
    return kop


def short_name(pijler: str) -> str:
    """Return the name of a pijler without its explanation."""
    return _KORT[pijler]


def chain_title(pijler: str, keten: Mapping[str, Sequence[Vraag]]) -> str:
    """State, per schakel, the outcome of one pijler that was given most."""
    toppen = [top for schakel in SCHAKELS if (top := enquete.leading(keten[schakel])) is not None]
    if has_examples(top.cijfer.beste for top in toppen):
        return f"{short_name(pijler)}{zinnen.VERZONNEN}"
    delen = [f"{_percentage(top.cijfer.beste)} {in_sentence(top.indicator.titel)}" for top in toppen]
    kop = f"{short_name(pijler)}: {'; '.join(delen) or 'te weinig antwoorden voor een uitkomst'}"
    return kop


def _percentage(rij: Waarneming) -> str:
    return zinnen.figure(rij, "aandeel")


def most_named(rijen: Sequence[Waarneming]) -> Waarneming | None:
    """Return the theme that was certainly named most: above the upper end of every other one."""
    met_waarde = [rij for rij in rijen if rij.waarde is not None]
    if len(met_waarde) < 2:
        return None
    top = max(met_waarde, key=lambda rij: rij.waarde or 0)
    for rij in met_waarde:
        is_open = rij.precisie == "bereik" and rij.waarde_tot is None
        if rij is not top and (is_open or (rij.waarde_tot or rij.waarde or 0) >= (top.waarde or 0)):
            return None
    return top
