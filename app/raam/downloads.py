"""What a reader takes along: every table as CSV and XLSX, every chart as PNG and SVG; made when asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import pyarrow as pa
import streamlit as st

from app.beeld import plaatje, tekening, werkblad
from app.beeld.charts import Spec
from app.beeld.plaatje import Plaatje
from app.beeld.stijl import Thema
from app.beeld.tekening import Tekening
from app.lezen import data
from app.taal.opmaak import csv_bestand, hoofdletter, publicatie_tekst

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_buttons(
    bestand: str,
    titel: str,
    kolommen: Sequence[str],
    rijen: Callable[[], Iterable[Sequence[object]]],
    *,
    bron: str = "",
) -> None:
    """Offer the rows of a table as CSV and as XLSX, with the same figures in both.

    `bron` names the sources where no column does.
    """

    def _workbook() -> bytes:
        return werkblad.workbook(werkblad.Blad(hoofdletter(titel), _publication(), bron), kolommen, rijen())

    with st.container(horizontal=True, gap="small"):
        _button("CSV", bestand, "text/csv", lambda: csv_bestand(kolommen, rijen()))
        _button("XLSX", bestand, _XLSX, _workbook)


def picture_buttons(
    beeld: Plaatje, maak_spec: Callable[[Thema], Spec], rijen: pa.Table | Callable[[], pa.Table], alt: str
) -> None:
    """Offer a chart as PNG and as SVG, on white whatever the theme; the buttons come when the reader asks for them."""

    def _svg() -> bytes:
        tabel = rijen() if callable(rijen) else rijen
        return plaatje.svg(beeld, maak_spec("light"), tabel, _publication(), alt)

    keuze = st.popover("Afbeelding", type="tertiary", icon=":material/download:", on_change="rerun",
                       key=f"beeld_{beeld.bestand}")  # fmt: skip
    if keuze.open:
        with keuze, st.container(horizontal=True, gap="small"):
            _button("PNG", beeld.bestand, "image/png", lambda: plaatje.png(_svg()))
            _button("SVG", beeld.bestand, "image/svg+xml", _svg)


def drawing_buttons(beeld: Plaatje, teken: Callable[[], Tekening], alt: str) -> None:
    """Offer what a page draws in HTML as a picture; it is drawn when the reader asks for it."""
    picture_buttons(beeld, lambda thema: tekening.spec(thema, teken().hoogte), lambda: teken().rijen, alt)


def _publication() -> str:
    gegevens = data.publicatie(data.kenmerk())
    return publicatie_tekst(gegevens.publicatie_id, gegevens.gemaakt_op)


def _button(soort: str, bestand: str, mime: str, maak: Callable[[], bytes]) -> None:
    achter = soort.lower()
    # A name may hold a schooljaar or what a supplier called a thing.
    naam = re.sub(r"[^\w-]+", "-", bestand).strip("-")
    st.download_button(f"Download als {soort}", data=maak, file_name=f"{naam}.{achter}", mime=mime,
                       on_click="ignore", key=f"{achter}_{bestand}")  # fmt: skip
