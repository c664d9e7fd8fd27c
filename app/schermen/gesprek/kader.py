"""The referentiekader of one region: the worksheet of a year, and its scores over the years beside what is asked."""

from __future__ import annotations

import streamlit as st

from app.beeld.markup import table
from app.commissie.model import STANDEN, Onderwerp
from app.commissie.referentiekader import SCORES, fields, why_not_rising
from app.raam.vakken import onderdelen
from app.schermen.gesprek import werkblad
from app.schermen.gesprek.invoer import Formulier, Gesprek, edit, show_history
from app.taal.opmaak import hoofdletter
from pipelines.afspraken.codelijsten import LAND


def show(gesprek: Gesprek, wie: str) -> None:
    """Show the worksheet of a year, and below it how scores moved over the years and what the committee asks."""
    scores = {w.onderwerp.sleutel: w.inhoud.score or 0 for w in gesprek.current("score")}
    st.subheader(_title(gesprek.jaar, scores, gesprek.niveaus.get(gesprek.jaar)), anchor=False)
    werkblad.show(gesprek, wie)


def show_over_time(gesprek: Gesprek, wie: str) -> None:
    """Show the scores of all years, the level of ambition, and every change."""
    _show_years(gesprek)
    _show_level(gesprek, wie)
    show_history(gesprek.history(["score", "ambitieniveau", "afspraak"]), _subject_name, STANDEN["afspraak"])


def _subject_name(o: Onderwerp) -> str:
    naam = fields().get(o.sleutel, o.sleutel) if o.soort == "score" else hoofdletter(o.soort)
    return f"{naam}, {o.jaar}"


def _title(jaar: int, scores: dict[str, int], niveau: int | None) -> str:
    if not scores:
        return f"Referentiekader {jaar}: nog niet gescoord"
    kop = f"Referentiekader {jaar}: {len(scores)} van {len(fields())} onderdelen gescoord"
    if niveau is None:
        return kop
    onder = sum(score < niveau for score in scores.values())
    return f"{kop}, {onder} onder ambitieniveau {niveau}" if onder else f"{kop}, geen onder ambitieniveau {niveau}"


def _show_years(gesprek: Gesprek) -> None:
    """Show the scores of every year side by side."""
    scores = gesprek.of_region("score")
    jaren = sorted({w.onderwerp.jaar for w in scores})
    velden = fields()
    if len(jaren) > 1:
        per = {(w.onderwerp.sleutel, w.onderwerp.jaar): w.inhoud.score for w in scores}
        rijen = [
            (naam, *(str(per.get((sleutel, jaar)) or "geen score") for jaar in jaren))
            for sleutel, naam in velden.items()
            if any((sleutel, jaar) in per for jaar in jaren)
        ]
        rijen.append(("Ambitieniveau", *(str(gesprek.niveaus.get(jaar, "niet vastgelegd")) for jaar in jaren)))
        st.subheader("Scores door de jaren", anchor=False)
        onderdelen.show(table(("Onderdeel", *map(str, jaren)), rijen, bijschrift="Scores door de jaren"))


def _show_level(gesprek: Gesprek, wie: str) -> None:
    niveaus = gesprek.niveaus
    with st.expander("Ambitieniveau: wat de commissie per jaar van alle regio's vraagt"):
        if niveaus:
            rijen = [(str(jaar), str(n), SCORES[n]) for jaar, n in sorted(niveaus.items())]
            onderdelen.show(table(("Jaar", "Niveau", "Betekent"), rijen, bijschrift="Ambitieniveau per jaar"))
        onderwerp = Onderwerp("ambitieniveau", LAND, gesprek.jaar)
        formulier = Formulier(
            f"Ambitieniveau van {gesprek.jaar}, voor alle regio's", "Toelichting", met_score=True,
            knop="Niveau bewaren", uitleg="Het niveau blijft gelijk of stijgt; het daalt nooit.",
        )  # fmt: skip
        edit(gesprek, onderwerp, formulier, wie, keur=lambda i: why_not_rising(niveaus, gesprek.jaar, i.score or 1))
