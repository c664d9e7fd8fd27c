"""The mapping step: what the monitor made of the columns and labels of a file, for a person to confirm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from app.beeld.markup import join, tag
from app.raam.vakken import onderdelen
from app.taal.opmaak import leesbaar

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from pipelines.afspraken.contract import Bron, Tabel

_NIET = "niet lezen"
_KIES = "kies…"
_RIJ_WEG = "rij weglaten"
_CIJFERS = ("geheel", "getal")
# What a cell with a figure may hold, in any way of writing.
_CIJFER = re.compile(r"(?=.*\d)[-+<>\d.,%€\s]+")
# Of so many columns of which nothing is known, one choice is enough.
_VEEL_ONBEKEND = 3
# A column that need not be there is asked for in one case.
_WAAROM = ": boven cijfers staat dat zij in duizendtallen zijn"
_REEKS = ": welke telling dit is"
# Every list of all regions goes to the browser; of more fields than this a code is typed.
_MEESTE_LIJSTEN = 40


def choose(bron: Bron, voorstel: dict[str, Any], kenmerk: str) -> dict[str, Any] | None:
    """Return the mapping that the reader confirmed, as in kolommen.yml; nothing as long as there is none."""
    tabel = bron.tabellen[voorstel["tabel"]]
    sleutel = f"lever_kaart_{bron.naam}_{kenmerk}"
    st.header("Wat is wat?", anchor=False)
    onderdelen.show(
        tag("p", f"De monitor leest dit als de tabel met {tabel.rij}. Kijk na wat er staat, vul aan wat ontbreekt, en "
            "controleer. Bij een volgende levering hoeft dit niet weer.", klasse="rm-onder")
    )  # fmt: skip
    if voorstel.get("raad"):
        onderdelen.notice(voorstel["raad"])
    _show_help(tabel)
    with st.form(f"{sleutel}_vorm"):
        koprij = None
        vakken = _places(voorstel)
        if voorstel["koprij"]:
            koprij = vakken[-1].number_input("Rij met de kop", 1, 20, voorstel["koprij"], key=f"{sleutel}_kop")
        gekozen = _columns(tabel, voorstel, sleutel, vakken)
        waarden = _labels(voorstel, sleutel, vakken)
        vast = _fixed(tabel, voorstel, sleutel, vakken)
        gevraagd = st.form_submit_button("Controleer", type="primary")
    if gevraagd:
        st.session_state[sleutel] = {tabel.naam: _mapping(koprij, gekozen, waarden, vast)}
        ongezegd = [f"kolom '{hun}'" for hun, onze in gekozen.items() if onze is None]
        if nog := [*ongezegd, *_open(tabel, voorstel, st.session_state[sleutel][tabel.naam])]:
            onderdelen.notice(f"Kies nog wat dit is: {'; '.join(nog)}.")
            del st.session_state[sleutel]
    bevestigd: dict[str, Any] | None = st.session_state.get(sleutel)
    return bevestigd


def _open(tabel: Tabel, voorstel: dict[str, Any], kaart: dict[str, Any]) -> Iterator[str]:
    """Yield what has to be told before there is anything to check: columns that cannot be missed, and labels."""
    gevuld = {*kaart.get("kolommen", {}).values(), *kaart.get("vast", {})}
    yield from (_words(naam) for naam in {*tabel.verplicht, *voorstel["ontbreekt"]} if naam not in gevuld)
    for kolom, labels in voorstel["waarden"].items():
        gekozen = kaart.get("waarden", {}).get(kolom, {})
        # A column that is read as something else, or not at all, has no labels any more.
        if kolom in kaart.get("kolommen", {}).values():
            yield from (f"'{label['label']}'" for label in labels if label["label"] not in gekozen)


def _show_help(tabel: Tabel) -> None:
    """Show of every column what it holds: a supplier has never seen the contract."""
    with st.expander("Wat er in deze tabel staat"):
        regels = (
            tag("li", tag("strong", _column(tabel, naam)), ": ", kolom.uitleg)
            for naam, kolom in tabel.kolommen.items() if kolom.uitleg
        )  # fmt: skip
        onderdelen.show(tag("ul", join(regels)))


def _places(voorstel: dict[str, Any]) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Return where is asked, and where stands, closed, what was told the last time; the same where nothing was."""
    labels = [label for deel in voorstel["waarden"].values() for label in deel]
    bekend = sum(deel["vorige"] for deel in (*voorstel["kolommen"], *labels)) + len(voorstel["vast"])
    hier = st.container()
    return hier, st.expander(f"Zoals de vorige keer ({bekend})") if bekend else hier


def _columns(
    tabel: Tabel, voorstel: dict[str, Any], sleutel: str, vakken: tuple[DeltaGenerator, DeltaGenerator]
) -> dict[str, str | None]:
    """Show a choice per column of the file, and return what was chosen for each; None is not chosen yet."""
    keuzes = [_NIET, *tabel.kolommen]
    gekozen: dict[str, str | None] = {}
    onbekend = []
    for nummer, kolom in enumerate(voorstel["kolommen"]):
        onze: str = kolom["onze"] if kolom["onze"] in tabel.kolommen else ""
        voorbeeld = f" (zoals {', '.join(kolom['voorbeelden'])})" if kolom["voorbeelden"] else ""
        nakijken = " · nakijken" if onze and not kolom["zeker"] else ""
        # No check finds figures that stand under another figure's name: a guess of those is not filled in.
        zelf = bool(nakijken) and tabel.kolommen[onze].type in _CIJFERS
        if may_be_needed(tabel, voorstel, kolom):
            zelf = True
            onbekend.append(kolom["hun"])
        gekozen[kolom["hun"]] = vakken[kolom["vorige"]].selectbox(
            _plain(f"Kolom '{kolom['hun']}'{voorbeeld}{nakijken}"), keuzes, format_func=partial(_column, tabel),
            index=None if zelf else keuzes.index(onze or _NIET), key=f"{sleutel}_k{nummer}",
            placeholder=f"Kies… misschien {_words(onze)}" if zelf and onze else _KIES,
        )  # fmt: skip
    if len(onbekend) >= _VEEL_ONBEKEND and vakken[0].checkbox(
        "De kolommen hierboven waar ik niets koos, niet lezen", key=f"{sleutel}_rest"
    ):
        gekozen |= {hun: _NIET for hun in onbekend if gekozen[hun] is None}
    return gekozen


def may_be_needed(tabel: Tabel, voorstel: dict[str, Any], kolom: dict[str, Any]) -> bool:
    """Return whether a column of which nothing is known may be one that the table still lacks: a person says so."""
    if kolom["onze"] or kolom["zeker"]:
        return False
    gevonden = {deel["onze"] for deel in voorstel["kolommen"]}
    over = [deel for naam, deel in tabel.kolommen.items() if naam not in gevonden and naam not in voorstel["vast"]]
    if kolom["voorbeelden"] and all(map(_CIJFER.fullmatch, kolom["voorbeelden"])):
        return any(deel.type in _CIJFERS for deel in over)
    return any(not deel.leeg and (deel.type in ("regio", "periode") or deel.verwijst) for deel in over)


def _column(tabel: Tabel, naam: str) -> str:
    """Return a column of the table in words, and whether it cannot be missed."""
    return f"{_words(naam)} (nodig)" if naam in tabel.verplicht else _words(naam)


def _words(naam: str) -> str:
    return leesbaar(naam.removesuffix("_code"))


def _labels(
    voorstel: dict[str, Any], sleutel: str, vakken: tuple[DeltaGenerator, DeltaGenerator]
) -> dict[str, dict[str, str]]:
    """Show a field per label that is no code, and return what was filled in."""
    waarden: dict[str, dict[str, str]] = {}
    for kolom, labels in voorstel["waarden"].items():
        for plek in dict.fromkeys(label["vorige"] for label in labels):
            vakken[plek].markdown(f"**Wat is het, in de kolom voor {_words(kolom)}?**")
        codes = voorstel["codes"].get(kolom, {})
        for nummer, label in enumerate(labels):
            nakijken = " · nakijken" if not label["zeker"] else ""
            titel, plek = _plain(f"'{label['label']}' is{nakijken}"), f"{sleutel}_w{kolom}{nummer}"
            with vakken[label["vorige"]]:
                code = _code(titel, codes, label["code"] or "", plek, len(labels), [_RIJ_WEG])
            if code:
                waarden.setdefault(kolom, {})[label["label"]] = code
    return waarden


def _fixed(
    tabel: Tabel, voorstel: dict[str, Any], sleutel: str, vakken: tuple[DeltaGenerator, DeltaGenerator]
) -> dict[str, str]:
    """Show a field per column that the file does not have, and return what was filled in."""
    vast, eerder = {}, voorstel["vast"]
    reeks = voorstel["reeks"]
    namen = list(dict.fromkeys([*voorstel["ontbreekt"], *reeks, *eerder]))
    for plek in dict.fromkeys(naam in eerder for naam in namen):
        vakken[plek].markdown("**Niet in het bestand: één waarde voor alle rijen**")
    for naam in namen:
        codes = voorstel["codes"].get(naam, {})
        waarom = "" if naam in tabel.verplicht else _REEKS if naam in reeks else f"{_WAAROM} (nodig)"
        titel = f"{_words(naam)}{waarom or ' (nodig)'}"
        with vakken[naam in eerder]:
            waarde = _code(titel, codes, eerder.get(naam, ""), f"{sleutel}_v{naam}", len(voorstel["ontbreekt"]), [])
            if uitleg := tabel.kolommen[naam].uitleg:
                st.caption(uitleg)
        if waarde:
            vast[naam] = waarde
    return vast


def _code(titel: str, codes: dict[str, str], gok: str, sleutel: str, hoeveel: int, anders: list[str]) -> str:
    """Return the code that is chosen from a list with names, or typed: where there is no list, or very many fields."""
    if not codes or hoeveel > _MEESTE_LIJSTEN:
        return st.text_input(titel, value=gok, placeholder=_KIES, key=sleutel).strip()
    keuzes = ["", *anders, *codes]

    def show(code: str) -> str:
        naam = codes.get(code)
        if naam == code:
            return code
        return f"{leesbaar(code) if naam == code.replace('_', ' ') else naam} ({code})" if naam else code or _KIES

    gekozen = st.selectbox(
        titel, keuzes, index=keuzes.index(gok) if gok in keuzes else 0, format_func=show, key=sleutel
    )
    return gekozen or ""


def _mapping(
    koprij: int | None, gekozen: dict[str, str | None], waarden: dict[str, dict[str, str]], vast: dict[str, str]
) -> dict[str, Any]:
    """Return the choices in the way of kolommen.yml."""
    kolommen = {hun: onze for hun, onze in gekozen.items() if onze not in (None, _NIET)}
    delen: dict[str, Any] = {
        "koprij": str(koprij) if koprij else None,
        "kolommen": kolommen,
        "waarden": {kolom: deel for kolom, deel in waarden.items() if kolom in kolommen.values()},
        "vast": {naam: waarde for naam, waarde in vast.items() if naam not in kolommen.values()},
        "weglaten": [hun for hun, onze in gekozen.items() if onze == _NIET],
    }
    return {sleutel: deel for sleutel, deel in delen.items() if deel}


def _plain(tekst: str) -> str:
    r"""Return a text that Streamlit shows as it is: a label of a field is markdown, and a supplier's name is none."""
    # No more than that: a screen reader says every backslash. In the middle of a line the other signs mean nothing.
    veilig = "".join(f"\\{teken}" if teken in r"\`*_{}[]<>|~$:^=@&" else teken for teken in tekst)
    return re.sub(r"(?i)(www)\.", r"\1\.", veilig)
