"""The regions laid out like the country: one tile for each, with its newest figure and its series on one scale."""

from __future__ import annotations

from collections.abc import Sequence

from app.beeld.fragmenten import Verwijzer
from app.beeld.tekening import lijntje
from app.beeld.tekening.lijntje import Schaal
from app.beeld.tekening.vakken import Lijn, Paar, Tekening, Tekst, Vak
from app.lezen.rijen import Indicator, Trendbreuk
from app.oordeel import zinnen
from app.oordeel.overzicht import regiostaat
from app.oordeel.overzicht.regiostaat import Staat
from app.taal.korte_namen import breekbare_naam, in_one_line
from pipelines.afspraken.codelijsten import IN_PLAATS, Status

# A tile is two columns wide, so that a row may lie half a tile beside the next.
_BREED = 2


def draw(staten: Sequence[Staat], indicator: Indicator, breuken: Sequence[Trendbreuk], wijzer: Verwijzer) -> Tekening:
    """Return the regions that have a place, as tiles in the shape of the country; all of them on one scale."""
    geplaatst = [(s, s.regio.tegel_x, s.regio.tegel_y or 0.0) for s in staten if s.regio.tegel_x is not None]
    schaal = lijntje.scale([r for s, _, _ in geplaatst for r in s.reeks])
    links, boven = min(x for _, x, _ in geplaatst), min(y for _, _, y in geplaatst)
    vakken = tuple(
        Vak(
            round((x - links) * _BREED),
            _BREED,
            round(y - boven),
            (_name(s, indicator, wijzer), _figure(s, indicator), _line(s, schaal, breuken)),
            is_voorbeeld=_is_example(s),
        )
        for s, x, y in geplaatst
    )
    kolommen = max(vak.kolom for vak in vakken) + _BREED
    return Tekening(vakken, kolommen, any(_is_example(s) for s in staten), is_omlijnd=True)


def _is_example(staat: Staat) -> bool:
    """Whether any of its figures is made up."""
    return any(r.is_voorbeeld for r in staat.reeks)


def _name(staat: Staat, indicator: Indicator, wijzer: Verwijzer) -> Tekst:
    code, naam = staat.regio.regio_code, staat.regio.naam
    kort = in_one_line(code, naam)
    adres = wijzer.address("kaart", indicator=indicator.indicator_id, niveau=regiostaat.NIVEAU, regio=code)
    return Tekst("naam", breekbare_naam(code, kort), adres, naam)


def _figure(staat: Staat, indicator: Indicator) -> Tekst | Paar:
    """Return the newest figure of a region, or why there is none, and its change where one may be computed."""
    if staat.laatste is None:
        return Tekst("stil", IN_PLAATS[Status.NVT] if staat.is_nvt else staat.waarom_leeg)
    getal = Tekst("getal", zinnen.figure(staat.laatste, indicator.eenheid))
    return getal if staat.stap is None else Paar(getal, zinnen.short_step(staat.stap, indicator.eenheid))


def _line(staat: Staat, schaal: Schaal, breuken: Sequence[Trendbreuk]) -> Lijn:
    return Lijn(lijntje.pieces(staat.reeks, schaal, breuken))
