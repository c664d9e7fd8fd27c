"""The referentiekader of one region: scores with their explanation, beside the level of ambition and over the years."""

from __future__ import annotations

import streamlit as st

from app.beeld.markup import Html, table, tag
from app.commissie.model import Onderwerp
from app.commissie.referentiekader import ONDERDELEN, ROUTES, SCORES, STAPPEN, fields, why_not_rising
from app.raam import onderdelen, selectie
from app.schermen.gesprek.invoer import UNSAVED, Formulier, Gesprek, ask_name, edit, paragraphs, show_history
from pipelines.afspraken.codelijsten import LAND


def show(gesprek: Gesprek) -> None:
    """Show the scores of a year, let the committee score one field, and show how scores moved over the years."""
    niveaus = gesprek.niveaus
    scores = {w.onderwerp.sleutel: w.inhoud.score or 0 for w in gesprek.current("score")}
    niveau = niveaus.get(gesprek.jaar)
    st.subheader(_title(gesprek.jaar, scores, niveau), anchor=False)
    onderdelen.show(_explanation(niveau))
    if scores:
        onderdelen.show(_matrix(gesprek, scores, niveau))
    else:
        onderdelen.notice("Er zijn nog geen scores. Vul uw naam in, kies een onderdeel en geef de eerste.")
    velden = fields()
    links, rechts = st.columns(2, gap="medium")
    with links:
        wie = ask_name()
    with rechts:
        veld = selectie.field("kader", "Onderdeel van het kader", list(velden), next(iter(velden)),
                               lambda v: f"{velden[v]} ({scores.get(v, 'nog geen score')})").choose()  # fmt: skip
    _show_earlier(gesprek, veld)
    formulier = Formulier(velden[veld], "Toelichting op de score", met_score=True, knop="Score bewaren")
    edit(gesprek, gesprek.subject("score", veld), formulier, wie)
    _offer_next(veld, scores)
    onderdelen.show(tag("p", UNSAVED, klasse="rm-bron"))
    _show_years(gesprek)
    _show_level(gesprek, niveaus, wie)
    show_history(gesprek.history(["score", "ambitieniveau"]), _subject_name, {})


def _show_earlier(gesprek: Gesprek, veld: str) -> None:
    """Show what the newest earlier year says of this field."""
    eerder = [w for w in gesprek.of_region("score") if w.onderwerp.sleutel == veld and w.onderwerp.jaar < gesprek.jaar]
    if eerder:
        w = max(eerder, key=lambda w: w.onderwerp.jaar)
        kop = f"In {w.onderwerp.jaar}: {w.inhoud.score} ({SCORES[w.inhoud.score or 1]}), {w.wie}"
        onderdelen.show(tag("div", tag("h3", kop), paragraphs(w.inhoud.tekst), klasse="rm-versie"))


def _offer_next(veld: str, scores: dict[str, int]) -> None:
    """Offer the next field without a score once this one has one."""
    velden = list(fields())
    verder = [*velden[velden.index(veld) :], *velden]
    volgende = next((v for v in verder if v not in scores), None)
    if veld in scores and volgende:
        st.button(f"Verder met: {fields()[volgende]}", icon=":material/arrow_forward:", key="kader_verder",
                  on_click=selectie.set_value, args=("kader", volgende))  # fmt: skip


def _subject_name(o: Onderwerp) -> str:
    naam = "Ambitieniveau" if o.soort == "ambitieniveau" else fields().get(o.sleutel, o.sleutel)
    return f"{naam}, {o.jaar}"


def _title(jaar: int, scores: dict[str, int], niveau: int | None) -> str:
    if not scores:
        return f"Referentiekader {jaar}: nog niet gescoord"
    kop = f"Referentiekader {jaar}: {len(scores)} van {len(fields())} onderdelen gescoord"
    if niveau is None:
        return kop
    onder = sum(score < niveau for score in scores.values())
    return f"{kop}, {onder} onder ambitieniveau {niveau}" if onder else f"{kop}, geen onder ambitieniveau {niveau}"


def _explanation(niveau: int | None) -> Html:
    woorden = "; ".join(f"{s} = {woord}" for s, woord in SCORES.items())
    stand = (
        f"Het ambitieniveau van dit jaar is {niveau}."
        if niveau
        else "Voor dit jaar is nog geen ambitieniveau vastgelegd."
    )
    return tag("p", f"Scores: {woorden}. {stand}", klasse="rm-onder")


def _matrix(gesprek: Gesprek, scores: dict[str, int], niveau: int | None) -> Html:
    def _cell(sleutel: str) -> str:
        score = scores.get(sleutel)
        if score is None:
            return "nog niet gescoord"
        return f"{score}: {SCORES[score]}" + (" (onder niveau)" if niveau and score < niveau else "")

    rijen = [(naam, *(_cell(f"{o}/{s}") for s in STAPPEN)) for o, naam in ONDERDELEN.items()]
    kader = table(
        ("Onderdeel", *STAPPEN.values()), rijen, bijschrift=f"Scores van {gesprek.regio.naam} in {gesprek.jaar}"
    )
    routes = [(naam, _cell(f"route/{route}")) for route, naam in ROUTES.items()]
    acties = table(("Route", "Score"), routes, bijschrift="Scores van de acties per route")
    return tag("div", kader, acties, klasse="rm-delen")


def _show_years(gesprek: Gesprek) -> None:
    """Show the scores of every year side by side, with the explanations of this one below."""
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
    van_nu = gesprek.current("score")
    if van_nu:
        st.subheader(f"Toelichting bij de scores van {gesprek.jaar}", anchor=False)
        for w in sorted(van_nu, key=lambda w: list(velden).index(w.onderwerp.sleutel)):
            kop = f"{velden[w.onderwerp.sleutel]}: {w.inhoud.score}"
            onderdelen.show(tag("div", tag("h3", kop), paragraphs(w.inhoud.tekst), klasse="rm-versie"))


def _show_level(gesprek: Gesprek, niveaus: dict[int, int], wie: str) -> None:
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
