"""What was said and agreed in a talk: notes, agreements, the advice on SectorplanPlus, and the reply of the region."""

from __future__ import annotations

import streamlit as st

from app.beeld.markup import Html, join, table, tag
from app.commissie.model import STANDEN, Onderwerp, Wijziging
from app.commissie.signalen import is_overdue
from app.commissie.tijd import clock, today
from app.oordeel.gesprek.dossier import Programma
from app.raam.vakken import onderdelen
from app.raam.wie import lezer
from app.schermen.gesprek.invoer import UNSAVED, Formulier, Gesprek, ask_name, edit, fresh, paragraphs, show_history
from app.taal.opmaak import datum, hoofdletter

_SOORTEN = ("gesprek", "notitie", "afspraak", "advies", "reactie")
_NAAM = {"gesprek": "Gesprek", "notitie": "Notities", "afspraak": "Afspraak", "advies": "Advies SectorplanPlus",
         "reactie": "Reactie van de regio"}  # fmt: skip
_STAND = STANDEN["afspraak"] | STANDEN["advies"]


def show(gesprek: Gesprek, programmas: tuple[Programma, ...]) -> None:
    """Show what was agreed and said, and below it, folded away, the forms to write it down."""
    afspraken = gesprek.current("afspraak")
    open_ = sum(w.inhoud.stand == "open" for w in afspraken)
    aantal = "1 afspraak" if len(afspraken) == 1 else f"{len(afspraken)} afspraken"
    kop = f"{aantal}, waarvan {open_} open" if afspraken else "nog geen afspraken"
    st.subheader(f"Gesprek van {gesprek.jaar}: {kop}", anchor=False)
    # In a part of its own: a form that a reader has open stays open when more stands above it.
    with st.container():
        _show_agreements(gesprek)
        _show_written(gesprek)
        _show_replies(gesprek)
    _show_forms(gesprek, programmas)
    show_history(gesprek.history(_SOORTEN), lambda o: f"{_NAAM[o.soort]}, {o.jaar}", _STAND)


def confidential() -> Html:
    """Return what a reader must know of who can read and write here, in short with the rest folded away."""
    return tag(
        "details",
        tag("summary", tag("strong", "Vertrouwelijk: "), "alleen in de database van de commissie."),
        tag(
            "p",
            "Dit staat niet in de publicatie of een link, en in een document alleen als u daarom vraagt. ",
            "Alleen de commissie ziet het; bij alles wat u bewaart, staat uw naam."
            if lezer.current().naam
            else "Hier meldt niemand zich aan: wie op deze computer kan, kan dit lezen en onder elke naam schrijven.",
        ),
        klasse="rm-melding rm-vertrouwelijk",
    )


def _show_agreements(gesprek: Gesprek) -> None:
    """Show the agreements of this talk, and what is still open of every talk before."""
    afspraken = gesprek.current("afspraak")
    eerder = [w for w in gesprek.of_region("afspraak") if w.onderwerp.jaar < gesprek.jaar and w.inhoud.stand == "open"]
    if not (afspraken or eerder):
        onderdelen.notice("Er zijn nog geen afspraken. Noteer de eerste hieronder, bij Vastleggen.")
        return
    rijen = [
        (w.inhoud.tekst, _due(w), _STAND[w.inhoud.stand], str(w.onderwerp.jaar), w.wie) for w in [*afspraken, *eerder]
    ]
    koppen = ("Afspraak", "Uiterlijk", "Stand", "Gesprek van", "Vastgelegd door")
    onderdelen.show(table(koppen, rijen, bijschrift="Afspraken van dit gesprek, en wat van eerdere nog open staat"))


def _due(w: Wijziging) -> str:
    """Write the day of an agreement, and whether it has passed while the agreement is open."""
    return f"{datum(w.inhoud.datum)} (verlopen)" if is_overdue(w, today()) else datum(w.inhoud.datum)


def _show_written(gesprek: Gesprek) -> None:
    """Show when the talk was, the notes and the advice, each with who wrote it and when."""
    delen = [
        _text(kop, w)
        for soort, kop in (
            ("gesprek", "Het gesprek"),
            ("notitie", "Notities bij het gesprek"),
            ("advies", "Advies over het geld van SectorplanPlus"),
        )
        for w in gesprek.current(soort)
    ]
    if delen:
        onderdelen.show(tag("div", join(delen), klasse="rm-delen"))


def _text(kop: str, w: Wijziging) -> Html:
    feit = datum(w.inhoud.datum) or hoofdletter(_STAND.get(w.inhoud.stand, ""))
    return tag(
        "div",
        tag("h3", kop),
        tag("p", f"{feit}.") if feit else "",
        paragraphs(w.inhoud.tekst),
        tag("p", f"{w.wie}, {clock(w.op)}", klasse="rm-stap"),
        klasse="rm-versie",
    )


def _show_replies(gesprek: Gesprek) -> None:
    st.subheader("Reactie van de regio", anchor=False)
    reacties = gesprek.current("reactie")
    for w in reacties:
        kop = f"{w.wie}, {clock(w.op)}"
        onderdelen.show(tag("div", tag("h3", kop), paragraphs(w.inhoud.tekst), klasse="rm-versie"))
    if not reacties:
        onderdelen.notice("De regio heeft nog niet gereageerd. Dat kan hieronder, bij Vastleggen.")


def _show_forms(gesprek: Gesprek, programmas: tuple[Programma, ...]) -> None:
    """Show the forms, each folded away under what it is for."""
    st.subheader("Vastleggen", anchor=False)
    onderdelen.show(tag("p", f"Elke wijziging blijft bewaard, met naam en tijdstip. {UNSAVED}", klasse="rm-onder"))
    wie = ask_name()
    with st.expander("Afspraak toevoegen of wijzigen"):
        _show_new_agreement(gesprek, wie)
    with st.expander("Datum van het gesprek en wie erbij waren"):
        edit(gesprek, gesprek.subject("gesprek"), Formulier(
            "Wanneer was het gesprek?", "Wie waren erbij? (mag leeg blijven)", met_datum="Datum van het gesprek",
            knop="Gesprek bewaren", uitleg="De publicatie die u nu ziet, wordt erbij bewaard."), wie)  # fmt: skip
    with st.expander("Notities bij het gesprek"):
        edit(gesprek, gesprek.subject("notitie", "gesprek"), Formulier(
            "Notities bij het gesprek", "Notities", knop="Notities bewaren"), wie)  # fmt: skip
    with st.expander("Advies over het geld van SectorplanPlus"):
        for p in programmas:
            onderdelen.show(tag("p", f"{p.naam}: {p.tekst}. Bron: {p.rij.bron}.", klasse="rm-onder"))
        edit(gesprek, gesprek.subject("advies", "sectorplanplus"), Formulier(
            "Wat adviseert de commissie?", "Onderbouwing van het advies", knop="Advies bewaren"), wie)  # fmt: skip
    with st.expander("Reageren namens de regio"):
        _show_reply_form(gesprek)


def _show_new_agreement(gesprek: Gesprek, wie: str) -> None:
    """Show a form for a new agreement, or for one that the reader wants to change."""
    bestaand = {w.onderwerp: w for w in gesprek.of_region("afspraak") if w.onderwerp.jaar <= gesprek.jaar}
    nieuw = fresh(gesprek, "afspraak", set(bestaand))
    keuze = nieuw
    if bestaand:
        opties: list[Onderwerp] = [nieuw, *sorted(bestaand, key=lambda o: -o.jaar)]
        keuze = st.selectbox(
            "Nieuwe afspraak of een bestaande wijzigen",
            opties,
            key="kies_afspraak",
            format_func=lambda o: _short(bestaand[o]) if o in bestaand else "Nieuwe afspraak",
        )
    titel = "Afspraak wijzigen" if keuze in bestaand else "Nieuwe afspraak"
    edit(gesprek, keuze, Formulier(titel, "Wat is afgesproken, en wie doet het?", met_datum="Uiterlijk",
                                   knop="Afspraak bewaren"), wie)  # fmt: skip


def _show_reply_form(gesprek: Gesprek) -> None:
    """Show a form for a new reply; one that was given never changes."""
    wie = ask_name(label="Uw naam en organisatie", uitleg="Bijvoorbeeld: Jo Bakker, Zorg aan Zet.")
    onderwerp = fresh(gesprek, "reactie", {w.onderwerp for w in gesprek.current("reactie")})
    formulier = Formulier(
        "Reactie op het gesprek", "Reactie", knop="Reactie bewaren",
        uitleg="Een reactie verandert niet meer; u kunt er wel een tweede geven.",
    )  # fmt: skip
    edit(gesprek, onderwerp, formulier, wie, rol="regio")


def _short(w: Wijziging) -> str:
    eerste, *_ = w.inhoud.tekst.split("\n")
    regel = f"{w.onderwerp.jaar}: {eerste}"
    return regel if len(regel) <= 60 else f"{regel[:59]}…"
