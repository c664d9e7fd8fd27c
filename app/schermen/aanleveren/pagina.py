"""Data aanleveren: drop a file, say what is in it, hear what is wrong and where, and file it as a new version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from app.beeld.markup import join, tag
from app.lezen.publicatie import volgen
from app.lezen.rijen import Kenmerk
from app.raam import loket
from app.raam.vakken import onderdelen
from app.raam.wie import lezer
from app.rollen.rechten import Recht
from app.schermen.aanleveren import bewaren, sjabloon, uitkomst, versies, vertalen
from app.taal.opmaak import hoofdletter, leesbaar

if TYPE_CHECKING:
    from pipelines.afspraken.contract import Bron

_SOORTEN = ("csv", "xlsx", "parquet")
_ZELF, _VORIGE, _EIGEN = "In de kolommen van de tabel", "Zoals de vorige levering", "Eigen kolommen aanwijzen"
_ANDER = "Iemand anders"
_MEESTE_ANTWOORDEN = 8


def show(merk: Kenmerk) -> None:
    """Show the steps from a file to a delivery that counts; where nobody may deliver, why."""
    onderdelen.page_head("Data aanleveren")
    # The contracts take long to read, and no other page asks for them.
    from pipelines.afspraken.contract import load_bronnen

    bronnen = {n: b for n, b in load_bronnen().items() if not _has_persons(b) and lezer.may(Recht.AANLEVEREN, n)}
    if not loket.is_open() or not bronnen:
        _show_closed()
        return
    onderdelen.show(
        tag("p", "Kies de bron en sleep een bestand hierheen. U hoort wat er niet klopt en waar. Pas als u bewaart, "
            "telt het mee; eerdere versies blijven bestaan.", klasse="rm-onder")
    )  # fmt: skip
    _show_public()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        naam = st.selectbox("Bron", list(bronnen), format_func=lambda naam: bronnen[naam].titel, key="lever_bron")
        bron = bronnen[naam]
        eerder = _ask("eerder", None, bron=bron.naam)
        bekend = eerder.get("versies", [])
        leverancier = _choose_supplier(bron, bekend)
        sjabloon.show(bron)
    bestand = st.file_uploader(
        f"Bestand: CSV, Excel (.xlsx) of Parquet, hoogstens {loket.MEESTE_MB} MB en 5 miljoen rijen",
        type=list(_SOORTEN), key="lever_bestand" + "_" * st.session_state.get(bewaren.KEER, 0),
    )  # fmt: skip
    if bestand is not None and not leverancier:
        onderdelen.notice("Kies eerst wie dit levert, of typ die naam; die naam staat straks bij de cijfers.")
    elif bestand is not None:
        _handle(merk, Aangeboden(bron, leverancier, bestand.name, bestand.getvalue()), bekend)
    _show_build()
    if "versies" in eerder:
        versies.show(bron, bekend)
    else:
        uitkomst.show_refusal(eerder)


@dataclass(frozen=True)
class Aangeboden:
    """A dropped file: of which source, from whom, its name and its bytes."""

    bron: Bron
    leverancier: str
    naam: str
    inhoud: bytes

    @property
    def bestand(self) -> tuple[str, bytes]:
        """Return the file as the counter takes it."""
        return self.naam, self.inhoud


def _choose_supplier(bron: Bron, bekend: list[versies.Versie]) -> str:
    """Return whose file this is: one who delivered before, or a name that is typed; empty as long as it is neither.

    A new name has a field of its own: what is half typed in a list is gone when the page is run, as after an upload.
    """
    eerder = [v["leverancier"] for v in bekend]
    gekozen = st.selectbox(
        "Leverancier", [*dict.fromkeys([*eerder, bron.leverancier]), _ANDER], key=f"lever_van_{bron.naam}",
        index=0 if eerder else None, placeholder="kies wie dit levert", help="Deze naam staat bij de cijfers.",
    )  # fmt: skip
    if gekozen != _ANDER:
        return gekozen or ""
    return st.text_input("Naam van de leverancier", key=f"lever_ander_{bron.naam}", autocomplete="organization").strip()


def _show_public() -> None:
    """Say that what is public need not be delivered: one command fetches it."""
    hoe = ["Wie de monitor beheert, haalt het op"]
    if lezer.may(Recht.PUBLICEREN):
        hoe = ["U haalt het op met ", tag("code", ".venv/bin/regiomonitor fetch alles")]
    onderdelen.show(
        tag("p", "Wat openbaar is bij CBS, AZW en DUO hoeft u niet aan te leveren. ", *hoe,
            ", voor zover het bevestigd is. Welke tabel welk cijfer vult, en welke nog te bevestigen is, staat bij "
            "Cijfers, onder Wat ontbreekt.",
            klasse="rm-bron")
    )  # fmt: skip


def _show_closed() -> None:
    onderdelen.notice(
        "Hier kunt u niet aanleveren: dat kan alleen wie zich aanmeldt en de rol van leverancier heeft, of wie op de "
        "computer werkt waar de monitor draait."
    )
    onderdelen.show(
        tag("p", "Wilt u aanleveren? Vraag wie deze monitor voor u beheert om de rol van leverancier, of geef hem uw "
            "bestand.")
    )  # fmt: skip


def _has_persons(bron: Bron) -> bool:
    """Return whether a table of this source holds persons one by one: those do not go through a browser."""
    return any(tabel.groot for tabel in bron.tabellen.values())


def _handle(merk: Kenmerk, aanbod: Aangeboden, bekend: list[versies.Versie]) -> None:
    """Show how the file is read, what is wrong with it, and, when nothing is, how to file it."""
    bron, naam = aanbod.bron, loket.plain_name(aanbod.naam)
    heeft_naam = naam.rpartition(".")[0] in bron.tabellen
    heeft_vorige = any(
        v["kolommen"] and not v["ingetrokken"] and v["leverancier"] == aanbod.leverancier for v in bekend
    )
    antwoord = _ask_proposal(aanbod) if heeft_vorige else {}
    zelfde = bool(antwoord.get("voorstel", {}).get("zoals_vorige"))
    keuzes = [_VORIGE] * zelfde + [_ZELF] * heeft_naam + [_EIGEN]
    keuze = keuzes[0]
    if len(keuzes) > 1:
        sleutel = f"lever_hoe_{bron.naam}_{naam}_{zelfde}"
        keuze = st.radio("Wat staat er in dit bestand?", keuzes, horizontal=True, key=sleutel)
    kolommen: object = "vorige" if keuze == _VORIGE else None
    if keuze == _EIGEN and (kolommen := _choose_columns(aanbod)) is None:
        return
    sleutel = f"lever_sprong_{bewaren.digest(aanbod.bestand)}"
    velden: dict[str, object] = {**_whose(aanbod), "kolommen": kolommen, "sprong": st.session_state.get(sleutel, "")}
    with st.spinner("Bezig met controleren. Miljoenen rijen duren tot een minuut.", show_time=True):
        antwoord = _ask("check", aanbod.bestand, **velden)
    goed = uitkomst.show_check(naam, antwoord)
    if antwoord.get("sprong") or velden["sprong"]:
        st.text_input("Klopt een cijfer dat veel scheelt? Schrijf waarom", key=sleutel,
                      help="De reden staat bij de controles; noem er geen cijfers in.")  # fmt: skip
    if goed:
        bewaren.show_file(merk, aanbod.bestand, velden, antwoord)


def _ask_proposal(aanbod: Aangeboden, tabel: str | None = None) -> loket.Antwoord:
    return _ask("voorstel", aanbod.bestand, tabel=tabel, **_whose(aanbod))


def _choose_columns(aanbod: Aangeboden) -> dict[str, Any] | None:
    """Return which column of the file is which, as the reader confirmed; nothing as long as there is none."""
    antwoord = _ask_proposal(aanbod, _choose_table(aanbod.bron))
    if "voorstel" not in antwoord:
        uitkomst.show_refusal(antwoord)
        return None
    kenmerk = f"{antwoord['voorstel']['tabel']}_{bewaren.digest(aanbod.bestand)}"
    return vertalen.choose(aanbod.bron, antwoord["voorstel"], kenmerk)


def _choose_table(bron: Bron) -> str | None:
    """Return which table of the source the file holds; None leaves it to the monitor."""
    namen = list(bron.tabellen)
    if len(namen) == 1:
        return None
    return st.selectbox(
        "Wat staat er in?", namen, index=None, placeholder="de monitor kijkt zelf",
        format_func=lambda naam: f"{hoofdletter(leesbaar(naam))}: {bron.tabellen[naam].rij}",
        key=f"lever_tabel_{bron.naam}",
    )  # fmt: skip


def _whose(aanbod: Aangeboden) -> dict[str, str]:
    return {"bron": aanbod.bron.naam, "leverancier": aanbod.leverancier}


def _show_build() -> None:
    """Show what was filed and is not in the publication yet; to who may publish, the button that makes a new one."""
    if not (bewaard := st.session_state.get("lever_bewaard")):
        return
    st.header("Bewaard, nog niet in de publicatie", anchor=False)
    onderdelen.show(tag("ul", join(tag("li", tag("code", plek)) for plek in bewaard)))
    if not lezer.may(Recht.PUBLICEREN):
        onderdelen.show(tag("p", "Dit gaat mee met de volgende publicatie; die maakt wie de monitor beheert."))
        return
    onderdelen.show(tag("p", "Een bouw duurt een paar minuten; lezers zien zolang de vorige publicatie."))
    if st.button("Maak de nieuwe publicatie", key="lever_bouw", type="primary"):
        antwoord = bewaren.follow("build")
        if "publicatie" in antwoord:
            volgen.wait_until_shown(antwoord["publicatie"])
            del st.session_state["lever_bewaard"]
            st.session_state.pop(bewaren.ANTWOORDEN, None)
            onderdelen.notice(f"De nieuwe publicatie is er: {antwoord['publicatie']}. Laad een pagina om haar te zien.")
            for opzij in antwoord["opzij"]:
                onderdelen.notice(opzij)
        else:
            uitkomst.show_refusal(antwoord)


def _ask(wat: str, bestand: tuple[str, bytes] | None, **velden: object) -> loket.Antwoord:
    """Return the answer, from this reader's last ones where the same was asked; never the file itself."""
    sleutel = bewaren.key(bestand, {"wat": wat, **velden})
    antwoorden: dict[str, loket.Antwoord] = st.session_state.setdefault(bewaren.ANTWOORDEN, {})
    if sleutel not in antwoorden:
        while len(antwoorden) >= _MEESTE_ANTWOORDEN:
            antwoorden.pop(next(iter(antwoorden)))
        antwoord = loket.ask(wat, bestand, **velden)
        # What went wrong may go well the next time.
        if loket.is_stuck(antwoord):
            return antwoord
        antwoorden[sleutel] = antwoord
    return antwoorden[sleutel]
