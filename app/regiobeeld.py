"""The key figures of one region beside Nederland and beside regions like it, as cards with a line.

The figures on a card are of one period and one way of counting. Regions like this one are shown as a range: their
figures are never averaged, and nobody is put first or last.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app import bijschriften, zinnen
from app.data import Haal, Indicator, Regio, Waarneming
from app.fragmenten import Verwijzer
from app.markup import Html, join, tag
from app.opmaak import (
    RICHTING_WOORD,
    STATUS_WOORD,
    getal,
    hoofdletter,
    periode_tekst,
    uitsplitsing_tekst,
)
from app.reeksen import latest, main_breakdown, select_series
from app.tekening import Merk, Tekenregel
from pipelines.codelijsten import LAND, TOTAAL

# In the order of the programme; the first six that at least half of the regions have stand on the page.
VOORKEUR = (
    "dekkingsgraad", "vacaturegraad", "verzuim", "medewerkerstevredenheid", "werkdruk", "opleidingsrendement",
    "rapportcijfer", "moeilijk_vervulbaar", "bbl_duaal", "contractomvang", "werknemers_per_1000", "scholing_2jaar",
    "imago", "respons", "uitstroom", "instroom_sector", "openstaande_vacatures", "ontstane_vacatures",
    "aantal_werknemers", "tekort_verwacht",
)  # fmt: skip
AANTAL = 6
_HELFT = {"wgo": 6, "arbeidsmarktregio": 14}
VERGELIJKBAAR = ("aandeel", "cijfer", "per_1000", "procent")


@dataclass(frozen=True, slots=True)
class Regiokern:
    """One key figure of a region, with the same figure of Nederland and of other regions; None where there is none."""

    indicator: Indicator
    rij: Waarneming | None
    land: Waarneming | None
    gelijk: tuple[Waarneming, ...]
    alle: tuple[Waarneming, ...]

    @property
    def rijen(self) -> tuple[Waarneming, ...]:
        """Every figure that is on the card."""
        return tuple(r for r in (self.rij, self.land, *self.gelijk) if r is not None)

    def text(self, rij: Waarneming) -> str:
        """Write one of its figures."""
        return zinnen.figure(rij, self.indicator.eenheid)


def collect(
    catalogus: Mapping[str, Indicator], haal: Haal, regio: Regio, gelijkende: Collection[str]
) -> list[Regiokern]:
    """Return the six key figures of a region: the same ones for every region of its level."""
    met: list[Regiokern] = []
    zonder: list[Regiokern] = []
    for naam in VOORKEUR:
        if naam not in catalogus or len(met) == AANTAL:
            continue
        rijen = haal(naam)
        (met if _is_common(rijen, regio.niveau) else zonder).append(_kern(catalogus[naam], rijen, regio, gelijkende))
    return (met + zonder)[:AANTAL]


def _is_common(rijen: Sequence[Waarneming], niveau: str) -> bool:
    """Whether at least half of the regions of a level have a figure, now or in the past, shown or hidden."""
    regios = {r.regio_code for r in rijen if r.niveau == niveau and _is_whole(r) and r.status != "ontbreekt"}
    return len(regios) >= _HELFT[niveau]


def _is_whole(rij: Waarneming) -> bool:
    return rij.branche_code == TOTAAL and not rij.categorie


def _kern(indicator: Indicator, rijen: Sequence[Waarneming], regio: Regio, gelijkende: Collection[str]) -> Regiokern:
    niveau = [r for r in rijen if r.niveau == regio.niveau and _is_whole(r)]
    reeks = select_series(niveau, uitsplitsing=main_breakdown(niveau), regio=regio.regio_code)
    rij = latest(reeks) or (reeks[-1] if reeks else None)
    if rij is None:
        return Regiokern(indicator, None, None, (), ())
    samen = [r for r in rijen if _is_whole(r) and (r.uitsplitsing, r.periode) == (rij.uitsplitsing, rij.periode)]
    alle = tuple(r for r in samen if r.niveau == regio.niveau and r.waarde is not None)
    land = next((r for r in samen if r.regio_code == LAND and r.waarde is not None), None)
    return Regiokern(
        indicator,
        rij,
        land if indicator.eenheid in VERGELIJKBAAR else None,
        tuple(r for r in alle if r.regio_code in gelijkende and r.status != "indicatief"),
        alle,
    )


def latest_of(rijen: Sequence[Waarneming], regio_code: str) -> Waarneming | None:
    """Return the newest figure of one region as a whole, of its main series."""
    eigen = [r for r in rijen if r.regio_code == regio_code and _is_whole(r)]
    return latest(select_series(eigen, uitsplitsing=main_breakdown(eigen), regio=regio_code))


def range_text(kern: Regiokern) -> str:
    """Write between which values the regions like this one lie; empty where none has a figure."""
    if not kern.gelijk:
        return ""
    laag, hoog = (f(kern.gelijk, key=lambda r: r.waarde or 0) for f in (min, max))
    van, tot = (kern.text(r) for r in (laag, hoog))
    return van if van == tot else f"{van} tot {tot}"


def title(regio: Regio, kernen: Sequence[Regiokern]) -> str:
    """State the first key figure of the region beside Nederland and regions like it."""
    kern = next((k for k in kernen if k.rij is not None and k.rij.waarde is not None), None)
    if kern is None or kern.rij is None:
        return f"{regio.naam}: nog geen cijfers"
    delen = [f"{regio.naam}: {kern.indicator.titel.lower()} {kern.text(kern.rij)}"]
    if kern.land is not None:
        delen.append(f"Nederland {kern.text(kern.land)}")
    if reeks := range_text(kern):
        delen.append(f"regio's zoals deze {reeks}")
    voorbeeld = " (voorbeelddata)" if any(r.is_voorbeeld for r in kern.rijen) else ""
    return f"{', '.join(delen)}{voorbeeld}"


def cards(kernen: Sequence[Regiokern], wijzer: Verwijzer) -> Html:
    """Return the six cards."""
    return tag("div", join(_card(kern, wijzer) for kern in kernen), klasse="rm-kaartjes rm-regiokern")


def _card(kern: Regiokern, wijzer: Verwijzer) -> Html:
    indicator, rij = kern.indicator, kern.rij
    kop = tag("h3", indicator.titel)
    bron = wijzer.evidence("Bron en uitleg", indicator)
    if rij is None or rij.waarde is None:
        waarom = zinnen.hidden_reason(rij, indicator.eenheid) if rij is not None else STATUS_WOORD["ontbreekt"]
        delen = [tag("p", hoofdletter(waarom), klasse="rm-waarde rm-lang")]
        delen += [tag("p", _when(rij), klasse="rm-stil")] if rij is not None else []
        delen.append(tag("p", "Voor deze regio is hierover geen cijfer te zien. ", bron, klasse="rm-stil rm-vul"))
        return tag("div", kop, *delen, klasse="rm-kaartje")
    waarde = kern.text(rij)
    delen = [
        kop,
        tag("p", waarde, _unit(indicator), klasse="rm-waarde rm-lang" if len(waarde) > 8 else "rm-waarde"),
        _line(kern),
        *_beside(kern),
        tag("p", _when(rij), klasse="rm-stil"),
    ]
    if marge := zinnen.interval_text(rij, indicator.eenheid):
        delen.append(tag("p", f"Met 95% zekerheid {marge}", klasse="rm-stil"))
    if any(r.is_voorbeeld for r in kern.rijen):
        delen.append(tag("p", tag("strong", "VOORBEELD", klasse="rm-klein-stempel")))
    richting = RICHTING_WOORD.get(indicator.richting, "")
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
                "p", tag("i", klasse="rm-ruitje", aria_hidden="true"), "Nederland ", tag("strong", kern.text(kern.land))
            )
        )
    if reeks := range_text(kern):
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
        delen += [f"Nederland {kern.text(kern.land)}"] if kern.land is not None else []
        delen += [f"regio's zoals deze {reeks}"] if (reeks := range_text(kern)) else []
        delen += ["VOORBEELD"] if any(r.is_voorbeeld for r in kern.rijen) else []
        eenheid = " per 1.000" if kern.indicator.eenheid == "per_1000" else ""
        regels.append(Tekenregel(f"{kern.indicator.titel}{eenheid}, {_when(kern.rij)}", "; ".join(delen), _marks(kern)))
    return regels


def _marks(kern: Regiokern) -> tuple[Merk, ...]:
    """Return where the figures lie between the lowest and the highest region; nothing where there is no such line."""
    if kern.rij is None or kern.rij.waarde is None or kern.indicator.eenheid not in VERGELIJKBAAR:
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


def _line(kern: Regiokern) -> Html:
    """Return the line from the lowest to the highest region: a band for regions like this one, a dot, a diamond."""
    merken = _marks(kern)
    if not merken:
        return Html()
    delen = []
    for merk in merken:
        plek = f"left:{round(100 * merk.plek, 1)}%"
        if merk.soort == "marge":
            plek += f";width:{round(100 * (merk.tot - merk.plek), 1)}%"
        patroon = " rm-marge-voorbeeld" if merk.is_voorbeeld else ""
        delen.append(tag("i", klasse=f"rm-{merk.soort}{patroon}", style=plek))
    return tag("div", tag("div", join(delen)), klasse="rm-spoor", aria_hidden="true")


def _when(rij: Waarneming) -> str:
    delen = [periode_tekst(rij.periode_naam, rij.peildatum), uitsplitsing_tekst(rij.uitsplitsing)]
    delen += ["indicatief"] if rij.status == "indicatief" else []
    delen += ["voorlopig"] if rij.is_voorlopig else []
    delen += [f"n = {getal(rij.n)}"] if rij.n else []
    return ", ".join(filter(None, delen))
