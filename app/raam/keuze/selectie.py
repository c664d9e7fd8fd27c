"""The reader's selection, kept in the URL so that a link shows what its sender saw.

A value in the URL that does not exist (any more) falls back to the usual one, with a message; the value
itself is never shown, so nothing from a link can get into the page.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from app.beeld.fragmenten import Verwijzer
from app.lezen import data
from app.lezen.onderwerp import voorbeeld
from app.lezen.publicatie import gekozen
from app.logboek.regel import Daad
from app.raam.keuze.landelijk import none_per_region
from app.raam.wie import lezer, vastleggen
from app.rollen.rechten import Recht
from pipelines.afspraken.warehouse.bewaard import kept, withdrawn
from pipelines.afspraken.warehouse.concept import concepts, is_concept

# What may no longer fit when the first one changes; a value that does fit is kept.
_AFHANKELIJK = {
    "indicator": ("niveau", "categorie", "uitsplitsing", "branche", "periode", "regio", "vergelijk"),
    "niveau": ("categorie", "uitsplitsing", "branche", "periode", "regio", "vergelijk"),
    "uitsplitsing": ("categorie", "branche", "periode", "vergelijk"),
    "categorie": ("branche", "periode", "vergelijk"),
    "branche": ("periode", "vergelijk"),
    "groep": ("regio",),
    "voorbeeld": ("indicator", "niveau", "categorie", "uitsplitsing", "branche", "periode", "regio"),
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
    "voorbeeld": "de voorbeeldmodus",
    "knoppen": "de stand van de knoppen",
    "knoppen_b": "de tweede stand van de knoppen",
    "van": "de oudere publicatie",
    "naar": "de nieuwere publicatie",
    "uitkomst": "de uitkomst",
    "groepering": "de levering of de bron",
    "bladzijde": "de bladzijde",
    "gespreksjaar": "het jaar van het gesprek",
    "toen": "de publicatie van toen",
    "publicatie": "de publicatie",
    "vergelijk": "de kaart ernaast",
    "volgorde": "de volgorde",
    "soort": "de soort verhaal",
    "actielijn": "de actielijn",
    "verhaalregio": "de regio van het verhaal",
    "stem": "wie het verhaal vertelt",
}
# What is said when a page does not have what was chosen elsewhere.
_GEKOZEN = {"indicator": "Het gekozen cijfer", "periode": "De gekozen periode", "branche": "De gekozen branche"}
_WEGGEVALLEN = "weggevallen"
_VERVANGEN = "vervangen"
# In which list the reader chose something: for this run, and said before it begins.
_ZELF, _NET = "zelf_gekozen", "net_gekozen"


@dataclass(frozen=True)
class Veld:
    """One part of the selection as a page offers it: what there is to choose, and what is chosen now."""

    naam: str
    label: str
    opties: Sequence[str]
    standaard: str
    waarde: str
    tekst: Callable[[str], str]
    soort: str = "lijst"
    uitleg: str | None = None

    @property
    def is_te_kiezen(self) -> bool:
        """Whether there is anything to choose; one option needs no widget."""
        return len(self.opties) > 1

    @property
    def is_anders(self) -> bool:
        """Whether something else than usual is chosen."""
        return self.waarde != self.standaard

    def explained(self, uitleg: str) -> Veld:
        """Return the same field with a text of help beside its widget."""
        return replace(self, uitleg=uitleg)

    def choose(self) -> str:
        """Show the widget and return what is chosen."""
        self.show()
        return self.waarde

    def show(self) -> None:
        """Show the widget, where there is anything to choose."""
        if not self.is_te_kiezen:
            return
        sleutel = f"kies_{self.naam}"
        # What the browser is told, with all the options, it builds anew: not what the reader chose in it just now.
        if (self.naam, self.waarde) != (st.session_state.get(_ZELF), st.session_state.get(sleutel)):
            st.session_state[sleutel] = self.waarde
        gelijk: dict[str, Any] = {
            "format_func": self.tekst, "key": sleutel, "help": self.uitleg,
            "on_change": _from_widget, "args": (self.naam,),
        }  # fmt: skip
        if self.soort == "knoppen":
            st.segmented_control(self.label, self.opties, required=True, wrap=True, **gelijk)
        else:
            st.selectbox(self.label, self.opties, placeholder="Kies", **gelijk)


def _memory() -> dict[str, str]:
    """Return what was chosen so far; what was chosen last stands last."""
    return st.session_state.setdefault("selectie", {})  # type: ignore[no-any-return]


def remember(naam: str, waarde: str) -> None:
    """Keep a value for this page and the next ones; it becomes the latest choice when it is another than before."""
    geheugen = _memory()
    if geheugen.get(naam) != waarde:
        geheugen.pop(naam, None)
        geheugen[naam] = waarde


def choices(namen: Iterable[str]) -> list[tuple[str, str]]:
    """Return what was chosen for these, the latest choice first."""
    gezocht = set(namen)
    return [(naam, waarde) for naam, waarde in reversed(_memory().items()) if naam in gezocht]


def start_run() -> None:
    """Forget the messages of the previous run, and in which list the reader chose something before that."""
    st.session_state[_WEGGEVALLEN] = []
    st.session_state[_VERVANGEN] = []
    st.session_state[_ZELF] = st.session_state.pop(_NET, None)


def say_instead(zin: str) -> None:
    """Tell the reader what is shown instead of what was chosen."""
    st.session_state[_VERVANGEN].append(zin)


def resolve(naam: str, opties: Container[str], standaard: str) -> str:
    """Return the selected value: from the URL, else as selected before, else the usual one.

    The URL is brought in line where it says something else, so that it can be passed on.
    """
    geheugen = _memory()
    uit_url = st.query_params.get(naam)
    waarde = uit_url if uit_url in opties else geheugen.get(naam, standaard)
    if waarde is None or waarde not in opties:
        waarde = standaard
    if uit_url is not None and uit_url not in opties and not (naam == "indicator" and _title_of(uit_url)):
        st.session_state[_WEGGEVALLEN].append(_NAAM[naam])
    if uit_url != waarde and (uit_url is not None or waarde != standaard):
        st.query_params[naam] = waarde
    if waarde != standaard:
        remember(naam, waarde)
    return waarde


def set_value(naam: str, waarde: str) -> None:
    """Select a value; what depends on it leaves the URL and comes back where it still fits."""
    geheugen = _memory()
    for afhankelijk in _AFHANKELIJK.get(naam, ()):
        oud = st.query_params.get(afhankelijk)
        if oud is not None:
            # What was only written down as the usual one is not a choice of the reader.
            if afhankelijk in geheugen:
                remember(afhankelijk, oud)
            del st.query_params[afhankelijk]
    geheugen.pop(naam, None)
    geheugen[naam] = waarde
    st.query_params[naam] = waarde


def write_down(naam: str, waarde: str) -> None:
    """Put the usual value in the URL, so that who comes back or opens the link sees the same; it is no choice."""
    if naam not in st.query_params:
        st.query_params[naam] = waarde


def keep(naam: str, waarde: str) -> None:
    """Keep a value in the URL and in memory even where it is the usual one."""
    remember(naam, waarde)
    if st.query_params.get(naam) != waarde:
        st.query_params[naam] = waarde


def clear_value(naam: str) -> None:
    """Take a part of the selection out of the URL and out of memory."""
    _memory().pop(naam, None)
    if naam in st.query_params:
        del st.query_params[naam]


def _from_widget(naam: str) -> None:
    waarde = st.session_state.get(f"kies_{naam}")
    st.session_state[_NET] = naam
    if waarde is not None:
        set_value(naam, str(waarde))


def field(
    naam: str, label: str, opties: Sequence[str], standaard: str, tekst: Callable[[str], str], *, soort: str = "lijst"
) -> Veld:
    """Return one part of the selection with its value; what was chosen elsewhere and is not here is said."""
    uit_url = st.query_params.get(naam)
    eerder = _memory().get(naam, "") if uit_url is None else uit_url
    waarde = resolve(naam, opties, standaard)
    if naam == "indicator" and eerder not in opties and (titel := _title_of(eerder)):
        landelijk = none_per_region(data.kenmerk(), eerder, met_voorbeeld())
        say_instead(f"{landelijk or f'{titel} is er hier niet.'} U ziet nu: {tekst(waarde)}.")
    elif naam in _GEKOZEN and uit_url is None and eerder and eerder not in opties:
        say_instead(f"{_GEKOZEN[naam]} is er hier niet. U ziet nu: {tekst(waarde)}.")
    return Veld(naam, label, opties, standaard, waarde, tekst, soort)


def _title_of(indicator_id: str) -> str:
    """Return what a figure of the publication is called; empty where it has no such figure."""
    indicator = data.indicatoren(data.kenmerk()).get(indicator_id)
    return indicator.titel if indicator else ""


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


def met_voorbeeld() -> bool:
    """Return whether the reader is in voorbeeldmodus; where there is nothing made up to see there is no such thing."""
    merk = data.kenmerk()
    oud = st.query_params.get("alleen_echt")
    if oud is not None:
        del st.query_params["alleen_echt"]
        if oud == "ja":
            set_value("voorbeeld", "0")
    aan = resolve("voorbeeld", ("0", "1"), _usual()) == "1" and voorbeeld.is_there(merk)
    if aan:
        keep("voorbeeld", "1")
    return aan


def choose_publication() -> None:
    """Let what follows read the earlier publication that the link or a choice before names; else that of now.

    Of one that was withdrawn or is damaged it is said.
    """
    gekozen.choose("")
    gevraagd = st.query_params.get("publicatie") or _memory().get("publicatie", "")
    if not gevraagd:
        return
    warehouse = data.pad().parent
    if bericht := withdrawn(warehouse).get(gevraagd):
        say_instead(f"{gevraagd}: {bericht} U ziet de publicatie van nu.")
        clear_value("publicatie")
        return
    is_nu = gevraagd == data.publicatie(data.kenmerk()).publicatie_id
    mag_concept = lezer.may(Recht.CONCEPT)
    klaar = concepts(warehouse) if mag_concept else {}
    waarde = "" if is_nu else resolve("publicatie", {"", *kept(warehouse), *klaar}, "")
    if not waarde:
        clear_value("publicatie")
        return
    gekozen.choose(waarde, mag_concept=mag_concept)
    pad = gekozen.chosen_file(warehouse)
    if pad is None:
        say_instead("De gevraagde publicatie is beschadigd. U ziet de publicatie van nu.")
        leave_earlier()
    elif is_concept(pad) and (waarom := vastleggen.why_unread(waarde, Daad.CONCEPT_GEZIEN)):
        say_instead(f"{waarom} U ziet de publicatie van nu.")
        leave_earlier()


def leave_earlier() -> None:
    """Go back to the publication of now; what was chosen stays where it still fits."""
    gekozen.choose("")
    clear_value("publicatie")


def _usual() -> str:
    return "1" if voorbeeld.is_usual(data.kenmerk()) else "0"


def leave_examples() -> None:
    """Leave voorbeeldmodus; what was chosen stays where it still fits."""
    set_value("voorbeeld", "0")


def with_examples(indicatoren: Sequence[str] = ()) -> str:
    """Return the address of this same page in voorbeeldmodus; empty where there is nothing made up to see.

    Where the address asks for one figure and examples are wanted of others, it asks for the first of those.
    """
    if met_voorbeeld() or not voorbeeld.is_there(data.kenmerk()):
        return ""
    keuze = st.query_params.to_dict()
    if indicatoren and keuze.get("indicator", indicatoren[0]) not in indicatoren:
        keuze["indicator"] = indicatoren[0]
    return f"?{urlencode({**keuze, 'voorbeeld': '1'})}"


def messages() -> list[str]:
    """Return what of the link or of an earlier choice could not be followed; unknown parts of a link are ignored."""
    weg = list(dict.fromkeys(st.session_state.get(_WEGGEVALLEN, [])))
    zinnen = [f"De link noemt voor {naam} iets dat hier niet bestaat. U ziet de gewone keuze." for naam in weg]
    return [*zinnen, *dict.fromkeys(st.session_state.get(_VERVANGEN, []))]


def wijzer() -> Verwijzer:
    """Return where links within the app lead; voorbeeldmodus goes along, or that the reader left it."""
    stand = "1" if met_voorbeeld() else "0"
    return Verwijzer("" if stand == _usual() == "0" else stand, _memory().get("publicatie", ""))
