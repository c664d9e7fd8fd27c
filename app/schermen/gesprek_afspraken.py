"""What was said and agreed in a talk: notes, agreements, the advice on SectorplanPlus, and the reply of the region."""

from __future__ import annotations

import uuid
from datetime import date

import streamlit as st

from app import onderdelen
from app.commissie.model import STANDEN, Onderwerp, Wijziging
from app.markup import table, tag
from app.opmaak import datum
from app.schermen.gesprek_invoer import Formulier, Gesprek, ask_name, clock, edit, paragraphs, show_history

_SOORTEN = ("gesprek", "notitie", "afspraak", "advies", "reactie")
_NAAM = {"gesprek": "Gesprek", "notitie": "Notities", "afspraak": "Afspraak", "advies": "Advies SectorplanPlus",
         "reactie": "Reactie van de regio"}  # fmt: skip
_STAND = STANDEN["afspraak"] | STANDEN["advies"]


def show(gesprek: Gesprek) -> None:
    """Show what was agreed, then the forms to write it down, then what the region says to it."""
    assert gesprek.opslag is not None
    afspraken = gesprek.current("afspraak")
    open_ = sum(w.inhoud.stand == "open" for w in afspraken)
    aantal = "1 afspraak" if len(afspraken) == 1 else f"{len(afspraken)} afspraken"
    kop = f"{aantal}, waarvan {open_} open" if afspraken else "nog geen afspraken"
    st.subheader(f"Gesprek van {gesprek.jaar}: {kop}", anchor=False)
    vertrouwelijk = (
        "Alleen voor de commissie en de regio: dit staat in een eigen database, niet in de publicatie, en gaat niet "
        "mee in een link."
    )
    onderdelen.show(tag("p", vertrouwelijk, klasse="rm-onder"))
    _show_agreements(gesprek)
    wie = ask_name()
    links, rechts = st.columns(2, gap="large")
    with links:
        edit(gesprek, gesprek.subject("gesprek"), Formulier(
            "Wanneer was het gesprek?", "Wie waren erbij? (mag leeg blijven)", met_datum="Datum van het gesprek",
            knop="Gesprek bewaren", uitleg="De publicatie die u nu ziet, wordt erbij bewaard."), wie)  # fmt: skip
        edit(gesprek, gesprek.subject("notitie", "gesprek"), Formulier(
            "Notities bij het gesprek", "Notities", knop="Notities bewaren"), wie)  # fmt: skip
    with rechts:
        _show_new_agreement(gesprek, wie)
        edit(gesprek, gesprek.subject("advies", "sectorplanplus"), Formulier(
            "Advies over het geld van SectorplanPlus", "Onderbouwing van het advies", knop="Advies bewaren"),
            wie)  # fmt: skip
    _show_replies(gesprek)
    wijzigingen = gesprek.opslag.history(gesprek.regio.regio_code, soorten=_SOORTEN)
    show_history(wijzigingen, lambda o: f"{_NAAM[o.soort]}, {o.jaar}", _STAND)


def _show_agreements(gesprek: Gesprek) -> None:
    """Show the agreements of this talk, and what is still open of the one before."""
    eerder = [w for w in gesprek.current("afspraak", gesprek.jaar - 1) if w.inhoud.stand == "open"]
    afspraken = gesprek.current("afspraak")
    if not (afspraken or eerder):
        onderdelen.notice("Er zijn nog geen afspraken. Vul uw naam in en noteer hieronder de eerste.")
        return
    rijen = [
        (w.inhoud.tekst, _due(w), _STAND[w.inhoud.stand], str(w.onderwerp.jaar), w.wie) for w in [*afspraken, *eerder]
    ]
    koppen = ("Afspraak", "Uiterlijk", "Stand", "Gesprek van", "Vastgelegd door")
    onderdelen.show(table(koppen, rijen, bijschrift="Afspraken van dit gesprek, en wat van het vorige nog open staat"))


def _due(w: Wijziging) -> str:
    """Write the day of an agreement, and whether it has passed while the agreement is open."""
    is_te_laat = w.inhoud.stand == "open" and w.inhoud.datum is not None and w.inhoud.datum < date.today()
    return f"{datum(w.inhoud.datum)} (verlopen)" if is_te_laat else datum(w.inhoud.datum)


def _show_new_agreement(gesprek: Gesprek, wie: str) -> None:
    """Show a form for a new agreement, or for one that the reader wants to change."""
    bestaand = {w.onderwerp: w for w in [*gesprek.current("afspraak"), *gesprek.current("afspraak", gesprek.jaar - 1)]}
    nieuw = _fresh(gesprek, "afspraak", set(bestaand))
    keuze = nieuw
    if bestaand:
        opties: list[Onderwerp] = [nieuw, *bestaand]
        keuze = st.selectbox(
            "Nieuwe afspraak of een bestaande wijzigen",
            opties,
            key="kies_afspraak",
            format_func=lambda o: _short(bestaand[o]) if o in bestaand else "Nieuwe afspraak",
        )
    titel = "Afspraak wijzigen" if keuze in bestaand else "Nieuwe afspraak"
    edit(gesprek, keuze, Formulier(titel, "Wat is afgesproken, en wie doet het?", met_datum="Uiterlijk",
                                   knop="Afspraak bewaren"), wie)  # fmt: skip


def _show_replies(gesprek: Gesprek) -> None:
    st.subheader("Reactie van de regio", anchor=False)
    reacties = gesprek.current("reactie")
    for w in reacties:
        kop = f"{w.wie}, {clock(w.op)}"
        onderdelen.show(tag("div", tag("h3", kop), paragraphs(w.inhoud.tekst), klasse="rm-versie"))
    if not reacties:
        onderdelen.notice("De regio heeft nog niet gereageerd. Dat kan hieronder.")
    wie = ask_name(label="Uw naam en organisatie", uitleg="Bijvoorbeeld: Jo Bakker, Zorg aan Zet.")
    onderwerp = _fresh(gesprek, "reactie", {w.onderwerp for w in reacties})
    formulier = Formulier("Reageren namens de regio", "Reactie", knop="Reactie bewaren")
    edit(gesprek, onderwerp, formulier, wie, rol="regio")


def _fresh(gesprek: Gesprek, soort: str, bestaand: set[Onderwerp]) -> Onderwerp:
    """Return a subject that does not exist yet; it stays the same for this reader until it is saved."""
    vak = f"nieuw_{soort}_{gesprek.regio.regio_code}_{gesprek.jaar}"
    onderwerp = gesprek.subject(soort, st.session_state.setdefault(vak, uuid.uuid4().hex))
    if onderwerp in bestaand:
        st.session_state[vak] = uuid.uuid4().hex
        onderwerp = gesprek.subject(soort, st.session_state[vak])
    return onderwerp


def _short(w: Wijziging) -> str:
    regel = w.inhoud.tekst.split("\n")[0]
    return regel if len(regel) <= 60 else f"{regel[:59]}…"
