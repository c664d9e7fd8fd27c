"""Whether a figure is the same wherever it stands: read back from a page, CSV, XLSX, chart and picture.

Everything is read from what a reader gets (bytes, rows of a chart), never from what it was made of.
"""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from xml.etree import ElementTree

import openpyxl
import pytest
import streamlit as st
from openpyxl.cell import Cell

from app.beeld import plaatje
from app.beeld.tabel import werkblad
from app.raam.meenemen import downloads
from app.taal import kolommen
from app.taal.cellen import Cijfertekst, Maat
from app.taal.opmaak import csv_bestand, datum

# Of a longer table so many rows, spread over the whole, are read back.
_GENOEG = 60
CIJFER = re.compile(r"(?:€ )?[-−]?\d[\d.]*(?:,\d+)?(?:%| mln)?")


@dataclass
class Tabel:
    """One table that a page offers to take along."""

    bestand: str
    titel: str
    kolommen: tuple[str, ...]
    rijen: list[Sequence[object]]
    bron: str

    @property
    def stap(self) -> int:
        """Of how many rows one is read back from a workbook: each, but of a table with hundreds."""
        return max(1, len(self.rijen) // _GENOEG)

    def figures(self) -> set[str]:
        """Return every figure in the CSV, and every number as the workbook shows it; without points for thousands."""
        teksten = [veld for rij in self.csv for veld in rij.values()]
        teksten += [number_shown(float(v), v.vorm) for rij in self.rijen for v in rij if isinstance(v, Maat)]
        teksten += [v for rij in self.rijen for v in rij if isinstance(v, Cijfertekst)]
        return {f.replace(".", "") for tekst in teksten for f in CIJFER.findall(tekst)}

    def compared(self) -> Iterator[tuple[Sequence[object], dict[str, str], dict[str, Cell]]]:
        """Yield, per row that is read back everywhere, what it was made of, and the same in CSV and workbook."""
        yield from zip(self.rijen[:: self.stap], self.csv[:: self.stap], self.xlsx_rows, strict=True)

    @cached_property
    def csv(self) -> list[dict[str, str]]:
        """Return the rows of the CSV as a reader's program has them."""
        tekst = csv_bestand(self.kolommen, self.rijen).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(tekst), delimiter=";"))

    def xlsx(self) -> openpyxl.Workbook:
        """Return the workbook, opened again."""
        inhoud = werkblad.workbook(werkblad.Blad(self.titel, "P", self.bron), self.kolommen, self.rijen[:: self.stap])
        return openpyxl.load_workbook(io.BytesIO(inhoud))

    @cached_property
    def xlsx_rows(self) -> list[dict[str, Cell]]:
        """Return the cells of the sheet Gegevens by heading."""
        rijen = list(self.xlsx()[werkblad.GEGEVENS].iter_rows(min_row=werkblad.KOPRIJ))
        kolom = {kolommen.heading(naam): naam for naam in self.kolommen}
        koppen = [kolom.get(str(cel.value), str(cel.value)) for cel in rijen[0]]
        return [dict(zip(koppen, rij, strict=True)) for rij in rijen[1:]]


@dataclass
class Beeld:
    """One chart that a page offers as a picture."""

    kader: plaatje.Plaatje
    spec: dict
    rijen: object
    alt: str

    @cached_property
    def tooltips(self) -> list[list[str]]:
        """Return the texts that the chart shows when pointed at, per mark; of a drawing those that stand in it."""
        velden = {t["field"] for t in _tooltips(self.spec)} or {"tekst"}
        regels = [{k: v for k, v in rij.items() if k in velden and v is not None} for rij in self.rijen.to_pylist()]
        return [[str(v) for v in rij.values()] for rij in regels if rij]

    @cached_property
    def svg_text(self) -> list[str]:
        """Return every text that is drawn in the picture."""
        boom = ElementTree.fromstring(plaatje.svg(self.kader, self.spec, self.rijen, "P", self.alt))
        return ["".join(e.itertext()).replace("\xa0", " ") for e in boom.iter("{http://www.w3.org/2000/svg}text")]


def _tooltips(deel: object) -> Iterator[dict]:
    if isinstance(deel, dict):
        tip = deel.get("tooltip")
        yield from tip if isinstance(tip, list) else []
        for kind in deel.values():
            yield from _tooltips(kind)
    elif isinstance(deel, list):
        for kind in deel:
            yield from _tooltips(kind)


@dataclass
class Vangst:
    """What a page offered to take along."""

    tabellen: list[Tabel] = field(default_factory=list)
    beelden: list[Beeld] = field(default_factory=list)


@contextmanager
def catching(monkeypatch: pytest.MonkeyPatch) -> Iterator[Vangst]:
    """Open every fold of the pages that run inside, and catch what they offer to take along."""
    vangst = Vangst()
    expander = st.expander

    def _table(titel: str, mee: downloads.Download) -> None:
        rijen = [tuple(r) for r in mee.rijen()]
        vangst.tabellen.append(Tabel(mee.bestand, titel, tuple(mee.kolommen), rijen, mee.bron))

    def _picture(beeld: plaatje.Plaatje, maak_spec: Callable, rijen: object, alt: str, _vak: str = "") -> None:
        vangst.beelden.append(Beeld(beeld, maak_spec("light"), rijen() if callable(rijen) else rijen, alt))

    def _open(label: str, *, expanded: bool = False, key: str | None = None, **rest: object) -> object:
        # Without its key it has no state of its own, and is open as asked.
        return expander(label, expanded=True, **rest)

    with monkeypatch.context() as m:
        m.setattr(downloads, "table_buttons", _table)
        m.setattr(downloads, "picture_buttons", _picture)
        m.setattr(st, "expander", _open)
        yield vangst


def html_tables(tekst: str) -> dict[str, list[dict[str, str]]]:
    """Return the tables of a page by caption, each row by heading."""
    tabellen = {}
    for stuk in re.findall(r"<table.*?</table>", tekst, re.DOTALL):
        bijschrift = _bare(re.search(r"<caption>(.*?)</caption>", stuk)[1])  # type: ignore[index]
        rijen = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", rij) for rij in re.findall(r"<tr[^>]*>(.*?)</tr>", stuk)]
        koppen = [_bare(kop) for kop in rijen[0]]
        tabellen[bijschrift] = [dict(zip(koppen, map(_bare, rij), strict=True)) for rij in rijen[1:]]
    return tabellen


def _bare(stuk: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", stuk))


def shown(cel: Cell) -> str:
    """Return a cell of a workbook as a spreadsheet shows it in Dutch, from its value and its format alone."""
    if isinstance(cel.value, datetime):
        return datum(cel.value)
    return number_shown(cel.value, cel.number_format) if isinstance(cel.value, (int, float)) else str(cel.value)


def number_shown(waarde: float, vorm: str) -> str:
    """Return a number as a spreadsheet shows it in Dutch with this format."""
    vorm = vorm.removeprefix("[$-413]")
    getal = Decimal(repr(waarde)) * (100 if vorm.endswith("%") else 1)
    if ",," in vorm:
        getal /= 1_000_000
    kern = re.search(r"[#,0.]+", vorm.replace(",,", ""))
    assert kern, f"{waarde}: {vorm}"
    achter = len(kern[0].partition(".")[2])
    tekst = f"{getal.quantize(Decimal(1).scaleb(-achter), ROUND_HALF_UP):,.{achter}f}"
    tekst = tekst.replace(",", " ").replace(".", ",").replace(" ", ".")
    voor, _, na = vorm.replace('"', "").partition(kern[0])
    return f"{voor}{tekst}{na.replace(',,', '')}"
