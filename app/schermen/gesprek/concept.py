"""What a reader typed and did not save: the script keeps it in the reader's own tab, under the name of its fields.

Nothing of it goes to the server, into a log or into an address before the reader saves it.
"""

from __future__ import annotations

import uuid
from contextlib import AbstractContextManager

import streamlit as st

from app.beeld.markup import tag
from app.commissie.model import Onderwerp
from app.raam.vakken import onderdelen

_BEWAARD = "concept_bewaard"
# What does not exist yet has a key that nobody can know again after a reload.
_NIEUW = ("afspraak", "reactie")


def box(naam: str, basis: int = 0) -> AbstractContextManager[object]:
    """Return a container whose fields the script keeps; `basis` is the version that the reader began with."""
    return st.container(key=f"rm-concept-{naam}--{basis}")


def name(onderwerp: Onderwerp, *, is_nieuw: bool) -> str:
    """Return by what the fields of a subject are known in every visit of this tab."""
    sleutel = "nieuw" if is_nieuw and onderwerp.soort in _NIEUW else onderwerp.sleutel.replace("/", "_")
    return "-".join((onderwerp.soort, onderwerp.regio_code, str(onderwerp.jaar), sleutel))


def saved(naam: str) -> None:
    """Remember that what stood in these fields is saved; the next run tells the script."""
    st.session_state.setdefault(_BEWAARD, []).append(naam)


def tell_saved() -> None:
    """Tell the script which texts it need not keep any more; each time in words that stood nowhere before."""
    namen = st.session_state.pop(_BEWAARD, [])
    if namen:
        onderdelen.show(tag("div", data_bewaard=" ".join(namen), data_keer=uuid.uuid4().hex, hidden=""))


def show_typed(regio_code: str, jaar: int) -> None:
    """Leave room in which the script shows what was typed about a talk while its fields are away."""
    onderdelen.show(tag("div", klasse="rm-concepten", data_concepten=f"{regio_code}-{jaar}"))
