"""The style of a presentation is in its template; here it is opened, and what each slide has of its own is added."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from app.documenten.blokken import Document, clean

# Made and edited in a presentation program: theme, colours, and the two layouts with their placeholders.
SJABLOON = Path(__file__).parent / "sjablonen" / "dossier.pptx"
# The width of a slide and its margin in inches, as the template has them.
BREED, MARGE = 13.333, 0.6
BINNEN = BREED - 2 * MARGE
_ONDER = ("ftr", "sldNum")


def open_template(document: Document) -> Any:  # noqa: ANN401
    """Return an empty presentation with a layout for the cover (0) and one for a slide (1)."""
    import pptx

    deck = pptx.Presentation(str(SJABLOON))
    eigenschappen = deck.core_properties
    eigenschappen.title = clean(f"{document.soort}: {document.titel}")
    eigenschappen.created = eigenschappen.modified = document.gemaakt_op.replace(tzinfo=None)
    return deck


def add_footer(dia: Any, tekst: str, nummer: int) -> None:  # noqa: ANN401
    """Put the line at the foot and the number of the slide on it, as placeholders of its layout."""
    from pptx.oxml.ns import qn

    for vorm in dia.slide_layout.placeholders:
        soort = _kind(vorm)
        if soort in _ONDER:
            kopie = copy.deepcopy(vorm._element)
            dia.shapes._spTree.append(kopie)
            if soort == "ftr":
                dia.shapes[-1].text_frame.text = clean(tekst)
            else:
                # What stands there until a program fills it in.
                next(kopie.iter(qn("a:t"))).text = str(nummer)


def set_language(deel: Any) -> None:  # noqa: ANN401
    """Say of every text on a slide, its charts and its notes that it is Dutch."""
    from pptx.oxml.ns import qn

    for element in deel.iter(qn("a:rPr"), qn("a:endParaRPr"), qn("a:defRPr")):
        element.set("lang", "nl-NL")


def colour_fill(vulling: Any, kleur: str) -> None:  # noqa: ANN401
    """Fill a shape, cell or letter with one colour of the house."""
    vulling.solid()
    vulling.fore_color.rgb = rgb(kleur)


def rgb(kleur: str) -> Any:  # noqa: ANN401
    """Return a colour of the house as the library wants it."""
    from pptx.dml.color import RGBColor

    # The library has no types here.
    maak: Any = RGBColor
    return maak.from_string(kleur.removeprefix("#"))


def _kind(vorm: Any) -> str:  # noqa: ANN401
    """Return what a placeholder is for, in the word of the file format."""
    soort = vorm._element.ph.get("type", "body")
    return str(soort)
