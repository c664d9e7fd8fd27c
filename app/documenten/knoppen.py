"""The buttons that make a document of a region: only when the reader asks for one."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from app import data, selectie
from app.data import Kenmerk
from app.documenten import maken


def show(merk: Kenmerk, regio_code: str, *, gespreksjaar: int | None = None) -> None:
    """Offer the document of a region, or of the country, in each format.

    What the page leaves out (voorbeelddata), the document leaves out. With the year of a talk the reader may ask for
    what the committee wrote down; the choice holds for that region and year.
    """
    publicatie_id = data.publicatie(merk).publicatie_id
    met_notities = gespreksjaar is not None and st.checkbox(
        "Met scores, notities en afspraken van de commissie (vertrouwelijk)",
        key=f"document_notities_{regio_code}_{gespreksjaar}",
        help="Het document heet dan vertrouwelijk, op de voorkant, op elke bladzijde en in de naam van het bestand.",
    )
    jaar = gespreksjaar if met_notities else None
    alleen_echt = selectie.only_real()
    with st.container(horizontal=True, gap="small"):
        for formaat, mime in maken.MIME.items():
            st.download_button(
                f"Document als {formaat.upper()}",
                data=partial(_make, merk, regio_code, formaat, jaar, alleen_echt),
                file_name=maken.file_name(
                    publicatie_id, regio_code, formaat, alleen_echt=alleen_echt, vertrouwelijk=met_notities
                ),
                mime=mime,
                on_click="ignore",
                icon=":material/download:",
                key=f"document_{regio_code}_{formaat}",
            )


def _make(merk: Kenmerk, regio_code: str, formaat: str, gespreksjaar: int | None, alleen_echt: bool) -> bytes:
    notities = None
    if gespreksjaar is not None:
        from app.documenten.commissie import read

        notities = read(Path(data.pad()).parent, regio_code, gespreksjaar)
    return maken.write(maken.compose(merk, regio_code, alleen_echt=alleen_echt, notities=notities), formaat)
