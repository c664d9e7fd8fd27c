"""What a reader takes along: every table as CSV and XLSX, every chart as PNG and SVG; made when asked for."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import streamlit as st

from app.beeld import plaatje
from app.beeld.charts import Spec
from app.beeld.later import pa
from app.beeld.plaatje import Plaatje
from app.beeld.stijl import Thema
from app.beeld.tabel import namen, werkblad
from app.beeld.tekening import pixels
from app.beeld.tekening.vakken import Tekening
from app.lezen import data
from app.raam.meenemen.later import Vooraf, later
from app.taal.opmaak import csv_bestand, csv_programma, hoofdletter

NIET_VERSPREIDEN, STAND = "concept, niet verspreiden", "vrijgave"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Download:
    """A table to take along: the name of its file, its columns, and its rows, made when the reader asks for them.

    `bron` names the sources where no column does. Codes have their names beside them. `vooraf`: the figures of one area
    before their release. `vak` is what its buttons are called on the page, where the file is called by what is chosen:
    with the same name the browser keeps them at another choice.
    """

    bestand: str
    kolommen: Sequence[str]
    rijen: Callable[[], Iterable[Sequence[object]]]
    bron: str = ""
    vooraf: Vooraf | None = None
    vak: str = ""
    # The table as the page has it, where its form is another; the first sheet of the XLSX.
    scherm: tuple[Sequence[str], Sequence[Sequence[object]]] | None = None


def table_buttons(titel: str, mee: Download) -> None:
    """Offer the rows of a table as CSV, as XLSX and as CSV for a program, with the same figures in each."""

    def _table() -> tuple[list[str], list[list[object]]]:
        kolommen, rijen = namen.filled(*namen.with_names(*namen.on_page(mee.kolommen, mee.rijen()), _names()))
        if stand := _reserve(mee.vooraf):
            # In every row: a row is copied, and the name of a file is changed.
            return [*kolommen, STAND], [[*rij, stand] for rij in rijen]
        return kolommen, rijen

    def _workbook() -> bytes:
        publicatie = _reserve(mee.vooraf, met_naam=True) or _publication()
        blad = werkblad.Blad(hoofdletter(titel), publicatie, mee.bron, _with_reserve(mee))
        return werkblad.workbook(blad, *_table())

    uitleg = "Komma's tussen de velden en een punt in getallen; de gewone CSV opent in een Nederlandse Excel."
    programma = f"{mee.bestand}_programma"
    with st.container(horizontal=True, gap="small"):
        for soort, bestand, mime, maak, hulp in (
            ("CSV", mee.bestand, "text/csv", lambda: csv_bestand(*_table()), ""),
            ("XLSX", mee.bestand, _XLSX, _workbook, ""),
            ("CSV voor een programma", programma, "text/csv", lambda: csv_programma(*_table()), uitleg),
        ):
            vak = bestand.replace(mee.bestand, mee.vak or mee.bestand, 1)
            _button(soort, bestand, mime, Maker(maak, mee.vooraf, vak), hulp)


def picture_buttons(
    beeld: Plaatje,
    maak_spec: Callable[[Thema], Spec],
    rijen: pa.Table | Callable[[], pa.Table],
    alt: str,
    vak: str = "",
) -> None:
    """Offer a chart as PNG and as SVG, on white whatever the theme; the buttons come when the reader asks for them.

    With `vak`, the name of the chart on the page, the browser keeps what it has at another choice.
    """

    def _svg() -> bytes:
        tabel = rijen() if callable(rijen) else rijen
        return plaatje.svg(beeld, maak_spec("light"), tabel, _publication(), alt)

    keuze = st.popover("Afbeelding", type="tertiary", icon=":material/download:", on_change="rerun",
                       key=f"beeld_{vak or beeld.bestand}")  # fmt: skip
    if keuze.open:
        with keuze, st.container(horizontal=True, gap="small"):
            _button("PNG", beeld.bestand, "image/png", Maker(lambda: plaatje.png(_svg())))
            _button("SVG", beeld.bestand, "image/svg+xml", Maker(_svg))


def drawing_buttons(beeld: Plaatje, teken: Callable[[], Tekening], alt: str, vak: str = "") -> None:
    """Offer a picture of boxes as an image; it is placed when the reader asks for it, once for both kinds."""
    geplaatst = functools.cache(lambda: pixels.place(teken()))
    picture_buttons(beeld, lambda thema: pixels.spec(thema, geplaatst().hoogte), lambda: geplaatst().rijen, alt, vak)


def whole_button() -> None:
    """Offer the publication that is read, all of it in one file to open with DuckDB; made at the click."""

    def _whole() -> bytes:
        # Few readers ask for it, and a server that begins need not read it in.
        from app.uitgave.database import public_copy

        return public_copy(data.kenmerk(), voorbeeld=False).pad.read_bytes()

    _button("DuckDB", "regiomonitor", "application/vnd.duckdb", Maker(_whole))


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


def _reserve(vooraf: Vooraf | None, *, met_naam: bool = False) -> str:
    """Return what holds for figures that are not released; empty where they are."""
    if vooraf is None:
        return "concept, niet vrijgegeven" if data.publicatie(data.kenmerk()).is_concept and not met_naam else ""
    return NIET_VERSPREIDEN + f": eigen cijfers van {vooraf.code} uit {vooraf.publicatie_id}" * met_naam


def _with_reserve(mee: Download) -> tuple[Sequence[str], Sequence[Sequence[object]]] | None:
    """Return the table as the page has it, with what holds for figures that are not released in every row."""
    stand = _reserve(mee.vooraf)
    if mee.scherm is None or not stand:
        return mee.scherm
    return [*mee.scherm[0], STAND], [[*rij, stand] for rij in mee.scherm[1]]


@dataclass(frozen=True)
class Maker:
    """What makes a file at the click, whether that is what one area sees before release, and its name on the page."""

    maak: Callable[[], bytes]
    vooraf: Vooraf | None = None
    vak: str = ""


def _button(soort: str, bestand: str, mime: str, maker: Maker, uitleg: str = "") -> None:
    achter = soort.split()[0].lower()
    # A name may hold a schooljaar or what a supplier called a thing.
    naam = re.sub(r"[^\w-]+", "-", bestand).strip("-")
    gegevens = data.publicatie(data.kenmerk())
    if maker.vooraf:
        naam = f"{naam}_concept-{maker.vooraf.publicatie_id}"
    elif gegevens.is_concept:
        naam = f"{naam}_concept-{gegevens.publicatie_id}"
    elif gegevens.nu:
        # A table of figures does not say of itself of when they are.
        naam = f"{naam}_zoals-bekend-{gegevens.publicatie_id}"
    # A CSV has no place to say how it is cited.
    citaat = f"{hoofdletter(NIET_VERSPREIDEN)}." if maker.vooraf else f"Noem bij gebruik: {_publication()}."
    hulp = " ".join(filter(None, (uitleg, citaat)))
    st.download_button(f"Download als {soort}", data=later(maker.maak, maker.vooraf), file_name=f"{naam}.{achter}",
                       mime=mime, on_click="ignore", key=f"{achter}_{maker.vak or bestand}", help=hulp)  # fmt: skip
