"""Controles: every check that ran on a delivery, and what it found."""

from __future__ import annotations

from typing import Any

import streamlit as st

from app.beeld.markup import Html, tag
from app.lezen.onderwerp import bewijs
from app.lezen.rijen import Kenmerk, Resultaat
from app.raam.vakken import onderdelen
from app.schermen.verantwoording import lijst
from app.schermen.verantwoording.lijst import Lijst, Lijstregel
from app.taal.opmaak import getal, hoofdletter

UITKOMSTEN = {"let_op": "let op", "opmerking": "geslaagd, met opmerking", "geslaagd": "geslaagd"}
_KOPPEN = ("Levering", "Controle", "Kolom in het bestand", "Uitkomst", "Rijen bekeken", "Afwijkend", "Melding")


def show(merk: Kenmerk) -> None:
    """Show how many checks passed per delivery, then the checks themselves."""
    st.header("Controles", anchor=False)
    tabel = bewijs.controles(merk)
    if not tabel.rijen:
        onderdelen.notice("Er zijn nog geen controles vastgelegd.")
        return
    namen = bewijs.tabelnamen(merk)
    regels = [_row(dict(zip(tabel.kolommen, rij, strict=True)), namen) for rij in tabel.rijen]
    mis = sum(r.uitkomst == "let_op" for r in regels)
    kop = f"{getal(len(regels) - mis)} van de {getal(len(regels))} controles zijn geslaagd."
    uitleg = " Een levering met fouten komt niet in de publicatie; een waarschuwing wel, en die staat hier bovenaan."
    onderdelen.show(tag("p", kop + uitleg, klasse="rm-onder"))
    lijst.show(
        Lijst("controles", "Controles op de leveringen", _KOPPEN, "Levering", namen, UITKOMSTEN, getallen=(4, 5)),
        regels,
    )
    onderdelen.download("controles", "Controles op de leveringen", Resultaat(tabel.kolommen, tabel.rijen))


def _row(c: dict[str, Any], namen: dict[str, str]) -> Lijstregel:
    sleutel = bewijs.table_key(c["levering_id"], c["tabel"])
    uitkomst = "let_op" if not c["gelukt"] else "opmerking" if c["melding"] else "geslaagd"
    cellen = (
        namen.get(sleutel, c["levering_id"]),
        _check_name(c["controle"]),
        tag("code", c["kolom"]) if c["kolom"] else "",
        UITKOMSTEN[uitkomst],
        getal(c["aantal_rijen"] or 0),
        getal(c["aantal_afwijkend"] or 0),
        c["melding"] or "",
    )
    return Lijstregel(cellen, uitkomst, sleutel)


def _check_name(naam: str) -> Html:
    """Return the name of a check; the names of columns in it stand as code."""
    woorden = [tag("code", w) if "_" in w or "=" in w else w for w in hoofdletter(naam).split(" ")]
    return tag("span", *(deel for woord in woorden for deel in (woord, " ")))
