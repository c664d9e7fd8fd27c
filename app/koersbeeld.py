"""The verdicts of Landelijk beeld as HTML: a word and a sign, the evidence behind it, and what cannot be said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app import koers
from app.koers import Koers, Lijn
from app.markup import Html, join, tag
from app.onderdelen import evidence_link, herkomst_badge
from app.opmaak import PIJLER_WOORD, hoofdletter, uitsplitsing_tekst

_TEKEN = {
    koers.OP: ("✓", "op"), koers.DEELS: ("◐", "deels"), koers.NIET: ("✗", "niet"), koers.ONBEKEND: ("?", "onbekend"),
}  # fmt: skip


def cards(lijnen: Sequence[Lijn]) -> Html:
    """Return one card per actielijn: the verdict and the figures it rests on; the rest folds away."""
    return tag("div", join(_card(lijn) for lijn in lijnen), klasse="rm-koersen")


def _card(lijn: Lijn) -> Html:
    rest = [deel for deel in lijn.delen if deel.oordeel == koers.ONBEKEND]
    delen = [tag("h3", lijn.naam), _word(lijn.oordeel)]
    if not lijn.delen:
        delen.append(tag("p", "Er zijn geen landelijke cijfers met een gewenste richting.", klasse="rm-stil"))
        return tag("div", join(delen), klasse="rm-koers")
    if lijn.beslist:
        delen.append(_evidence(lijn.beslist))
    if not lijn.beslist and len(rest) == 1:
        delen.append(_evidence(rest))
    elif rest:
        kop = f"Niet te zeggen bij {len(rest)} van de {len(lijn.delen)} cijfers"
        delen.append(tag("details", tag("summary", kop), _evidence(rest)))
    return tag("div", join(delen), klasse="rm-koers")


def _word(oordeel: str) -> Html:
    teken, klasse = _TEKEN[oordeel]
    return tag("p", tag("span", teken, aria_hidden="true"), f" {hoofdletter(oordeel)}",
               klasse=f"rm-oordeel rm-oordeel-{klasse}")  # fmt: skip


def _evidence(delen: Iterable[Koers]) -> Html:
    return tag("ul", join(_line(deel) for deel in delen))


def _line(deel: Koers) -> Html:
    teken, klasse = _TEKEN[deel.oordeel]
    reeks = uitsplitsing_tekst(deel.rijen[-1].uitsplitsing)
    stempel = [" ", herkomst_badge("synthetisch")] if any(r.is_voorbeeld for r in deel.rijen) else []
    return tag(
        "li",
        tag("span", teken, klasse=f"rm-oordeel-{klasse}", role="img", aria_label=hoofdletter(deel.oordeel)),
        " ",
        evidence_link(deel.indicator.titel, deel.indicator),
        f": {deel.bewijs}",
        *([tag("span", f" Reeks: {reeks}.", klasse="rm-stil")] if reeks else []),
        *stempel,
    )


def pillars(lijnen: Sequence[Lijn], reden: str) -> Html:
    """Return the pijlers in one row, each with its verdict; `reden` is said once when it holds for all."""
    cellen = [
        tag("li", tag("strong", lijn.naam), _word(lijn.oordeel), *([] if reden else [_tally(lijn)]),
            klasse=_colour(lijn.naam))
        for lijn in lijnen
    ]  # fmt: skip
    onder = [tag("p", reden, klasse="rm-bron")] if reden else []
    return tag("div", tag("ul", join(cellen), klasse="rm-pijlerkoers"), *onder)


def _colour(naam: str) -> str:
    """Return the class that gives a pijler its colour."""
    return next((f"rm-p-{code}" for code, woord in PIJLER_WOORD.items() if woord == naam), "")


def _tally(lijn: Lijn) -> Html:
    return tag("span", f"{len(lijn.beslist)} van de {len(lijn.delen)} uitkomsten te beoordelen", klasse="rm-stil")


def table_rows(lijnen: Iterable[Lijn]) -> list[tuple[str, str, str, str]]:
    """Return the same as a table: one row per indicator."""
    return [
        (lijn.naam, deel.indicator.titel, hoofdletter(deel.oordeel), deel.bewijs)
        for lijn in lijnen for deel in lijn.delen
    ]  # fmt: skip
