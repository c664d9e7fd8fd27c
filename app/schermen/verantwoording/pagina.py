"""Verantwoording: where does every figure come from, and how was it checked?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from app.beeld import fragmenten
from app.beeld.markup import Html, definition_list, join, link, table, tag
from app.lezen import data
from app.lezen.onderwerp import bewijs
from app.lezen.rijen import Kenmerk
from app.raam.keuze import selectie
from app.raam.vakken import onderdelen
from app.raam.vakken.onderdelen import Vouwtabel
from app.raam.zoeken.index import terms
from app.schermen.verantwoording import aansluiting, catalogus, controles, gaten, kalender, opendata, publicaties, tabel
from app.taal import woorden
from app.taal.opmaak import datum, getal, hoofdletter
from pipelines.afspraken.codelijsten import Herkomst

_ONDERDELEN: dict[str, tuple[str, Callable[[Kenmerk], None]]] = {}
# What readers come for; the rest is for who checks the figures, and stands under one heading.
_VOOROP = ("indicatoren", "tabel", "begrippen", "gaten", "publicaties")
# The reasons that leave out the most figures; the others leave out a few each.
_REDENEN = 10


def show(merk: Kenmerk) -> None:
    """Show one part of the account; the reader chooses which."""
    onderdelen.page_head("Cijfers")
    onderdelen.show(
        tag(
            "p",
            "Waar komt elk cijfer vandaan, wat betekent het en hoe is het gecontroleerd?",
            klasse="rm-onder",
        )
    )
    namen = list(_ONDERDELEN)
    deel = selectie.field("onderdeel", "Onderdeel", namen, namen[0], lambda naam: _ONDERDELEN[naam][0], soort="knoppen")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="rm-onderdelen"):
        # A part of those that fold away stands beside the others while it is read.
        replace(deel, opties=[n for n in namen if n in (*_VOOROP, deel.waarde)]).show()
        onderdelen.show(_folded(deel.waarde), is_smal=True)
    _ONDERDELEN[deel.waarde][1](merk)


def _folded(nu: str) -> Html:
    """Return the ways to the parts that are for who checks the figures."""
    wijzer = selectie.wijzer()
    punten = [
        tag("li", tag("a", titel, href=wijzer.address(fragmenten.VERANTWOORDING, onderdeel=naam), target="_self",
                      **({"aria_current": "page"} if naam == nu else {})))
        for naam, (titel, _) in _ONDERDELEN.items() if naam not in _VOOROP
    ]  # fmt: skip
    return tag("details", tag("summary", "Herkomst en controle"), tag("ul", join(punten)), klasse="rm-meerdelen")


def _deliveries(merk: Kenmerk) -> None:
    st.header("Leveringen", anchor=False)
    tabel = bewijs.leveringen(merk)
    uitleg = (
        f"De publicatie is gemaakt uit {len(tabel.rijen)} bestanden. Bij elk staan de controles die erop zijn gedaan."
    )
    onderdelen.show(tag("p", uitleg, klasse="rm-onder"))
    gekeurd = {(r[0], r[1]): (r[2], r[3]) for r in bewijs.controles_per_levering(merk).rijen}
    namen = bewijs.tabelnamen(merk)
    leveringen = [dict(zip(tabel.kolommen, r, strict=True)) for r in tabel.rijen]
    echt = [_delivery(lev, namen, gekeurd) for lev in leveringen if lev["herkomst"] != Herkomst.SYNTHETISCH]
    verzonnen = [_delivery(lev, namen, gekeurd) for lev in leveringen if lev["herkomst"] == Herkomst.SYNTHETISCH]
    koppen = (
        "Levering",
        "Herkomst",
        "Leverancier",
        "Ontvangen",
        "Rijen gebruikt",
        "Controles",
        "Verwijzing",
        "Bestand",
    )
    rest = "1 bestand met voorbeelddata" if len(verzonnen) == 1 else f"{len(verzonnen)} bestanden met voorbeelddata"
    onderdelen.show_folded(Vouwtabel(koppen, echt, verzonnen, "Leveringen in deze publicatie", rest))
    onderdelen.download("leveringen", "Leveringen in deze publicatie", tabel)
    onderdelen.show(
        tag(
            "p",
            "Herkomst ‘gepubliceerd’: al openbaar, uit een rapport, tabel of bericht. ‘Geleverd’: door de bron aan de "
            "monitor gegeven. ‘Voorbeelddata’: verzonnen, en verdwijnt zodra er een echte levering is.",
            klasse="rm-bron",
        )
    )


def _delivery(
    rij: Mapping[str, Any], namen: Mapping[str, str], gekeurd: Mapping[tuple[str, str], tuple[int, int]]
) -> tuple[object, ...]:
    """Return one file that was delivered, with the way to its checks."""
    sleutel = bewijs.table_key(rij["levering_id"], rij["tabel"])
    totaal, geslaagd = gekeurd.get((rij["levering_id"], rij["tabel"]), (0, 0))
    adres = selectie.wijzer().address(fragmenten.VERANTWOORDING, onderdeel="controles", groepering=sleutel)
    uitslag = f"{geslaagd} van {totaal} geslaagd"
    return (
        namen[sleutel],
        fragmenten.herkomst_badge(rij["herkomst"]),
        rij["leverancier"] or "",
        datum(rij["ontvangen"]),
        f"{getal(rij['rijen_gebruikt'] or 0)} van {getal(rij['rijen'] or 0)}",
        tag("a", uitslag, href=adres, target="_self",
            aria_label=f"Controles op {namen[sleutel]}: {uitslag}") if totaal else "niet vermeld",
        rij["verwijzing"] or "",
        tag("code", rij["bestand"]),
    )  # fmt: skip


def _left_out(merk: Kenmerk) -> None:
    st.header("Niet opgenomen", anchor=False)
    tabel = bewijs.niet_opgenomen(merk)
    totaal = sum(r[1] for r in tabel.rijen)
    onderdelen.show(
        tag(
            "p",
            f"{getal(totaal)} cijfers uit de bronnen staan niet in de monitor. Per reden leest u hier waarom.",
            klasse="rm-onder",
        )
    )
    namen = data.names(merk)
    rijen = [
        (
            hoofdletter(woorden.without_codes(reden, namen)),
            getal(aantal),
            woorden.without_codes(voorbeelden or "", namen),
        )
        for reden, aantal, voorbeelden in tabel.rijen
    ]
    vaak = [aantal for _, aantal, _ in tabel.rijen[:_REDENEN]]
    rest = f"{len(rijen) - len(vaak)} andere redenen, voor {getal(totaal - sum(vaak))} cijfers"
    onderdelen.show_folded(
        Vouwtabel(("Reden", "Aantal", "Bijvoorbeeld"), rijen[:_REDENEN], rijen[_REDENEN:],
                  "Waarom cijfers niet zijn opgenomen", rest, getallen=(1,))
    )  # fmt: skip
    onderdelen.download("redenen", "Waarom cijfers niet zijn opgenomen", tabel)
    onderdelen.show(tag("p", f"Alle {getal(totaal)} cijfers, elk met de reden:"))
    onderdelen.download("niet_opgenomen", "Cijfers die niet zijn opgenomen", bewijs.niet_opgenomen_rijen(merk))


def _publication(merk: Kenmerk) -> None:
    st.header("Publicatie en regio's", anchor=False)
    pub = data.publicatie(merk)
    verzonnen, verzonnen_verborgen = bewijs.verzonnen(merk)
    onderdelen.show(
        definition_list(
            [
                ("Publicatie", pub.publicatie_id),
                ("Gemaakt op", datum(pub.gemaakt_op)),
                ("Versie van de code", pub.code_versie),
                ("Vingerafdruk van de invoer", pub.invoer_sha256),
                ("Echte cijfers", getal(pub.aantal_waarnemingen - verzonnen)),
                ("Waarvan niet getoond", getal(pub.aantal_onderdrukt - verzonnen_verborgen)),
                ("Voorbeelddata", f"{getal(verzonnen)} cijfers, die nergens als echt cijfer meetellen"),
                ("Indicatoren met een cijfer", getal(pub.aantal_indicatoren)),
                ("Leveringen, van één of meer bestanden", getal(pub.aantal_leveringen)),
            ]
        )
    )
    st.subheader("Hoe zeker is de indeling in regio's?", anchor=False)
    tabel = bewijs.onzekere_regios(merk)
    if tabel.rijen:
        onderdelen.show(
            tag(
                "p",
                "De namen en codes van de 28 arbeidsmarktregio's komen van het CBS. Bij welke werkgeversorganisatie "
                "een regio hoort, zeggen de werkgeversorganisaties zelf, behalve hier:",
                klasse="rm-onder",
            )
        )
        rijen = [
            (a, b, datum(van) or "altijd", datum(tot) or "nu", woorden.certainty(z))
            for a, b, van, tot, z in tabel.rijen
        ]
        onderdelen.show(
            table(
                ("Regio", "Hoort bij", "Vanaf", "Tot en met", "Zekerheid"),
                rijen,
                bijschrift="Minder zekere indeling",
            )
        )
        onderdelen.download("onzekere_indeling", "Minder zekere indeling", tabel)
    else:
        onderdelen.show(tag("p", "Alle indelingen komen van de bron zelf."))
    _attributions(merk)


def _terms(_: Kenmerk) -> None:
    st.header("Begrippen", anchor=False)
    onderdelen.show(definition_list((hoofdletter(woord), wat) for woord, wat in terms().items()))


def _attributions(merk: Kenmerk) -> None:
    st.subheader("Naamsvermelding", anchor=False)
    regels = [
        tag("li", "Cijfers van het CBS: Centraal Bureau voor de Statistiek, onder ",
            link("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/deed.nl"), ".")
    ]  # fmt: skip
    regels += [tag("li", f"{leverancier}: {licentie}") for leverancier, licentie in bewijs.licenties(merk).rijen]
    onderdelen.show(tag("ul", join(regels)))


_ONDERDELEN.update(
    {
        "indicatoren": ("Alle cijfers", catalogus.show),
        "tabel": ("Zelf een tabel maken", tabel.show),
        "begrippen": ("Begrippen", _terms),
        "leveringen": ("Leveringen", _deliveries),
        "controles": ("Controles", controles.show),
        "aansluiting": ("Aansluiting", aansluiting.show),
        "niet_opgenomen": ("Niet opgenomen", _left_out),
        "opendata": ("Open data", opendata.show),
        "kalender": ("Wat komt wanneer", kalender.show),
        "gaten": ("Wat ontbreekt", gaten.show),
        "publicaties": ("Veranderingen", publicaties.show),
        "publicatie": ("Publicatie en regio's", _publication),
    }
)
