"""The verdicts of Landelijk beeld as HTML: a word and a sign, the evidence behind it, and what cannot be said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.beeld.fragmenten import Verwijzer, herkomst_badge
from app.beeld.markup import Html, join, tag
from app.oordeel import zinnen
from app.oordeel.programma import koers
from app.oordeel.programma.koers import Koers, Koerslijn
from app.oordeel.programma.pijlers import PAGINA, SCHAKELS, Uitkomst, short_name
from app.taal.opmaak import hoofdletter, opsomming, uitsplitsing_tekst
from pipelines.afspraken.codelijsten import Herkomst

_TEKEN = {
    koers.OP: ("✓", "op"), koers.DEELS: ("◐", "deels"), koers.NIET: ("✗", "niet"), koers.ONBEKEND: ("?", "onbekend"),
    koers.TE_WEINIG: ("?", "onbekend"),
}  # fmt: skip

# As many reasons as fit in a card that is no higher than one that rests on a figure.
_ZONDER_OORDEEL = 1


def cards(lijnen: Sequence[Koerslijn], wijzer: Verwijzer) -> Html:
    """Return one card per actielijn: the verdict and the figures it rests on; the rest folds away."""
    return tag("div", join(_card(lijn, wijzer) for lijn in lijnen), klasse="rm-koersen")


def _card(lijn: Koerslijn, wijzer: Verwijzer) -> Html:
    rest = [deel for deel in lijn.delen if deel.oordeel == koers.ONBEKEND]
    delen = [tag("h3", lijn.naam), _word(lijn)]
    if not lijn.delen:
        delen.append(tag("p", "Er zijn geen landelijke cijfers met een gewenste richting.", klasse="rm-stil"))
        return tag("div", join(delen), klasse="rm-koers")
    # Where nothing can be judged, the reader still sees at once what that is about.
    getoond = lijn.beslist or tuple(rest[:_ZONDER_OORDEEL])
    delen.append(_evidence(getoond, wijzer))
    verder = [deel for deel in rest if deel not in getoond]
    if verder:
        delen.append(tag("details", tag("summary", _unsaid(lijn, verder)), _evidence(verder, wijzer)))
    return tag("div", join(delen), klasse="rm-koers")


def _unsaid(lijn: Koerslijn, verder: Sequence[Koers]) -> str:
    """Say of how many figures nothing can be said, and how many of those count in no verdict of the actielijn."""
    nog = "Niet te zeggen" if lijn.beslist else "Ook niet te zeggen"
    ander = "" if lijn.beslist else "ander " if len(verder) == 1 else "andere "
    kop = f"{nog} bij {len(verder)} {ander}{'cijfer' if len(verder) == 1 else 'cijfers'}"
    buiten = sum(bool(deel.indicator.buiten_koers) for deel in verder)
    if not buiten:
        return kop
    if len(verder) == 1:
        return f"{kop}, dat niet meetelt"
    return f"{kop}, waarvan {buiten} niet {'meetelt' if buiten == 1 else 'meetellen'}"


def _word(lijn: Koerslijn) -> Html:
    teken, klasse = _TEKEN[lijn.oordeel]
    return tag("p", tag("span", teken, aria_hidden="true"), f" {hoofdletter(lijn.tekst)}",
               klasse=f"rm-oordeel rm-oordeel-{klasse}")  # fmt: skip


def _evidence(delen: Iterable[Koers], wijzer: Verwijzer) -> Html:
    return tag("ul", join(_line(deel, wijzer) for deel in delen))


def _line(deel: Koers, wijzer: Verwijzer) -> Html:
    teken, klasse = _TEKEN[deel.oordeel]
    reeks = uitsplitsing_tekst(deel.rijen[-1].uitsplitsing) if deel.rijen else ""
    stempel = [" ", herkomst_badge(Herkomst.SYNTHETISCH)] if any(r.is_voorbeeld for r in deel.rijen) else []
    return tag(
        "li",
        tag("span", teken, klasse=f"rm-oordeel-{klasse}", role="img", aria_label=hoofdletter(deel.oordeel)),
        " ",
        wijzer.evidence(deel.indicator.titel, deel.indicator),
        f": {deel.bewijs}",
        *([tag("span", f" Reeks: {reeks}.", klasse="rm-stil")] if reeks else []),
        *stempel,
    )


def pillars(
    lijnen: Sequence[Koerslijn],
    uitkomsten: Mapping[str, Mapping[str, Sequence[Uitkomst]]],
    reden: str,
    wijzer: Verwijzer,
) -> Html:
    """Return the pijlers in one row, each with its verdict and the outcomes behind it.

    `reden` is said once when it holds for all.
    """
    cellen = []
    for lijn in lijnen:
        adres = wijzer.address(PAGINA, pijler=lijn.code)
        naam = tag("strong", tag("a", short_name(lijn.code), href=adres, target="_self"))
        delen = [naam, _word(lijn), _outcomes(uitkomsten[lijn.code], met_jaar=not reden)]
        cellen.append(tag("li", *delen, *([] if reden else [_tally(lijn)]), klasse=f"rm-p-{lijn.code}"))
    onder = [tag("p", reden, klasse="rm-bron")] if reden else []
    return tag("div", tag("ul", join(cellen), klasse="rm-pijlerkoers"), *onder)


def _outcomes(schakels: Mapping[str, Sequence[Uitkomst]], *, met_jaar: bool) -> Html:
    """Return per schakel the outcome that was mentioned most, with when it was measured."""
    toppen = [(SCHAKELS[schakel].lower(), lijst[0].rij) for schakel, lijst in schakels.items() if lijst]
    jaren = list(dict.fromkeys(rij.periode_naam for _, rij in toppen))
    cijfers = ", ".join(f"{woord} {zinnen.figure(rij, 'aandeel')}" for woord, rij in toppen)
    stempel = [" ", herkomst_badge(Herkomst.SYNTHETISCH)] if any(rij.is_voorbeeld for _, rij in toppen) else []
    wanneer = f" ({opsomming(jaren)})" if met_jaar else ""
    return tag("span", f"{hoofdletter(cijfers)}{wanneer}", *stempel, klasse="rm-stil")


def _tally(lijn: Koerslijn) -> Html:
    aantal = len(lijn.lopend)
    woord = "uitkomst" if aantal == 1 else "uitkomsten"
    return tag("span", f"{len(lijn.beslist)} van de {aantal} {woord} te beoordelen", klasse="rm-stil")
