"""A template to fill in: a workbook per table with lists, notes and a worked example."""

from __future__ import annotations

import base64
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from app.raam import loket

if TYPE_CHECKING:
    from pipelines.afspraken.contract import Bron

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(bron: Bron) -> None:
    """Offer the template of every table of this source; each is made when the reader asks for it."""
    with st.popover("Sjabloon om in te vullen", icon=":material/table:"):
        st.text("Een Excel-bestand met keuzelijsten, uitleg per kolom en een voorbeeld.")
        for tabel in bron.tabellen.values():
            st.download_button(
                tabel.naam.replace("_", " ").capitalize(), partial(_workbook, bron.naam, tabel.naam),
                file_name=f"{tabel.naam}.xlsx", mime=_XLSX, key=f"lever_sjabloon_{bron.naam}_{tabel.naam}",
                on_click="ignore", help=tabel.rij,
            )  # fmt: skip


def _workbook(bron: str, tabel: str) -> bytes:
    """Return the workbook; where it could not be made, the download fails and is no empty file."""
    return base64.b64decode(loket.ask("sjabloon", bron=bron, tabel=tabel)["xlsx"])
