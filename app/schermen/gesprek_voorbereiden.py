"""Preparing a talk: signals with their evidence, ambitions and actions, stories, and what changed since last time."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app import ambities, dossier, onderdelen, publicaties, selectie, signalen, verhalen, vorige
from app.data import Kenmerk, indicatoren, regios
from app.dossier import Dossier
from app.markup import Html, join, tag
from app.opmaak import datum, getal
from app.reeksen import LAND
from app.schermen import regio_meer
from app.schermen.gesprek_invoer import Gesprek
from app.signaal import Bewijs, Signaal

_SIGNAAL = ("Signaal", "Zin", "Vraag", "Bewijs", "Bron")


def show_signalen(merk: Kenmerk, alles: Dossier) -> None:
    """Show each signal with what it rests on and the question that follows."""
    if alles.signalen:
        kaarten = _cards(merk, alles.signalen)
        onderdelen.show(tag("div", join(kaarten), klasse="rm-signalen"))
    else:
        onderdelen.notice(
            "Geen enkele regel geeft een signaal voor deze regio. Dat kan ook komen doordat er nog weinig cijfers "
            "zijn: op Mijn regio staat welke ontbreken en wie ze kan leveren."
        )
    with st.expander("Hoe ontstaat een signaal?"):
        uitleg = [tag("li", tag("strong", regel.titel), f": {regel.uitleg}") for regel in signalen.REGELS]
        onderdelen.show(tag("ul", join(uitleg)))
    rijen = [
        (signalen.REGEL_TITEL[s.regel_id], s.zin, s.vraag, "; ".join(b.tekst for b in s.bewijs),
         "; ".join(dict.fromkeys(b.bron for b in s.bewijs)))
        for s in alles.signalen
    ]  # fmt: skip
    if rijen:
        onderdelen.table_and_download(
            f"signalen van {alles.regio.naam}", _SIGNAAL, rijen, bestand=f"signalen_{alles.regio.regio_code}",
            csv_kolommen=_SIGNAAL, csv_rijen=lambda: rijen, vak="signalen",
        )  # fmt: skip
    _show_figures(alles)


def _cards(merk: Kenmerk, gevonden: Sequence[Signaal]) -> list[Html]:
    """Return each signal as a card, with a link to where its figures are accounted for."""
    kaarten = indicatoren(merk)

    def _proof(b: Bewijs) -> Html:
        indicator = kaarten.get(b.indicator_id)
        bron = [" (", b.bron, ")"] if b.bron and "VOORBEELD" not in b.tekst else []
        link = [" ", onderdelen.evidence_link("Bron en uitleg", indicator)] if indicator else []
        return tag("li", b.tekst, *bron, *link)

    return [
        tag(
            "article",
            tag("h3", signalen.REGEL_TITEL[s.regel_id]),
            tag("p", s.zin, klasse="rm-signaalzin"),
            tag("p", "Bewijs", klasse="rm-stap"),
            tag("ul", join(_proof(b) for b in s.bewijs)),
            tag("p", tag("strong", "Vraag: "), s.vraag),
            klasse="rm-signaal rm-signaal-voorbeeld" if s.is_voorbeeld else "rm-signaal",
        )
        for s in gevonden
    ]


def _show_figures(alles: Dossier) -> None:
    """Show every figure that the region has, folded away."""
    koppen = tuple(alles.regio.naam if kop == "Regio" else kop for kop in dossier.CIJFER_KOPPEN)
    rijen = dossier.figure_rows(alles.cijfers)
    if rijen:
        onderdelen.table_and_download(
            f"alle cijfers van {alles.regio.naam}", koppen, rijen, bestand=f"dossier_{alles.regio.regio_code}",
            csv_kolommen=onderdelen.CSV_KOLOMMEN, vak="dossiercijfers",
            csv_rijen=lambda: onderdelen.csv_rows(c.rij for c in alles.cijfers),
        )  # fmt: skip


def show_plannen(alles: Dossier) -> None:
    """Show ambitions against what came of them, the action ledger, and the programmes of the country."""
    st.subheader("Ambities: wat is ervan terechtgekomen?", anchor=False)
    if alles.ambities:
        _show_ambitions(alles)
    else:
        onderdelen.show(_how_to_fill("ambities", alles))
    st.subheader("Acties: wat is er sinds de start te zien?", anchor=False)
    if alles.acties:
        _show_actions(alles)
    else:
        onderdelen.show(_how_to_fill("acties", alles))
    st.subheader("SectorplanPlus en Sterk in je Werk", anchor=False)
    if alles.programmas:
        onderdelen.show(
            tag("ul", join(tag("li", f"{p.naam}: {p.tekst}. Bron: {p.rij.bron}.") for p in alles.programmas))
        )
        onderdelen.show(tag("p", "Het advies van de commissie over het geld staat bij Notities en afspraken.",
                            klasse="rm-bron"))  # fmt: skip
    else:
        onderdelen.notice(
            f"Van {alles.regio.naam} is geen bereik van deze programma's geleverd. Zo komt het hier: lever de tabel "
            "bereik van de bron programmas aan."
        )


def _how_to_fill(tabel: str, alles: Dossier) -> Html:
    return tag(
        "div",
        tag("p", f"Van {alles.regio.naam} zijn geen {tabel} geleverd."),
        tag("p", f"Zo komen ze hier: lever de tabel {tabel} van de bron raat aan (het regionale actieplan). Controleer "
            "en bewaar de levering met ", tag("code", "regiomonitor accept"), " en bouw daarna opnieuw."),
        klasse="rm-leeg",
    )  # fmt: skip


def _show_ambitions(alles: Dossier) -> None:
    koppen, rijen = dossier.AMBITIE_KOPPEN, dossier.ambition_rows(alles.ambities)
    onderdelen.table_and_download(
        f"Ambities van {alles.regio.naam}", koppen, rijen, bestand=f"gesprek_ambities_{alles.regio.regio_code}",
        csv_kolommen=koppen, csv_rijen=lambda: rijen, open_=True,
    )  # fmt: skip


def _show_actions(alles: Dossier) -> None:
    onderdelen.show(tag("p", ambities.GEEN_OORZAAK, klasse="rm-melding"))
    koppen, rijen = dossier.ACTIE_KOPPEN, dossier.action_rows(alles.acties)
    onderdelen.table_and_download(
        f"Acties van {alles.regio.naam}", koppen, rijen, bestand=f"gesprek_acties_{alles.regio.regio_code}",
        csv_kolommen=koppen, csv_rijen=lambda: rijen, open_=True,
    )  # fmt: skip


def show_verhalen(merk: Kenmerk, alles: Dossier) -> None:
    """Show the stories of the region and its WGO."""
    st.subheader(f"Verhalen uit {alles.regio.naam}: {getal(len(alles.verhalen))}", anchor=False)
    if alles.verhalen:
        onderdelen.show(verhalen.as_html(alles.verhalen, regios(merk)))
        return
    landelijk = sum(v.regio_code in ("", LAND) for v in verhalen.alle(merk))
    onderdelen.notice(
        f"Uit deze regio is nog geen verhaal geleverd; er zijn {landelijk} landelijke. Een verhaal is één rij in de "
        "tabel verhalen van de bron verhalen, met de regio en van wie het komt."
    )


def show_sinds(merk: Kenmerk, alles: Dossier, gesprek: Gesprek) -> None:
    """Show which figures are other than in the publication that was known at an earlier talk."""
    st.subheader("Wat veranderde er sinds het vorige gesprek?", anchor=False)
    uitgaven = {
        u.publicatie_id: u for u in publicaties.history(merk) if u.publicatie_id != alles.publicatie.publicatie_id
    }
    if not uitgaven:
        onderdelen.notice("Er is geen eerdere publicatie bewaard om mee te vergelijken.")
        return
    toen = _known_then(gesprek)
    standaard = toen if toen in uitgaven else next(iter(uitgaven))
    gekozen = selectie.choose(
        "toen", "Publicatie die toen bekend was", list(uitgaven), standaard,
        lambda u: f"{datum(uitgaven[u].gemaakt_op)}, {uitgaven[u].gemaakt_op:%H:%M}"
        + (" (bij het vorige gesprek)" if u == toen else ""),
    )  # fmt: skip
    if toen is None:
        onderdelen.show(tag("p", "Van een eerder gesprek met deze regio is niets vastgelegd; kies zelf de publicatie.",
                            klasse="rm-bron"))  # fmt: skip
    vergelijking = vorige.since(merk, gekozen, alles.regio.regio_code)
    if vergelijking is None:
        onderdelen.notice("Deze publicatie is niet meer te lezen. Kies een andere.")
        return
    regio_meer.show_comparison(merk, alles.regio, vergelijking)


def _known_then(gesprek: Gesprek) -> str | None:
    """Return the publication that was on screen when the newest earlier talk was written down."""
    if gesprek.opslag is None:
        return None
    stand = gesprek.opslag.current(gesprek.regio.regio_code, soorten=["gesprek"])
    eerder = [w for o, w in stand.items() if o.jaar < gesprek.jaar]
    return max(eerder, key=lambda w: w.onderwerp.jaar).inhoud.publicatie_id if eerder else None
