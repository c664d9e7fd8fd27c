"""DOCX of a document: real headings, tables with header rows, pictures with a text alternative; made to be edited."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from app import plaatje
from app.documenten.blokken import Alinea, Document, Grafiek, Kop, Lijst, Tabel, clean
from app.documenten.pakket import repack

_BREEDTE_CM = 16.5


def to_docx(document: Document) -> bytes:
    """Return the document as DOCX."""
    import docx
    from docx.shared import Cm

    word = docx.Document()
    _set_up(word, document)
    _cover(word, document)
    for blok in document.blokken:
        if isinstance(blok, Kop):
            word.add_heading(clean(blok.tekst), blok.niveau)
        elif isinstance(blok, Alinea):
            _paragraph(word, blok)
        elif isinstance(blok, Lijst):
            for punt in blok.punten:
                word.add_paragraph(clean(punt), style="List Bullet")
        elif isinstance(blok, Grafiek):
            beeld = plaatje.png(blok.svg(document.publicatie))
            word.add_picture(BytesIO(beeld), width=Cm(_BREEDTE_CM))
            word.inline_shapes[-1]._inline.docPr.set("descr", clean(blok.alt))
        else:
            _table(word, blok)
    uit = BytesIO()
    word.save(uit)
    return repack(uit.getvalue(), document.gemaakt_op)


def _set_up(word: Any, document: Document) -> None:  # noqa: ANN401
    """Set title, date, language, paper and the line at the foot of each page."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    eigenschappen = word.core_properties
    eigenschappen.title = clean(f"{document.soort}: {document.titel}")
    eigenschappen.author = "Regiomonitor Zorg en Welzijn"
    eigenschappen.comments = ""
    eigenschappen.language = "nl-NL"
    eigenschappen.created = eigenschappen.modified = document.gemaakt_op.replace(tzinfo=None)
    taal = word.styles.element.find(f".//{qn('w:lang')}")
    taal.set(qn("w:val"), "nl-NL")
    word.styles["Normal"].font.name, word.styles["Normal"].font.size = "Calibri", Pt(10.5)
    for niveau in (1, 2):
        word.styles[f"Heading {niveau}"].font.color.rgb = RGBColor.from_string("154273")
    deel = word.sections[0]
    deel.page_width, deel.page_height = Cm(21), Cm(29.7)
    deel.left_margin = deel.right_margin = Cm((21 - _BREEDTE_CM) / 2)
    deel.footer.paragraphs[0].text = clean(document.publicatie)


def _cover(word: Any, document: Document) -> None:  # noqa: ANN401
    word.add_paragraph("Regiomonitor Zorg en Welzijn")
    word.add_heading(clean(f"{document.soort}: {document.titel}"), 0)
    for regel in document.regels:
        word.add_paragraph(clean(regel))
    if document.melding:
        word.add_paragraph(clean(document.melding), style="Intense Quote")
    word.add_page_break()


def _paragraph(word: Any, blok: Alinea) -> None:  # noqa: ANN401
    loop = word.add_paragraph().add_run(clean(blok.tekst))
    loop.bold, loop.italic = blok.toon == "vet", blok.toon == "klein"


def _table(word: Any, blok: Tabel) -> None:  # noqa: ANN401
    """Add a table with a caption above it and a header row that returns on each page."""
    from docx.oxml import OxmlElement
    from docx.shared import Cm, Pt

    word.add_paragraph(clean(blok.bijschrift), style="Caption")
    tabel = word.add_table(rows=1 + len(blok.rijen), cols=len(blok.kolommen), style="Light Grid Accent 1")
    tabel.autofit = False
    tabel.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    breedtes = [Cm(_BREEDTE_CM * deel / sum(blok.breedtes)) for deel in blok.breedtes]
    for kolom, breedte in zip(tabel.columns, breedtes, strict=True):
        kolom.width = breedte
    for rij, velden in zip(tabel.rows, (blok.kolommen, *blok.rijen), strict=True):
        for cel, veld, breedte in zip(rij.cells, velden, breedtes, strict=True):
            cel.width = breedte
            cel.text = clean(veld)
            for loop in cel.paragraphs[0].runs:
                loop.font.size = Pt(8.5)
    word.add_paragraph()
