"""The key figures of one region beside Nederland and beside regions like it, as cards with a line.

The figures on a card are of one period and one way of counting. Regions like this one are shown as a range: their
figures are never averaged, and nobody is put first or last.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.beeld.fragmenten import EEN_CIJFER, Verwijzer
from app.beeld.tekening.sporen import Merk
from app.beeld.tekening.vakken import Deel, Paar, Spoor, Tekening, Tekst, Vak
from app.oordeel import benaming, bijschriften, enquete, zinnen
from app.oordeel.overzicht import regiokern
from app.oordeel.overzicht.regiokern import Regiokern
from app.oordeel.reeksen import VERGELIJKBAAR
from app.taal.cellen import VOORBEELD
from app.taal.opmaak import RICHTING_WOORD, STATUS_WOORD, hoofdletter
from pipelines.afspraken.codelijsten import Status

# How many cards lie beside each other in the picture to take along; on the page as many as there is room for.
_NAAST = 3


def draw(kernen: Sequence[Regiokern], wijzer: Verwijzer) -> Tekening:
    """Return the cards, one per figure in their order; each title leads to the page of its figure.

    A card with a made-up figure says so itself; the picture as a whole says it only where that goes for every card.
    """
    vakken = tuple(
        Vak(nummer % _NAAST, 1, nummer // _NAAST, tuple(_card(kern, wijzer)), is_voorbeeld=_is_example(kern))
        for nummer, kern in enumerate(kernen)
    )
    return Tekening(vakken, _NAAST, all(vak.is_voorbeeld for vak in vakken), is_omlijnd=True)


def _is_example(kern: Regiokern) -> bool:
    """Whether any of its figures is made up."""
    return any(r.is_voorbeeld for r in kern.rijen)


def _card(kern: Regiokern, wijzer: Verwijzer) -> list[Deel]:
    indicator, rij = kern.indicator, kern.rij
    titel = benaming.label(indicator, rij) if rij is not None else indicator.titel
    # Without a figure the page of the indicator does not know the region.
    regio = rij.regio_code if rij is not None and rij.waarde is not None else ""
    kop = Tekst("kop", titel, wijzer.address(EEN_CIJFER, indicator=indicator.indicator_id, regio=regio), titel)
    if rij is None or rij.waarde is None:
        waarom = zinnen.hidden_reason(rij, indicator.eenheid) if rij is not None else STATUS_WOORD[Status.ONTBREEKT]
        delen: list[Deel] = [kop, Tekst("waarde", hoofdletter(waarom))]
        # Of what nobody delivered the page says below the cards who could.
        return [*delen, *([Tekst("stil", regiokern.when(rij))] if rij is not None else [])]
    delen = [kop, Tekst("getal", zinnen.figure_with_unit(rij, indicator.eenheid))]
    delen += [Spoor(merken)] if (merken := _marks(kern)) else []
    delen += [*_beside(kern), Tekst("stil", regiokern.when(rij))]
    if marge := zinnen.interval_text(rij, indicator.eenheid):
        delen.append(Tekst("stil", f"Met 95% zekerheid {marge}"))
    if _is_example(kern):
        delen.append(Tekst("waarde", VOORBEELD))
    return [*delen, Tekst("stil", f"{_direction(kern)}{hoofdletter(bijschriften.source_text(kern.rijen))}.")]


def _direction(kern: Regiokern) -> str:
    """Return which way is wanted; more people are no better where more live, and who answers says nothing of care."""
    indicator = kern.indicator
    zwijgt = indicator.balans or not kern.is_echt or indicator.eenheid not in VERGELIJKBAAR
    zwijgt = zwijgt or indicator.indicator_id in enquete.OPKOMST
    richting = "" if zwijgt else RICHTING_WOORD.get(indicator.richting, "")
    return f"{hoofdletter(richting)}. " if richting else ""


def _beside(kern: Regiokern) -> list[Deel]:
    """Return the same figure of Nederland and of regions like this one, in words."""
    delen: list[Deel] = []
    if kern.land is not None:
        delen.append(Paar(Tekst("naam", kern.land_naam), kern.text(kern.land)))
    if reeks := regiokern.range_text(kern):
        wie = "Regio's zoals deze" if len(kern.gelijk) > 1 else "Eén regio zoals deze"
        delen.append(Paar(Tekst("naam", wie), reeks))
    return delen


def _marks(kern: Regiokern) -> tuple[Merk, ...]:
    """Return where the figures lie between the lowest and the highest region; none of what is made up."""
    if not kern.is_echt or kern.rij is None or kern.indicator.eenheid not in VERGELIJKBAAR:
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
