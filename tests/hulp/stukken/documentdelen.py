"""What the tests of documents read in them, and what the made-up delivery tries to do with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn
from gesprekpublicatie import REGIOS
from pypdf.generic import DictionaryObject, IndirectObject

from app.documenten.blokken import Document, Grafiek, Kaart

REGIO = REGIOS[1]
# No dictionary knows where to break these, and no column is as wide.
LANG = "X7" * 40
VIJANDIG = '#panic("x") $a$ *b* <c> \\d {{e}} =1+1 @f'


def squeeze(tekst: str) -> str:
    """Return the text without spaces and hyphens: a PDF breaks lines and words where it likes."""
    return re.sub(r"[\s\u00ad\u200b\u2010-]+", "", tekst)


def elements(knoop: object) -> Iterator[DictionaryObject]:
    """Yield every element of the structure tree."""
    knoop = knoop.get_object() if isinstance(knoop, IndirectObject) else knoop
    if isinstance(knoop, list):
        for kind in knoop:
            yield from elements(kind)
    elif isinstance(knoop, DictionaryObject):
        yield knoop
        yield from elements(knoop.get("/K"))


def drawings(document: Document) -> list[Grafiek | Kaart]:
    """Return the charts and maps among the blocks of a document."""
    return [b for b in document.blokken if isinstance(b, Grafiek | Kaart)]


def lines(word: Any) -> list[str]:
    """Return the text of every paragraph, also in tables and in the contents."""
    return ["".join(t.text or "" for t in alinea.iter(qn("w:t"))) for alinea in word.element.iter(qn("w:p"))]


def shapes(deck: Any) -> list[list[tuple[str, str, object]]]:
    """Return per slide what stands on it: kind, text alternative, and text, cells or figures."""
    vellen = []
    for vel in deck.slides:
        delen: list[tuple[str, str, object]] = [("notities", "", vel.notes_slide.notes_text_frame.text)]
        for vorm in vel.shapes:
            alt = vorm._element.xpath(".//p:cNvPr")[0].get("descr", "")
            if vorm.has_chart:
                reeksen = [
                    (r.name, [w if w is None else round(w, 9) for w in r.values]) for r in vorm.chart.plots[0].series
                ]
                delen.append(("grafiek", alt, reeksen))
            elif vorm.has_table:
                delen.append(("tabel", alt, [[cel.text for cel in rij.cells] for rij in vorm.table.rows]))
            elif vorm.text_frame.text and "slidenum" not in vorm._element.xml:
                delen.append(("tekst", alt, vorm.text_frame.text))
        vellen.append(delen)
    return vellen
