"""The figure cards of the national picture as HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.beeld.fragmenten import Verwijzer, herkomst_badge
from app.beeld.markup import Html, bar, join, tag
from app.beeld.tekening import lijntje
from app.lezen.rijen import Indicator, Regio, Trendbreuk, Waarneming
from app.oordeel import benaming, bijschriften, zinnen
from app.oordeel.bijschriften import source_text
from app.oordeel.overzicht import uitersten
from app.oordeel.overzicht.kerncijfers import Kerncijfer
from app.taal.opmaak import hoofdletter, uitsplitsing_tekst

# As many names as are read at a glance.
_NIEUW = 3
_EENHEID = {"personen": "personen", "vacatures": "vacatures"}


def as_sets(kaarten: Sequence[Kerncijfer], breuken: Sequence[Trendbreuk], wijzer: Verwijzer) -> Html:
    """Return the cards in two sets: of more than once a year, and of once a year."""
    sets = (
        ("Kerncijfers tussentijds", [kaart for kaart in kaarten if kaart.is_between_times]),
        ("Kerncijfers per jaar", [kaart for kaart in kaarten if not kaart.is_between_times]),
    )
    delen = [
        tag("section", tag("h2", kop),
            tag("div", join(as_html(kaart, breuken, wijzer) for kaart in set_), klasse="rm-kaartjes"),
            aria_label=kop)
        for kop, set_ in sets if set_
    ]  # fmt: skip
    return tag("div", join(delen), klasse="rm-kern")


def leading(
    kaarten: Sequence[Kerncijfer], breuken: Sequence[Trendbreuk], wijzer: Verwijzer, namen: dict[str, Regio]
) -> Html:
    """Return the cards that stand first in one row, each with the regions between which it lies."""
    kaartjes = [as_html(kaart, breuken, wijzer, namen) for kaart in kaarten]
    return tag("div", tag("div", join(kaartjes), klasse="rm-kaartjes"), klasse="rm-kern rm-voorop")


def news(
    nieuw: Sequence[tuple[str, str]], sinds: str, catalogus: Mapping[str, Indicator], wijzer: Verwijzer, waar: str
) -> Html | str:
    """Return which figures of an area are new, each a link to its page; empty where there are none."""
    if not nieuw:
        return ""
    punten = [join([wijzer.evidence(catalogus[naam].titel, catalogus[naam]), f" ({periode})"])
              for naam, periode in nieuw[:_NIEUW]]  # fmt: skip
    rest = f" en nog {len(nieuw) - _NIEUW}" if len(nieuw) > _NIEUW else ""
    return join([tag("strong", f"Nieuw voor {waar}"), f" sinds {sinds}: ", Html(", ").join(punten), f"{rest}."])


def forecast(kaart: Kerncijfer) -> Html:
    """Return what is expected as a bar per scenario, all on one scale."""
    rijen = [kaart.rij, *kaart.scenarios]
    namen = [hoofdletter(benaming.scenario(r, len(rijen) > 1).strip()) or r.periode_naam for r in rijen]
    return _bars(list(zip(namen, rijen, strict=True)), kaart.indicator.eenheid)


def forecasts(rijen: Sequence[Waarneming], eenheid: str) -> Html:
    """Return forecasts of any vintage as bars on one scale, each with the year that it is about."""
    return _bars([(f"{r.periode_naam}: {uitsplitsing_tekst(r.uitsplitsing)}", r) for r in rijen], eenheid)


def _bars(rijen: Sequence[tuple[str, Waarneming]], eenheid: str) -> Html:
    hoogste = max(r.waarde_tot or r.waarde or 0 for _, r in rijen) or 1
    punten = [
        tag("li", tag("span", naam),
            bar(100 * (r.waarde or 0) / hoogste),
            tag("strong", zinnen.figure(r, eenheid)))
        for naam, r in rijen
    ]  # fmt: skip
    return tag("ul", join(punten), klasse="rm-themas rm-scenarios")


def as_html(
    kaart: Kerncijfer, breuken: Sequence[Trendbreuk], wijzer: Verwijzer, namen: dict[str, Regio] | None = None
) -> Html:
    """Return one card: the newest figure with its date, its line over time, and the change where one may be named.

    With `namen` also the lowest and the highest region, where it is certain which they are.
    """
    rij, indicator = kaart.rij, kaart.indicator
    waarde = zinnen.figure(rij, indicator.eenheid)
    eenheid = _EENHEID.get(indicator.eenheid, "")
    regels = [
        tag("h3", wijzer.evidence(benaming.label(indicator, rij), indicator)),
        tag(
            "p",
            waarde,
            tag("span", f" {eenheid}", klasse="rm-eenheid") if eenheid else "",
            klasse="rm-waarde rm-lang" if len(waarde) > 8 else "rm-waarde",
        ),
        tag("p", _when(rij), klasse="rm-stil"),
        *_line(kaart, breuken),
        tag("p", _change_text(kaart)),
    ]
    if namen and kaart.uitersten:
        regels.append(tag("p", uitersten.sentence(kaart.uitersten, namen, indicator.eenheid)))
    if rij.is_voorbeeld:
        regels.append(tag("p", herkomst_badge(rij.herkomst)))
    regels.append(tag("p", f"Bron: {source_text([rij])}", klasse="rm-stil rm-vul"))
    return tag("div", join(regels), klasse="rm-kaartje")


def _line(kaart: Kerncijfer, breuken: Sequence[Trendbreuk]) -> list[Html]:
    """Return the series as a small line with its first figure, where there is more than one."""
    gevuld = [r for r in kaart.reeks if r.waarde is not None]
    if len(gevuld) < 2:
        return []
    stukken = lijntje.pieces(gevuld, lijntje.scale(gevuld), breuken)
    eerste, laatste = gevuld[0], gevuld[-1]
    toen = f"Vanaf {eerste.periode_naam}: {zinnen.figure(eerste, kaart.indicator.eenheid)}"
    if len(gevuld) == 2:
        waarden = " → ".join(zinnen.figure(r, kaart.indicator.eenheid) for r in gevuld)
        toen = f"{eerste.periode_naam} → {laatste.periode_naam}: {waarden}"
    return [lijntje.as_html(stukken), tag("p", toen, klasse="rm-stil")]


def _when(rij: Waarneming) -> str:
    delen = [bijschriften.when(rij), "" if benaming.scope(rij) else uitsplitsing_tekst(rij.uitsplitsing)]
    delen += ["voorlopig"] if rij.is_voorlopig else []
    delen += [f"n = {rij.n}"] if rij.n and rij.n != rij.waarde else []
    return ", ".join(filter(None, delen))


def _change_text(kaart: Kerncijfer) -> Html | str:
    if kaart.stap is None:
        return tag("span", hoofdletter(kaart.reden), klasse="rm-stil")
    # One side of a balance is neither good nor bad, and what is old says nothing of today.
    zwijgt = kaart.indicator.balans or kaart.rij.verouderd
    oordeel = "" if zwijgt else zinnen.wanted(kaart.stap, kaart.indicator.richting)
    tekst = zinnen.change_line(kaart.stap, kaart.indicator.eenheid)
    return f"{tekst}: {oordeel}" if oordeel else tekst
