"""Writing down something of which others may be changing the same at once: a form that loses nothing."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import streamlit as st

from app.beeld.markup import Html, join, table, tag
from app.commissie.model import (
    LANGSTE_TEKST,
    STANDEN,
    Inhoud,
    InvoerError,
    Onderwerp,
    OpslagError,
    Wijziging,
    holding,
    levels,
)
from app.commissie.referentiekader import SCORES
from app.commissie.tijd import clock
from app.lezen.rijen import Regio
from app.logboek.deur import LogboekError
from app.logboek.regel import Daad
from app.raam.vakken import onderdelen
from app.raam.wie import lezer, vastleggen
from app.schermen.gesprek import concept
from app.taal.dagen import day_fault, parse_day
from app.taal.opmaak import datum
from pipelines.afspraken.codelijsten import LAND

if TYPE_CHECKING:
    from app.commissie.bank.opslag import Opslag


@dataclass(frozen=True)
class Gesprek:
    """One talk: a region and a year, the publication on screen, and what was written down until now.

    `alles` is every change of the region and of the country, read once per run; it is in no cache. Without the
    database `storing` says what is the matter.
    """

    regio: Regio
    jaar: int
    publicatie_id: str
    opslag: Opslag | None
    alles: tuple[Wijziging, ...] = ()
    storing: str = ""

    @classmethod
    def read(cls, regio: Regio, jaar: int, publicatie_id: str, opslag: Opslag | str) -> Gesprek:
        """Read what the database has of a talk; without the database when it does not answer, with what it said."""
        if isinstance(opslag, str):
            return cls(regio, jaar, publicatie_id, None, storing=opslag)
        try:
            return cls(regio, jaar, publicatie_id, opslag, tuple(opslag.history(LAND, regio.regio_code)))
        except OpslagError as fout:
            return cls(regio, jaar, publicatie_id, None, storing=str(fout))

    @cached_property
    def stand(self) -> dict[Onderwerp, Wijziging]:
        """What holds now, by subject: of the region in every year, and the levels of the country."""
        return holding(self.alles)

    @cached_property
    def niveaus(self) -> dict[int, int]:
        """The level of ambition that the committee asks of all regions, by year."""
        return levels(self.stand)

    def subject(self, soort: str, sleutel: str = "") -> Onderwerp:
        """Return one thing of this talk that can be written about."""
        return Onderwerp(soort, self.regio.regio_code, self.jaar, sleutel)

    def of_region(self, soort: str) -> list[Wijziging]:
        """Return what holds for this region in any year, of one kind."""
        return [w for o, w in self.stand.items() if (o.regio_code, o.soort) == (self.regio.regio_code, soort)]

    def current(self, soort: str) -> list[Wijziging]:
        """Return what holds for this region in the year of the talk, of one kind."""
        return [w for w in self.of_region(soort) if w.onderwerp.jaar == self.jaar]

    def history(self, soorten: Sequence[str]) -> list[Wijziging]:
        """Return every change of these kinds, in the order of the database, whatever the clock said."""
        return [w for w in self.alles if w.onderwerp.soort in soorten]


@dataclass(frozen=True)
class Formulier:
    """Which fields a form has beside its text."""

    titel: str
    tekst: str
    met_score: bool = False
    met_datum: str = ""
    knop: str = "Bewaren"
    uitleg: str = ""


_VAKKEN = ("tekst_", "score_", "dag_", "stand_", "basis_")
UNSAVED = "Wat u nog niet heeft bewaard, blijft in dit tabblad staan tot u het bewaart of het tabblad sluit."


def ask_name(*, label: str = "Uw naam", uitleg: str = "Bij alles wat u bewaart, staan uw naam en het tijdstip.") -> str:
    """Return who is writing: who logged in, else the name that is asked, kept for this visit and in no link."""
    if wie := lezer.current().naam:
        zin = f"U schrijft als {wie}; dat en het tijdstip staan bij wat u bewaart."
        onderdelen.show(tag("p", zin, klasse="rm-onder"))
        return wie
    onthouden = f"commissie_{label}"
    with concept.box(label.lower().replace(" ", "-")):
        waarde = st.text_input(label, value=st.session_state.get(onthouden, ""), max_chars=80, key=f"veld_{label}",
                               help=uitleg, autocomplete="name")  # fmt: skip
    st.session_state[onthouden] = waarde
    return str(waarde)


def edit(
    gesprek: Gesprek,
    onderwerp: Onderwerp,
    formulier: Formulier,
    wie: str,
    *,
    rol: str = "commissie",
    keur: Callable[[Inhoud], str] = lambda _: "",
) -> None:
    """Show a form for one subject: based on the version that the reader saw, and never over another one's text."""
    assert gesprek.opslag is not None
    nu, basis = gesprek.stand.get(onderwerp), base_of(gesprek, onderwerp)
    if show_collision(gesprek, onderwerp, wie, rol):
        return
    if nu is not None and nu.versie != basis:
        onderdelen.notice(f"{nu.wie} heeft dit intussen gewijzigd. Bewaart u nu, dan ziet u eerst die tekst.")
    if melding := st.session_state.pop(f"melding_{onderwerp.soort}", ""):
        onderdelen.notice(melding)
    with concept.box(concept.name(onderwerp, is_nieuw=nu is None), basis):
        eigen = _fields(onderwerp, formulier, nu, f"{key_of(onderwerp)}_{basis}")
    if eigen is not None and (bezwaar := keur(eigen)):
        st.error(bezwaar)
    elif eigen is not None:
        inhoud = Inhoud(eigen.tekst, eigen.score, eigen.stand, eigen.datum, gesprek.publicatie_id)
        _save(gesprek, onderwerp, inhoud, wie, rol, basis)


def key_of(onderwerp: Onderwerp) -> str:
    """Return by what the fields of one subject are known in the session."""
    return "/".join(map(str, (onderwerp.soort, onderwerp.regio_code, onderwerp.jaar, onderwerp.sleutel)))


def base_of(gesprek: Gesprek, onderwerp: Onderwerp) -> int:
    """Return the version that the reader began with, however often the page is run; it stays so until it is saved."""
    sleutel, nu = key_of(onderwerp), gesprek.stand.get(onderwerp)
    versie = (nu.versie or 0) if nu else 0
    basis = int(st.session_state.get(f"basis_{sleutel}", versie))
    if f"tekst_{sleutel}_{basis}" not in st.session_state:
        basis = versie
    st.session_state[f"basis_{sleutel}"] = basis
    return basis


def fresh(gesprek: Gesprek, soort: str, bestaand: set[Onderwerp]) -> Onderwerp:
    """Return a subject that does not exist yet; it stays the same for this reader until it is saved."""
    vak = f"nieuw_{soort}_{gesprek.regio.regio_code}_{gesprek.jaar}"
    onderwerp = gesprek.subject(soort, st.session_state.setdefault(vak, uuid.uuid4().hex))
    if onderwerp in bestaand:
        st.session_state[vak] = uuid.uuid4().hex
        onderwerp = gesprek.subject(soort, st.session_state[vak])
    return onderwerp


def show_kept(gesprek: Gesprek) -> None:
    """Keep what was filled in while the database does not answer, and show the texts; the form has them again later."""
    deze = f"/{gesprek.regio.regio_code}/{gesprek.jaar}/"
    alles = {str(k): v for k, v in st.session_state.items()}
    bewaard = {k: v for k, v in alles.items() if k.startswith("veld_") or (k.startswith(_VAKKEN) and deze in k)}
    for sleutel, waarde in bewaard.items():
        # A field that is not on the page is forgotten, unless it is set anew.
        st.session_state[sleutel] = waarde
    vakken = {k.removeprefix("tekst_"): str(v) for k, v in bewaard.items() if k.startswith("tekst_")}
    teksten = {v for vak, v in vakken.items() if v.strip() and v != st.session_state.get(f"oud_{vak}", "")}
    for tekst in sorted(teksten):
        onderdelen.show(tag("div", tag("h3", "Uw tekst, nog niet bewaard"), paragraphs(tekst), klasse="rm-versie"))
    concept.show_typed(gesprek.regio.regio_code, gesprek.jaar)


def _fields(onderwerp: Onderwerp, formulier: Formulier, nu: Wijziging | None, vak: str) -> Inhoud | None:
    """Show the fields, filled with what holds; returns what was filled in when the reader saves."""
    oud = nu.inhoud if nu else Inhoud()
    st.session_state[f"oud_{vak}"] = oud.tekst
    standen = STANDEN.get(onderwerp.soort, {})
    with st.form(f"vak_{vak}", border=True):
        st.markdown(f"**{formulier.titel}**")
        score = None
        if formulier.met_score:
            score = st.radio(
                "Score",
                list(SCORES),
                index=list(SCORES).index(oud.score) if oud.score else None,
                format_func=lambda s: f"{s}: {SCORES[s]}",
                horizontal=True,
                key=f"score_{vak}",
            )
        tekst = st.text_area(formulier.tekst, oud.tekst, max_chars=LANGSTE_TEKST, key=f"tekst_{vak}", height=120,
                             help=formulier.uitleg or None)  # fmt: skip
        stand, dag = oud.stand, oud.datum
        if standen or formulier.met_datum:
            with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
                if standen:
                    stand = _choose_stand(onderwerp.soort, oud.stand, vak)
                if formulier.met_datum:
                    dag = ask_day(formulier.met_datum, oud.datum, vak)
        if not st.form_submit_button(formulier.knop, key=f"knop_{vak}"):
            return None
    return Inhoud(str(tekst), score, stand, dag)


def ask_day(label: str, oud: date | None, vak: str) -> date | None:
    """Ask for a day as people write it; the script adds a calendar. Where it is no day, why not stands at the field."""
    with st.container(key=f"rm-dag-{vak}"):
        tekst = st.text_input(label, datum(oud), placeholder="bijv. 1 maart 2027", key=f"dag_{vak}")
    if fout := day_fault(str(tekst)):
        st.error(fout)
    return parse_day(str(tekst))


def _choose_stand(soort: str, oud: str, vak: str) -> str:
    """Show where an agreement stands, or what is advised; an advice is never chosen beforehand."""
    standen = STANDEN[soort]
    keuze = oud or ("open" if "open" in standen else None)
    gekozen = st.selectbox(
        "Advies" if soort == "advies" else "Stand",
        list(standen),
        index=list(standen).index(keuze) if keuze else None,
        format_func=standen.__getitem__,
        placeholder="Kies",
        key=f"stand_{vak}",
    )
    return str(gekozen or "")


def keep(gesprek: Gesprek, onderwerp: Onderwerp, inhoud: Inhoud, wie: str, *, rol: str, basis: int) -> Wijziging | None:
    """Save one change and return it; None where somebody else was first, which the next run shows.

    Raises:
        InvoerError: something is missing or not allowed; nothing was kept.
        OpslagError: the database did not answer; nothing was kept.
    """
    assert gesprek.opslag is not None
    sleutel, is_nieuw = key_of(onderwerp), onderwerp not in gesprek.stand
    waarover = f"{onderwerp.soort} {onderwerp.regio_code} {onderwerp.jaar}"
    try:
        with vastleggen.recorded(Daad.NOTITIE_GESCHREVEN, waarover):
            uitkomst = gesprek.opslag.save(onderwerp, inhoud, wie=wie, rol=rol, gebaseerd_op=basis)
    except LogboekError as fout:
        raise OpslagError(str(fout)) from None
    # It is in the history now, whether it holds or not.
    concept.saved(concept.name(onderwerp, is_nieuw=is_nieuw))
    if uitkomst.ander is not None:
        st.session_state[f"botsing_{sleutel}"] = inhoud
        return None
    st.session_state[f"basis_{sleutel}"] = uitkomst.eigen.versie
    return uitkomst.eigen


def _save(gesprek: Gesprek, onderwerp: Onderwerp, inhoud: Inhoud, wie: str, rol: str, basis: int) -> None:
    """Save and run the page anew; what cannot be saved stays in the fields, with the reason."""
    try:
        bewaard = keep(gesprek, onderwerp, inhoud, wie, rol=rol, basis=basis)
    except InvoerError as fout:
        for tekst in fout.fouten:
            st.error(tekst)
        return
    except OpslagError as fout:
        st.error(str(fout))
        return
    if bewaard is not None:
        st.session_state[f"melding_{onderwerp.soort}"] = f"Bewaard om {clock(bewaard.op)}."
    st.rerun()


def show_collision(gesprek: Gesprek, onderwerp: Onderwerp, wie: str, rol: str = "commissie") -> bool:
    """Show both texts where somebody was first, and let the reader decide which one holds; return whether that is so.

    Both stay in the history.
    """
    sleutel, nu = key_of(onderwerp), gesprek.stand.get(onderwerp)
    eigen = st.session_state.get(f"botsing_{sleutel}")
    if eigen is None or nu is None:
        return False
    onderdelen.notice(
        f"{nu.wie} was u om {clock(nu.op)} voor. Uw tekst is bewaard, maar geldt nog niet. Kies welke geldt; de "
        "andere blijft in de geschiedenis staan."
    )
    links, rechts = st.columns(2, gap="medium")
    with links:
        onderdelen.show(_version(f"Tekst van {nu.wie}", nu.inhoud))
        if st.button(f"Laat de tekst van {nu.wie} gelden", key=f"houd_{sleutel}"):
            _settle(onderwerp.soort, sleutel, nu.versie or 0, f"De tekst van {nu.wie} geldt.")
    with rechts:
        onderdelen.show(_version("Uw tekst", eigen))
        if st.button("Laat mijn tekst gelden", key=f"neem_{sleutel}", type="primary"):
            st.session_state.pop(f"botsing_{sleutel}")
            _save(gesprek, onderwerp, eigen, wie, rol, nu.versie or 0)
    return True


def _settle(soort: str, sleutel: str, versie: int, melding: str) -> None:
    st.session_state.pop(f"botsing_{sleutel}")
    st.session_state[f"basis_{sleutel}"] = versie
    st.session_state[f"melding_{soort}"] = melding
    st.rerun()


def _version(kop: str, inhoud: Inhoud) -> Html:
    delen = [f"Score {inhoud.score}: {SCORES[inhoud.score]}. " if inhoud.score else ""]
    delen += [f"Datum: {datum(inhoud.datum)}. " if inhoud.datum else ""]
    return tag("div", tag("h3", kop), tag("p", *delen), paragraphs(inhoud.tekst), klasse="rm-versie")


def paragraphs(tekst: str) -> Html:
    """Return a text as paragraphs, one per line."""
    return join(tag("p", regel) for regel in tekst.split("\n") if regel.strip())


def show_history(
    wijzigingen: Sequence[Wijziging], namen: Callable[[Onderwerp], str], standen: Mapping[str, str]
) -> None:
    """Show every change with who and when, the newest first; also what never held."""
    if not wijzigingen:
        return
    with st.expander(f"Alle wijzigingen ({len(wijzigingen)})"):
        rijen = [
            (clock(w.op), w.wie, namen(w.onderwerp), str(w.inhoud.score or "") or standen.get(w.inhoud.stand, ""),
             w.inhoud.tekst, "" if w.versie else "geldt niet: een ander was eerder")
            for w in reversed(wijzigingen)
        ]  # fmt: skip
        koppen = ("Wanneer", "Wie", "Wat", "Score of stand", "Tekst", "Opmerking")
        onderdelen.show(table(koppen, rijen, bijschrift="Alle wijzigingen"))
