"""The regions on Landelijk beeld: their state in one indicator, and how far they add up to the country."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from app.beeld import cijferrijen
from app.beeld.markup import Html, join, tag
from app.beeld.onderwerp import landbeeld
from app.beeld.plaatje import Plaatje
from app.beeld.tekening import pagina, pixels
from app.beeld.tekening.vakken import Tekening
from app.lezen import data
from app.lezen.geheugen import remember
from app.lezen.onderwerp import plannen
from app.lezen.rijen import Indicator, Kenmerk, Waarneming
from app.oordeel import bijschriften, zinnen
from app.oordeel.gesprek.signaal import short_list
from app.oordeel.overzicht import dekking, regiostaat
from app.oordeel.overzicht.regiostaat import NIVEAU, Optelling, Staat
from app.raam.keuze import selectie
from app.raam.keuze.selectie import Veld
from app.raam.meenemen import downloads
from app.raam.meenemen.downloads import Download
from app.raam.vakken import leeg, onderdelen
from app.raam.vakken.onderdelen import Tabelvak
from app.taal.opmaak import waarde_tekst
from pipelines.afspraken.codelijsten import LAND, TOTAAL

_KOLOMMEN = (
    "Indicator", "Reeks", "Periode", "Regio's met cijfer", "Deel van de medewerkers", "Regio's samen", "Nederland",
    "Opmerking",
)  # fmt: skip


def show(merk: Kenmerk, voorbeeld: bool) -> None:
    """Show one small picture per region, then the roll-up of every indicator with real regional figures."""
    st.header("De regio's", anchor=False)
    mogelijk = regiostaat.with_regions(merk, voorbeeld)
    if not mogelijk:
        leeg.show(merk, "Er zijn nog geen echte cijfers per arbeidsmarktregio.", NIVEAU)
        return
    catalogus, breuken, regios = data.indicatoren(merk), data.trendbreuken(merk), data.regios(merk)
    eerste = regiostaat.first_choice(merk, mogelijk, voorbeeld)
    naam = _field(mogelijk, eerste, lambda i: catalogus[i].titel).choose()
    indicator = catalogus[naam]
    alle, is_kant = data.waarnemingen(merk, naam, voorbeeld), bool(indicator.balans)
    staten = regiostaat.told_apart(merk, regiostaat.collect(regios, alle, breuken, is_kant=is_kant))
    rijen = [r for s in staten for r in s.reeks]
    st.subheader(zinnen.marked(regiostaat.title(indicator, staten), rijen), anchor=False)
    tegels = landbeeld.draw(staten, indicator, breuken, selectie.wijzer())
    lezen = f"{indicator.vraag} Elk lijntje loopt over dezelfde jaren en dezelfde schaal."
    onderdelen.show(tag("div", pagina.as_html(tegels), tag("p", lezen, klasse="rm-bron"), klasse="rm-delen"))
    _offer_picture(tegels, regiostaat.title(indicator, staten), indicator, rijen)
    _show_table(staten, indicator.titel, indicator.eenheid, naam)
    onderdelen.source_line(rijen, naam)
    _show_roll_up(merk)


def _field(mogelijk: list[str], eerste: str, tekst: Callable[[str], str]) -> Veld:
    """Return the choice of the figure: what the address says, and not what was chosen elsewhere.

    The start page is the same at its own address, so that who comes back to it finds it as it was.
    """
    if "indicator" in st.query_params:
        return selectie.field("indicator", "Indicator", mogelijk, eerste, tekst)
    return Veld("indicator", "Indicator", mogelijk, eerste, eerste, tekst)


def _offer_picture(tegels: Tekening, titel: str, indicator: Indicator, rijen: Sequence[Waarneming]) -> None:
    downloads.drawing_buttons(
        Plaatje(
            bestand=f"land_{indicator.indicator_id}",
            titel=titel,
            onder=f"{indicator.vraag} Elk lijntje loopt over dezelfde jaren en dezelfde schaal.",
            bron=bijschriften.all_sources(rijen),
            voorbeeld=bijschriften.example_sentence({"de regio's": rijen}),
            tekens=(pixels.VERZONNEN,) if any(r.is_voorbeeld for r in rijen) else (),
        ),
        lambda: tegels,
        f"Tegels per regio, gelegd als Nederland. {titel}. De tabel heeft dezelfde cijfers.",
    )


def _show_table(staten: list[Staat], titel: str, eenheid: str, naam: str) -> None:

    def _line(s: Staat) -> tuple[str, str, str, str, str]:
        rij = s.laatste
        periode = bijschriften.when(rij) if rij else ""
        cijfer = zinnen.figure(rij, eenheid) if rij else s.waarom_leeg
        stap = zinnen.change_line(s.stap, eenheid) if s.stap else ""
        return s.regio.naam, periode, cijfer, stap, bijschriften.series_remark(rij) if rij else ""

    onderdelen.show_table(
        Tabelvak(
            f"{titel} per regio, nieuwste cijfer",
            ("Regio", "Periode", "Cijfer", "Verandering", "Opmerking"),
            [_line(s) for s in staten],
            getallen=(2,),
            vak="regiostaat",
        ),
        Download(
            f"regios_{naam}", cijferrijen.CSV_KOLOMMEN, lambda: cijferrijen.csv_rows(r for s in staten for r in s.reeks)
        ),
    )


@remember(4)
def _roll_ups(merk: Kenmerk) -> tuple[Optelling, ...]:
    """Return the roll-up of every indicator with real regional figures; every one of those goes into it."""
    catalogus, breuken, regios = data.indicatoren(merk), data.trendbreuken(merk), data.regios(merk)
    medewerkers = regiostaat.employees(data.waarnemingen(merk, dekking.INDICATOR, False))
    optellingen: list[Optelling] = []
    for naam in regiostaat.with_regions(merk, False):
        rijen = data.waarnemingen(merk, naam, False)
        staten = regiostaat.collect(regios, rijen, breuken)
        land = [r for r in rijen if r.regio_code == LAND and r.branche_code == TOTAAL]
        optelling = regiostaat.roll_up(catalogus[naam], staten, land, medewerkers)
        optellingen += [optelling] if optelling else []
    return tuple(optellingen)


def _show_roll_up(merk: Kenmerk) -> None:
    optellingen = _roll_ups(merk)
    if not optellingen:
        return
    st.subheader(regiostaat.roll_up_title(optellingen), anchor=False)
    leveranciers = {g.indicator_id: g.leverancier for g in plannen.gaten(merk) if g.niveau == NIVEAU}
    regels = [(o.indicator.titel, o.reeks, *_figures(o), _remark(o, leveranciers)) for o in optellingen]
    gewichten = data.waarnemingen(merk, dekking.INDICATOR, False)
    uitleg = f"{regiostaat.roll_up_cover(optellingen)} {_weight_remark(gewichten)}"
    onderdelen.show(tag("p", uitleg, klasse="rm-onder"))
    onderdelen.show_table(
        Tabelvak(
            "van regio's naar Nederland",
            ("Indicator", *_KOLOMMEN[2:]),
            [(_name(o), *regel[2:]) for o, regel in zip(optellingen, regels, strict=True)],
            getallen=(2, 3, 4, 5),
            vak="optelling",
        ),
        Download(
            "regios_naar_nederland",
            (*_KOLOMMEN, "herkomst"),
            lambda: [(*regel, o.rijen[0].herkomst) for regel, o in zip(regels, optellingen, strict=True)],
        ),
    )


def _name(o: Optelling) -> Html:
    """Return which indicator it is and, under it, which series of it."""
    reeks = [tag("span", o.reeks, klasse="rm-reeks")] if o.reeks else []
    return join([selectie.wijzer().evidence(o.indicator.titel, o.indicator), *reeks])


def _figures(o: Optelling) -> tuple[str, str, str, str, str]:
    deel = waarde_tekst(o.aandeel_medewerkers, "aandeel", 0) if o.aandeel_medewerkers is not None else "niet bekend"
    alle = o.regios + len(o.ontbreekt)
    return o.periode, f"{o.regios} van {alle}", deel, o.samen or "niet te maken", o.nederland


def _remark(o: Optelling, leveranciers: Mapping[str, str]) -> str:
    """Say what the row rests on, why there is no sum, which regions lack the figure, and who could deliver it."""
    wie = leveranciers.get(o.indicator.indicator_id, "")
    delen = [
        o.waarom,
        _lacking(o),
        f"Te leveren door: {wie}." if wie and not o.is_heel else "",
    ]
    return " ".join(filter(None, delen))


def _lacking(o: Optelling) -> str:
    if not o.ontbreekt:
        return ""
    if o.is_heel:
        return "De regio's met een cijfer zijn samen heel Nederland."
    if len(o.ontbreekt) > o.regios:
        return f"Alleen {short_list(o.aanwezig)} {'heeft' if o.regios == 1 else 'hebben'} een cijfer."
    return f"Zonder cijfer: {short_list(o.ontbreekt)}."


def _weight_remark(gewichten: Sequence[Waarneming]) -> str:
    if not regiostaat.employees(gewichten):
        return "Welk deel van de medewerkers dit is, is niet bekend: hun aantal per regio is niet geleverd."
    return "Het deel van de medewerkers weegt elke regio met haar aantal medewerkers in de dekkingsgraad."
