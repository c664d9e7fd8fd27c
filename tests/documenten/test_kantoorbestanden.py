"""The dossier as DOCX and PPTX: what an office program opens is real headings, tables and charts, in Dutch."""

from __future__ import annotations

from io import BytesIO
from itertools import compress
from pathlib import Path

import docx
import pptx
from documentdelen import drawings, lines, shapes
from docx.oxml.ns import qn
from kantoor import needs_libreoffice, save_again

from app.documenten import maken
from app.documenten.blokken import Document, Grafiek, Kop, Staven, Tabelblok
from app.documenten.schrijvers.pptx import fitting_rows, letters_that_fit
from app.oordeel.gesprek import dossier


def test_the_docx_is_dutch_with_real_headings_contents_tables_and_pictures_in_words(document: Document) -> None:
    word = maken.write(document, "docx")
    assert word == maken.write(document, "docx")
    open_ = docx.Document(BytesIO(word))
    assert open_.core_properties.language == "nl-NL"
    koppen = [a.text for a in open_.paragraphs if a.style.name in ("Heading 1", "Heading 2")]
    assert koppen == [b.tekst for b in document.blokken if isinstance(b, Kop)]
    # So many headings that the contents on the cover have the chapters alone.
    hoofdstukken = [b.niveau == 1 for b in document.blokken if isinstance(b, Kop)]
    assert document.diepte == 1
    in_inhoud = [a.text for a in open_.paragraphs if a.style.name.startswith("toc ")]
    assert in_inhoud == list(compress(koppen, hoofdstukken))
    links = [link.get(qn("w:anchor")) for link in open_.element.iter(qn("w:hyperlink"))]
    merken = [merk.get(qn("w:name")) for merk in open_.element.iter(qn("w:bookmarkStart"))]
    assert links == list(compress(merken, hoofdstukken))
    tabellen = [b for b in document.blokken if isinstance(b, Tabelblok)]
    assert [[[c.text for c in rij.cells] for rij in t.rows] for t in open_.tables] == [
        [list(rij) for rij in (t.kolommen, *t.rijen)] for t in tabellen
    ]
    assert all(t.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for t in open_.tables)
    assert {t.style.name for t in open_.tables} == {"Regiomonitor tabel"}
    beelden = [vorm._inline.docPr.get("descr") for vorm in open_.inline_shapes]
    assert beelden == [grafiek.alt for grafiek in drawings(document)]
    deel = open_.sections[0]
    binnen = deel.page_width - deel.left_margin - deel.right_margin
    assert all(sum(kolom.width for kolom in t.columns) <= binnen for t in open_.tables)
    assert "Bladzijde" in deel.footer.paragraphs[0].text
    assert deel.header.paragraphs[0].text.endswith("Met VOORBEELD-cijfers")


def test_the_presentation_has_titled_dutch_slides_with_notes_and_the_same_bytes_each_time(
    presentatie: bytes, document: Document
) -> None:
    assert presentatie == maken.write(document, "pptx")
    deck = pptx.Presentation(BytesIO(presentatie))
    assert [vel.shapes.title.text for vel in deck.slides] == ["Regio 2", *(d.titel for d in document.dias)]
    assert document.dias[0].titel == "Regio 2: dekkingsgraad 61%"
    assert dossier.STAANDE_MELDING in str(shapes(deck)[0])
    for vel, dia in zip(list(deck.slides)[1:], document.dias, strict=True):
        assert vel.notes_slide.notes_text_frame.text
        assert dia.is_voorbeeld == (
            "VOORBEELD: met verzonnen cijfers" in [v.text for v in vel.shapes if v.has_text_frame]
        )
        letters = vel._element.xpath(".//a:rPr")
        assert {letter.get("lang") for letter in letters} == {"nl-NL"}
        assert min(int(letter.get("sz", 2600)) for letter in letters) >= 1200


def test_charts_of_the_presentation_can_be_edited_and_hold_the_figures_of_the_publication(
    presentatie: bytes, document: Document
) -> None:
    vellen = shapes(pptx.Presentation(BytesIO(presentatie)))
    grafieken = [deel for vel in vellen for deel in vel if deel[0] == "grafiek"]
    assert [alt for _, alt, _ in grafieken] == [
        deel.alt for dia in document.dias for deel in dia.delen if isinstance(deel, Grafiek | Staven)
    ]
    assert grafieken[0][2] == [("Regio 2", [0.6, 0.61]), ("Nederland", [0.6, 0.65])]
    cellen = next(inhoud for soort, _, inhoud in vellen[1] if soort == "tabel")
    alles = next(b for b in document.blokken if isinstance(b, Tabelblok))
    assert cellen[0] == list(alles.kolommen)
    assert all(tuple(rij) in alles.rijen for rij in cellen[1:])


def test_a_table_too_long_for_a_slide_says_how_many_rows_are_left_out_and_none_is_cut() -> None:
    rijen = tuple((f"Rij {nummer}", "woord " * 200) for nummer in range(30))
    passend, hoogtes, _ = fitting_rows(Tabelblok("Lang", ("Kop", "Tekst"), rijen, (1, 3)), 4.0)
    assert 2 < len(passend) < 10
    assert sum(hoogtes) <= 4.0
    assert passend[1][1].endswith("woord…")


def test_a_table_gets_smaller_letters_before_a_row_or_a_word_is_left_out() -> None:
    """Nine rows of one line with the header take 9 × (14 × 1.2 / 72 + 0.11) = 3.09 inches; in 12 points 2.79."""
    rijen = tuple((f"Rij {nummer}", "kort") for nummer in range(8))
    tabel = Tabelblok("Kort", ("Kop", "Tekst"), rijen, (1, 3))
    assert [letters_that_fit(tabel, hoogte) for hoogte in (3.1, 3.0)] == [14, 12]
    assert len(fitting_rows(tabel, 3.0, 12)[0]) == 9
    assert letters_that_fit(Tabelblok("Lang", ("Kop", "Tekst"), (("Rij", "woord " * 200),), (1, 3)), 4.0) == 12


@needs_libreoffice("docx", "pptx")
def test_libreoffice_opens_and_saves_docx_and_pptx_with_the_same_content(
    document: Document, presentatie: bytes, tmp_path: Path
) -> None:
    for formaat, inhoud in (("docx", maken.write(document, "docx")), ("pptx", presentatie)):
        voor = tmp_path / f"dossier.{formaat}"
        voor.write_bytes(inhoud)
        save_again(voor)
    een, twee = docx.Document(str(tmp_path / "dossier.docx")), docx.Document(str(tmp_path / "na" / "dossier.docx"))
    assert lines(twee) == lines(een)
    assert [len(t.rows) for t in twee.tables] == [len(t.rows) for t in een.tables]
    alts = [[b.get("descr") for b in d.element.iter(qn("wp:docPr"))] for d in (een, twee)]
    assert alts[0] == alts[1] == [grafiek.alt for grafiek in drawings(document)]
    voor_, na = (pptx.Presentation(str(tmp_path / map_ / "dossier.pptx")) for map_ in (".", "na"))
    # LibreOffice reads text alternatives of charts and tables, but does not write them: so they are in the notes too.
    for vel, vel_na in zip(shapes(voor_), shapes(na), strict=True):
        assert [(soort, inhoud) for soort, _, inhoud in vel_na] == [(soort, inhoud) for soort, _, inhoud in vel]
        assert all(alt in str(vel_na[0]) for soort, alt, _ in vel if soort == "grafiek")
