"""The survey's shares in one line per pijler: bereik, effect, impact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app import zinnen
from app.data import Indicator, Waarneming
from app.markup import Html, join, tag
from app.onderdelen import evidence_link
from app.opmaak import PIJLER_WOORD, to_decimal
from app.reeksen import LAND, TOTAAL

SCHAKELS = {"bereik": "Bereik", "effect": "Effect", "impact": "Impact"}
# The answer that counts as 'reached' or 'noticed', by preference.
_ANTWOORDEN = ("", "bekend", "gebruikt", "ja", "eens")
_GEEN_UITKOMST = ("_geen", "_anders")


@dataclass(frozen=True)
class Uitkomst:
    """One share of one survey question."""

    indicator: Indicator
    rij: Waarneming


def collect(indicatoren: Mapping[str, Indicator], haal: zinnen.Haal) -> dict[str, dict[str, list[Uitkomst]]]:
    """Return, per pijler and schakel, the published outcomes with the highest share first."""
    lijnen: dict[str, dict[str, list[Uitkomst]]] = {p: {s: [] for s in SCHAKELS} for p in PIJLER_WOORD}
    for indicator in indicatoren.values():
        if indicator.pijler not in lijnen or indicator.schakel not in SCHAKELS or indicator.eenheid != "aandeel":
            continue
        if indicator.indicator_id.endswith(_GEEN_UITKOMST):
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


def as_html(lijnen: Mapping[str, Mapping[str, Sequence[Uitkomst]]]) -> Html:
    """Return one line per pijler; per schakel the outcome that was mentioned most."""
    return tag("div", join(_line(p, schakels) for p, schakels in lijnen.items()), klasse="rm-pijlers")


def _line(pijler: str, schakels: Mapping[str, Sequence[Uitkomst]]) -> Html:
    delen = [tag("h3", PIJLER_WOORD[pijler])]
    for schakel, woord in SCHAKELS.items():
        uitkomsten = schakels[schakel]
        delen.append(_step(woord, uitkomsten[0] if uitkomsten else None))
    return tag("div", join(delen), klasse=f"rm-pijler rm-p-{pijler}")


def _step(woord: str, uitkomst: Uitkomst | None) -> Html:
    if uitkomst is None:
        return tag("div", tag("p", woord, klasse="rm-stap"), tag("p", "Hiernaar is niet gevraagd."))
    rij = uitkomst.rij
    breedte = f"width:{to_decimal(rij.waarde or 0) * 100:.0f}%"
    stempel = [tag("p", tag("strong", "VOORBEELD"))] if rij.is_voorbeeld else []
    return tag(
        "div",
        tag("p", woord, klasse="rm-stap"),
        tag("p", zinnen.figure(rij, "aandeel"), klasse="rm-deel"),
        tag("div", tag("span", style=breedte), klasse="rm-balk", aria_hidden="true"),
        tag("p", evidence_link(uitkomst.indicator.titel, uitkomst.indicator)),
        tag("p", f"n = {rij.n}" if rij.n else "n niet gepubliceerd", klasse="rm-stap"),
        *stempel,
    )
