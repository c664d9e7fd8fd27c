"""The pijlers on Landelijk beeld: one line per pijler, as HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.beeld.fragmenten import Verwijzer
from app.beeld.markup import Html, bar, join, tag
from app.oordeel import zinnen
from app.oordeel.programma import pijlers
from app.oordeel.programma.pijlers import Uitkomst
from app.taal.cellen import VOORBEELD
from app.taal.opmaak import PIJLER_WOORD
from pipelines.afspraken.codelijsten import to_decimal


def as_html(lijnen: Mapping[str, Mapping[str, Sequence[Uitkomst]]], wijzer: Verwijzer) -> Html:
    """Return one line per pijler; per schakel the outcome that was mentioned most."""
    return tag("div", join(_line(p, schakels, wijzer) for p, schakels in lijnen.items()), klasse="rm-pijlers")


def _line(pijler: str, schakels: Mapping[str, Sequence[Uitkomst]], wijzer: Verwijzer) -> Html:
    adres = wijzer.address(pijlers.PAGINA, pijler=pijler)
    delen = [tag("h3", tag("a", PIJLER_WOORD[pijler], href=adres, target="_self"))]
    for schakel, woord in pijlers.SCHAKELS.items():
        uitkomsten = schakels[schakel]
        delen.append(_step(woord, uitkomsten[0] if uitkomsten else None, wijzer))
    return tag("div", join(delen), klasse=f"rm-pijler rm-p-{pijler}")


def _step(woord: str, uitkomst: Uitkomst | None, wijzer: Verwijzer) -> Html:
    if uitkomst is None:
        return tag("div", tag("p", woord, klasse="rm-stap"), tag("p", "Hiernaar is niet gevraagd."))
    rij = uitkomst.rij
    stempel = [tag("p", tag("strong", VOORBEELD))] if rij.is_voorbeeld else []
    return tag(
        "div",
        tag("p", woord, klasse="rm-stap"),
        tag("p", zinnen.figure(rij, "aandeel"), klasse="rm-deel"),
        bar(to_decimal(rij.waarde or 0) * 100),
        tag("p", wijzer.evidence(uitkomst.indicator.titel, uitkomst.indicator)),
        tag("p", f"n = {rij.n}" if rij.n else "n niet gepubliceerd", klasse="rm-stap"),
        *stempel,
    )
