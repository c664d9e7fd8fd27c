"""The buttons that make a document of a region: only when the reader asks for one."""

from __future__ import annotations

from functools import partial

import streamlit as st

from app import data
from app.data import Kenmerk
from app.documenten import maken


def show(merk: Kenmerk, regio_code: str) -> None:
    """Offer the document of a region, or of the country, in each format."""
    publicatie_id = data.publicatie(merk).publicatie_id
    with st.container(horizontal=True, gap="small"):
        for formaat, mime in maken.MIME.items():
            st.download_button(
                f"Document als {formaat.upper()}",
                data=partial(_make, merk, regio_code, formaat),
                file_name=maken.file_name(publicatie_id, regio_code, formaat),
                mime=mime,
                on_click="ignore",
                icon=":material/download:",
                key=f"document_{regio_code}_{formaat}",
            )


def _make(merk: Kenmerk, regio_code: str, formaat: str) -> bytes:
    return maken.write(maken.compose(merk, regio_code), formaat)
