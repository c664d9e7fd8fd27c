"""What a reader takes along: every table as CSV and XLSX, every chart as PNG and SVG; made when asked for."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import pyarrow as pa
import streamlit as st

from app.beeld import namen, plaatje, werkblad
from app.beeld.charts import Spec
from app.beeld.plaatje import Plaatje
from app.beeld.stijl import Thema
from app.beeld.tekening import pixels
from app.beeld.tekening.vakken import Tekening
from app.lezen import data
from app.raam.meenemen.later import later
from app.taal.opmaak import csv_bestand, csv_programma, hoofdletter

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Download:
    """A table to take along: the name of its file, its columns, and its rows, made when the reader asks for them.

    `bron` names the sources where no column does. Codes have their names beside them.
    """

    bestand: str
    kolommen: Sequence[str]
    rijen: Callable[[], Iterable[Sequence[object]]]
    bron: str = ""


def table_buttons(titel: str, mee: Download) -> None:
    """Offer the rows of a table as CSV, as XLSX and as CSV for a program, with the same figures in each."""

    def _table() -> tuple[list[str], list[list[object]]]:
        return namen.filled(*namen.with_names(*namen.on_page(mee.kolommen, mee.rijen()), _names()))

    def _workbook() -> bytes:
        return werkblad.workbook(werkblad.Blad(hoofdletter(titel), _publication(), mee.bron), *_table())

    with st.container(horizontal=True, gap="small"):
        _button("CSV", mee.bestand, "text/csv", lambda: csv_bestand(*_table()))
        _button("XLSX", mee.bestand, _XLSX, _workbook)
        uitleg = "Komma's tussen de velden en een punt in getallen; de gewone CSV opent in een Nederlandse Excel."
        _button(
            "CSV voor een programma", f"{mee.bestand}_programma", "text/csv", lambda: csv_programma(*_table()), uitleg
        )


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
    """Offer a picture of boxes as an image; it is placed when the reader asks for it, once for both kinds."""
    geplaatst = functools.cache(lambda: pixels.place(teken()))
    picture_buttons(beeld, lambda thema: pixels.spec(thema, geplaatst().hoogte), lambda: geplaatst().rijen, alt)


def _names() -> dict[str, dict[str, str]]:
    """Return the name of every code, per column of codes."""
    merk = data.kenmerk()
    return {
        "indicator_id": {code: indicator.titel for code, indicator in data.indicatoren(merk).items()},
        "regio_code": {code: regio.naam for code, regio in data.regios(merk).items()},
        "branche_code": {code: branche.naam for code, branche in data.branches(merk).items()},
    }


def _publication() -> str:
    return data.publicatie(data.kenmerk()).tekst


def _button(soort: str, bestand: str, mime: str, maak: Callable[[], bytes], uitleg: str | None = None) -> None:
    achter = soort.split()[0].lower()
    # A name may hold a schooljaar or what a supplier called a thing.
    naam = re.sub(r"[^\w-]+", "-", bestand).strip("-")
    gegevens = data.publicatie(data.kenmerk())
    if gegevens.is_concept:
        naam = f"{naam}_concept-{gegevens.publicatie_id}"
    elif gegevens.nu:
        # A table of figures does not say of itself of when they are.
        naam = f"{naam}_zoals-bekend-{gegevens.publicatie_id}"
    # A CSV has no place to say how it is cited.
    hulp = " ".join(filter(None, (uitleg, f"Noem bij gebruik: {_publication()}.")))
    st.download_button(f"Download als {soort}", data=later(maak), file_name=f"{naam}.{achter}",
                       mime=mime, on_click="ignore", key=f"{achter}_{bestand}", help=hulp)  # fmt: skip
