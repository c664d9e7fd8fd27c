"""PDF of a document: tagged, PDF/UA-1, Dutch, with bookmarks; set by Typst from a template and data.

Every text goes to Typst as data in a JSON file, never as source, so that nothing in a delivery can be markup.
The fonts are those that Typst brings along: the same publication gives the same file on every machine.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from app.documenten.blokken import Alinea, Blok, Document, Grafiek, Kop, Lijst, clean

_SJABLOON = Path(__file__).parent / "sjabloon.typ"
# Typst breaks Dutch words by their hyphenation; what is no word, or has no end, would run into the next cell.
_ONBREEKBAAR = re.compile(r"(?![^\W\d_]{1,40}(?!\S))\S{25,}")
_LETTER_IN_BEELD, _LETTER = "'Liberation Sans', Arial, Helvetica, sans-serif", "Libertinus Serif"


def to_pdf(document: Document) -> bytes:
    """Return the document as PDF."""
    import typst

    bestanden: dict[str, str | bytes | Path] = {"main.typ": _SJABLOON.read_bytes()}
    blokken = [_block(blok, nummer, document, bestanden) for nummer, blok in enumerate(document.blokken)]
    dag = document.gemaakt_op
    inhoud = {
        "soort": clean(document.soort),
        "titel": clean(document.titel),
        "regels": [clean(r) for r in document.regels],
        "melding": clean(document.melding),
        "vertrouwelijk": clean(document.vertrouwelijk),
        "is_kort": document.is_kort,
        "merken": list(document.merken),
        "publicatie": clean(document.publicatie),
        "dag": [dag.year, dag.month, dag.day],
        "blokken": blokken,
    }
    bestanden["inhoud.json"] = json.dumps(inhoud, ensure_ascii=False).encode()
    # Its type stubs do not know that Typst takes files from memory.
    bron: Any = bestanden
    pdf = typst.compile(bron, format="pdf", pdf_standards=["ua-1"], ignore_system_fonts=True)
    return bytes(pdf)


def _block(blok: Blok, nummer: int, document: Document, bestanden: dict[str, str | bytes | Path]) -> dict[str, object]:
    """Return one block as data for the template; a chart is put beside it as a file."""
    if isinstance(blok, Kop):
        return {"soort": "kop", "tekst": _text(blok.tekst), "niveau": blok.niveau}
    if isinstance(blok, Alinea):
        return {"soort": "alinea", "tekst": _text(blok.tekst), "toon": blok.toon}
    if isinstance(blok, Lijst):
        return {"soort": "lijst", "punten": [_text(p) for p in blok.punten]}
    if isinstance(blok, Grafiek):
        naam = f"grafiek{nummer}.svg"
        beeld = blok.svg(document.publicatie).decode()
        bestanden[naam] = beeld.replace(_LETTER_IN_BEELD, _LETTER).encode()
        return {"soort": "grafiek", "bestand": naam, "alt": clean(blok.alt)}
    return {
        "soort": "tabel",
        "bijschrift": _text(blok.bijschrift),
        "kolommen": [_text(k) for k in blok.kolommen],
        "rijen": [[_text(veld) for veld in rij] for rij in blok.rijen],
        "breedtes": list(blok.breedtes),
    }


def _text(tekst: str) -> str:
    """Return a text as Typst gets it: long addresses and codes may be broken anywhere."""
    return _ONBREEKBAAR.sub(lambda woord: "\u200b".join(woord[0]), clean(tekst))
