"""A session keeps nothing of widgets that are gone."""

from __future__ import annotations

from scherm import open_screen

_KEREN = 12

_VRAAG = """
import streamlit as st
keer = st.session_state.setdefault("keer", 0)
st.session_state["keer"] = keer + 1
st.text_input(f"Vraag {keer}")
st.selectbox(f"Regio {keer}", ["Twente", "Zeeland"], key="regio")
"""
_KEUZE = """
import streamlit as st
st.write(st.selectbox("Regio", ["Twente", "Zeeland"], key="regio"))
"""
_RUIM_OP = """
from app.raam.vergeten import forget_gone_widgets
forget_gone_widgets()
"""


def _known_after(ruim_op: bool) -> int:
    app = open_screen(_RUIM_OP + _VRAAG if ruim_op else _VRAAG)
    for _ in range(_KEREN - 1):
        app.run()
    return len(app.session_state._state._state._new_widget_state.widget_metadata)


def test_after_twelve_runs_only_the_widgets_of_the_last_two_are_known() -> None:
    # The one with a name stays the same; of the other, that of the run before is let go of when the next begins.
    assert _known_after(ruim_op=True) == 3


def test_by_itself_streamlit_keeps_them_all() -> None:
    """Where this fails, Streamlit does it by itself, and `forget_gone_widgets` can go."""
    assert _known_after(ruim_op=False) == _KEREN + 1


def test_a_choice_stays_where_its_widget_stays() -> None:
    app = open_screen(_RUIM_OP + _KEUZE)
    app.selectbox[0].select("Zeeland").run()
    app.run()

    assert app.markdown[0].value == "Zeeland"
