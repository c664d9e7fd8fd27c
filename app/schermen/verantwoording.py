"""Verantwoording: where does every figure come from, and how was it checked?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from app import bewijs, data, onderdelen, selectie
from app.data import Kenmerk
from app.markup import join, link, table, tag
from app.opmaak import categorie_tekst, cijfer_tekst, datum, getal, hoofdletter, uitsplitsing_tekst
from app.schermen import catalogus, gaten, publicaties

_ONDERDELEN: dict[str, tuple[str, Callable[[Kenmerk], None]]] = {}


def show(merk: Kenmerk) -> None:
    """Show one part of the account; the reader chooses which."""
    onderdelen.page_head("Verantwoording", merk, met_schakelaar=False)
    onderdelen.show(
        tag(
            "p",
            "Waar komt elk cijfer vandaan, wat betekent het en hoe is het gecontroleerd?",
            klasse="rm-onder",
        )
    )
    namen = list(_ONDERDELEN)
    gekozen = selectie.choose(
        "onderdeel", "Onderdeel", namen, namen[0], lambda naam: _ONDERDELEN[naam][0], soort="knoppen"
    )
    _ONDERDELEN[gekozen][1](merk)


def _deliveries(merk: Kenmerk) -> None:
    st.header("Leveringen", anchor=False)
    tabel = bewijs.leveringen(merk)
    aantal = len(tabel.rijen)
    onderdelen.show(tag("p", f"De publicatie is gemaakt uit {aantal} bestanden.", klasse="rm-onder"))
    gekeurd = {(r[0], r[1]): (r[2], r[3]) for r in bewijs.controles_per_levering(merk).rijen}
    rijen = []
    for r in tabel.rijen:
        rij = dict(zip(tabel.kolommen, r, strict=True))
        totaal, geslaagd = gekeurd.get((rij["levering_id"], rij["tabel"]), (0, 0))
        rijen.append(
            (
                f"{rij['bron']}, {rij['tabel']}",
                onderdelen.herkomst_badge(rij["herkomst"]),
                rij["leverancier"] or "",
                rij["periode"] or "",
                datum(rij["ontvangen"]),
                getal(rij["rijen_gebruikt"] or 0) + " van " + getal(rij["rijen"] or 0),
                f"{geslaagd} van {totaal} geslaagd" if totaal else "niet vermeld",
                rij["verwijzing"] or "",
            )
        )
    koppen = (
        "Bron en tabel",
        "Herkomst",
        "Leverancier",
        "Periode",
        "Ontvangen",
        "Rijen gebruikt",
        "Controles",
        "Verwijzing",
    )
    onderdelen.show(table(koppen, rijen, bijschrift="Leveringen in deze publicatie"))
    onderdelen.download("leveringen", "Leveringen in deze publicatie", tabel)
    onderdelen.show(
        tag(
            "p",
            "Herkomst ‘gepubliceerd’: al openbaar, uit een rapport, tabel of bericht. ‘Geleverd’: door de bron aan de "
            "monitor gegeven. ‘Voorbeelddata’: verzonnen, en verdwijnt zodra er een echte levering is.",
            klasse="rm-bron",
        )
    )
    _one_delivery(merk)


def _one_delivery(merk: Kenmerk) -> None:
    """Show the checks of the delivery that the reader chooses."""
    tabel = bewijs.controles(merk)
    namen = sorted({f"{lev}, {tab}" for lev, tab, *_ in tabel.rijen})
    if not namen:
        return
    st.subheader("Eén levering van dichtbij", anchor=False)
    gekozen = selectie.choose("levering", "Levering en tabel", namen, namen[0], lambda naam: naam)
    rijen = [rij for rij in tabel.rijen if f"{rij[0]}, {rij[1]}" == gekozen]
    geslaagd = sum(bool(rij[4]) for rij in rijen)
    onderdelen.show(tag("p", f"{geslaagd} van de {len(rijen)} controles zijn geslaagd.", klasse="rm-onder"))
    onderdelen.show(
        table(
            ("Controle", "Kolom", "Uitkomst", "Rijen", "Afwijkend", "Melding"),
            [
                (controle, kolom or "", "geslaagd" if gelukt else "let op", getal(aantal or 0), getal(af or 0), m or "")
                for _, _, controle, kolom, gelukt, aantal, af, m in rijen
            ],
            bijschrift=f"Controles op {gekozen}",
            getallen=(3, 4),
        )
    )
    bestand = "controles_" + "".join(teken if teken.isalnum() else "-" for teken in gekozen)
    onderdelen.download(bestand, f"Controles op {gekozen}", data.Tabel(tabel.kolommen, tuple(rijen)))


def _checks(merk: Kenmerk) -> None:
    st.header("Controles", anchor=False)
    tabel = bewijs.controles(merk)
    if not tabel.rijen:
        onderdelen.notice("Er zijn nog geen controles vastgelegd.")
        return
    geslaagd = sum(bool(r[4]) for r in tabel.rijen)
    onderdelen.show(
        tag(
            "p",
            f"{getal(geslaagd)} van de {getal(len(tabel.rijen))} controles zijn geslaagd. Een levering met fouten "
            "komt niet in de publicatie; een waarschuwing wel, en die staat hier bovenaan.",
            klasse="rm-onder",
        )
    )
    rijen = [
        (
            f"{lev}, {tab}",
            controle,
            kolom or "",
            "geslaagd" if gelukt else "let op",
            getal(afwijkend or 0),
            melding or "",
        )
        for lev, tab, controle, kolom, gelukt, _, afwijkend, melding in tabel.rijen
    ]
    koppen = ("Levering en tabel", "Controle", "Kolom", "Uitkomst", "Afwijkend", "Melding")
    onderdelen.show(table(koppen, rijen, bijschrift="Controles op de leveringen", getallen=(4,)))
    onderdelen.download("controles", "Controles op de leveringen", tabel)


_OORDEEL = {
    "gelijk": "gelijk",
    "gelijk_na_afronding": "gelijk na afronding",
    "wijkt_af": "wijkt af",
    "nvt": "niet van toepassing",
}


def _reconciliation(merk: Kenmerk) -> None:
    st.header("Aansluiting", anchor=False)
    tabel = bewijs.aansluiting(merk)
    if not tabel.rijen:
        onderdelen.notice("Er zijn nog geen cijfers die zowel gepubliceerd als berekend zijn.")
        return
    alles = [dict(zip(tabel.kolommen, rij, strict=True)) for rij in tabel.rijen]
    tweemaal = [a for a in alles if "|" in a["uitsplitsing"]]
    nagerekend = [a for a in alles if "|" not in a["uitsplitsing"]]
    gelijk = sum(a["oordeel"] != "wijkt_af" for a in nagerekend)
    onderdelen.show(
        tag(
            "p",
            f"{gelijk} van de {len(nagerekend)} gepubliceerde cijfers komen overeen met wat de monitor zelf berekent.",
            klasse="rm-onder",
        )
    )
    if any(a["herkomst_berekend"] == "synthetisch" for a in nagerekend):
        onderdelen.notice(
            "Een deel is berekend uit voorbeelddata. Die zijn zo gemaakt dat ze op de gepubliceerde cijfers uitkomen. "
            "De overeenkomst toetst dus de berekening en zegt niets over echte leveringen."
        )
    koppen = ("Cijfer", "Periode", "Gepubliceerd", "Berekend", "Berekend uit", "Oordeel", "Oorzaak", "Bron")
    rijen = [_reconciled(a) for a in nagerekend]
    onderdelen.show(table(koppen, rijen, bijschrift="Gepubliceerd naast berekend", getallen=(2, 3)))
    _counted_twice(tweemaal)
    onderdelen.download("aansluiting", "Gepubliceerd naast berekend", tabel)


def _counted_twice(tweemaal: Sequence[Mapping[str, Any]]) -> None:
    """Show figures of which there are two: they are laid side by side, never taken together."""
    if not tweemaal:
        return
    st.subheader("Tweemaal geteld", anchor=False)
    onderdelen.show(
        tag(
            "p", "Voor deze cijfers bestaan twee tellingen. Zij worden nooit verbonden of gemiddeld.", klasse="rm-onder"
        )
    )
    koppen = ("Cijfer", "Periode", "Het een", "Het ander", "Herkomst", "Oordeel", "Oorzaak", "Bron")
    rijen = [_reconciled(a) for a in tweemaal]
    onderdelen.show(table(koppen, rijen, bijschrift="Tweemaal geteld", getallen=(2, 3)))


def _reconciled(a: Mapping[str, Any]) -> tuple[object, ...]:
    """Return one row of the table: what it is, both figures and the verdict."""
    wat = [a["titel"] or a["indicator_id"], categorie_tekst(a["categorie"]), uitsplitsing_tekst(a["uitsplitsing"])]
    return (
        ", ".join(filter(None, [*wat, a["regio"] or "", a["branche"]])),
        a["periode"],
        cijfer_tekst(a["gepubliceerd"], a["eenheid"] or "", "nvt", cijfers=a["decimalen_gepubliceerd"]),
        cijfer_tekst(a["berekend"], a["eenheid"] or "", "nvt", cijfers=a["decimalen_berekend"]),
        onderdelen.herkomst_badge(a["herkomst_berekend"] or ""),
        _OORDEEL.get(a["oordeel"], a["oordeel"] or ""),
        a["oorzaak"] or "",
        a["bron"] or "",
    )


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
    rijen = [(hoofdletter(reden), getal(aantal), voorbeelden or "") for reden, aantal, voorbeelden in tabel.rijen]
    onderdelen.show(
        table(
            ("Reden", "Aantal", "Bijvoorbeeld"),
            rijen,
            bijschrift="Waarom cijfers niet zijn opgenomen",
            getallen=(1,),
        )
    )
    onderdelen.download("niet_opgenomen", "Cijfers die niet zijn opgenomen", bewijs.niet_opgenomen_rijen(merk))


def _publication(merk: Kenmerk) -> None:
    st.header("Publicatie en regio's", anchor=False)
    pub = data.publicatie(merk)
    onderdelen.show(
        catalogus.definition_list(
            [
                ("Publicatie", pub.publicatie_id),
                ("Gemaakt op", datum(pub.gemaakt_op)),
                ("Versie van de code", pub.code_versie),
                ("Vingerafdruk van de invoer", pub.invoer_sha256),
                ("Cijfers", getal(pub.aantal_waarnemingen)),
                ("Waarvan niet getoond", getal(pub.aantal_onderdrukt)),
                ("Indicatoren", getal(pub.aantal_indicatoren)),
                ("Leveringen", getal(pub.aantal_leveringen)),
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
        rijen = [(a, b, datum(van) or "altijd", datum(tot) or "nu", z) for a, b, van, tot, z in tabel.rijen]
        onderdelen.show(
            table(
                ("Regio", "Hoort bij", "Vanaf", "Tot en met", "Zekerheid"),
                rijen,
                bijschrift="Minder zekere indeling",
            )
        )
    else:
        onderdelen.show(tag("p", "Alle indelingen komen van de bron zelf."))
    _attributions(merk)


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
        "indicatoren": ("Indicatoren", catalogus.show),
        "leveringen": ("Leveringen", _deliveries),
        "controles": ("Controles", _checks),
        "aansluiting": ("Aansluiting", _reconciliation),
        "niet_opgenomen": ("Niet opgenomen", _left_out),
        "gaten": ("Wat ontbreekt", gaten.show),
        "publicaties": ("Veranderingen", publicaties.show),
        "publicatie": ("Publicatie en regio's", _publication),
    }
)
