"""Voortgangsgesprek: what is the talk with this region about, and what did the committee write down?"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app import data, dossier, onderdelen, selectie
from app.commissie.opslag import Opslag, OpslagError, open_opslag
from app.commissie.referentiekader import fields
from app.data import Kenmerk
from app.documenten import knoppen
from app.dossier import Dossier
from app.markup import join, tag
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
    if alles.wgo:
        onderdelen.show(tag("p", f"Werkgeversorganisatie: {alles.wgo.naam}.", klasse="rm-bron"))
    knoppen.show(merk, regio_code)
    deel = selectie.choose(
        "onderdeel", "Onderdeel", list(ONDERDELEN), "signalen", ONDERDELEN.__getitem__, soort="knoppen"
    )
    if alles.heeft_voorbeeld and deel in ("signalen", "plannen"):
        onderdelen.notice_example(altijd=True)
    _show_part(merk, deel, alles, gesprek)
    if deel != "verhalen":
        _show_cycle(gesprek)


def _show_part(merk: Kenmerk, deel: str, alles: Dossier, gesprek: Gesprek) -> None:
    """Show one part; without the committee's database only what the publication says."""
    if deel == "signalen":
        gesprek_voorbereiden.show_signalen(merk, alles)
    elif deel == "plannen":
        gesprek_voorbereiden.show_plannen(alles)
    elif deel == "verhalen":
        gesprek_voorbereiden.show_verhalen(merk, alles)
    elif gesprek.opslag is None:
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
    if not echt:
        return f"{woord}, alleen uit voorbeelddata"
    return f"{woord} om te bespreken" if echt == aantal else f"{woord}, waarvan {echt} uit echte cijfers"


def _show_cycle(gesprek: Gesprek) -> None:
    """Show where the region stands in the year: toets in spring, talk in autumn, actions after it."""
    st.subheader(f"Waar staan we in {gesprek.jaar}?", anchor=False)
    stappen = [
        tag("li", tag("strong", stap), f" {stand}", klasse="rm-af" if is_af else "")
        for stap, stand, is_af in _cycle(gesprek)
    ]
    onderdelen.show(tag("ol", join(stappen), klasse="rm-cyclus", aria_label=f"De stappen van {gesprek.jaar}"))


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
        ("Toets, in het voorjaar", f"{scores} van {alle} onderdelen gescoord", scores == alle),
        ("Gesprek, in het najaar", gevoerd, bool(gesprekken)),
        ("Afspraken en acties, daarna", acties, bool(afspraken) and not open_),
    ]
