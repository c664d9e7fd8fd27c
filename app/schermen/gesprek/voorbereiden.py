"""Preparing a talk: signals with their evidence, ambitions and actions, stories, and what changed since last time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from app.beeld import cijferrijen, fragmenten
from app.beeld.markup import Html, join, table, tag
from app.beeld.onderwerp import verhaalbeeld
from app.commissie import signalen as commissiesignalen
from app.commissie.model import STANDEN, Wijziging
from app.commissie.tijd import clock
from app.lezen.data import indicatoren, regios
from app.lezen.onderwerp import verhaalrijen
from app.lezen.rijen import Kenmerk
from app.lezen.verschil import publicaties, vorige
from app.oordeel.gesprek import dossier, signalen
from app.oordeel.gesprek.dossier import Dossier
from app.oordeel.gesprek.signaal import Bewijs, Signaal
from app.oordeel.programma import ambities
from app.raam.keuze import selectie
from app.raam.meenemen.downloads import Download
from app.raam.vakken import onderdelen
from app.raam.vakken.onderdelen import Tabelvak
from app.schermen.gesprek.invoer import Gesprek, paragraphs
from app.schermen.regio import meer
from app.taal.moment import day_and_clock
from app.taal.opmaak import datum, getal
from pipelines.afspraken.codelijsten import LAND

SIGNAALTITEL = signalen.REGEL_TITEL | {regel: titel for regel, (titel, _) in commissiesignalen.REGELS.items()}
_AMBITIE = "één rij per ambitie, met de indicator, het cijfer en jaar van nu, en het doel en jaar van straks"
_ACTIE = "één rij per actie, met wie haar trekt, aan welk cijfer zij werkt, het beoogde effect en de einddatum"
_SIGNAAL = ("Signaal", "Zin", "Vraag", "Bewijs", "Bron")


def show_signalen(merk: Kenmerk, alles: Dossier, van_commissie: Sequence[Signaal]) -> None:
    """Show each signal with what it rests on and the question that follows; those of the committee first."""
    if van_commissie:
        st.subheader("Uit de toets en de afspraken", anchor=False)
        onderdelen.show(tag("div", join(_cards(merk, van_commissie)), klasse="rm-signalen"))
        onderdelen.show(tag("p", "Vertrouwelijk: dit komt uit de database van de commissie. Het gaat niet "
                            "mee in een tabel of in het gewone dossier.", klasse="rm-bron"))  # fmt: skip
        st.subheader("Uit de cijfers", anchor=False)
    if alles.signalen:
        onderdelen.show(tag("div", join(_cards(merk, alles.signalen)), klasse="rm-signalen"))
    else:
        onderdelen.notice(
            f"{dossier.silence(alles.toetsing)} Op Mijn regio staat welke cijfers ontbreken en wie ze kan leveren."
        )
    with st.expander("Hoe ontstaat een signaal?"):
        eigen = commissiesignalen.REGELS.values()
        onderdelen.show(join([
            tag("p", f"{len(signalen.REGELS)} regels kijken naar de cijfers, de plannen en het budget:"),
            _rules((r.titel, r.uitleg) for r in signalen.REGELS),
            tag("p", f"Daarnaast kijken {len(eigen)} regels naar wat de commissie zelf vastlegde:"),
            _rules(eigen),
        ]))  # fmt: skip
    rijen = [
        (SIGNAALTITEL[s.regel_id], s.zin, s.vraag,
         "; ".join(b.tekst for b in s.bewijs), "; ".join(dict.fromkeys(b.bron for b in s.bewijs)))
        for s in alles.signalen
    ]  # fmt: skip
    if rijen:
        onderdelen.show_table(
            Tabelvak(f"signalen van {alles.regio.naam}", _SIGNAAL, rijen, vak="signalen"),
            Download(f"signalen_{alles.regio.regio_code}", _SIGNAAL, lambda: rijen),
        )
    _show_figures(alles)


def _rules(regels: Iterable[tuple[str, str]]) -> Html:
    return tag("ul", join(tag("li", tag("strong", titel), f": {uitleg}") for titel, uitleg in regels))


def _cards(merk: Kenmerk, gevonden: Sequence[Signaal]) -> list[Html]:
    """Return each signal as a card, with a link to where its figures are accounted for."""
    kaarten = indicatoren(merk)

    def _proof(b: Bewijs) -> Html:
        indicator = kaarten.get(b.indicator_id)
        bron = [" (", b.bron, ")"] if b.bron else []
        link = [" ", selectie.wijzer().evidence("Bron en uitleg", indicator)] if indicator else []
        return tag("li", b.tekst, *bron, *link)

    return [
        tag(
            "article",
            tag("h3", SIGNAALTITEL[s.regel_id]),
            tag("p", s.zin, klasse="rm-signaalzin"),
            tag("p", "Bewijs", klasse="rm-stap"),
            tag("ul", join(_proof(b) for b in s.bewijs)),
            tag("p", tag("strong", "Vraag: "), s.vraag),
            klasse="rm-signaal",
        )
        for s in gevonden
    ]


def _show_figures(alles: Dossier) -> None:
    """Show every figure that the region has, folded away."""
    koppen = tuple(alles.regio.naam if kop == "Regio" else kop for kop in dossier.CIJFER_KOPPEN)
    rijen = dossier.figure_rows(alles.cijfers)
    wie = dossier.whose(alles.regio.naam, alles.cijfers)
    if rijen:
        onderdelen.show_table(
            Tabelvak(f"alle cijfers van {wie}", koppen, rijen, vak="dossiercijfers"),
            Download(
                f"dossier_{alles.regio.regio_code}",
                cijferrijen.CSV_KOLOMMEN,
                lambda: cijferrijen.csv_rows(c.rij for c in alles.cijfers),
            ),
        )


def show_plannen(alles: Dossier) -> None:
    """Show ambitions against what came of them, the action ledger, and the programmes of the country."""
    st.subheader("Ambities: wat is ervan terechtgekomen?", anchor=False)
    if alles.ambities:
        _show_ambitions(alles)
    else:
        onderdelen.show(_how_to_fill("ambities", _AMBITIE, alles))
    st.subheader("Acties: wat is er sinds de start te zien?", anchor=False)
    if alles.acties:
        _show_actions(alles)
    else:
        onderdelen.show(_how_to_fill("acties", _ACTIE, alles))
    st.subheader("SectorplanPlus en Sterk in je Werk", anchor=False)
    if alles.programmas:
        onderdelen.show(
            tag("ul", join(tag("li", f"{p.naam}: {p.tekst}. Bron: {p.rij.bron}.") for p in alles.programmas))
        )
        onderdelen.show(tag("p", "Het advies van de commissie over het geld staat bij Notities en afspraken.",
                            klasse="rm-bron"))  # fmt: skip
    else:
        wat = f"Van {alles.regio.naam} is niet geleverd hoeveel mensen deze programma's bereikten."
        hoe = "RegioPlus levert in de tabel bereik hoeveel mensen zijn bereikt, en wat het doel was."
        onderdelen.show(fragmenten.not_delivered(wat, hoe))


def _how_to_fill(tabel: str, wat: str, alles: Dossier) -> Html:
    """Say that a table of the regional plan was not delivered, and what to do to see it here."""
    hoe = f"De regio levert uit haar actieplan de tabel {tabel}: {wat}."
    return fragmenten.not_delivered(f"Van {alles.regio.naam} zijn geen {tabel} geleverd.", hoe)


def _show_ambitions(alles: Dossier) -> None:
    koppen, rijen = dossier.AMBITIE_KOPPEN, dossier.ambition_rows(alles.ambities)
    onderdelen.show_table(
        Tabelvak(f"Ambities van {alles.regio.naam}", koppen, rijen, open_=True),
        Download(f"gesprek_ambities_{alles.regio.regio_code}", koppen, lambda: rijen),
    )


def _show_actions(alles: Dossier) -> None:
    onderdelen.show(tag("p", ambities.GEEN_OORZAAK, klasse="rm-melding"))
    koppen, rijen = dossier.ACTIE_KOPPEN, dossier.action_rows(alles.acties)
    onderdelen.show_table(
        Tabelvak(f"Acties van {alles.regio.naam}", koppen, rijen, open_=True),
        Download(f"gesprek_acties_{alles.regio.regio_code}", koppen, lambda: rijen),
    )


def show_verhalen(merk: Kenmerk, alles: Dossier) -> None:
    """Show the stories of the region and its WGO."""
    st.subheader(f"Verhalen uit {alles.regio.naam}: {getal(len(alles.verhalen))}", anchor=False)
    if alles.verhalen:
        onderdelen.show(verhaalbeeld.as_html(alles.verhalen, regios(merk)))
        return
    landelijk = sum(v.regio_code in ("", LAND) for v in verhaalrijen.alle(merk))
    onderdelen.notice(
        f"Uit deze regio is nog geen verhaal geleverd; er zijn {landelijk} landelijke. Een verhaal is één rij in de "
        "tabel verhalen van de bron verhalen, met de regio en van wie het komt."
    )


def show_sinds(merk: Kenmerk, alles: Dossier, gesprek: Gesprek) -> None:
    """Show which figures are other than in the publication that was known at an earlier talk."""
    st.subheader("Wat veranderde er sinds het vorige gesprek?", anchor=False)
    _show_since_talk(gesprek)
    uitgaven = {
        u.publicatie_id: u for u in publicaties.history(merk) if u.publicatie_id != alles.publicatie.publicatie_id
    }
    if not uitgaven:
        onderdelen.notice("Er is geen eerdere publicatie bewaard om mee te vergelijken.")
        return
    toen, weg = _known_then(gesprek), publicaties.taken_back(merk)
    for gevraagd in dict.fromkeys((toen or "", st.query_params.get("toen", ""))):
        if gevraagd in weg:
            onderdelen.notice(f"{gevraagd}: {weg[gevraagd]}")
    standaard = toen if toen in uitgaven else next(iter(uitgaven))
    gekozen = selectie.field(
        "toen", "Publicatie die toen bekend was", list(uitgaven), standaard,
        lambda u: day_and_clock(uitgaven[u].gemaakt_op)
        + (" (bij het vorige gesprek)" if u == toen else ""),
    ).choose()  # fmt: skip
    if toen is None:
        onderdelen.show(tag("p", "Van een eerder gesprek is geen datum vastgelegd, en dus ook niet welke "
                            "publicatie toen bekend was; kies haar zelf.",
                            klasse="rm-bron"))  # fmt: skip
    vergelijking = vorige.since(merk, gekozen, alles.regio.regio_code)
    if vergelijking is None:
        onderdelen.notice("Deze publicatie is niet meer te lezen. Kies een andere.")
        return
    meer.show_comparison(merk, alles.regio, vergelijking)


def _show_since_talk(gesprek: Gesprek) -> None:
    """Show what became of the agreements and scores of the newest year before this one, and what the region replied."""
    afspraken, scores = _of_year_before(gesprek, "afspraak"), _of_year_before(gesprek, "score")
    if afspraken:
        rijen = [(w.inhoud.tekst, datum(w.inhoud.datum), STANDEN["afspraak"][w.inhoud.stand]) for w in afspraken]
        kop = f"Afspraken uit het gesprek van {afspraken[0].onderwerp.jaar}"
        onderdelen.show(tag("p", tag("strong", f"{kop}:")))
        onderdelen.show(table(("Afspraak", "Uiterlijk", "Stand nu"), rijen, bijschrift=kop))
    if scores:
        nu = {w.onderwerp.sleutel: w.inhoud.score or 0 for w in gesprek.current("score")}
        paren = [(nu[w.onderwerp.sleutel], w.inhoud.score or 0) for w in scores if w.onderwerp.sleutel in nu]
        hoger, lager = sum(a > b for a, b in paren), sum(a < b for a, b in paren)
        tekst = f"Scores tegenover {scores[0].onderwerp.jaar}: {hoger} hoger, {lager} lager, "
        onderdelen.show(tag("p", f"{tekst}{len(paren) - hoger - lager} gelijk."))
    for w in _of_year_before(gesprek, "reactie"):
        kop = f"Reactie van de regio op het gesprek van {w.onderwerp.jaar}: {w.wie}, {clock(w.op)}"
        onderdelen.show(tag("div", tag("h3", kop), paragraphs(w.inhoud.tekst), klasse="rm-versie"))


def _of_year_before(gesprek: Gesprek, soort: str) -> list[Wijziging]:
    eerder = [w for w in gesprek.of_region(soort) if w.onderwerp.jaar < gesprek.jaar]
    laatste = max((w.onderwerp.jaar for w in eerder), default=None)
    return [w for w in eerder if w.onderwerp.jaar == laatste]


def _known_then(gesprek: Gesprek) -> str | None:
    """Return the publication that was on screen when the newest earlier talk was written down."""
    eerder = [w for w in gesprek.of_region("gesprek") if w.onderwerp.jaar < gesprek.jaar]
    return max(eerder, key=lambda w: w.onderwerp.jaar).inhoud.publicatie_id if eerder else None
