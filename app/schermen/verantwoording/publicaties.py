"""The history of publications, and what changed between two of them."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from app.beeld import cijferrijen
from app.beeld.markup import Html, table, tag
from app.lezen import data
from app.lezen.onderwerp import bewijs
from app.lezen.rijen import Kenmerk, Resultaat
from app.lezen.verschil import publicaties
from app.lezen.verschil.publicaties import Uitgave
from app.lezen.verschil.publicatieverschil import GEHEEL, SOORTEN, Cijferwijziging, Publicatieverschil
from app.oordeel import zinnen
from app.oordeel.vergelijken.cijferwijziging import KOLOMMEN, count_by_indicator, largest, line
from app.raam.keuze import selectie
from app.raam.meenemen import downloads
from app.raam.meenemen.downloads import Download
from app.raam.vakken import onderdelen
from app.raam.vakken.onderdelen import Tabelvak
from app.taal.moment import day_and_clock
from app.taal.opmaak import datum, getal, telling
from pipelines.afspraken.codelijsten import Herkomst

# More than this on a page helps nobody; the download has them all.
_OP_PAGINA = 200
# Of the largest revisions, before the rest is counted.
_GROOTSTE = 10
_VELD = {
    GEHEEL: "De indicator zelf", "titel": "Titel", "vraag": "Vraag", "definitie": "Definitie",
    "formule": "Berekening", "eenheid": "Eenheid", "richting": "Gewenste richting", "actielijn": "Actielijn",
    "pijler": "Pijler", "schakel": "Schakel", "bron": "Bron", "optelbaar": "Optellen",
    "vertrouwelijk": "Geheimhouding", "te_bevestigen": "Te bevestigen",
}  # fmt: skip


def show(merk: Kenmerk) -> None:
    """Show every kept publication, and the differences between the two that the reader chooses."""
    st.header("Wat veranderde er tussen publicaties?", anchor=False)
    uitgaven = {u.publicatie_id: u for u in publicaties.history(merk)}
    for zin in _withdrawn_in_link(merk, ("van", "naar")):
        onderdelen.notice(zin)
    if not uitgaven:
        onderdelen.notice("Er zijn geen bewaarde publicaties gevonden.")
        return
    if len(uitgaven) < 2:
        onderdelen.notice("Er is één publicatie bewaard. Na de volgende bouw staat hier wat er veranderde.")
    else:
        _show_difference(merk, uitgaven)
    st.subheader("Alle bewaarde publicaties", anchor=False)
    koppen = (
        "Publicatie",
        "Gemaakt op",
        "Cijfers",
        "Waarvan voorbeelddata",
        "Niet getoond",
        "Leveringen",
        "Versie van de code",
    )
    nu = data.publicatie(merk).nu or data.publicatie(merk).publicatie_id
    rijen = [
        (u.publicatie_id, day_and_clock(u.gemaakt_op), getal(u.aantal_waarnemingen),
         getal(u.aantal_voorbeeld), getal(u.aantal_onderdrukt), getal(u.aantal_leveringen), u.code_versie)
        for u in uitgaven.values()
    ]  # fmt: skip
    getoond = [(_link(u, nu), *rij[1:]) for u, rij in zip(uitgaven.values(), rijen, strict=True)]
    onderdelen.show(table(koppen, getoond, bijschrift="Bewaarde publicaties", getallen=(2, 3, 4, 5)))
    onderdelen.download("publicaties", "Bewaarde publicaties", Resultaat(koppen, tuple(rijen)))
    _show_withdrawn(merk)


def _link(uitgave: Uitgave, nu: str) -> Html | str:
    """Return the id of a publication, as a link to the monitor as it was then; that of now needs none."""
    if uitgave.publicatie_id == nu:
        return f"{nu} (de nieuwste)"
    adres = f"?{urlencode({'onderdeel': 'publicaties', 'publicatie': uitgave.publicatie_id})}"
    label = f"De monitor zoals bekend op {datum(uitgave.gemaakt_op)}: {uitgave.publicatie_id}"
    return tag("a", uitgave.publicatie_id, href=adres, target="_self", aria_label=label)


def _withdrawn_in_link(merk: Kenmerk, namen: Sequence[str]) -> list[str]:
    """Return what there is to say of withdrawn publications that the link names."""
    weg = publicaties.taken_back(merk)
    gevraagd = dict.fromkeys(st.query_params.get(naam, "") for naam in namen)
    return [f"{publicatie_id}: {weg[publicatie_id]}" for publicatie_id in gevraagd if publicatie_id in weg]


def _show_withdrawn(merk: Kenmerk) -> None:
    weg = publicaties.taken_back(merk)
    if not weg:
        return
    koppen = ("Publicatie", "Ingetrokken op", "Reden", "In haar plaats")
    rijen = tuple(
        (bericht.publicatie_id, datum(bericht.op) if bericht.op else "", bericht.reden, bericht.vervangen_door)
        for bericht in weg.values()
    )
    onderdelen.show(table(koppen, rijen, bijschrift="Ingetrokken publicaties"))
    onderdelen.download("ingetrokken_publicaties", "Ingetrokken publicaties", Resultaat(koppen, rijen))


def _show_difference(merk: Kenmerk, uitgaven: dict[str, Uitgave]) -> None:
    namen = list(uitgaven)

    def _name(publicatie_id: str) -> str:
        u = uitgaven[publicatie_id]
        return day_and_clock(u.gemaakt_op, met_seconden=True)

    with st.container(horizontal=True, gap="medium", key="rm-keuzes"):
        van = selectie.field("van", "Van", namen, namen[1], _name).choose()
        naar = selectie.field("naar", "Naar", namen, namen[0], _name).choose()
    if van == naar:
        onderdelen.notice("Kies twee verschillende publicaties.")
        return
    verschil = publicaties.difference(merk, van, naar)
    if verschil is None:
        onderdelen.notice("Een van deze publicaties is niet meer te lezen. Kies een andere.")
        return
    st.subheader(_title(verschil), anchor=False)
    for zin in verschil.hidden_text():
        onderdelen.show(tag("p", f"{zin}."))
    _show_figures(merk, verschil)
    _show_definitions(merk, verschil)


def _title(verschil: Publicatieverschil) -> str:
    aantallen = {soort: aantal for soort, aantal in verschil.counts().items() if aantal}
    delen = [f"{telling(aantal, 'cijfer', 'cijfers')}: {SOORTEN[soort]}" for soort, aantal in aantallen.items()]
    return "; ".join(delen) if delen else "Geen enkel cijfer dat te zien is, is veranderd"


def _show_figures(merk: Kenmerk, verschil: Publicatieverschil) -> None:
    if not verschil.cijfers:
        return
    catalogus = data.indicatoren(merk)
    _show_revised(merk, verschil)
    soorten = [soort for soort, aantal in verschil.counts().items() if aantal]
    rijen = [
        (catalogus[i].titel if i in catalogus else i, *(getal(aantallen.get(soort, 0)) for soort in soorten))
        for i, aantallen in count_by_indicator(verschil.cijfers).items()
    ]
    koppen = ("Indicator", *(SOORTEN[soort].capitalize() for soort in soorten))
    bijschrift = "Veranderde cijfers per indicator"
    onderdelen.show(table(koppen, rijen, bijschrift=bijschrift, getallen=tuple(range(1, len(koppen)))))
    onderdelen.download(f"veranderd_per_indicator_{verschil.nieuw}", bijschrift, Resultaat(koppen, tuple(rijen)))
    regels = [line(merk, c) for c in verschil.cijfers]
    kop = "elk veranderd cijfer"
    if len(regels) > _OP_PAGINA:
        kop = f"de eerste {_OP_PAGINA} van {getal(len(regels))} veranderde cijfers; de download heeft ze alle"
    onderdelen.show_table(
        Tabelvak(kop, KOLOMMEN, regels[:_OP_PAGINA], vak="veranderd"),
        _taken_along(merk, f"veranderd_{verschil.oud}_{verschil.nieuw}", verschil.cijfers),
    )
    onderdelen.show(
        tag(
            "p",
            "Wat in een van beide of nu verborgen is, staat hier niet bij, ook niet in de download.",
            klasse="rm-bron",
        )
    )


def _show_revised(merk: Kenmerk, verschil: Publicatieverschil) -> None:
    """Show at once what the largest revisions are: what it was, what it is and why."""
    echt = (c for c in verschil.cijfers if c.soort == "waarde" and c.herkomst_nieuw != Herkomst.SYNTHETISCH)
    if grootste := largest(echt, _GROOTSTE):
        kop = "De grootste herzieningen, naar wat het cijfer was"
        onderdelen.show(table(KOLOMMEN, [line(merk, c) for c in grootste], bijschrift=kop, getallen=(5, 6)))
        downloads.table_buttons(kop, _taken_along(merk, f"herzien_{verschil.oud}_{verschil.nieuw}", grootste))


def _taken_along(merk: Kenmerk, bestand: str, cijfers: Sequence[Cijferwijziging]) -> Download:
    return Download(bestand, (*Cijferwijziging.__slots__, "eenheid"), lambda: [_row(merk, c) for c in cijfers])


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
    return (*velden.values(), eenheid)


def _show_definitions(merk: Kenmerk, verschil: Publicatieverschil) -> None:
    if not verschil.definities:
        onderdelen.show(tag("p", "Geen enkele definitie is veranderd."))
        return
    catalogus = data.indicatoren(merk)
    koppen = ("Indicator", "Wat", "Was", "Is nu")
    rijen = tuple(
        (catalogus[d.indicator_id].titel if d.indicator_id in catalogus else d.indicator_id,
         _VELD.get(d.veld, d.veld), d.oud or _without(d.veld, "bestond niet"),
         d.nieuw or _without(d.veld, "bestaat niet meer"))
        for d in verschil.definities
    )  # fmt: skip
    st.subheader(f"Definities: {len(rijen)} veranderd", anchor=False)
    onderdelen.show_table(
        Tabelvak("veranderde definities", koppen, rijen, vak="definities"),
        Download(f"definities_{verschil.oud}_{verschil.nieuw}", koppen, lambda: rijen),
    )


def _without(veld: str, weg: str) -> str:
    """Return what stands where a definition says nothing; of an indicator itself, that there is none."""
    return weg if veld == GEHEEL else "niet vermeld"
