"""The template of a presentation: wide slides in the house style, made from the bare one that the library has."""

from __future__ import annotations

import copy
from typing import Any

from app.documenten.blokken import Document, clean
from app.stijl import LICHT

BREED, HOOG, MARGE = 13.333, 7.5, 0.6
BINNEN = BREED - 2 * MARGE
LETTER = "Arial"
_TITEL_IN, _DIA_IN = 0, 5
# Where the placeholders of both layouts stand, in inches: left, top, width, height.
_PLEKKEN: dict[int, dict[str, tuple[float, float, float, float]]] = {
    _TITEL_IN: {"ctrTitle": (MARGE, 1.7, BINNEN, 1.6), "subTitle": (MARGE, 3.45, BINNEN, 1.7)},
    _DIA_IN: {"title": (MARGE, 0.4, BINNEN, 1.0)},
}
_ONDER = {"ftr": (MARGE, 6.95, BINNEN - 1.2, 0.35), "sldNum": (BREED - MARGE - 1.0, 6.95, 1.0, 0.35)}


def make_template(document: Document) -> Any:  # noqa: ANN401
    """Return an empty presentation with a layout for the cover (0) and one for a slide (1)."""
    import pptx
    from pptx.util import Inches

    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Inches(BREED), Inches(HOOG)
    _describe(deck, document)
    _drop_thumbnail(deck)
    _set_theme(deck)
    layouts = deck.slide_layouts
    for layout in [lay for nummer, lay in enumerate(layouts) if nummer not in _PLEKKEN]:
        layouts.remove(layout)
    for layout, plekken in zip(layouts, _PLEKKEN.values(), strict=True):
        _place(layout, plekken | _ONDER)
    _place(deck.slide_master, _PLEKKEN[_DIA_IN] | _ONDER | {"body": (MARGE, 1.9, BINNEN, 4.6)})
    for deel in (deck.slide_master, *layouts):
        _style_placeholders(deel)
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


def _describe(deck: Any, document: Document) -> None:  # noqa: ANN401
    eigenschappen = deck.core_properties
    eigenschappen.title = clean(f"{document.soort}: {document.titel}")
    eigenschappen.author = eigenschappen.last_modified_by = "Regiomonitor Zorg en Welzijn"
    eigenschappen.language = "nl-NL"
    eigenschappen.revision = 1
    eigenschappen.created = eigenschappen.modified = document.gemaakt_op.replace(tzinfo=None)


def _drop_thumbnail(deck: Any) -> None:  # noqa: ANN401
    """Take out the small picture of the library's own empty slide."""
    from pptx.opc.constants import RELATIONSHIP_TYPE

    pakket = deck.part.package
    for kenmerk, relatie in list(pakket._rels.items()):
        if relatie.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            pakket.drop_rel(kenmerk)


def _set_theme(deck: Any) -> None:  # noqa: ANN401
    """Give the theme our letter and colours, so that what an editor adds looks the same."""
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.opc.oxml import serialize_part_xml
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import qn

    deel = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    thema = parse_xml(deel.blob)
    for letter in thema.iter(qn("a:latin")):
        letter.set("typeface", LETTER)
    kleuren = {
        "dk1": LICHT.inkt,
        "dk2": LICHT.accent,
        "lt2": LICHT.vlak,
        "hlink": LICHT.accent,
        "folHlink": LICHT.gedempt,
    }
    kleuren |= {f"accent{nummer}": kleur for nummer, kleur in enumerate((*LICHT.reeksen, LICHT.gedempt), 1)}
    for naam, kleur in kleuren.items():
        vak = next(thema.iter(qn(f"a:{naam}")))
        vak.clear()
        vak.append(parse_xml(
            f'<a:srgbClr xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" val="{kleur[1:]}"/>'
        ))  # fmt: skip
    deel._blob = serialize_part_xml(thema)


def _place(deel: Any, plekken: dict[str, tuple[float, float, float, float]]) -> None:  # noqa: ANN401
    """Put the placeholders of a layout in their place; one without a place goes."""
    from pptx.util import Inches

    for vorm in list(deel.placeholders):
        plek = plekken.get(_kind(vorm))
        if plek is None:
            vorm._element.getparent().remove(vorm._element)
        else:
            vorm.left, vorm.top, vorm.width, vorm.height = (Inches(maat) for maat in plek)


def _style_placeholders(deel: Any) -> None:  # noqa: ANN401
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.oxml.ns import qn
    from pptx.util import Pt

    groottes = {"title": 26, "ctrTitle": 40, "subTitle": 20, "ftr": 12, "sldNum": 12}
    for vorm in deel.placeholders:
        soort = _kind(vorm)
        if soort not in groottes:
            continue
        kader, is_titel = vorm.text_frame, soort in ("title", "ctrTitle")
        kader.word_wrap = True
        kader.margin_left = kader.margin_right = 0
        kader.vertical_anchor = MSO_ANCHOR.BOTTOM if is_titel else MSO_ANCHOR.TOP
        lijst = _list_style(vorm)
        lijst.set("algn", "r" if soort == "sldNum" else "l")
        for alinea in kader.paragraphs:
            alinea.alignment = PP_ALIGN.RIGHT if soort == "sldNum" else PP_ALIGN.LEFT
        letter = lijst.find(qn("a:defRPr"))
        letter.set("sz", str(Pt(groottes[soort]).centipoints))
        letter.set("b", "1" if is_titel else "0")
        _fill(letter, LICHT.accent if is_titel else LICHT.gedempt)


def _list_style(vorm: Any) -> Any:  # noqa: ANN401
    """Return the settings of the first level of text of a placeholder, made where they are not there."""
    from pptx.oxml.ns import qn

    lijst = vorm._element.txBody.find(qn("a:lstStyle"))
    niveau = lijst.find(qn("a:lvl1pPr"))
    if niveau is None:
        niveau = lijst.makeelement(qn("a:lvl1pPr"), {})
        lijst.insert(0, niveau)
    niveau.set("marL", "0")
    niveau.set("indent", "0")
    for oud in [kind for kind in niveau if kind.tag in (qn("a:buNone"), qn("a:buChar"))]:
        niveau.remove(oud)
    letter = niveau.find(qn("a:defRPr"))
    if letter is None:
        letter = niveau.makeelement(qn("a:defRPr"), {})
        niveau.append(letter)
    letter.addprevious(niveau.makeelement(qn("a:buNone"), {}))
    return niveau


def _fill(letter: Any, kleur: str) -> None:  # noqa: ANN401
    from pptx.dml.fill import FillFormat

    colour_fill(FillFormat.from_fill_parent(letter), kleur)


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
