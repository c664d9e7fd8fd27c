"""The documents: what stands on the page stands in them, readable for everyone, and nothing in a delivery is markup."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from itertools import compress
from pathlib import Path
from typing import Any

import docx
import duckdb
import pptx
import pytest
from docx.oxml.ns import qn
from gesprekpublicatie import REGIOS, action, figure, wgo_of, write_test_bed
from kantoor import needs_libreoffice, save_again
from pdfregels import Stuk, overlaps, pieces
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from app.beeld import cijferrijen
from app.commissie.model import Inhoud, Onderwerp
from app.commissie.openen import open_opslag
from app.commissie.referentiekader import fields
from app.documenten import dias, maken
from app.documenten.blokken import Alinea, Document, Grafiek, Kop, Staven, Tabelblok, charts_of
from app.documenten.schrijvers import pdf as pdf_
from app.documenten.schrijvers.pptx import fitting_rows
from app.lezen import data
from app.oordeel.gesprek import dossier, gespreksgegevens
from app.opdrachten import cli

REGIO = REGIOS[1]
# No dictionary knows where to break these, and no column is as wide.
LANG = "X7" * 40
VIJANDIG = '#panic("x") $a$ *b* <c> \\d {{e}} =1+1 @f'


@pytest.fixture(scope="module")
def map_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty made-up regions; the second has trouble, a made-up figure and a story that tries to be markup."""
    map_ = tmp_path_factory.mktemp("documenten")
    plan = {"titel": LANG, "trekker": "https://example.org/" + "a-1/" * 40}
    anders = {
        "acties": [action(REGIO, **plan)],
        "figuren": [figure("dekkingsgraad", REGIO, "2021", 0.61)],
        "verhalen": [("V1", "goed_voorbeeld", "werken_behoud", "werken", wgo_of(REGIO), None, VIJANDIG,
                      f"Teams \x07 roosteren zelf. {VIJANDIG}", "professional", 12, "Een rapport", "p. 3", 2022)],
    }  # fmt: skip
    write_test_bed(map_ / data.BESTAND, {REGIO: anders})
    with duckdb.connect(str(map_ / data.BESTAND)) as con:
        con.execute("update waarneming set herkomst = 'synthetisch' where indicator_id = 'verzuim' "
                    "and niveau = 'arbeidsmarktregio'")  # fmt: skip
        for tabel in ("actie", "doel"):
            con.execute(f"delete from {tabel} where regio_code = ?", [REGIOS[4]])
        con.execute("insert into regeltoets (regel_id, jaar, regio_code, norm, uitkomst, oordeel, toelichting, titel, "
                    "soort, som) values ('m', 2021, 'NL01', 0.2, 0.1999, 'voldoet_niet', '', 'Innoveren', "
                    "'eis', '')")  # fmt: skip
        con.execute("""insert into waarneming by name select * replace ('budget_aandeel' as indicator_id,
                    'basis' as categorie, 'soort=realisatie' as uitsplitsing, 0.41 as waarde) from waarneming
                    where indicator_id = 'dekkingsgraad' and regio_code = 'NL01' and periode = '2021'""")
        con.execute("""insert into indicator by name select * replace ('budget_aandeel' as indicator_id,
                    'Budget per pijler' as titel) from indicator where indicator_id = 'dekkingsgraad'""")
    return map_


@pytest.fixture(scope="module")
def document(map_: Path) -> Document:
    return maken.compose(maken.publication_of(map_, None), REGIO, voorbeeld=True)


@pytest.fixture(scope="module")
def pdf(document: Document) -> bytes:
    return maken.write(document, "pdf")


@pytest.fixture(scope="module")
def lezer(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def squeeze(tekst: str) -> str:
    """Return the text without spaces and hyphens: a PDF breaks lines and words where it likes."""
    return re.sub(r"[\s\u00ad\u200b\u2010-]+", "", tekst)


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


def test_without_made_up_figures_there_is_no_notice(map_: Path) -> None:
    zonder = maken.compose(maken.publication_of(map_, None), REGIOS[0])
    assert zonder.melding == ""
    assert "VOORBEELD" not in str(zonder.blokken)


def test_no_title_of_a_slide_gives_a_region_the_figures_of_its_werkgeversorganisatie(map_: Path) -> None:
    alles = dossier.build_dossier(maken.publication_of(map_, None), REGIOS[0])
    van_wgo = [c for c in alles.cijfers if c.van_wgo]
    gegevens = gespreksgegevens.collect(maken.publication_of(map_, None), REGIOS[0])
    eigen, alleen_wgo = (
        dias.region_slides(replace(alles, cijfers=tuple(c)), gegevens)[0].titel for c in (alles.cijfers, van_wgo)
    )
    assert eigen.startswith("Regio 1: ")
    assert "rapportcijfer" not in eigen
    assert alleen_wgo == f"{van_wgo[0].van_wgo}: rapportcijfer 7,3"


def test_figures_are_the_same_in_publication_page_download_and_every_document(
    map_: Path, document: Document, presentatie: bytes, lezer: PdfReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(map_))
    alles = dossier.build_dossier(maken.publication_of(map_, None), REGIO, voorbeeld=True)
    op_de_pagina = [list(rij) for rij in dossier.figure_rows(alles.cijfers)]
    word = docx.Document(BytesIO(maken.write(document, "docx"))).tables[0]
    assert [[cel.text for cel in rij.cells] for rij in word.rows][1:] == op_de_pagina
    in_pdf = squeeze(" ".join(pagina.extract_text() for pagina in lezer.pages))
    assert all(squeeze("".join(rij)) in in_pdf for rij in op_de_pagina)
    tweede = shapes(pptx.Presentation(BytesIO(presentatie)))[1]
    assert [inhoud[1:] for soort, _, inhoud in tweede if soort == "tabel"] == [op_de_pagina]
    vraag = "select waarde from beste_waarneming_voorbeeld where indicator_id = ? and regio_code = ? and periode = ?"
    with duckdb.connect(str(map_ / data.BESTAND), read_only=True) as con:
        for rij, download in zip(op_de_pagina, cijferrijen.csv_rows(c.rij for c in alles.cijfers), strict=True):
            velden = dict(zip(cijferrijen.CSV_KOLOMMEN, download, strict=True))
            sleutel = [velden[naam] for naam in ("indicator_id", "regio_code", "periode")]
            assert con.execute(vraag, sleutel).fetchone() == (velden["waarde"],)
            schaal = 100 if velden["eenheid"] == "aandeel" else 1
            getal = Decimal(rij[2].split()[0].rstrip("%").replace(",", "."))
            assert getal == (Decimal(repr(velden["waarde"])) * schaal).quantize(getal, ROUND_HALF_UP)


def test_the_same_publication_gives_the_same_pdf(map_: Path, pdf: bytes) -> None:
    opnieuw = maken.write(maken.compose(maken.publication_of(map_, None), REGIO, voorbeeld=True), "pdf")
    assert opnieuw == pdf


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
    assert beelden == [grafiek.alt for grafiek in charts_of(document.blokken)]
    deel = open_.sections[0]
    binnen = deel.page_width - deel.left_margin - deel.right_margin
    assert all(sum(kolom.width for kolom in t.columns) <= binnen for t in open_.tables)
    assert "Bladzijde" in deel.footer.paragraphs[0].text
    assert deel.header.paragraphs[0].text.endswith("Met VOORBEELD-cijfers")


def lines(word: Any) -> list[str]:
    """Return the text of every paragraph, also in tables and in the contents."""
    return ["".join(t.text or "" for t in alinea.iter(qn("w:t"))) for alinea in word.element.iter(qn("w:p"))]


def rounded(waarden: Sequence[float | None]) -> list[float | None]:
    """Return figures as far as a program keeps them: LibreOffice writes fifteen digits."""
    return [None if w is None else round(w, 9) for w in waarden]


def shapes(deck: Any) -> list[list[tuple[str, str, object]]]:
    """Return per slide what stands on it: kind, text alternative, and text, cells or figures."""
    vellen = []
    for vel in deck.slides:
        delen: list[tuple[str, str, object]] = [("notities", "", vel.notes_slide.notes_text_frame.text)]
        for vorm in vel.shapes:
            alt = vorm._element.xpath(".//p:cNvPr")[0].get("descr", "")
            if vorm.has_chart:
                reeksen = [
                    (r.name, [w if w is None else round(w, 9) for w in r.values]) for r in vorm.chart.plots[0].series
                ]
                delen.append(("grafiek", alt, reeksen))
            elif vorm.has_table:
                delen.append(("tabel", alt, [[cel.text for cel in rij.cells] for rij in vorm.table.rows]))
            elif vorm.text_frame.text and "slidenum" not in vorm._element.xml:
                delen.append(("tekst", alt, vorm.text_frame.text))
        vellen.append(delen)
    return vellen


@pytest.fixture(scope="module")
def presentatie(document: Document) -> bytes:
    return maken.write(document, "pptx")


def test_the_presentation_has_six_titled_dutch_slides_with_notes_and_the_same_bytes_each_time(
    presentatie: bytes, document: Document
) -> None:
    assert presentatie == maken.write(document, "pptx")
    deck = pptx.Presentation(BytesIO(presentatie))
    assert [vel.shapes.title.text for vel in deck.slides] == ["Regio 2", *(d.titel for d in document.dias)]
    assert len(deck.slides) == 6
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
    assert alts[0] == alts[1] == [grafiek.alt for grafiek in charts_of(document.blokken)]
    voor_, na = (pptx.Presentation(str(tmp_path / map_ / "dossier.pptx")) for map_ in (".", "na"))
    # LibreOffice reads text alternatives of charts and tables, but does not write them: so they are in the notes too.
    for vel, vel_na in zip(shapes(voor_), shapes(na), strict=True):
        assert [(soort, inhoud) for soort, _, inhoud in vel_na] == [(soort, inhoud) for soort, _, inhoud in vel]
        assert all(alt in str(vel_na[0]) for soort, alt, _ in vel if soort == "grafiek")


def test_the_programme_monitor_names_every_region_once_and_warns_of_made_up_figures(map_: Path) -> None:
    monitor = maken.compose(maken.publication_of(map_, None), "NL01")
    regios = next(b for b in monitor.blokken if isinstance(b, Tabelblok) and b.kolommen[0] == "Regio")
    assert [rij[0] for rij in regios.rijen] == [f"Regio {nummer}" for nummer in range(1, 21)]
    assert regios.rijen[1][2] == "61%"
    assert monitor.soort == "Programmamonitor"
    tabellen = {b.bijschrift: b.rijen for b in monitor.blokken if isinstance(b, Tabelblok)}
    plannen = {rij[0]: rij[1:] for rij in tabellen["Ambities en acties per regio"]}
    assert plannen["Regio 1"] == ("1", "1", "1 loopt")
    assert plannen["Regio 5"] == ("niet aangeleverd", "niet aangeleverd", "")
    assert ("Basis: onderzoek en netwerk", "41%") in tabellen["Budget in 2021: bedrag en verdeling per pijler"]
    assert tabellen["Regels van het programma over 2021"][0][:4] == (
        "Innoveren", "minstens 20%", "19,99%", "✗ voldoet niet"
    )  # fmt: skip
    assert Alinea("Budgetten per werkgeversorganisatie zijn nog niet aangeleverd.") in monitor.blokken
    bronnen = [rij[0] for rij in tabellen["Wat elk cijfer is en waar het vandaan komt"]]
    assert "Budget per pijler" in bronnen
    kort = maken.compose(maken.publication_of(map_, None), "NL01", omvang=maken.Omvang.KORT)
    kern, bron = [b for b in kort.blokken if isinstance(b, Tabelblok)]
    assert {rij[0] for rij in kern.rijen} == {rij[0] for rij in bron.rijen}
    assert [d.titel for d in monitor.dias][
        3
    ] == "Van geen enkele actielijn is genoeg bekend om te zeggen of zij op koers is"
    assert maken.write(monitor, "pdf").startswith(b"%PDF")


def test_notes_of_the_committee_are_in_a_document_only_on_request_and_then_it_says_confidential(
    map_: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(map_ / data.BESTAND, tmp_path)
    waar = ["report", REGIO, "--warehouse", str(tmp_path), "-o", str(tmp_path)]
    assert cli.main([*waar, "--notities"]) == 0
    assert [p.name for p in tmp_path.glob("*sqlite")] == []
    afspraak = Inhoud(f"Een plan in maart. {VIJANDIG}", stand="open", datum=date(2023, 3, 1))
    onderwerp = Onderwerp("afspraak", REGIO, 2023, "a1")
    open_opslag(tmp_path).save(onderwerp, afspraak, wie="An de Vries", rol="commissie", gebaseerd_op=0)
    for keuze in ([], ["--notities"], ["--notities", "--format", "pptx"]):
        assert cli.main([*waar, *keuze]) == 0
    naam = f"dossier_{REGIO}_20230601T120000Z-00000000"
    zonder, met = (
        [squeeze(p.extract_text()) for p in PdfReader(tmp_path / f"{naam}{wat}.pdf").pages]
        for wat in ("", "_vertrouwelijk")
    )
    assert "eenplaninmaart" not in "".join(zonder).casefold()
    assert "Afspraakovertijd" not in "".join(zonder)
    for zin in ("Afspraak over tijd", "en staat nog open: ‘Een plan in maart.", "Wat houdt deze afspraak op"):
        assert squeeze(zin) in "".join(met)
    assert "vertrouwelijk" not in "".join(zonder).casefold()
    assert squeeze(f"Een plan in maart. {VIJANDIG}") in "".join(met)
    assert "1maart2023(verlopen)" in "".join(met)
    assert all("ertrouwelijk" in bladzijde or not nummer for nummer, bladzijde in enumerate(met))
    assert "VERTROUWELIJK" in met[0]
    dias = shapes(pptx.Presentation(str(tmp_path / f"{naam}_vertrouwelijk.pptx")))
    assert len(dias) == 7
    assert "Wat houdt deze afspraak op" in str(dias[4])
    assert "1 afspraak, waarvan 1 open" in str(dias[5])
    assert f"Afspraak: Een plan in maart. {VIJANDIG}; Uiterlijk: 1 maart 2023 (verlopen)" in str(dias[5][0][2])
    assert all("Vertrouwelijk" in str(dia) for dia in dias)
    assert cli.main(["report", "NL01", "--notities", *waar[2:]]) == 1
    assert "niet over Nederland" in capsys.readouterr().err


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


def test_a_document_of_an_older_publication_holds_its_figures_and_its_name(map_: Path, tmp_path: Path) -> None:
    (tmp_path / "publicaties").mkdir()
    shutil.copy(map_ / data.BESTAND, tmp_path)
    oud = tmp_path / "publicaties" / "20230601T120000Z-00000000.duckdb"
    shutil.copy(map_ / data.BESTAND, oud)
    with duckdb.connect(str(tmp_path / data.BESTAND)) as con:
        con.execute("update publicatie set publicatie_id = '20230701T120000Z-11111111'")
        con.execute("update waarneming set waarde = 0.77 where regio_code = ? and indicator_id = 'dekkingsgraad' "
                    "and periode = '2021'", [REGIO])  # fmt: skip
    for keuze in ([], ["--publicatie", oud.stem]):
        assert cli.main(["report", REGIO, *keuze, "--warehouse", str(tmp_path), "-o", str(tmp_path / "uit")]) == 0
    for naam, cijfer, ander in (("20230701T120000Z-11111111", "77%", "61%"), (oud.stem, "61%", "77%")):
        bladen = PdfReader(tmp_path / "uit" / f"dossier_{REGIO}_{naam}.pdf").pages
        assert f"Publicatie{naam}".replace("-", "") in squeeze(bladen[0].extract_text())
        tekst = " ".join(blad.extract_text() for blad in bladen)
        assert cijfer in tekst
        assert ander not in tekst


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
    assert cli.main(["report", REGIO, "--format", "pptx", "--kort", *waar]) == 2
    capsys.readouterr()
    bestand = next(tmp_path.iterdir())
    assert cli.main(["report", "Regio 99", "--publicatie", "x", *waar[:2], "-o", str(bestand / "map")]) == 1
    fouten = capsys.readouterr().err
    assert "Dit is een bestand, en geen map." in fouten
    assert "Publicatie 'x' bestaat niet." in fouten
    assert len(list(tmp_path.iterdir())) == 1
