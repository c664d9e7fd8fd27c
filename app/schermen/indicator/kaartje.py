"""The card of one indicator: definition, breaks, areas, deliveries, and every published figure with its page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import streamlit as st

from app.beeld import cijferrijen, fragmenten
from app.beeld.fragmenten import VERANTWOORDING
from app.beeld.markup import Html, definition_list, join, link, table, tag
from app.lezen import data
from app.lezen.onderwerp import bewijs
from app.lezen.rijen import Indicator, Kenmerk, Trendbreuk
from app.oordeel import zinnen
from app.oordeel.programma.koers import ACTIELIJNEN
from app.raam.keuze import selectie
from app.raam.vakken import onderdelen
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
    telling,
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
# Where the link at the top of the page leads.
PLEK = "wat-dit-cijfer-is"
# A list that long is read at once.
_KORT = 3
_PUBLICATIEKOPPEN = (
    "Wat", "Periode", "Cijfer", "n", "Bron", "Bladzijde of tabel", "Soort bron", "Gebruikt", "Opmerking",
)  # fmt: skip

_SLEUTEL = ("categorie", "uitsplitsing", "regio", "branche", "periode")
_GEBRUIKT = "ja"
_BETER = "nee: er is een beter cijfer"
_ZWAK = "nee: de bron kan het niet dragen"


def show(merk: Kenmerk, indicator: Indicator) -> None:
    """Show what an indicator is, for which areas it is there, and which sources its figures come from."""
    st.header("Wat dit cijfer is", anchor=PLEK)
    onderdelen.show(definition_list(_card(merk, indicator)))
    st.header("Waar het vandaan komt", anchor=False)
    _show_availability(merk, indicator)
    _show_sources(merk, indicator)
    _show_published(merk, indicator)
    onderdelen.page_link(VERANTWOORDING, "Hoe de leveringen zijn gecontroleerd", onderdeel="controles")


def _card(merk: Kenmerk, indicator: Indicator) -> list[tuple[str, object]]:
    breuken = [
        tag("li", f"{datum(b.datum)}: {_who(merk, b)}{b.tekst}")
        for b in data.trendbreuken(merk)
        if b.indicator_id == indicator.indicator_id
    ]
    return [
        ("Definitie", indicator.definitie or "Nog niet beschreven; zie de bron."),
        ("Berekening", hoofdletter(indicator.formule)),
        ("Eenheid", zinnen.unit_text(indicator)),
        ("Gewenste richting", RICHTING_WOORD.get(indicator.richting, "geen")),
        ("Actielijn", ACTIELIJNEN.get(indicator.actielijn, "")),
        ("Pijler", PIJLER_WOORD.get(indicator.pijler, "")),
        ("Schakel", hoofdletter(indicator.schakel)),
        (
            "Optellen",
            "mag: de delen zijn samen het geheel" if indicator.optelbaar else "mag niet: totalen worden apart geleverd",
        ),
        ("Geheimhouding", _VERTROUWELIJK.get(indicator.vertrouwelijk, "")),
        ("Trendbreuken", _folded(breuken)),
        ("Code", tag("code", indicator.indicator_id)),
    ]


def _folded(breuken: Sequence[Html]) -> Html | str:
    """Return a list of breaks, folded away where it is long."""
    lijst = tag("ul", join(breuken))
    if len(breuken) <= _KORT:
        return lijst if breuken else "geen bekend"
    return tag("details", tag("summary", f"{len(breuken)} bekende breuken"), lijst)


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
    tabel = bewijs.beschikbaarheid(merk, indicator.indicator_id, selectie.met_voorbeeld())
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
    alle_koppen = ("Gebieden", "Beste herkomst", "Gebieden met cijfers", "Perioden", "Cijfers", "Waarvan voorbeelddata")
    koppen = alle_koppen[: len(tabel.kolommen)]
    onderdelen.show(tag("h3", "Voor welke gebieden?"))
    bijschrift = f"Voor welke gebieden zijn er cijfers over {indicator.titel}"
    onderdelen.show(table(koppen, rijen, bijschrift=bijschrift, getallen=tuple(range(2, len(koppen)))))
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
    namen = data.names(merk)
    cijfers = [dict(zip(tabel.kolommen, rij, strict=True)) for rij in tabel.rijen]
    gebruik = usage(cijfers)
    rijen = [_published_row(indicator, cijfer, namen, g) for cijfer, g in zip(cijfers, gebruik, strict=True)]
    onderdelen.show(tag("h3", "Gepubliceerde cijfers met hun vindplaats"))
    onderdelen.show(tag("p", " ".join(_counted(gebruik)), klasse="rm-onder"))
    bijschrift = f"Gepubliceerde cijfers over {indicator.titel}"
    with st.expander("Alle gepubliceerde cijfers", expanded=len(rijen) <= 40):
        onderdelen.show(table(_PUBLICATIEKOPPEN, rijen, bijschrift=bijschrift, getallen=(2, 3)))
    met_decimalen = {"waarde": "decimalen", "waarde_tot": "decimalen_tot"}
    onderdelen.download(
        f"gepubliceerd_{indicator.indicator_id}",
        bijschrift,
        cijferrijen.measured(tabel, met_decimalen, lambda c: _unit(indicator, c)),
    )


def usage(cijfers: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return per published figure whether it is used, and if not why; without a better one its source is too weak."""
    sleutels = [tuple(c[naam] for naam in _SLEUTEL) for c in cijfers]
    gebruikt = {sleutel for sleutel, c in zip(sleutels, cijfers, strict=True) if c["gekozen"]}
    return [
        _GEBRUIKT if c["gekozen"] else _BETER if sleutel in gebruikt else _ZWAK
        for sleutel, c in zip(sleutels, cijfers, strict=True)
    ]


def _counted(gebruik: Sequence[str]) -> Iterator[str]:
    """Yield how many figures there are, and how many of them are not used for which reason."""
    yield f"{telling(len(gebruik), 'cijfer', 'cijfers')}."
    for soort, waarom in (
        (_BETER, "omdat er voor hetzelfde een beter cijfer is"),
        (_ZWAK, "omdat de bron het cijfer niet kan dragen; de reden staat erbij"),
    ):
        aantal = gebruik.count(soort)
        if aantal:
            yield f"{aantal} daarvan {'is' if aantal == 1 else 'zijn'} niet gebruikt, {waarom}."


def _published_row(
    indicator: Indicator, cijfer: Mapping[str, Any], namen: Mapping[str, str], gebruik: str
) -> tuple[str | Html, ...]:
    wat = [
        categorie_tekst(cijfer["categorie"] or ""),
        uitsplitsing_tekst(cijfer["uitsplitsing"] or ""),
        cijfer["regio"],
        cijfer["branche"],
    ]
    return (
        ", ".join(deel for deel in wat if deel),
        cijfer["periode"],
        cijfer_tekst(
            cijfer["waarde"],
            _unit(indicator, cijfer),
            waarde_tot=cijfer["waarde_tot"],
            precisie=cijfer["precisie"] or "",
            cijfers=cijfer["decimalen"],
        ),
        getal(cijfer["n"]) if cijfer["n"] else "",
        link(cijfer["oorsprong"], cijfer["adres"]) if cijfer["adres"] else cijfer["oorsprong"],
        woorden.place_text(cijfer["plek"] or ""),
        _KWALITEIT.get(cijfer["kwaliteit"], cijfer["kwaliteit"] or ""),
        gebruik,
        woorden.remark_text(cijfer["opmerking"] or "", namen),
    )


def _unit(indicator: Indicator, cijfer: Mapping[str, Any]) -> str:
    return zinnen.unit_of_part(indicator.eenheid, cijfer["categorie"] or "")
