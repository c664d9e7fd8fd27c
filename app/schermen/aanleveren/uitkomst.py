"""What the check of a delivery found, as text and nothing else: a cell of a supplier never becomes markup."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from app.beeld.markup import table
from app.lezen import data
from app.lezen.rijen import Kenmerk
from app.lezen.verschil.publicatieverschil import SOORTEN, Cijferwijziging
from app.oordeel.vergelijken.cijferwijziging import KOLOMMEN, line
from app.raam import loket
from app.raam.vakken import onderdelen
from app.taal.opmaak import datum, getal, hoofdletter, leesbaar

_KOP = ("Waar", "Wat er is, en wat u kunt doen")


def show_refusal(antwoord: loket.Antwoord) -> None:
    """Show why something was not done."""
    for melding in antwoord.get("meldingen", []):
        onderdelen.notice(" ".join(filter(None, [melding.get("tekst"), melding.get("advies")])))


def show_check(naam: str, antwoord: loket.Antwoord) -> bool:
    """Show what was found in a file, the faults first; return whether it may be filed."""
    meldingen, gezegd = antwoord.get("meldingen", []), antwoord.get("opmerkingen", [])
    if meldingen:
        aantal = len(meldingen) + antwoord.get("meer", 0)
        kop = "1 ding klopt niet" if aantal == 1 else f"{getal(aantal)} dingen kloppen niet"
        st.header(f"{kop} in {naam}", anchor=False)
        onderdelen.show(table(_KOP, [_row(m) for m in meldingen], bijschrift=kop))
        if antwoord.get("meer"):
            onderdelen.notice(f"Hier staan de eerste {len(meldingen)}. Verbeter die en lever opnieuw aan.")
    else:
        st.header("Goedgekeurd", anchor=False)
        onderdelen.notice(f"{getal(antwoord['rijen'])} rijen, {getal(antwoord['controles'])} controles. "
                          "Er is nog niets bewaard.")  # fmt: skip
        for deel in antwoord.get("rijen_gelezen", []):
            koppen = [hoofdletter(leesbaar(naam.removesuffix("_code"))) for naam in deel["kolommen"]]
            onderdelen.show(table(koppen, deel["rijen"], bijschrift="De eerste rijen, zoals zij zijn gelezen"))
    if gezegd:
        with st.expander(f"Wat er is gelezen als iets anders, of aandacht vraagt ({len(gezegd)})"):
            onderdelen.show(table(_KOP, [_row(m) for m in gezegd],
                                  bijschrift="Opmerkingen bij het lezen"))  # fmt: skip
    return not meldingen


def show_trial(merk: Kenmerk, antwoord: loket.Antwoord) -> None:
    """Show what would change in figures that are open: how many, which most, and which breaks there would be."""
    if "aantallen" not in antwoord:
        show_refusal(antwoord)
        return
    st.header("Wat er zou veranderen", anchor=False)
    delen = [f"{getal(aantal)} keer {SOORTEN[soort]}" for soort, aantal in antwoord["aantallen"].items() if aantal]
    onderdelen.notice(f"{hoofdletter(', '.join(delen))}." if delen else "Geen cijfer dat te zien is, verandert.")
    if antwoord["per_indicator"]:
        soorten = [soort for soort, aantal in antwoord["aantallen"].items() if aantal]
        namen = data.indicatoren(merk)
        tellingen = [
            (namen[i].titel if i in namen else i, *(getal(deel.get(soort, 0)) for soort in soorten))
            for i, deel in antwoord["per_indicator"].items()
        ]
        koppen = ("Cijfer", *(hoofdletter(SOORTEN[soort]) for soort in soorten))
        breed = tuple(range(1, len(koppen)))
        onderdelen.show(table(koppen, tellingen, bijschrift="Hoeveel cijfers er anders worden", getallen=breed))
    if antwoord["grootste"]:
        regels = [line(merk, Cijferwijziging(**cijfer)) for cijfer in antwoord["grootste"]]
        kop = "De grootste verschillen"
        onderdelen.show(table(KOLOMMEN[:-1], [regel[:-1] for regel in regels], bijschrift=kop, getallen=(5, 6)))
    if antwoord["breuken"]:
        kop = "Nieuwe breuken in een reeks"
        rijen = [_break(merk, breuk) for breuk in antwoord["breuken"]]
        onderdelen.show(table(("Wat", "Waar", "Vanaf", "Waarom"), rijen, bijschrift=kop))
    nog = antwoord["nog"]
    over = "geen meer" if nog == 0 else f"nog {getal(nog)}"
    onderdelen.notice(
        f"Een bron heeft een paar proeven per dag; vandaag {over}. Elke proef wordt genoteerd, met voor wie de monitor "
        "beheert hoeveel cijfers erdoor verborgen zouden worden."
    )


def _break(merk: Kenmerk, breuk: Mapping[str, str]) -> tuple[str, ...]:
    indicator = data.indicatoren(merk).get(breuk["indicator_id"])
    regio, branche = data.regios(merk).get(breuk["regio_code"]), data.branches(merk).get(breuk["branche_code"])
    waar = [regio.naam if regio else breuk["regio_code"], branche.naam_kort if branche else breuk["branche_code"]]
    dag = datum(date.fromisoformat(breuk["datum"])) if breuk["datum"] else ""
    return indicator.titel if indicator else breuk["indicator_id"], ", ".join(filter(None, waar)), dag, breuk["tekst"]


def _row(melding: Mapping[str, Any]) -> tuple[str, str]:
    """Return where it is, and what is wrong there with what to do."""
    plek = [f"{soort} {melding[soort]}" for soort in ("rij", "cel") if melding.get(soort)]
    keer = f" ({getal(melding['aantal'])} rijen)" if melding.get("aantal", 1) > 1 else ""
    kolom = f"{melding['kolom']}: " if melding.get("kolom") else ""
    tekst = f"{kolom}{melding['tekst']}{keer} {melding.get('advies') or ''}"
    return ", ".join(plek) or "bestand", tekst.strip()
