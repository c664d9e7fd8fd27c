"""A choice of several, kept in the URL as one value with commas between the codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from app.raam.keuze import selectie


def choose(
    naam: str, label: str, opties: Sequence[str], tekst: Callable[[str], str], *, hoogstens: int, uitleg: str
) -> tuple[str, ...]:
    """Show the field and return what is chosen, in the order of choosing; what is not among the options is left out."""
    delen = filter(None, st.query_params.get(naam, "").split(","))
    gevraagd = dict.fromkeys(deel if deel in opties else _decoded(deel) for deel in delen)
    gekozen = [code for code in gevraagd if code in opties][:hoogstens]
    if len(gekozen) < len(gevraagd):
        selectie.say_instead("Niet alles wat u koos, is er hier. U ziet wat er wel is.")
        _write(naam, gekozen)
    sleutel = f"kies_{naam}"
    st.session_state[sleutel] = gekozen
    st.multiselect(
        label,
        opties,
        format_func=tekst,
        key=sleutel,
        help=uitleg,
        max_selections=hoogstens,
        placeholder="Kies",
        select_all=False,
        on_change=lambda: _write(naam, st.session_state[sleutel]),
    )
    return tuple(gekozen)


def _encoded(code: str) -> str:
    """Write a code without the comma that stands between two: a course may have one in its name."""
    return code.replace("%", "%25").replace(",", "%2C")


def _decoded(deel: str) -> str:
    return deel.replace("%2C", ",").replace("%25", "%")


def _write(naam: str, waarden: Sequence[str]) -> None:
    if waarden:
        st.query_params[naam] = ",".join(map(_encoded, waarden))
    elif naam in st.query_params:
        del st.query_params[naam]
