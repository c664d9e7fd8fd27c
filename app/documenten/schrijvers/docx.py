"""DOCX of a document, to be edited: real headings, contents, tables with header rows, pictures in words too."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from app.beeld import plaatje
from app.beeld.tabel.kantoorbestand import repack
from app.documenten.blokken import Alinea, Document, Grafiek, Kaart, Kop, Lijstblok, Tabelblok, clean
from app.documenten.schrijvers.docx_stijl import BREEDTE_CM, TABEL, open_template

_STIJL = {"gewoon": "Normal", "vet": "Normal", "klein": "Klein", "melding": "Melding"}
_RUIMTE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def to_docx(document: Document) -> bytes:
    """Return the document as DOCX."""
    word = open_template(document)
    _cover(word, document)
    koppen = [blok for blok in document.blokken if isinstance(blok, Kop)]
    _contents(word, koppen, document.diepte, op_voorkant=document.is_kort)
    nummer = 0
    for blok in document.blokken:
        if isinstance(blok, Kop):
            nummer += 1
            _heading(word, blok, nummer)
        elif isinstance(blok, Alinea):
            loop = word.add_paragraph(style=_STIJL[blok.toon]).add_run(clean(blok.tekst))
            loop.bold = True if blok.toon == "vet" else None
        elif isinstance(blok, Lijstblok):
            for punt in blok.punten:
                word.add_paragraph(clean(punt), style="List Bullet")
        elif isinstance(blok, Grafiek | Kaart):
            _picture(word, blok, document)
        else:
            _table(word, blok)
    uit = BytesIO()
    word.save(uit)
    return repack(uit.getvalue(), document.gemaakt_op)


def _cover(word: Any, document: Document) -> None:  # noqa: ANN401
    word.add_paragraph("Regiomonitor Zorg en Welzijn", style="Klein")
    word.add_heading(clean(f"{document.soort}: {document.titel}"), 0)
    for regel in document.regels:
        word.add_paragraph(clean(regel))
    for melding in filter(None, (document.vertrouwelijk, document.melding)):
        word.add_paragraph(clean(melding), style="Melding")


def _contents(word: Any, koppen: Sequence[Kop], diepte: int, *, op_voorkant: bool) -> None:  # noqa: ANN401
    """Add the contents as a field that is filled in already, on a page of its own unless they are short.

    It has links and no page numbers: those only the program that lays out the pages knows.
    """
    from docx.oxml import parse_xml
    from docx.shared import Pt

    kop = word.add_paragraph("Inhoud", style="Inhoud")
    if op_voorkant:
        kop.paragraph_format.space_before = Pt(80)
    else:
        kop.paragraph_format.page_break_before = True
    regels = [(nummer, kop) for nummer, kop in enumerate(koppen, 1) if kop.niveau <= diepte]
    for plek, (nummer, regel) in enumerate(regels):
        alinea = word.add_paragraph(style=f"toc {regel.niveau}")
        if not plek:
            for inhoud in (
                '<w:fldChar w:fldCharType="begin"/>',
                f'<w:instrText xml:space="preserve"> TOC \\o "1-{diepte}" \\n \\h \\z \\u </w:instrText>',
                '<w:fldChar w:fldCharType="separate"/>',
            ):
                alinea._p.append(parse_xml(f'<w:r xmlns:w="{_RUIMTE}">{inhoud}</w:r>'))
        link = parse_xml(f'<w:hyperlink xmlns:w="{_RUIMTE}" w:anchor="{_anchor(nummer)}" w:history="1"/>')
        alinea._p.append(link)
        loop = alinea.add_run(clean(regel.tekst))
        link.append(loop._r)
        if plek == len(regels) - 1:
            alinea._p.append(parse_xml(f'<w:r xmlns:w="{_RUIMTE}"><w:fldChar w:fldCharType="end"/></w:r>'))


def _heading(word: Any, kop: Kop, nummer: int) -> None:  # noqa: ANN401
    """Add a heading with the mark that the contents link to; the first chapter opens a page."""
    from docx.oxml import parse_xml

    alinea = word.add_heading(clean(kop.tekst), kop.niveau)
    alinea.paragraph_format.page_break_before = True if nummer == 1 else None
    begin = f'<w:bookmarkStart xmlns:w="{_RUIMTE}" w:id="{nummer}" w:name="{_anchor(nummer)}"/>'
    alinea.runs[0]._r.addprevious(parse_xml(begin))
    alinea._p.append(parse_xml(f'<w:bookmarkEnd xmlns:w="{_RUIMTE}" w:id="{nummer}"/>'))


def _anchor(nummer: int) -> str:
    return f"_Toc{nummer:08d}"


def _picture(word: Any, grafiek: Grafiek | Kaart, document: Document) -> None:  # noqa: ANN401
    from docx.shared import Cm

    word.add_picture(BytesIO(plaatje.png(grafiek.svg(document.publicatie))), width=Cm(BREEDTE_CM * 0.85))
    beeld = word.inline_shapes[-1]._inline.docPr
    beeld.set("descr", clean(grafiek.alt))
    beeld.set("name", clean(f"Grafiek: {grafiek.naam}"))


def _table(word: Any, blok: Tabelblok) -> None:  # noqa: ANN401
    """Add a table with a caption above it and a header row that returns on each page; no row is cut in two."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Twips

    word.add_paragraph(clean(blok.bijschrift), style="Caption")
    tabel = word.add_table(rows=1 + len(blok.rijen), cols=len(blok.kolommen), style=TABEL)
    tabel.autofit = False
    omschrijving = OxmlElement("w:tblCaption")
    omschrijving.set(qn("w:val"), clean(blok.bijschrift))
    tabel._tbl.tblPr.append(omschrijving)
    # In whole twips, so that the sum is never wider than the page.
    geheel = Cm(BREEDTE_CM).twips
    breedtes = [Twips(geheel * deel // sum(blok.breedtes)) for deel in blok.breedtes]
    for kolom, breedte in zip(tabel.columns, breedtes, strict=True):
        kolom.width = breedte
    for nummer, (rij, velden) in enumerate(zip(tabel.rows, (blok.kolommen, *blok.rijen), strict=True)):
        eigenschappen = rij._tr.get_or_add_trPr()
        eigenschappen.append(OxmlElement("w:cantSplit"))
        if not nummer:
            eigenschappen.append(OxmlElement("w:tblHeader"))
        for cel, veld, breedte in zip(rij._tr.tc_lst, velden, breedtes, strict=True):
            cel.width = breedte
            alinea = cel.p_lst[0]
            alinea.style = "Cel" if nummer else "Celkop"
            alinea.add_r().text = clean(veld)
