"""PDF of a document: tagged, PDF/UA-1, Dutch, with bookmarks; set by Typst from a template and data.

Every text goes to Typst as data in a JSON file, never as source, so that nothing in a delivery can be markup.
The fonts are those that Typst brings along: the same publication gives the same file on every machine.
"""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

from app.documenten.blokken import Alinea, Blok, Document, Grafiek, Kaart, Kop, Lijstblok, clean
from pipelines.afspraken.meldingen import AfgekeurdError, Melding

_SJABLOON = Path(__file__).parent / "sjabloon.typ"
# Typst breaks Dutch words by their hyphenation; what is no word, or has no end, would run into the next cell.
_ONBREEKBAAR = re.compile(r"(?![^\W\d_]{1,40}(?!\S))\S{25,}")
# Stands for a character that the fonts do not have, such as an emoji.
_GEEN_TEKEN = "□"
_PROEF = b'#set document(title: "proef")\n#set text(font: "Libertinus Serif")\n#json("inhoud.json")'
_LETTER_IN_BEELD, _LETTER = "'Liberation Sans', Arial, Helvetica, sans-serif", "Libertinus Serif"


def to_pdf(document: Document) -> bytes:
    """Return the document as PDF; a character that no font has becomes a mark.

    Raises:
        AfgekeurdError: it cannot be set; says nothing of what is in it, for that may be confidential.
    """
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
        "diepte": document.diepte,
        "is_blad": document.is_blad,
        "merken": list(document.merken),
        "publicatie": clean(document.publicatie),
        "dag": [dag.year, dag.month, dag.day],
        "blokken": blokken,
    }
    tekst = json.dumps(inhoud, ensure_ascii=False)
    try:
        return _compile({**bestanden, "inhoud.json": tekst.encode()})
    except typst.TypstError:
        tekst = _displayable(tekst)
    try:
        return _compile({**bestanden, "inhoud.json": tekst.encode()})
    except typst.TypstError:
        advies = "Maak het als docx, en meld dit aan de beheerder."
        raise AfgekeurdError([Melding(document.titel, "De PDF kan niet worden gemaakt.", advies=advies)]) from None


def _compile(bestanden: dict[str, str | bytes | Path]) -> bytes:
    import typst

    # Its type stubs do not know that Typst takes files from memory.
    bron: Any = bestanden
    return bytes(typst.compile(bron, format="pdf", pdf_standards=["ua-1"], ignore_system_fonts=True))


def _displayable(tekst: str) -> str:
    """Return the text with a mark for each character that no font has.

    Typst names only the first of them, so each is tried by itself, together with the accents on it.
    """
    groepen: list[str] = []
    for teken in tekst:
        if groepen and unicodedata.category(teken).startswith("M"):
            groepen[-1] += teken
        else:
            groepen.append(teken)
    ontbreekt = {groep for groep in set(groepen) if not groep.isascii() and not _has_glyph(groep)}
    # What is under the accents stays where every font has it: it may be a quote of the JSON itself.
    merk = {groep: (groep[0] if groep[0].isascii() else "") + _GEEN_TEKEN for groep in ontbreekt}
    return "".join(merk.get(groep, groep) for groep in groepen)


def _has_glyph(groep: str) -> bool:
    import typst

    try:
        _compile({"main.typ": _PROEF, "inhoud.json": json.dumps(groep).encode()})
    except typst.TypstError:
        return False
    return True


def _block(blok: Blok, nummer: int, document: Document, bestanden: dict[str, str | bytes | Path]) -> dict[str, object]:
    """Return one block as data for the template; a chart is put beside it as a file."""
    if isinstance(blok, Kop):
        return {"soort": "kop", "tekst": _text(blok.tekst), "niveau": blok.niveau}
    if isinstance(blok, Alinea):
        return {"soort": "alinea", "tekst": _text(blok.tekst), "toon": blok.toon}
    if isinstance(blok, Lijstblok):
        return {"soort": "lijst", "punten": [_text(p) for p in blok.punten]}
    if isinstance(blok, Grafiek | Kaart):
        naam = f"grafiek{nummer}.svg"
        beeld = blok.svg(document.publicatie).decode()
        bestanden[naam] = beeld.replace(_LETTER_IN_BEELD, _LETTER).encode()
        return {"soort": "kaart" if isinstance(blok, Kaart) else "grafiek", "bestand": naam, "alt": clean(blok.alt)}
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
