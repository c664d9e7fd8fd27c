"""PPTX of a document: six slides with real titles, tables and charts that can be edited, and notes with the sources."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate
from typing import Any

from app.beeld.stijl import LICHT
from app.beeld.tabel.kantoorbestand import repack
from app.documenten.blokken import Alinea, Dia, Document, Grafiek, Lijstblok, Staven, Tabelblok, clean
from app.documenten.schrijvers.pptx_grafiek import bar_chart, line_chart, style_bars, style_lines
from app.documenten.schrijvers.pptx_sjabloon import (
    BINNEN,
    MARGE,
    add_footer,
    colour_fill,
    open_template,
    rgb,
    set_language,
)
from app.taal.cellen import VOORBEELD

_TOP, _ONDERKANT = 1.9, 6.5
_LETTER_PT, _KLEIN_PT, _ONDER_PT = 14, 12, 16
# The mean width of a character as a share of its size, and the height of a line: on the safe side for Arial.
_TEKEN_BREED, _REGEL_HOOG = 0.53, 1.2
_CEL_RAND, _REST_HOOG = 0.08, 0.38
_HOOGSTENS_REGELS = 4
_BRON_NAAST_MERK = 0.68


@dataclass(frozen=True)
class Zetsel:
    """How a text is set: its size in points, its colour, and whether it is bold or stands to the right."""

    punten: int
    kleur: str = LICHT.gedempt
    vet: bool = False
    rechts: bool = False


def to_pptx(document: Document) -> bytes:
    """Return the slides of the document as PPTX."""
    deck = open_template(document)
    _cover(deck, document)
    for dia in document.dias:
        _slide(deck, dia, document)
    for dia in deck.slides:
        _finish(dia)
    uit = BytesIO()
    deck.save(uit)
    return repack(uit.getvalue(), document.gemaakt_op)


def _cover(deck: Any, document: Document) -> None:  # noqa: ANN401
    dia = deck.slides.add_slide(deck.slide_layouts[0])
    dia.shapes.title.text = clean(document.titel)
    dia.placeholders[1].text = clean("\n".join([document.soort, *document.regels]))
    _text(dia, "Naam", "Regiomonitor Zorg en Welzijn", (MARGE, 0.5, BINNEN, 0.5), Zetsel(18))
    verzonnen = document.melding if any(d.is_voorbeeld for d in document.dias) else ""
    melding = "\n".join(filter(None, [document.vertrouwelijk, verzonnen]))
    if melding:
        vak = _text(dia, "Melding", melding, (MARGE, 5.3, BINNEN, 1.0), Zetsel(16, LICHT.voorbeeld))
        colour_fill(vak.fill, LICHT.vlak)
    dia.notes_slide.notes_text_frame.text = clean(
        f"{document.publicatie}. Elke dia heeft notities met definities en bronnen. {melding}".strip()
    )
    add_footer(dia, _foot(document), 1)


def _slide(deck: Any, dia: Dia, document: Document) -> None:  # noqa: ANN401
    """Add one slide: title, what it shows, its parts one below the other (charts side by side), source."""
    from pptx.enum.text import MSO_ANCHOR

    vel = deck.slides.add_slide(deck.slide_layouts[1])
    vel.shapes.title.text = clean(dia.titel)
    # A line below the title that needs two makes what follows begin lower.
    top = _TOP + (_lines(dia.onder, BINNEN, _ONDER_PT) - 1) * _ONDER_PT * _REGEL_HOOG / 72
    if dia.onder:
        _text(vel, "Onderschrift", dia.onder, (MARGE, 1.4, BINNEN, 0.45), Zetsel(_ONDER_PT))
    grafieken = [d for d in dia.delen if isinstance(d, Grafiek | Staven)]
    breed = (BINNEN - 0.3 * (len(grafieken) - 1)) / max(1, len(grafieken))
    for nummer, grafiek in enumerate(grafieken):
        _chart(vel, grafiek, (MARGE + nummer * (breed + 0.3), top, breed, _ONDERKANT - top))
    for deel in dia.delen:
        if isinstance(deel, Tabelblok):
            top = _table(vel, deel, top) + 0.15
        elif isinstance(deel, Alinea | Lijstblok):
            top = _paragraphs(vel, [deel.tekst] if isinstance(deel, Alinea) else list(deel.punten), top)
    breed = BINNEN * (_BRON_NAAST_MERK if dia.is_voorbeeld else 1)
    # Two lines of a source grow up, not into the foot of the slide.
    bron = _text(vel, "Bron", dia.bron, (MARGE, 6.5, breed, 0.45), Zetsel(_KLEIN_PT))
    bron.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    bron.text_frame.margin_top = bron.text_frame.margin_bottom = 0
    if dia.is_voorbeeld:
        plek = (MARGE + breed, 6.55, BINNEN - breed, 0.35)
        zetsel = Zetsel(_LETTER_PT, LICHT.voorbeeld, vet=True, rechts=True)
        _text(vel, "Merk", f"{VOORBEELD}: met verzonnen cijfers", plek, zetsel)
    vel.notes_slide.notes_text_frame.text = clean("\n".join(dia.notities))
    add_footer(vel, _foot(document), len(deck.slides))


def _foot(document: Document) -> str:
    return f"{document.publicatie}. {'Vertrouwelijk' if document.vertrouwelijk else ''}".rstrip(". ")


def _finish(dia: Any) -> None:  # noqa: ANN401
    """Say that all of a slide is Dutch, with its notes and its charts."""
    set_language(dia._element)
    set_language(dia.notes_slide._element)
    for vorm in dia.shapes:
        if vorm.has_chart:
            set_language(vorm.chart._chartSpace)


def _text(
    dia: Any,  # noqa: ANN401
    naam: str,
    tekst: str,
    plek: tuple[float, float, float, float],
    zetsel: Zetsel,
) -> Any:  # noqa: ANN401
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Inches, Pt

    vak = dia.shapes.add_textbox(*(Inches(maat) for maat in plek))
    vak.name = naam
    kader = vak.text_frame
    kader.word_wrap = True
    kader.text = clean(tekst)
    kader.margin_left = kader.margin_right = Inches(0.12) if naam == "Melding" else 0
    for alinea in kader.paragraphs:
        alinea.alignment = PP_ALIGN.RIGHT if zetsel.rechts else PP_ALIGN.LEFT
        for loop in alinea.runs:
            loop.font.size, loop.font.bold = Pt(zetsel.punten), zetsel.vet
            loop.font.color.rgb = rgb(zetsel.kleur)
    return vak


def _paragraphs(dia: Any, teksten: Sequence[str], top: float) -> float:  # noqa: ANN401
    """Add the points that fit below what is there; return where the next part may begin."""
    from pptx.util import Pt

    hoogtes = list(accumulate(_lines(t, BINNEN, 18) * 18 * _REGEL_HOOG / 72 + 0.12 for t in teksten))
    passend = [hoog for hoog in hoogtes if top + hoog <= _ONDERKANT]
    if not passend:
        return top
    plek = (MARGE, top, BINNEN, passend[-1])
    vak = _text(dia, "Tekst", "\n".join(teksten[: len(passend)]), plek, Zetsel(18, LICHT.inkt))
    for alinea in vak.text_frame.paragraphs:
        alinea.space_after = Pt(8)
    return top + passend[-1]


def _chart(dia: Any, grafiek: Grafiek | Staven, plek: tuple[float, float, float, float]) -> None:  # noqa: ANN401
    from pptx.util import Inches

    soort, gegevens = line_chart(grafiek) if isinstance(grafiek, Grafiek) else bar_chart(grafiek)
    vorm = dia.shapes.add_chart(soort, *(Inches(maat) for maat in plek), gegevens)
    vorm.name = f"Grafiek: {clean(grafiek.titel)}"
    vorm._element.nvGraphicFramePr.cNvPr.set("descr", clean(grafiek.alt))
    if isinstance(grafiek, Grafiek):
        style_lines(vorm.chart, grafiek)
    else:
        style_bars(vorm.chart, grafiek)


def _lines(tekst: str, breed: float, punten: int = _LETTER_PT) -> int:
    """Return on how many lines a text stands in this many inches."""
    return len(textwrap.wrap(tekst, max(4, int(breed * 72 / (punten * _TEKEN_BREED))))) or 1


def letters_that_fit(tabel: Tabelblok, hoogte: float) -> int:
    """Return the size of letters for a table in this many inches: smaller ones rather than rows or words left out."""
    rijen = fitting_rows(tabel, hoogte)[0]
    return _LETTER_PT if rijen[1:] == [tuple(map(clean, rij)) for rij in tabel.rijen] else _KLEIN_PT


def fitting_rows(
    tabel: Tabelblok, hoogte: float, punten: int = _LETTER_PT
) -> tuple[list[tuple[str, ...]], list[float], list[float]]:
    """Return the rows that fit in this many inches, header first, with the heights of rows and widths of columns.

    A cell gets four lines at most; what is longer ends in an ellipsis, and stands whole in the notes.
    """
    breedtes = [BINNEN * deel / sum(tabel.breedtes) for deel in tabel.breedtes]
    rijen = [
        tuple(_shorten(clean(v), b, punten) for v, b in zip(rij, breedtes, strict=True))
        for rij in (tabel.kolommen, *tabel.rijen)
    ]
    regel = punten * _REGEL_HOOG / 72
    hoogtes = [
        max(_lines(v, b - 2 * _CEL_RAND, punten) for v, b in zip(rij, breedtes, strict=True)) * regel + 0.11
        for rij in rijen
    ]
    if sum(hoogtes) > hoogte:
        aantal = sum(deel <= hoogte - _REST_HOOG for deel in accumulate(hoogtes))
        rijen, hoogtes = rijen[:aantal], hoogtes[:aantal]
    return rijen, hoogtes, breedtes


def _shorten(tekst: str, breed: float, punten: int) -> str:
    tekens = max(4, int((breed - 2 * _CEL_RAND) * 72 / (punten * _TEKEN_BREED)))
    regels = textwrap.wrap(tekst, tekens)
    if len(regels) <= _HOOGSTENS_REGELS:
        return tekst
    begin = " ".join(regels[:_HOOGSTENS_REGELS])
    return f"{begin[: tekens * _HOOGSTENS_REGELS - 12].rsplit(' ', 1)[0]}…"


def _table(dia: Any, tabel: Tabelblok, top: float) -> float:  # noqa: ANN401
    """Add the rows of a table that fit, and below it how many do not; return where it ends."""
    from pptx.util import Inches

    punten = letters_that_fit(tabel, _ONDERKANT - top)
    rijen, hoogtes, breedtes = fitting_rows(tabel, _ONDERKANT - top, punten)
    vorm = dia.shapes.add_table(
        len(rijen), len(tabel.kolommen), Inches(MARGE), Inches(top), Inches(BINNEN), Inches(sum(hoogtes))
    )
    vorm.name = clean(tabel.bijschrift)
    vorm._element.nvGraphicFramePr.cNvPr.set("descr", clean(f"Tabel: {tabel.bijschrift}"))
    raster = vorm.table
    raster.horz_banding = False
    for kolom, breed in zip(raster.columns, breedtes, strict=True):
        kolom.width = Inches(breed)
    for nummer, (rij, velden, hoog) in enumerate(zip(raster.rows, rijen, hoogtes, strict=True)):
        rij.height = Inches(hoog)
        for cel, veld in zip(rij.cells, velden, strict=True):
            _cell(cel, veld, punten, is_kop=nummer == 0)
    rest = 1 + len(tabel.rijen) - len(rijen)
    eind = top + sum(hoogtes)
    if rest:
        tekst = f"Nog {rest} {'rij staat' if rest == 1 else 'rijen staan'} in de notities en in het hele document."
        _text(dia, "Rest", tekst, (MARGE, eind + 0.03, BINNEN, 0.32), Zetsel(_LETTER_PT))
        eind += _REST_HOOG
    return eind


def _cell(cel: Any, veld: str, punten: int, *, is_kop: bool) -> None:  # noqa: ANN401
    """Fill a cell: a thin line above and below it, the header in the colour of the house."""
    from pptx.util import Inches, Pt

    cel.text = veld
    cel.margin_left = cel.margin_right = Inches(_CEL_RAND)
    cel.margin_top = cel.margin_bottom = Inches(0.04)
    kleur = LICHT.accent if is_kop else LICHT.achtergrond
    colour_fill(cel.fill, kleur)
    for alinea in cel.text_frame.paragraphs:
        for loop in alinea.runs:
            loop.font.size, loop.font.bold = Pt(punten), is_kop
            loop.font.color.rgb = rgb(LICHT.achtergrond if is_kop else LICHT.inkt)
    _lines_around(cel)


def _lines_around(cel: Any) -> None:  # noqa: ANN401
    from pptx.oxml import parse_xml

    ruimte = "http://schemas.openxmlformats.org/drawingml/2006/main"
    vulling = f'<a:solidFill><a:srgbClr val="{LICHT.lijn[1:]}"/></a:solidFill>'
    randen = {"lnL": "<a:noFill/>", "lnR": "<a:noFill/>", "lnT": vulling, "lnB": vulling}
    for plek, (naam, inhoud) in enumerate(randen.items()):
        rand = parse_xml(f'<a:{naam} xmlns:a="{ruimte}" w="9525">{inhoud}</a:{naam}>')
        cel._tc.get_or_add_tcPr().insert(plek, rand)
