"""Voortgangsgesprek: what is the talk with this region about, and what did the committee write down?"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app import data, dossier, onderdelen, selectie
from app.commissie.opslag import Opslag, OpslagError, open_opslag
from app.commissie.referentiekader import fields
from app.data import Kenmerk
from app.dossier import Dossier
from app.markup import Html, join, tag
from app.opmaak import datum
from app.schermen import gesprek_afspraken, gesprek_kader, gesprek_voorbereiden
from app.schermen.gesprek_invoer import Gesprek

PAGINA = "voortgangsgesprek"
ONDERDELEN = {
    "signalen": "Signalen en vragen",
    "plannen": "Ambities en acties",
    "kader": "Referentiekader",
    "afspraken": "Notities en afspraken",
    "sinds": "Sinds het vorige gesprek",
    "verhalen": "Verhalen",
}
_EERSTE_JAAR = 2018


def show(merk: Kenmerk) -> None:
    """Show the dossier of one region and one year, and let the committee and the region write in it."""
    onderdelen.page_head("Voortgangsgesprek", merk)
    regio_code, jaar = _choose(merk)
    alles = dossier.build_dossier(merk, regio_code, alleen_echt=selectie.only_real())
    opslag = _open()
    gesprek = Gesprek(merk, alles.regio, jaar, alles.publicatie.publicatie_id, opslag)
    st.header(f"{alles.regio.naam}: {_title(alles)}", anchor=False)
    onderdelen.show(_introduction(alles, gesprek))
    if alles.heeft_voorbeeld:
        onderdelen.notice_example(altijd=True)
    deel = selectie.choose(
        "onderdeel", "Onderdeel", list(ONDERDELEN), "signalen", ONDERDELEN.__getitem__, soort="knoppen"
    )
    if deel in ("signalen", "plannen", "verhalen"):
        getattr(gesprek_voorbereiden, f"show_{deel}")(merk, alles, gesprek)
    elif opslag is None:
        onderdelen.notice(
            "De gegevens van de commissie zijn nu niet te lezen of te schrijven. Er is niets verloren; probeer het "
            "over een minuut opnieuw, of meld het bij de beheerder."
        )
    elif deel == "kader":
        gesprek_kader.show(gesprek)
    elif deel == "afspraken":
        gesprek_afspraken.show(gesprek)
    else:
        gesprek_voorbereiden.show_sinds(merk, alles, gesprek)


def _choose(merk: Kenmerk) -> tuple[str, int]:
    regios = {code: r.naam for code, r in data.regios(merk).items() if r.niveau == "arbeidsmarktregio"}
    nu = data.publicatie(merk).gemaakt_op.year
    jaren = [str(jaar) for jaar in range(nu + 1, _EERSTE_JAAR - 1, -1)]
    with st.container(horizontal=True, gap="medium", key="rm-keuzes"):
        regio_code = selectie.choose("regio", "Regio", list(regios), next(iter(regios)), regios.__getitem__)
        jaar = selectie.choose("gespreksjaar", "Jaar van het gesprek", jaren, str(nu), str)
    return regio_code, int(jaar)


def _open() -> Opslag | None:
    """Open the committee's database; a page that only reads the publication goes on without it."""
    try:
        return open_opslag(Path(data.pad()).parent)
    except OpslagError:
        return None


def _title(alles: Dossier) -> str:
    aantal = len(alles.signalen)
    if not aantal:
        return "geen signalen in de cijfers"
    echt = sum(not s.is_voorbeeld for s in alles.signalen)
    woord = "1 signaal" if aantal == 1 else f"{aantal} signalen"
    if echt == aantal:
        return f"{woord} om te bespreken"
    return f"{woord}, waarvan {echt or 'geen'} uit echte cijfers"


def _introduction(alles: Dossier, gesprek: Gesprek) -> Html:
    """Return whose region it is, and where it stands in the yearly cycle."""
    wgo = f"Werkgeversorganisatie: {alles.wgo.naam}. " if alles.wgo else ""
    zin = f"{wgo}De commissie toetst het plan in het voorjaar en voert het gesprek in het najaar; daarna volgen acties."
    stappen = [
        tag("li", tag("strong", stap), f" {stand}", klasse="rm-af" if is_af else "")
        for stap, stand, is_af in _cycle(gesprek)
    ]
    return tag(
        "div",
        tag("p", zin, klasse="rm-onder"),
        tag("ol", join(stappen), klasse="rm-cyclus", aria_label=f"De cyclus van {gesprek.jaar}"),
        klasse="rm-delen",
    )


def _cycle(gesprek: Gesprek) -> list[tuple[str, str, bool]]:
    """Return each step of the year with where it stands, and whether it is done."""
    stand = gesprek.current()
    scores = sum(w.onderwerp.soort == "score" for w in stand)
    gesprekken = [w.inhoud.datum for w in stand if w.onderwerp.soort == "gesprek"]
    afspraken = [w for w in stand if w.onderwerp.soort == "afspraak"]
    open_ = sum(w.inhoud.stand == "open" for w in afspraken)
    alle = len(fields())
    gevoerd = datum(gesprekken[0]) if gesprekken else "nog niet vastgelegd"
    acties = f"{open_} van {len(afspraken)} afspraken open" if afspraken else "nog geen afspraken"
    return [
        (f"Toets, voorjaar {gesprek.jaar}:", f"{scores} van {alle} onderdelen gescoord", scores == alle),
        (f"Gesprek, najaar {gesprek.jaar}:", gevoerd, bool(gesprekken)),
        ("Daarna:", acties, bool(afspraken) and not open_),
    ]
