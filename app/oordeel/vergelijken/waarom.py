"""Why a share changed, in one sentence: the mix of branches, what happened within them, and who counts twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from app.lezen.onderwerp.ontledingen import Bijdrage
from app.lezen.rijen import Branche
from app.oordeel.reeksen import Verandering
from app.oordeel.zinnen import step_text
from app.taal.opmaak import opsomming
from app.taal.verandering import kaal_verschil
from pipelines.afspraken.codelijsten import round_half_up, to_decimal

_WAARDOOR = {
    "binnen": "door verandering binnen de branches",
    "samenstelling": "doordat de branches een ander deel van het geheel zijn",
    "overlap": "doordat meer of minder mensen in twee branches tellen",
}
_CIJFERS = 1
AFRONDING = "Door afronding tellen de delen niet precies op."


def sentence(stap: Verandering, delen: Sequence[Bijdrage], branches: Mapping[str, Branche]) -> str:
    """Say what a change is made of: 'Van de +4 procentpunt komt +5,2 door verandering binnen de branches …'.

    Nothing where there is nothing to say: no parts, or no change to the decimal that the parts are told in.
    """
    totaal = sum((to_decimal(deel.bijdrage) for deel in delen), Decimal(0))
    if not delen or not _rounded(totaal):
        return ""
    som = {term: sum((to_decimal(d.bijdrage) for d in delen if d.term == term), Decimal(0)) for term in _WAARDOOR}
    genoemd = {term: deel for term, deel in som.items() if term != "overlap" or _rounded(deel)}
    regels = [f"{_points(deel)} {_WAARDOOR[term]}{_most(term, delen, branches)}" for term, deel in genoemd.items()]
    kop = step_text(stap, "aandeel")
    if _rounded(totaal) != _rounded(stap.verschil):
        kop += f" (op een decimaal: {_points(totaal)})"
    rest = sum((_rounded(deel) for deel in genoemd.values()), Decimal(0)) - _rounded(totaal)
    return f"Van de {kop} komt {opsomming(regels)}.{f' {AFRONDING}' if rest else ''}"


def _rounded(deel: Decimal) -> Decimal:
    return round_half_up(deel * 100, _CIJFERS)


def _points(deel: Decimal) -> str:
    """Write a part of a change in points with its sign; a part that rounds to nothing has none."""
    return kaal_verschil(deel, "aandeel", _CIJFERS)


def _most(term: str, delen: Sequence[Bijdrage], branches: Mapping[str, Branche]) -> str:
    """Name the branche that did most within a term, where it goes the same way as the term."""
    eigen = [d for d in delen if d.term == term and d.branche_code in branches]
    som = sum(d.bijdrage for d in eigen)
    grootste = max(eigen, key=lambda d: d.bijdrage * som, default=None)
    if grootste is None or som == 0 or not _rounded(to_decimal(grootste.bijdrage)):
        return ""
    return f" (het meest: {branches[grootste.branche_code].naam_kort}, {_points(to_decimal(grootste.bijdrage))})"
