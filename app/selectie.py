"""The reader's selection, kept in the URL so that a link shows what its sender saw.

A value in the URL that does not exist (any more) falls back to the usual one, with a message; the value
itself is never shown, so nothing from a link can get into the page.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence

import streamlit as st

# What may no longer fit when the first one changes; a value that does fit is kept.
_AFHANKELIJK = {
    "indicator": ("niveau", "categorie", "uitsplitsing", "branche", "periode", "regio", "vergelijk"),
    "niveau": ("categorie", "uitsplitsing", "branche", "periode", "regio", "vergelijk"),
    "uitsplitsing": ("categorie", "branche", "periode", "vergelijk"),
    "categorie": ("branche", "periode", "vergelijk"),
    "branche": ("periode", "vergelijk"),
    "alleen_echt": ("indicator", "niveau", "categorie", "uitsplitsing", "branche", "periode", "regio"),
}
_BEKEND = frozenset(_AFHANKELIJK) | {
    "periode",
    "regio",
    "onderdeel",
    "vorm",
    "groep",
    "pijler",
    "schatting",
    "knoppen",
    "knoppen_b",
    "van",
    "naar",
    "levering",
    "gespreksjaar",
    "kader",
    "toen",
    "vergelijk",
    "zoek",
    "soort",
    "actielijn",
    "verhaalregio",
    "stem",
}
_NAAM = {
    "indicator": "de indicator",
    "niveau": "de indeling in gebieden",
    "categorie": "het antwoord",
    "uitsplitsing": "de uitsplitsing",
    "branche": "de branche",
    "periode": "de periode",
    "regio": "de regio",
    "onderdeel": "het onderdeel",
    "vorm": "de weergave",
    "groep": "de groep",
    "pijler": "de pijler",
    "schatting": "de manier van tellen",
    "alleen_echt": "de keuze voor echte cijfers",
    "knoppen": "de stand van de knoppen",
    "knoppen_b": "de tweede stand van de knoppen",
    "van": "de oudere publicatie",
    "naar": "de nieuwere publicatie",
    "levering": "de levering",
    "gespreksjaar": "het jaar van het gesprek",
    "kader": "het onderdeel van het referentiekader",
    "toen": "de publicatie van toen",
    "vergelijk": "de kaart ernaast",
    "soort": "de soort verhaal",
    "actielijn": "de actielijn",
    "verhaalregio": "de regio van het verhaal",
    "stem": "wie het verhaal vertelt",
}
_WEGGEVALLEN = "weggevallen"


def _memory() -> dict[str, str]:
    return st.session_state.setdefault("selectie", {})  # type: ignore[no-any-return]


def start_run() -> None:
    """Forget the messages of the previous run."""
    st.session_state[_WEGGEVALLEN] = []


def resolve(naam: str, opties: Container[str], standaard: str) -> str:
    """Return the selected value: from the URL, else as selected before, else the usual one.

    The URL is brought in line where it says something else, so that it can be passed on.
    """
    geheugen = _memory()
    uit_url = st.query_params.get(naam)
    waarde = uit_url if uit_url in opties else geheugen.get(naam, standaard)
    if waarde is None or waarde not in opties:
        waarde = standaard
    if uit_url is not None and uit_url not in opties:
        st.session_state[_WEGGEVALLEN].append(_NAAM[naam])
    if uit_url != waarde and (uit_url is not None or waarde != standaard):
        st.query_params[naam] = waarde
    if waarde != standaard:
        geheugen[naam] = waarde
    return waarde


def set_value(naam: str, waarde: str) -> None:
    """Select a value; what depends on it leaves the URL and comes back where it still fits."""
    geheugen = _memory()
    for afhankelijk in _AFHANKELIJK.get(naam, ()):
        oud = st.query_params.get(afhankelijk)
        if oud is not None:
            geheugen[afhankelijk] = oud
            del st.query_params[afhankelijk]
    geheugen[naam] = waarde
    st.query_params[naam] = waarde


def clear_value(naam: str) -> None:
    """Take a part of the selection out of the URL and out of memory."""
    _memory().pop(naam, None)
    if naam in st.query_params:
        del st.query_params[naam]


def _from_widget(naam: str) -> None:
    waarde = st.session_state.get(f"kies_{naam}")
    if waarde is not None:
        set_value(naam, str(waarde))


def choose(
    naam: str,
    label: str,
    opties: Sequence[str],
    standaard: str,
    tekst: Callable[[str], str],
    *,
    soort: str = "lijst",
    uitleg: str | None = None,
) -> str:
    """Show a widget for one part of the selection and return its value; one option needs no widget."""
    waarde = resolve(naam, opties, standaard)
    if len(opties) < 2:
        return waarde
    sleutel = f"kies_{naam}"
    st.session_state[sleutel] = waarde
    if soort == "knoppen":
        st.segmented_control(
            label,
            opties,
            format_func=tekst,
            key=sleutel,
            help=uitleg,
            required=True,
            wrap=True,
            on_change=_from_widget,
            args=(naam,),
        )
    else:
        st.selectbox(
            label,
            opties,
            format_func=tekst,
            key=sleutel,
            help=uitleg,
            on_change=_from_widget,
            args=(naam,),
            placeholder="Kies",
        )
    return waarde


def typed(naam: str, label: str, *, plaats: str, hoogstens: int = 80) -> str:
    """Show a field for a part of the selection that the reader types, and return it; the URL may say anything here."""
    waarde = (st.query_params.get(naam) or _memory().get(naam, ""))[:hoogstens]
    sleutel = f"kies_{naam}"
    st.session_state[sleutel] = waarde
    if waarde and st.query_params.get(naam) != waarde:
        st.query_params[naam] = waarde

    def _keep() -> None:
        getypt = str(st.session_state[sleutel] or "").strip()
        if getypt:
            set_value(naam, getypt)
        else:
            clear_value(naam)

    st.text_input(label, key=sleutel, max_chars=hoogstens, placeholder=plaats, on_change=_keep)
    return waarde


def only_real() -> bool:
    """Return whether the reader wants real figures only."""
    return resolve("alleen_echt", ("nee", "ja"), "nee") == "ja"


def switch_only_real() -> None:
    """Show the switch for real figures only."""
    sleutel = "kies_alleen_echt_schakelaar"
    st.session_state[sleutel] = only_real()

    def _flip() -> None:
        set_value("alleen_echt", "ja" if st.session_state[sleutel] else "nee")

    st.toggle("Alleen echte cijfers", key=sleutel, on_change=_flip)


def messages() -> list[str]:
    """Return what of the link could not be followed, in words; unknown parts of a link are ignored."""
    weg = list(dict.fromkeys(st.session_state.get(_WEGGEVALLEN, [])))
    return [f"De link noemt voor {naam} iets dat hier niet bestaat. U ziet de gewone keuze." for naam in weg]


def link(**keuze: str) -> dict[str, str]:
    """Return the query parameters for a link within the app; the choice for real figures goes along."""
    if only_real():
        keuze["alleen_echt"] = "ja"
    return {naam: waarde for naam, waarde in keuze.items() if naam in _BEKEND and waarde}
