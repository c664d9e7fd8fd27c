"""The evidence beside the worksheet: the signals with their question, the newest figures, and the plans."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.beeld.markup import Html, join, table, tag
from app.beeld.tekening import lijntje
from app.lezen import data
from app.lezen.rijen import Kenmerk
from app.oordeel.gesprek import dossier
from app.oordeel.gesprek.dossier import Dossier
from app.oordeel.gesprek.signaal import Signaal
from app.raam.keuze import selectie
from app.raam.vakken import onderdelen
from app.schermen.gesprek.voorbereiden import SIGNAALTITEL
from pipelines.afspraken.codelijsten import Status

_CIJFERS = 6


def show(merk: Kenmerk, alles: Dossier, van_commissie: Sequence[Signaal]) -> None:
    """Show what a score may rest on, in short; each part leads to the whole of it."""
    signalen = [*van_commissie, *alles.signalen]
    st.subheader("Bewijs", anchor=False)
    # How many rules look, and that there is no signal, is the title of the page.
    delen = [_signal(s) for s in signalen] or [tag("p", alles.toetsing.gat or dossier.silence(alles.toetsing))]
    if van_commissie:
        delen.append(tag("p", "Wat uit de toets en de afspraken komt, is vertrouwelijk.", klasse="rm-bron"))
    # The title of the page counts the signals; what moved stands in the first screen.
    _show_figures(merk, alles)
    onderdelen.show(tag("div", join(delen), klasse="rm-bewijzen"))
    punten = [*filter(None, [alles.ambitiezin]), _plans(alles)]
    onderdelen.show(tag("ul", join(tag("li", punt) for punt in punten), klasse="rm-bewijspunten"))
    with st.container(horizontal=True, gap="small"):
        for deel, naam in (("signalen", "Alle signalen"), ("plannen", "Ambities en acties")):
            st.button(naam, key=f"naar_{deel}", type="tertiary", icon=":material/arrow_forward:",
                      on_click=selectie.set_value, args=("onderdeel", deel))  # fmt: skip


def _signal(s: Signaal) -> Html:
    bewijs = tag("ul", join(tag("li", b.tekst, f" ({b.bron})" if b.bron else "") for b in s.bewijs))
    return tag(
        "article",
        tag("h3", SIGNAALTITEL[s.regel_id]),
        tag("p", s.zin),
        tag("p", tag("strong", "Vraag: "), s.vraag),
        tag("details", tag("summary", "Bewijs"), bewijs),
        klasse="rm-signaal",
    )


def _show_figures(merk: Kenmerk, alles: Dossier) -> None:
    """Show the newest figures with their course, those that have one first; what is not known has no row."""
    naar, breuken = selectie.wijzer().evidence, data.trendbreuken(merk)
    met_verloop = sorted(alles.cijfers, key=lambda c: not lijntje.of_series(c.reeks, breuken))
    gekozen = dossier.first_figures(met_verloop, _CIJFERS)
    if not gekozen:
        return
    rijen = [
        (
            join([naar(c.indicator.titel, c.indicator), tag("span", c.deel, klasse="rm-reeks") if c.deel else ""]),
            lijntje.of_series(c.reeks, breuken),
            f"{c.tekst} ({dossier.period_text(c.rij)})",
            c.land_tekst,
        )
        for c in gekozen
    ]
    koppen = ("Cijfer", "Verloop", "Regio of WGO" if any(c.van_wgo for c in gekozen) else "Regio", "Nederland")
    # What nobody fills has no column.
    gevuld = [n for n in range(len(koppen)) if any(str(rij[n]) for rij in rijen)]
    kop = f"Het nieuwste van {dossier.whose(alles.regio.naam, gekozen)}"
    onderdelen.show(
        table(
            [koppen[n] for n in gevuld],
            [[rij[n] or (Status.ONTBREEKT.naam if n == 3 else "") for n in gevuld] for rij in rijen],
            bijschrift=kop,
        )
    )


def _plans(alles: Dossier) -> str:
    geen = [] if alles.ambities else ["ambities"]
    geen += [] if alles.acties else ["acties"]
    if geen:
        return f"Van {alles.regio.naam} zijn nog geen {' en '.join(geen)} geleverd."
    return f"{len(alles.acties)} acties in het plan."
