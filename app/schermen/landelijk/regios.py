"""The regions on Landelijk beeld: their state in one indicator, and how far they add up to the country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from app.beeld import cijferrijen, tekening
from app.beeld.markup import Html, join, tag
from app.beeld.onderwerp import landbeeld
from app.beeld.plaatje import Plaatje
from app.lezen import data, plannen
from app.lezen.catalogus import first_of
from app.lezen.data import Haal, Indicator, Kenmerk, Trendbreuk, Waarneming
from app.lezen.geheugen import remember
from app.oordeel import bijschriften, dekking, regiostaat, zinnen
from app.oordeel.gesprek.signaal import short_list
from app.oordeel.regiostaat import NIVEAU, Optelling, Staat
from app.raam import downloads, onderdelen, selectie
from app.taal.cellen import Verzonnen
from app.taal.opmaak import periode_tekst, waarde_tekst
from pipelines.afspraken.codelijsten import LAND, TOTAAL, Plek

_KOLOMMEN = (
    "Indicator", "Reeks", "Periode", "Regio's met cijfer", "Deel van de medewerkers", "Regio's samen", "Nederland",
    "Opmerking",
)  # fmt: skip


def show(merk: Kenmerk, haal: Haal, echt: bool) -> None:
    """Show one small picture per region, then the roll-up of every regional indicator."""
    st.header("De regio's", anchor=False)
    mogelijk = _with_regions(merk, echt)
    if not mogelijk:
        onderdelen.notice(
            "Er zijn nu geen echte cijfers per arbeidsmarktregio. Zodra een levering ze heeft, staan ze hier."
        )
        return
    catalogus, breuken, regios = data.indicatoren(merk), data.trendbreuken(merk), data.regios(merk)
    eerste = first_of(catalogus, Plek.KEUZE, mogelijk) or mogelijk[0]
    naam = selectie.choose("indicator", "Indicator", mogelijk, eerste, lambda i: catalogus[i].titel)
    staten = regiostaat.collect(regios, haal(naam), breuken)
    indicator = catalogus[naam]
    rijen = [r for s in staten for r in s.reeks]
    st.subheader(zinnen.marked(regiostaat.title(indicator, staten), rijen), anchor=False)
    onderdelen.show(
        tag("p", f"{indicator.vraag} Elk lijntje loopt over dezelfde jaren en dezelfde schaal.", klasse="rm-onder")
    )
    onderdelen.show(landbeeld.as_html(staten, indicator, breuken, selectie.wijzer()))
    _offer_picture(staten, indicator, breuken, rijen)
    _show_table(staten, indicator.titel, indicator.eenheid, naam)
    onderdelen.source_line(rijen, naam)
    _show_roll_up(merk, echt)


def _offer_picture(
    staten: list[Staat], indicator: Indicator, breuken: Sequence[Trendbreuk], rijen: Sequence[Waarneming]
) -> None:
    titel = regiostaat.title(indicator, staten)
    downloads.drawing_buttons(
        Plaatje(
            bestand=f"land_{indicator.indicator_id}",
            titel=titel,
            onder=f"{indicator.vraag} Elk lijntje loopt over dezelfde jaren en dezelfde schaal.",
            bron=bijschriften.all_sources(rijen),
            voorbeeld=bijschriften.example_sentence({"de regio's": rijen}),
            tekens=(tekening.VERZONNEN,) if any(r.is_voorbeeld for r in rijen) else (),
        ),
        partial(landbeeld.draw, staten, indicator, breuken),
        f"Tegels per regio, gelegd als Nederland. {titel}. De tabel heeft dezelfde cijfers.",
    )


def _with_regions(merk: Kenmerk, echt: bool) -> list[str]:
    return [naam for naam, niveaus in data.niveaus_per_indicator(merk, echt).items() if NIVEAU in niveaus]


def _show_table(staten: list[Staat], titel: str, eenheid: str, naam: str) -> None:

    def _line(s: Staat) -> tuple[str, str, str, str, str]:
        rij = s.laatste
        periode = periode_tekst(rij.periode_naam, rij.peildatum) if rij else ""
        cijfer = zinnen.figure(rij, eenheid) if rij else "geen cijfer"
        stap = zinnen.change_line(s.stap, eenheid) if s.stap else ""
        return s.regio.naam, periode, cijfer, stap, bijschriften.remark(rij) if rij else ""

    onderdelen.table_and_download(
        f"{titel} per regio, nieuwste cijfer",
        ("Regio", "Periode", "Cijfer", "Verandering", "Opmerking"),
        [_line(s) for s in staten],
        bestand=f"regios_{naam}",
        csv_kolommen=cijferrijen.CSV_KOLOMMEN,
        csv_rijen=lambda: cijferrijen.csv_rows(r for s in staten for r in s.reeks),
        getallen=(2,),
        vak="regiostaat",
    )


@remember(4)
def _roll_ups(merk: Kenmerk, echt: bool) -> tuple[Optelling, ...]:
    """Return the roll-up of every indicator that has regional figures; every figure of each goes into it."""
    catalogus, breuken, regios = data.indicatoren(merk), data.trendbreuken(merk), data.regios(merk)
    medewerkers = regiostaat.employees(data.waarnemingen(merk, dekking.INDICATOR, echt))
    optellingen: list[Optelling] = []
    for naam in _with_regions(merk, echt):
        rijen = data.waarnemingen(merk, naam, echt)
        staten = regiostaat.collect(regios, rijen, breuken)
        land = [r for r in rijen if r.regio_code == LAND and r.branche_code == TOTAAL]
        optelling = regiostaat.roll_up(catalogus[naam], staten, land, medewerkers)
        optellingen += [optelling] if optelling else []
    return tuple(optellingen)


def _show_roll_up(merk: Kenmerk, echt: bool) -> None:
    optellingen = _roll_ups(merk, echt)
    if not optellingen:
        return
    titel = zinnen.marked(regiostaat.roll_up_title(optellingen), [r for o in optellingen for r in o.rijen])
    st.subheader(titel, anchor=False)
    leveranciers = {g.indicator_id: g.leverancier for g in plannen.gaten(merk) if g.niveau == NIVEAU}
    regels = [(o.indicator.titel, o.reeks, *_figures(o), _remark(o, leveranciers)) for o in optellingen]
    gewichten = data.waarnemingen(merk, dekking.INDICATOR, echt)
    uitleg = f"{regiostaat.roll_up_cover(optellingen)} {_weight_remark(gewichten)}"
    onderdelen.show(tag("p", uitleg, klasse="rm-onder"))
    onderdelen.table_and_download(
        "van regio's naar Nederland",
        ("Indicator", *_KOLOMMEN[2:]),
        [(_name(o), *regel[2:]) for o, regel in zip(optellingen, regels, strict=True)],
        bestand="regios_naar_nederland",
        csv_kolommen=(*_KOLOMMEN, "herkomst"),
        csv_rijen=lambda: [(*regel, _origin(o)) for regel, o in zip(regels, optellingen, strict=True)],
        getallen=(2, 3, 4, 5),
        vak="optelling",
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
        "VOORBEELD." if o.is_voorbeeld else "",
        o.waarom,
        _lacking(o),
        f"Te leveren door: {wie}." if wie and (o.is_voorbeeld or o.ontbreekt) else "",
    ]
    return " ".join(filter(None, delen))


def _lacking(o: Optelling) -> str:
    if not o.ontbreekt:
        return ""
    if len(o.ontbreekt) > o.regios:
        return f"Alleen {short_list(o.aanwezig)} {'heeft' if o.regios == 1 else 'hebben'} een cijfer."
    return f"Zonder cijfer: {short_list(o.ontbreekt)}."


def _origin(o: Optelling) -> str:
    return Verzonnen("VOORBEELD (synthetisch)") if o.is_voorbeeld else o.rijen[0].herkomst


def _weight_remark(gewichten: Sequence[Waarneming]) -> str:
    if not regiostaat.employees(gewichten):
        return "Welk deel van de medewerkers dit is, is niet bekend: hun aantal per regio is niet geleverd."
    verzonnen = any(r.is_voorbeeld and r.noemer for r in gewichten if r.niveau == NIVEAU)
    voorbeeld = " (voorbeelddata)" if verzonnen else ""
    return f"Het deel van de medewerkers weegt elke regio met haar aantal medewerkers in de dekkingsgraad{voorbeeld}."
