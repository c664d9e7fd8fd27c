"""The history of publications, and what changed between two of them."""

from __future__ import annotations

import streamlit as st

from app.beeld import cijferrijen
from app.beeld.markup import table, tag
from app.lezen import bewijs, data, publicaties
from app.lezen.data import Kenmerk, Resultaat
from app.lezen.publicaties import Uitgave
from app.lezen.publicatieverschil import SOORTEN, Cijferwijziging, Publicatieverschil
from app.oordeel import zinnen
from app.raam import onderdelen, selectie
from app.taal.opmaak import (
    HERKOMST_WOORD,
    STATUS_WOORD,
    categorie_tekst,
    cijfer_tekst,
    datum,
    getal,
    uitsplitsing_tekst,
)

# More than this on a page helps nobody; the download has them all.
_OP_PAGINA = 200
_VELD = {
    "indicator": "De indicator zelf", "titel": "Titel", "vraag": "Vraag", "definitie": "Definitie",
    "formule": "Berekening", "eenheid": "Eenheid", "richting": "Gewenste richting", "actielijn": "Actielijn",
    "pijler": "Pijler", "schakel": "Schakel", "bron": "Bron", "optelbaar": "Optellen",
    "vertrouwelijk": "Geheimhouding", "te_bevestigen": "Te bevestigen",
}  # fmt: skip


def show(merk: Kenmerk) -> None:
    """Show every kept publication, and the differences between the two that the reader chooses."""
    st.header("Wat veranderde er tussen publicaties?", anchor=False)
    uitgaven = {u.publicatie_id: u for u in publicaties.history(merk)}
    if not uitgaven:
        onderdelen.notice("Er zijn geen bewaarde publicaties gevonden.")
        return
    if len(uitgaven) < 2:
        onderdelen.notice("Er is één publicatie bewaard. Na de volgende bouw staat hier wat er veranderde.")
    else:
        _show_difference(merk, uitgaven)
    st.subheader("Alle bewaarde publicaties", anchor=False)
    koppen = ("Publicatie", "Gemaakt op", "Cijfers", "Niet getoond", "Leveringen", "Versie van de code")
    rijen = [
        (u.publicatie_id, f"{datum(u.gemaakt_op)}, {u.gemaakt_op:%H:%M}", getal(u.aantal_waarnemingen),
         getal(u.aantal_onderdrukt), getal(u.aantal_leveringen), u.code_versie)
        for u in uitgaven.values()
    ]  # fmt: skip
    onderdelen.show(table(koppen, rijen, bijschrift="Bewaarde publicaties", getallen=(2, 3, 4)))
    onderdelen.download("publicaties", "Bewaarde publicaties", Resultaat(koppen, tuple(rijen)))


def _show_difference(merk: Kenmerk, uitgaven: dict[str, Uitgave]) -> None:
    namen = list(uitgaven)

    def _name(publicatie_id: str) -> str:
        u = uitgaven[publicatie_id]
        return f"{datum(u.gemaakt_op)}, {u.gemaakt_op:%H:%M:%S}"

    with st.container(horizontal=True, gap="medium", key="rm-keuzes"):
        van = selectie.choose("van", "Van", namen, namen[1], _name)
        naar = selectie.choose("naar", "Naar", namen, namen[0], _name)
    if van == naar:
        onderdelen.notice("Kies twee verschillende publicaties.")
        return
    verschil = publicaties.difference(merk, van, naar)
    if verschil is None:
        onderdelen.notice("Een van deze publicaties is niet meer te lezen. Kies een andere.")
        return
    st.subheader(_title(verschil), anchor=False)
    _show_figures(merk, verschil)
    _show_definitions(merk, verschil)


def _title(verschil: Publicatieverschil) -> str:
    delen = [f"{getal(aantal)} {SOORTEN[soort]}" for soort, aantal in verschil.counts().items() if aantal]
    return f"Cijfers: {', '.join(delen)}" if delen else "Geen enkel cijfer is veranderd"


def _show_figures(merk: Kenmerk, verschil: Publicatieverschil) -> None:
    if not verschil.cijfers:
        return
    catalogus = data.indicatoren(merk)
    per_indicator: dict[str, dict[str, int]] = {}
    for c in verschil.cijfers:
        telling = per_indicator.setdefault(c.indicator_id, dict.fromkeys(SOORTEN, 0))
        telling[c.soort] += 1
    soorten = [soort for soort, aantal in verschil.counts().items() if aantal]
    rijen = [
        (catalogus[i].titel if i in catalogus else i, *(getal(telling[soort]) for soort in soorten))
        for i, telling in per_indicator.items()
    ]
    koppen = ("Indicator", *(SOORTEN[soort].capitalize() for soort in soorten))
    bijschrift = "Veranderde cijfers per indicator"
    onderdelen.show(table(koppen, rijen, bijschrift=bijschrift, getallen=tuple(range(1, len(koppen)))))
    onderdelen.download(f"veranderd_per_indicator_{verschil.nieuw}", bijschrift, Resultaat(koppen, tuple(rijen)))
    regels = [_line(merk, c) for c in verschil.cijfers]
    kop = "elk veranderd cijfer"
    if len(regels) > _OP_PAGINA:
        kop = f"de eerste {_OP_PAGINA} van {getal(len(regels))} veranderde cijfers; de download heeft ze alle"
    kolommen = ("Wat", "Gebied", "Branche", "Periode", "Verandering", "Was", "Is nu")
    onderdelen.table_and_download(
        kop,
        kolommen,
        regels[:_OP_PAGINA],
        bestand=f"veranderd_{verschil.oud}_{verschil.nieuw}",
        csv_kolommen=Cijferwijziging.__slots__,
        csv_rijen=lambda: [_row(merk, c) for c in verschil.cijfers],
        vak="veranderd",
    )
    onderdelen.show(
        tag("p", "Wat nu niet getoond mag worden, staat hier ook niet met zijn oude waarde.", klasse="rm-bron")
    )


def _line(merk: Kenmerk, c: Cijferwijziging) -> tuple[str, ...]:
    catalogus, regios, branches = data.indicatoren(merk), data.regios(merk), data.branches(merk)
    indicator = catalogus.get(c.indicator_id)
    eenheid = zinnen.unit_of_part(indicator.eenheid if indicator else "", c.categorie)
    soort = (merk, c.indicator_id, c.categorie, c.uitsplitsing)
    wat = [indicator.titel if indicator else c.indicator_id, categorie_tekst(c.categorie)]
    wat += [uitsplitsing_tekst(c.uitsplitsing), c.schatting]
    return (
        ", ".join(filter(None, wat)),
        regios[c.regio_code].naam if c.regio_code in regios else c.regio_code,
        branches[c.branche_code].naam_kort if c.branche_code in branches else c.branche_code,
        c.periode,
        SOORTEN[c.soort],
        _figure(c.waarde_oud, c.status_oud, c.herkomst_oud, eenheid, bewijs.decimals(*soort, c.herkomst_oud)),
        _figure(c.waarde_nieuw, c.status_nieuw, c.herkomst_nieuw, eenheid, bewijs.decimals(*soort, c.herkomst_nieuw)),
    )


def _row(merk: Kenmerk, c: Cijferwijziging) -> tuple[object, ...]:
    """Return a change for a download, with its figures as the page shows them."""
    indicator = data.indicatoren(merk).get(c.indicator_id)
    eenheid = zinnen.unit_of_part(indicator.eenheid if indicator else "", c.categorie)

    def _measure(waarde: float | None, herkomst: str | None) -> object:
        cijfers = bewijs.decimals(merk, c.indicator_id, c.categorie, c.uitsplitsing, herkomst)
        return cijferrijen.measure(waarde, eenheid, cijfers)

    velden = {veld: getattr(c, veld) for veld in Cijferwijziging.__slots__}
    velden |= {
        "waarde_oud": _measure(c.waarde_oud, c.herkomst_oud),
        "waarde_nieuw": _measure(c.waarde_nieuw, c.herkomst_nieuw),
    }
    return tuple(velden.values())


def _figure(waarde: float | None, status: str | None, herkomst: str | None, eenheid: str, cijfers: int | None) -> str:
    if status is None:
        return ""
    soort = HERKOMST_WOORD.get(herkomst or "", "")
    if waarde is None:
        return STATUS_WOORD.get(status) or f"getoond ({soort})"
    tekst = cijfer_tekst(waarde, eenheid, cijfers=cijfers)
    return f"{tekst} ({soort})" if soort else tekst


def _show_definitions(merk: Kenmerk, verschil: Publicatieverschil) -> None:
    if not verschil.definities:
        onderdelen.show(tag("p", "Geen enkele definitie is veranderd."))
        return
    catalogus = data.indicatoren(merk)
    koppen = ("Indicator", "Wat", "Was", "Is nu")
    rijen = tuple(
        (catalogus[d.indicator_id].titel if d.indicator_id in catalogus else d.indicator_id,
         _VELD.get(d.veld, d.veld), d.oud or "niet vermeld", d.nieuw or "niet vermeld")
        for d in verschil.definities
    )  # fmt: skip
    st.subheader(f"Definities: {len(rijen)} veranderd", anchor=False)
    onderdelen.show(table(koppen, rijen, bijschrift="Veranderde definities"))
    onderdelen.download(
        f"definities_{verschil.oud}_{verschil.nieuw}", "Veranderde definities", Resultaat(koppen, rijen)
    )
