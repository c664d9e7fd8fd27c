"""Open data in words: what there is to take along, for whom, and at which address a program finds it."""

from __future__ import annotations

import streamlit as st

from app.beeld.markup import Html, definition_list, join, tag
from app.lezen import data
from app.lezen.rijen import Indicator, Kenmerk, Publicatie
from app.raam.keuze import selectie
from app.raam.meenemen import downloads
from app.raam.vakken import onderdelen
from app.taal.opmaak import datum, hoofdletter
from app.uitgave.tabel import OMSCHRIJVING, VOORWAARDEN
from app.uitgave.vorm.vormen import VORMEN

_BEGIN = "/data/v1"
# The forms that a reader opens at once; the others stand with each figure on its own page.
_GEWOON = {"xlsx": "Excel", "nl.csv": "CSV voor Excel", "csv": "CSV voor een programma", "json": "JSON"}
_VOOR_PROGRAMMAS = (
    ("wat er is", _BEGIN, "JSON; begin hier"),
    ("catalogus", f"{_BEGIN}/catalogus.ttl", "DCAT-AP-NL 3.0, voor data.overheid.nl; ook als catalogus.jsonld"),
    ("beschrijving", f"{_BEGIN}/openapi.json", "OpenAPI 3.1: alle adressen en wat zij aannemen"),
    ("alle gebieden", f"{_BEGIN}/regios", "JSON, met het adres van de cijfers van elk gebied"),
    ("wat er nieuw is", f"{_BEGIN}/publicaties.atom", "voor een nieuwslezer (Atom)"),
)


def show(merk: Kenmerk) -> None:
    """Show the files of all figures, of one figure, and the addresses for programs."""
    st.header("Open data", anchor=False)
    pub = data.publicatie(merk)
    if pub.is_concept:
        onderdelen.notice("Van een concept is er geen open data. Kies de publicatie van nu.")
        return
    onderdelen.show(tag("p", f"{OMSCHRIJVING} Wat niet getoond mag worden, zit nergens in.", klasse="rm-onder"))
    onderdelen.show(
        definition_list(
            [
                ("Alles in één bestand", _whole(pub)),
                ("Eén cijfer", tag("span", "in de lijst hieronder, of op de pagina van dat cijfer bij Meenemen")),
                ("Eigen keuze", tag("a", "Zelf een tabel maken", target="_self",
                                    href=selectie.wijzer().address("verantwoording", onderdeel="tabel"))),
                ("Voorwaarden", VOORWAARDEN),
                ("Zo noemt u de bron", f"{pub.tekst}."),
            ]
        )
    )  # fmt: skip
    if pub.nu:
        downloads.whole_button()
    _show_figures(merk)
    _show_addresses(pub)


def _whole(pub: Publicatie) -> Html | str:
    """Return where all figures are in one file; at its address is the publication of now, so of an earlier a button."""
    wat = "database, te openen met DuckDB, Python of R"
    if pub.nu:
        return f"de knop hieronder: de publicatie van {datum(pub.gemaakt_op)}, zonder wat nu verborgen is; een {wat}"
    return _file("publicatie.duckdb", f"{_BEGIN}/publicatie.duckdb", f" {wat}")


def _show_addresses(pub: Publicatie) -> None:
    """Show where a program begins; these addresses are of the publication of now."""
    st.subheader("Voor wie een programma of website maakt", anchor=False)
    if pub.nu:
        onderdelen.show(
            tag("p", "Deze adressen geven de publicatie van nu. Zet ", tag("code", f"?publicatie={pub.publicatie_id}"),
                " achter het adres van een cijfer of gebied, en u krijgt deze eerdere, zonder wat nu verborgen is.")
        )  # fmt: skip
    adressen = [
        (hoofdletter(wat), join([tag("a", adres, href=adres, target="_self"), f": {uitleg}"]))
        for wat, adres, uitleg in _VOOR_PROGRAMMAS
    ]
    onderdelen.show(definition_list(adressen))
    onderdelen.show(
        tag("p", "Kies rijen met regio, niveau, periode, branche en herkomst, bijvoorbeeld ",
            tag("code", f"{_BEGIN}/indicatoren/dekkingsgraad.csv?niveau=land"),
            ". Andere websites mogen alles onder /data lezen.", klasse="rm-bron")
    )  # fmt: skip


def _show_figures(merk: Kenmerk) -> None:
    """Show every figure that has real rows, with its files."""
    st.subheader("Per cijfer", anchor=False)
    echt = [i for i in data.indicatoren(merk).values() if data.waarnemingen(merk, i.indicator_id, False)]
    pub = data.publicatie(merk)
    achter = f"?publicatie={pub.publicatie_id}" if pub.nu else ""
    rijen = [tag("li", selectie.wijzer().evidence(i.titel, i), ": ", _files(i, achter)) for i in echt]
    uitleg = "; ".join(f"{naam}: {VORMEN[vorm].uitleg}" for vorm, naam in _GEWOON.items())
    with st.expander(f"{len(rijen)} cijfers, elk als bestand"):
        onderdelen.show(tag("p", f"{uitleg}. Andere vormen staan op de pagina van het cijfer.", klasse="rm-bron"))
        onderdelen.show(tag("ul", join(rijen), klasse="rm-noten"))


def _files(indicator: Indicator, achter: str) -> Html:
    adres = f"{_BEGIN}/indicatoren/{indicator.indicator_id}"
    links = [
        _file(naam, f"{adres}.{vorm}{achter}", "", label=f"{indicator.titel}, {naam}") for vorm, naam in _GEWOON.items()
    ]
    return join([deel for link in links for deel in (link, ", ")][:-1])


def _file(naam: str, adres: str, uitleg: str, label: str = "") -> Html:
    return join([tag("a", naam, href=adres, download="", **({"aria_label": label} if label else {})), uitleg])
