"""The worksheet of a talk: evidence on the left, and on the right the twelve scores and an agreement in one form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import streamlit as st

from app.beeld.markup import Html, join, tag
from app.commissie.model import LANGSTE_TEKST, Inhoud, InvoerError, Onderwerp, OpslagError, clean
from app.commissie.referentiekader import CRITERIA, CRITERIA_BRON, ONDERDELEN, ROUTES, SCORES, STAPPEN, fields
from app.commissie.tijd import clock
from app.raam.vakken import onderdelen
from app.schermen.gesprek import concept
from app.schermen.gesprek.invoer import (
    UNSAVED,
    Gesprek,
    ask_day,
    base_of,
    fresh,
    keep,
    key_of,
    paragraphs,
    show_collision,
)
from app.taal.dagen import day_fault
from app.taal.opmaak import hoofdletter, telling

_FOUTEN, _MELDING = "werkblad_fouten", "werkblad_melding"
# Said before it happens: what moves by itself without a word startles who cannot see it.
_TYPEN = "Na een klik op een score typt u de toelichting. Zonder muis kiest het cijfer de score en leidt Tab verder."
_GEEN_NAAM = "Vul eerst uw naam in; daarna kunt u alles in één keer bewaren."


@dataclass(frozen=True)
class Ingevuld:
    """What stands in the fields of one subject, and the version that it began with."""

    onderwerp: Onderwerp
    naam: str
    inhoud: Inhoud
    basis: int
    bezwaar: str = ""


def show(gesprek: Gesprek, wie: str) -> None:
    """Show all parts with last year's score, to be scored and explained in one form, with one agreement."""
    # Of who chose between two texts, which stand above the form.
    if melding := st.session_state.pop("melding_score", ""):
        onderdelen.notice(melding)
    velden = fields()
    onderwerpen = {veld: gesprek.subject("score", veld) for veld in velden}
    botst = {veld for veld, o in onderwerpen.items() if show_collision(gesprek, o, wie)}
    with st.form(f"werkblad_{gesprek.regio.regio_code}_{gesprek.jaar}", border=False, enter_to_submit=False):
        onderdelen.show(_legend(gesprek))
        with st.container(key="rm-kader"):
            ingevuld = list(_grid(gesprek, {v: n for v, n in velden.items() if v not in botst}))
        ingevuld.append(_agreement(gesprek))
        if st.form_submit_button("Alles bewaren", type="primary", key="werkblad_bewaren"):
            _save_all(gesprek, wie, ingevuld)
    _show_outcome()
    onderdelen.show(tag("p", f"{UNSAVED} Wat in de criteria staat, komt uit: {CRITERIA_BRON}. Een uitgewerkt "
                        "criterium per stap geven de bronnen niet.", klasse="rm-bron"))  # fmt: skip


def _show_outcome() -> None:
    """Say what came of saving, right below the button: above the form it would be out of sight."""
    fouten, melding = st.session_state.pop(_FOUTEN, []), st.session_state.pop(_MELDING, "")
    if not fouten and not melding:
        return
    # The page brings this part into view: see werkblad.js.
    with st.container(key="rm-werkbladuitkomst"):
        for tekst in fouten:
            st.error(tekst)
        if melding:
            onderdelen.notice(melding)


def _legend(gesprek: Gesprek) -> Html:
    niveau = gesprek.niveaus.get(gesprek.jaar)
    woorden = "; ".join(f"{score} = {woord}" for score, woord in SCORES.items())
    vraag = f"Ambitieniveau van {gesprek.jaar}: {niveau}." if niveau else ""
    return join(tag("p", tekst, klasse="rm-bron") for tekst in (f"{hoofdletter(woorden)}. {vraag}", _TYPEN))


def _grid(gesprek: Gesprek, velden: dict[str, str]) -> Iterator[Ingevuld]:
    """Show every row of the framework under its criterion, and yield what stands in each cell."""
    for onderdeel, naam in ONDERDELEN.items():
        onderdelen.show(tag("div", tag("h3", naam), tag("p", CRITERIA[onderdeel]), klasse="rm-kaderrij"))
        for stap, woord in STAPPEN.items():
            if (veld := f"{onderdeel}/{stap}") in velden:
                yield _cell(gesprek, veld, velden[veld], woord, "")
    onderdelen.show(tag("div", tag("h3", "Acties per route"), klasse="rm-kaderrij"))
    for route, naam in ROUTES.items():
        if (veld := f"route/{route}") in velden:
            yield _cell(gesprek, veld, naam, naam, CRITERIA[route])


def _cell(gesprek: Gesprek, veld: str, naam: str, kop: str, criterium: str) -> Ingevuld:
    onderwerp = gesprek.subject("score", veld)
    nu, basis = gesprek.stand.get(onderwerp), base_of(gesprek, onderwerp)
    oud, vak = nu.inhoud if nu else Inhoud(), f"{key_of(onderwerp)}_{basis}"
    st.session_state[f"oud_{vak}"] = oud.tekst
    with concept.box(concept.name(onderwerp, is_nieuw=nu is None), basis):
        onderdelen.show(join([tag("h4", kop), tag("p", criterium) if criterium else "", _earlier(gesprek, veld)]))
        score = st.radio(f"Score: {naam}", list(SCORES), index=list(SCORES).index(oud.score) if oud.score else None,
                         horizontal=True, key=f"score_{vak}", label_visibility="collapsed")  # fmt: skip
        tekst = st.text_area(f"Toelichting: {naam}", oud.tekst, max_chars=LANGSTE_TEKST, key=f"tekst_{vak}",
                             height=76, placeholder="Toelichting", label_visibility="collapsed")  # fmt: skip
    if nu is not None and nu.versie != basis:
        onderdelen.notice(f"{nu.wie} heeft dit intussen gewijzigd. Bewaart u nu, dan ziet u eerst die tekst.")
    return Ingevuld(onderwerp, naam, Inhoud(str(tekst), score, publicatie_id=gesprek.publicatie_id), basis)


def _earlier(gesprek: Gesprek, veld: str) -> Html:
    """Return what the newest earlier year says of this field, its explanation folded away."""
    eerder = [w for w in gesprek.of_region("score") if w.onderwerp.sleutel == veld and w.onderwerp.jaar < gesprek.jaar]
    if not eerder:
        return tag("p", "Niet eerder gescoord", klasse="rm-stil")
    w = max(eerder, key=lambda w: w.onderwerp.jaar)
    kop = f"In {w.onderwerp.jaar}: {w.inhoud.score} ({SCORES[w.inhoud.score or 1]})"
    return tag("details", tag("summary", kop), paragraphs(w.inhoud.tekst), tag("p", w.wie, klasse="rm-stil"))


def _agreement(gesprek: Gesprek) -> Ingevuld:
    """Show room for one new agreement; that of another day, or a change, is made under Notities en afspraken."""
    bestaand = {w.onderwerp for w in gesprek.of_region("afspraak")}
    onderwerp = fresh(gesprek, "afspraak", bestaand)
    vak = f"werkblad_{key_of(onderwerp)}_0"
    with st.container(key="rm-werkbladafspraak"):
        onderdelen.show(tag("h3", "Afspraak uit dit gesprek (mag leeg blijven)"))
        with concept.box(concept.name(onderwerp, is_nieuw=True)):
            tekst = st.text_area("Wat is afgesproken, en wie doet het?", max_chars=LANGSTE_TEKST, key=f"tekst_{vak}",
                                 height=76)  # fmt: skip
            dag = ask_day("Uiterlijk", None, vak)
    bezwaar = day_fault(str(st.session_state.get(f"dag_{vak}", "")))
    return Ingevuld(onderwerp, "Afspraak", _open_agreement(gesprek, str(tekst), dag), 0, bezwaar)


def _open_agreement(gesprek: Gesprek, tekst: str, dag: date | None) -> Inhoud:
    return Inhoud(tekst, None, "open", dag, gesprek.publicatie_id)


def _save_all(gesprek: Gesprek, wie: str, ingevuld: list[Ingevuld]) -> None:
    """Save what is new in any field; what cannot be saved stays in its fields, with the reason below the button."""
    gewijzigd = [deel for deel in ingevuld if _is_changed(gesprek, deel)]
    fouten, bewaard, botst = [], [], []
    if gewijzigd and len(clean(wie)) < 2:
        fouten, gewijzigd = [_GEEN_NAAM], []
    for deel in gewijzigd:
        if deel.bezwaar:
            fouten.append(f"{deel.naam}: {deel.bezwaar}")
            continue
        try:
            if w := keep(gesprek, deel.onderwerp, deel.inhoud, wie, rol="commissie", basis=deel.basis):
                bewaard.append(w)
            else:
                botst.append(deel.naam)
        except InvoerError as fout:
            fouten += [f"{deel.naam}: {tekst}" for tekst in fout.fouten]
        except OpslagError as fout:
            fouten.append(str(fout))
            break
    if botst:
        fouten.append(f"Een ander was u voor bij: {', '.join(botst)}. Kies boven dit formulier welke tekst geldt.")
    st.session_state[_FOUTEN] = fouten
    if bewaard:
        scores = sum(w.onderwerp.soort == "score" for w in bewaard)
        wat = [telling(scores, "score", "scores")] if scores else []
        wat += ["de afspraak"] if scores < len(bewaard) else []
        st.session_state[_MELDING] = f"Bewaard om {clock(bewaard[-1].op)}: {' en '.join(wat)}."
    elif not gewijzigd and not fouten:
        st.session_state[_MELDING] = "Er is niets veranderd om te bewaren."
    st.rerun()


def _is_changed(gesprek: Gesprek, deel: Ingevuld) -> bool:
    """Whether somebody filled in something else than what holds."""
    if deel.bezwaar:
        return True
    nu = gesprek.stand.get(deel.onderwerp)
    oud = nu.inhoud if nu else Inhoud()
    dag = deel.inhoud.datum if deel.onderwerp.soort == "afspraak" else None
    return clean(deel.inhoud.tekst) != oud.tekst or deel.inhoud.score != oud.score or dag is not None
