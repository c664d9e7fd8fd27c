"""The PDF of a dossier: tagged, Dutch, whole, and nothing in a delivery is markup."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from documentdelen import REGIO, VIJANDIG, drawings, elements, squeeze
from pdfregels import Stuk, overlaps, pieces
from pypdf import PdfReader

from app.commissie.model import Inhoud, Onderwerp
from app.commissie.openen import open_opslag
from app.commissie.referentiekader import fields
from app.documenten import maken
from app.documenten.blokken import Alinea, Document, Kop, Tabelblok
from app.documenten.schrijvers import pdf as pdf_
from app.lezen import data
from app.lezen.gevraagd import publication_of
from app.oordeel.gesprek import dossier
from app.opdrachten import cli


def test_the_pdf_is_tagged_and_dutch_with_a_bookmark_per_chapter(lezer: PdfReader, document: Document) -> None:
    wortel = lezer.trailer["/Root"]
    assert wortel["/MarkInfo"]["/Marked"]
    assert wortel["/Lang"] == "nl-NL"
    assert "/StructTreeRoot" in wortel
    hoofdstukken = [b.tekst for b in document.blokken if isinstance(b, Kop) and b.niveau == 1]
    bladwijzers = [b.title for b in lezer.outline if not isinstance(b, list)]
    assert bladwijzers == hoofdstukken
    assert "pdfuaid:part>1<" in wortel["/Metadata"].get_data().decode()


def test_every_chart_in_the_pdf_has_its_text_alternative(lezer: PdfReader, document: Document) -> None:
    beelden = [e for e in elements(lezer.trailer["/Root"]["/StructTreeRoot"]) if e.get("/S") == "/Figure"]
    verwacht = {grafiek.alt for grafiek in drawings(document)}
    assert verwacht
    assert {str(e["/Alt"]) for e in beelden if "/Alt" in e} == verwacht


def test_no_cell_of_a_table_is_lost_in_the_pdf(lezer: PdfReader, document: Document) -> None:
    tekst = squeeze(" ".join(pagina.extract_text() for pagina in lezer.pages))
    tabellen = [b for b in document.blokken if isinstance(b, Tabelblok)]
    assert len(tabellen) == 4
    assert [v for t in tabellen for rij in (t.kolommen, *t.rijen) for v in rij if squeeze(v) not in tekst] == []


def test_no_text_in_the_pdf_runs_off_the_page_or_into_the_next_cell(lezer: PdfReader) -> None:
    breedte, marge, overhang = float(lezer.pages[0].mediabox.width), 62.4, 6
    for pagina in lezer.pages:
        stukken = pieces(pagina)
        assert stukken
        assert all(marge - 1 < stuk.links and stuk.rechts < breedte - marge + overhang for stuk in stukken)
        assert overlaps(stukken, speling=1.5) == []


def test_text_that_stands_over_other_text_is_seen() -> None:
    een, naast = Stuk(70, 140, 500, b"cel"), Stuk(120, 160, 500, b"de volgende")
    assert overlaps([een, naast]) == [(een, naast)]
    assert overlaps([een, naast._replace(onder=488)]) == []


def test_a_story_that_tries_to_be_markup_is_only_text(lezer: PdfReader) -> None:
    assert squeeze(VIJANDIG) in squeeze(" ".join(pagina.extract_text() for pagina in lezer.pages))


def test_the_cover_says_region_publication_date_and_that_figures_are_made_up(
    lezer: PdfReader, document: Document
) -> None:
    voorkant = squeeze(lezer.pages[0].extract_text())
    for wat in (f"{document.soort}: Regio 2", "20230601T120000Z-00000000", "1 juni 2023", dossier.STAANDE_MELDING):
        assert squeeze(wat) in voorkant


def test_the_same_publication_gives_the_same_pdf(map_: Path, pdf: bytes) -> None:
    opnieuw = maken.write(maken.compose(publication_of(map_, None), REGIO, voorbeeld=True), "pdf")
    assert opnieuw == pdf


def test_the_longest_agreement_and_explanation_are_whole_in_the_pdf(map_: Path, tmp_path: Path) -> None:
    shutil.copy(map_ / data.BESTAND, tmp_path)
    lang = ("woord " * 1700)[:9980]
    opslag = open_opslag(tmp_path)
    for soort, sleutel, inhoud in (
        ("afspraak", "a1", Inhoud(f"{lang} EINDEAFSPRAAK", stand="open", datum=date(2023, 3, 1))),
        ("score", next(iter(fields())), Inhoud(f"{lang} EINDESCORE", 1)),
    ):
        opslag.save(Onderwerp(soort, REGIO, 2023, sleutel), inhoud, wie="An de Vries", rol="commissie", gebaseerd_op=0)
    assert (
        cli.main(["report", REGIO, "--notities", "--warehouse", str(tmp_path), "-o", str(tmp_path / "lang.pdf")]) == 0
    )
    # What runs off the page is in the file, but below its edge.
    bladen = [pieces(blad) for blad in PdfReader(tmp_path / "lang.pdf").pages]
    assert min(stuk.onder for blad in bladen for stuk in blad) > 0
    tekst = squeeze(" ".join(blad.extract_text() for blad in PdfReader(tmp_path / "lang.pdf").pages))
    assert "EINDEAFSPRAAK" in tekst
    assert "EINDESCORE" in tekst


def test_a_character_that_no_font_has_becomes_a_mark_in_the_pdf(document: Document) -> None:
    vreemd = replace(
        document, blokken=(Alinea("\u20e3Wij gaan 🚀 met één café, \u6f22, 1\ufe0f\u20e3 en 👨\u200d👩 door."),)
    )
    tekst = squeeze(" ".join(p.extract_text() for p in PdfReader(BytesIO(maken.write(vreemd, "pdf"))).pages))
    assert "□Wijgaan□metééncafé,□,1□en□□door." in tekst


def test_a_pdf_that_cannot_be_set_gives_one_message_without_its_text(
    map_: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pdf_, "_SJABLOON", tmp_path / "stuk.typ")
    (tmp_path / "stuk.typ").write_text('#panic(json("inhoud.json"))')
    assert cli.main(["report", REGIO, "--warehouse", str(map_), "-o", str(tmp_path / "uit.pdf")]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "Regio 2: De PDF kan niet worden gemaakt.", "  Maak het als docx, en meld dit aan de beheerder.",
        "Er is niets gemaakt.",
    ]  # fmt: skip


def test_no_last_sheet_holds_a_row_or_two(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows of a table after the cover and the contents: as many as just run over onto a second sheet."""

    def sheets(aantal: int, leeg: float) -> list[int]:
        monkeypatch.setattr(pdf_, "_VRIJWEL_LEEG", leeg)
        rijen = tuple((f"Rij {nummer}", "cijfer") for nummer in range(aantal))
        kort = replace(document, blokken=(Kop("Cijfers"), Tabelblok("Tabel", ("Wat", "Cijfer"), rijen, (1, 1))))
        return [n for blad in PdfReader(BytesIO(pdf_.to_pdf(kort))).pages if (n := blad.extract_text().count("Rij "))]

    passen, _ = sheets(80, 0)
    assert sheets(passen, 0) == [passen]
    assert sheets(passen + 2, 0) == [passen, 2]
    assert sheets(passen + 2, 0.3) == [passen + 2]
    # Where setting it closer leaves no sheet out, it is not done.
    assert sheets(2 * passen - 1, 0.3) == sheets(2 * passen - 1, 0)
