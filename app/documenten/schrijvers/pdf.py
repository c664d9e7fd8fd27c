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
# A last sheet that is filled less far than this, as a share of its height with the margin above.
_VRIJWEL_LEEG = 0.3
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
    try:
        return _fitted(inhoud, bestanden)
    except typst.TypstError:
        inhoud = json.loads(_displayable(json.dumps(inhoud, ensure_ascii=False)))
    try:
        return _fitted(inhoud, bestanden)
    except typst.TypstError:
        advies = "Maak het als docx, en meld dit aan de beheerder."
        raise AfgekeurdError([Melding(document.titel, "De PDF kan niet worden gemaakt.", advies=advies)]) from None


def _fitted(inhoud: dict[str, Any], bestanden: dict[str, str | bytes | Path]) -> bytes:
    """Return the document, set closer where its last sheet would hold a few lines and that leaves it out."""
    ruim, krap = (
        {**bestanden, "inhoud.json": json.dumps({**inhoud, "is_krap": is_krap}, ensure_ascii=False).encode()}
        for is_krap in (False, True)
    )
    if inhoud["is_blad"]:
        return _compile(ruim)
    blad, gevuld = _end(ruim)
    return _compile(krap if gevuld < _VRIJWEL_LEEG and _end(krap)[0] < blad else ruim)


def _end(bestanden: dict[str, str | bytes | Path]) -> tuple[int, float]:
    """Return on which sheet the document ends, and how far down it."""
    import typst

    bron: Any = bestanden
    try:
        (einde,) = json.loads(typst.query(bron, "<einde>", field="value", ignore_system_fonts=True))
    except RuntimeError:
        # What cannot be set says so where it is made.
        return 0, 1.0
    return int(einde["blad"]), float(einde["gevuld"])


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
