"""The setting of the knoppen as the reader chose it, kept in the URL: eight percentages in steps of five."""

from __future__ import annotations

from collections.abc import Container, Mapping

import streamlit as st

from app.oordeel.knoppen.knoppen import KNOPPEN
from app.raam.keuze import selectie

STAP = 5
STANDAARD = 50
VAKKEN = ("knoppen", "knoppen_b")
_VOORAF = (25, 50, 100)

Standen = Mapping[str, int]


class _Geldig(Container[str]):
    """All texts that are a setting."""

    def __contains__(self, tekst: object) -> bool:
        return isinstance(tekst, str) and parse(tekst) is not None


def parse(tekst: str) -> dict[str, int] | None:
    """Return the percentages of a setting, or nothing when the text is not one."""
    delen = tekst.split("-")
    if len(delen) != len(KNOPPEN) or not all(d.isascii() and d.isdigit() and len(d) <= 3 for d in delen):
        return None
    standen = dict(zip(KNOPPEN, map(int, delen), strict=True))
    return standen if all(0 <= s <= 100 and s % STAP == 0 for s in standen.values()) else None


def as_text(standen: Standen) -> str:
    """Return a setting as it stands in the URL."""
    return "-".join(str(standen[knop]) for knop in KNOPPEN)


def everything_at(stand: int) -> dict[str, int]:
    """Return the setting with every knop at one percentage."""
    return dict.fromkeys(KNOPPEN, stand)


def current(vak: str) -> dict[str, int]:
    """Return the setting from the URL, else as it was before, else the usual one."""
    tekst = selectie.resolve(vak, _Geldig(), as_text(everything_at(STANDAARD)))
    if vak == VAKKEN[1]:
        # That it is there says something, so it is kept even where it is the usual setting.
        selectie.keep(vak, tekst)
    return parse(tekst) or everything_at(STANDAARD)


def is_comparing() -> bool:
    """Whether there is a second setting: in the URL, or from before another page was visited."""
    return VAKKEN[1] in st.query_params or bool(selectie.choices(VAKKEN[1:]))


def switch_comparing() -> None:
    """Show the switch for a second setting; it begins with every knop at 100%."""
    sleutel = "kies_vergelijk_knoppen"
    st.session_state[sleutel] = is_comparing()

    def _flip() -> None:
        if st.session_state[sleutel]:
            selectie.set_value(VAKKEN[1], as_text(everything_at(100)))
        else:
            selectie.clear_value(VAKKEN[1])

    st.toggle("Vergelijk twee standen", key=sleutel, on_change=_flip)


def choose(vak: str, titel: str) -> dict[str, int]:
    """Show the eight sliders of one setting and return it."""
    standen = current(vak)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"rm-{vak}"):
        st.markdown(f"**{titel}**", width="content")
        for stand in _VOORAF:
            st.button(f"Alles op {stand}%", key=f"{vak}_{stand}", on_click=_set_all, args=(vak, stand), type="tertiary")
    for begin in range(0, len(KNOPPEN), 2):
        for kolom, knop in zip(st.columns(2, gap="medium"), list(KNOPPEN)[begin : begin + 2], strict=True):
            sleutel = f"{vak}_{knop}"
            st.session_state[sleutel] = standen[knop]
            kolom.slider(
                KNOPPEN[knop].naam,
                min_value=0,
                max_value=100,
                step=STAP,
                format="%d%%",
                key=sleutel,
                on_change=_from_sliders,
                args=(vak,),
                help=f"Bij 100%: {KNOPPEN[knop].uitleg}.",
            )
    return standen


def _set_all(vak: str, stand: int) -> None:
    selectie.set_value(vak, as_text(everything_at(stand)))


def _from_sliders(vak: str) -> None:
    selectie.set_value(vak, as_text({knop: int(st.session_state[f"{vak}_{knop}"]) for knop in KNOPPEN}))
