"""The catalogue: one indicator with everything that is known of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st

from app.beeld import cijferrijen, fragmenten
from app.beeld.kaart.kaartbeeld import unit_text
from app.beeld.markup import Html, join, link, table, tag
from app.lezen import bewijs, data
from app.lezen.data import Indicator, Kenmerk, Trendbreuk
from app.oordeel import bijschriften, zinnen
from app.oordeel.programma.koers import ACTIELIJNEN
from app.raam import onderdelen, selectie
from app.taal import woorden
from app.taal.opmaak import (
    HERKOMST_WOORD,
    NIVEAU_WOORD,
    PIJLER_WOORD,
    RICHTING_WOORD,
    categorie_tekst,
    cijfer_tekst,
    datum,
    getal,
    hoofdletter,
    uitsplitsing_tekst,
)

_VERTROUWELIJK = {
    "personen_en_werkgevers": "Vertrouwelijk: cijfers die iets over één werkgever of enkele personen verraden, worden "
    "niet getoond.",
}
_KWALITEIT = {
    "primair": "uit de bron zelf",
    "secundair": "via een ander bericht",
    "afgeleid": "afgeleid uit een bericht",
}


def show(merk: Kenmerk) -> None:
    """Let the reader choose an indicator, and show its card, its figures and its sources."""
    st.header("Indicatoren", anchor=False)
    alle = data.indicatoren(merk)
    if not alle:
        onderdelen.notice("Er zijn nog geen indicatoren.")
        return
    naam = selectie.choose(
        "indicator",
        "Kies of zoek een indicator",
        list(alle),
        next(iter(alle)),
        lambda i: alle[i].titel,
        uitleg="Typ een deel van de naam om te zoeken.",
    )
    indicator = alle[naam]
    st.subheader(indicator.titel, anchor=False)
    if indicator.te_bevestigen:
        onderdelen.notice("Te bevestigen: de eigenaar van de bron heeft deze definitie nog niet bevestigd.")
    onderdelen.show(definition_list(_card(merk, indicator)))
    _show_availability(merk, indicator)
    _show_sources(merk, indicator)
    _show_published(merk, indicator)


def definition_list(paren: Iterable[tuple[str, object]]) -> Html:
    """Return names with what they stand for; empty ones are left out."""
    return tag(
        "dl",
        join(join([tag("dt", naam), tag("dd", wat)]) for naam, wat in paren if str(wat)),
        klasse="rm-lijst",
    )


def _card(merk: Kenmerk, indicator: Indicator) -> list[tuple[str, object]]:
    breuken = [
        tag("li", f"{datum(b.datum)}: {_who(merk, b)}{b.tekst}")
        for b in data.trendbreuken(merk)
        if b.indicator_id == indicator.indicator_id
    ]
    return [
        ("Vraag", indicator.vraag),
        ("Definitie", indicator.definitie or "Nog niet beschreven; zie de bron."),
        ("Berekening", hoofdletter(indicator.formule)),
        ("Eenheid", unit_text(indicator)),
        ("Gewenste richting", RICHTING_WOORD.get(indicator.richting, "geen")),
        ("Actielijn", ACTIELIJNEN.get(indicator.actielijn, "")),
        ("Pijler", PIJLER_WOORD.get(indicator.pijler, "")),
        ("Schakel", hoofdletter(indicator.schakel)),
        ("Optellen", "mag" if indicator.optelbaar else "mag niet: totalen worden apart geleverd"),
        ("Geheimhouding", _VERTROUWELIJK.get(indicator.vertrouwelijk, "")),
        ("Trendbreuken", tag("ul", join(breuken)) if breuken else "geen bekend"),
        ("Code", tag("code", indicator.indicator_id)),
    ]


def _who(merk: Kenmerk, breuk: Trendbreuk) -> str:
    branche, regio = data.branches(merk).get(breuk.branche_code), data.regios(merk).get(breuk.regio_code)
    namen = [
        regio.naam if regio else "",
        branche.naam if branche else "",
        uitsplitsing_tekst(breuk.uitsplitsing),
    ]
    wie = ", ".join(filter(None, namen))
    return f"({wie}) " if wie else ""


def _show_availability(merk: Kenmerk, indicator: Indicator) -> None:
    tabel = bewijs.beschikbaarheid(merk, indicator.indicator_id)
    if not tabel.rijen:
        onderdelen.notice("Van deze indicator zijn nog geen cijfers.")
        return
    rijen = [
        (
            hoofdletter(NIVEAU_WOORD.get(niveau, niveau)),
            HERKOMST_WOORD.get(heeft, heeft),
            *map(getal, aantallen),
        )
        for niveau, heeft, *aantallen in tabel.rijen
    ]
    koppen = ("Gebieden", "Beste herkomst", "Gebieden met cijfers", "Perioden", "Cijfers")
    onderdelen.show(tag("h3", "Voor welke gebieden?"))
    bijschrift = f"Voor welke gebieden zijn er cijfers over {indicator.titel}"
    onderdelen.show(table(koppen, rijen, bijschrift=bijschrift, getallen=(2, 3, 4)))
    onderdelen.download(f"gebieden_{indicator.indicator_id}", bijschrift, tabel)


def _show_sources(merk: Kenmerk, indicator: Indicator) -> None:
    tabel = bewijs.leveringen_van(merk, indicator.indicator_id)
    if not tabel.rijen:
        return
    rijen = [
        (
            leverancier or bestand,
            fragmenten.herkomst_badge(herkomst),
            periode or "",
            verwijzing or "",
            tag("code", bestand),
        )
        for leverancier, herkomst, periode, bestand, verwijzing, _ in tabel.rijen
    ]
    onderdelen.show(tag("h3", "Uit welke leveringen?"))
    koppen = ("Leverancier", "Herkomst", "Periode", "Verwijzing", "Bestand")
    bijschrift = f"Leveringen met cijfers over {indicator.titel}"
    onderdelen.show(table(koppen, rijen, bijschrift=bijschrift))
    onderdelen.download(f"leveringen_{indicator.indicator_id}", bijschrift, tabel)


def _show_published(merk: Kenmerk, indicator: Indicator) -> None:
    tabel = bewijs.gepubliceerde_cijfers(merk, indicator.indicator_id)
    if not tabel.rijen:
        return
    weggelaten = sum(not r[14] for r in tabel.rijen)
    namen = data.names(merk)
    rijen = []
    for r in tabel.rijen:
        c = dict(zip(tabel.kolommen, r, strict=True))
        wat = [
            categorie_tekst(c["categorie"] or ""),
            uitsplitsing_tekst(c["uitsplitsing"] or ""),
            c["regio"],
            c["branche"],
        ]
        rijen.append(
            (
                ", ".join(deel for deel in wat if deel),
                c["periode"],
                cijfer_tekst(
                    c["waarde"],
                    _unit(indicator, c),
                    waarde_tot=c["waarde_tot"],
                    precisie=c["precisie"] or "",
                    cijfers=c["decimalen"],
                ),
                getal(c["n"]) if c["n"] else "",
                _source(c["bron"] or ""),
                woorden.place_text(c["vindplaats"] or ""),
                _KWALITEIT.get(c["kwaliteit"], c["kwaliteit"] or ""),
                "ja" if c["gekozen"] else "nee: er is een beter cijfer",
                woorden.remark_text(c["opmerking"] or "", namen),
            )
        )
    onderdelen.show(tag("h3", "Gepubliceerde cijfers met hun vindplaats"))
    extra = (
        f" {weggelaten} daarvan zijn niet gebruikt, omdat er voor hetzelfde een beter cijfer is." if weggelaten else ""
    )
    onderdelen.show(tag("p", f"{len(rijen)} cijfers.{extra}", klasse="rm-onder"))
    koppen = (
        "Wat",
        "Periode",
        "Cijfer",
        "n",
        "Bron",
        "Bladzijde of tabel",
        "Soort bron",
        "Gebruikt",
        "Opmerking",
    )
    with st.expander("Alle gepubliceerde cijfers", expanded=len(rijen) <= 40):
        onderdelen.show(
            table(koppen, rijen, bijschrift=f"Gepubliceerde cijfers over {indicator.titel}", getallen=(2, 3))
        )
    met_decimalen = {"waarde": "decimalen", "waarde_tot": "decimalen_tot"}
    onderdelen.download(
        f"gepubliceerd_{indicator.indicator_id}",
        f"Gepubliceerde cijfers over {indicator.titel}",
        cijferrijen.measured(tabel, met_decimalen, lambda c: _unit(indicator, c)),
    )


def _unit(indicator: Indicator, cijfer: Mapping[str, Any]) -> str:
    return zinnen.unit_of_part(indicator.eenheid, cijfer["categorie"] or "")


def _source(bron: str) -> Html | str:
    return link(bijschriften.short_source(bron), bron) if "://" in bron else bron
