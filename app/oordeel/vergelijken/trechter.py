"""Which regions differ from the others by more than regions usually do: funnel limits in place of a league table.

Of register shares over regions, from published counts. A region lies outside only beyond three standard errors around
the mean of the regions, where the error is chance and what regions differ anyway. That usual spread is estimated from
the regions themselves, with the outer tenth on both sides drawn in, so that outliers do not widen their own limits.

Source: Spiegelhalter, Quality and Safety in Health Care 14 (2005) 347-351 (additive overdispersion, winsorised).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from app.lezen.rijen import Waarneming
from app.taal.opmaak import hoofdletter, opsomming

# With fewer regions their usual spread is not known.
MINSTE_REGIOS = 10
_BUITENSTE = 0.10
_FOUTEN = 3.0
# What is left of the variance of a normal distribution whose outer tenths are drawn in.
_OVER = 0.6787
_RONDEN = 3
BOVEN, ONDER = "hoger dan regio's gewoonlijk verschillen", "lager dan regio's gewoonlijk verschillen"


def judge(rijen: Mapping[str, Waarneming], eenheid: str) -> dict[str, str] | None:
    """Return per region outside the limits on which side it lies; None where no verdict may be given.

    Only shares from counts that are real, final and shown; never of a sample, where a test decides.
    """
    telt = {code: r for code, r in rijen.items() if _counts(r)}
    alle = [r for r in rijen.values() if r.waarde is not None]
    if eenheid != "aandeel" or len(telt) < MINSTE_REGIOS or len(telt) < len(alle):
        return None
    paren = [(float(r.teller or 0), float(r.noemer or 0)) for r in telt.values()]
    uit = limits(paren)
    if uit is None:
        return None
    buiten = {}
    for code, (teller, noemer), (onder, boven) in zip(telt, paren, uit, strict=True):
        if not onder <= teller / noemer <= boven:
            buiten[code] = BOVEN if teller / noemer > boven else ONDER
    return buiten


def _counts(rij: Waarneming) -> bool:
    heeft = rij.waarde is not None and rij.teller is not None and rij.noemer is not None and rij.noemer > 0
    return heeft and not (rij.is_voorbeeld or rij.is_steekproef or rij.is_voorlopig) and rij.waarde_tot is None


def limits(paren: Sequence[tuple[float, float]]) -> list[tuple[float, float]] | None:
    """Return per (teller, noemer) the lowest and highest share that is usual; None where all are 0 or 1."""
    midden = sum(t for t, _ in paren) / sum(n for _, n in paren)
    if not 0 < midden < 1:
        return None
    varianties = [midden * (1 - midden) / n for _, n in paren]
    for _ in range(_RONDEN):
        tussen = _between(paren, varianties, midden)
        gewichten = [1 / (variantie + tussen) for variantie in varianties]
        midden = sum(w * t / n for w, (t, n) in zip(gewichten, paren, strict=True)) / sum(gewichten)
    halven = [_FOUTEN * math.sqrt(variantie + tussen) for variantie in varianties]
    return [(midden - halve, midden + halve) for halve in halven]


def _between(paren: Sequence[tuple[float, float]], varianties: Sequence[float], midden: float) -> float:
    """Return the variance between regions beyond chance, from z-scores of which the outer tenths are drawn in."""
    scores = sorted((t / n - midden) / math.sqrt(v) for (t, n), v in zip(paren, varianties, strict=True))
    weg = math.floor(_BUITENSTE * len(scores))
    laag, hoog = scores[weg], scores[-1 - weg]
    som = sum(min(max(z, laag), hoog) ** 2 for z in scores) / _OVER
    gewichten = [1 / v for v in varianties]
    ruimte = sum(gewichten) - sum(w * w for w in gewichten) / sum(gewichten)
    return max(0.0, (som - (len(scores) - 1)) / ruimte)


def sentence(buiten: Mapping[str, str] | None, namen: Mapping[str, str], aantal: int) -> str:
    """Name the regions outside what is usual, in the order of their codes; nothing where no verdict may be given."""
    if buiten is None:
        return ""
    if not buiten:
        return f"Geen van de {aantal} regio's ligt buiten wat regio's gewoonlijk van elkaar verschillen."
    delen = []
    for kant in (BOVEN, ONDER):
        wie = [namen[code] for code in namen if buiten.get(code) == kant]
        if wie:
            delen.append(f"{hoofdletter(kant)}: {opsomming(wie)}.")
    return f"{' '.join(delen)} Dat zegt niet waardoor het komt."
