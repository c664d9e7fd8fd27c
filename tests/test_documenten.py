"""The documents: what stands on the page stands in them, readable for everyone, and nothing in a delivery is markup."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import duckdb
import pytest
from docx.oxml.ns import qn
from gesprekpublicatie import REGIOS, figure, wgo_of, write_test_bed
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from app import data, dossier
from app.documenten import maken
from app.documenten.blokken import Document, Kop, Tabel, charts_of
from pipelines import cli

REGIO = REGIOS[1]
VIJANDIG = '#panic("x") $a$ *b* <c> \\d {{e}} =1+1 @f'


@pytest.fixture(scope="module")
def map_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty made-up regions; the second has trouble, a made-up figure and a story that tries to be markup."""
    map_ = tmp_path_factory.mktemp("documenten")
    anders = {
        "figuren": [figure("dekkingsgraad", REGIO, "2021", 0.61)],
        "verhalen": [("V1", "goed_voorbeeld", "werken_behoud", "werken", wgo_of(REGIO), None, VIJANDIG,
                      f"Teams \x07 roosteren zelf. {VIJANDIG}", "professional", 12, "Een rapport", "p. 3", 2022)],
    }  # fmt: skip
    write_test_bed(map_ / data.BESTAND, {REGIO: anders})
    with duckdb.connect(str(map_ / data.BESTAND)) as con:
        con.execute("update waarneming set herkomst = 'synthetisch' where regio_code = ? and indicator_id = 'verzuim'",
                    [REGIO])  # fmt: skip
    return map_


@pytest.fixture(scope="module")
def document(map_: Path) -> Document:
    return maken.compose(maken.publication_of(map_, None), REGIO)


@pytest.fixture(scope="module")
def pdf(document: Document) -> bytes:
    return maken.write(document, "pdf")


@pytest.fixture(scope="module")
def lezer(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def squeeze(tekst: str) -> str:
    """Return the text without spaces and hyphens: a PDF breaks lines and words where it likes."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", tekst)


def elements(knoop: object) -> Iterator[DictionaryObject]:
    """Yield every element of the structure tree."""
    knoop = knoop.get_object() if isinstance(knoop, IndirectObject) else knoop
    if isinstance(knoop, list):
        for kind in knoop:
            yield from elements(kind)
    elif isinstance(knoop, DictionaryObject):
        yield knoop
        yield from elements(knoop.get("/K"))


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
    verwacht = {grafiek.alt for grafiek in charts_of(document.blokken)}
    assert verwacht
    assert {str(e["/Alt"]) for e in beelden if "/Alt" in e} == verwacht


def test_no_cell_of_a_table_is_lost_in_the_pdf(lezer: PdfReader, document: Document) -> None:
    tekst = squeeze(" ".join(pagina.extract_text() for pagina in lezer.pages))
    tabellen = [b for b in document.blokken if isinstance(b, Tabel)]
    assert len(tabellen) == 4
    assert [v for t in tabellen for rij in (t.kolommen, *t.rijen) for v in rij if squeeze(v) not in tekst] == []


def test_no_text_in_the_pdf_runs_off_the_page(lezer: PdfReader) -> None:
    breedte = float(lezer.pages[0].mediabox.width)
    plekken: list[float] = []
    for pagina in lezer.pages:
        pagina.extract_text(visitor_text=lambda tekst, cm, tm, *_: plekken.append(tm[4]) if tekst.strip() else None)
    assert plekken
    assert all(0 <= x < breedte - 30 for x in plekken)


def test_a_story_that_tries_to_be_markup_is_only_text(lezer: PdfReader) -> None:
    assert squeeze(VIJANDIG) in squeeze(" ".join(pagina.extract_text() for pagina in lezer.pages))


def test_the_cover_says_region_publication_date_and_that_figures_are_made_up(
    lezer: PdfReader, document: Document
) -> None:
    voorkant = squeeze(lezer.pages[0].extract_text())
    for wat in (f"{document.soort}: Regio 2", "20230601T120000Z-00000000", "1 juni 2023", dossier.STAANDE_MELDING):
        assert squeeze(wat) in voorkant


def test_without_made_up_figures_there_is_no_notice(map_: Path) -> None:
    zonder = maken.compose(maken.publication_of(map_, None), REGIOS[0])
    assert zonder.melding == ""
    assert "VOORBEELD" not in str(zonder.blokken)


def test_figures_are_those_of_the_page(map_: Path, document: Document) -> None:
    alles = dossier.build_dossier(maken.publication_of(map_, None), REGIO)
    tabel = next(b for b in document.blokken if isinstance(b, Tabel))
    assert list(tabel.rijen) == dossier.figure_rows(alles.cijfers)


def test_the_same_publication_gives_the_same_pdf(map_: Path, pdf: bytes) -> None:
    opnieuw = maken.write(maken.compose(maken.publication_of(map_, None), REGIO), "pdf")
    assert opnieuw == pdf


def test_the_docx_is_dutch_with_real_headings_tables_and_pictures_in_words(document: Document) -> None:
    word = maken.write(document, "docx")
    assert word == maken.write(document, "docx")
    open_ = docx.Document(BytesIO(word))
    assert open_.core_properties.language == "nl-NL"
    koppen = [a.text for a in open_.paragraphs if a.style.name in ("Heading 1", "Heading 2")]
    assert koppen == [b.tekst for b in document.blokken if isinstance(b, Kop)]
    tabellen = [b for b in document.blokken if isinstance(b, Tabel)]
    assert [[[c.text for c in rij.cells] for rij in t.rows] for t in open_.tables] == [
        [list(rij) for rij in (t.kolommen, *t.rijen)] for t in tabellen
    ]
    assert all(t.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for t in open_.tables)
    beelden = [vorm._inline.docPr.get("descr") for vorm in open_.inline_shapes]
    assert beelden == [grafiek.alt for grafiek in charts_of(document.blokken)]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice staat niet op deze computer")
def test_libreoffice_opens_and_saves_the_docx_with_the_same_content(document: Document, tmp_path: Path) -> None:
    voor = tmp_path / "dossier.docx"
    voor.write_bytes(maken.write(document, "docx"))
    omgeving = f"-env:UserInstallation=file://{tmp_path}/profiel"
    opdracht = ["soffice", omgeving, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "na"), str(voor)]
    subprocess.run(opdracht, check=True, timeout=120, capture_output=True)
    een, twee = docx.Document(str(voor)), docx.Document(str(tmp_path / "na" / "dossier.docx"))
    assert [a.text for a in twee.paragraphs] == [a.text for a in een.paragraphs]
    cellen = [[[c.text for c in rij.cells] for rij in t.rows] for t in een.tables]
    assert [[[c.text for c in rij.cells] for rij in t.rows] for t in twee.tables] == cellen


def test_the_programme_monitor_names_every_region_once_and_warns_of_made_up_figures(map_: Path) -> None:
    monitor = maken.compose(maken.publication_of(map_, None), "NL01")
    regios = next(b for b in monitor.blokken if isinstance(b, Tabel) and b.kolommen[0] == "Regio")
    assert [rij[0] for rij in regios.rijen] == [f"Regio {nummer}" for nummer in range(1, 21)]
    assert regios.rijen[1][2] == "61%"
    assert monitor.soort == "Programmamonitor"
    assert maken.write(monitor, "pdf").startswith(b"%PDF")


def test_report_finds_a_region_by_name_and_names_the_nearest(
    map_: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    waar = ["--warehouse", str(map_), "-o", str(tmp_path)]
    assert cli.main(["report", "regio 2", "--kort", *waar]) == 0
    assert [p.name for p in tmp_path.iterdir()] == [f"kerncijfers_{REGIO}_20230601T120000Z-00000000.pdf"]
    assert cli.main(["report", "RA9030", *waar]) == 1
    assert "'RA9030' is geen regio. Bedoelde u RA9020?" in capsys.readouterr().err
    assert cli.main(["report", *waar]) == 2
    assert cli.main(["report", REGIO, "--publicatie", "../x", *waar]) == 1
    assert "bestaat niet" in capsys.readouterr().err
    assert len(list(tmp_path.iterdir())) == 1
