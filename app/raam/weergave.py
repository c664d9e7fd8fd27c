"""How the reader's browser shows the page."""

from __future__ import annotations

import streamlit as st

from app.beeld.stijl import Thema


def theme() -> Thema:
    """Return the theme that the reader sees."""
    return "dark" if st.context.theme.type == "dark" else "light"
