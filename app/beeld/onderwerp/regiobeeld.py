"""The key figures of one region beside Nederland and beside regions like it, as cards with a line.

The figures on a card are of one period and one way of counting. Regions like this one are shown as a range: their
figures are never averaged, and nobody is put first or last.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.beeld.fragmenten import Verwijzer
from app.beeld.markup import Html, join, tag
from app.beeld.tekening import sporen
from app.beeld.tekening.sporen import Merk
from app.beeld.tekening.vakken import Tekenregel
from app.lezen.rijen import Indicator
from app.oordeel import benaming, bijschriften, enquete, regiokern, zinnen
from app.oordeel.regiokern import Regiokern
from app.taal.opmaak import RICHTING_WOORD, STATUS_WOORD, hoofdletter
from pipelines.afspraken.codelijsten import Status


def cards(kernen: Sequence[Regiokern], wijzer: Verwijzer) -> Html:
    """Return the six cards."""
    return tag("div", join(_card(kern, wijzer) for kern in kernen), klasse="rm-kaartjes rm-regiokern")


def _card(kern: Regiokern, wijzer: Verwijzer) -> Html:
    indicator, rij = kern.indicator, kern.rij
    kop = tag("h3", benaming.label(indicator, rij) if rij is not None else indicator.titel)
    bron = wijzer.evidence("Bron en uitleg", indicator)
    if rij is None or rij.waarde is None:
        waarom = zinnen.hidden_reason(rij, indicator.eenheid) if rij is not None else STATUS_WOORD[Status.ONTBREEKT]
        delen = [tag("p", hoofdletter(waarom), klasse="rm-waarde rm-lang")]
        delen += [tag("p", regiokern.when(rij), klasse="rm-stil")] if rij is not None else []
        delen.append(tag("p", "Voor deze regio is hierover geen cijfer te zien. ", bron, klasse="rm-stil rm-vul"))
        return tag("div", kop, *delen, klasse="rm-kaartje")
    waarde = kern.text(rij)
    delen = [
        kop,
        tag("p", waarde, _unit(indicator), klasse="rm-waarde rm-lang" if len(waarde) > 8 else "rm-waarde"),
        *([sporen.track(merken)] if (merken := _marks(kern)) else []),
        *_beside(kern),
        tag("p", regiokern.when(rij), klasse="rm-stil"),
    ]
    if marge := zinnen.interval_text(rij, indicator.eenheid):
        delen.append(tag("p", f"Met 95% zekerheid {marge}", klasse="rm-stil"))
    if any(r.is_voorbeeld for r in kern.rijen):
        delen.append(tag("p", tag("strong", "VOORBEELD", klasse="rm-klein-stempel")))
    # More people are no better where more people live, and who answers says nothing of care.
    zwijgt = indicator.balans or rij.is_voorbeeld or indicator.eenheid not in regiokern.VERGELIJKBAAR
    zwijgt = zwijgt or indicator.indicator_id in enquete.OPKOMST
    richting = "" if zwijgt else RICHTING_WOORD.get(indicator.richting, "")
    delen.append(
        tag("p", f"{hoofdletter(richting)}. " if richting else "", hoofdletter(bijschriften.source_text(kern.rijen)),
            ". ", bron, klasse="rm-stil rm-vul")
    )  # fmt: skip
    return tag("div", join(delen), klasse="rm-kaartje")


def _unit(indicator: Indicator) -> Html:
    woord = {"personen": " personen", "vacatures": " vacatures", "per_1000": " per 1.000"}.get(indicator.eenheid, "")
    return tag("span", woord, klasse="rm-eenheid") if woord else Html()


def _beside(kern: Regiokern) -> list[Html]:
    """Return the same figure of Nederland and of regions like this one, in words."""
    delen = []
    if kern.land is not None:
        delen.append(
            tag(
                "p",
                tag("i", klasse="rm-ruitje", aria_hidden="true"),
                f"{kern.land_naam} ",
                tag("strong", kern.text(kern.land)),
            )
        )
    if reeks := regiokern.range_text(kern):
        aantal = len(kern.gelijk)
        wie = "Regio's zoals deze" if aantal > 1 else "Eén regio zoals deze"
        delen.append(tag("p", tag("i", klasse="rm-bandje", aria_hidden="true"), f"{wie} ", tag("strong", reeks)))
    return delen


def picture_lines(naam: str, kernen: Sequence[Regiokern]) -> list[Tekenregel]:
    """Return the cards for a picture: per figure the region, Nederland and regions like it, in words and on a line."""
    regels = []
    for kern in kernen:
        if kern.rij is None:
            continue
        delen = [f"{naam} {kern.text(kern.rij)}"]
        delen += [f"{kern.land_naam} {kern.text(kern.land)}"] if kern.land is not None else []
        delen += [f"regio's zoals deze {reeks}"] if (reeks := regiokern.range_text(kern)) else []
        delen += ["VOORBEELD"] if any(r.is_voorbeeld for r in kern.rijen) else []
        eenheid = " per 1.000" if kern.indicator.eenheid == "per_1000" else ""
        regels.append(
            Tekenregel(
                f"{benaming.label(kern.indicator, kern.rij)}{eenheid}, {regiokern.when(kern.rij)}",
                "; ".join(delen),
                _marks(kern),
            )
        )
    return regels


def _marks(kern: Regiokern) -> tuple[Merk, ...]:
    """Return where the figures lie between the lowest and the highest region; none of what is made up."""
    if not kern.is_echt or kern.rij is None or kern.indicator.eenheid not in regiokern.VERGELIJKBAAR:
        return ()
    waarden = [r.waarde or 0 for r in (*kern.alle, kern.rij, *([kern.land] if kern.land else []))]
    laag, hoog = min(waarden), max(waarden)
    if laag == hoog:
        return ()

    def _at(waarde: float | None) -> float:
        return round(((waarde or 0) - laag) / (hoog - laag), 3)

    plekken = [_at(r.waarde) for r in kern.gelijk]
    is_voorbeeld = any(r.is_voorbeeld for r in kern.gelijk)
    merken = [Merk("marge", min(plekken), max(plekken), is_voorbeeld)] if plekken else []
    merken += [Merk("ruit", _at(kern.land.waarde))] if kern.land is not None else []
    return (*merken, Merk("stip", _at(kern.rij.waarde)))
